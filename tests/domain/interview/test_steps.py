"""“走到哪一步了”：一句话里说了几步，算走到最后的那一步。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.picking import read_among
from nonebot_plugin_refund.domain.hearing.told import told_in
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
SCENARIOS = {scenario.id: scenario for scenario in load_rulebook().scenarios}


@pytest.mark.parametrize(
    ("scenario", "question", "said", "step"),
    [
        ("shop-return", "progress", "申请了退款 商家同意了", "agreed"),
        ("shop-return", "progress", "申请了商家没理我 后来同意了", "agreed"),
        ("shop-return", "progress", "提交了申请 昨天被驳回了", "refused"),
        ("shop-return", "progress", "商家同意退货了 昨天寄回去的 单号填了", "sent"),
        ("appeal", "reached", "商家不给退 我申请了平台介入", "platform-pending"),
        ("appeal", "reached", "平台判商家赢 我投了12315", "complained"),
        # 说的是那样会怎样，没有那样
        ("shop-return", "progress", "没点退货 她说点了就不给补发", "not-applied"),
    ],
)
def test_the_furthest_step_told_is_the_answer(scenario: str, question: str, said: str, step: str) -> None:
    asked = SCENARIOS[scenario].question(question)

    assert read_among(SCENARIOS[scenario], asked, said, NOW) == Answer(step)


def test_a_first_message_that_tells_two_steps_is_at_the_later_one() -> None:
    told = told_in(SCENARIOS["shop-return"], "快手小店买的衣服 商家同意退货退款了 昨天寄回去的 单号填了", NOW)

    assert told.answers["progress"] == Answer("sent")


def test_steps_name_only_options_of_their_question() -> None:
    asked = SCENARIOS["shop-return"].question("progress")

    with pytest.raises(ValueError, match="steps"):
        Question.model_validate(asked.model_dump() | {"steps": [["not-applied"], ["nowhere"]]})
