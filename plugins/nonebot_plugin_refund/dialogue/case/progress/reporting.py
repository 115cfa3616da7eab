"""案件里发生了什么：记下、复述；了结和放弃先问；没说出口的那一步替人补上。"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from ....domain.case.case_amounts import ARRIVED
from ....domain.case.case_routes import Route, RouteKind
from ....domain.case.told_limit import ToldLimit, told_limit_from
from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.sums.moved_sums import gives_up_rest
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.text import normalise
from ....render.dates import long_ago_in_words
from ....render.texts.case_text import stage_message
from ....render.texts.offer_text import arrived_lines, packed, waiting_line, yuan
from ....rulebook.derived.stage_view import StageView
from ....rulebook.money_models.offer_models import load_offers
from ....rulebook.scenario_models.models import Need
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case import cases
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...interview import revising
from ...reading import intents
from ...reading.awaits import AskDay, ConfirmReport
from ...reading.confirming.echoes import echoes
from .. import answering
from ..asked_first import asked_next, choosing, confirming, dated_answer, settling
from ..case_state import OpenedCase
from ..casework import by_code
from ..correcting import day_put_right
from ..money import amounts, instalments, judged, settled_sums
from . import exchange_offers, filing, promises, told_limits, walking, which_day

NOT_HERE = "{code} 这件事里没有这一步。现在可以说的发「更新 {code}」看。"
ALREADY_NOTED = "「{label}」先前已经记过了。{code} 现在是「{stage}」。"
STAYS = "好，没有动。{code} 还是「{stage}」。"
ASK_HOW_MUCH = "钱到了吗？到了多少说一声，比如「到了 300」；还没到就说「还没到」，剩下的不要了说「就这样了」。"
IMPLIED = "先前的「{labels}」也一并记成已经办了。"
PUT_BEHIND = "是早先的一步，补记在走过的路里；{code} 还是「{stage}」，日子不变。"
_ARRIVED_PART = "arrived-part"
_REVIEW, _ASK_MORE = "review-asked", "ask-more"
_ARRIVING = frozenset({"arrived", _ARRIVED_PART})
"""说的是钱到了：到了多少，先和该到的比。"""
LIKELY_ENOUGH = 0.3
"""指明了是哪件案件的进展，有这么大把握就先问或记。"""
NOTED = "好，记下：{label}{when}。"
ANSWERED_TO_NOTHING = "{code} 已经结案了；要接着办，说「撤销」可以回到结案之前。"


async def report(turn: Turn, intent: intents.Reported) -> list[Reply]:
    """报告了一件事：拿得准就记，拿不准、要了结的先问。"""
    if intent.cases:
        return await choosing.which_case(turn, intent)
    case = await by_code(turn, intent.case)
    if isinstance(case, list):
        return case
    if case.record.closed_at is not None or case.position is None:
        return replies(ANSWERED_TO_NOTHING.format(code=case.record.code))
    if not intent.sure and (appointed := await told_limits.hear_appointment(turn, case, intent.said)):
        return appointed
    intent = filing.only_handed_in(case, intent)
    if intent.event == "arrived" and amounts.more_to_come(intent.said):
        part_of_it = await confirming.find_route(turn, case, _ARRIVED_PART)
        intent = replace(intent, event=_ARRIVED_PART if part_of_it else intent.event)  # “100到了 还欠68”
    if part := await _part_arrived_before(turn, case, intent):
        return await confirming.ask_first(turn, case, part, replace(intent, event=_ARRIVED_PART))
    if intent.event in _ARRIVING:
        if said := await instalments.one_came(turn, case, intent) or await _arrived(turn, case, intent):
            return said
        case = await _latest(turn, case)  # 到了多少刚记过
        if intent.event == _ARRIVED_PART and not intent.exact and await _came_in_full(turn, case, intent):
            intent = replace(intent, event="arrived")
    awaited = await prompts.pending(turn)
    is_again = isinstance(awaited, ConfirmReport) and (awaited.case, awaited.event) == (intent.case, intent.event)
    route = await confirming.find_route(turn, case, intent.event)
    if route is None:
        return replies(NOT_HERE.format(code=case.record.code))
    if intent.proposed:
        return await exchange_offers.not_yet(turn, case, route, intent)
    # 只是有点像的不算又说了一遍：“主播把聊天记录全删了”说的不是钱到了
    is_again = is_again and (intent.sure or (confirming.ends(case, route) and echoes(route.event, intent.said)))
    if isinstance(awaited, ConfirmReport) and is_again and not confirming.disputes(turn, intent.said):
        return await confirmed(turn, awaited, yes=True, said=intent.said)  # 刚问过是不是，他又说了一遍
    if route.event.event.silence and (
        route.kind is RouteKind.ELSEWHERE or promises.stands_already(case, intent, route)
    ):
        return answering.nothing_new(turn, case, quoted=False)  # “说好的没给”：这里没有这一步，该做什么照说
    if promises.still_in_time(turn, case, intent, route.event):
        asks = any(word in normalise(intent.said) for word in load_spoken().what_to_do)
        return answering.about_case(turn, case) if asks else answering.nothing_new(turn, case, quoted=False)
    if (missed := promises.day_not_kept(turn, case, intent, route.event)) is not None:
        intent = replace(intent, happened_at=None)  # 话里的日子是说好的那天，不是发生的那天
    if await _asked_for_review(turn, case, route, intent):
        return replies(_noted_before(case, route))
    if route.kind is RouteKind.AGAIN and any(word in normalise(intent.said) for word in load_spoken().once_more):
        return await confirming.ask_first(turn, case, replace(route, kind=RouteKind.ELSEWHERE), intent)
    if route.kind is RouteKind.AGAIN or await _is_last_noted(turn, case, route, intent):
        return (
            await told_limits.hear(turn, case, intent.said)
            or await day_put_right.told_since(turn, case, intent)
            or replies(_noted_before(case, route))
        )
    if len(intent.others) > 1 and not intent.sure and not _ARRIVING.issuperset(intent.others):
        return await choosing.which_meaning(turn, case, intent)
    if route.event.id == _ARRIVED_PART and confirming.ends(case, route):
        assert case.stage is not None
        if not intent.exact and not amounts.says_settled(intent.said):
            # 不拿“是不是到此了结”去问还在等的人：说了数的记下，没说的先问到了多少
            return replies(_part_noted(turn, case, intent) or ASK_HOW_MUCH)
        if amounts.more_to_come(intent.said):
            return replies(settling.GO_ON_ASKING.format(code=case.record.code, stage=case.stage.title))
    if is_over := await settling.says_over(turn, case, intent):
        intent = replace(intent, sure=True)  # 数对得上、他也说完了：不再问一遍
    ends_unasked = confirming.asks_first(case, route) and not (is_over or confirming.says_yes_first(intent.said))
    ends_unasked = ends_unasked or (
        not route.event.event.entailed and walking.is_behind(turn, case, route, intent.happened_at)
    )
    if not intent.exact and (not intent.sure or ends_unasked):
        return await confirming.ask_first(turn, case, route, intent)
    told, case = await _told_earlier(turn, case, intent)
    route = (await confirming.find_route(turn, case, intent.event) if told else None) or route
    limit = told_limits.told_in(intent, turn.said_at)
    noted = await record(turn, case, route, intent.happened_at, exact=intent.exact, limit=limit, missed=missed)
    noted += replies(await settled_sums.settle_sum(turn, await _latest(turn, case), intent.event, intent.said))
    ending = await _ask_of_ending(turn, intent.case, intent.then, intent.said) if intent.then else []
    return [*replies(told), *noted, *ending]


async def _ask_of_ending(turn: Turn, code: str, event_id: str, said: str) -> list[Reply]:
    """同一句里接着说的了结的一件：问一句是不是。"""
    return await report(turn, intents.Reported(code, event_id, None, said, sure=False))


async def _came_in_full(turn: Turn, case: OpenedCase, intent: intents.Reported) -> bool:
    """说的像是到了一部分，数却够了该到的。"""
    expected = await amounts.expected(turn, case)
    if expected is None or amounts.arrived_in(intent.said, expected) is None:
        return False
    return amounts.arrived_before(case) >= expected and await confirming.find_route(turn, case, "arrived") is not None


async def _is_last_noted(turn: Turn, case: OpenedCase, route: Route, intent: intents.Reported) -> bool:
    """刚记下的就是这一件，又说了一遍（“嗯 补好了”），没有另说哪天。"""
    if route.kind is RouteKind.HERE or intent.happened_at is not None or intent.exact:
        return False
    if any(word in normalise(intent.said) for word in load_spoken().once_more):
        return False
    walked = await cases.events(turn.session, case.record)
    return bool(walked) and walked[-1].event_id == intent.event


async def _told_earlier(turn: Turn, case: OpenedCase, intent: intents.Reported) -> tuple[str, OpenedCase]:
    """同一句里先说的几件：此刻就能报告、不会了结的先记下；返回复述和走到的地方。"""
    today = turn.now.astimezone(SHANGHAI).date()
    lines: list[str] = []
    for event_id, happened in intent.earlier:
        route = await confirming.find_route(turn, case, event_id)
        if route is None or route.kind is not RouteKind.HERE or confirming.ends(case, route):
            continue
        case, _ = await note(turn, case, route, happened or intent.happened_at)
        lines.append(NOTED.format(label=route.event.label, when=_when(happened, today)))
    return "\n".join(lines), case


def _part_noted(turn: Turn, case: OpenedCase, intent: intents.Reported) -> str:
    """还不知道要的一共多少，说了到了多少：数已经记着，说回去；没说数的为空。"""
    arrived = amounts.arrived_in(intent.said, None)
    if arrived is None:
        return ""
    turn.changed("amount", f"到账 {yuan(arrived)}", case.record.id)
    return settling.ARRIVED_NOTED.format(arrived=yuan(arrived))


async def _part_arrived_before(turn: Turn, case: OpenedCase, intent: intents.Reported) -> Route | None:
    """不追了，先前却说过到了一部分：了结的是“只到了一部分”，不是没退成。"""
    route = await confirming.find_route(turn, case, intent.event)
    goes_on = intent.event == amounts.ACCEPTED or amounts.arrived_before(case) <= 0  # 应了对方的数，还等着没到的
    if route is None or goes_on or not route.event.event.gives_up:
        return None
    return await confirming.find_route(turn, case, _ARRIVED_PART)


async def confirmed(turn: Turn, awaited: ConfirmReport, *, yes: bool, said: str = "") -> list[Reply]:
    """问过“是不是”之后的回答；说的是几件一起的，记下这件接着问另一件。"""
    case = await by_code(turn, awaited.case)
    if isinstance(case, list) or case.position is None:
        return case if isinstance(case, list) else []
    await prompts.done(turn)
    all_came = awaited.event == _ARRIVED_PART and any(word in normalise(said) for word in load_spoken().all_came)
    part_only = yes and awaited.event == "arrived" and not awaited.in_full and gives_up_rest(said)
    event = "arrived" if all_came else _ARRIVED_PART if part_only else awaited.event
    route = await confirming.find_route(turn, case, event)
    if not yes or route is None or case.record.closed_at is not None:
        assert case.stage is not None
        if awaited.event in _ARRIVING and not yes:
            return await settling.not_so(turn, case, awaited.event, said)
        return replies(STAYS.format(code=case.record.code, stage=case.stage.title))
    happened, earlier = await dated_answer.days_in(turn, case, route, said)
    told_first = ""
    if earlier is not None:
        case, _ = await note(turn, case, *earlier)
        today = turn.now.astimezone(SHANGHAI).date()
        told_first = NOTED.format(label=earlier[0].event.label, when=_when(earlier[1], today))
        route = await confirming.find_route(turn, case, route.event.id) or route
    if happened is None and awaited.happened_at < turn.now:
        happened = awaited.happened_at
    limit = told_limit(said, turn.said_at) or told_limit_from(awaited.told)
    recorded = await record(turn, case, route, happened, exact=not part_only, limit=limit)
    recorded = [*replies(told_first), *recorded]
    if part_only:
        return [*recorded, *await asked_next.ends_with_part(turn, await _latest(turn, case), said)]
    if awaited.then:
        return [*recorded, *(await _ask_of_ending(turn, awaited.case, awaited.then, ""))]
    is_both = awaited.both or confirming.says_both(said)
    return [*recorded, *(await asked_next.ask_of_another(turn, awaited) if is_both else [])]


async def pick(
    turn: Turn, code: str, event_id: str, happened: datetime | None, limit: ToldLimit | None = None
) -> list[Reply]:
    """按编号选的一件：记下；要了结、放弃的先问一句。``limit`` 是先前那句里说好的期限。"""
    report_of = intents.Reported(code, event_id, happened, "", sure=True, exact=True, told=limit)
    return await report(turn, report_of)


async def record(
    turn: Turn,
    case: OpenedCase,
    route: Route,
    happened: datetime | None,
    *,
    exact: bool = False,
    limit: ToldLimit | None = None,
    missed: date | None = None,
) -> list[Reply]:
    """记下：先补没说的几步，再走到它；返回复述和新的情况。``limit`` 是说好的期限，``missed`` 是没兑现的那天。"""
    happened = happened or _said_another_day(turn)
    if missed is None and route.event.event.silence:
        missed = promises.missed_day(turn, case)
    is_known_step = happened is not None and route.event.event.entailed
    if happened is not None and is_known_step and walking.is_behind(turn, case, route, happened):
        moved = await walking.note_behind(turn, case, route, happened)
        await prompts.done(turn)
        return replies(_put_behind(turn, moved, route, happened))
    moved, labels = await note(turn, case, route, happened, limit)
    kept = "" if missed is None else promises.in_words(missed, turn.now)
    total = replies(await judged.hear_sum(turn, moved, route.event.id))
    return [*await _said_back(turn, moved, route, happened, labels, exact=exact, missed=kept), *total]


async def note(
    turn: Turn, case: OpenedCase, route: Route, happened: datetime | None, limit: ToldLimit | None = None
) -> tuple[OpenedCase, list[str]]:
    """记下，不说什么；返回走到的地方，和替人补上的几步。"""
    assert case.position is not None
    when = happened or _said_another_day(turn) or turn.now
    turn.changed(
        "report",
        route.event.label,
        case.record.id,
        event=route.event.id,
        happened=None if happened is None else happened.isoformat(),
        told={} if limit is None else limit.to_plain(),
    )
    labels = await walking.walk(turn, case, route, when, limit)
    moved = await _latest(turn, case)
    await prompts.done(turn)
    turn.wake_delivery()
    if moved.record.closed_at is not None:
        await revising.drop_revisions(turn, moved.record.id)
    return moved, labels


async def _arrived(turn: Turn, case: OpenedCase, intent: intents.Reported) -> list[Reply]:
    """说了到账多少：比该到的少，就不按全到了记，说回去，记下就会了结的先问；没说数、够数的返回空。"""
    case = await settled_sums.short_of(turn, case, intent.said)
    expected = await amounts.expected(turn, case)
    arrived = amounts.arrived_in(intent.said, expected)
    if arrived is None or arrived <= 0:
        return []
    spoken = load_spoken()
    before = amounts.arrived_before(case)
    if amounts.adds_to(intent.said, before):
        arrived += before  # “剩下的八千八也到了”：和先前到的合起来算
    elif amounts.is_another_part(intent.said, before, arrived, expected):
        arrived += before
    case = await amounts.remember(turn, case, **{ARRIVED: arrived})
    if expected is None or arrived >= expected:
        return []
    if not await told_limits.hear(turn, case, intent.said):
        await instalments.move_on(turn, case)
    case = await _latest(turn, case)
    if (until := told_limits.promised_until(turn, case)) is not None and not amounts.says_settled(intent.said):
        turn.changed("amount", f"到账 {yuan(arrived)}", case.record.id)
        await prompts.done(turn)
        return replies(waiting_line(load_offers(), arrived, expected, until))
    dealt = expected != amounts.claimed_of(case)
    if said := await settled_sums.instalment_came(turn, case, intent.said, arrived, expected):
        return said
    route = await confirming.find_route(turn, case, _ARRIVED_PART)
    settles = route is not None and confirming.asks_first(case, route)
    lines = arrived_lines(load_offers(), arrived, expected, settles=settles, dealt=dealt)
    if route is None or route.kind is RouteKind.AGAIN:
        return replies(*packed(lines))
    if settles and any(word in normalise(intent.said) for word in spoken.not_all):
        turn.changed("amount", lines[0], case.record.id)
        assert case.stage is not None
        still = settling.GO_ON_ASKING.format(code=case.record.code, stage=case.stage.title)
        return replies(*packed(arrived_lines(load_offers(), arrived, expected, settles=False, dealt=dealt), 1), still)
    if settles:
        when = intent.happened_at or turn.now
        await prompts.ask(turn, ConfirmReport(case=case.record.code, event=_ARRIVED_PART, happened_at=when))
        turn.changed("amount", lines[0], case.record.id)
        return replies(*packed(lines))
    limit = told_limits.told_in(intent, turn.said_at)
    said = await record(turn, case, route, intent.happened_at, limit=limit)
    return [*replies(*packed(lines, 1)), *said]


def _said_another_day(turn: Turn) -> datetime | None:
    """没说哪天的，就是说这句话的那天；晚到的话说的不是今天，要照说的那天记。今天说的为空。"""
    on_that_day = turn.said_at.astimezone(SHANGHAI).date() != turn.now.astimezone(SHANGHAI).date()
    return turn.said_at if on_that_day else None


async def _latest(turn: Turn, case: OpenedCase) -> OpenedCase:
    again = await by_code(turn, case.record.code)
    assert not isinstance(again, list)
    return again


async def _said_back(
    turn: Turn,
    case: OpenedCase,
    route: Route,
    happened: datetime | None,
    implied: Sequence[str],
    *,
    exact: bool,
    missed: str = "",
) -> list[Reply]:
    assert case.stage is not None
    today = turn.now.astimezone(SHANGHAI).date()
    noted = NOTED.format(label=route.event.label, when=missed or _when(happened, today))
    lines = [] if exact and not implied and not missed else [noted]
    if implied:
        lines.append(IMPLIED.format(labels="」「".join(implied)))
    lines.append(stage_message(case.record.code, case.stage, case.timers(turn.services.calendar), today))
    if happened is None and Need.DATE in route.event.event.needs and _counts_from_entry(case.stage):
        asked, days = which_day.counted_from_today(turn)
        lines.append(asked)
        await prompts.ask(turn, AskDay(case=case.record.code, within=days))
    return replies("\n".join(lines))


def _put_behind(turn: Turn, case: OpenedCase, route: Route, happened: datetime) -> str:
    assert case.stage is not None
    today = turn.now.astimezone(SHANGHAI).date()
    noted = NOTED.format(label=route.event.label, when=_when(happened, today))
    return f"{noted}\n{PUT_BEHIND.format(code=case.record.code, stage=case.stage.title)}"


def _when(happened: datetime | None, today: date) -> str:
    if happened is None:
        return ""
    words = long_ago_in_words(happened.astimezone(SHANGHAI).date(), today)
    return f"（{words}）" if words else ""


def _counts_from_entry(stage: StageView) -> bool:
    """新阶段里有没有从进来那天数起的时限：日子说错了，期限就错了。"""
    return stage.outcome is None and any(timer.start is None and not timer.is_only_told for timer in stage.timers)


async def _asked_for_review(turn: Turn, case: OpenedCase, route: Route, intent: intents.Reported) -> bool:
    """刚记下“不接受，要求复核”，又说“申请人工复核了”：走到的就是现在站着的地方，又没另说哪天。"""
    assert case.position is not None
    if route.event.id != _REVIEW or route.event.to != case.position.stage_id or intent.happened_at is not None:
        return False
    walked = await cases.events(turn.session, case.record)
    return bool(walked) and walked[-1].event_id == _ASK_MORE


def _noted_before(case: OpenedCase, route: Route) -> str:
    assert case.stage is not None
    return ALREADY_NOTED.format(label=route.event.label, code=case.record.code, stage=case.stage.title)
