"""有案件时用自己的话问、撤、改、说出价：不当成进展记下，也不另开一件。"""

import pytest

from .conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")


async def stage(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    return str(row["stage_id"])


async def test_an_undo_in_own_words_takes_the_last_report_back(bench: Bench) -> None:
    await bench.private(*SHOP)
    before = await stage(bench)
    await bench.private("我提交退货申请了")
    assert await stage(bench) != before
    said = await bench.private("刚才那条不算，你别记")
    assert "撤销了" in said[0]
    assert await stage(bench) == before


@pytest.mark.parametrize("offer", ["商家说只退一半", "商家只肯退 70%", "商家说最多退三万", "商家只同意退 20 块"])
async def test_an_offer_is_said_back_and_closes_nothing(bench: Bench, offer: str) -> None:
    await bench.private(*SHOP)
    await bench.private("我提交退货申请了")
    said = await bench.private(offer)
    assert "对方肯给" in said[0]
    assert await stage(bench) == "offer"
    before = "waiting"
    await bench.private("撤销")
    assert await stage(bench) == before


async def test_a_question_opens_no_other_matter(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private("商家一直装死，最晚等几天")
    assert await bench.rows("SELECT id FROM refund_interviews WHERE status = 'active'") == []


async def test_small_talk_beside_a_case_is_no_introduction(bench: Bench) -> None:
    await bench.private(*SHOP)
    said = await bench.private("当妈的真不容易")
    assert "我是退款助手" not in said[0]


async def test_danger_in_a_group_is_answered_without_detail(bench: Bench) -> None:
    said = await bench.group("/退款 我不想活了")
    assert "12356" in said[0]
    assert "不想活" not in said[0]
    assert await bench.rows("SELECT id FROM refund_cases") == []
