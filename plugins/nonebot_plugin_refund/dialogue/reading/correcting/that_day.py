"""记下的一件进展其实是哪天：说了是哪件的是那件，没说的是刚记下的那件（“搞错了 介入是前天点的”“不对 是前天到的”）。"""

import re
from dataclasses import replace
from itertools import pairwise

from ....domain.case.case_routes import events_from_start
from ....domain.case.heard.likely import Likely
from ....domain.case.heard.named_event import named_event, says_a_day, told_of
from ....domain.hearing.cues import cued_answers
from ....domain.understanding.moods import Mood, mood_reader
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at, likely_in
from ..utterance import Utterance
from .taking_back import read_taking_back

_THAT_DAY = re.compile(
    r"(?P<who>[^是不]{0,8})(?:其实)?是(?P<when>[^是的不]{2,14}?)(?:才|就|刚)?"
    r"(?:说|通知|告诉|发|判|回|讲|定|给|来|让|叫|点|交|提|申请|寄|签|拒|同意|答复|受理|打)[^是不]{0,6}的(?:通知|消息|短信)?"
)
"""“平台是昨晚说的”：说的是哪天，不是又有一件。"""
_WRONG = re.compile(
    r"(?:[记说搞弄写看听填报][错岔]|错了?|不对)了?|(?:日期|日子|时间)(?:不对|错了?|有误)|[记说写]成|帮我改|给我改|改[改一成]|[应其][该实]|^(?:不是|哦|噢)"
)
"""说了在改。"""
_SAID_WRONGLY = re.compile(r"[记说写]成|不是(?=[^,。]{1,6}$)")
"""这一截里的日子是错的那个：“我说成昨天了”“不是昨天”。"""
_IS_THAT_DAY = re.compile(r"[^不]?是")
_CAME_THEN = re.compile(r"[到退收][^,。]{0,3}的$")
"""“21号到账的”：都了结了又说，讲的是了结那天。"""
_LOOKED_UP = re.compile(r"[^,。]{0,6}(?:[查看翻对](?:了|过|到|下)|才看[见到]|才发现)[^,。]{0,8}")
"""“我查了账单”：说的是怎么知道的。"""
_OF_MONEY = re.compile(r"[我俺钱款退返打到账收回来就才早已经]*")
"""只说了钱到了，没说是什么钱。"""
_TO_THAT_DAY = re.compile(r"(?:日子|日期|时间|那天)[^,。]{0,6}改")
"""要把哪件的日子改掉。"""
_AGAIN = (*load_spoken().once_more, "也")
_NOT_MINE = frozenset({Mood.IF, Mood.HEARSAY})
_ENDING = re.compile(r"[到账退结钱付收完齐]")
_LONGEST_ENDING = 6


def read_that_day(context: Context, utterance: Utterance) -> Reading | None:
    """说的是记下的一件进展是哪天。"""
    if context.open_question is not None or not context.can_undo or not says_a_day(utterance.text):
        return None
    if utterance.moods & _NOT_MINE:
        return None
    corrects = _WRONG.search(utterance.text) is not None
    ended = context.matter is None and _CAME_THEN.search(utterance.text) is not None
    if not corrects and not ended and _IS_THAT_DAY.search(utterance.text) is None:
        return None
    pieces = pieces_of(utterance.raw)
    dated = next(
        (piece for piece in pieces if not _SAID_WRONGLY.search(piece) and happened_at(piece, context.now) is not None),
        "",
    )
    if not dated or Utterance(" ".join(filter(told_of, pieces)) or dated).asks:
        return None
    if context.matter is not None:
        return _of_open(context, context.matter, utterance, dated, corrects=corrects)
    return _of_ended(context, utterance, dated, corrects=corrects)


