"""案件开着，说的不是进展：手里有的凭证、哪天扣的、只问怎么办；不去列进展，也不当作应了刚问的是不是。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, TIPS, TIPS_SUBMITTED, said, steps

RENEWAL = ("课程", "自动续费", "微信扣的", "没收到提醒")
"""会员自动续费，说到立案。"""


@pytest.mark.parametrize("line", ["有截图", "聊天记录都留着", "有录屏的", "我有合同", "发票还有", "手里有鉴定书"])
async def test_a_proof_in_hand_is_no_news(bench: Bench, line: str) -> None:
    await bench.private(*TIPS)

    answered = await said(bench, line)

    assert "留着" in answered
    assert "是哪一种" not in answered
    assert await steps(bench) == []


@pytest.mark.parametrize("line", ["有截图", "拍了照片", "聊天记录都留着"])
async def test_a_proof_in_hand_is_no_yes_to_what_was_asked(bench: Bench, line: str) -> None:
    await bench.private(*TIPS_SUBMITTED)
    asked = await said(bench, "钱全部到账了")
    assert "是说「" in asked

    await said(bench, line)

    assert await steps(bench) == ["applied"]


@pytest.mark.parametrize("line", ["嗯", "是啊", "对的没错", "就是", "那是", "到了到了"])
async def test_an_assent_is_still_a_yes(bench: Bench, line: str) -> None:
    await bench.private(*TIPS_SUBMITTED)
    await said(bench, "钱全部到账了")

    await said(bench, line)

    assert await steps(bench) == ["applied", "arrived"]


@pytest.mark.parametrize("line", ["11月18号扣的", "上周三扣的", "9月28买的"])
async def test_a_day_of_this_matter_is_no_other_matter(bench: Bench, line: str) -> None:
    await bench.private(*RENEWAL)

    answered = await said(bench, line)

    assert "另外一件事" not in answered
    assert await steps(bench) == []


@pytest.mark.parametrize(
    "line", ["那我还能咋办", "那我现在该咋整", "那怎么办呢", "我不知道咋办了", "接下来咋弄啊", "那下面咋办"]
)
async def test_what_to_do_next_is_answered_with_what_to_do(bench: Bench, line: str) -> None:
    await bench.private(*RETURN)

    answered = await said(bench, line)

    assert "你要做的" in answered
    assert "现成的答案" not in answered


async def test_what_they_promised_is_no_denial_of_what_was_just_asked(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)
    await said(bench, "钱全部到账了")

    answered = await said(bench, "他们说7天内给答复")

    assert "没有动" not in answered
