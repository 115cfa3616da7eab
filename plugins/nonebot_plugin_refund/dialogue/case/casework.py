"""已有的案件：清单、进度、报告进展、结案。"""

from collections.abc import Sequence
from datetime import datetime

from ...domain.case.case_amounts import DEALT
from ...domain.case.case_history import PastEvent, PastStep, past_steps
from ...domain.case.cases import clock_change
from ...domain.case.heard.called import called_of, known_sums
from ...domain.days.calendar import SHANGHAI, WorkCalendar
from ...domain.days.passed_windows import passed_windows
from ...domain.days.timers import TimerPlan, next_date
from ...render.case_cards import case_card
from ...render.texts.case_text import (
    OUTCOME_NAMES,
    CaseLine,
    case_list_message,
    events_message,
    outcomes_message,
    progress_message,
    verdict_only_message,
)
from ...render.texts.offer_text import money_line
from ...render.texts.verdict_text import timer_in_words
from ...rulebook.scenario_models.models import Outcome
from ...storage.case import cases, interviews
from ...storage.case.case_codes import normalise_code
from ...storage.records import CaseEventRecord, CaseRecord
from ..base import prompts
from ..base.turn import Picture, Reply, Turn, replies
from ..interview import revising
from ..interview.verdicts import case_writer, judged, reopened
from ..reading.answering.outcomes import named_outcome
from ..reading.awaits import ConfirmReport, PickCase, PickEvent, PickOutcome
from ..reading.commands import CommandName
from ..reading.context import OpenMatter
from .alike import called_as, told_apart, when_opened
from .case_state import OpenedCase
from .money import amounts

_SHOWN_CASES = 10
NO_CASE = "你还没有案件。直接说怎么回事，我来问几个问题。"
NONE_OPEN = "没有在办的案件。办完的是 {code} {title}，发「进度 {code}」看；有新的事直接说。"
NOT_YET = "这个要等有了结论才有：答完下面几问，我就给你。"
NOT_A_CODE = "案件号是 4 个字母和数字，比如 K7Q2。发「我的」看看有哪些。"
NOT_YOURS = "没有找到你名下的案件 {code}。发「我的」看看有哪些。"
ALREADY_CLOSED = "{code} 已经结案了。"
NO_EVENTS = "{code} 没有要更新的进展。"
WHICH_CASE = "是哪一件？回编号。"
CLOSED = "{code} 已结案：{outcome}。提醒都停了；办错了回「撤销」。"
UNREADABLE = "{code} 的规则版本读不出来了，请联系维护的人。"


async def open_cases(turn: Turn) -> list[OpenedCase]:
    """本人没结案的案件，新的在前；时钟该带来的变化先带上。"""
    found: list[OpenedCase] = []
    for record in await cases.listed(turn.session, turn.person):
        case = await reopened(turn, record)
        if case is not None:
            found.append(await caught_up(turn, case))
    return [case for case in found if case.record.closed_at is None]


async def dates_told(turn: Turn, case_id: int | None) -> list[str]:
    """这件没结案的案件现在算数的日子，一个一行，写法和结论里一样；不是他的、结案了的没有。"""
    case = next((case for case in await open_cases(turn) if case.record.id == case_id), None)
    if case is None:
        return []
    today = turn.now.astimezone(SHANGHAI).date()
    return [timer_in_words(timer, today) for timer in case.timers(turn.services.calendar)]


async def caught_up(turn: Turn, case: OpenedCase) -> OpenedCase:
    """把时钟该带来的阶段变化都带上：停机再久，也按到期的那一刻换阶段。"""
    while case.record.closed_at is None and case.position is not None:
        change = clock_change(case.edition.scenario, case.position, case.answers, turn.now, turn.services.calendar)
        if change is None:
            break
        case = await case_writer(turn).move(case, change, by_clock=True)
    return case


