"""又拒了一次：“又拒了 理由还是定制”“改好重新交的也给驳了”“复核也没过”。"""

import re

from ....domain.case.case_routes import RouteKind, route_to
from ....domain.case.heard.news import hear_news
from ....domain.understanding.moods import Mood
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at, likely_in
from ..utterance import Utterance

_REFUSALS = ("merchant-refused", "refused", "platform-against")
"""收钱一方的在前：没说是平台的，先当是它。"""
_STAGE = "refused"
_REFUSED = r"(?:拒了|拒绝了|被拒|拒我|驳回|驳了|被驳|打回|没通过|不通过|没给过|没过审|没过(?![0-9天日周月期了点几半]))"
_AGAIN = re.compile(rf"(?:又|再次|还是|照样|仍|第[二三四]次|[二三]次)[^,。;? ]{{0,8}}{_REFUSED}")
_RESUBMITTED = re.compile(
    rf"(?:重新|再|又|第[二三]次|改[了好完]|补[了好完])[^,。;?]{{0,4}}(?:提交|申请|交|报|提)[^,。;?]{{0,4}}[了的]?[^,。;?]{{0,6}}{_REFUSED}"
    rf"|(?:第[二三四]次)[^,。;? ]{{0,8}}{_REFUSED}"
)
"""说了重新交过：是又一次。"""
_STANDS = r"(?:不给退|不退|不同意|不支持|没同意|维持|不认|不改)"
_REVIEW = re.compile(rf"(?:复核|申诉|复审)[^,。;? ]{{0,6}}(?:{_REFUSED}|{_STANDS})")
_BY_OTHERS = re.compile(
    r"法院|法官|立案|诉状|12315|12345|市监|消协|派出所|警|仲裁|执行|介入|没被|没有被|没拒|没驳|不会|还没|还未|怕|担心"
    r"|[让要叫喊得]补|补件|补材料|补凭证|重拍"
)
"""别处的事、还没有的事；打回来让补的，是要补材料。"""
_TOLD_OF_NOBODY = frozenset({"question", "if", "plan", "hearsay"})
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.PLAN, Mood.HEARSAY})


def read_refused_again(context: Context, utterance: Utterance) -> Reading | None:
    """刚记着被拒，又说拒了一次；复核没过的也算。说了重新交过的记下，没说的先问。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.asks or utterance.moods & _NOT_TOLD:
        return None
    said = utterance.text
    is_review = _REVIEW.search(said) is not None
    if _BY_OTHERS.search(said) is not None or not (is_review or _AGAIN.search(said) or _RESUBMITTED.search(said)):
        return None
    was_refused = matter.stage.id == _STAGE or (bool(matter.walked) and matter.walked[-1] in _REFUSALS)
    if hear_news(utterance.raw, utterance.clauses, likely_in(matter)).mood in _TOLD_OF_NOBODY:
        return None  # “我老舅那单复核也没过”
    event = _refusal(matter, here_only=not was_refused) if was_refused or is_review else None
    if event is None:
        return None
    sure = is_review or _RESUBMITTED.search(said) is not None
    when = happened_at(utterance.raw, context.now)
    report = intents.Reported(matter.code, event, when, utterance.raw, sure=sure, others=(event,))
    return Reading((report,), Band.RECORD if sure else Band.CONFIRM, 0.8, ("又拒了一次",))


def _refusal(matter: OpenMatter, *, here_only: bool) -> str | None:
    """此刻轮得到的，或只差自己再交一次的拒绝；没有为 ``None``。"""
    for event_id in _REFUSALS:
        route = route_to(matter.scenario, matter.position, event_id, matter.walked)
        is_next = route is not None and route.kind is RouteKind.FORWARD and len(route.implied) == 1
        if route is not None and (route.kind is RouteKind.HERE or (is_next and not here_only)):
            return event_id
    return None
