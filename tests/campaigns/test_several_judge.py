"""几个进程的战役：裁判说得出每一种违反，守住了就一句不说。"""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from campaigns.several import Plan, Story, judge
from campaigns.worlds.several_world import Arrival, Receipts

ONCE, AGAIN = Arrival(0, False), Arrival(1, True)


@pytest.mark.parametrize(
    ("ending", "arrivals", "words"),
    [
        (("sent", 0), [ONCE], []),
        (("sent", 1), [ONCE, AGAIN], []),
        (("sent", 0), [], ["丢了"]),
        (("pending", 0), [], ["停在 pending", "丢了"]),
        (None, [], ["停在 不在库里", "丢了"]),
        (("dead", 0), [ONCE], ["停在 dead"]),
        (("sent", 0), [ONCE, AGAIN], ["多送了 1 次"]),
        (("sent", 1), [ONCE, AGAIN, AGAIN], ["多送了 2 次"]),
    ],
)
async def test_the_judge_names_every_broken_promise(
    ending: tuple[str, int] | None, arrivals: list[Arrival], words: list[str]
) -> None:
    async def endings(codes: list[str]) -> dict[str, tuple[str, int]]:
        return {codes[0]: ending} if ending else {}

    world = cast("Any", SimpleNamespace(endings=endings, book=Receipts({"W1": arrivals})))
    story = Story(Plan.drawn(1, 0), victim=0, codes=["W1"])
    await judge(world, story)
    assert len(story.violations) == len(words)
    assert all(word in said for word, said in zip(words, story.violations, strict=True))


def test_the_book_counts_every_case_of_a_merged_message() -> None:
    book = Receipts()
    book.note(2, "（可能重复）【WA 网购退货】提交退货申请：…\n【WB 网购退货】提交退货申请：…\n办好了回「完成」")
    book.note(0, "你好")
    assert book.arrivals == {"WA": [Arrival(2, True)], "WB": [Arrival(2, True)]}
