"""能要多少：结论之后按编号或一句话问，缺一样问一样，写进投诉书，撤得回。"""

from tests.chat.conversation_harness import Bench

FAKE = ("退货", "1", "4")
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")


async def fake_case(bench: Bench) -> None:
    said = await bench.private(*FAKE)
    for answer in ("1", "昨天", "1", "1", "1", "1"):
        if await bench.rows("SELECT id FROM refund_cases"):
            break
        said = await bench.private(answer)
    assert "6 能要多少" in said[-1]


class TestClaim:
    async def test_the_price_is_asked_for_and_the_rest_is_added(self, bench: Bench) -> None:
        await fake_case(bench)
        assert "实付多少" in (await bench.private("6"))[0]
        assert "退货款：199 元" in (await bench.private("199"))[0]
        said = await bench.private("能要多少 寄回运费12 鉴定费80 假一赔四")
        assert "合计 1,087 元" in said[0]
        assert "三倍赔偿597 元" in said[0]
        assert "别写进去" in "".join(said)

    async def test_asked_in_words_and_with_a_question_mark(self, bench: Bench) -> None:
        await bench.private(*TIP)
        said = await bench.private("该退我多少？")
        assert "退打赏款：5,000 元" in said[0]
        assert await bench.private("能要多少") == said

    async def test_it_can_be_taken_back(self, bench: Bench) -> None:
        await fake_case(bench)
        await bench.private("能要多少 货款199", "撤销")
        assert "实付多少" in (await bench.private("能要多少"))[0]

    async def test_without_a_case_there_is_nothing_to_reckon(self, bench: Bench) -> None:
        assert "还没有案件" in (await bench.private("能要多少"))[0]
