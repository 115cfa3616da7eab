"""一句里先后说了几步（“平台让我退 我寄了顺丰 他拒收了”）：从案件现在的位置起，一步接一步对得上的，照先后都算。"""

import re
from dataclasses import replace

from ....domain.case.case_routes import Route, RouteKind, route_to
from ....domain.case.cases import CasePosition
from ....domain.case.heard.news import HeardEvent, hear_news, told_at_least, worded_events
from ....domain.hearing.cues import has_value
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.terms.told_limits import told_limit, without_limits
from ....domain.understanding.terms.told_terms import says_whether, without_terms
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.derived.stage_view import stage_on
from ....rulebook.scenario_models.event_models import Actor
from .. import intents
from ..asking.questions import read_topic
from ..awaits import PickEvent, PickMeaning
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..utterance import Utterance
from .letting_go import is_anothers_wish, only_lets_go, without_letting_go
from .news import read_news
from .told_pieces import BANDS, LEAST_TOLD, NOT_TOLD, Piece, goes_on, happened_at, likely_in, piece_of

_MOST_PIECES = 8
_STEP = 0.5
"""一截单听像这一步，要这么像。"""
_NEXT_STEP = 0.45
"""正接得上前一步的，有这么像就算。"""
_SURELY = 0.7
"""几步里至少有一步要这么像。"""
_CLEARLY = 0.85
"""去掉答复期限之后要这么像，才不问就记。"""
_LEAST_STEPS = 2
_BY_A_HELPER = re.compile(r"我?[喊叫让请托][^,，。 ]{1,8}[帮替][我俺咱]")
"""“我喊隔壁小妹帮我交了”：交的是自己的，不是讲隔壁的事。"""
_DEMANDS = re.compile(r"(?:让|叫|喊|要|请|催)[我俺咱再]{0,2}[^,。]{0,8}[补交传拍录提发]")
_ONLY_THE_DAY = re.compile(r"[^,。 ]{1,5}(?:点|申请|交|提交|弄|办|提|寄|传)的")
_SHORT_DONE = 8
_REFUSED, _ASKED_MORE = "refused", "asked-more"


def read_in_turn(context: Context, utterance: Utterance, matter: OpenMatter) -> tuple[Piece, ...]:
    """一步接一步的几截，照先后；不到两步、听不准、话里在问在假设的为空。"""
    pieces = [piece for piece in pieces_of(utterance.raw) if len(piece) >= LEAST_TOLD]
    if len(pieces) < _LEAST_STEPS or len(pieces) > _MOST_PIECES or utterance.moods & NOT_TOLD:
        return ()
    steps: list[Piece] = []
    at = matter
    for place, piece in enumerate(pieces):
        if len(steps) + len(pieces) - place < _LEAST_STEPS:
            return ()  # 余下的每一截都算上也不到两步，不必再听
        if steps and steps[-1].day is None and _ONLY_THE_DAY.fullmatch(piece) is not None:
            steps[-1] = replace(steps[-1], day=happened_at(piece, context.now))  # “平台介入了 昨天点的”
            continue
        clauses, likely = mood_reader().clauses(piece), likely_in(at)
        least = _NEXT_STEP if steps else _STEP
        worded = next(iter(worded_events(clauses, likely)), None)
        news = told_at_least(piece, clauses, likely, 0.0 if worded is not None else least)
        if news is None or news.mood is not None:
            continue
        best = worded or news.events[0]
        if best.score < least or any(step.event.id == best.event.id for step in steps):
            continue
        further = _after(at, best, is_first=not steps)
        if further is None:
            continue
        steps.append(piece_of(piece, best, happened_at(piece, context.now)))
        at = further
    are_heard = len(steps) >= _LEAST_STEPS and max(step.score for step in steps) >= _SURELY
    return tuple(steps) if are_heard else ()


def _goes_without_saying(at: OpenMatter, route: Route) -> bool:
    """中间只差自己照常做的一步（“我寄过去他签收了”里的寄出）；别人的决定不替人补。"""
    known = {event.id: event.event for event in likely_in(at)}
    implied = [known.get(step) for step in route.implied]
    return route.kind is RouteKind.FORWARD and all(
        event is not None and event.by is Actor.ME and event.entailed for event in implied
    )


def _after(at: OpenMatter, heard: HeardEvent, *, is_first: bool) -> OpenMatter | None:
    """记下这一步之后走到的地方；此刻还轮不到、会了结、走不通的为 ``None``。后面的步可以替人补一步没说的。"""
    route = route_to(at.scenario, at.position, heard.event.id, at.walked)
    if route is None or not goes_on(route.event):
        return None
    is_next = route.kind is RouteKind.HERE or (not is_first and _goes_without_saying(at, route))
    return walked_to(at, route) if is_next else None


def walked_to(at: OpenMatter, route: Route) -> OpenMatter | None:
    """照这一步走到的地方；就此了结的为 ``None``。"""
    stage = stage_on(at.scenario, route.event.to, at.position.track_id)
    if stage.outcome is not None:
        return None
    position = CasePosition(at.position.track_id, stage.id, at.position.entered_at)
    return replace(at, position=position, stage=stage, walked=(*at.walked, *route.implied, route.event.id))


