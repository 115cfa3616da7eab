"""手册换版的三类：什么样的改动、什么样的答案都给得出一类，答案不丢，说能换的结论和日期真的一样。"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.case.cases import CasePosition, starting_position
from nonebot_plugin_refund.domain.case.edition_changes import (
    ChangeClass,
    EditionChange,
    Standing,
    change_of_interview,
    class_of_case,
)
from nonebot_plugin_refund.domain.days.calendar import WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, answers_from_plain, answers_to_plain, facts_from
from nonebot_plugin_refund.domain.interview.assessment import stage_timers
from nonebot_plugin_refund.domain.interview.dialogue import Dialogue
from nonebot_plugin_refund.domain.interview.interview import Ask, Settled, next_step
from nonebot_plugin_refund.rulebook.derived.stage_view import stage_on
from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, QuestionKind, Rule, Scenario, Verdict
from tests.domain.case.edition_mutations import (
    NOW,
    any_answer,
    changed,
    each_question,
    each_rule,
    longer_timers,
    mutated,
    without_stage,
)

CALENDAR = WorkCalendar()
BOOK = load_rulebook()
SHOP = BOOK.edition("shop-return")


def standing_of(edition: Edition, answers: dict[str, Answer], now: datetime = NOW) -> Standing | None:
    """照这些答案刚立的案件；还没问完的为空。"""
    decision = next_step(edition.scenario, answers, now, CALENDAR)
    if not isinstance(decision, Settled):
        return None
    rule = decision.rule
    position = starting_position(edition.scenario, rule.track, now) if rule.track else None
    return Standing(answers_to_plain(answers), rule.id, (now,), position)


def answered(edition: Edition, draw: Callable[[Question], Answer], now: datetime = NOW) -> dict[str, Answer]:
    """一路答到有结论。"""
    answers: dict[str, Answer] = {}
    while isinstance(decision := next_step(edition.scenario, answers, now, CALENDAR), Ask):
        answers[decision.question.id] = draw(decision.question)
    return answers


def plainly(question: Question) -> Answer:
    """每题都答第一项、昨天、100、是。"""
    match question.kind:
        case QuestionKind.CHOICE:
            return Answer(question.options[0].id)
        case QuestionKind.MULTI:
            return Answer((question.options[0].id,))
        case QuestionKind.DATE:
            return Answer(NOW.date() - timedelta(days=1))
        case QuestionKind.AMOUNT | QuestionKind.NUMBER:
            return Answer(max(question.minimum or 0.0, min(100.0, question.maximum or 100.0)))
        case QuestionKind.YESNO:
            return Answer("yes")


def shop_case() -> tuple[dict[str, Answer], Standing]:
    answers = answered(SHOP, plainly)
    case = standing_of(SHOP, answers)
    assert case is not None
    assert case.position is not None
    return answers, case


def classed(new: Edition | None, case: Standing | None = None) -> EditionChange:
    return class_of_case(SHOP, new, case or shop_case()[1], CALENDAR)


def test_only_wording_sources_and_steps_changed_is_compatible() -> None:
    _, case = shop_case()
    reworded = each_rule(
        SHOP, case.rule_id, because="换了个说法。", steps=("先看这里",), sources=SHOP.scenario.rules[0].sources
    )
    question = next(iter(case.answers))
    assert (
        classed(each_question(reworded, question, text="换一种问法？", why="也换了。")).kind is ChangeClass.COMPATIBLE
    )


def test_a_rule_that_only_got_another_id_is_still_the_same_rule() -> None:
    _, case = shop_case()
    change = classed(each_rule(SHOP, case.rule_id, id="renamed-rule"))
    assert change.kind is ChangeClass.COMPATIBLE
    assert change.rule is not None
    assert change.rule.id == "renamed-rule"


def test_another_verdict_asks_the_owner_first() -> None:
    _, case = shop_case()
    change = classed(each_rule(SHOP, case.rule_id, verdict=Verdict.UNLIKELY))
    assert (change.kind, change.reasons, change.asks) == (ChangeClass.MUST_RE_ASK, ("结论会变",), None)
    assert change.concerns_owner


def test_another_date_asks_the_owner_first() -> None:
    _, case = shop_case()
    assert case.position is not None
    change = classed(longer_timers(SHOP, case.position.stage_id))
    assert (change.kind, change.reasons) == (ChangeClass.MUST_RE_ASK, ("日期会变",))


def test_a_chosen_option_that_is_gone_is_asked_again_and_named() -> None:
    _, case = shop_case()
    first = SHOP.scenario.question(next(iter(case.answers)))
    change = classed(each_question(SHOP, first.id, options=first.options[1:]))
    assert (change.kind, change.asks) == (ChangeClass.MUST_RE_ASK, first.id)
    assert any(first.short in reason for reason in change.reasons)


def test_a_new_question_on_the_path_is_asked_and_named() -> None:
    _, case = shop_case()
    asked = Question(id="brand-new", text="新问的？", why="新规则要看。", kind=QuestionKind.YESNO, short="新问的事")
    when = tuple({**clause, "brand-new": frozenset({"yes"})} for clause in SHOP.scenario.rule(case.rule_id).when)
    otherwise = tuple(
        {**clause, "brand-new": frozenset({"no", "unsure"})} for clause in SHOP.scenario.rule(case.rule_id).when
    )
    rule = SHOP.scenario.rule(case.rule_id)
    rules = tuple(item for item in SHOP.scenario.rules if item.id != rule.id)
    new = changed(
        SHOP,
        questions=(*SHOP.scenario.questions, asked),
        rules=(
            *rules,
            rule.model_copy(update={"when": when}),
            rule.model_copy(update={"id": "other", "when": otherwise, "verdict": Verdict.UNLIKELY}),
        ),
    )
    change = classed(new)
    assert (change.kind, change.asks) == (ChangeClass.MUST_RE_ASK, "brand-new")
    assert "多问一题“新问的事”" in change.reasons


def test_what_only_holds_for_later_events_leaves_the_case_as_it_is_and_the_owner_is_told() -> None:
    _, case = shop_case()
    later = each_rule(SHOP, case.rule_id, effective_from=date(2027, 1, 1), version=99)
    change = classed(later)
    assert change.kind is ChangeClass.PINNED
    assert change.concerns_owner


def test_an_older_rule_kept_for_older_events_goes_on_without_a_word() -> None:
    _, case = shop_case()
    rule = SHOP.scenario.rule(case.rule_id)
    older = rule.model_copy(update={"id": "as-it-was", "effective_to": date(2026, 12, 31)})
    newer = rule.model_copy(update={"effective_from": date(2027, 1, 1), "verdict": Verdict.UNLIKELY, "version": 99})
    rules = tuple(item for item in SHOP.scenario.rules if item.id != rule.id)
    change = classed(changed(SHOP, rules=(*rules, older, newer)))
    assert change.kind is ChangeClass.COMPATIBLE
    assert change.rule == older


@pytest.mark.parametrize("walked", [False, True])
def test_a_stage_that_is_gone_keeps_the_case_where_it_is(walked: bool) -> None:
    _, case = shop_case()
    assert case.position is not None
    gone = case.position.stage_id
    if walked:
        stage = next(stage.id for stage in SHOP.scenario.stages if stage.id != gone)
        case = replace(case, position=CasePosition(case.position.track_id, stage, NOW), walked_stages=frozenset({gone}))
    change = classed(without_stage(SHOP, gone), case)
    assert (change.kind, change.concerns_owner) == (ChangeClass.PINNED, False)


def test_a_timer_still_to_be_reminded_of_keeps_the_case_where_it_is() -> None:
    _, case = shop_case()
    assert classed(SHOP, replace(case, living_timers=frozenset({"gone-timer"}))).kind is ChangeClass.PINNED


def test_closed_cases_and_withdrawn_scenarios_stay_and_nobody_is_told() -> None:
    _, case = shop_case()
    for change in (classed(None), classed(longer_timers(SHOP, "any"), replace(case, is_closed=True))):
        assert (change.kind, change.concerns_owner) == (ChangeClass.PINNED, False)


def _conclusion(rule: Rule) -> tuple[object, ...]:
    return rule.verdict, rule.track, rule.redirect_to


def _days(scenario: Scenario, position: CasePosition | None, plain: dict[str, Any]) -> list[tuple[object, ...]]:
    if position is None:
        return []
    answers = answers_from_plain(scenario, plain)
    plans = stage_timers(
        stage_on(scenario, position.stage_id, position.track_id), answers, position.entered_at, CALENDAR
    )
    return sorted((plan.timer_id, plan.due_at, plan.safe, str(plan.arguable)) for plan in plans)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_change_to_any_case_is_classed_and_keeps_every_answer_that_applies(data: st.DataObject) -> None:
    old = BOOK.edition(data.draw(st.sampled_from([scenario.id for scenario in BOOK.scenarios])))
    answers = answered(old, lambda question: data.draw(any_answer(question)))
    case = standing_of(old, answers)
    assert case is not None
    new = data.draw(mutated(old, list(answers), 3))

    change = class_of_case(old, new, case, CALENDAR)

    assert change.reasons
    kept = answers_from_plain(new.scenario, case.answers)
    _, applies = facts_from(new.scenario, kept, NOW, CALENDAR)
    assert {key: kept[key] for key in applies} == {key: answers[key] for key in applies}
    assert case.answers == answers_to_plain(answers)
    if change.kind is ChangeClass.COMPATIBLE:
        assert change.rule is not None
        assert next_step(new.scenario, kept, NOW, CALENDAR) == Settled(change.rule)
        assert _conclusion(change.rule) == _conclusion(old.scenario.rule(case.rule_id))
        plain = dict(case.answers)
        assert _days(new.scenario, case.position, plain) == _days(old.scenario, case.position, plain)
    if change.kind is ChangeClass.MUST_RE_ASK and change.asks is not None:
        assert change.asks not in applies
    if new == old:
        assert change.kind is ChangeClass.COMPATIBLE


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_interview_under_way_hears_an_answer_only_for_the_question_it_asked(data: st.DataObject) -> None:
    old = BOOK.edition(data.draw(st.sampled_from([scenario.id for scenario in BOOK.scenarios])))
    answers = answered(old, lambda question: data.draw(any_answer(question)))
    begun = dict(list(answers.items())[: data.draw(st.integers(0, max(0, len(answers) - 1)))])
    state = Dialogue(begun).to_plain()
    new = data.draw(mutated(old, list(answers), 1))

    change = change_of_interview(old, new, state, NOW, CALENDAR)

    waiting = next_step(old.scenario, begun, NOW, CALENDAR)
    asking = next_step(new.scenario, answers_from_plain(new.scenario, state["answers"]), NOW, CALENDAR)
    if not change.asks_anew and isinstance(waiting, Ask):
        assert isinstance(asking, Ask)
        assert asking.question.id == waiting.question.id
        assert [item.id for item in asking.question.options] == [item.id for item in waiting.question.options]
    assert all(question.id in begun for question in change.unusable)


def test_an_interview_whose_old_edition_is_gone_shows_its_question_again() -> None:
    assert change_of_interview(None, SHOP, Dialogue().to_plain(), NOW, CALENDAR).asks_anew
