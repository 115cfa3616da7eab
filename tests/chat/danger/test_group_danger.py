"""群里听出危险：只有一句暖的话和号码，叫没叫我们都一样；一个字不提是什么事，也不接着说退款。"""

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.rulebook.wording_models.danger_models import load_dangers
from tests.chat.conversation_harness import OTHER, Bench

DANGERS = (
    ("self-harm", "孩子打赏的钱退不回来 我不想活了", "12356"),
    ("violence", "打赏的事让他知道了 他要打死我", "110"),
    ("fraud", "退款客服让我转账两千解冻 我转了", "110"),
    ("illness", "小店买的奶 喝完上吐下泻送急诊了 能退款吗", "120"),
)
_NOT_SAID = ("退款", "打赏", "孩子", "解冻", "转账", "菜单", "私聊")


@pytest.mark.parametrize(("kind", "text", "number"), DANGERS, ids=lambda value: value)
@pytest.mark.parametrize("mentioned", [True, False], ids=["叫了我们", "没叫"])
async def test_one_warm_line_and_a_number(bench: Bench, kind: str, text: str, number: str, mentioned: bool) -> None:
    said = await bench.group(text, mentioned=mentioned)

    assert said == [wording.IN_DANGER_IN_GROUP[kind]]
    assert number in said[0]
    assert not any(word in said[0] for word in _NOT_SAID)
    assert len(said[0]) <= 40


async def test_the_cool_down_does_not_keep_it_back(bench: Bench) -> None:
    await bench.group("孩子偷偷给主播打赏了三千，能退款吗")

    assert await bench.group(DANGERS[0][1]) == [wording.IN_DANGER_IN_GROUP["self-harm"]]
    assert await bench.group(DANGERS[1][1], user=OTHER) == [wording.IN_DANGER_IN_GROUP["violence"]]


async def test_a_command_with_danger_in_it_is_danger_first(bench: Bench) -> None:
    assert await bench.group("/退款 钱要不回来我就跳楼") == [wording.IN_DANGER_IN_GROUP["self-harm"]]


async def test_a_silent_group_stays_silent(bench: Bench) -> None:
    """管理员关了主动接话的群，没叫我们就不出声。"""
    await bench.group("/退款 设置 关键词 关", is_group_admin=True)

    assert await bench.group(DANGERS[0][1]) == []


def test_every_danger_has_its_line() -> None:
    assert {danger.id for danger in load_dangers().dangers} == set(wording.IN_DANGER_IN_GROUP)
