"""两个日子都说了，“申请是在签收后 7 天以内吗”不再问；数不清的照样问。"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.known_days import answers_by_days
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.dialogue import pending_question
from tests.domain.hearing.hearing_bench import TODAY, begin, hear, listener_of, scenario_of, values

SCENARIO = "shop-return"
ASKED = "applied_in_time"


@pytest.mark.parametrize(
    "text",
    [
        "16号签收的，18号申请退货，商家拒绝了，不喜欢",
        "衣服11月10号签收 11月17号申请的退货 被拒了 不想要了",
    ],
)
def test_both_days_told_answer_it(text: str) -> None:
    assert begin(SCENARIO, text)[ASKED] == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "11月3号签收的，18号申请退货，商家拒绝了，不喜欢",
        "18号签收的，16号申请退货，商家拒绝了，不喜欢",
        "大概16号签收的，18号申请退货，商家拒绝了，不喜欢",
        "16号签收的，商家拒绝了，不喜欢",
    ],
)
def test_what_cannot_be_counted_is_asked(text: str) -> None:
    assert ASKED not in begin(SCENARIO, text)


def test_both_days_are_an_answer_when_it_is_asked() -> None:
    dialogue, _ = hear(SCENARIO, "商家拒绝了", "不喜欢")
    listener = listener_of(SCENARIO)
    question = pending_question(listener.scenario, dialogue, listener.now, listener.calendar)
    assert question is not None
    assert question.id == ASKED

    heard = listener.hear(dialogue, question, "16号签收，18号申请的")

    assert values(heard.result.dialogue)[ASKED] == "yes"


@given(st.integers(-40, 40), st.booleans())
def test_only_exact_days_up_to_the_seventh_count(gap: int, approximate: bool) -> None:
    days = {
        "received_on": Answer(TODAY, approximate=approximate),
        "applied_on": Answer(TODAY + timedelta(days=gap)),
    }
    counts = 0 <= gap <= 7 and not approximate

    found = answers_by_days([scenario_of(SCENARIO).question(ASKED)], days)

    assert found == ({ASKED: Answer("yes")} if counts else {})
