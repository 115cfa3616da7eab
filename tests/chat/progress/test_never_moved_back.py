"""早先的一步后来才说，补记上，不往回走；没答应对方的数，回到出价之前等着的那一步；另一步的日子不算在这一件上。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_APPLIED, RETURN_REFUSED, said, steps_with_days

SIGNED = ("退货寄回去了 商家说没收到 不给退款怎么办", "签收了啊 物流写的11月19号已签收 商家非说没收到")
COURSE = (
    "我在快手上报了个教带货的课 交了6980 学了一半不想学了 老师啥也不教",
    "系列直播课、训练营、分期上的课",
    "不清楚",
    "只退一点，或要扣违约金",
)


async def stage(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    return str(row["stage_id"])


async def test_a_step_told_during_the_questions_does_not_move_the_verdict_back(bench: Bench) -> None:
    await bench.private(*SIGNED, "顺丰寄的 17号寄出")

    assert "补记在走过的路里" in await said(bench, "19号")
    assert await stage(bench) == "in-progress"
    assert ("sent-back", "2026-11-17") in await steps_with_days(bench)


@pytest.mark.parametrize("told", ["对了 17号寄出的", "忘说了 货是16号寄的", "我早寄了 17号就发的快递"])
async def test_an_earlier_step_told_later_is_only_added(bench: Bench, told: str) -> None:
    await bench.private(*SIGNED, "19号")

    assert "补记在走过的路里" in await said(bench, told)
    assert await stage(bench) == "in-progress"


@pytest.mark.parametrize(("told", "moved"), [("商家说不退了 昨天说的", "refused"), ("商家今天收到货了", "checking")])
async def test_what_came_after_moves_the_case_on(bench: Bench, told: str, moved: str) -> None:
    await bench.private(*SIGNED, "19号", told)

    assert await stage(bench) == moved


@pytest.mark.parametrize("told", ["我没答应", "这点钱打发谁呢 不要他的", "不接受"])
async def test_refusing_an_offer_goes_back_to_waiting_with_its_days(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_APPLIED)
    (before,) = await bench.rows("SELECT stage_id, stage_entered_at FROM refund_cases")
    await bench.private("商家说先退我100", told)

    assert await bench.rows("SELECT stage_id, stage_entered_at FROM refund_cases") == [before]


async def test_refusing_an_offer_made_after_a_refusal_stays_refused(bench: Bench) -> None:
    await bench.private(*RETURN_REFUSED, "商家说退我100", "不接受")

    assert await stage(bench) == "refused"


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("是 12315受理了 是21号投的", [("complained", "2026-11-21"), ("accepted", "2026-11-23")]),
        ("对 20号投诉的", [("complained", "2026-11-20"), ("accepted", "2026-11-23")]),
        ("是的 昨天受理的", [("accepted", "2026-11-22")]),
    ],
)
async def test_the_day_in_a_yes_goes_to_the_step_it_names(bench: Bench, told: str, days: list[tuple[str, str]]) -> None:
    await bench.private(*COURSE, "市监局打电话说受理了 让双方调解", told)

    assert await steps_with_days(bench) == days
