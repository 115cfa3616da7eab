"""案件：填错了、撤了，又重新交上去（“公司名填错了 撤了重新交的”）：是又交了一遍，不是改答案、不是撤销记录。"""

import re
from collections.abc import Sequence

from ....domain.case.case_routes import RouteKind, route_to
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.listed_words import either, has_any
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..progress.told_in_turn import walked_to
from ..progress.told_pieces import happened_at
from ..utterance import Utterance

_WORDS = load_spoken().filed_anew
_TAKEN_OUT = re.compile(rf"{either(_WORDS.taken_out)}|{either(_WORDS.filling)}[^ ,。错]{{0,3}}错")
_ANEW = re.compile(
    rf"{either(_WORDS.anew)}[^ ,。;]{{0,6}}?{either(_WORDS.handing)}(?:[^ ,。;]{{0,3}}?{either(_WORDS.done)}|一遍|$)"
)
_WITHDRAWN = "complaint-withdrawn"
_COMPLAINED = ("complained", "refiled")
_RESUBMITTED = "resubmitted"
_SUBMITTED = ("applied", "asked", "platform-asked", "sent-more")
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.PLAN, Mood.HEARSAY})


def read_filed_anew(context: Context, utterance: Utterance) -> Reading | None:
    """撤了又交的是哪一份：投诉记撤回再记又交，申请记重新提交；说不准的先问。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.asks or utterance.moods & _NOT_TOLD:
        return None
    said = utterance.text
    if _TAKEN_OUT.search(said) is None or _ANEW.search(said) is None or has_any(said, _WORDS.not_done):
        return None
    found = _complained_anew(matter) or _applied_anew(matter)
    if found is None:
        return None
    event, earlier, sure = found
    when = happened_at(utterance.raw, context.now)
    told = tuple((one, when) for one in earlier)
    report = intents.Reported(matter.code, event, when, utterance.raw, sure=sure, others=(event,), earlier=told)
    return Reading((report,), Band.RECORD if sure else Band.CONFIRM, 0.8, ("撤了又交了一遍",))


def _complained_anew(matter: OpenMatter) -> tuple[str, Sequence[str], bool] | None:
    """投诉着的：先撤回，再又投一次。"""
    if not any(event in matter.walked for event in _COMPLAINED):
        return None
    out = route_to(matter.scenario, matter.position, _WITHDRAWN, matter.walked)
    reached = walked_to(matter, out) if out is not None and out.kind is RouteKind.HERE else None
    if reached is None:
        return None
    again = next((event for event in _COMPLAINED if reached.stage.event(event) is not None), None)
    return None if again is None else (again, (_WITHDRAWN,), True)


def _applied_anew(matter: OpenMatter) -> tuple[str, Sequence[str], bool] | None:
    """交过申请的：改好重新提交；没有这一步的，问是不是又交了一遍先前那份。"""
    last = next((event for event in reversed(matter.walked) if event in _SUBMITTED), None)
    if last is None:
        return None
    route = route_to(matter.scenario, matter.position, _RESUBMITTED, matter.walked)
    if route is not None and route.kind in (RouteKind.HERE, RouteKind.FORWARD) and len(route.implied) <= 1:
        return _RESUBMITTED, (), True
    return last, (), False