def read_told_news(context: Context, utterance: Utterance) -> Reading | None:
    """案件的新闻；先后说了几步的都算，单独一截说的答复期限去掉再听，又说不追了的分出来另外问。"""
    if context.open_question is None and context.matters:
        parted = _lets_go_too(context, utterance) or _done_and_asks(context, utterance)
        parted = parted or _in_turn_and_asks(context, utterance)
        if parted is not None:
            return parted
    return _read_told(context, utterance)


def _done_and_asks(context: Context, utterance: Utterance) -> Reading | None:
    """“传了 那鞋要不要先留着”：短短一截说自己做完了，后面问的是别的；照词听得准的才记，问的一并答。"""
    if not utterance.asks or utterance.stated:
        return None
    first, *rest = pieces_of(utterance.raw)
    asked = Utterance(" ".join(rest))
    if not rest or len(first) > _SHORT_DONE or Utterance(first).asks or not asked.asks:
        return None
    matter = context.matters[0]
    here = [event for event in likely_in(matter) if matter.stage.event(event.id) is not None]
    done = next(iter(worded_events(mood_reader().clauses(first), likely_in(matter), here)), None)
    if done is None or not goes_on(done.event):
        return None
    event, when = done.event.id, happened_at(first, context.now)
    report = intents.Reported(matter.code, event, when, first, sure=True, others=(event,))
    topic = read_topic(context, asked)
    beside = topic.intents if topic is not None else (intents.Asked(None, asked.raw, case=matter.code),)
    return Reading((report, *beside), Band.RECORD, done.score, ("做完了一步，又问别的",))


def _in_turn_and_asks(context: Context, utterance: Utterance) -> Reading | None:
    """“24号交的 26号他同意了 昨天寄走了 运费谁出啊”：先后说了几步、都听准了，又问了一句：都记，问的一并答。"""
    pieces = pieces_of(utterance.raw) if utterance.asks else ()
    if len(pieces) <= _LEAST_STEPS or len(pieces) > _MOST_PIECES or not has_value(utterance.text):
        return None
    asked = [piece for piece in pieces if Utterance(piece).asks]
    told = Utterance(" ".join(piece for piece in pieces if piece not in asked))
    if not asked or told.asks or len(pieces) - len(asked) < _LEAST_STEPS:
        return None
    news = _read_told(context, told)
    first = news.first if news is not None else None
    if news is None or not isinstance(first, intents.Reported) or not first.sure or not first.earlier:
        return None
    question = Utterance(" ".join(asked))
    topic = read_topic(context, question)
    beside = topic.intents if topic is not None else (intents.Asked(None, question.raw, case=first.case),)
    return replace(news, intents=(*news.intents, *beside), explain=(*news.explain, "又问了一句"))


def _lets_go_too(context: Context, utterance: Utterance) -> Reading | None:
    """“12315终止了 算了”：先记前面的，再问是不是不追了；整句只说不追了的，就问这一句；别人劝的只应一声。"""
    if utterance.asks:
        return None
    matter = context.matters[0]
    if only_lets_go(utterance.text) and context.awaits is None:
        report = _stop_in(matter, utterance)
        return None if report is None else Reading((report,), Band.CONFIRM, _SURELY, ("说了不追了",))
    if is_anothers_wish(utterance.raw):
        wish = intents.Talk(intents.TalkKind.WISH, utterance.raw, matter.code)
        return Reading((wish,), Band.RECORD, _SURELY, ("别人劝他不追了",))
    if (parted := without_letting_go(utterance.raw)) is None:
        return None
    rest, is_mine = parted
    news = _read_told(context, Utterance(rest))
    first = news.first if news is not None else None
    if news is None or not isinstance(first, intents.Reported) or first.then or first.cases or news.score < _STEP:
        return None  # “官司算了，跑法院不值”：剩下的什么也不像
    matter = next((one for one in context.matters if one.code == first.case), matter)
    first = first if first.sure else _only_here(matter, first)
    stop, event = _stop_in(matter, utterance), likely_in(matter).by_id.get(first.event)
    if stop is None or event is None or not goes_on(event) or (not first.sure and len(first.others) > 1):
        return None
    both = replace(first, said=utterance.raw, then=stop.event if is_mine else "")
    return replace(news, intents=(both, *news.intents[1:]), explain=(*news.explain, "又说不追了"))


def _only_here(matter: OpenMatter, report: intents.Reported) -> intents.Reported:
    """列着的几件里此刻轮得到的只有一件，就只问这一件。"""
    here = [event for event in report.others if matter.stage.event(event) is not None]
    return replace(report, event=here[0], others=(here[0],)) if len(here) == 1 else report


