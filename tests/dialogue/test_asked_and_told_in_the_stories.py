"""三十个故事里问过、听偏过的：没底的几种问法、地址栏、请律师、没寄来的赠品，各答各的；说法像、说的是别的事的不混。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.cli.hearing.reading_json import reading_json
from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.dialogue.reading.intents import Reading
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def heard(text: str, scenario: str | None, stage: str | None) -> Reading:
    _, reading = StatedReader.of(load_rulebook()).read(
        text, Stated(NOW, scenario=scenario, stage=stage, case=stage is not None)
    )
    return reading


def topics_in(reading: Reading) -> set[str]:
    """答的、列出来的各种打听。"""
    asked = [intent for intent in reading.intents if isinstance(intent, intents.Asked)]
    return {one for intent in asked for one in (intent.topic, *intent.others) if one}


@pytest.mark.parametrize(
    ("text", "scenario", "stage", "topic"),
    [
        ("我姑说给主播的钱没有谁要得回来 真的吗", "live-tip", "submitted", "told-hopeless"),
        ("退我四成 法律允许吗", "shop-return", "refused", "half-lawful"),
        ("我再往上要一点行不", "shop-return", "offer", "ask-more"),
        ("我一闹会不会反而更少", "live-tip", "offer", "fear-less"),
        ("地址那格写平台公司的成不成", "shop-return", "after-complaint", "regulator-no-address"),
        ("律师太贵了 有不花钱的吗", "shop-return", "refused", "legal-aid"),
        ("打官司免不免费", "live-tip", "refused", "sue-cost"),
        ("你这机器人免费吗", "shop-return", "refused", "cost"),
        ("没花的币折成现钱行不行", "top-up", "prepare", "coins"),
        ("客服要我给交易单号 那个在哪看", "top-up", "submitted", "order-number"),
        ("平台裁一半退给我 这有没有法律撑腰", "shop-return", "platform", "half-lawful"),
        ("后头该怎么走啊", "live-tip", "refused", "next-step"),
        ("申请是我这个姐去 还是我妈去", "live-tip", "prepare", "for-relative"),
        ("又让我重新寄一遍 不寄行吗", "shop-return", "waiting", "return-rejected"),
        ("后天再去退来得及不", "paid-content", "prepare", "deadline-when"),
        ("页面写着包退货运费 算数吗", "shop-return", "waiting", "live-promise"),
    ],
)
def test_what_the_stories_ask_is_answered_as_what_it_is(text: str, scenario: str, stage: str, topic: str) -> None:
    assert topic in topics_in(heard(text, scenario, stage))


@pytest.mark.parametrize(
    ("text", "scenario", "stage"),
    [
        ("主播讲拍下送小风扇 盒子里没有", "shop-return", "raise"),
        ("答应送的锅没给 能要他补寄吗", "shop-return", "raise"),
        ("赠品一直没发", "refund-only", "waiting"),
        ("说好三件套送床单 床单没寄", "shop-return", "raise"),
        ("三送一的那包没装进来 咋办", "shop-return", "waiting"),
        ("直播间说送的毛巾没寄来", None, None),
    ],
)
def test_a_gift_that_did_not_come_is_no_progress_and_no_faulty_goods(
    text: str, scenario: str | None, stage: str | None
) -> None:
    reading = heard(text, scenario, stage)

    assert topics_in(reading) == {"gift-missing"}
    assert len(reading.intents) == 1


@pytest.mark.parametrize(
    ("text", "scenario", "stage"),
    [
        ("都第四天了 投诉哪个部门管用", "top-up", "submitted"),
        ("一个星期了 找谁告他", "top-up", "submitted"),
        ("我不敢跟我爸说 咋退", "live-tip", "tell"),
    ],
)
def test_how_long_it_has_been_and_what_one_dares_not_tell_is_no_progress(text: str, scenario: str, stage: str) -> None:
    assert [intent for intent in heard(text, scenario, stage).intents if isinstance(intent, intents.Reported)] == []


@pytest.mark.parametrize(
    ("text", "question", "never"),
    [
        ("皮鞋里头长霉了", "reason", "food"),
        ("镜头长霉", "reason", "food"),
        ("答应送的秤一直没寄", "progress", "agreed"),
    ],
)
def test_mould_on_goods_is_no_food_and_a_gift_not_sent_is_no_consent(text: str, question: str, never: str) -> None:
    context, reading = StatedReader.of(load_rulebook()).read(
        text, Stated(NOW, scenario="shop-return", question=question)
    )
    (first, *_) = reading_json(context, reading, {})["intents"]

    assert first["facts"].get(question) != never


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("快递说今天会送 到现在没来", "returning"),
        ("退货要不要把赠品寄回去", "send-back"),
        ("他说送过去了 没收到", "returning"),
        ("答应重新给我送一个 一直没给", "exchange"),
    ],
)
def test_a_parcel_on_its_way_and_a_gift_to_return_are_no_missing_gift(text: str, stage: str) -> None:
    assert "gift-missing" not in topics_in(heard(text, "shop-return", stage))
