"""“三月底前”是三月的最后一天；改说好的日子不是报账，也不改钱数。"""

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

SUED = (
    "我老公在快手给女主播打赏 我今天才发现 这钱能要回来吗",
    "是他自己愿意刷的 但是那是我俩的钱啊我没同意",
    "没打算离 就想把钱要回来",
    "法院今天让我网上交了材料",
)
SETTLED = "调解成了 她退我八千 一月底前给五千 三月底前给三千 签字了"


async def test_month_ends_are_their_last_days(bench: Bench) -> None:
    await bench.private(*SUED)

    heard = await said(bench, SETTLED)

    assert "1月31日" in heard
    assert "3月31日" in heard


async def test_a_plan_put_right_is_a_plan(bench: Bench) -> None:
    await bench.private(*SUED, "调解成了 她退我八千 12月10号给五千 1月10号给三千")

    heard = await said(bench, "搞错了 是一月底前五千 三月底前三千 不是12月10号")

    assert "1月31日" in heard
    assert "笔账" not in heard
    assert "你要的" not in await said(bench, "进度")
