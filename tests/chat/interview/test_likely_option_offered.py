"""问单选题时提一句他先前像是说到的那一项：回“是”就记下，说别的照别的听。"""

from tests.chat.conversation_harness import Bench


async def test_the_question_names_it_and_yes_takes_it(bench: Bench) -> None:
    (asked,) = await bench.private("快手小店买的鞋子开胶了 商家不给退")
    assert asked.endswith("（听着像「坏了或有质量问题」，就是它回「是」）")

    (answered,) = await bench.private("是的")
    assert "手里有照片、视频、聊天或检测结果能说明问题吗？" in answered


async def test_another_answer_is_taken_as_it_is(bench: Bench) -> None:
    await bench.private("快手小店买的鞋子开胶了 商家不给退")
    (answered,) = await bench.private("不是 是假货")
    assert "怀疑是假货" in answered
