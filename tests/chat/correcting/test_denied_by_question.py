"""反问着说没做过、说那件事还没办：问要不要撤记着的那件；记着的事另有下文的不问。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, said, steps

DISPUTED = "已申请平台介入"
COMPLAINED = (*RETURN_DISPUTED, "平台没支持我", "昨天去12315投诉了")


@pytest.mark.parametrize(
    "line",
    [
        "谁点介入了",
        "介入的事我没弄",
        "哪个申请介入了 瞎写",
        "介入还没点呢",
        "我啥时候申请过介入",
        "介入是我哥瞎说的 没点",
    ],
)
async def test_a_step_denied_is_asked_about(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED)
    before = await steps(bench)

    assert f"要把刚才的「{DISPUTED}」撤掉吗" in await said(bench, line)
    assert await steps(bench) == before


@pytest.mark.parametrize("line", ["谁去派出所了", "投诉的事还没弄", "我什么时候投诉过"])
async def test_a_complaint_denied_in_other_words_is_asked_about(bench: Bench, line: str) -> None:
    await bench.private(*COMPLAINED)

    assert "撤掉吗" in await said(bench, line)


@pytest.mark.parametrize("line", ["投诉还没受理", "投诉没人理我", "12315还没回话"])
async def test_a_complaint_that_waits_is_not_denied(bench: Bench, line: str) -> None:
    await bench.private(*COMPLAINED)

    assert "撤掉吗" not in await said(bench, line)


@pytest.mark.parametrize("line", ["同意的日子给我改成20号", "平台判的时间改一下 是20号", "投诉那天改成21号"])
async def test_the_day_of_a_step_never_recorded_is_not_put_on_another(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED)
    before = await bench.rows("SELECT event_id, detail FROM refund_case_events WHERE undone_at IS NULL")

    assert "没有记过这一件" in await said(bench, line)
    assert await bench.rows("SELECT event_id, detail FROM refund_case_events WHERE undone_at IS NULL") == before


@pytest.mark.parametrize("line", ["撤销 到账329不对", "撤销到账那条"])
async def test_an_arrival_never_recorded_undoes_nothing(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED)
    before = await steps(bench)

    assert "没有记过这一件" in await said(bench, line)
    assert await steps(bench) == before


@pytest.mark.parametrize("line", ["我查了账单 21号到账的", "翻了下微信 前天退的", "查了账 21号退回来的"])
async def test_the_day_the_money_came_is_put_right_after_the_end(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED, "钱全到了", "是")

    answered = await said(bench, line)

    assert "改好了：退款到账了（前天）" in answered
    assert "照旧算了结" in answered


@pytest.mark.parametrize("line", ["我充的快币21号到账的", "20号收到的快递是别的"])
async def test_another_things_day_is_not_the_day_of_the_end(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED, "钱全到了", "是")

    assert "改好了" not in await said(bench, line)


async def test_the_day_of_an_answer_is_still_put_right(bench: Bench) -> None:
    await bench.private(*RETURN_DISPUTED)

    answered = await said(bench, "签收日期改成20号")

    assert "签收日期" in answered
    assert "11月20日" in answered
