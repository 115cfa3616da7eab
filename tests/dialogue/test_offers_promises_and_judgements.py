"""商家提的换还没应、说的那天没做、平台怎么判的、到了一个数：听成它本来的样子；像的、其实不是的不混。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)


def first(text: str, scenario: str, stage: str) -> intents.Intent:
    _, reading = StatedReader.of(load_rulebook()).read(text, Stated(NOW, scenario=scenario, stage=stage, case=True))
    return reading.first


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("他说补寄赠品 让我别退了", "send-back"),
        ("客服说要不给我换个新的 先别寄", "send-back"),
        ("老板说给我重新寄一双 问我愿不愿意", "send-back"),
        ("他问我能不能换货 不退钱", "waiting"),
        ("他说送我一个新的 让我把申请撤了", "refused"),
    ],
)
def test_an_exchange_the_merchant_puts_forward_is_not_yet_agreed(text: str, stage: str) -> None:
    heard = first(text, "shop-return", stage)

    assert isinstance(heard, intents.Reported)
    assert (heard.event, heard.sure, heard.proposed) == ("exchange-promised", False, True)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("商家答应换货了 我也同意了", "send-back"),
        ("行吧 我答应他补寄了", "send-back"),
        ("商家同意给我换一个", "waiting"),
    ],
)
def test_an_exchange_taken_up_or_plainly_promised_is_recorded(text: str, stage: str) -> None:
    heard = first(text, "shop-return", stage)

    assert isinstance(heard, intents.Reported)
    assert (heard.event, heard.sure, heard.proposed) == ("exchange-promised", True, False)


@pytest.mark.parametrize(
    ("text", "scenario", "stage", "event"),
    [
        ("他说5号打给我 结果没打", "shop-return", "arriving", "not-arrived"),
        ("客服说周五退 周五没退", "live-tip", "paying", "not-arrived"),
        ("老板说昨天处理 没动", "shop-return", "waiting", "no-answer"),
        ("卖家答应周六发新的 没发", "shop-return", "exchange", "not-arrived"),
        ("平台判商家退款", "shop-return", "platform", "platform-money"),
        ("平台给我判赢了 说直接把钱退我", "shop-return", "platform", "platform-money"),
        ("介入结果 判商家退货退款 让我寄", "shop-return", "platform", "platform-return"),
        ("平台说运费让我俩自己商量", "shop-return", "platform", "platform-against"),
        ("客服说合同有约定 他们管不了", "paid-content", "platform", "refused"),
    ],
)
def test_a_day_not_kept_and_a_judgement_are_recorded(text: str, scenario: str, stage: str, event: str) -> None:
    heard = first(text, scenario, stage)

    assert isinstance(heard, intents.Reported)
    assert (heard.event, heard.sure) == (event, True)


@pytest.mark.parametrize(
    ("text", "scenario", "stage"),
    [
        ("4800收到", "paid-content", "paying"),
        ("569都给了", "appeal", "enforcing"),
        ("两万四都来了", "paid-content", "paying"),
        ("商家把86转给我了", "shop-return", "complained"),
        ("平台让他出了 512也打来了", "shop-return", "platform"),
    ],
)
def test_a_sum_that_came_asks_whether_it_is_all(text: str, scenario: str, stage: str) -> None:
    heard = first(text, scenario, stage)

    assert isinstance(heard, intents.Reported)
    assert (heard.event, heard.sure) == ("arrived", False)


@pytest.mark.parametrize(
    ("text", "scenario", "stage"),
    [
        ("他说5号打给我", "shop-return", "arriving"),
        ("他说明天打给我 现在没打", "shop-return", "arriving"),
        ("钱打过来没有", "shop-return", "arriving"),
        ("打过来没", "shop-return", "arriving"),
        ("没人给我打过电话", "refund-only", "to-apply"),
        ("一条短信都没有 直接显示签收", "refund-only", "refused"),
    ],
)
def test_a_coming_day_a_question_and_a_silent_courier_report_nothing(text: str, scenario: str, stage: str) -> None:
    assert not isinstance(first(text, scenario, stage), intents.Reported)


def test_words_that_only_sound_like_paying_are_no_danger() -> None:
    assert not isinstance(first("回了 说要扣教材费6900 退两万", "paid-content", "asked"), intents.Danger)
    assert isinstance(first("让我先转500保证金再退", "shop-return", "waiting"), intents.Danger)
