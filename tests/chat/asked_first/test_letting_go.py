"""一句里又说不追了：前面的先记，再问是不是；家里人、律师劝的是他们的意思。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said, steps

_MEDIATING = (*TIPS_SUBMITTED, "被拒了", "直接往外投诉了", "12315受理了")


@pytest.mark.parametrize(
    "line",
    [
        "12315说商家不同意调解 终止了 算了",
        "昨天打电话来说没调成 我也不想弄了 就当买教训",
        "他们终止调解了 我们不争了",
    ],
)
async def test_the_end_of_the_mediation_is_recorded_and_giving_up_is_asked(bench: Bench, line: str) -> None:
    await bench.private(*_MEDIATING)

    heard = await said(bench, line)

    assert (await steps(bench))[-1] == "no-agreement"
    assert heard.count("是说「") == 1
    assert "不再要这笔钱" in heard
    assert "没有退成" in await said(bench, "是")


async def test_the_ending_is_asked_once_after_an_unsure_step(bench: Bench) -> None:
    await bench.private(*_MEDIATING)
    assert "没谈成" in await said(bench, "12315今天说平台不接受调解 律师说去起诉也不划算 就这样吧 认了")
    heard = await said(bench, "是")
    assert (await steps(bench))[-1] == "no-agreement"
    assert "算了，不追了" in heard


@pytest.mark.parametrize("line", ["我爸说算了别折腾了", "我老公劝我算了 别告了"])
async def test_a_wish_of_the_family_ends_nothing(bench: Bench, line: str) -> None:
    await bench.private(*_MEDIATING)
    known = await steps(bench)
    heard = await said(bench, line)
    assert "停不停由你定" in heard
    assert await steps(bench) == known


@pytest.mark.parametrize("line", ["12315终止了 我不会算了的 要去法院", "调解没成 凭什么算了"])
async def test_who_holds_on_is_not_asked_to_give_up(bench: Bench, line: str) -> None:
    await bench.private(*_MEDIATING)
    assert "不再要这笔钱" not in await said(bench, line)
