"""从头说起时像是说到了、又拿不准的选项：问到时提一句，回“是”就是它，说别的照别的听。"""

import pytest

from nonebot_plugin_refund.domain.hearing.beside.likely_options import likely_options
from nonebot_plugin_refund.domain.hearing.told import told_in
from nonebot_plugin_refund.domain.interview.dialogue import Accepted, Dialogue, spoken_in_full
from tests.domain.hearing.hearing_bench import NOW, listener_of, scenario_of

SHOP = scenario_of("shop-return")


@pytest.mark.parametrize(
    ("text", "question", "option"),
    [
        ("快手小店买的鞋子开胶了 商家不给退", "reason", "quality"),
        ("退货退款少退了18块 商家说是运费", "money_problem", "short"),
    ],
)
def test_what_is_likely_but_not_sure_is_offered_and_not_taken(text: str, question: str, option: str) -> None:
    assert question not in told_in(SHOP, text, NOW).answers
    assert likely_options(SHOP, text, NOW)[question] == option


def test_what_is_not_told_is_not_offered() -> None:
    assert "reason" not in likely_options(SHOP, "我想问一下小店的东西怎么退货呀", NOW)


def test_what_the_words_leave_in_doubt_is_offered() -> None:
    """“还剩”像是没用完，整段话像是孩子充的：不记，问到时提孩子充的。"""
    text = "我闺女14 用我微信充了快币 一共1280 还剩300多没花"
    assert "problem" not in listener_of("top-up").begin(text)[1]
    assert likely_options(scenario_of("top-up"), text, NOW)["problem"] == "child"


def test_a_plain_yes_is_the_offered_option_and_only_for_its_question() -> None:
    listener, question = listener_of("shop-return"), SHOP.question("reason")
    dialogue = Dialogue(likely={"reason": "quality"})

    heard = listener.hear(dialogue, question, "对")

    assert isinstance(heard.result, Accepted)
    assert heard.result.answer.value == "quality"
    assert spoken_in_full(dialogue, SHOP.question("progress"), "对") == "对"
    assert spoken_in_full(dialogue, question, "不是 是假货") == "不是 是假货"
    assert spoken_in_full(dialogue, question, "是我") == "是我"


def test_it_outlives_a_restart() -> None:
    dialogue = Dialogue(likely={"reason": "quality"})
    assert Dialogue.from_plain(SHOP, dialogue.to_plain()) == dialogue


@pytest.mark.parametrize("said", ["11月15日", "2026年11月15日", "12月1日"])
def test_a_day_alone_picks_no_option(said: str) -> None:
    question = scenario_of("paid-content").question("problem")

    heard = listener_of("paid-content").hear(Dialogue(), question, said)

    assert not isinstance(heard.result, Accepted) or question.id not in heard.result.dialogue.answers
    assert "paid-on" in heard.also
