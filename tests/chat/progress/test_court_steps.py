"""打官司路上的几步：等立案、哪种程序、分期的调解、到期没付、申请强制执行；打算去的日子只是日子。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, said, steps

AUTUMN = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
NOT_ACCEPTED = ("投诉了", "不受理")
MONTHLY = "我同意了 五万 分十期每月5000 第一期2月1号 法官出调解书"


@pytest.fixture
async def refused(bench: Bench) -> Bench:
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN, *NOT_ACCEPTED)
    return bench


@pytest.fixture
async def in_court(refused: Bench) -> Bench:
    await refused.private("起诉了")
    return refused


async def settled(bench: Bench, line: str = MONTHLY) -> str:
    """说一句；先问了的，回是。"""
    heard = await said(bench, line)
    return await said(bench, "是的") if "回「是」" in heard else heard


@pytest.mark.parametrize(
    "line", ["去法院立案了 收了材料 说七天内告诉立不立", "网上立案提交了 显示审核中", "诉状上传了 在等审核立案"]
)
async def test_papers_handed_in_wait_for_the_answer(refused: Bench, line: str) -> None:
    heard = await said(refused, line)
    assert "等法院立案" in heard
    assert "12月7日" in heard


async def test_a_case_number_ends_the_waiting_and_keeps_the_hearing(refused: Bench) -> None:
    await said(refused, "去法院立案了 收了材料 说七天内告诉立不立")
    heard = await said(refused, "法院立上了 案号下来了 说1月13号开庭")
    assert "起诉中" in heard
    assert "开庭、调解：2027年1月13日" in heard


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("不是小额 律师说走普通程序", "2027年5月30日"),
        ("法官说按简易程序办", "2027年2月28日"),
        ("法院通知说走小额诉讼程序", "2027年1月30日"),
    ],
)
async def test_the_kind_of_procedure_sets_the_term(in_court: Bench, line: str, due: str) -> None:
    assert f"法院审结：到 {due}" in await said(in_court, line)
    assert await steps(in_court) == ["complained", "not-accepted", "sued"]


async def test_the_procedure_and_the_hearing_are_kept_side_by_side(in_court: Bench) -> None:
    await said(in_court, "是普通程序审理", "1月13号开庭")
    heard = await said(in_court, "进度")
    assert "开庭、调解：2027年1月13日" in heard
    assert "法院审结：到 2027年5月30日" in heard


@pytest.mark.parametrize("line", ["普通程序要多久", "能不能走小额", "简易程序是啥"])
async def test_a_question_about_the_procedure_changes_nothing(in_court: Bench, line: str) -> None:
    assert "按你说的期限算" not in await said(in_court, line)


@pytest.mark.parametrize("line", ["律师说12月10号去法院立案", "12月10号去立案", "准备12月10号去起诉他"])
async def test_a_planned_day_is_a_day_and_no_step(refused: Bench, line: str) -> None:
    heard = await said(refused, line)
    assert "约好的日子：12月10日" in heard
    assert await steps(refused) == ["complained", "not-accepted"]


async def test_instalments_are_kept_with_sum_and_every_day(in_court: Bench) -> None:
    heard = await settled(in_court)
    assert "文书写的付款日：到 2027年2月1日" in heard
    assert "最后一次 2027年11月1日" in heard
    assert "申请强制执行：最晚 2029年11月1日" in heard
    assert "说好的一共 50,000 元，分 10 期" in heard


async def test_a_paper_with_every_instalment_needs_no_question(in_court: Bench) -> None:
    heard = await said(in_court, "调解书签好了 一共4万 分8个月 每月5000 12月10号第一期")
    assert "文书写的付款日：到 12月10日" in heard
    assert "说好的一共 40,000 元，分 8 期" in heard


@pytest.mark.parametrize(
    "line",
    [
        "调解书还没签 说分8个月 每月5000 12月10号第一期",
        "他说愿意分期还 我还没答应",
        "法官问我分十期行不行",
        "我不同意分期",
    ],
)
async def test_an_offer_of_instalments_is_no_judgment(in_court: Bench, line: str) -> None:
    await said(in_court, line)
    assert "won" not in await steps(in_court)


async def test_an_instalment_that_came_is_compared_with_the_settlement(in_court: Bench) -> None:
    await settled(in_court)
    in_court.clock.moment = datetime(2027, 2, 1, 20, 0, tzinfo=SHANGHAI)
    assert "还差 45,000 元" in await said(in_court, "第一期5000到了")


@pytest.mark.parametrize("line", ["第二期没给 打电话不接", "这一期他没打钱", "3月1号该付的那期没付"])
async def test_a_missed_instalment_leads_to_enforcement(in_court: Bench, line: str) -> None:
    await settled(in_court)
    in_court.clock.moment = datetime(2027, 2, 1, 20, 0, tzinfo=SHANGHAI)
    await said(in_court, "第一期5000到了")
    in_court.clock.moment = datetime(2027, 3, 2, 20, 0, tzinfo=SHANGHAI)
    heard = await said(in_court, line)
    assert "对方到期没付" in heard
    assert "下一个付款日：到 4月1日" in heard
    assert "申请强制执行：最晚 2029年11月1日" in heard


async def test_before_its_day_an_instalment_is_not_missed(in_court: Bench) -> None:
    await settled(in_court)
    await said(in_court, "第一期还没给")
    assert "not-arrived" not in await steps(in_court)


@pytest.mark.parametrize("line", ["今天去法院申请强制执行了", "强制执行申请书交了", "执行立案了"])
async def test_enforcement_is_a_step_of_its_own(in_court: Bench, line: str) -> None:
    await settled(in_court, "法院判了 我赢了")
    assert "法院执行中" in await said(in_court, line)


@pytest.mark.parametrize(
    "line", ["可以申请强制执行吗", "他再不给我就申请强制执行", "还没申请执行", "我不申请执行了", "我同事申请强制执行了"]
)
async def test_what_is_asked_or_planned_about_enforcement_is_no_step(in_court: Bench, line: str) -> None:
    await settled(in_court, "法院判了 我赢了")
    await said(in_court, line)
    assert "enforcement-applied" not in await steps(in_court)


async def test_a_question_after_the_list_of_steps_is_no_arrival(in_court: Bench) -> None:
    await settled(in_court)
    await said(in_court, "进度")
    heard = await said(in_court, "可以去法院强制执行吗 是执行没给的一期还是全部")
    assert "这一次的到了" not in heard
