"""问要不要改，先应了再说为什么，就是改；先说不改的照旧。指名一题说改的，改那一题。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

TIPPED = (
    "我老公在快手给女主播打赏 我今天才发现 这钱能要回来吗",
    "是他自己愿意刷的",
    "没打算离 就想把钱要回来",
    "昨晚他给我跪了说他跟那女的见过两次 开过房",
)


@pytest.mark.parametrize(
    "told", ["对 改 他们有私下来往", "改吧 确实私下见过", "嗯改 他们加了微信还见面", "对 就是私下有来往"]
)
async def test_yes_with_its_reason_changes_it(bench: Bench, told: str) -> None:
    await bench.private(*TIPPED)

    assert "改好了" in await said(bench, told)


@pytest.mark.parametrize("told", ["不改 他还是自己愿意的", "改了会怎么样"])
async def test_no_and_a_question_change_nothing(bench: Bench, told: str) -> None:
    await bench.private(*TIPPED)

    assert "改好了" not in await said(bench, told)


@pytest.mark.parametrize("told", ["改原因 没收到货", "我选的不是质量问题是没收到货", "改一下原因 是描述不符"])
async def test_the_question_that_is_named_is_asked_anew(bench: Bench, told: str) -> None:
    await bench.private("买的羽绒服想退货 还没申请", "坏了", "不清楚")

    assert "退货原因" in await said(bench, told)
