"""刚记下的说的是另一件案件：那边撤掉，这边照样记下，说回去；没有记错的不动。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.two_cases import BROTHERS, OWN, answered, steps, two_cases


async def _noted_on(bench: Bench, scenario: str) -> dict[str, str]:
    known = await two_cases(bench, scenario)
    await bench.private(f"{known[scenario]} 客服同意退了")
    assert (await steps(bench))[-1] == (scenario, "agreed")
    return known


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (BROTHERS, "我说的是我自己那个1280的 不是弟弟的"),
        (BROTHERS, "说的是快币那个 不是打赏"),
        (BROTHERS, "不是弟弟那个 是我自己的"),
        (BROTHERS, "记错了 是1280那笔"),
        (BROTHERS, "你记到弟弟头上了 是我的"),
        (BROTHERS, "弟弟那个三百还没交材料呢 同意退的是我那个"),
        (BROTHERS, "这个是{own}的 不是{brothers}的"),
        (BROTHERS, "应该是充错那个吧 不是弟弟的"),
        (BROTHERS, "哎不是打赏那个 是我充值的"),
        (OWN, "我说的是弟弟那个"),
        (OWN, "这条算弟弟的 你记我头上了"),
        (OWN, "到底说的是打赏那笔啊"),
        (OWN, "不是我那个 是300那笔"),
    ],
)
async def test_the_record_goes_to_the_case_that_was_meant(bench: Bench, wrong: str, line: str) -> None:
    known = await _noted_on(bench, wrong)
    right = OWN if wrong == BROTHERS else BROTHERS

    said = await answered(bench, line.format(own=known[OWN], brothers=known[BROTHERS]))

    assert f"是 {known[right]} 的，{known[wrong]} 那边撤了" in said
    assert (wrong, "agreed") not in await steps(bench)
    assert (right, "agreed") in await steps(bench)


async def test_a_move_is_taken_back_as_one(bench: Bench) -> None:
    known = await _noted_on(bench, BROTHERS)
    before = await steps(bench)

    await bench.private("记错了 是1280那笔", "撤销")

    assert await steps(bench) == before
    assert known[BROTHERS] in await answered(bench, "我的")


@pytest.mark.parametrize(
    "line",
    [
        "同意退的是全款",
        "退的是微信零钱",
        "不是我自己充的 是弟弟充的",
        "那弟弟那个呢",
        "弟弟那个还没有消息",
    ],
)
async def test_what_says_nothing_of_a_wrong_case_moves_nothing(bench: Bench, line: str) -> None:
    await _noted_on(bench, OWN)
    before = await steps(bench)

    await bench.private(line)

    assert await steps(bench) == before


async def test_who_paid_put_right_judges_the_case_spoken_of_again_and_moves_no_news(bench: Bench) -> None:
    await _noted_on(bench, OWN)
    before = await steps(bench)

    said = await answered(bench, "搞错了 是孩子刷的 不是我刷的")

    assert "改成「孩子充的」" in said
    assert await steps(bench) == [*before, (OWN, "judged_again")]


async def test_what_was_noted_in_its_place_is_said_to_be_there(bench: Bench) -> None:
    known = await _noted_on(bench, OWN)
    before = await steps(bench)

    said = await answered(bench, "我说的是我自己那个1280的 不是弟弟的")

    assert f"就记在 {known[OWN]}" in said
    assert await steps(bench) == before


async def test_a_pending_question_is_asked_of_the_case_that_was_meant(bench: Bench) -> None:
    known = await two_cases(bench, BROTHERS)
    asked = await answered(bench, "钱全部到账了")
    assert f"是说 {known[BROTHERS]}" in asked

    said = await answered(bench, "不是弟弟那个 是我自己的")

    assert f"是说 {known[OWN]}" in said


@pytest.mark.parametrize("line", ["{code} 撤销同意退", "弟弟那个还没申请 {code} 撤销同意退"])
async def test_a_step_is_taken_back_in_the_case_named(bench: Bench, line: str) -> None:
    known = await _noted_on(bench, BROTHERS)
    await bench.private(f"{known[OWN]} 让我补材料")

    await bench.private(line.format(code=known[BROTHERS]))

    assert (BROTHERS, "agreed") not in await steps(bench)
    assert (OWN, "asked-more") in await steps(bench)


async def test_a_step_never_noted_in_the_case_named_takes_nothing_back(bench: Bench) -> None:
    known = await _noted_on(bench, OWN)
    before = await steps(bench)

    said = await answered(bench, f"{known[BROTHERS]} 撤销同意退")

    assert "没有记过" in said
    assert await steps(bench) == before
