"""选择题答错了，说“不是 A 是 B”“改成 B”就改：问答里、有了结论之后、没有后续步骤的那件都一样；几处一起改。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, RETURN_AGREED, said

REFUSED = ("退货", "商家拒绝了")
UNWANTED = (*REFUSED, "不想要")
CUSTOM = ("退货", "还没申请", "不想要", "昨天签收的", "按我的要求定做的")
"""定做的不适用无理由：没有后续步骤。"""
COURSE = ("我在快手直播间买了个培训课4980 在快手里下单付的 感觉被骗了想退",)
"""在哪付的钱先记着，还没问到。"""


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ("不是驳回 我还没在订单里点申请呢 他只是聊天里说不退", "还没申请"),
        ("你记岔了 我没有被拒绝 申请还没点", "还没申请"),
        ("不是被拒 是在等他处理", "申请了，在等商家处理"),
        ("前面那个改成还没申请", "还没申请"),
    ],
)
async def test_a_step_that_is_denied_is_put_right_while_the_next_question_is_open(
    bench: Bench, told: str, now: str
) -> None:
    await bench.private(*REFUSED)

    assert f"进度 由「商家拒绝了（驳回）」改成「{now}」" in await said(bench, told)


@pytest.mark.parametrize("told", ["哎不对 商家没拒绝", "等一下 不是商家拒的 是系统拒的"])
async def test_a_denial_without_what_is_right_asks_that_question_again(bench: Bench, told: str) -> None:
    await bench.private(*REFUSED)

    heard = await said(bench, told)

    assert "「进度」先前记的不算了" in heard
    assert "现在走到哪一步了" in heard


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ("不是不想要 是发来的跟说的不一样", "和描述、直播说的不一样"),
        ("我没说不想要 是标错码", "和描述、直播说的不一样"),
        ("退货原因改成描述不符", "和描述、直播说的不一样"),
        ("不对 我那是坏了 不是不喜欢", "坏了或有质量问题"),
        ("原因记错了哈 应该是假货", "怀疑是假货"),
    ],
)
async def test_a_reason_is_put_right_in_words(bench: Bench, told: str, now: str) -> None:
    await bench.private(*UNWANTED)

    assert f"改成「{now}」" in await said(bench, told)


@pytest.mark.parametrize(
    "told",
    [
        "我没申请啊!怎么老说提交申请 而且不是不想要 是标错码了 改一下",
        "我还没申请 也不是不想要 是质量有问题 改一下",
        "进度错了 我没申请过 原因也错了 是假货",
    ],
)
async def test_two_answers_are_put_right_together(bench: Bench, told: str) -> None:
    await bench.private(*UNWANTED)

    changed = await said(bench, told)

    assert "进度 由「商家拒绝了（驳回）」改成「还没申请」" in changed
    assert "退货原因 由「不想要、不合适、拍错了」改成" in changed


async def test_what_is_recorded_already_is_said_so(bench: Bench) -> None:
    await bench.private("退货", "还没申请")

    assert "「进度」记的就是「还没申请」" in await said(bench, "不是驳回 我还没申请呢 他只是聊天里说不退")


@pytest.mark.parametrize(
    "told", ["钱是扫他们发的码付的 不是快手里付的", "不是在快手里付的 微信转给老师的", "我记错了 是微信转给他个人的"]
)
async def test_what_is_only_kept_for_later_is_put_right_too(bench: Bench, told: str) -> None:
    await bench.private(*COURSE)

    assert "在哪付的钱 由「在快手里下单付的」改成「转微信、扫码、转账到个人」" in await said(bench, told)


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ("退货原因改成描述不符 标的尺码和实物不一样", "和描述、直播说的不一样"),
        ("退货原因 是和描述、直播说的不一样", "和描述、直播说的不一样"),
        ("弄错了 不是不想要 是坏的", "坏了或有质量问题"),
        ("修改 2 和描述不一样", "和描述、直播说的不一样"),
        ("不是定做的 是普通衣服", "普通商品（衣鞋、家电、日用）"),
    ],
)
async def test_a_matter_without_further_steps_is_judged_anew(bench: Bench, told: str, now: str) -> None:
    await bench.private(*CUSTOM)

    assert f"改成「{now}」" in await said(bench, told)


@pytest.mark.parametrize("told", ["好吧 那算了", "那我再跟商家商量商量"])
async def test_a_remark_on_a_concluded_matter_changes_nothing(bench: Bench, told: str) -> None:
    await bench.private(*CUSTOM)

    assert "改成" not in await said(bench, told)


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ("我没被拒 申请还没点 你记错了", "还没申请"),
        ("搞错了 他没拒我 是我还没申请", "还没申请"),
        ("修改1 我还没申请呢", "还没申请"),
        ("修改 1 商家还没处理 是系统拒的", "申请了，在等商家处理"),
        ("修改 2 质量问题", "坏了或有质量问题"),
    ],
)
async def test_a_case_just_opened_is_put_right_and_no_news_is_recorded(bench: Bench, told: str, now: str) -> None:
    await bench.private(*RETURN)

    changed = await said(bench, told)

    assert f"改成「{now}」" in changed
    assert "记下：" not in changed


async def test_a_wrong_day_and_a_wrong_step_are_both_asked_anew(bench: Bench) -> None:
    await bench.private("退货", "商家拒绝了", "和描述不一样", "有，能看清问题", "11月14号拒的")

    heard = await said(bench, "你弄错了 11月14是收到货 不是商家拒绝 商家还没说话呢 是系统拒的极速退款")

    assert "「进度」、「驳回日期」先前记的不算了" in heard


@pytest.mark.parametrize("told", ["收到货是11月14号", "14号是收到货的日子 不是拒绝的日子"])
async def test_a_day_that_was_another_things_is_asked_anew(bench: Bench, told: str) -> None:
    await bench.private("退货", "商家拒绝了", "和描述不一样", "有，能看清问题", "11月14号拒的")

    heard = await said(bench, told)

    assert "「驳回日期」先前记的不算了" in heard
    assert "商家哪天拒绝的" in heard


@pytest.mark.parametrize(
    "told",
    [
        "商家改口说同意了",
        "商家说不是质量问题 不给退",
        "不是质量问题他不给退",
        "商家没拒绝我寄回 就是不出运费",
        "平台不是不管 让我补材料",
    ],
)
async def test_news_with_a_not_in_it_is_no_correction(bench: Bench, told: str) -> None:
    await bench.private(*RETURN)

    heard = await said(bench, told)

    assert "改成" not in heard
    assert "不算了" not in heard


async def test_once_the_case_has_moved_on_its_first_step_is_not_put_right(bench: Bench) -> None:
    await bench.private(*RETURN, "已申请平台介入")

    heard = await said(bench, "商家没拒绝 就是一直不回我")

    assert "先前记的不算了" not in heard


async def test_a_rhetorical_question_undoes_nothing(bench: Bench) -> None:
    await bench.private(*RETURN)

    assert "撤销了" not in await said(bench, "不是说48小时吗 怎么还没动静")


@pytest.mark.parametrize(
    ("told", "label"),
    [
        ("不是申请介入 我只是问了下客服", "已申请平台介入"),
        ("说错了 不是申请介入 是找了客服", "已申请平台介入"),
    ],
)
async def test_the_last_report_denied_is_asked_about(bench: Bench, told: str, label: str) -> None:
    await bench.private(*RETURN, "已申请平台介入")

    assert f"要把刚才的「{label}」撤掉吗" in await said(bench, told)


@pytest.mark.parametrize(
    ("before", "told", "noted"),
    [
        ((), "不是同意退货 是同意换货", "商家答应换、补发"),
        (("昨天寄出去了", "商家签收了"), "不是签收 是他拒收 快递退回来了", "商家拒收或说有问题"),
        (("商家拒绝了", "已申请平台介入", "平台让我补凭证"), "看岔了 不是让补 是判退一半", "只支持退一部分"),
    ],
)
async def test_the_last_report_is_replaced_by_what_is_said_plainly(
    bench: Bench, before: tuple[str, ...], told: str, noted: str
) -> None:
    await bench.private(*RETURN_AGREED, *before)

    assert f"记下：{noted}" in await said(bench, told)


@pytest.mark.parametrize("told", ["商家不是拒绝 是让我补图", "不是商家给的数 是平台判的"])
async def test_what_is_only_a_little_like_another_step_is_not_recorded_instead(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_AGREED, "商家只肯退一部分")

    assert "记下：" not in await said(bench, told)


async def test_both_halves_without_a_pause_are_heard_and_what_was_told_before_is_used(bench: Bench) -> None:
    await bench.private("我弟弟打赏主播300那个怎么退", "9岁 他自己拿我手机点的 我和爸妈都不知道", "4")

    changed = await said(bench, "不对啊 我弟才9岁 是小孩不是大人")

    assert "改成「孩子刷的（当时没满 18 岁）」" in changed
    assert "你前面说过：当时年龄 9岁" in changed
    assert "满几周岁" not in changed


async def test_a_relative_of_mine_may_be_what_is_denied(bench: Bench) -> None:
    await bench.private("打赏的钱怎么退", "我老公刷的")

    assert "改成「孩子刷的（当时没满 18 岁）」" in await said(bench, "不是我老公 是孩子刷的")
