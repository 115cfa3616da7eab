"""随包的手册：每个场景的每条路径都走一遍，先用符号走，再用真话走。"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

import pytest

from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.assessment import assess
from nonebot_plugin_refund.domain.interview.dialogue import Accepted, Dialogue, decision_of
from nonebot_plugin_refund.domain.interview.interview import read_answer
from nonebot_plugin_refund.render.texts.interview_text import question_message, why_message
from nonebot_plugin_refund.render.texts.verdict_text import verdict_messages
from nonebot_plugin_refund.rulebook.derived.deciding import Ask, Settled, decide
from nonebot_plugin_refund.rulebook.derived.fact_space import AnswerClass, answer_classes
from nonebot_plugin_refund.rulebook.derived.paths import Path, path_figures, rule_eras, walk_paths
from nonebot_plugin_refund.rulebook.scenario_models.models import DateWindow, LimitRule, Question, Rule, Scenario
from tests.domain.hearing.taking_answers import take_answer
from tests.rulebook.concrete_answers import CALENDAR, NOWS, Spoken, answers_by_class, rulebook

SCENARIOS = ("shop-return", "refund-only", "live-tip", "paid-content", "top-up", "contact", "appeal")
LONGEST_MESSAGE = 350
BANNED = ("一定能退", "包退", "全额退", "保证")


def scenario_of(scenario_id: str) -> Scenario:
    """随包的一个场景。"""
    return rulebook().edition(scenario_id).scenario


# 用符号走


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_path_ends_in_a_rule_with_something_to_do(scenario_id: str) -> None:
    scenario = scenario_of(scenario_id)
    for era in rule_eras(scenario):
        for path in walk_paths(scenario, event_on=era):
            assert path.rule is not None, path.facts
            assert path.rule.steps
            assert path.rule.sources


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_verdict_takes_few_questions(scenario_id: str) -> None:
    figures = path_figures(scenario_of(scenario_id))

    assert figures.median_questions <= 5
    assert figures.longest_questions <= 9
    assert figures.paths >= len(scenario_of(scenario_id).rules)


def test_the_figures_are_those_of_the_walked_paths() -> None:
    scenario = scenario_of("top-up")
    lengths = [len(path.steps) for path in walk_paths(scenario)]
    figures = path_figures(scenario)

    assert (figures.paths, figures.median_questions, figures.longest_questions) == (
        len(lengths),
        median(lengths),
        max(lengths),
    )


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_rule_is_some_paths_verdict(scenario_id: str) -> None:
    scenario = scenario_of(scenario_id)
    reached = {path.rule.id for era in rule_eras(scenario) for path in walk_paths(scenario, event_on=era) if path.rule}

    assert reached == {rule.id for rule in scenario.rules}


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_nothing_is_asked_whose_answer_cannot_matter(scenario_id: str) -> None:
    """每问一个问题，总有两种答法后面不一样：结论不同，或接着问的不同；算日期要用的除外。"""
    scenario = scenario_of(scenario_id)
    idle = [
        f"{question.id}：{dict(known)}"
        for question, known, futures in _asked_with_futures(scenario)
        if len(set(futures)) == 1 and not all(question.id in scenario.rule(rule).needs for rule, _ in futures[0])
    ]

    assert idle == []


Future = frozenset[tuple[str, tuple[str, ...]]]
"""还可能有的结论，和各自之前还要问的问题。"""


def _asked_with_futures(scenario: Scenario) -> Iterator[tuple[Question, tuple[tuple[str, str], ...], list[Future]]]:
    """每个会问到的地方：问题、已知的事实、各种答法之后的全部可能（结论与后面的提问）。"""
    found: list[tuple[Question, tuple[tuple[str, str], ...], list[Future]]] = []

    def walk(known: dict[str, str], answered: frozenset[str]) -> Future:
        step = decide(scenario, known, answered)
        if not isinstance(step, Ask):
            assert isinstance(step, Settled)
            return frozenset({(step.rule.id, ())})
        futures = [
            walk({**known, **answer}, answered | {step.question.id})
            for answer in answer_classes(scenario, step.question)
        ]
        found.append((step.question, tuple(known.items()), futures))
        return frozenset((rule, (step.question.id, *later)) for some in futures for rule, later in some)

    walk({}, frozenset())
    yield from found


# 用真话走


@dataclass(frozen=True)
class Walk:
    """一条路径落成的一场真访谈。"""

    now: datetime
    said: dict[str, Spoken]


def concrete_walks(scenario: Scenario, path: Path, era: date | None) -> list[Walk]:
    """一条路径的几种说法：各题轮流取分界的这一头、那一头；没有哪个“现在”走得通时为空。"""
    for now in NOWS:
        pools = [_pool(scenario, step.question, step.answer, now, era) for step in path.steps]
        if all(pools):
            count = min(2, max((len(pool) for pool in pools), default=1))
            return [
                Walk(
                    now,
                    {
                        step.question.id: pool[(turn + place) % len(pool)]
                        for place, (step, pool) in enumerate(zip(path.steps, pools, strict=True))
                    },
                )
                for turn in range(count)
            ]
    return []


def _pool(
    scenario: Scenario, question: Question, answer: AnswerClass, now: datetime, era: date | None
) -> tuple[Spoken, ...]:
    return answers_by_class(scenario.id, question.id, now, era).get(frozenset(answer.items()), ())


def hold_interview(scenario: Scenario, walk: Walk) -> tuple[Dialogue, list[str], Rule]:
    """真的问答一遍，返回访谈、问过的问题和结论。"""
    dialogue, asked = Dialogue(), list[str]()
    while isinstance(step := decision_of(scenario, dialogue, walk.now, CALENDAR), Ask):
        spoken = walk.said[step.question.id]
        taken = take_answer(dialogue, step.question, spoken.text, walk.now)
        assert isinstance(taken, Accepted), f"{step.question.id} 没读懂“{spoken.text}”"
        assert _same(taken.answer.value, spoken.value), f"{step.question.id} 把“{spoken.text}”读成了 {taken.answer}"
        dialogue, asked = taken.dialogue, [*asked, step.question.id]
    assert isinstance(step, Settled)
    return dialogue, asked, step.rule


def _same(read: AnswerValue, meant: AnswerValue) -> bool:
    return set(read) == set(meant) if isinstance(read, tuple) and isinstance(meant, tuple) else read == meant


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_spoken_interviews_end_where_the_symbolic_paths_do(scenario_id: str) -> None:
    scenario = scenario_of(scenario_id)
    edition = rulebook().edition(scenario_id)
    eras = rule_eras(scenario)
    seen: set[str] = set()
    for era in eras:
        for path in walk_paths(scenario, event_on=era):
            if era != eras[-1] and scenario.event_date not in {step.question.id for step in path.steps}:
                continue  # 没问事发日期就按今天算，走不进以前的时期
            walks = concrete_walks(scenario, path, era)
            assert walks or era != eras[-1] or _only_in_theory(scenario, path), path.facts
            for walk in walks:
                dialogue, asked, rule = hold_interview(scenario, walk)
                assert path.rule is not None
                assert (asked, rule.id) == ([step.question.id for step in path.steps], path.rule.id)
                messages = verdict_messages(assess(edition, rule, dialogue.answers, walk.now, CALENDAR))
                seen |= set(messages)
    assert [message for message in seen if len(message) > LONGEST_MESSAGE] == []
    assert [message for message in seen if any(word in _undenied(message) for word in BANNED)] == []


def _undenied(message: str) -> str:
    """去掉“不能包退”“别信全额退”这样否定的说法。"""
    for denial in ("不", "别信", "没有", "谎称", "声称", "“"):
        for word in BANNED:
            message = message.replace(f"{denial}{word}", "")
    return message


def _only_in_theory(scenario: Scenario, path: Path) -> bool:
    """符号上排除不掉、日历上不会有的：按小时、按工作日数的期限没有“可主张顺延”；
    长短不同的几个期限从同一天起算，也不会短的还没过、长的已经过了。"""
    windows = {fact.id: fact for fact in scenario.facts if isinstance(fact, DateWindow)}
    held = {fact: value for fact, value in path.facts.items() if fact in windows}
    never_roll = {LimitRule.HOURS, LimitRule.WORKDAYS}
    if any(value == "arguable" and windows[fact].limit.rule in never_roll for fact, value in held.items()):
        return True
    sharing = [fact for fact in held if sum(windows[fact].question == windows[other].question for other in held) > 1]
    arguable = [fact for fact, value in held.items() if value == "arguable"]
    # 两个期限同时撞上休息日、或从两个不同的日子起算都在顺延里：可能有，但不必为它们另挑日子
    return len(sharing) > 1 or len(arguable) > 1


# 每个问题


def every_question() -> list[tuple[str, str]]:
    """全部场景的全部问题。"""
    return [(scenario_id, question.id) for scenario_id in SCENARIOS for question in scenario_of(scenario_id).questions]


@pytest.mark.parametrize(("scenario_id", "question_id"), every_question())
def test_each_option_is_understood_by_number_label_and_alias(scenario_id: str, question_id: str) -> None:
    question = scenario_of(scenario_id).question(question_id)
    wrong: list[str] = []
    for number, option in enumerate(question.options, start=1):
        for text in (str(number), f"选{number}", f"第{number}个", option.label, *option.aliases):
            meant = tuple(other.id for other in question.options if other is option or text in other.aliases)
            read = read_answer(question, text, NOWS[0])
            if isinstance(read, Answer):
                understood = len(meant) == 1 and read.value in (option.id, (option.id,))
            else:
                # 两个选项都这么叫的，要问清楚是哪一个
                understood = len(meant) > 1 and tuple(item.id for item in read.options) == meant
            if not understood:
                wrong.append(f"{option.id} ← {text}：{read}")

    assert wrong == []


@pytest.mark.parametrize(("scenario_id", "question_id"), every_question())
def test_each_question_is_short_and_hears_not_sure(scenario_id: str, question_id: str) -> None:
    question = scenario_of(scenario_id).question(question_id)
    read = read_answer(question, "不清楚", NOWS[0])

    assert len(question.text) <= 60
    assert len(question_message(question)) <= LONGEST_MESSAGE
    assert len(why_message(question)) <= LONGEST_MESSAGE
    assert isinstance(read, Answer) is question.offers_unsure
    if question.offers_unsure and question.options:
        last = read_answer(question, str(len(question.options) + 1), NOWS[0])
        assert isinstance(last, Answer)
        assert last.is_unsure
