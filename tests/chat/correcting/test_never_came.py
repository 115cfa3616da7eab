"""记着的到账没有这回事：怎么说都改得过来；说的是剩下的没到，到了的照旧。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said

CAME = (*TIPS_SUBMITTED, "到账 3280", "不是")


@pytest.mark.parametrize(
    "told",
    [
        "钱一分没退 你咋写到账3280 那是被刷走的",
        "不是 一分没到",
        "那3280是孩子刷的 不是退的",
        "没到过账啊 3280哪来的",
        "撤销 到账三千二那个不对 没到账过",
        "这3280根本没打过来 你瞎记的",
    ],
)
async def test_a_sum_that_never_came_is_taken_out(bench: Bench, told: str) -> None:
    await bench.private(*CAME)

    assert "到账 3,280 元不算" in await said(bench, told)
    assert "到账 3,280" not in await said(bench, "进度")


@pytest.mark.parametrize("told", ["剩下的一分没给", "还剩的5956一直没给我", "后面的还没到账呢"])
async def test_a_rest_that_did_not_come_leaves_what_came(bench: Bench, told: str) -> None:
    await bench.private(*CAME, told)

    assert "到账 3,280 元" in await said(bench, "进度")


async def test_what_was_told_later_stays_and_undo_brings_the_sum_back(bench: Bench) -> None:
    await bench.private(*CAME, "平台让我补材料", "3280没到账过 你记错了")

    assert "让我补材料" in await said(bench, "进度")
    assert "撤销了：去掉到账 3,280 元" in await said(bench, "撤销")
    assert "到账 3,280 元" in await said(bench, "进度")


async def test_no_to_the_end_says_which_sum_is_kept(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 9236")

    assert "没到过就说「没到过账」" in await said(bench, "不是")
