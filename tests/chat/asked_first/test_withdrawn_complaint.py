"""自己撤了投诉：先说撤了会怎样，再问是不是，应了才记；别人让撤的、只是想撤的、没撤的都不记。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_REFUSED, said, steps

COMPLAINED = (*RETURN_REFUSED, "昨天去12315投诉了")
TRAP = "撤了再投同一件，可能不受理"


@pytest.mark.parametrize(
    "line",
    [
        "我去12315投诉撤了",
        "12315那个我撤了",
        "投诉我撤回了 商家说撤了就退",
        "昨天把12315给撤了 他说马上打钱",
        "举报我取消了",
    ],
)
async def test_a_withdrawn_complaint_is_warned_of_and_asked_about(bench: Bench, line: str) -> None:
    await bench.private(*COMPLAINED)
    before = await steps(bench)

    answered = await said(bench, line)

    assert TRAP in answered
    assert "自己撤回了投诉" in answered
    assert await steps(bench) == before

    await bench.private("是")

    assert (await steps(bench))[-1] == "complaint-withdrawn"


@pytest.mark.parametrize(
    "line",
    ["商家让我先撤12315", "我想把投诉撤了", "打算把投诉撤了算了", "我没撤投诉", "投诉要不要撤", "平台介入我撤了"],
)
async def test_what_was_not_withdrawn_is_not_asked_about(bench: Bench, line: str) -> None:
    await bench.private(*COMPLAINED)
    before = await steps(bench)

    assert "自己撤回了投诉" not in await said(bench, line)
    assert await steps(bench) == before


async def test_an_agreement_told_beside_is_recorded(bench: Bench) -> None:
    await bench.private(*COMPLAINED)

    answered = await said(bench, "12315撤案了 商家答应全退")

    assert TRAP in answered
    assert (await steps(bench))[-1] == "agreed"