def _stop_in(matter: OpenMatter, utterance: Utterance) -> intents.Reported | None:
    """这件案件里“不追了”是哪件；没有为 ``None``。"""
    stop = next((event for event in likely_in(matter) if event.event.gives_up and event.event.ends), None)
    if stop is None:
        return None
    return intents.Reported(matter.code, stop.id, None, utterance.raw, sure=False, others=(stop.id,))


def _read_told(context: Context, utterance: Utterance) -> Reading | None:
    """案件的新闻，没说不追了的。"""
    news = _without_terms(context, utterance)
    if context.open_question is not None or not context.matters or isinstance(context.awaits, (PickEvent, PickMeaning)):
        return news
    if news is None or not isinstance(news.first, intents.Reported):
        return news
    matter = next((one for one in context.matters if one.code == news.first.case), context.matters[0])
    return _in_turn(context, utterance, matter, news.first) or _asks_for_more(context, utterance, matter, news) or news


def _without_terms(context: Context, utterance: Utterance) -> Reading | None:
    """“说七个工作日内告诉我受不受理”先去掉再听，期限照原话算；去掉之后听成别的一件的，先问一句。"""
    whole = read_news(context, utterance)
    plain = _BY_A_HELPER.sub("我", without_terms(utterance.raw))
    told = told_limit(utterance.raw, context.now)
    if plain == utterance.raw and told is not None and told.appointed:
        plain = without_limits(utterance.raw, context.now).strip()
    if plain in ("", utterance.raw) or context.open_question is not None or not context.matters:
        return whole
    is_sure = whole is not None and isinstance(whole.first, intents.Reported) and whole.first.sure
    if is_sure and not says_whether(utterance.raw):
        return whole
    news = read_news(context, Utterance(plain))
    if news is None or not isinstance(news.first, intents.Reported):
        return whole
    before = whole.first.event if whole is not None and isinstance(whole.first, intents.Reported) else ""
    is_called = told is not None and told.appointed and before == news.first.event  # “立上了 12月8号开庭”
    is_clear = news.first.sure and (is_called or (news.score >= _CLEARLY and says_whether(utterance.raw)))
    sure = is_clear and (is_sure or before == news.first.event)  # “告诉我受不受理”：单听“受理”听反了
    first = replace(news.first, said=utterance.raw, sure=sure)
    band = Band.RECORD if sure else Band.CONFIRM
    return replace(news, intents=(first, *news.intents[1:]), band=band)


def _in_turn(context: Context, utterance: Utterance, matter: OpenMatter, whole: intents.Reported) -> Reading | None:
    """几步都记，最后一步听不准的记下前面的再问它；前面有听不准的、整句听准了这几步之外的一件的为 ``None``。"""
    steps = read_in_turn(context, Utterance(without_terms(utterance.raw)), matter)
    if not steps or (whole.sure and all(step.event.id != whole.event for step in steps)):
        return None
    *before, last = steps
    is_last = whole.event == last.event.id and (whole.sure or last.is_named)
    sure = is_last or last.score >= BANDS.record
    if not sure and last.score < _SURELY:
        return None
    are_clear = all(step.score >= BANDS.record or step.is_named for step in before)
    if not (is_last or last.is_named or last.score >= 1) or not are_clear:
        return None
    told = tuple((step.event.id, step.day) for step in before)
    if is_last:
        earlier = told if len(told) > len(whole.earlier) else whole.earlier
        report = replace(whole, sure=True, earlier=earlier)
    elif sure:
        report = replace(whole, event=last.event.id, happened_at=last.day, sure=True, earlier=told, then="")
    else:
        main = before[-1]
        report = replace(
            whole, event=main.event.id, happened_at=main.day, sure=True, earlier=told[:-1], then=last.event.id
        )
    report = replace(report, others=(report.event,))
    said = "、".join(step.event.label for step in steps)
    return Reading((report,), Band.RECORD, min(step.score for step in steps), (f"先后说了{said}",))


def _asks_for_more(context: Context, utterance: Utterance, matter: OpenMatter, news: Reading) -> Reading | None:
    """说不给退，又叫补一样东西（“不给退 喊我拍视频发过去”）：是要补材料还是拒了，先问。"""
    first = news.first
    if not isinstance(first, intents.Reported) or first.event != _REFUSED or not first.sure:
        return None
    if matter.stage.event(_ASKED_MORE) is None:
        return None
    pieces = [piece for piece in pieces_of(utterance.raw) if len(piece) >= LEAST_TOLD]
    for piece in pieces[1:_MOST_PIECES]:
        if _DEMANDS.search(piece) is None:
            continue
        heard = hear_news(piece, mood_reader().clauses(piece), likely_in(matter))
        best = heard.events[0] if heard.mood is None and heard.events else None
        if best is not None and best.event.id == _ASKED_MORE and best.score >= _STEP:
            either = (_ASKED_MORE, _REFUSED)
            report = replace(first, event=_ASKED_MORE, sure=False, others=either, then="", earlier=())
            return Reading((report, *news.intents[1:]), Band.CONFIRM, news.score, ("说不给退，又叫补材料",))
    return None
