"""问答途中说起的进展：先记着，有了结论记进案件；问的照答，了结的不逼着答完，撤得掉。"""

from datetime import timedelta

import pytest

from tests.chat.conversation_harness import Bench


async def _asked_for_the_reason(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "还没申请呢")


async def _to_the_verdict(bench: Bench) -> list[str]:
    return await bench.private("不想要了", "昨天签收的", "普通鞋子", "完好")


async def _events(bench: Bench) -> list[str]:
    return [row["event_id"] for row in await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")]


async def test_news_told_between_is_kept_and_put_into_the_case(bench: Bench) -> None:
    await _asked_for_the_reason(bench)

    (said,) = await bench.private("已经点了退货申请了")

    assert "先记着：售后申请交上去了" in said
    assert await _events(bench) == []
    told = "\n".join(await _to_the_verdict(bench))
    assert "好，记下：申请交上去了" in told
    assert await _events(bench) == ["applied"]


async def test_a_question_beside_the_news_is_answered_too(bench: Bench) -> None:
    await _asked_for_the_reason(bench)

    told = "\n".join(await bench.private("已经点了退货申请了 顺便问下运费哪个出"))

    assert "运费险" in told
    assert "先记着：售后申请交上去了" in told


async def test_the_day_is_counted_from_when_it_was_said(bench: Bench) -> None:
    await _asked_for_the_reason(bench)
    await bench.private("昨天已经点了退货申请了")
    bench.clock.moment += timedelta(hours=30)

    told = "\n".join(await _to_the_verdict(bench))

    assert "好，记下：申请交上去了（前天）" in told


async def test_several_pieces_of_news_are_put_in_as_they_came(bench: Bench) -> None:
    await _asked_for_the_reason(bench)
    await bench.private("已经点了退货申请了", "不想要了")
    await bench.private("商家刚刚同意退货了")

    await bench.private("昨天签收的", "普通鞋子", "完好")

    assert await _events(bench) == ["applied", "merchant-agreed"]


async def test_a_step_nobody_told_is_noted_with_it_and_said(bench: Bench) -> None:
    await _asked_for_the_reason(bench)
    await bench.private("我把货寄回去了")

    told = "\n".join(await _to_the_verdict(bench))

    assert "先前的「商家同意退货」也一并记成已经办了" in told
    assert await _events(bench) == ["merchant-agreed", "sent-back"]


async def test_money_that_came_does_not_force_the_rest_of_the_questions(bench: Bench) -> None:
    await _asked_for_the_reason(bench)

    (said,) = await bench.private("钱到了 全退的")

    assert "回「退出」" in said
    await bench.private("退出")
    assert await bench.rows("SELECT id FROM refund_interviews WHERE status = 'active'") == []


async def test_early_news_can_be_taken_back(bench: Bench) -> None:
    await _asked_for_the_reason(bench)
    await bench.private("已经点了退货申请了")

    await bench.private("撤销")

    await _to_the_verdict(bench)
    assert await _events(bench) == []


async def test_what_is_planned_or_asked_is_no_news(bench: Bench) -> None:
    await _asked_for_the_reason(bench)

    await bench.private("我打算明天去点退货申请", "点了退货申请会怎么样")

    await _to_the_verdict(bench)
    assert await _events(bench) == []


async def test_a_day_nobody_asked_for_is_not_offered_as_an_option(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退 商家不给退")

    told = "\n".join(await bench.private("上周三到的"))

    assert "你说的是「" not in told


async def test_a_day_asked_about_is_corrected_by_its_own_words(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "还没申请呢", "不想要了", "昨天签收的")

    told = "\n".join(await bench.private("不是 上周五签收的"))

    assert "11月20日" in told
    assert "买的是哪一类东西" in told


async def test_the_wish_for_a_change_is_not_denied_by_an_answer(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "商家同意了 货还没寄")
    told = "\n".join(await bench.private("我还没提交申请"))
    assert "要改吗" in told

    *answered, asked = await bench.private("昨天同意的")

    assert "11月22日" in "\n".join(answered)
    assert "还差你一句：「进度」要不要改成" in asked
    told = "\n".join(await bench.private("改"))
    assert "改好了：进度" in told


async def test_a_digit_after_the_second_asking_changes_nothing(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "商家同意了 货还没寄")
    await bench.private("还没点申请")
    *_, asked = await bench.private("前天同意的")
    assert "还差你一句" in asked

    told = "\n".join(await bench.private("1"))

    assert "改好了" not in told


async def test_what_is_undecided_at_the_verdict_is_asked_of_the_case(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "商家同意了 货还没寄", "昨天同意的")
    await bench.private("我还没提交申请")

    told = "\n".join(await bench.private("商家出"))

    assert "已记成案件" in told
    assert "还差你一句：「进度」" in told
    assert "改好了" in "\n".join(await bench.private("改"))


async def test_a_later_step_told_at_another_question_is_news_and_no_change_of_mind(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "还没申请呢", "不想要了")

    told = "\n".join(await bench.private("货我寄回去了 单号也填了"))

    assert "要改吗" not in told
    assert "先记着：已寄出" in told


async def test_a_doubtful_day_is_asked_back_and_taken_when_confirmed(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退", "还没申请呢", "不想要了")

    (asked,) = await bench.private("昨天下的单")
    assert "「签收日期」就是 11月22日" in asked

    told = "\n".join(await bench.private("是"))

    assert "买的是哪一类东西" in told


async def test_a_complaint_told_in_the_first_line_is_put_into_the_case_with_its_own_day(bench: Bench) -> None:
    line = "充了100块钱快币没到账 微信付的 显示支付成功 11月10号充的 上周五打12315投诉了"

    told = "\n".join(await bench.private(line))

    assert "付款时间 11月10日" in told
    assert "（11月20日（周五））" in told
    assert (await _events(bench))[-1] == "complained"


async def test_the_day_of_the_complaint_is_not_the_day_of_the_matter(bench: Bench) -> None:
    told = "\n".join(await bench.private("我儿子8岁 刷了五千给主播 昨天投诉12315了"))

    assert "也听到了：" in told
    assert "打赏日期" not in told


async def test_the_police_are_no_complaint_to_12315(bench: Bench) -> None:
    told = "\n".join(await bench.private("直播间买的课 老师跑路了 上个月28号报警了 派出所没立案"))

    assert "也听到了" not in told


@pytest.mark.parametrize("said", ["在网上法院交了起诉状 等审核", "我在法院网上立案了 等着审核", "已经去法院起诉了"])
async def test_what_waits_for_the_court_does_not_wait_for_the_platform(bench: Bench, said: str) -> None:
    await bench.private("退款 申诉", "小店买的东西")

    told = "\n".join(await bench.private(said))

    assert "先记着：" in told
    assert "走到哪一步：" not in told


@pytest.mark.parametrize("said", ["两边扣的 微信扣了四千三 支付宝那头两千六百五", "分两次付的 一次五百一次三百"])
async def test_how_it_was_paid_is_no_money_back(bench: Bench, said: str) -> None:
    await bench.private("退款 申诉", "小店买的东西")

    assert "听到了：只付了一部分" not in "\n".join(await bench.private(said))


async def test_news_that_ends_the_waiting_for_an_answer_is_said_back_too(bench: Bench) -> None:
    await bench.private("孩子给主播打赏的钱怎么退", "12岁", "完全不知道")
    await bench.private("断断续续的 具体得看账单")

    told = "\n".join(await bench.private("昨晚在app里交上去了"))

    assert "先记着：已在 App 里提交" in told
    assert "先按不清楚算" in told


async def test_what_one_has_in_hand_is_no_answer_to_yes_or_no(bench: Bench) -> None:
    await bench.private("孩子给主播打赏的钱怎么退", "8岁半")

    told = "\n".join(await bench.private("手机是我的 号也是我的 他跟主播聊天的还在 我都没敢删"))

    assert "跨过生日：否" not in told


async def test_a_question_that_time_has_answered_gives_the_verdict_and_keeps_the_news(bench: Bench) -> None:
    await bench.private("退货", "商家同意了 货还没寄", "前天答应的")
    await bench.advance(days=3)
    await bench.private("叫快递拉走了 单号录进去了")
    await bench.advance(days=4)

    told = "\n".join(await bench.private("那边已经收了货"))

    assert "已寄出" in told
    assert "等商家退款" in told
    assert len(await bench.rows("SELECT id FROM refund_cases")) == 1
