"""改日子改的是话里说的那件进展，往前几件也改得到；没说是哪件的是刚记下的；了结那天也改得了。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_APPLIED, RETURN_DISPUTED, said

SUPPLIED = (*RETURN_DISPUTED, "平台今天让我补凭证", "凭证补好了")
PART_CAME = (*RETURN_APPLIED, "我要259", "商家昨天同意直接退款", "到账209 昨天到的 还差50")
ALL_CAME = (*RETURN_APPLIED, "商家昨天同意直接退款", "钱昨天全到了", "是")


async def standing(bench: Bench) -> dict[str, str]:
    """算数的进展各是哪天。"""
    rows = await bench.rows(
        "SELECT event_id, json_extract(detail, '$.happened_at') AS day FROM refund_case_events"
        " WHERE undone_at IS NULL ORDER BY id"
    )
    return {row["event_id"]: row["day"][:10] for row in rows if row["day"]}


@pytest.mark.parametrize(
    ("told", "event", "day"),
    [
        ("搞错了 平台介入是前天点的 不是昨天", "platform-asked", "2026-11-21"),
        ("商家是大前天拒的 不是昨天", "merchant-refused", "2026-11-20"),
        ("平台介入那步日期不对 是19号", "platform-asked", "2026-11-19"),
        ("提交申请那天应该是17号 你记成前天了", "applied", "2026-11-17"),
        ("不对不对 补材料那个通知是昨天来的", "asked-more", "2026-11-22"),
        ("材料是昨晚传的 不是今天", "sent-more", "2026-11-22"),
    ],
)
async def test_the_step_that_is_named_gets_the_day(bench: Bench, told: str, event: str, day: str) -> None:
    await bench.private(*SUPPLIED)
    before = await standing(bench)
    await bench.private(told)

    assert await standing(bench) == {**before, event: day}


async def test_a_day_put_right_several_steps_back_leaves_the_clock_and_can_be_undone(bench: Bench) -> None:
    await bench.private(*SUPPLIED)
    before = await standing(bench)
    answer = await said(bench, "介入是18号点的 帮我改改")

    assert "改好了：已申请平台介入" in answer
    assert "11月30日" in answer
    await bench.private("撤销")
    assert await standing(bench) == before


@pytest.mark.parametrize(
    "told", ["商家昨天又拒了一次", "我朋友介入是前天点的", "平台介入是不是前天就能出结果", "鞋是17号到手的"]
)
async def test_what_is_of_something_else_changes_no_step(bench: Bench, told: str) -> None:
    await bench.private(*SUPPLIED)
    before = await standing(bench)
    await bench.private(told)

    assert await standing(bench) == before


@pytest.mark.parametrize("told", ["不对 是前天到的", "说错了 前天到账的", "搞错了 那钱是前天进来的"])
async def test_the_money_just_noted_is_meant_and_keeps_its_sum(bench: Bench, told: str) -> None:
    await bench.private(*PART_CAME)
    await bench.private(told)

    assert (await standing(bench))["arrived-part"] == "2026-11-21"
    assert "到账 209" in await said(bench, "进度")


@pytest.mark.parametrize("told", ["钱是前天到的 不是昨天", "到账那天记错了 应该是21号", "不对 是21号到的"])
async def test_the_day_of_the_ending_is_put_right_and_it_stays_ended(bench: Bench, told: str) -> None:
    await bench.private(*ALL_CAME)

    assert "照旧算了结了" in await said(bench, told)
    assert (await standing(bench))["arrived"] == "2026-11-21"


@pytest.mark.parametrize("told", ["耳机是20号到的 坏了想退货", "钱到了没有"])
async def test_a_new_matter_after_the_ending_changes_nothing(bench: Bench, told: str) -> None:
    await bench.private(*ALL_CAME)
    before = await standing(bench)
    await bench.private(told)

    assert await standing(bench) == before
