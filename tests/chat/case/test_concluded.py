"""给过结论、没有后续步骤的那件：再说起它，不当成另一件，也不摆菜单。"""

import pytest

from tests.chat.conversation_harness import Bench

APPLE = ("充值", "扣了两次", "苹果")


async def test_what_is_told_of_it_is_acknowledged(bench: Bench) -> None:
    await bench.private(*APPLE)

    said = "\n".join(await bench.private("苹果退了一个月 没退另外一个月"))

    assert "另有一件" in said
    assert "听着像" not in said
    assert "你遇到的是哪一种" not in said


@pytest.mark.parametrize("asked", ["苹果不同意退 那接下来咋办", "苹果那边要等多久啊"])
async def test_what_is_asked_of_it_is_answered(bench: Bench, asked: str) -> None:
    await bench.private(*APPLE)

    said = "\n".join(await bench.private(asked))

    assert "你遇到的是哪一种" not in said
    assert "听着像" not in said
    assert await bench.rows("SELECT id FROM refund_interviews WHERE status = 'active'") == []


async def test_another_matter_still_begins(bench: Bench) -> None:
    await bench.private(*APPLE)

    await bench.private("另外我孩子给主播刷了两万 能退吗")

    (row,) = await bench.rows("SELECT scenario_id FROM refund_interviews WHERE status = 'active'")
    assert row["scenario_id"] == "live-tip"