def _of_open(
    context: Context, matter: OpenMatter, utterance: Utterance, dated: str, *, corrects: bool
) -> Reading | None:
    """没结案的：说了是哪件记过的；没说、只说了怎么发生的，做的人要对得上刚记下的那件。"""
    if not matter.walked or any(word in utterance.text for word in _AGAIN):
        return None
    pieces = pieces_of(utterance.raw)
    told = dated if told_of(dated) else _with_the_piece_before(pieces, dated)
    named = named_event(told, likely_in(matter), matter.walked)
    event = named.event.id if named.event is not None else ""
    if not event and not named.is_other and not told_of(told) and _TO_THAT_DAY.search(dated):
        event = matter.walked[-1]
    if not event and not named.is_other and _is_by_the_same(context, matter, dated):
        event = matter.walked[-1]
    if not event and len(told_of(told)) > 1 and _TO_THAT_DAY.search(utterance.text):
        if not matter.answers.keys().isdisjoint(cued_answers(matter.scenario, utterance.raw, context.now)):
            return None  # “签收日期改成18号”：是答过的一题
        unknown = intents.Corrected(utterance.raw, unrecorded=True)
        return Reading((unknown,), Band.RECORD, 0.6, ("要改哪天，那件没有记过",))
    if not event or not (corrects or _IS_THAT_DAY.search(dated)):
        return None
    if not corrects and event != matter.walked[-1] and matter.stage.event(event) is not None:
        return None  # 此刻又轮得到它：多半是又有一次
    redated = intents.Corrected(dated, redates=True, event=event)
    also = _also_taken_back(context, " ".join(one for one in pieces if one != dated and told_of(one)))
    return Reading((redated, *also), Band.RECORD, 0.8, ("改一件进展的日子",))


def _of_ended(context: Context, utterance: Utterance, dated: str, *, corrects: bool) -> Reading | None:
    """都了结了：说的是了结的那件（钱到账）其实是哪天。"""
    scenario = next((one for one in context.book.scenarios if one.id in context.closed[:1]), None)
    told = told_of(" ".join(piece for piece in pieces_of(utterance.raw) if not _LOOKED_UP.fullmatch(piece)))
    if scenario is None or len(told) > _LONGEST_ENDING:
        return None
    came_then = _CAME_THEN.search(dated) is not None and _OF_MONEY.fullmatch(told) is not None
    if not (corrects or came_then or "不是" in utterance.text or "是" in dated):
        return None
    if told and not _ENDING.search(told):
        return None
    priors = {event: 1.0 for track in scenario.tracks for event in events_from_start(scenario, track)}
    ending = sorted({event.id for event in priors if event.event.ends and not event.event.gives_up}, reverse=True)
    named = named_event(told, Likely(priors), ending)
    if named.is_other and not came_then and "结" not in told:
        return None
    return Reading((intents.Corrected(dated, redates=True),), Band.RECORD, 0.7, ("改了结那天",))


def _with_the_piece_before(pieces: tuple[str, ...], dated: str) -> str:
    """“介入那步日期不对 是19号”：日子那一截没说是什么事，看前一截。"""
    return next((f"{before} {after}" for before, after in pairwise(pieces) if after == dated), dated)


def _also_taken_back(context: Context, rest: str) -> tuple[intents.Undo, ...]:
    """别的小句里还说了哪一件没有这回事：改好日子再问要不要撤。"""
    taken = read_taking_back(context, Utterance(rest)) if rest else None
    undo = taken.first if taken is not None else None
    return (replace(undo, sure=False),) if isinstance(undo, intents.Undo) and undo.named else ()


def _is_by_the_same(context: Context, matter: OpenMatter, piece: str) -> bool:
    """“平台是昨晚说的”：做的人就是刚记下的那件的。"""
    match = _THAT_DAY.fullmatch(piece)
    if match is None or happened_at(match["when"], context.now) is None:
        return False
    last = next((event for event in likely_in(matter) if event.id == matter.walked[-1]), None)
    clauses = mood_reader().clauses(piece)
    if last is None or not clauses:
        return False
    return not match["who"].strip() or clauses[0].actor is last.event.by
