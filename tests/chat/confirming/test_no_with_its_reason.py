"""问过“是说 X 吗”，答“不是 是 Y”：照 Y 听；光说不是、说还没有的照旧不动。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, RETURN_SENT, TIPS_SUBMITTED, said, steps

_ASKED_WHETHER_REFUSED = (*TIPS_SUBMITTED, "昨天被拒了 我今天重新交了一遍")


async def test_what_it_was_instead_is_recorded(bench: Bench) -> None:
    await bench.private(*_ASKED_WHETHER_REFUSED)

    answered = await said(bench, "不是 是让我补孩子的出生证")

    assert "好，记下：让我补材料" in answered
    assert await steps(bench) == ["applied", "asked-more"]


async def test_a_sum_that_was_the_price_is_taken_as_the_price(bench: Bench) -> None:
    await bench.private(
        "我东西一直没到 商家说邻居签收了 我问了邻居根本没有 咋办",
        "申请了 昨天申请的 他还没吱声 物流一个礼拜没动了 前天突然变成已签收",
        "一百二 他退我",
    )

    answered = await said(bench, "不是 那是我买东西花的钱 320")

    assert "退货款：320 元" in answered
    assert await steps(bench) == []


@pytest.mark.parametrize("line", ["不是", "不是 还没去", "不是 我要继续"])
async def test_a_mere_no_leaves_all_as_it_was(bench: Bench, line: str) -> None:
    await bench.private(*_ASKED_WHETHER_REFUSED)

    assert "没有动" in await said(bench, line) or "还没有" in await said(bench, line)
    assert await steps(bench) == ["applied"]


async def test_what_is_said_instead_closes_nothing_unasked(bench: Bench) -> None:
    await bench.private(*RETURN_SENT, "算了不争了")

    await said(bench, "不是 是钱已经退给我了")

    rows = await bench.rows("SELECT closed_at FROM refund_cases")
    assert [row["closed_at"] for row in rows] == [None]


async def test_news_of_a_case_told_in_the_interview_of_a_help_topic_reaches_the_case(bench: Bench) -> None:
    await bench.private(*RETURN_DISPUTED, "平台判了 支持商家", "申诉")

    answered = await said(bench, "今天在12315小程序投诉了 被投诉的填商家还是快手")

    assert "好，记下：已在 12315 提交（今天）" in answered
    assert (await steps(bench))[-1] == "complained"
    assert "刚才的问题还开着" in answered


async def test_news_with_another_matter_beside_it_is_kept(bench: Bench) -> None:
    await bench.private("孩子拿我手机打赏了主播")

    answered = await said(bench, "今天交上去了 另外我买的锅也坏了")

    assert "先记着：已在 App 里提交" in answered
    assert "要换过去就回「换」" in answered