async def mine(turn: Turn) -> list[Reply]:
    """本人的案件清单，结了案的也列在后面。"""
    records = await cases.listed(turn.session, turn.person, include_closed=True)
    today = turn.now.astimezone(SHANGHAI).date()
    shown = [(record, await _line(turn, record)) for record in _open_first(records)[:_SHOWN_CASES]]
    if not shown:
        return replies(NO_CASE)
    lines = [line for _, line in shown if line is not None]
    unreadable = [UNREADABLE.format(code=record.code) for record, line in shown if line is None]
    return replies(case_list_message(lines, today) if lines else "", *unreadable)


async def choose(turn: Turn, action: CommandName, code: str) -> OpenedCase | list[Reply]:
    """命令说的是哪一件：写了号的按号，只有一件的就是它，几件的问一下。"""
    if code:
        return await by_code(turn, code)
    found = await open_cases(turn)
    if len(found) == 1:
        turn.spoke_of(found[0].record.id, found[0].record.code)
        return found[0]
    if not found:
        is_asking = await interviews.active(turn.session, turn.person) is not None
        return replies(NOT_YET if is_asking else await _none_open(turn))
    return await _which(turn, action, found[:_SHOWN_CASES])


async def _none_open(turn: Turn) -> str:
    """没有在办的：结了案的说清是哪件。"""
    closed = await cases.listed(turn.session, turn.person, include_closed=True)
    case = await reopened(turn, closed[0]) if closed else None
    return NO_CASE if case is None else NONE_OPEN.format(code=case.record.code, title=case.edition.scenario.title)


async def _which(turn: Turn, action: CommandName, found: Sequence[OpenedCase]) -> list[Reply]:
    codes = [case.record.code for case in found]
    await prompts.ask(turn, PickCase(action=action.value, codes=tuple(codes)))
    lines = [f"{number}. {code} {title}" for number, (code, title) in enumerate(told_apart(found).items(), 1)]
    return replies("\n".join([WHICH_CASE, *lines]))


async def by_code(turn: Turn, code: str) -> OpenedCase | list[Reply]:
    """按案件号取；不是本人的和不存在的一样。"""
    wanted = normalise_code(code)
    record = await cases.get(turn.session, turn.person, wanted) if wanted else None
    if record is None:
        return replies(NOT_YOURS.format(code=wanted) if wanted else NOT_A_CODE)
    turn.spoke_of(record.id, record.code)
    case = await reopened(turn, record)
    if case is None:
        return replies(UNREADABLE.format(code=record.code))
    return await caught_up(turn, case)


async def progress(turn: Turn, case: OpenedCase) -> list[Reply]:
    """一件案件到哪了；能报告进展的顺便列出来。"""
    code, scenario = case.record.code, case.edition.scenario
    if case.stage is None:
        _, assessment = await judged(turn, code)
        return replies(verdict_only_message(code, scenario, assessment) if assessment else UNREADABLE.format(code=code))
    today = turn.now.astimezone(SHANGHAI).date()
    timers = case.timers(turn.services.calendar)
    done, missed = await _past_steps(turn, case), _missed(turn, case, timers)
    closed = case.record.closed_at is not None
    picture = Picture(case_card(code, scenario, case.stage, done, timers, today, closed=closed, missed=missed))
    offer, dealt = amounts.offer_of(case), bool(case.record.amounts.get(DEALT))
    money = money_line(amounts.claimed_of(case), offer, amounts.arrived_before(case), dealt=dealt)
    shown = Reply(progress_message(code, scenario, case.stage, timers, today, done, missed, money), picture)
    awaited = await prompts.pending(turn)
    is_asked = isinstance(awaited, ConfirmReport) and awaited.case == code
    if closed or not case.stage.events or is_asked:
        return [shown]  # 刚问过“是不是”的，答了再列
    await prompts.ask(turn, PickEvent(case=code, events=tuple(event.id for event in case.stage.events)))
    return [shown, *replies(events_message(code, case.stage))]


