"""没动静不是一步：还没到日子、已经记过的都不动日子；说了几点做的，照那个钟点数。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_APPLIED, RETURN_OPENED, RETURN_REFUSED, TIPS, said, steps_with_days


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ((*RETURN_OPENED, "申请交上去了"), "商家没理我"),
        ((*RETURN_OPENED, "申请交上去了"), "消息发过去石沉大海"),
        (RETURN_REFUSED, "依旧不回"),
        ((*TIPS, "平台同意退了"), "钱没到账"),
    ],
)
async def test_silence_moves_no_day(bench: Bench, before: tuple[str, ...], line: str) -> None:
    await bench.private(*before)
    known = await steps_with_days(bench)

    answered = await said(bench, line)

    assert "记下" not in answered
    assert await steps_with_days(bench) == known


@pytest.mark.parametrize("line", ["超过48小时了没处理", "商家把我拉黑了"])
async def test_silence_past_its_time_is_a_step(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_APPLIED, line)

    assert (await steps_with_days(bench))[-1][0] == "no-answer"


@pytest.mark.parametrize(
    "lines", [("申请交上去了", "早上八点弄的"), ("申请提交了 早上八点弄的",), ("申请交上去了", "早上八点就交了")]
)
async def test_the_hour_told_starts_the_clock(bench: Bench, lines: tuple[str, ...]) -> None:
    await bench.private(*RETURN_OPENED)

    answered = await said(bench, *lines)

    assert "8:00 还没动静" in answered.replace("08:00", "8:00")


async def test_a_yes_and_the_next_step_are_both_noted(bench: Bench) -> None:
    await bench.private(*TIPS)
    asked = await said(bench, "昨晚儿子帮我点的")
    assert "回「是」或「不是」" in asked

    await said(bench, "嗯嗯 客服拒了")

    assert [event for event, _ in await steps_with_days(bench)][-2:] == ["applied", "refused"]
