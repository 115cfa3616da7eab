"""撤销说了是哪件的，撤那件；没记过那件的先问，不去撤别的。自己没做过却记着的，先问要不要撤。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, said, steps

TIPPED = (
    "替我爷爷问的 他在快手被一个女主播忽悠打赏了好多钱",
    "爷爷78了 主播私聊说要来看他认他当干爹 让他刷火箭",
    "上周日我回家翻他手机才知道的",
)


@pytest.mark.parametrize(
    "told", ["撤销 到账那个不对 没到账过", "撤销 商家同意那条错了", "把到账那条撤了 一分没有", "撤销到账的 钱没来"]
)
async def test_what_was_never_noted_takes_nothing_else_out(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_DISPUTED)
    answer = await said(bench, told)

    assert "没有记过这一件" in answer
    assert "撤掉吗" in answer


@pytest.mark.parametrize("told", ["撤回 拒绝那个搞错了 商家没拒绝", "撤销拒绝那条"])
async def test_the_one_that_is_named_is_taken_out(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_DISPUTED)

    assert "撤销了：商家拒绝了" in await said(bench, told)


@pytest.mark.parametrize("told", ["撤销刚才那个", "撤销吧 点错了", "撤销 记错了"])
async def test_no_name_is_the_last_one(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_DISPUTED)

    assert "撤销了：已申请平台介入" in await said(bench, told)


@pytest.mark.parametrize(
    "told", ["没有报警啊 谁说报警了 他不肯去", "没去报警 你怎么写报警了", "谁报警了 根本没去", "没报警呢 我爷不肯去"]
)
async def test_a_step_of_ones_own_that_is_denied_is_asked_about(bench: Bench, told: str) -> None:
    await bench.private(*TIPPED, "我们报警了", "是")

    assert "撤掉吗" in await said(bench, told)
    assert "撤销了" in await said(bench, "撤掉")


@pytest.mark.parametrize("told", ["爷爷自己不肯去派出所 嫌丢人", "不想去派出所 怕丢人"])
async def test_not_wanting_to_go_is_no_step(bench: Bench, told: str) -> None:
    await bench.private(*TIPPED)
    await bench.private(told)
    await bench.private("主播说过要坐火车来看他 转了2000路费 微信直接转的")

    assert await steps(bench) == []


@pytest.mark.parametrize("told", ["商家不肯退 我昨天就去报警了"])
async def test_another_unwilling_one_leaves_the_step_told(bench: Bench, told: str) -> None:
    await bench.private(*TIPPED)

    assert "不肯去做" not in await said(bench, told)
