"""对方出了一部分：自己要全部的，是没答应；对方改口说全退的，是答应了，不是又出一个数。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said, steps

OFFERED = (*TIPS_SUBMITTED, "平台说只退一半")


@pytest.mark.parametrize(
    "line",
    ["我不要一半 全退才行", "一半我不要", "要退就全退", "必须全额", "我只接受全退", "少一分都不行", "不答应 9236全退"],
)
async def test_wanting_it_all_is_not_taking_the_offer(bench: Bench, line: str) -> None:
    await bench.private(*OFFERED)
    before = await steps(bench)

    await said(bench, line)

    assert (await steps(bench))[len(before) :] == ["ask-more"]


@pytest.mark.parametrize(
    "line", ["他又说全额退可以", "客服说全额退可以 但是要把会员关了", "平台改口说可以全退", "他说那就全退吧"]
)
async def test_giving_it_all_after_all_is_agreeing(bench: Bench, line: str) -> None:
    await bench.private(*OFFERED)

    await said(bench, line)

    assert (await steps(bench))[-1] == "agreed"


@pytest.mark.parametrize("line", ["客服说少一分都不行", "他说全退不可能", "页面写着可以全退", "当初说可以全退的"])
async def test_what_others_want_or_once_wrote_is_neither(bench: Bench, line: str) -> None:
    await bench.private(*OFFERED)
    before = await steps(bench)

    await said(bench, line)

    assert await steps(bench) == before
