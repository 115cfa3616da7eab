"""手册换版：一件案件跟不跟着换到新版，一场问到一半的访谈要不要把题再问一遍。

只有三类（design.md §4）：不用打扰本人就能换的、要本人再答几句才能换的、留在原来那一版的。答案一个也不丢：
这里只读存下来的答案，从不改它。
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ...rulebook.derived.deciding import Ask, Decision, Settled
from ...rulebook.derived.stage_view import every_timer
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Question, Rule, Scenario
from ..days.calendar import WorkCalendar
from ..interview.answers import Answers, answers_from_plain, facts_from, is_answer_to
from ..interview.dialogue import Dialogue, pending_question
from ..interview.interview import event_day, next_step
from .cases import CasePosition, open_timers


class ChangeClass(StrEnum):
    """换版对一件案件意味着什么。"""

    COMPATIBLE = "compatible"
    """规则、结论、日期都一样，只是文字、依据、步骤变了：直接换到新版。"""
    MUST_RE_ASK = "must_re_ask"
    """有题要再问，或者结论、日期会变：先留在原来那一版，本人说要看新的才换。"""
    PINNED = "pinned"
    """新版不管它（只管以后的事、阶段没有了、场景下架、已经结案）：一直照原来那一版走。"""


@dataclass(frozen=True, slots=True)
class Standing:
    """一件案件现在的样子。"""

    answers: Mapping[str, Any]
    """存下来的答案，原样。"""
    rule_id: str
    """当时定下结论的规则。"""
    judged_at: tuple[datetime, ...]
    """结论可能是按哪一刻判断的，带时区；挨个试，哪一刻按原来那一版得出同一条规则就是哪一刻。"""
    position: CasePosition | None
    is_closed: bool = False
    living_timers: frozenset[str] = frozenset()
    """还可能要提醒的时限（到期了、提醒还没送到的也算）：新版里没有了，那条提醒就写不出来。"""
    walked_stages: frozenset[str] = frozenset()
    """走过的阶段：新版里没有了，“走到哪了”就少一段。"""


@dataclass(frozen=True, slots=True)
class EditionChange:
    """换版对一件案件的影响。"""

    kind: ChangeClass
    reasons: tuple[str, ...]
    """为什么，给人看的短句。"""
    rule: Rule | None = None
    """新版里管这件的规则；要再问才知道的、新版不管的为空。"""
    asks: str | None = None
    """要接着问的题（新版的 id）；不用问为空。"""
    rule_changed: bool = False
    """定下结论的那条规则在新版里改了。"""

    @property
    def concerns_owner(self) -> bool:
        """该不该告诉本人。"""
        return self.kind is ChangeClass.MUST_RE_ASK or (self.kind is ChangeClass.PINNED and self.rule_changed)


def class_of_case(old: Edition, new: Edition | None, case: Standing, calendar: WorkCalendar) -> EditionChange:
    """这件案件能不能由 ``old`` 换到 ``new``；``new`` 为空表示场景下架了。

    什么样的答案、什么样的改动都给得出一类，不抛错。
    """
    if case.is_closed:
        return _pinned("已经结案")
    if new is None:
        return _pinned("这个场景下架了")
    rule = _rule(old.scenario, case.rule_id)
    before = answers_from_plain(old.scenario, case.answers)
    moment = _judged_at(old.scenario, before, case, calendar)
    if rule is None or moment is None:
        return _pinned("按原来那一版已经得不出当时的结论")
    after = answers_from_plain(new.scenario, case.answers)
    changed = _is_changed(rule, _rule(new.scenario, rule.id))
    if why := _why_out_of_reach(new.scenario, case):
        return _pinned(why, rule_changed=changed)
    decision = next_step(new.scenario, after, moment, calendar)
    if not _is_same_conclusion(rule, decision) and _is_only_for_later(new.scenario, rule, after, moment):
        return _pinned("改过的规则只管以后发生的事", rule_changed=True)
    if isinstance(decision, Ask):
        unusable = _unusable(old.scenario, new.scenario, before, after, moment, calendar)
        reasons = (*(f"“{question.short}”的答案在新版里用不上了" for question in unusable), _why_asked(old, decision))
        return EditionChange(ChangeClass.MUST_RE_ASK, tuple(dict.fromkeys(reasons)), asks=decision.question.id)
    if not isinstance(decision, Settled):
        return _pinned("新版里没有规则管这件", rule_changed=True)
    return _compared(old, new, decision.rule, rule, case, (before, after), calendar, changed)


def _compared(
    old: Edition,
    new: Edition,
    rule: Rule,
    rule_before: Rule,
    case: Standing,
    answers: tuple[Answers, Answers],
    calendar: WorkCalendar,
    changed: bool,
) -> EditionChange:
    """两版都有结论：一样就能换，不一样就先问本人。"""
    if reason := _why_another_conclusion(rule_before, rule):
        return EditionChange(ChangeClass.MUST_RE_ASK, (reason,), rule)
    dates_before = _dates(old.scenario, case.position, answers[0], calendar)
    dates_after = _dates(new.scenario, case.position, answers[1], calendar)
    if dates_before is None or dates_after is None:
        return _pinned("新版的时限不管这样的起算日", rule_changed=changed)
    if dates_before != dates_after:
        return EditionChange(ChangeClass.MUST_RE_ASK, ("日期会变",), rule)
    wording = "没有变" if old.digest == new.digest else "只改了文字、依据或步骤，结论和日期都一样"
    return EditionChange(ChangeClass.COMPATIBLE, (wording,), rule)


def _pinned(reason: str, *, rule_changed: bool = False) -> EditionChange:
    return EditionChange(ChangeClass.PINNED, (reason,), rule_changed=rule_changed)


def _judged_at(scenario: Scenario, answers: Answers, case: Standing, calendar: WorkCalendar) -> datetime | None:
    for moment in case.judged_at:
        decision = next_step(scenario, answers, moment, calendar)
        if isinstance(decision, Settled) and decision.rule.id == case.rule_id:
            return moment
    return None


def _why_out_of_reach(new: Scenario, case: Standing) -> str:
    """新版接不住这件的原因；接得住为空。"""
    stages = {stage.id for stage in new.stages}
    if case.position is not None and case.position.stage_id not in stages:
        return "它所处的阶段新版里没有了"
    if not case.walked_stages <= stages:
        return "它走过的阶段新版里没有了"
    timers = {timer.id for timer in every_timer(new)}
    return "" if case.living_timers <= timers else "它还在走的时限新版里没有了"


def _is_same_conclusion(rule: Rule, decision: Decision) -> bool:
    return isinstance(decision, Settled) and not _why_another_conclusion(rule, decision.rule)


def _is_only_for_later(new: Scenario, rule: Rule, answers: Answers, moment: datetime) -> bool:
    """当时那条规则在新版里还在，但只管这件事发生之后的。"""
    successor = _rule(new, rule.id)
    return successor is not None and not successor.is_effective_on(event_day(new, answers, moment))


def _why_another_conclusion(before: Rule, after: Rule) -> str:
    """换成新版的规则，结论或要走的路不一样的原因；一样为空。改了 id、条件没变的还是同一条规则。"""
    if before.verdict is not after.verdict:
        return "结论会变"
    if (before.track, before.redirect_to) != (after.track, after.redirect_to):
        return "接下来走的路会变"
    return "" if before.id == after.id or before.when == after.when else "管这件的规则换了一条"


def _is_changed(before: Rule, after: Rule | None) -> bool:
    """规则本身改了吗：文字、依据、步骤不算；改手册的人加了版本号的算。"""
    if after is None:
        return True
    return (before.version, before.when, before.effective_from, before.effective_to) != (
        after.version,
        after.when,
        after.effective_from,
        after.effective_to,
    ) or bool(_why_another_conclusion(before, after))


_Date = tuple[str, datetime, date, date | None]


def _dates(
    scenario: Scenario, position: CasePosition | None, answers: Answers, calendar: WorkCalendar
) -> dict[str, _Date] | None:
    """现在这个阶段的各个日子；算不出来为空。"""
    if position is None:
        return {}
    try:
        plans = open_timers(scenario, position, answers, calendar)
    except ValueError:
        return None  # 没有哪一版长度管这个起算日
    return {plan.timer_id: (plan.kind.value, plan.due_at, plan.safe, plan.arguable) for plan in plans}


def _unusable(
    old: Scenario, new: Scenario, before: Answers, after: Answers, moment: datetime, calendar: WorkCalendar
) -> tuple[Question, ...]:
    """原来用得上、新版里还有这一题、但答案已经不合它的。"""
    _, used = facts_from(old, before, moment, calendar)
    return tuple(
        question
        for question in new.questions
        if question.id in used and not (question.id in after and is_answer_to(question, after[question.id]))
    )


def _why_asked(old: Edition, decision: Ask) -> str:
    question = decision.question
    known = {item.id for item in old.scenario.questions}
    return f"“{question.short}”要再问一次" if question.id in known else f"多问一题“{question.short}”"


def _rule(scenario: Scenario, rule_id: str) -> Rule | None:
    return next((rule for rule in scenario.rules if rule.id == rule_id), None)


@dataclass(frozen=True, slots=True)
class InterviewChange:
    """换版对一场问到一半的访谈的影响。"""

    asks_anew: bool
    """正等着的那一题变了：照旧题说的话不能当作新题的回答，要把新题再问出来。"""
    unusable: tuple[Question, ...] = ()
    """答过、新版里要再问的题。"""


def change_of_interview(
    old: Edition | None, new: Edition, state: Mapping[str, Any], as_of: datetime, calendar: WorkCalendar
) -> InterviewChange:
    """访谈接着用 ``new`` 问：正等着的那一题还是原来那一题吗，哪些答案用不上了。

    Args:
        old: 上一句话问出去时用的版本；已经找不到了为空，这时当作变了，宁可多问一遍也不会听错。
        new: 现在的版本。
        state: 存下来的访谈状态，原样。
        as_of: “还在期限里吗”按哪一刻判断，带时区。
        calendar: 工作日历。
    """
    if old is None:
        return InterviewChange(asks_anew=True)
    before = Dialogue.from_plain(old.scenario, dict(state))
    after = Dialogue.from_plain(new.scenario, dict(state))
    waiting = pending_question(old.scenario, before, as_of, calendar)
    asking = pending_question(new.scenario, after, as_of, calendar)
    unusable = _unusable(old.scenario, new.scenario, before.answers, after.answers, as_of, calendar)
    return InterviewChange(_shape(waiting) != _shape(asking), unusable)


def _shape(question: Question | None) -> object:
    """决定一句话会怎样读的部分：换了说法不算变。"""
    if question is None:
        return None
    options = tuple(option.id for option in question.options)
    return question.id, question.kind, options, question.unit, question.offers_unsure
