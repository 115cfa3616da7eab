"""问着“到账了吗”，说其余不要了：到的是一部分，不是全到了。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_SENT, said, steps

CAME = (*RETURN_SENT, "钱退回来了")


@pytest.mark.parametrize("told", ["剩的算了", "算了不要运费了 结了吧", "到了一半 认了", "差的那18不追了"])
async def test_giving_up_the_rest_is_a_part_that_came(bench: Bench, told: str) -> None:
    assert "是说「退款到账了」吗" in await said(bench, *CAME)

    heard = await said(bench, told)

    assert "arrived" not in await steps(bench)
    assert "钱已经原路退回来了" not in heard


async def test_it_ends_as_a_part_after_a_yes(bench: Bench) -> None:
    assert "退了一部分，就这样" in await said(bench, *CAME, "剩的算了")

    assert "以部分退款了结" in await said(bench, "是")


@pytest.mark.parametrize("yes", ["是", "都到了", "是的 结了"])
async def test_all_of_it_is_all(bench: Bench, yes: str) -> None:
    await bench.private(*CAME, yes)

    assert (await steps(bench))[-1] == "arrived"
