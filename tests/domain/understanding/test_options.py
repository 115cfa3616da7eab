"""选项：按编号、名称、别名、错别字对上；两个都像时不猜。"""

import pytest

from nonebot_plugin_refund.domain.understanding.options import OptionMatch, Phrases, match_options
from nonebot_plugin_refund.rulebook.scenario_models.models import Option

STATES = (
    Option(id="not-shipped", label="还没发货", aliases=("没发货", "未发货", "不发货")),
    Option(id="stalled", label="发货了但物流不动", aliases=("物流停了", "卡住了")),
    Option(id="received", label="已经收到货了", aliases=("收到了", "签收了")),
    Option(id="not-received", label="显示签收但没收到", aliases=("没收到", "没收到货")),
    Option(id="neither", label="以上都不是", exclusive=True),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "not-shipped"),
        ("第二个", "stalled"),
        ("②", "stalled"),
        ("2️⃣", "stalled"),
        ("选3", "received"),
        ("我选第四个吧", "not-received"),
        ("三", "received"),
        ("没收到", "not-received"),
        ("收到了", "received"),
        ("我已经收到货了呀", "received"),
        ("还没发货呢", "not-shipped"),
        ("没收到货 显示签收", "not-received"),
        ("不是没发货 是物流停了", "stalled"),
        ("显示签受但没收到", "not-received"),
        ("以上都不是", "neither"),
    ],
)
def test_one_option_is_chosen(text: str, expected: str) -> None:
    assert match_options(text, STATES, multi=False) == OptionMatch((expected,))
    assert Phrases(STATES).may_match(text)


@pytest.mark.parametrize("text", ["1和3", "1 3", "没发货 也没收到"])
def test_two_answers_to_a_single_choice_are_asked_back(text: str) -> None:
    match = match_options(text, STATES, multi=False)
    assert match.ids == ()
    assert len(match.candidates) == 2


@pytest.mark.parametrize("text", ["1和3", "1、3", "13", "1 3", "第一个和第三个", "①③"])
def test_several_numbers_answer_a_multi_choice(text: str) -> None:
    assert match_options(text, STATES, multi=True).ids == ("not-shipped", "received")


@pytest.mark.parametrize("text", ["6", "0", "13", "99", "随便说说", "物流", "", "？？"])
def test_nothing_is_guessed(text: str) -> None:
    assert match_options(text, STATES, multi=False) == OptionMatch()


@pytest.mark.parametrize("text", ["不清楚", "不知道呀", "记不清了", "不太确定"])
def test_unsure_is_recognised(text: str) -> None:
    assert match_options(text, STATES, multi=False).unsure


def test_what_cannot_be_any_option_is_told_at_a_glance() -> None:
    assert not Phrases(STATES).may_match("昨天平台给我打电话了")


def test_exclusive_option_cannot_be_combined() -> None:
    match = match_options("1和5", STATES, multi=True)
    assert match.ids == ()
    assert match.candidates == ("not-shipped", "neither")


def test_everything_leaves_out_the_exclusive_option() -> None:
    assert match_options("全都有", STATES, multi=True).ids == ("not-shipped", "stalled", "received", "not-received")


def test_opposite_labels_are_not_confused_by_one_character() -> None:
    pair = (Option(id="kept", label="吊牌还在"), Option(id="gone", label="吊牌不在"))
    assert match_options("吊牌不在了", pair, multi=False).ids == ("gone",)
    assert match_options("吊排还在", pair, multi=False).ids == ("kept",)
