"""没有学过的事照几列词听，和学过的一起比；岔出去的一步不从它绕过去。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.dialogue.reading.intents import Reported
from nonebot_plugin_refund.domain.case.case_routes import RouteKind, likely_events, route_to
from nonebot_plugin_refund.domain.case.cases import CasePosition
from nonebot_plugin_refund.domain.case.heard.news import hear_news
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.moods import mood_reader
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)


def scenario_of(scenario: str) -> Scenario:
    """随包手册里的一个场景。"""
    return next(one for one in load_rulebook().scenarios if one.id == scenario)


def heard(stage: str, said: str, scenario: str = "shop-return") -> tuple[str, float]:
    """站在 ``stage``，听着最像的一件和把握；不像在报告的是它的语气。"""
    book = scenario_of(scenario)
    position = CasePosition("claim", stage, NOW)
    news = hear_news(said, mood_reader().clauses(said), likely_events(book, position))
    if news.mood is not None or not news.events:
        return str(news.mood), 0.0
    return news.events[0].event.id, news.events[0].score


def test_the_words_of_an_event_that_was_not_learnt_come_before_what_was_learnt() -> None:
    assert heard("waiting", "他们同意换货了") == ("exchange-promised", 1.0)


@pytest.mark.parametrize(
    ("said", "event"),
    [("商家同意退货了", "merchant-agreed"), ("申请平台介入了", "platform-asked"), ("快递寄出去了", "sent-back")],
)
def test_learnt_events_are_still_heard_beside_those_that_were_not(said: str, event: str) -> None:
    assert heard("waiting", said)[0] == event


def test_where_it_cannot_be_reported_the_words_are_not_taken_for_sure() -> None:
    reader = StatedReader.of(load_rulebook())
    waiting = Stated(NOW, scenario="shop-return", stage="waiting", case=True)

    _, reading = reader.read("新换的仍旧有毛病", waiting)

    assert isinstance(reading.first, Reported)
    assert (reading.first.event, reading.first.sure) == ("faulty-again", False)


def test_a_plain_yes_of_the_shop_is_no_promise_to_exchange() -> None:
    """写了 ``heard_only_with`` 的，没有那几个字就不列出来。"""
    book = scenario_of("shop-return")
    events = likely_events(book, CasePosition("claim", "waiting", NOW))
    said = "商家那边说可以的"

    heard_events = hear_news(said, mood_reader().clauses(said), events).events

    assert heard_events
    assert "exchange-promised" not in {one.event.id for one in heard_events}


def test_mentioned_only_it_is_faint() -> None:
    assert heard("exchange", "换的那个到家了打开看了下")[1] < 0.74


def test_a_detour_is_never_taken_for_granted() -> None:
    book = scenario_of("shop-return")
    route = route_to(book, CasePosition("claim", "waiting", NOW), "merchant-signed")
    assert route is not None
    assert (route.kind, route.stage_id, route.implied) == (
        RouteKind.FORWARD,
        "returning",
        ("merchant-agreed", "sent-back"),
    )
    replaced = route_to(book, CasePosition("claim", "waiting", NOW), "replaced")
    assert replaced is not None
    assert replaced.kind is RouteKind.ELSEWHERE


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("新鞋今天发出来了 顺丰", "replacement-sent"),
        ("补发的物流更新了 在武汉中转", "replacement-sent"),
        ("今天取的快递 又是开胶的 服了", "faulty-again"),
        ("换是换了 尺码给我发错了", "faulty-again"),
        ("锅来了 气死 插头是歪的 插不进去", "faulty-again"),
        ("算了 我不要鞋了 把钱退我就行", "rather-refund"),
    ],
)
def test_while_waiting_for_a_replacement_its_goods_need_not_be_named(said: str, event: str) -> None:
    assert heard("exchange", said) == (event, 1.0)


@pytest.mark.parametrize(
    ("stage", "said", "event"),
    [
        ("platform", "平台喊商家举证 我这边没事", "platform-against"),
        ("in-court", "昨天开完了 等判决", "won"),
        ("in-court", "昨天开完了 等判决", "sued"),
        ("waiting", "商家说要我补20差价才换", "asked-more"),
    ],
)
def test_what_only_sounds_like_a_step_is_none(stage: str, said: str, event: str) -> None:
    assert heard(stage, said)[0] != event


@pytest.mark.parametrize("event", ["complained", "sued"])
def test_a_complaint_or_a_suit_is_ahead_of_every_early_step(event: str) -> None:
    route = route_to(scenario_of("shop-return"), CasePosition("claim", "send-back", NOW), event)
    assert route is not None
    assert route.kind is RouteKind.FORWARD
