"""两件案件，最后说着的是另一件：话里的钱数、东西、是谁的、案件号合得上哪一件，就是哪一件。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.two_cases import BROTHERS, OWN, answered, steps, two_cases

OF_OWN = [
    "1280那笔客服同意退了",
    "快币客服答应退给我了",
    "我自己充的那个 客服说不退",
    "我充的那1280 人工复核了",
    "自己多充的那个平台同意退款了",
]
OF_BROTHERS = [
    "弟弟那300平台拒了",
    "弟弟的审核没通过",
    "给主播刷的那个平台让补材料",
    "小孩刷的那笔 平台回复同意退款",
]


@pytest.mark.parametrize(
    ("last", "line", "meant"),
    [*((BROTHERS, line, OWN) for line in OF_OWN), *((OWN, line, BROTHERS) for line in OF_BROTHERS)],
)
async def test_news_is_of_the_case_its_clues_fit(bench: Bench, last: str, line: str, meant: str) -> None:
    known = await two_cases(bench, last)
    before = await steps(bench)

    said = await answered(bench, line)

    assert known[meant] in said
    assert known[last] not in said
    assert {scenario for scenario, _ in (await steps(bench))[len(before) :]} <= {meant}


@pytest.mark.parametrize(
    ("last", "line", "meant"),
    [
        (OWN, "弟弟的全到了 结案", BROTHERS),
        (OWN, "就这样了 弟弟的全到了 结案", BROTHERS),
        (OWN, "打赏那个算了 不追了", BROTHERS),
        (OWN, "打赏那边完事了 结案吧", BROTHERS),
        (BROTHERS, "128就这样了 我那个了结", OWN),
        (BROTHERS, "快币那个了结吧 不追了", OWN),
        (BROTHERS, "我自己那个就这样吧 128不要了", OWN),
        (BROTHERS, "我自己那笔钱到账了 1280", OWN),
    ],
)
async def test_an_ending_is_asked_of_the_case_its_clues_fit(bench: Bench, last: str, line: str, meant: str) -> None:
    known = await two_cases(bench, last)
    before = await steps(bench)

    said = await answered(bench, line)

    assert known[meant] in said
    assert known[last] not in said
    assert await steps(bench) == before, "了结的先问"


@pytest.mark.parametrize(("last", "line"), [(OWN, "平台退了300"), (BROTHERS, "客服说退1152")])
async def test_a_sum_alone_that_fits_the_other_one_is_asked_about(bench: Bench, last: str, line: str) -> None:
    known = await two_cases(bench, last)
    before = await steps(bench)

    said = await answered(bench, line)

    assert "说的是哪一件" in said
    assert all(code in said for code in known.values())
    assert await steps(bench) == before


@pytest.mark.parametrize(
    ("last", "line"),
    [
        (OWN, "客服说封号是因为我弟弟 我申诉了"),
        (OWN, "我妈不知道 客服同意退了"),
        (OWN, "孩子那边情绪不好 客服同意退了"),
        (BROTHERS, "我自己交的材料 平台让补"),
        (BROTHERS, "我这个被拒了"),
        (BROTHERS, "平台同意退了"),
    ],
)
async def test_a_person_or_oneself_spoken_of_in_passing_is_no_clue(bench: Bench, last: str, line: str) -> None:
    known = await two_cases(bench, last)
    other = BROTHERS if last == OWN else OWN
    before = await steps(bench)

    said = await answered(bench, line)

    assert known[last] in said
    assert known[other] not in said
    assert other not in {scenario for scenario, _ in (await steps(bench))[len(before) :]}


async def test_a_child_called_otherwise_than_in_the_case_records_nothing(bench: Bench) -> None:
    await two_cases(bench, OWN)
    before = await steps(bench)

    await bench.private("我女儿那个被拒了")

    assert await steps(bench) == before


@pytest.mark.parametrize("line", ["{code} 是350 不是300", "{code} 打赏总额是350 不是300", "弟弟那个是350 不是300"])
async def test_a_sum_is_put_right_in_the_case_named(bench: Bench, line: str) -> None:
    known = await two_cases(bench, OWN)

    said = await answered(bench, line.format(code=known[BROTHERS]))

    assert "由「300 元」改成「350 元」" in said
    said = await answered(bench, f"能要多少 {known[BROTHERS]}")
    assert "350" in said


async def test_what_is_left_is_given_up_in_the_case_named(bench: Bench) -> None:
    known = await two_cases(bench, BROTHERS)

    said = await answered(bench, f"{known[OWN]} 退了1152 到账了 剩下不要了")

    assert f"是说 {known[OWN]}" in said
    await bench.private("是")
    assert (await bench.rows("SELECT code FROM refund_cases WHERE closed_at IS NOT NULL"))[0]["code"] == known[OWN]
