"""结论：说给用户听，立案或改案，排好提醒；之后按编号接着看依据、材料、风险、日期。"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from ...domain.case.next_news import next_news
from ...domain.case.papers import offered_papers
from ...domain.claims.claim import claims_for
from ...domain.days.calendar import SHANGHAI
from ...domain.interview.answers import Answers
from ...domain.interview.assessment import Assessment, assess
from ...log_lines import about
from ...render.dates import day_in_words
from ...render.texts.case_text import moments_in_words
from ...render.texts.verdict_text import (
    VERDICT_NAMES,
    basis_message,
    change_message,
    dates_message,
    evidence_message,
    explanation_message,
    sources_message,
    steps_message,
    verdict_message,
)
from ...render.verdict_cards import verdict_card
from ...rulebook.edition import Edition
from ...rulebook.money_models.claim_models import load_claims
from ...rulebook.scenario_models.models import Verdict
from ...rulebook.scenario_models.paper_models import PaperKind
from ...storage.case import cases
from ...storage.records import CaseRecord, InterviewRecord
from ..base import prompts, wording
from ..base.turn import Picture, Reply, Turn, replies
from ..case.case_state import CaseWriter, OpenedCase, Schedule, opened
from ..reading.awaits import AfterVerdict

logger = logging.getLogger(__name__)

_JUST_NOW = timedelta(days=1)
"""立案以后这么久，说“继续”多半还是没看到结论。"""


def case_writer(turn: Turn) -> CaseWriter:
    """在这一轮的事务里改案件的部件。"""
    services = turn.services
    return CaseWriter(turn.session, services.calendar, services.quiet, turn.now, services.draw_code)


async def deliver(
    turn: Turn,
    interview: InterviewRecord,
    edition: Edition,
    assessment: Assessment,
    answers: Answers,
    before: CaseRecord | None,
    prefix: str,
) -> tuple[list[Reply], CaseRecord]:
    """给出结论。第一次得出的立案；改答案得出的改原来的案件，并说明变了什么。返回要说的话和这件案件。"""
    await turn.services.editions.keep(turn.session, edition, turn.now)
    stands = False
    if before is None:
        case, schedule = await case_writer(turn).open_case(interview, edition, assessment, answers)
        turn.known.opened = case.record.id
        turn.after_commit.append(partial(_tell_opened, case.record))
    else:
        earlier = await reopened(turn, before)
        standing = earlier or opened(before, edition)
        case, schedule = await case_writer(turn).judge_again(standing, edition, assessment, answers)
        if earlier is not None:
            stands = _stands(earlier, assessment)
            prefix = "\n".join(part for part in (prefix, _difference(turn, earlier, case, assessment)) if part)
    await _await_look(turn, case, assessment)
    turn.wake_delivery()
    noted = [wording.CASE_OPENED.format(code=case.record.code)] if before is None else []
    if schedule.reminders:
        noted.append(_about_reminders(turn, schedule))
    if stands:
        return replies(
            "\n".join(part for part in (prefix, *noted, _what_next(turn, assessment, case)) if part)
        ), case.record
    return _said(turn, case, assessment, prefix, noted), case.record


async def again(turn: Turn, case: CaseRecord) -> list[Reply]:
    """刚立的案，结论再说一遍；立了一天以上的、说不上来的返回空。"""
    if turn.now - case.opened_at > _JUST_NOW:
        return []
    standing, assessment = await judged(turn, case.code)
    if standing is None or assessment is None:
        return []
    await _await_look(turn, standing, assessment)
    return _said(turn, standing, assessment, "", [wording.CASE_OPENED.format(code=case.code)])


def _said(turn: Turn, case: OpenedCase, assessment: Assessment, prefix: str, noted: Sequence[str]) -> list[Reply]:
    """结论的两条话；``noted`` 是中间要添的几句。"""
    first = "\n".join(part for part in (prefix, verdict_message(assessment)) if part)
    today = turn.now.astimezone(SHANGHAI).date()
    timers = case.timers(turn.services.calendar)
    second = [steps_message(assessment), dates_message(timers, today), *noted]
    if timers:
        second.append(wording.CALENDAR_OFFER)
    if _has_papers_to_hand_in(case):
        second.append(wording.PAPERS_OFFER)
    second.append(_what_next(turn, assessment, case))
    picture = Picture(verdict_card(assessment, timers, today, prefix))
    return [Reply(first, picture), *replies("\n".join(part for part in second if part))]


def _has_papers_to_hand_in(case: OpenedCase) -> bool:
    """有没有要交出去的文书；只有时间经过的不必提。"""
    record = case.record
    offered = offered_papers(case.edition.scenario, record.rule_id, record.stage_id, is_closed=False)
    return any(paper.kind is not PaperKind.TIMELINE for paper in offered)


def _about_reminders(turn: Turn, schedule: Schedule) -> str:
    """什么时候会提醒；他说过停止的，不许答应。"""
    if schedule.stopped:
        return wording.REMINDERS_STOPPED
    return wording.WILL_REMIND.format(moments=moments_in_words([item.due_at for item in schedule.reminders], turn.now))


def _what_next(turn: Turn, assessment: Assessment, case: OpenedCase) -> str:
    has_claim = claims_for(load_claims(), case.edition.scenario.id) and case.stage is not None
    lines = [wording.VERDICT_MENU_WITH_CLAIM if has_claim else wording.VERDICT_MENU]
    if (target := _redirected(turn, assessment)) is not None:
        lines.append(wording.REDIRECT_OFFER.format(title=target.scenario.title))
    elif case.stage is not None and case.stage.events:
        running = {plan.timer_id for plan in case.timers(turn.services.calendar)}
        event = next_news(case.edition.scenario, case.stage, case.answers, running=running)
        lines.append(wording.AFTER_VERDICT.format(event=event.label))
    return "\n".join(lines)


async def _await_look(turn: Turn, case: OpenedCase, assessment: Assessment) -> None:
    """等编号细看；归另一种去办的，也等他接着说。"""
    target = _redirected(turn, assessment)
    awaited = AfterVerdict(case=case.record.code)
    if target is not None:
        awaited = AfterVerdict(case=case.record.code, scenario=case.edition.scenario.id, redirect=target.scenario.id)
    await prompts.ask(turn, awaited)


def _redirected(turn: Turn, assessment: Assessment) -> Edition | None:
    """结论是归哪一种去办；不是这样的结论为空。"""
    is_redirect = assessment.rule.verdict is Verdict.REDIRECT
    return turn.services.editions.current(assessment.rule.redirect_to or "") if is_redirect else None


async def look_closer(turn: Turn, code: str, number: int) -> list[Reply]:
    """结论之后按编号接着看；案件已经不在了返回空。"""
    case, assessment = await judged(turn, code)
    if case is None or assessment is None:
        return []
    match number:
        case 1:
            return replies(basis_message(assessment), sources_message(assessment))
        case 2:
            return replies(evidence_message(assessment.evidence) or "这个结论不需要另备材料。")
        case 3:
            return replies(change_message(assessment))
        case 4:
            explained = [explanation_message(timer) for timer in case.timers(turn.services.calendar)]
            return replies(*(explained or ["这里没有要记的日期。"]))
        case _:
            return []


async def judged(turn: Turn, code: str) -> tuple[OpenedCase | None, Assessment | None]:
    """一件本人的案件，和它立案时的判断。"""
    record = await cases.get(turn.session, turn.person, code)
    if record is None:
        return None, None
    case = await reopened(turn, record)
    if case is None:
        return None, None
    rule = next((rule for rule in case.edition.scenario.rules if rule.id == record.rule_id), None)
    if rule is None:
        return case, None
    return case, assess(case.edition, rule, case.answers, record.opened_at, turn.services.calendar)


async def reopened(turn: Turn, record: CaseRecord) -> OpenedCase | None:
    """按案件钉住的版本打开它；没有能照着走的版本为空。"""
    turn.case_codes.append(record.code)
    edition = await turn.services.editions.of_case(turn.session, record)
    return opened(record, edition) if edition else None


def _tell_opened(case: CaseRecord) -> None:
    fields = about("case_opened", case=case.code, scenario=case.scenario_id, account=case.self_id, outcome=case.verdict)
    logger.info("立案 %s：%s，%s", case.code, case.scenario_id, case.verdict, extra=fields)


def _stands(before: OpenedCase, assessment: Assessment) -> bool:
    """改了答案，结论和理由都没变：不必把整段结论再念一遍。"""
    return before.record.verdict == assessment.rule.verdict.value and before.record.rule_id == assessment.rule.id


def _difference(turn: Turn, before: OpenedCase, after: OpenedCase, assessment: Assessment) -> str:
    """改答案之后，结论和日期变了什么。"""
    lines: list[str] = []
    old = VERDICT_NAMES[Verdict(before.record.verdict)]
    new = VERDICT_NAMES[assessment.rule.verdict]
    if _stands(before, assessment):
        lines.append(f"结论没变：{new}。")
    else:
        lines.append(f"结论由「{old}」变成「{new}」。" if old != new else f"结论还是「{new}」，但理由变了。")
    earlier = {plan.timer_id: plan for plan in before.timers(turn.services.calendar)}
    for plan in after.timers(turn.services.calendar):
        was = earlier.get(plan.timer_id)
        if was is not None and was.safe != plan.safe:
            today = turn.now.astimezone(SHANGHAI).date()
            lines.append(f"{plan.title}由 {day_in_words(was.safe, today)}改成 {day_in_words(plan.safe, today)}。")
    return "\n".join(lines)
