"""一问一答：上一步、修改、没读懂、换版、存了再读。"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.dialogue import (
    Accepted,
    Dialogue,
    Repeated,
    answered_questions,
    decision_of,
    pending_question,
    put_answer,
    revise,
    step_back,
)
from nonebot_plugin_refund.rulebook.derived.deciding import Ask, Settled
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind, Scenario
from tests.domain.hearing.taking_answers import take_answer
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
CALENDAR = WorkCalendar()
SCENARIO = small_edition().scenario
OPENED_AND_LACKING: Mapping[str, AnswerValue] = {
    "goal": "regret",
    "bought-on": date(2026, 11, 20),
    "opened": "yes",
    "parts": ("box",),
}


days = st.dates(date(2024, 1, 1), date(2026, 11, 23))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 23)).map(  # noqa: DTZ001 -- 下一行加上时区
    lambda moment: moment.replace(tzinfo=SHANGHAI)
)
VALUES: dict[QuestionKind, st.SearchStrategy[Any]] = {
    QuestionKind.CHOICE: st.sampled_from(["regret", "broken"]),
    QuestionKind.YESNO: st.sampled_from(["yes", "no"]),
    QuestionKind.MULTI: st.lists(st.sampled_from(["box", "tag", "nothing"]), min_size=1, unique=True).map(tuple),
    QuestionKind.DATE: days | moments,
    QuestionKind.AMOUNT: st.floats(1, 100_000),
    QuestionKind.NUMBER: st.integers(1, 99).map(float),
}


def answered(values: Mapping[str, AnswerValue]) -> Dialogue:
    """答过这些的访谈。"""
    return Dialogue({question: Answer(value) for question, value in values.items()})


def say(dialogue: Dialogue, text: str, scenario: Scenario = SCENARIO) -> Dialogue:
    """对现在的问题说一句话，要读得懂。"""
    question = pending_question(scenario, dialogue, NOW, CALENDAR)
    assert question is not None
    taken = take_answer(dialogue, question, text, NOW)
    assert isinstance(taken, Accepted)
    return taken.dialogue


def pending(dialogue: Dialogue, scenario: Scenario = SCENARIO) -> str | None:
    """现在等着回答的问题的 id。"""
    question = pending_question(scenario, dialogue, NOW, CALENDAR)
    return question.id if question else None


def back(dialogue: Dialogue) -> Dialogue:
    """上一步，要有上一步。"""
    earlier = step_back(SCENARIO, dialogue, NOW, CALENDAR)
    assert earlier is not None
    return earlier


def verdict(dialogue: Dialogue) -> str:
    """已定的规则的 id。"""
    decision = decision_of(SCENARIO, dialogue, NOW, CALENDAR)
    assert isinstance(decision, Settled)
    return decision.rule.id


# 上一步


def test_stepping_back_again_and_again_reaches_the_first_question_and_stops() -> None:
    dialogue, visited = answered(OPENED_AND_LACKING), list[str | None]()
    for _ in range(4):
        dialogue = back(dialogue)
        visited.append(pending(dialogue))

    assert visited == ["parts", "opened", "bought-on", "goal"]
    assert step_back(SCENARIO, dialogue, NOW, CALENDAR) is None


def test_there_is_no_step_back_before_the_first_answer() -> None:
    assert step_back(SCENARIO, Dialogue(), NOW, CALENDAR) is None


def test_after_answering_a_stepped_back_question_it_goes_on_where_it_was() -> None:
    dialogue = answered({"goal": "regret", "bought-on": date(2026, 11, 20)})
    dialogue = say(back(dialogue), "昨天")

    assert pending(dialogue) == "opened"
    assert dialogue.answers["bought-on"] == Answer(date(2026, 11, 22))


def test_stepping_back_forgets_nothing() -> None:
    dialogue = answered(OPENED_AND_LACKING)

    assert back(back(dialogue)).answers == dialogue.answers


# 修改


def test_revising_by_number_reopens_that_question() -> None:
    dialogue = answered(OPENED_AND_LACKING)
    revised = revise(SCENARIO, dialogue, 3, NOW, CALENDAR)

    assert revised is not None
    assert pending(revised) == "opened"
    assert isinstance(decision_of(SCENARIO, revised, NOW, CALENDAR), Ask)


@pytest.mark.parametrize("number", [0, 5, -1, 999])
def test_there_is_no_revising_a_number_never_answered(number: int) -> None:
    assert revise(SCENARIO, answered(OPENED_AND_LACKING), number, NOW, CALENDAR) is None


def test_a_changed_answer_keeps_the_later_ones() -> None:
    dialogue = answered(OPENED_AND_LACKING)
    revised = revise(SCENARIO, dialogue, 2, NOW, CALENDAR)
    assert revised is not None
    changed = say(revised, "昨天")

    assert verdict(changed) == "lacking-parts"
    assert [question.id for question in answered_questions(SCENARIO, changed, NOW, CALENDAR)] == [
        "goal",
        "bought-on",
        "opened",
        "parts",
    ]


def test_answers_that_no_longer_apply_come_back_when_it_is_changed_back() -> None:
    dialogue = answered(OPENED_AND_LACKING)
    assert verdict(dialogue) == "lacking-parts"

    revised = revise(SCENARIO, dialogue, 1, NOW, CALENDAR)
    assert revised is not None
    broken = say(revised, "东西坏了")
    assert pending(broken) == "price"
    assert [question.id for question in answered_questions(SCENARIO, broken, NOW, CALENDAR)] == ["goal"]

    broken = say(broken, "50")
    assert verdict(broken) == "broken-cheap"

    again = revise(SCENARIO, broken, 1, NOW, CALENDAR)
    assert again is not None
    assert verdict(say(again, "后悔了")) == "lacking-parts"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_answers_that_do_not_apply_never_count(data: st.DataObject) -> None:
    """五题的答案随便放在那里：结论和从头只问该问的一样。"""
    stored = Dialogue(
        {question.id: Answer(data.draw(st.none() | VALUES[question.kind])) for question in SCENARIO.questions[1:]}
        | {"goal": Answer(data.draw(VALUES[QuestionKind.CHOICE]))}
    )
    fresh = Dialogue()
    while isinstance(step := decision_of(SCENARIO, fresh, NOW, CALENDAR), Ask):
        fresh = put_answer(fresh, step.question, stored.answers[step.question.id]).dialogue

    assert decision_of(SCENARIO, stored, NOW, CALENDAR) == step


def test_the_replaced_answer_is_told() -> None:
    taken = put_answer(answered({"goal": "regret"}), SCENARIO.question("goal"), Answer("broken"))

    assert taken.replaced == Answer("regret")
    assert list(taken.dialogue.answers) == ["goal"]


# 没读懂


def test_misreads_in_a_row_are_counted() -> None:
    dialogue = Dialogue()
    for count in range(1, 5):
        taken = take_answer(dialogue, SCENARIO.question("goal"), "哈哈", NOW)
        assert isinstance(taken, Repeated)
        dialogue = taken.dialogue
        assert dialogue.misreads == count

    assert pending(dialogue) == "goal"
    assert dialogue.answers == {}


def test_an_understood_answer_starts_the_count_afresh() -> None:
    dialogue = Dialogue(misreads=2)

    assert say(dialogue, "1").misreads == 0


def test_stepping_back_and_revising_start_the_count_afresh() -> None:
    dialogue = Dialogue({"goal": Answer("regret")}, misreads=2)
    revised = revise(SCENARIO, dialogue, 1, NOW, CALENDAR)

    assert back(dialogue).misreads == 0
    assert revised is not None
    assert revised.misreads == 0


def test_not_sure_is_refused_where_it_is_not_offered() -> None:
    taken = take_answer(Dialogue(), SCENARIO.question("goal"), "不清楚", NOW)

    assert isinstance(taken, Repeated)
    assert taken.dialogue.answers == {}


# 存了再读


@st.composite
def dialogues(draw: st.DrawFn) -> Dialogue:
    """随便一场访谈：答过几题，先后不限。"""
    ids = draw(st.lists(st.sampled_from([question.id for question in SCENARIO.questions]), unique=True))
    answers = {
        question_id: Answer(
            draw(st.none() | VALUES[SCENARIO.question(question_id).kind]), approximate=draw(st.booleans())
        )
        for question_id in ids
    }
    revising = draw(st.none() | st.sampled_from(ids)) if ids else None
    return Dialogue(answers, draw(st.integers(0, 9)), revising)


@settings(max_examples=100, deadline=None)
@given(dialogues())
def test_a_stored_dialogue_comes_back_the_same(dialogue: Dialogue) -> None:
    back_again = Dialogue.from_plain(SCENARIO, dialogue.to_plain())

    assert back_again == dialogue
    assert list(back_again.answers) == list(dialogue.answers)
    assert decision_of(SCENARIO, back_again, NOW, CALENDAR) == decision_of(SCENARIO, dialogue, NOW, CALENDAR)


def test_a_moment_in_another_zone_comes_back_as_the_same_moment() -> None:
    moment = datetime(2026, 11, 20, 3, 4, 5, 678, tzinfo=UTC)
    stored = Dialogue.from_plain(SCENARIO, answered({"bought-on": moment}).to_plain())

    assert stored.answers["bought-on"].value == moment


# 换版


def without(question_id: str, option_id: str) -> Scenario:
    """去掉一个选项的新版。"""
    questions = tuple(
        question.model_copy(update={"options": tuple(item for item in question.options if item.id != option_id)})
        if question.id == question_id
        else question
        for question in SCENARIO.questions
    )
    return SCENARIO.model_copy(update={"questions": questions})


def test_a_new_book_without_an_option_asks_only_that_question_again() -> None:
    dialogue = answered({**OPENED_AND_LACKING, "parts": ("tag",)})
    new = without("parts", "tag")

    assert pending(dialogue, new) == "parts"
    assert [question.id for question in answered_questions(new, dialogue, NOW, CALENDAR)] == [
        "goal",
        "bought-on",
        "opened",
    ]
    assert pending(say(dialogue, "1", new), new) is None


def test_a_new_book_without_a_question_drops_only_its_answer() -> None:
    new = SCENARIO.model_copy(update={"questions": SCENARIO.questions[:3]})
    stored = answered(OPENED_AND_LACKING).to_plain() | {"revising": "parts"}

    dialogue = Dialogue.from_plain(new, stored)

    assert list(dialogue.answers) == ["goal", "bought-on", "opened"]
    assert dialogue.revising is None


def test_a_new_book_that_no_longer_takes_not_sure_asks_again() -> None:
    questions = tuple(
        question.model_copy(update={"unsure_not_offered_because": "得说清楚。"}) for question in SCENARIO.questions
    )
    new = SCENARIO.model_copy(update={"questions": questions})
    dialogue = answered({"goal": "regret", "bought-on": None})

    assert pending(dialogue, new) == "bought-on"


def test_days_later_the_same_answers_are_judged_by_the_new_day() -> None:
    dialogue = answered({"goal": "regret", "bought-on": date(2026, 11, 20)})

    assert pending(dialogue) == "opened"
    later = decision_of(SCENARIO, dialogue, NOW + timedelta(days=10), CALENDAR)
    assert isinstance(later, Settled)
    assert later.rule.id == "too-late"


@pytest.mark.parametrize(
    ("old_kind_value", "question_id"),
    [("很多", "price"), (["box"], "price"), ("昨天", "bought-on"), (5, "bought-on"), ("box", "parts")],
)
def test_a_stored_answer_that_no_longer_fits_its_question_is_asked_again(
    old_kind_value: object, question_id: str
) -> None:
    """新版把一个问题换了题型：读不出来的旧答案当作没答。"""
    plain = {"answers": {question_id: {"value": old_kind_value}}, "misreads": 0, "revising": None}

    dialogue = Dialogue.from_plain(SCENARIO, plain)

    assert question_id not in {item.id for item in answered_questions(SCENARIO, dialogue, NOW, CALENDAR)}


# 日子可能是好几天


def offered_two_days() -> Dialogue:
    """问日期，说了“15号或者16号”之后。"""
    taken = take_answer(answered({"goal": "regret"}), SCENARIO.question("bought-on"), "15号或者16号", NOW)
    assert isinstance(taken, Repeated)
    assert taken.misread.days == (date(2026, 11, 15), date(2026, 11, 16))
    return taken.dialogue


@pytest.mark.parametrize(
    ("text", "day"),
    [("1", 15), ("2", 16), ("第二个", 16), ("②", 16), ("选1", 15), ("前面那个", 15), ("后一个吧", 16), ("16号", 16)],
)
def test_offered_days_can_be_chosen_by_number(text: str, day: int) -> None:
    stored = Dialogue.from_plain(SCENARIO, offered_two_days().to_plain())

    taken = take_answer(stored, SCENARIO.question("bought-on"), text, NOW)

    assert isinstance(taken, Accepted)
    assert taken.answer == Answer(date(2026, 11, day))
    assert taken.dialogue.offered == ()


@pytest.mark.parametrize(("text", "day"), [("前天", 21), ("昨天", 22)])
def test_a_day_said_outright_is_not_taken_for_a_choice(text: str, day: int) -> None:
    taken = take_answer(offered_two_days(), SCENARIO.question("bought-on"), text, NOW)

    assert isinstance(taken, Accepted)
    assert taken.answer.value == date(2026, 11, day)


@pytest.mark.parametrize("text", ["3", "0", "哈哈"])
def test_what_chooses_none_of_the_days_leaves_them_offered(text: str) -> None:
    taken = take_answer(offered_two_days(), SCENARIO.question("bought-on"), text, NOW)

    assert isinstance(taken, Repeated)
    assert taken.dialogue.offered == offered_two_days().offered


def test_a_bare_number_is_no_day_when_none_was_offered() -> None:
    assert isinstance(take_answer(Dialogue(), SCENARIO.question("bought-on"), "1", NOW), Repeated)


def test_going_back_forgets_the_offered_days() -> None:
    assert back(offered_two_days()).offered == ()
