"""有案件时用自己的话问、撤、改、说出价：不当成进展记下，也不另开一件。"""

import pytest

from tests.chat.conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")


async def stage(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    return str(row["stage_id"])


async def test_an_undo_in_own_words_takes_the_last_report_back(bench: Bench) -> None:
    await bench.private(*SHOP)
    before = await stage(bench)
    await bench.private("我提交退货申请了")
    assert await stage(bench) != before
    said = await bench.private("刚才那条不算，你别记")
    assert "撤销了" in said[0]
    assert await stage(bench) == before


@pytest.mark.parametrize("offer", ["商家说只退一半", "商家只肯退 70%", "商家说最多退三万", "商家只同意退 20 块"])
async def test_an_offer_is_said_back_and_closes_nothing(bench: Bench, offer: str) -> None:
    await bench.private(*SHOP)
    await bench.private("我提交退货申请了")
    said = await bench.private(offer)
    assert "对方肯给" in said[0]
    assert await stage(bench) == "offer"
    before = "waiting"
    await bench.private("撤销")
    assert await stage(bench) == before


async def test_a_question_opens_no_other_matter(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private("商家一直装死，最晚等几天")
    assert await bench.rows("SELECT id FROM refund_interviews WHERE status = 'active'") == []


async def test_small_talk_beside_a_case_is_no_introduction(bench: Bench) -> None:
    await bench.private(*SHOP)
    said = await bench.private("当妈的真不容易")
    assert "我是退款助手" not in said[0]


async def test_danger_in_a_group_is_answered_without_detail(bench: Bench) -> None:
    said = await bench.group("/退款 我不想活了")
    assert "12356" in said[0]
    assert "不想活" not in said[0]
    assert await bench.rows("SELECT id FROM refund_cases") == []


@pytest.mark.parametrize(("answer", "is_taken_back"), [("1", True), ("是的", True), ("2", False), ("不用了", False)])
async def test_what_only_sounds_like_an_undo_is_asked_about(bench: Bench, answer: str, is_taken_back: bool) -> None:
    await bench.private(*SHOP)
    before = await stage(bench)
    await bench.private("我提交退货申请了")
    reported = await stage(bench)
    (asked,) = await bench.private("猫踩的屏幕 刚记的那笔恢复成原样")
    assert "撤掉吗" in asked
    assert await stage(bench) == reported
    (said,) = await bench.private(answer)
    assert ("撤销了" in said) is is_taken_back
    assert await stage(bench) == (before if is_taken_back else reported)


async def test_taking_back_right_after_a_verdict_is_asked_about_since_it_takes_the_case_along(bench: Bench) -> None:
    await bench.private(*SHOP)
    (asked,) = await bench.private("按错了嘛 给我倒回去一步")
    assert "撤掉吗" in asked
    assert len(await bench.rows("SELECT id FROM refund_cases")) == 1
    await bench.private("1")
    assert await bench.rows("SELECT id FROM refund_cases") == []


async def test_another_matter_of_an_unknown_kind_gets_the_list_and_starts_by_number(bench: Bench) -> None:
    await bench.private(*SHOP)
    said = await bench.private("我想咨询另外一桩别的事")
    assert "另外一件事" in said[0]
    assert "1. 快手小店退货退款" in said[1]
    await bench.private("3")
    rows = await bench.rows("SELECT scenario_id FROM refund_interviews WHERE status = 'active'")
    assert [row["scenario_id"] for row in rows] == ["live-tip"]


async def test_an_offer_in_a_case_without_that_step_is_answered_and_moves_nothing(bench: Bench) -> None:
    await bench.private("快币充值", "2", "2", "1", "昨天")
    before = await bench.rows("SELECT stage_id FROM refund_cases")
    said = "".join(await bench.private("客服说给我退一半，让我把投诉撤了"))
    assert "了结" in said
    assert await bench.rows("SELECT stage_id FROM refund_cases") == before


async def test_a_correction_that_names_another_event_is_that_event_and_not_only_another_day(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private("申请交上去了")
    await bench.advance(days=3)
    await bench.private("两天了还没处理 超时了")
    said = "".join(await bench.private("哎 说错了 是昨天他回了句不同意"))
    assert "商家拒绝了（昨天）" in said


@pytest.mark.parametrize(
    ("answer", "is_closed"), [("不争了 就这样吧", True), ("就这样了", True), ("少了12块", False), ("没退全", False)]
)
async def test_whether_it_ends_here_is_also_answered_in_words(bench: Bench, answer: str, is_closed: bool) -> None:
    await bench.private(*SHOP)
    await bench.private("申请交上去了", "商家同意了", "昨天寄回去了")
    (asked,) = await bench.private("退了 到微信零钱了")
    assert "到此了结" in asked
    await bench.private(answer)
    (row,) = await bench.rows("SELECT closed_at FROM refund_cases")
    assert (row["closed_at"] is not None) is is_closed


@pytest.mark.parametrize(
    ("vague", "asked"),
    [
        ("11月初那几天", "可能是好几天"),
        ("前几天", "可能是好几天"),
        ("国庆那几天", "国庆放假是10月1日到7日，具体是哪一天"),
        ("国庆节", "国庆放假是10月1日到7日，具体是哪一天"),
    ],
)
async def test_some_days_answer_when_and_ask_nothing(bench: Bench, vague: str, asked: str) -> None:
    await bench.private("打赏", "1", "10", "1", "5000", "1 3")
    said = "".join(await bench.private(vague))
    assert asked in said


async def test_just_now_said_of_a_word_is_no_day(bench: Bench) -> None:
    await bench.private("打赏", "1", "10", "1", "5000", "1 3")
    await bench.private("我刚刚说的是别的事 弄错了")
    assert await bench.rows("SELECT id FROM refund_cases") == []


async def test_a_grown_ups_account_is_not_the_childs_own(bench: Bench) -> None:
    await bench.private("打赏", "1", "10", "1", "5000")
    said = "".join(await bench.private("用的是奶奶的号 有聊天记录 她还喊主播姐姐"))
    assert "聊天" in said
    assert "孩子自己的账号" not in said


async def test_not_counting_the_last_one_and_saying_what_it_was_puts_that_in_its_place(bench: Bench) -> None:
    await bench.private("打赏", "1", "10", "1", "5000", "1 3", "上周五")
    await bench.private("申请交上去了", "被拒了 说证明不了是孩子")
    said = "".join(await bench.private("刚才那个不算 是让我补材料"))
    assert "让我补材料" in said
    assert await stage(bench) != "refused"


async def test_going_on_asking_for_the_rest_proposes_to_take_nothing_back(bench: Bench) -> None:
    await bench.private("打赏", "1", "10", "1", "5000", "1 3", "上周五")
    await bench.private("申请交上去了", "被拒了 说证明不了是孩子")
    assert "撤掉" not in "".join(await bench.private("那我接着要"))


@pytest.mark.parametrize("said", ["剩下3张也要退", "其余的两节也想退掉", "没上完的那些也要退"])
async def test_the_rest_of_the_matter_at_hand_is_no_other_matter(bench: Bench, said: str) -> None:
    await bench.private("课程", "4", "团购券")
    assert "另外一件" not in "".join(await bench.private(said))


@pytest.mark.parametrize("said", ["团购券用不了", "那个退款按钮点不了"])
async def test_what_does_not_work_is_no_giving_up(bench: Bench, said: str) -> None:
    await bench.private("课程", "4", "团购券")
    assert "不申请了" not in "".join(await bench.private(said))
