"""没走快手订单、私下转钱买的：没有售后单，哪一步都不叫人去点平台介入，也没有平台的日子。"""

import re

from nonebot_plugin_refund.rulebook.derived.stage_graph import reached_by_tracks
from nonebot_plugin_refund.rulebook.derived.stage_view import StageView, stage_on
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario, TimerKind

PRIVATE = "private"
PLATFORM = re.compile(r"平台介入|售后(?:详情|页|单)|平台客服|申请售后")
LAWS_OWN = {"private-exchange", "private-complained", "private-mediating"}
"""换货拖过十五天、受理七个工作日、调解六十日：法律写的，和平台没有关系。"""
NO_PLATFORM = "没有售后单|售后和平台介入用不上"


def shop() -> Scenario:
    return next(scenario for scenario in load_rulebook().scenarios if scenario.id == "shop-return")


def own_stages() -> list[StageView]:
    """这条路上自己的阶段；起诉以后和别的一样，不在内。"""
    reached = reached_by_tracks(shop())[PRIVATE]
    return [
        stage
        for stage in (stage_on(shop(), stage_id, PRIVATE) for stage_id in reached)
        if stage.id == "ask-seller" or stage.id.startswith("private-")
    ]


def test_a_private_deal_walks_a_road_of_its_own() -> None:
    rule = next(rule for rule in shop().rules if rule.id == "off-platform")

    assert rule.track == PRIVATE
    assert {"ask-seller", "private-complain", "private-complained", "in-court", "refunded"} <= set(
        reached_by_tracks(shop())[PRIVATE]
    )


def test_no_step_of_it_leads_to_the_platform() -> None:
    reached = set(reached_by_tracks(shop())[PRIVATE])

    assert not reached & {
        "refused",
        "waiting",
        "raise",
        "platform",
        "money-check",
        "checking",
        "returning",
        "offer",
        "arriving",
    }
    assert not any(event.event.id == "platform-asked" for stage in own_stages() for event in stage.events)


def test_no_word_of_it_points_to_a_button_that_is_not_there() -> None:
    for stage in own_stages():
        said = [stage.happening, stage.todo, *(timer.after or "" for timer in stage.timers)]
        pointing = [text for text in said if PLATFORM.search(re.sub(NO_PLATFORM, "", text))]
        assert not pointing, (stage.id, pointing)


def test_it_keeps_no_date_of_the_platform() -> None:
    """平台的处理时间（48 小时、驳回后几天）在这里不算数；只有自己说过的日子和问候。"""
    for stage in own_stages():
        dated = [
            timer.id
            for timer in stage.timers
            if timer.kind in (TimerKind.DEADLINE, TimerKind.EXPECTATION) and timer.lengths
        ]
        assert not dated or stage.id in LAWS_OWN, (stage.id, dated)
