"""访谈里说的不是正等着的那一题：后面才问的先记着，前面答过的问要不要改，日子不当成别的。"""

import pytest

from tests.chat.conversation_harness import Bench

OF_A_CHILD = ("打赏", "孩子刷的（当时没满 18 岁）")
SHORT_OF_FREIGHT = "都退完了 货款退了 运费没给"


async def text_of(bench: Bench, *lines: str) -> str:
    return "\n".join([said for line in lines for said in await bench.private(line)])


async def test_an_answer_given_earlier_that_sounds_changed_is_asked_about_and_not_overwritten(bench: Bench) -> None:
    await bench.private("退货", "商家同意了，货还没寄回")
    (asked,) = await bench.private(SHORT_OF_FREIGHT)

    assert "「商家同意了，货还没寄回」" in asked
    assert "「显示已退款，没到账或少了」" in asked
    assert "要改吗" in asked


@pytest.mark.parametrize("yes", ["1", "改", "是的", "对"])
async def test_yes_changes_it_and_the_questions_go_on_from_there(bench: Bench, yes: str) -> None:
    await bench.private("退货", "商家同意了，货还没寄回", SHORT_OF_FREIGHT)
    changed = await text_of(bench, yes)

    assert "由「商家同意了，货还没寄回」改成「显示已退款，没到账或少了」" in changed
    assert "哪天同意" not in changed


@pytest.mark.parametrize("no", ["2", "不改", "不是"])
async def test_no_leaves_it_and_the_open_question_stands(bench: Bench, no: str) -> None:
    await bench.private("退货", "商家同意了，货还没寄回", SHORT_OF_FREIGHT)
    kept = await text_of(bench, no)

    assert "商家哪天同意退货的" in kept
    assert "改成" not in kept


async def test_the_change_can_be_taken_back(bench: Bench) -> None:
    await bench.private("退货", "商家同意了，货还没寄回", SHORT_OF_FREIGHT, "改")
    undone = await text_of(bench, "撤销")

    assert "撤" in undone
    assert "商家哪天同意退货的" in await text_of(bench, "继续")


async def test_a_day_said_while_something_else_is_asked_is_kept_for_its_own_question(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, "13岁", "完全不知道，事后才发现", "七万")
    said = await text_of(bench, "最早一笔5月12号")

    assert "打赏日期 5月12日" in said
    assert "用的是孩子自己的账号" not in said.partition("打赏日期")[0]


async def test_the_earliest_of_several_is_what_was_asked_for(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, "13岁", "完全不知道，事后才发现", "七万", "1 3")
    said = await text_of(bench, "大概5月到上个月 最早今年3月15")

    assert "2029年3月15日" in said, "三年从最早那笔起"


async def test_not_knowing_about_the_tips_is_not_not_knowing_the_age(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD)
    said = await text_of(bench, "我们不知道 她偷偷的")

    assert "当时年龄：不清楚" not in said


async def test_an_age_beside_a_school_grade_is_an_age(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD)

    assert "家长这边" in await text_of(bench, "15岁整 念初三")
    assert "当时年龄：15岁" in await text_of(bench, "我答过什么", "修改")


async def test_a_question_is_answered_and_not_searched_for_facts(bench: Bench) -> None:
    await bench.private("退货")
    said = await text_of(bench, "吊牌剪掉了还给退不")

    assert "先记着" not in said
    assert "依据" in said


@pytest.mark.parametrize("aside", ["直播录屏里说了假一赔三", "没人给我打过电话"])
async def test_a_remark_does_not_offer_another_matter(bench: Bench, aside: str) -> None:
    await bench.private("退货")

    assert "另一件事" not in await text_of(bench, aside)


@pytest.mark.parametrize(
    ("before", "said", "answered"),
    [
        (("打赏", "1", "9"), "不对 他下个月才满九岁", "由「9岁」改成「8岁」"),
        (("打赏", "1", "9", "昨天打的"), "错了 不是昨天 是今天早上打的", "那天是 11月2"),
        (("打赏", "1", "9"), "那到底按几岁算", "按付款那一刻的周岁看"),
        (("打赏", "1", "9"), "手机是他的 上网课用的那个", "听到了"),
        (("快币", "3", "1", "2"), "客服说退不了", "先记着：被拒了"),
        (("仅退款", "4"), "我点的退货退款 已经寄走了", "要换过去就回「换」"),
        (("仅退款", "4"), "系统自动同意了 让我寄", "要换过去就回「换」"),
        (("退货",), "申请介入", "听着像"),
    ],
)
async def test_what_is_said_beside_the_question_is_worked_out_kept_or_answered(
    bench: Bench, before: tuple[str, ...], said: str, answered: str
) -> None:
    await bench.private(*before)

    assert answered in await text_of(bench, said)
