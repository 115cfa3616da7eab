"""事实空间：每个问题可能的回答，按“对规则有没有区别”归成有限的几类。

规则只看事实的取值，取值是有限的，所以一个问题的全部回答可以归成若干类；
每一类是它推出的所有事实的一组取值。检查手册和列举全部路径都以类为单位，因此是穷尽的。
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from ..scenario_models.conditions import UNSURE
from ..scenario_models.models import AnyOf, DateWindow, NumberBand, Option, Question, QuestionKind, Scenario
from .once import once_for_each

AnswerClass = Mapping[str, str]
"""一类回答：它推出的事实 -> 取值。"""

_WINDOW_ORDER = ("inside", "arguable", "past")


def facts_of(scenario: Scenario, question: Question) -> frozenset[str]:
    """一个问题决定哪些事实：选择题、是非题本身同名的事实，以及由它推出的事实。"""
    return _facts_by_question(scenario)[question.id]


@once_for_each(64)
def _facts_by_question(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    """每个问题决定的事实；一句回答要问两百多次。"""
    return {question.id: frozenset(_decided_by(scenario, question)) for question in scenario.questions}


def _decided_by(scenario: Scenario, question: Question) -> Iterator[str]:
    if question.kind in (QuestionKind.CHOICE, QuestionKind.YESNO):
        yield question.id
    yield from (fact.id for fact in scenario.facts if fact.question == question.id)


def question_of_fact(scenario: Scenario) -> dict[str, Question]:
    """每个事实由哪个问题决定。"""
    return {fact: question for question in scenario.questions for fact in facts_of(scenario, question)}


def fact_domain(scenario: Scenario, fact_id: str) -> frozenset[str]:
    """一个事实可能的取值；没有这个事实则抛 ``KeyError``。"""
    question = question_of_fact(scenario)[fact_id]
    return frozenset(answer[fact_id] for answer in answer_classes(scenario, question) if fact_id in answer)


def answer_classes(scenario: Scenario, question: Question) -> tuple[AnswerClass, ...]:
    """一个问题的全部回答归成的类，含“不清楚”（若提供）；没有推出任何事实的问题只有一类。"""
    known = _unique(_known_classes(scenario, question))
    if not question.offers_unsure:
        return known
    unsure: AnswerClass = dict.fromkeys(sorted(facts_of(scenario, question)), UNSURE)
    return _unique([*known, unsure])


def band_of(fact: NumberBand, value: float) -> str:
    """一个数落在哪一段。"""
    for band in fact.bands:
        if band.below is None or value < band.below:
            return band.id
    raise AssertionError("最后一段没有上限，总会落在某一段里")


def any_of(fact: AnyOf, chosen: Iterable[str]) -> str:
    """多选的结果里有没有这些选项中的任何一个：``yes`` 或 ``no``。"""
    return "yes" if set(chosen) & set(fact.options) else "no"


def _known_classes(scenario: Scenario, question: Question) -> list[AnswerClass]:
    match question.kind:
        case QuestionKind.CHOICE:
            return [{question.id: option.id} for option in question.options]
        case QuestionKind.YESNO:
            return [{question.id: "yes"}, {question.id: "no"}]
        case QuestionKind.MULTI:
            return _multi_classes(scenario, question)
        case QuestionKind.DATE:
            return _date_classes(scenario, question)
        case QuestionKind.AMOUNT | QuestionKind.NUMBER:
            return _number_classes(scenario, question)


def _multi_classes(scenario: Scenario, question: Question) -> list[AnswerClass]:
    facts = [fact for fact in scenario.facts if isinstance(fact, AnyOf) and fact.question == question.id]
    return [
        {fact.id: any_of(fact, (option.id for option in chosen)) for fact in facts}
        for chosen in _selections(question.options)
    ]


def _selections(options: tuple[Option, ...]) -> list[tuple[Option, ...]]:
    """所有可能的多选结果：互斥的选项单独选，其余至少选一个。"""
    free = [option for option in options if not option.exclusive]
    together = [chosen for size in range(1, len(free) + 1) for chosen in combinations(free, size)]
    return together + [(option,) for option in options if option.exclusive]


def _date_classes(scenario: Scenario, question: Question) -> list[AnswerClass]:
    """几个期限从同一天起算时，短的还没过、长的就不会已过：排除这种不可能的组合。

    只在数法相同的期限之间比较；数法不同的长短取决于日历，全部组合都保留。
    """
    windows = [fact for fact in scenario.facts if isinstance(fact, DateWindow) and fact.question == question.id]
    classes: list[AnswerClass] = []
    for values in product(_WINDOW_ORDER, repeat=len(windows)):
        if all(
            _WINDOW_ORDER.index(first) >= _WINDOW_ORDER.index(second)
            for (short, first), (long, second) in product(zip(windows, values, strict=True), repeat=2)
            if short.limit.rule == long.limit.rule and short.limit.n <= long.limit.n
        ):
            classes.append({fact.id: value for fact, value in zip(windows, values, strict=True)})
    return classes


def _number_classes(scenario: Scenario, question: Question) -> list[AnswerClass]:
    """在每个分界点及其两侧取代表值；超出题目允许范围的不取。"""
    facts = [fact for fact in scenario.facts if isinstance(fact, NumberBand) and fact.question == question.id]
    tops = sorted({band.below for fact in facts for band in fact.bands if band.below is not None})
    low = question.minimum if question.minimum is not None else 0.0
    samples = [low, *tops, *(top - 0.001 for top in tops)]
    if question.maximum is not None:
        samples.append(question.maximum)
    inside = [
        sample
        for sample in sorted(samples)
        if sample >= low and (question.maximum is None or sample <= question.maximum)
    ]
    return [{fact.id: band_of(fact, sample) for fact in facts} for sample in inside]


def _unique(classes: Iterable[AnswerClass]) -> tuple[AnswerClass, ...]:
    seen: dict[frozenset[tuple[str, str]], AnswerClass] = {}
    for answer in classes:
        seen.setdefault(frozenset(answer.items()), answer)
    return tuple(seen.values())
