"""“味不对”“码不对”说的是货，不是在改答过的题；真说不对的照改。"""

from datetime import datetime

import pytest
from tools.training.corpus import rulebook

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.changing.putting_right import put_right
from tests.chat.conversation_harness import Bench

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
KNOWN = {"progress": Answer("refused"), "proof": Answer("clear"), "reason": Answer("food")}
SHOP = next(scenario for scenario in rulebook().scenarios if scenario.id == "shop-return")


@pytest.mark.parametrize(
    "line",
    [
        "打开就闻着味不对，我搁案板上了，全家谁都没敢吃",
        "看着颜色不对，就没动它，放冰箱了",
        "一拆开感觉不对，什么都没点就先放着",
        "发来的码不对，还没穿过",
        "型号不对 没拆里面那层",
        "重量不对，没敢收",
        "日期那个数量不对 我还没拆第二箱",
        "包装图样不对，一口没敢吃",
        "口感不对就都倒了 谁也没吃",
        "东西材质不对 我没穿出去",
        "大小不对 还没下过水",
        "声音听着感觉不对，没敢用",
    ],
)
def test_what_is_wrong_with_the_goods_changes_no_answer(line: str) -> None:
    assert put_right(SHOP, KNOWN, line, NOW).changes == {}


@pytest.mark.parametrize(
    "line", ["不对，我还没申请呢", "进度不对 我还没申请", "我说错了 还没申请", "刚才说的不对，是还没申请"]
)
def test_what_was_said_wrong_is_put_right(line: str) -> None:
    assert put_right(SHOP, KNOWN, line, NOW).changes["progress"] == Answer("not-applied")


async def test_a_smell_told_beside_the_question_leaves_the_refusal_as_it_is(bench: Bench) -> None:
    await bench.private("火腿肠里吃出塑料片，我当场吐了。照片视频都有。上周四商家拒绝，说是我自己放的")

    assert "改好了" not in "".join(await bench.private("打开就闻着味不对，我搁案板上了，全家谁都没敢吃"))
