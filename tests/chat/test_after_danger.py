"""危险之后：那句里说了的事接着办，同一段话不念两遍。"""

import pytest

from nonebot_plugin_refund.rulebook.danger_models import load_dangers
from tests.chat.conversation_harness import Bench

AFRAID = "我12岁 偷偷拿妈妈手机给主播刷了三千多 我怕我爸知道了打死我"
POISONED = "我妈喝了直播间买的饮料 现在上吐下泻 人在急诊"
CHEATED = "快帮帮我 孩子看到返利的 把我卡号密码念给人家了 现在卡里的钱一笔一笔往外走"


def words(kind: str) -> tuple[str, str, str]:
    """一种危险先说的、又说的、之后陪的一句。"""
    found = next(item for item in load_dangers().dangers if item.id == kind)
    return found.answer, found.again, found.after


async def test_what_was_told_in_the_dangerous_message_need_not_be_told_again(bench: Bench) -> None:
    (first,) = await bench.private(AFRAID)
    (second,) = await bench.private("没打我 就是怕")

    assert first.startswith(words("violence")[0])
    assert "我自己刷的，我没满 18 岁" in second
    assert "谁打赏的，或者" not in second, "说过的又问了一遍"


async def test_the_same_danger_again_is_answered_with_other_words(bench: Bench) -> None:
    (first,) = await bench.private(POISONED)
    (second,) = await bench.private("还在上吐下泻 医生说是中毒 在洗胃")

    answer, again, _ = words("illness")
    assert first.startswith(answer)
    assert second == again


async def test_where_nothing_was_told_the_person_is_not_sent_to_a_menu(bench: Bench) -> None:
    (first,) = await bench.private(CHEATED)
    (second,) = await bench.private("打了110了 银行也冻结了")

    answer, _, after = words("fraud")
    assert first.startswith(answer)
    assert second == after


@pytest.mark.parametrize("said", ["退款", "我的", "帮助"])
async def test_a_command_after_a_danger_is_a_command(bench: Bench, said: str) -> None:
    await bench.private(AFRAID)
    (answered, *_) = await bench.private(said)

    assert "刷的" not in answered.splitlines()[0]


async def test_who_wants_to_die_is_not_asked_about_money(bench: Bench) -> None:
    await bench.private("钱都打赏光了 我真的不想活了")
    (second,) = await bench.private("没人陪我 就我一个人在屋里")

    assert second in words("self-harm")
    assert "元" not in second


async def test_the_words_of_the_dangerous_message_are_not_kept(bench: Bench) -> None:
    await bench.private(AFRAID)

    kept = await bench.rows("SELECT payload FROM refund_notes")
    assert kept
    assert "打死" not in str(kept)
    assert "偷偷" not in str(kept)
