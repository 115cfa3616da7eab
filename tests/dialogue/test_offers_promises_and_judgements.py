"""商家提的换还没应、说的那天没做、平台怎么判的、到了一个数：听成它本来的样子；像的、其实不是的不混。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.cli.hearing.reading_json import reading_json
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
        ("平台叫我再交一份打包的视频 限明天", "shop-return", "platform", "asked-more"),
        ("桌子钱退我了 1899 运费一分没给", "shop-return", "checking", "arrived-part"),
        ("钱退给我了 可邮费没补", "shop-return", "platform", "arrived-part"),
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
        ("一直没理我", "paid-content", "asked"),
        ("不同意 我要打官司", "shop-return", "after-complaint"),
        ("那就12315", "shop-return", "to-complain"),
        ("跟快手客服要了店家信息 还没回", "appeal", "preparing"),
        ("等了半拉月没发货 我不要了", "refund-only", "waiting"),
        ("差的不给了 说有磨损", "shop-return", "offer"),
        ("运费还要 不能算了", "shop-return", "checking"),
    ],
)
def test_a_coming_day_a_question_and_a_silent_courier_report_nothing(text: str, scenario: str, stage: str) -> None:
    assert not isinstance(first(text, scenario, stage), intents.Reported)


def test_words_that_only_sound_like_paying_are_no_danger() -> None:
    assert not isinstance(first("回了 说要扣教材费6900 退两万", "paid-content", "asked"), intents.Danger)
    assert isinstance(first("让我先转500保证金再退", "shop-return", "waiting"), intents.Danger)


@pytest.mark.parametrize(
    ("text", "question", "facts"),
    [
        ("大前天到的", "situation", {"situation": "received", "received_on": "2026-11-27"}),
        ("锅来了 铲子没有", "situation", {"situation": "received", "problem": "missing"}),
        ("前天驳的", "applied", {"applied": "refused"}),
    ],
)
def test_what_is_told_of_the_goods_says_that_they_came(text: str, question: str, facts: dict[str, str]) -> None:
    context, reading = StatedReader.of(load_rulebook()).read(
        text, Stated(NOW, scenario="refund-only", question=question)
    )

    assert reading_json(context, reading, {})["intents"][0]["facts"].items() >= facts.items()


@pytest.mark.parametrize(("text", "question"), [("前天答应的", "agreed_on"), ("周五松口的", "agreed_on")])
def test_the_day_they_gave_in_is_the_day_asked_for(text: str, question: str) -> None:
    context, reading = StatedReader.of(load_rulebook()).read(
        text, Stated(NOW, scenario="shop-return", question=question)
    )

    assert question in reading_json(context, reading, {})["intents"][0]["facts"]


@pytest.mark.parametrize(
    ("text", "scenario"),
    [("耳机一边没声", "shop-return"), ("音箱不出声了", "shop-return"), ("送两双只给了一双", "refund-only")],
)
def test_a_fault_or_a_short_delivery_alone_asks_whether_that_is_it(text: str, scenario: str) -> None:
    _, reading = StatedReader.of(load_rulebook()).read(text, Stated(NOW))

    assert isinstance(reading.first, intents.NewMatter)
    assert reading.first.scenario == scenario


@pytest.mark.parametrize("text", ["直播间没声音", "我腿断了", "网断了"])
def test_a_broken_leg_and_a_dead_line_are_no_faulty_goods(text: str) -> None:
    _, reading = StatedReader.of(load_rulebook()).read(text, Stated(NOW))

    assert not isinstance(reading.first, intents.NewMatter)
