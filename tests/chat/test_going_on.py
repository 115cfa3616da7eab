"""问答还没完、结论是归另一种去办：人接着往下说的，不丢，也不卡住。"""

from datetime import timedelta

from .conversation_harness import Bench

COURSE = "我上个月买了个网课 九百八 老师讲得稀烂 跟宣传完全两码事 看了三节"
POT = "买的锅收到底是歪的 拍了照 给商家发了他不理 我不想寄 太重了 想让他退点钱得了"


async def active(bench: Bench) -> list[str]:
    rows = await bench.rows("SELECT scenario_id FROM refund_interviews WHERE status = 'active'")
    return [str(row["scenario_id"]) for row in rows]


async def test_news_told_twice_while_one_answer_is_missing_gets_a_verdict_and_is_recorded(bench: Bench) -> None:
    await bench.private(COURSE, "有 当时直播我截了图 说包教包会带实操")
    (heard,) = await bench.private("跟他们说过 不给退 说课程一经售出概不退换")
    assert "还差这一题" in heard
    said = await bench.private("打了12315 已经投诉上去了")
    assert "先按不清楚算" in said[0]
    (_row,) = await bench.rows("SELECT stage_id, code FROM refund_cases")
    assert "已向 12315 投诉" in said[-1]
    assert await active(bench) == []


async def test_an_answer_taken_as_unknown_can_be_put_right(bench: Bench) -> None:
    await bench.private(COURSE, "有 当时直播我截了图 说包教包会带实操")
    await bench.private("跟他们说过 不给退", "打了12315 已经投诉上去了")
    said = "".join(await bench.private("改答案"))
    assert "付款日期" in said


async def test_what_follows_a_verdict_that_sends_elsewhere_goes_on_there(bench: Bench) -> None:
    said = await bench.private(POT)
    assert "【去这里办】" in "".join(said)
    said = await bench.private("东西是前天到的")
    assert "听着像另一件事" not in "".join(said)
    assert await active(bench) == ["shop-return"]


async def test_a_plain_yes_after_a_verdict_that_sends_elsewhere_goes_there(bench: Bench) -> None:
    await bench.private(POT)
    await bench.private("好的")
    assert await active(bench) == ["shop-return"]


async def test_a_question_after_a_verdict_that_sends_elsewhere_is_only_answered(bench: Bench) -> None:
    await bench.private(POT)
    await bench.private("运费谁出？")
    assert await active(bench) == []


async def test_a_case_without_stages_does_not_push_the_interview_aside(bench: Bench) -> None:
    await bench.private(POT, "东西是前天到的")
    await bench.advance(hours=timedelta(days=2) / timedelta(hours=1))
    await bench.private("还没申请")
    assert await active(bench) == ["shop-return"]
