"""不想办了、要删掉自己的数据：先听这个，不当作回答、不当作“是”。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_SENT, said, steps

ASKED_WHY = ("快手买的不粘锅 粘得要死 129 11月18到的 想退", "没点呢")
WILL_DELETE = "确定就回「确认删除」"


@pytest.mark.parametrize(
    "wish", ["那算了不退了 麻烦", "算了不退了", "我爸说算了别折腾了", "不想退了 懒得弄", "我老婆说算了吧 别弄了"]
)
async def test_a_wish_to_stop_is_no_reason(bench: Bench, wish: str) -> None:
    assert "主要是因为什么想退" in await said(bench, *ASKED_WHY)

    assert "先到这里" in await said(bench, wish)


@pytest.mark.parametrize("told", ["不想要了", "老板说不退", "商家说不退了 让我别折腾", "坏了"])
async def test_a_reason_and_the_words_of_the_shop_are_no_wish_to_stop(bench: Bench, told: str) -> None:
    await bench.private(*ASKED_WHY)

    assert "先到这里" not in await said(bench, told)


@pytest.mark.parametrize(
    "wish", ["把我的记录全删了", "你那存的我的资料都给我清了", "删掉我所有信息", "把我说过的话都删干净", "确认删除"]
)
async def test_a_wish_to_delete_comes_before_what_is_asked(bench: Bench, wish: str) -> None:
    assert "是说「退款到账了」吗" in await said(bench, *RETURN_SENT, "钱退回来了")

    assert WILL_DELETE in await said(bench, wish)
    assert (await steps(bench))[-1] == "sent-back"


@pytest.mark.parametrize("told", ["主播把聊天记录全删了", "他把我的评论删了", "我手机上的记录删了 还能退吗"])
async def test_what_others_deleted_is_no_wish(bench: Bench, told: str) -> None:
    assert WILL_DELETE not in await said(bench, *RETURN_SENT, told)


async def test_a_bare_yes_to_deleting_repeats_what_to_say(bench: Bench) -> None:
    assert WILL_DELETE in await said(bench, *RETURN_SENT, "删除我的数据")

    assert WILL_DELETE in await said(bench, "是")
    assert "都删掉了" in await said(bench, "确认删除")