def _missed(turn: Turn, case: OpenedCase, timers: Sequence[TimerPlan]) -> tuple[str, ...]:
    """结论是由过了的期限定下的，还没往下走之前，说清是哪天过的、还可主张到哪天。"""
    scenario, record = case.edition.scenario, case.record
    rule = next((rule for rule in scenario.rules if rule.id == record.rule_id), None)
    if rule is None or rule.track is None or scenario.track(rule.track).start != record.stage_id:
        return ()
    return passed_windows(scenario, rule, case.answers, timers, turn.now, turn.services.calendar)


async def _past_steps(turn: Turn, case: OpenedCase) -> tuple[PastStep, ...]:
    """这件案件走过的每一步。"""
    events = [
        PastEvent(event.event_id, event.from_stage, _happened(event))
        for event in await cases.events(turn.session, case.record)
    ]
    return past_steps(case.edition.scenario, case.record.track_id, case.record.opened_at, events)


def _happened(event: CaseEventRecord) -> datetime:
    """事情发生的时刻；没有另记的，就是记下的那一刻。"""
    written = event.detail.get("happened_at")
    return datetime.fromisoformat(written) if isinstance(written, str) else event.at


async def update(turn: Turn, case: OpenedCase) -> list[Reply]:
    """列出现在可以报告的事。"""
    code = case.record.code
    if case.record.closed_at is not None:
        return replies(ALREADY_CLOSED.format(code=code))
    if case.stage is None or not case.stage.events:
        return replies(NO_EVENTS.format(code=code))
    await prompts.ask(turn, PickEvent(case=code, events=tuple(event.id for event in case.stage.events)))
    return replies(events_message(code, case.stage))


def matter_of(case: OpenedCase, calendar: WorkCalendar, walked: Sequence[str] = ()) -> OpenMatter:
    """听话时看到的这件案件；没有后续阶段的抛 ``ValueError``。"""
    if case.position is None or case.stage is None:
        raise ValueError(f"案件 {case.record.code} 没有后续的阶段")
    return OpenMatter(
        code=case.record.code,
        scenario=case.edition.scenario,
        position=case.position,
        stage=case.stage,
        answers=case.answers,
        timers=case.timers(calendar),
        walked=tuple(walked),
        called=called_of(case.record.amounts),
        sums=known_sums(case.edition.scenario, case.answers, case.record.amounts),
        has_offer=amounts.offer_of(case) is not None and not case.record.amounts.get(DEALT),
        claimed=amounts.claimed_of(case),
        came=amounts.arrived_before(case),
    )


async def ask_outcome(turn: Turn, case: OpenedCase) -> list[Reply]:
    """结案前问最后怎么样了。"""
    if case.record.closed_at is not None:
        return replies(ALREADY_CLOSED.format(code=case.record.code))
    await prompts.ask(turn, PickOutcome(case=case.record.code))
    return replies(outcomes_message(case.record.code))


async def hear_outcome(turn: Turn, case: OpenedCase, text: str) -> list[Reply]:
    """问过最后怎么样了，他选了一个：结案；听不出是哪个返回空。"""
    outcome = named_outcome(text)
    if outcome is None:
        return []
    turn.changed("close", f"结案：{OUTCOME_NAMES[outcome]}", case.record.id, outcome=outcome.value)
    await cases.close(turn.session, case.record, outcome.value, turn.now)
    await revising.drop_revisions(turn, case.record.id)
    await prompts.done(turn)
    return replies(CLOSED.format(code=case.record.code, outcome=OUTCOME_NAMES[outcome]))


async def _line(turn: Turn, record: CaseRecord) -> CaseLine | None:
    case = await reopened(turn, record)
    if case is None:
        return None
    if record.closed_at is None:
        case = await caught_up(turn, case)
    closed = case.record.outcome if case.record.closed_at else None
    timers = case.timers(turn.services.calendar) if closed is None else ()
    return CaseLine(
        case.record.code,
        case.edition.scenario,
        case.stage,
        next_date(timers, turn.now),
        Outcome(closed) if closed else None,
        called_as(case) or when_opened(case),
    )


def _open_first(records: Sequence[CaseRecord]) -> list[CaseRecord]:
    return sorted(records, key=lambda record: record.closed_at is not None)
