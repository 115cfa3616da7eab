"""对方当面说了期限的，照他说的算：补材料、寄回、答复、打款；记错了能改能撤，重启还在。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import USER, Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said

AUTUMN = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
TWO_DAYS = "补材料：最晚 12月2日（周三）24 点"


@pytest.fixture
async def submitted(bench: Bench) -> Bench:
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED)
    return bench


async def told(bench: Bench, line: str) -> str:
    """报告一件；听不准、先问了一句的，回是。"""
    heard = await said(bench, line)
    return await said(bench, "是的") if "回「是」" in heard else heard


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("平台今天让我补材料", "12月2日"),
        ("平台今天让我三天内补材料", "12月3日"),
        ("平台昨天让我三天内补材料", "12月2日"),
        ("平台来消息让我补材料 24小时内", "12月1日"),
        ("刚通知我补材料 最晚周五", "12月4日"),
        ("昨天通知我补材料 让我12月5号之前补", "12月5日"),
    ],
)
async def test_papers_are_due_when_they_said(submitted: Bench, line: str, due: str) -> None:
    assert f"补材料：最晚 {due}" in await told(submitted, line)


async def test_the_day_of_the_limit_is_not_the_day_it_happened(submitted: Bench) -> None:
    await told(submitted, "平台让我周五之前补材料")
    assert "11月30日 让我补材料" in await said(submitted, "进度")


async def test_a_day_put_right_counts_the_same_limit_from_there(submitted: Bench) -> None:
    await told(submitted, "平台让我三天内补材料")
    assert "补材料：最晚 12月2日" in await said(submitted, "昨天")


async def test_a_limit_told_later_or_put_right_moves_the_date(submitted: Bench) -> None:
    assert TWO_DAYS in await told(submitted, "平台让我补材料")
    assert "12月4日" in await said(submitted, "他们说周五之前补就行")
    assert TWO_DAYS in await said(submitted, "不对 通知里写的是还剩2天")


async def test_undoing_the_limit_gives_the_usual_two_days_back(submitted: Bench) -> None:
    await told(submitted, "平台让我补材料")
    await said(submitted, "他们说周五之前补就行", "撤销")
    assert TWO_DAYS in await said(submitted, "进度")


async def test_the_limit_is_still_there_after_a_restart(submitted: Bench) -> None:
    await told(submitted, "平台让我三天内补材料")
    await submitted.restart()
    assert "补材料：最晚 12月3日" in await said(submitted, "进度")


async def test_the_next_stage_does_not_keep_the_limit_of_the_last(submitted: Bench) -> None:
    await told(submitted, "平台让我三天内补材料")
    await said(submitted, "材料补好了")
    assert "平台答复：到 12月7日" in await said(submitted, "进度")


async def test_a_range_counts_long_for_them(submitted: Bench) -> None:
    heard = await said(submitted, "平台同意退了 说3到9个工作日到账")
    assert "到账：到 12月11日" in heard


async def test_a_promise_in_a_quotation_moves_only_the_date(submitted: Bench) -> None:
    await said(submitted, "平台同意退了 说12月10号前打给我")
    heard = await said(submitted, "客服又说12月15号前一定打给我")
    assert "到账：到 12月15日" in heard
    assert "等待到账" in await said(submitted, "进度")


@pytest.mark.parametrize(("day", "words"), [(2, "这是对方说的期限"), (4, "对方说的期限过了")])
async def test_reminders_say_whose_limit_it_is(submitted: Bench, day: int, words: str) -> None:
    await told(submitted, "平台让我三天内补材料")
    submitted.clock.moment = datetime(2026, 12, day, 10, 1, tzinfo=SHANGHAI)
    await submitted.assembly.worker.run_once()
    heard = "".join(submitted.platform.received_by(USER))
    assert words in heard
    assert "两天" not in heard


async def test_a_limit_told_before_the_verdict_is_kept(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED[:2])
    assert "先记着：让我补材料" in await said(bench, "平台今天来消息 让我三天内补材料")
    assert "补材料：最晚 12月3日" in await said(bench, "最早8月26号")


async def test_what_the_law_sets_is_not_moved_by_what_they_say(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED, "平台拒绝了", "在 12315 投诉了 说三天给答复")
    assert "是否受理：到 12月9日" in await said(bench, "进度")


async def test_a_first_instalment_waits_for_the_day_of_the_next(submitted: Bench) -> None:
    await said(submitted, "平台昨天答应退我9236 分两次给 先给5000 12月20号前再给4236")
    heard = await said(submitted, "第一笔5000到了")
    assert "还差 4,236 元" in heard
    assert "12月20日" in heard
    assert "等待到账" in await said(submitted, "进度")


async def mediating(bench: Bench, line: str) -> str:
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED, "平台拒绝了", "在 12315 投诉了")
    return await told(bench, line)


async def test_the_day_of_a_mediation_is_kept_and_reminded(bench: Bench) -> None:
    heard = await mediating(bench, "12315受理了 说下周二组织调解")
    assert "约好的调解：12月8日（周二）" in heard
    assert "12月8日 受理" not in await said(bench, "进度")
    bench.clock.moment = datetime(2026, 12, 8, 8, 1, tzinfo=SHANGHAI)
    await bench.assembly.worker.run_once()
    assert "约好的调解" in "".join(bench.platform.received_by(USER))


async def test_without_a_day_there_is_no_appointment(bench: Bench) -> None:
    assert "约好的调解" not in await mediating(bench, "12315受理了")


async def test_a_hearing_put_off_moves(bench: Bench) -> None:
    await mediating(bench, "12315受理了 说下周二组织调解")
    assert "约好的调解：12月10日（周四）" in await said(bench, "调解改到下周四了")


async def test_after_the_hearing_it_asks_how_it_went(bench: Bench) -> None:
    await mediating(bench, "12315受理了 说下周二组织调解")
    for day in (8, 9):
        bench.clock.moment = datetime(2026, 12, day, 10, 1, tzinfo=SHANGHAI)
        await bench.assembly.worker.run_once()
    assert "约好的调解过了" in bench.platform.received_by(USER)[-1]


@pytest.mark.parametrize("line", ["平台让我三天内补材料 怎么补", "平台让我三天内补材料"])
async def test_the_limit_does_not_hide_what_happened(submitted: Bench, line: str) -> None:
    assert "补材料：最晚 12月3日" in await said(submitted, line)
