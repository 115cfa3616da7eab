"""改答案时按哪一刻判断：申请早已提交的，不因为今天晚了就说当时过期。"""

from datetime import timedelta

from tests.chat.conversation_harness import Bench


async def judged_case(bench: Bench) -> None:
    """签收第三天问出“符合七天无理由”的案件。"""
    for said in ("退款", "1", "还没申请", "不喜欢", "上周五签收的", "普通商品", "完好"):
        replies = await bench.private(said)
    assert "符合七天无理由退货" in replies[0]


async def test_a_late_correction_after_applying_in_time_is_judged_as_of_the_day_it_was_opened(bench: Bench) -> None:
    await judged_case(bench)
    await bench.private("申请交上去了")
    bench.clock.moment += timedelta(days=20)
    await bench.private("修改 4")
    replies = await bench.private("1")

    assert "结论没变：符合条件" in replies[0]


async def test_a_late_correction_before_applying_is_judged_as_of_today(bench: Bench) -> None:
    await judged_case(bench)
    bench.clock.moment += timedelta(days=20)
    await bench.private("修改 4")
    replies = await bench.private("1")

    assert "结论没变" not in replies[0]
    assert "符合七天无理由退货" not in replies[0]
