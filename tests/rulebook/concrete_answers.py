"""给符号路径上的每一类回答找具体的话：日期、金额、岁数取在分界的两侧，选择题轮流用编号和原话。

日期的类要看“现在”是哪天（休息日才有“可主张顺延”），所以每条路径在几个不同的现在里找走得通的一个。
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue, facts_from
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import (
    DateWindow,
    LimitRule,
    NumberBand,
    Question,
    QuestionKind,
    Scenario,
)

CALENDAR = WorkCalendar()
NOWS = (
    datetime(2026, 11, 23, 15, tzinfo=SHANGHAI),
    datetime(2026, 11, 22, 15, tzinfo=SHANGHAI),
    datetime(2026, 10, 4, 15, tzinfo=SHANGHAI),
)
"""周一、周日、国庆假期里。"""

_DAYS_PER_UNIT = {LimitRule.HOURS: 1 / 24, LimitRule.WORKDAYS: 1.5, LimitRule.MONTHS: 30.5}


@dataclass(frozen=True)
class Spoken:
    """一句话，和它应当读成的值。"""

    text: str
    value: AnswerValue


@cache
def rulebook() -> Rulebook:
    """随包的手册，只读一次。"""
    return load_rulebook()


@cache
def answers_by_class(
    scenario_id: str, question_id: str, now: datetime, era: date | None
) -> dict[frozenset[tuple[str, str]], tuple[Spoken, ...]]:
    """一个问题的每一类回答，各有哪些说法；时期 ``era`` 之外的事发日期不算。"""
    scenario = rulebook().edition(scenario_id).scenario
    question = scenario.question(question_id)
    classes: dict[frozenset[tuple[str, str]], list[Spoken]] = {}
    for spoken in _candidates(scenario, question, now):
        if era is not None and question_id == scenario.event_date and not _within_era(scenario, spoken.value, now, era):
            continue
        facts = _facts_alone(scenario, question, spoken.value, now)
        classes.setdefault(frozenset(facts.items()), []).append(spoken)
    return {key: _edges(some) for key, some in classes.items()}


def _edges(some: list[Spoken]) -> tuple[Spoken, ...]:
    """同一类里只要两头：日期、金额按大小排好了，两头就是分界。"""
    return (some[0], some[-1]) if len(some) > 2 else tuple(some)


def _within_era(scenario: Scenario, value: AnswerValue, now: datetime, era: date) -> bool:
    """答了这个日期，适用的是不是 ``era`` 那时的规则；说不清楚的按今天。"""

    def rules_on(day: date) -> list[str]:
        return [rule.id for rule in scenario.rules if rule.is_effective_on(day)]

    return rules_on(value if isinstance(value, date) else now.date()) == rules_on(era)


def _facts_alone(scenario: Scenario, question: Question, value: AnswerValue, now: datetime) -> Mapping[str, str]:
    """只看这一个问题推出的事实，不管该不该问它。"""
    asked = question.model_copy(update={"ask_when": ({},)})
    alone = scenario.model_copy(update={"questions": (asked,)})
    facts, _ = facts_from(alone, {question.id: Answer(value)}, now, CALENDAR)
    return facts


def _candidates(scenario: Scenario, question: Question, now: datetime) -> Iterator[Spoken]:
    match question.kind:
        case QuestionKind.CHOICE:
            for number, option in enumerate(question.options, start=1):
                yield Spoken(str(number), option.id)
                yield Spoken(option.label, option.id)
        case QuestionKind.YESNO:
            yield from (Spoken("是的", "yes"), Spoken("1", "yes"), Spoken("没有", "no"), Spoken("2", "no"))
        case QuestionKind.MULTI:
            yield from _selections(question)
        case QuestionKind.DATE:
            yield from _days(scenario, question, now)
        case QuestionKind.AMOUNT | QuestionKind.NUMBER:
            yield from _numbers(scenario, question)
    if question.offers_unsure:
        yield Spoken("不清楚", None)


def _selections(question: Question) -> Iterator[Spoken]:
    numbers = {option.id: number for number, option in enumerate(question.options, start=1)}
    free = [option.id for option in question.options if not option.exclusive]
    chosen = [some for size in (1, 2, len(free)) for some in combinations(free, size)]
    chosen += [(option.id,) for option in question.options if option.exclusive]
    for some in chosen:
        yield Spoken(" ".join(str(numbers[item]) for item in some), some)


def _days(scenario: Scenario, question: Question, now: datetime) -> Iterator[Spoken]:
    """今天往前，直到最长的期限过了；只细看每个期限到期前后那几天。"""
    windows = [fact for fact in scenario.facts if isinstance(fact, DateWindow) and fact.question == question.id]
    ages = {0, 1, 2, 400}
    for window in windows:
        length = round(window.limit.n * _DAYS_PER_UNIT.get(window.limit.rule, 1))
        ages |= set(range(max(0, length - 12), length + 13))
    for age in sorted(ages):
        day = now.date() - timedelta(days=age)
        yield Spoken(f"{day.year}年{day.month}月{day.day}日", day)


def _numbers(scenario: Scenario, question: Question) -> Iterator[Spoken]:
    tops = {
        band.below
        for fact in scenario.facts
        if isinstance(fact, NumberBand) and fact.question == question.id
        for band in fact.bands
        if band.below is not None
    }
    step = 0.01 if question.kind is QuestionKind.AMOUNT else 1
    low = question.minimum if question.minimum else step
    values = {low, *tops, *(top - step for top in tops), max([*tops, low]) * 1.5}
    for value in sorted(values):
        if low <= value and (question.maximum is None or value <= question.maximum):
            written = f"{value:.2f}".rstrip("0").rstrip(".") if step < 1 else f"{int(value)}"
            yield Spoken(written + ("元" if step < 1 else question.unit), float(written))
