"""正问着的先算：问着“是不是”说起另一件，不是“是”，那件记着；正问答着改的是正问着的那件。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.two_cases import OWN, TIPS, TOP_UP, answered, steps

ASKED = (*TOP_UP[:3], "昨儿弄了", "昨儿弄了")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("还有个事 我弟9岁 上个月拿我手机也充了300 打赏给主播了", "直播打赏"),
        ("还有个事 我弟上个月打赏主播300", "直播打赏"),
        ("再一个事 孩子打赏了500", "直播打赏"),
        ("对了 我还买了双鞋想退", "退货退款"),
        ("另外我报的网课也想退 老师跑路了", "课程"),
        ("还有一个 我妈直播间买的锅坏了想退货", "退货退款"),
    ],
)
async def test_another_matter_is_no_yes_and_is_kept(bench: Bench, line: str, title: str) -> None:
    assert "是说「已找客服提交」吗" in await answered_last(bench)

    said = await answered(bench, line)

    assert title in said
    assert "已找客服提交" in said
    assert await steps(bench) == []
    said = await answered(bench, "是")
    assert await steps(bench) == [(OWN, "applied")]
    assert f"{title}" in said
    assert "回「换」" in said
    await bench.private("换")
    (row,) = await bench.rows("SELECT status FROM refund_interviews WHERE status = 'active'")
    assert row["status"] == "active"


async def answered_last(bench: Bench) -> str:
    return "\n".join(await bench.private(*ASKED))


async def test_the_other_matter_may_be_told_first(bench: Bench) -> None:
    await bench.private(*ASKED, "还有个事 我弟上个月打赏主播300")

    said = await answered(bench, "换")

    assert "谁刷的" in said
    assert "打赏总额 300 元" in said, "那句话里说了的带着"


async def test_a_yes_before_another_matter_is_a_yes(bench: Bench) -> None:
    await bench.private(*ASKED)

    said = await answered(bench, "是 还有个事 我弟打赏了主播300")

    assert await steps(bench) == [(OWN, "applied")]
    assert "直播打赏" in said


@pytest.mark.parametrize("line", ["是", "对的 提交了", "嗯嗯"])
async def test_a_plain_yes_is_still_a_yes(bench: Bench, line: str) -> None:
    await bench.private(*ASKED, line)

    assert await steps(bench) == [(OWN, "applied")]


@pytest.mark.parametrize(
    "line",
    [
        "不对啊 我弟才9岁 是小孩不是大人",
        "不对 他是小孩 不是大人",
        "搞错了 是孩子自己刷的",
        "不对 是娃刷的",
    ],
)
async def test_a_correction_is_of_what_is_being_asked(bench: Bench, line: str) -> None:
    await bench.private(*TOP_UP, *TIPS[:2], "配偶或别的成年家人刷的", "不清楚")
    before = await steps(bench)

    said = await answered(bench, line)

    assert "谁打赏的 由「配偶或别的成年家人刷的」改成「孩子刷的" in said
    assert await steps(bench) == before


@pytest.mark.parametrize("line", ["错了 我弟是未成年", "搞错了吧 我弟还上小学呢", "说错了 是我弟 他还没成年"])
async def test_a_correction_that_fits_no_answer_changes_no_other_case(bench: Bench, line: str) -> None:
    await bench.private(*TOP_UP, *TIPS[:2], "配偶或别的成年家人刷的", "不清楚")
    before = await bench.rows("SELECT answers, stage_id FROM refund_cases")

    said = await answered(bench, line)

    assert await bench.rows("SELECT answers, stage_id FROM refund_cases") == before
    assert "充值的问题" not in said
