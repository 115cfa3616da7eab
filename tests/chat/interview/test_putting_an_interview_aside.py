"""问答里说不问了、先放着：一句话放下，答过的留着，之后说别的不再带着那一题；别人这么说的、在答题的不算。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_APPLIED, said

_OPENING = "孩子拿我手机打赏了主播"


@pytest.mark.parametrize(
    "line",
    [
        "不用再问了 谢谢",
        "打赏那个先放着 回头再说",
        "算了不说这个",
        "这个先不管了 改天再弄",
        "先搁着吧 等我有空再来",
        "随口一问 不用办",
    ],
)
async def test_the_interview_is_put_aside_in_one_sentence(bench: Bench, line: str) -> None:
    await bench.private(_OPENING)

    assert await bench.private(line) == ["好，先到这里。答过的都留着，想接着说就发「继续」。"]
    assert "刚才的问题还开着" not in await said(bench, "我的")
    assert "接着说「直播打赏」" in await said(bench, "继续")


async def test_a_case_at_hand_stays_as_it_was(bench: Bench) -> None:
    await bench.private(*RETURN_APPLIED, "另外我妈在快手打赏了两千多 能退不")

    assert "先到这里" in await said(bench, "打赏那个先放着 回头再说")
    listed = await said(bench, "我的")
    assert "等商家处理" in listed
    assert "刚才的问题还开着" not in listed


@pytest.mark.parametrize(
    ("opening", "line"),
    [
        ("快手小店买的鞋想退货", "商家说回头再说 一直拖着"),
        ("快手小店买的鞋想退货", "申请了 客服让我先放着等"),
        (_OPENING, "是孩子刷的 别问我妈"),
    ],
)
async def test_words_of_others_and_answers_put_nothing_aside(bench: Bench, opening: str, line: str) -> None:
    await bench.private(opening)

    assert "先到这里" not in await said(bench, line)
