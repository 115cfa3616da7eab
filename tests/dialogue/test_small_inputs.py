"""短短一句回答：一类一类照着听，读对、再问都行，记成别的不行。句子在 ``tests/data/small-inputs.jsonl``，一行一句。

``may`` 是可以记成的几样，空的是不该当作这一题的回答；事前写好，不照听出来的改。
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.cli.hearing.stated_context import Stated
from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.dialogue import Repeated
from nonebot_plugin_refund.render.texts.interview_text import repeat_message
from tests.dialogue.situations import NOW, heard, in_stage, reader

ROWS: tuple[dict[str, Any], ...] = tuple(
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "small-inputs.jsonl").read_text(encoding="utf-8").splitlines()
)
LEAST_RECORDED = 0.7
"""该当场记下的里，至少记对这么多；其余再问。"""


def plain(answer: Answer) -> object:
    """文件里的写法：不清楚写 ``unsure``，日子写 ISO，几样写成列表。"""
    value = answer.value
    if value is None:
        return "unsure"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return list(value) if isinstance(value, tuple) else value


def recorded(row: dict[str, Any]) -> Answer | None:
    _, reading = reader().read(row["text"], Stated(NOW, row["scenario"], row["question"]))
    return reading.facts.get(row["question"])


@pytest.mark.parametrize("kind", dict.fromkeys(row["kind"] for row in ROWS))
def test_a_small_answer_is_never_taken_for_another(kind: str) -> None:
    of_kind = [row for row in ROWS if row["kind"] == kind]
    found = {row["text"]: (plain(answer), row["may"]) for row in of_kind if (answer := recorded(row)) is not None}

    assert {said: value for said, (value, may) in found.items() if value not in may} == {}


def test_most_small_answers_are_recorded_at_once() -> None:
    plainly = [row for row in ROWS if row["may"]]

    assert sum(recorded(row) is not None for row in plainly) >= LEAST_RECORDED * len(plainly)


def test_a_dotted_day_is_no_sum() -> None:
    for said in ("10.26打赏的", "9.18刷的", "11.3付的款"):
        _, reading = reader().read(said, Stated(NOW, "live-tip", "tipped-on"))
        assert not {"amount", "whose-money"} & set(reading.facts), said


@pytest.mark.parametrize(
    ("question", "said", "asked"),
    [
        ("traces", "聊天她都删干净了", "没有的不算"),
        ("traces", "家里没装监控", "没有的不算"),
        ("tipped-on", "一月初八", "公历是几月几日"),
        ("tipped-on", "腊月二十三", "公历是几月几日"),
        ("tipped-on", "国庆刷的", "国庆放假是10月1日到7日，具体是哪一天"),
        ("tipped-on", "中秋刷的", "1. 9月25日"),
    ],
)
def test_what_is_asked_again_says_what_was_heard(question: str, said: str, asked: str) -> None:
    context, reading = reader().read(said, Stated(NOW, "live-tip", question))

    assert isinstance(reading.first, intents.Unclear)
    assert reading.first.heard is not None
    result = reading.first.heard.result
    assert context.open_question is not None
    assert isinstance(result, Repeated)
    assert asked in repeat_message(context.open_question.question, result.misread, times=1)


@pytest.mark.parametrize(
    "said",
    [
        *("不对", "记错了", "撤回", "我没说不退啊 是商家说不退", "哎呀搞错了 别记", "取消刚才那个", "退回上一个"),
        *("我可没说他同意", "你记岔了", "刚说的收回", "不作数 重来", "没有的事 我没说到账", "弄错了 不算数"),
    ],
)
def test_taking_back_in_ones_own_words_is_heard(said: str) -> None:
    assert isinstance(heard(in_stage("shop-return", "waiting", asked=False), said).first, intents.Undo)


@pytest.mark.parametrize("said", ["他只肯退一小半", "只退我一大半", "说最多给个零头", "肯退小一半", "就退一丁点"])
def test_a_part_without_a_number_is_an_offer_without_a_number(said: str) -> None:
    first = heard(in_stage("shop-return", "waiting", asked=False), said).first

    assert isinstance(first, intents.Offered)
    assert first.sum is None


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("推迟到明天中午", 26),
        ("明天早上再提醒我", 23),
        ("晚上八点提醒我", 10),
        ("下午三点再叫我", 5),
        ("后天上午九点半喊我一声", 47.5),
        ("推到今晚九点", 11),
        ("周五晚上再说 提醒我", 106),
        ("过两个小时再提醒", 2),
    ],
)
def test_a_reminder_is_put_off_to_the_hour_said(said: str, hours: float) -> None:
    first = heard(in_stage("shop-return", "waiting", asked=False), said).first

    assert isinstance(first, intents.ReminderAnswer)
    assert first.control.delay is not None
    assert first.control.delay.total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("我要舉報這個主播", "我要举报这个主播"),
        ("刪除我的數據", "删除我的数据"),
        ("恢復提醒", "恢复提醒"),
        ("文書", "文书"),
        ("結案", "结案"),
        ("撤銷", "撤销"),
        ("進度", "进度"),
        ("客服電話多少", "客服电话多少"),
    ],
)
def test_traditional_characters_are_read_like_simplified_ones(traditional: str, simplified: str) -> None:
    context = in_stage("shop-return", "waiting", asked=False)
    one, other = heard(context, traditional), heard(context, simplified)

    assert (type(one.first), one.band) == (type(other.first), other.band)
