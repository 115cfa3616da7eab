"""怕的那一截、否掉的一项不是回答；答的是刚做完，就是今天。"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.hearing.options.feared import without_feared
from nonebot_plugin_refund.domain.hearing.values.just_done import just_done
from nonebot_plugin_refund.domain.interview.dialogue import Accepted, Dialogue
from tests.domain.hearing.hearing_bench import NOW, TODAY, listener_of, scenario_of


def answer_to(scenario_id: str, question_id: str, text: str) -> object:
    question = scenario_of(scenario_id).question(question_id)
    result = listener_of(scenario_id).hear(Dialogue(), question, text).result
    return result.dialogue.answers[question_id].value if isinstance(result, Accepted) else None


@pytest.mark.parametrize(
    ("scenario_id", "question_id", "text", "option"),
    [
        ("refund-only", "applied", "没申请呢 怕申请了优惠没了", "not-yet"),
        ("refund-only", "applied", "申请了 怕商家拒绝", "waiting"),
        ("shop-return", "progress", "商家同意了 我怕寄回去他不退钱", "agreed"),
        ("shop-return", "progress", "还没弄 怕商家拒绝", "not-applied"),
        ("shop-return", "reason", "担心是假货", "fake"),
        ("shop-return", "condition", "吊牌没剪", "whole"),
        ("shop-return", "condition", "膜没撕", "whole"),
        ("shop-return", "condition", "没穿出去 吊牌我剪了", "tag-cut"),
    ],
)
def test_only_what_is_so_is_chosen(scenario_id: str, question_id: str, text: str, option: str) -> None:
    assert answer_to(scenario_id, question_id, text) == option


@pytest.mark.parametrize("text", ["怕商家拒绝", "恐怕没有", "不怕麻烦 就退"])
def test_nothing_is_dropped_when_nothing_else_is_told(text: str) -> None:
    assert without_feared(text) == text


@pytest.mark.parametrize(
    ("question_id", "text", "day"),
    [
        ("applied_on", "行 我刚点了退款", TODAY),
        ("applied_on", "刚申请的", TODAY),
        ("refused_on", "刚拒的", TODAY),
        ("applied_on", "刚收到的货", None),
        ("applied_on", "上周刚申请的", None),
        ("applied_on", "刚才没申请成功", None),
    ],
)
def test_what_was_just_done_is_today(question_id: str, text: str, day: date | None) -> None:
    read = just_done(scenario_of("shop-return").question(question_id), text, NOW)

    assert (read.value if read is not None else None) == day
