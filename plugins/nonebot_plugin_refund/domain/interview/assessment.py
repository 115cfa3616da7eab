"""判断：结论已定之后，把要告诉用户的事实、依据、材料和日期算齐。"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from ...rulebook.derived.deciding import with_skipped
from ...rulebook.derived.fact_space import question_of_fact
from ...rulebook.derived.stage_view import StageView, first_stage
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.conditions import Truth, clause_truth
from ...rulebook.scenario_models.models import (
    DateWindow,
    Evidence,
    NumberBand,
    Question,
    QuestionKind,
    Rule,
    Scenario,
    Source,
    Timer,
    Track,
)
from ..case.told_limit import ToldLimit
from ..days.calendar import SHANGHAI, WorkCalendar
from ..days.passed_windows import day_in_words, passed_in_words
from ..days.timers import TimerPlan, plan_timer
from .answers import Answer, Answers, facts_from
from .interview import event_day


@dataclass(frozen=True, slots=True)
class StatedFact:
    """一个事实，用人话说：称呼和取值。"""

    id: str
    name: str
    value: str
    decisive: bool
    """结论是由它决定的。"""
    speaks_for_itself: bool
    """选项里的话单独说也懂，不必带称呼。"""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """引用的一条依据，和它现在是否该重新核对了。"""

    source: Source
    check_overdue: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """一次判断的全部内容；怎样排成消息由 render 决定。"""

    scenario: Scenario
    rule: Rule
    facts: tuple[StatedFact, ...]
    sources: tuple[CitedSource, ...]
    evidence: tuple[Evidence, ...]
    track: Track | None
    timers: tuple[TimerPlan, ...]
    made_on: date
    in_force: Mapping[str, Source] = field(default_factory=dict[str, Source])
    """版本里事情发生那天有效的全部依据，按 id；文书可以引结论没有列出的。"""


def assess(edition: Edition, rule: Rule, answers: Answers, now: datetime, calendar: WorkCalendar) -> Assessment:
    """结论是 ``rule`` 时的全部内容。

    Args:
        edition: 场景的版本。
        rule: :func:`~.interview.next_step` 定下的规则。
        answers: 全部答案。
        now: 现在，带时区。
        calendar: 工作日历。
    """
    scenario = edition.scenario
    day = event_day(scenario, answers, now)
    today = now.astimezone(SHANGHAI).date()
    track = scenario.track(rule.track) if rule.track else None
    return Assessment(
        scenario=scenario,
        rule=rule,
        facts=_stated_facts(scenario, rule, answers, now, calendar),
        sources=tuple(
            CitedSource(source, source.is_check_overdue(today))
            for source in (edition.sources[key] for key in rule.sources)
            if source.is_effective_on(day)
        ),
        evidence=tuple(scenario.evidence_item(key) for key in rule.evidence),
        track=track,
        timers=stage_timers(first_stage(scenario, track.id), answers, now, calendar) if track else (),
        made_on=today,
        in_force={key: source for key, source in edition.sources.items() if source.is_effective_on(day)},
    )


def stage_timers(
    stage: StageView, answers: Answers, entered_at: datetime, calendar: WorkCalendar, told: ToldLimit | None = None
) -> tuple[TimerPlan, ...]:
    """一个阶段的时限和还在走的时钟：从日期题的答案起算，或从进入阶段的时刻起算；起算日不清楚的先不算，没约的不算。

    ``told`` 是进这个阶段时说好的期限。
    """
    plans: list[TimerPlan] = []
    for timer in stage.timers:
        start = _start_of(timer, answers, entered_at)
        if timer.is_only_told and (told is None or told.for_timer(timer) is None):
            continue
        if start is not None:
            plans.append(plan_timer(timer, start, calendar, told))
    return tuple(plans)


def _start_of(timer: Timer, answers: Answers, entered_at: datetime) -> date | datetime | None:
    return entered_at if timer.start is None else _date_of(answers.get(timer.start))


def _date_of(answer: Answer | None) -> date | datetime | None:
    return answer.value if answer is not None and isinstance(answer.value, date) else None


def _stated_facts(
    scenario: Scenario, rule: Rule, answers: Answers, now: datetime, calendar: WorkCalendar
) -> tuple[StatedFact, ...]:
    known, answered = facts_from(scenario, answers, now, calendar)
    decisive = _decisive_facts(rule, with_skipped(scenario, known, answered))
    owner = question_of_fact(scenario)
    decisive_questions = {owner[fact].id for fact in decisive if fact in owner}
    stated: list[StatedFact] = []
    for question in scenario.questions:
        if question.id not in answered:
            continue
        value = answer_in_words(question, answers[question.id], now.astimezone(SHANGHAI).year)
        shown = {fact: known[fact] for fact in decisive & known.keys()}
        start = _date_of(answers[question.id])
        passed = partial(_passed, start=start, now=now, calendar=calendar)
        derived = _derived_in_words(scenario, question, shown, passed)
        text = f"{value}（{derived}）" if derived and derived != value else value
        chosen = question.kind in (QuestionKind.CHOICE, QuestionKind.MULTI) and not answers[question.id].is_unsure
        stated.append(StatedFact(question.id, question.short, text, question.id in decisive_questions, chosen))
    return tuple(stated)


def _passed(fact: DateWindow, *, start: date | datetime | None, now: datetime, calendar: WorkCalendar) -> str:
    return "" if start is None else passed_in_words(fact, start, now, calendar)


def _decisive_facts(rule: Rule, facts: Mapping[str, str]) -> set[str]:
    """成立的那条子句里的事实；只剩这条规则可能时，取还没被否定的子句里已知的事实。"""
    holding = [clause for clause in rule.when if clause_truth(clause, facts) is Truth.TRUE]
    if not holding:
        holding = [clause for clause in rule.when if clause_truth(clause, facts) is not Truth.FALSE]
    return {fact for clause in holding[:1] for fact in clause if fact in facts}


_BOUNDED = {"below": "不到 {} 元", "at_most": "至多 {} 元", "at_least": "{} 元以上"}


def answer_in_words(question: Question, answer: Answer, year: int | None = None) -> str:
    """一个答案用人话说；``year`` 那一年的日期不写年份。"""
    value = answer.value
    about = "约 " if answer.approximate else ""
    if value is None:
        return "不清楚"
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI)
        return f"{about}{day_in_words(local.date(), year)} {local:%H:%M}"
    if isinstance(value, date):
        return f"{about}{day_in_words(value, year)}"
    if isinstance(value, (int, float)):
        number = f"{value:.2f}".rstrip("0").rstrip(".")
        if question.kind is QuestionKind.AMOUNT:
            return _BOUNDED[answer.bound].format(number) if answer.bound else f"{about}{number} 元"
        return f"{about}{number}{question.unit}"
    labels = {"yes": "是", "no": "否"} | {option.id: option.label for option in question.options}
    chosen = (value,) if isinstance(value, str) else value
    return "、".join(labels.get(item, item) for item in chosen)


def _derived_in_words(
    scenario: Scenario, question: Question, facts: Mapping[str, str], passed: Callable[[DateWindow], str]
) -> str:
    words: list[str] = []
    for fact in scenario.facts:
        if fact.question != question.id or fact.id not in facts or facts[fact.id] == "unsure":
            continue
        if isinstance(fact, NumberBand):
            words.extend(band.label for band in fact.bands if band.id == facts[fact.id])
        elif isinstance(fact, DateWindow):
            label = dict[str, str](fact.labels.items())[facts[fact.id]]
            words.append("：".join(part for part in (label, passed(fact)) if part))
    return "，".join(words)
