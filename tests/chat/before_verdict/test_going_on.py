"""问答还没完、结论是归另一种去办：人接着往下说的，不丢，也不卡住。"""

from datetime import timedelta

from tests.chat.conversation_harness import Bench

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


async def test_what_came_back_is_not_what_was_spent(bench: Bench) -> None:
    await bench.private("打赏", "1", "10", "1")
    said = "".join(await bench.private("退了两千四 说剩下的是礼物分成退不了"))
    assert "打赏总额：" not in said
    assert "打赏总额：5000 元" in "".join(await bench.private("一共五千"))


async def test_words_with_a_pause_answer_the_question_they_fit_and_not_i_do_not_know(bench: Bench) -> None:
    await bench.private("我老公瞒着我给女主播刷了八万多 还加了微信 叫老婆")
    said = "".join(await bench.private("我们没离婚 也没打算离"))
    assert "怎么刷出去的：不清楚" not in said
    assert "你和他的关系" in said


async def test_what_was_noted_is_used_when_another_answer_is_picked_from_a_list(bench: Bench) -> None:
    await bench.private("发货发了个空盒子 客服让我拍视频证明 我拆的时候没录", "快递签收是昨天", "没申请呢")
    said = "".join(await bench.private("4"))
    said += "".join(await bench.private("1"))
    assert "哪天签收的" not in said


async def test_who_knows_a_password_at_home_is_no_swindle(bench: Bench) -> None:
    said = "".join(await bench.private("我手机 我的号 孩子知道密码"))
    assert "110" not in said
