"""到过一部分，说一个数还要：连到过的记成要的一共，同一句的进展照记；问几样加起来多少，当场加好，什么也不记。"""

import json
from decimal import Decimal

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, said, steps

PART_CAME = (*RETURN_DISPUTED, "到账329 还差的没给")


async def claimed(bench: Bench) -> Decimal | None:
    (row,) = await bench.rows("SELECT amounts FROM refund_cases")
    written = json.loads(row["amounts"]).get("claimed")
    return None if written is None else Decimal(written)


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("那三倍987还要", 1316),
        ("三倍赔偿987我还是要的", 1316),
        ("还要他赔我三倍 987", 1316),
        ("运费18还要", 347),
        ("鉴定费29也得给我", 358),
    ],
)
async def test_a_sum_still_wanted_adds_to_what_came(bench: Bench, line: str, total: int) -> None:
    await bench.private(*PART_CAME)
    before = await steps(bench)

    assert "好，还要" in await said(bench, line)
    assert await claimed(bench) == total
    assert await steps(bench) == before


async def test_news_beside_a_sum_still_wanted_is_recorded_too(bench: Bench) -> None:
    await bench.private(*PART_CAME)

    answered = await said(bench, "那三倍987还要 去12315了 昨天提交的")

    assert "已在 12315 提交" in answered
    assert await claimed(bench) == 1316
    assert (await steps(bench))[-1] == "complained"


@pytest.mark.parametrize("line", ["三倍987能要吗", "商家说三倍987不给", "要是三倍987还要得到呢", "老师还要987"])
async def test_asked_told_by_the_other_side_or_supposed_is_not_wanted(bench: Bench, line: str) -> None:
    await bench.private(*PART_CAME)

    assert "好，还要" not in await said(bench, line)
    assert await claimed(bench) != 1316


async def test_before_anything_came_the_whole_is_asked_for(bench: Bench) -> None:
    await bench.private(*RETURN_DISPUTED)

    assert "要的一共多少说一声" in await said(bench, "那三倍987还要")


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("支付宝1200 微信800 信用卡300 一共多少", "2,300 元"),
        ("微信两千 银行卡三千五 总共多少", "5,500 元"),
        ("运费18加鉴定费29加329一共是多少", "376 元"),
    ],
)
async def test_sums_told_by_channel_are_added_up(bench: Bench, line: str, total: str) -> None:
    await bench.private(*RETURN_DISPUTED)
    before = await claimed(bench)

    assert f"加起来 {total}" in await said(bench, line)
    assert await claimed(bench) == before


@pytest.mark.parametrize("line", ["商家说要我先把分期还清才给退", "店家说贷款结清了才能退", "让我开通花呗再给退"])
async def test_a_loan_set_as_a_condition_is_answered(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED)

    assert "请退回贷款方" in await said(bench, line)
