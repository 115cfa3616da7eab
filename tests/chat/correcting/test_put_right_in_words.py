"""用话改得了：一句改几处，约数说准了直接改，选错的一项说得清就改，对方出的数也改；结论没变不再整段念。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, said

TIPS = (
    "你好 我家孩子13岁 拿我手机在快手给主播刷了好多礼物 我才发现",
    "大概七八千吧 断断续续三个月",
    "有孩子和主播的聊天 关注的内容像孩子",
    "最早就8月底吧 8月28还是29",
)


async def test_two_answers_are_put_right_in_one_sentence(bench: Bench) -> None:
    await bench.private(*TIPS)

    changed = await said(bench, "不是啊 我是说金额不是7500 改成9236元 日期改成8月26")

    assert "改成「9236 元」" in changed
    assert "改成「8月26日」" in changed


@pytest.mark.parametrize(
    "told", ["一笔一笔加的 一共是8236块 最早的是8月26号 单笔最多1288", "翻了账单 总共8236元 最早是8月26号"]
)
async def test_what_was_said_roughly_is_made_exact_without_asking(bench: Bench, told: str) -> None:
    await bench.private(*TIPS)

    changed = await said(bench, told)

    assert "由「约 7500 元」改成「8236 元」" in changed
    assert "改成「8月26日」" in changed
    assert "要改吗" not in changed


async def test_a_far_different_sum_is_asked_about_first(bench: Bench) -> None:
    await bench.private(*TIPS)

    assert "要改吗" in await said(bench, "一共刷了三万二")


async def test_a_verdict_that_stands_is_not_read_out_again(bench: Bench) -> None:
    await bench.private(*TIPS)

    changed = await said(bench, "总额记错了 是9239元")

    assert "结论没变" in changed
    assert "你现在点哪里" not in changed
    assert "回编号细看" in changed


async def test_the_day_of_another_step_does_not_change_the_day_asked_about(bench: Bench) -> None:
    await bench.private(*TIPS)

    heard = await said(bench, "前天把打赏的申请跟材料交给客服了")

    assert "打赏日期" not in heard


@pytest.mark.parametrize("told", ["啥退款啊 我还没申请退款呢 你搞错了 钱一分没退", "不对 你弄错了 我都没申请过"])
async def test_a_wrongly_heard_choice_is_put_right_while_another_question_is_open(bench: Bench, told: str) -> None:
    await bench.private("退货", "显示已退款了 没收到")

    assert "进度 由「显示已退款，没到账或少了」改成「还没申请」" in await said(bench, told)


async def test_saying_the_same_again_changes_nothing(bench: Bench) -> None:
    await bench.private("退货", "还没申请")

    assert "改成" not in await said(bench, "你问的不对 我还没申请 没有少钱")


async def test_how_short_a_shelf_is_says_nothing_about_money(bench: Bench) -> None:
    await bench.private("我在快手直播间买了个架子 尺寸不对想退")

    heard = await said(bench, "还没弄呢 直播间说可以按尺寸做 我报的1米2 到了一量才1米08 短了12公分")

    assert "进度：还没申请" in heard


async def test_the_sum_offered_is_put_right_as_theirs_not_mine(bench: Bench) -> None:
    await bench.private(*RETURN, "商家只肯退一半", "459")

    changed = await said(bench, "不是一半那个数 他说的是230")
    claim = await said(bench, "能要多少")

    assert "230 元" in changed
    assert "230" not in claim


async def test_what_i_want_is_the_sum_before_the_not(bench: Bench) -> None:
    await bench.private(*RETURN, "能要多少", "400")

    assert "459 元" in await said(bench, "我要的是459不是400")


async def test_the_name_of_a_step_back_is_asked_about_before_later_notes_are_lost(bench: Bench) -> None:
    await bench.private(*RETURN, "商家同意了", "能要多少", "459")

    asked = await said(bench, "撤销商家同意那条")
    assert "后面的「" in asked
    assert "撤掉吗" in asked
    assert "好，撤销了" in await said(bench, "1")


async def test_an_undo_with_what_is_right_behind_it_is_a_correction(bench: Bench) -> None:
    await bench.private(*RETURN, "商家只肯退一部分")

    heard = await said(bench, "撤销 不对 我已经申请平台介入了")

    assert "记下：已申请平台介入" in heard


@pytest.mark.parametrize(
    ("told", "then", "asked", "reply", "day"),
    [
        ("国庆节收到的鞋子不合适想退 还没申请", (), "10月1日到10月7日", "3号", "10月3日"),
        ("退货", ("还没申请 五一收到的", "不合适"), "5月1日到5月5日", "最后一天", "5月5日"),
        ("中秋收到的鞋子不合适想退 还没申请", (), "2. 9月26日", "2", "9月26日"),
    ],
)
async def test_a_holiday_told_before_the_day_is_asked_is_kept_for_it(
    bench: Bench, told: str, then: tuple[str, ...], asked: str, reply: str, day: str
) -> None:
    said = "".join(await bench.private(told, *then))
    assert asked in said
    await bench.private(reply)
    assert day in "".join(await bench.private("进度"))


async def test_a_day_put_right_to_a_holiday_is_asked_within_it(bench: Bench) -> None:
    await bench.private("退货", "1", "不合适", "昨天")
    said = "".join(await bench.private("记错了 是国庆收到的"))
    assert "国庆放假是10月1日到7日，具体是哪一天" in said
    await bench.private("第三天")
    assert "10月3日" in "".join(await bench.private("进度"))
