"""问日子、问数的题：话里的日子、数说的是别的事，就先问一句，不直接记。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.picking import read_among
from nonebot_plugin_refund.domain.hearing.values.offered_days import in_full
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import Misread, MisreadReason
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
SCENARIOS = {scenario.id: scenario for scenario in load_rulebook().scenarios}


def _read(scenario_id: str, question_id: str, text: str) -> Answer | Misread:
    scenario = SCENARIOS[scenario_id]
    return read_among(scenario, scenario.question(question_id), text, NOW)


@pytest.mark.parametrize(
    "said",
    [
        "今早他把我拉黑了",
        "昨天客服给我打电话了",
        "昨天下的单",
        "618买的",
        "昨天老板骂我了",
        "前天跟主播吵了一架",
        "买了3天了",
        "还能七天无理由吗 今天23了",
        "双十一付尾款",
        "我上周五发现的",
        "昨天我老婆跟我说的",
    ],
)
def test_a_day_of_something_else_is_asked_back(said: str) -> None:
    read = _read("shop-return", "received_on", said)

    assert isinstance(read, Misread)
    assert read.reason is MisreadReason.DOUBTFUL_DATE
    assert len(read.days) == 1


@pytest.mark.parametrize(
    "said",
    [
        "上周五",
        "大概是上周五吧",
        "上周五到的",
        "我记得是上周五",
        "物流显示上周五",
        "应该是上周五下午 取出来的",
        "上周五去驿站拿的",
        "看了下物流 是上周五",
        "上周五晚上八点多快递柜取的",
        "就上周五那天收的",
    ],
)
def test_a_day_told_in_a_sentence_of_its_own_is_taken(said: str) -> None:
    read = _read("shop-return", "received_on", said)

    assert isinstance(read, Answer)
    value = read.value
    assert (value.date() if isinstance(value, datetime) else value) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("question_id", "said"),
    [
        ("amount", "他微信退了我两百"),
        ("amount", "我工资才三千"),
        ("amount", "客服让我交二百押金"),
        ("amount", "他爸一个月才挣4000"),
        ("age", "主播才20岁"),
        ("age", "我今年35了"),
        ("age", "他姐姐16"),
    ],
)
def test_a_figure_of_something_else_is_not_the_answer(question_id: str, said: str) -> None:
    read = _read("live-tip", question_id, said)

    assert isinstance(read, Misread)
    assert read.reason is MisreadReason.OTHER_EVENT


@pytest.mark.parametrize(
    ("question_id", "said", "value"),
    [
        ("amount", "拿零花钱刷了五百", 500.0),
        ("amount", "我工资才三千 他刷了八千", 8000.0),
        ("age", "我是他爸爸 他十二", 12.0),
        ("age", "我今年13", 13.0),
    ],
)
def test_a_figure_beside_something_else_is_still_read(question_id: str, said: str, value: float) -> None:
    read = _read("live-tip", question_id, said)

    assert read == Answer(value) or (question_id == "amount" and isinstance(read, Misread))


@pytest.mark.parametrize(("said", "meant"), [("是", "2026-11-20"), ("对的", "2026-11-20"), ("不是", "不是")])
def test_the_only_day_asked_about_may_be_confirmed(said: str, meant: str) -> None:
    assert in_full(said, [date(2026, 11, 20)]) == meant
