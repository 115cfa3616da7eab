"""谁拒的、算哪一项：聊天里说不退不是驳回申请，系统没过极速退款不是商家拒绝；自己说明了算哪一项的照他说的。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said


@pytest.mark.parametrize(
    "told",
    [
        "还没申请 就微信…不对 就快手里问了一句 他说定做不退",
        "我没提交 就问了主播一嘴 他说不给退",
        "还没在平台上申请 店家微信里说不退不换",
        "没走申请 就在直播间问了下 主播讲不给退",
    ],
)
async def test_a_no_in_the_chat_before_applying_is_not_a_refusal(bench: Bench, told: str) -> None:
    await bench.private("退货")

    assert "进度：还没申请" in await said(bench, told)


@pytest.mark.parametrize(
    "told", ["一开始没申请 后来申请了 被他驳回", "昨天还没申请 今天点了 商家秒拒", "申请了 商家拒绝了"]
)
async def test_a_refusal_after_applying_is_one(bench: Bench, told: str) -> None:
    await bench.private("退货")

    assert "进度：商家拒绝了（驳回）" in await said(bench, told)


@pytest.mark.parametrize(
    "told",
    [
        "不是啊 我点了那个极速退款 系统直接给我拒了 说不符合条件",
        "平台自动审核没通过 说不符合条件",
        "提交了 商家还没看 系统先给我弹了个不通过",
    ],
)
async def test_the_system_turning_a_quick_refund_down_is_not_the_shop(bench: Bench, told: str) -> None:
    await bench.private("退货")

    assert "商家拒绝了" not in await said(bench, told)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("尺码标错了 跟我报的尺寸不一样 算描述不符", "和描述、直播说的不一样"),
        ("跟直播说的压根两样 算货不对板", "和描述、直播说的不一样"),
        ("不是不想要 主要是坏了", "坏了或有质量问题"),
        ("商家说不退 不是不想要 是坏了", "坏了或有质量问题"),
    ],
)
async def test_what_it_counts_as_is_taken_from_what_is_said_outright(bench: Bench, told: str, reason: str) -> None:
    await bench.private("退货", "还没申请")

    assert f"退货原因：{reason}" in await said(bench, told)


@pytest.mark.parametrize("told", ["不是假货 就是不喜欢", "太大了穿不下"])
async def test_what_is_said_plainly_stays_so(bench: Bench, told: str) -> None:
    await bench.private("退货", "还没申请")

    assert "退货原因：不想要、不合适、拍错了" in await said(bench, told)
