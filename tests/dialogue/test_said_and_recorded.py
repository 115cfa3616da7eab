"""说什么、问的是什么，记下的只能是说的那个意思：读对、再问都行，记成别的不行。"""

from collections.abc import Collection

import pytest

from nonebot_plugin_refund.cli.hearing.stated_context import Stated
from nonebot_plugin_refund.dialogue.reading import awaits, intents
from nonebot_plugin_refund.dialogue.reading.intents import Band, Reading
from nonebot_plugin_refund.domain.interview.answers import Answer
from tests.dialogue.situations import CASE_CODE, NOW, case_open, heard, in_stage, reader


def lines(text: str) -> tuple[str, ...]:
    """竖线隔开的几句。"""
    return tuple(line.strip() for line in text.split("|"))


ANSWERS: tuple[tuple[str, str, Collection[object], tuple[str, ...]], ...] = (
    (
        "shop-return",
        "severity",
        {"yes"},
        lines(
            "没法用了|用不了|不能用了|不通电|没法正常用|开不了机|漏水漏得没法用|拉链坏了合不上|屏幕全黑 什么都干不了"
        ),
    ),
    ("shop-return", "severity", {"no"}, lines("能用|还能用 就是慢|凑合能用|用是能用的|不影响使用|能正常用 就是丑")),
    (
        "refund-only",
        "looked",
        {"yes"},
        lines("没有|确实没有|问过了都说没有|没人收到|都没看见|驿站说没有这个件|翻遍了也没有"),
    ),
    ("refund-only", "looked", {"no"}, lines("还没问|没问过|还没去驿站看|没来得及问门卫|没问呢")),
    ("shop-return", "applied_in_time", {"yes"}, lines("不到7天|才五天|第三天就交了|没超|没超期")),
    ("shop-return", "applied_in_time", (), lines("不对 我还没申请|原因不对 是质量问题")),
    (
        "shop-return",
        "progress",
        {"refused"},
        lines("申请了他没同意|商家没同意|不同意退|他不给退|客服说不能退 给我驳回了|人家不肯"),
    ),
    (
        "shop-return",
        "progress",
        {"refused"},
        lines("同意了又反悔了|先答应了后来又不认|说好退的又变卦了|答应得好好的又反悔了"),
    ),
    ("live-tip", "situation", {"minor"}, lines("我弟12岁|我妹才十岁|我弟弟上五年级他刷的")),
    (
        "shop-return",
        "progress",
        {"sent"},
        lines("商家收到货了不给退|东西退回去了钱还没给|寄回去了没退钱|货到他那了 钱没动静"),
    ),
    (
        "shop-return",
        "progress",
        {"waiting"},
        lines("商家还没同意|商家还没理我|没回音|交了没人管|还在等他同意"),
    ),
    ("shop-return", "progress", {"not-applied"}, lines("还没申请|没申请呢|还没点售后")),
    ("refund-only", "merchant_says", {"refuses", "part"}, lines("不肯全退|不肯退全款|一分不退|死活不退|他不退")),
    (
        "refund-only",
        "situation",
        {None},
        lines("不清楚发没发|不知道发没发货|发没发我也不清楚|没看见发没发|发货没有我不清楚"),
    ),
    ("top-up", "spent", {"some"}, lines("花了一半|还剩一点|用了几百个|剩得不多了")),
    ("top-up", "spent", {"none"}, lines("没花|一个都没动|没用过|全在里面")),
    ("live-tip", "guardian", {"unaware"}, lines("不晓得撒|我压根不知道|看账单才发现的|我一点都不知道")),
    (
        "live-tip",
        "traces",
        {("none",)},
        lines(
            "聊天她都删干净了|家里监控没拍到|没开青少年模式|没有聊天记录|记录都没留|监控早就删了|没存聊天|没有他的单独账号"
        ),
    ),
    (
        "live-tip",
        "age",
        {7.0},
        lines("下个月满8岁|再过十天满8岁|差一个月满8岁|还有俩月才到8岁|过完年才满8岁|快8岁了|虚岁八岁"),
    ),
    ("live-tip", "age", {7.0, 8.0}, lines("5月刷的 孩子6月过8岁生日")),
    ("live-tip", "age", {9.0}, lines("今年10岁 刷的时候9岁|现在十岁了 那会儿九岁|9岁|九周岁")),
    ("live-tip", "age", (), lines("今年2月6|去年11月9|二十多次|一共刷了十几回|三千多块|三个账号|前后五笔|连着七天")),
    (
        "live-tip",
        "situation",
        {"minor"},
        lines(
            "9岁女儿 11天19万5 我一个人打工 老公瘫了|侄子偷着刷的 才十岁|外甥女 三年级|娃娃刷的|我家老二拿我手机刷的"
        ),
    ),
    ("live-tip", "situation", {"self-minor"}, lines("我自己，没满18|我自己刷的 我17")),
    (
        "live-tip",
        "amount",
        (),
        lines(
            "主播微信转的一万四怎么弄|微信私下转的两千能要吗|转主播支付宝的能退吗|另外转的三千能不能要|红包五百怎么算"
        ),
    ),
    ("live-tip", "amount", {7000.0, 7500.0, 8000.0}, lines("七八千吧")),
    ("shop-return", "refused_on", (), lines("10月29收到货的|27号签收的")),
)
"""哪个场景的哪一题、记下的话只能是其中哪个（空的是不该当作回答）、说的话。"""

NOT_NEWS = {
    "到没到账、退没退成": lines(
        "到账了吗|退款到账了吗|退款成功了吗|钱到了没|钱退了没有|是不是退成功了|退款到了没啊|钱回来了吗"
    ),
    "同不同意": lines("商家同意了吗|商家同意了没|他同不同意|商家点同意了没有|卖家答应没|商家通过了吗|店家同意了没呀"),
    "签没签收": lines("商家签收了吗|商家签收了没有|货到他那了吗|他收到货没|快递签收没|退的货到了没有|他签了没"),
    "自己退不退": lines(
        "不退了行不行|不退了可以吗|能不能不退了|要不不退了行吗|不想退了还来得及吗|撤了行不行|我不要了可以吗"
    ),
    "还没发生": lines("商家还没同意|还没同意|商家还没答复|还没收到货呢|还没到账|还没有拒绝|还没寄出去"),
    "假设": lines(
        "要是商家拒绝了怎么办|如果商家同意了要寄哪|万一他拒收了呢|要是钱没到账怎么办|假如平台不支持我呢|要是超时了怎么办"
    ),
    "有没有用": lines("投诉了有用吗|投诉管用吗|申请介入有用吗|打12315有用吗|起诉了能赢吗|介入了会不会更慢"),
    "别人的事": lines(
        "我朋友那单商家同意了|同事说他的退款到账了|网上有人说商家都拒绝的|我邻居打官司赢了|听说别人都退成功了"
    ),
}
"""有一件等商家处理的案件时说的：问的、假设的、还没有的、别人的，都不是发生了什么。"""

WHO_DOES_NOT_WANT_TO = lines("商家说不退了|商家不退了|卖家不给退了|店家讲不退|他说不退了|商家那边不退|老板说退不了")
"""不退的是商家，不是本人：不能当成本人放弃。"""


def records(reading: Reading, text: str) -> bool:
    """当场就会记下什么。"""
    first = reading.first
    return isinstance(first, intents.Reported) and first.sure and reading.band is Band.RECORD and bool(text)


def value_of(answer: Answer | None) -> object:
    return None if answer is None else answer.value


@pytest.mark.parametrize(
    ("scenario", "question", "allowed", "said"),
    [
        pytest.param(scenario, question, allowed, said, id=f"{question} {said}")
        for scenario, question, allowed, group in ANSWERS
        for said in group
    ],
)
def test_an_answer_is_read_right_or_asked_again(
    scenario: str, question: str, allowed: Collection[object], said: str
) -> None:
    _, reading = reader().read(said, Stated(NOW, scenario, question))

    if question in reading.facts:
        assert value_of(reading.facts[question]) in allowed


@pytest.mark.parametrize("kind", NOT_NEWS)
@pytest.mark.parametrize("asked", [False, True], ids=["没问", "刚问过"])
def test_what_did_not_happen_is_not_news(kind: str, asked: bool) -> None:
    context = in_stage("shop-return", "waiting", asked=asked)
    for said in NOT_NEWS[kind]:
        reading = heard(context, said)
        assert not records(reading, said), (said, reading)


@pytest.mark.parametrize("said", WHO_DOES_NOT_WANT_TO)
def test_the_seller_not_wanting_to_is_not_the_buyer_giving_up(said: str) -> None:
    reading = heard(case_open(), said)

    if isinstance(reading.first, intents.Reported):
        assert reading.first.event == "merchant-refused" or not reading.first.sure


@pytest.mark.parametrize(
    "said",
    lines("快手打电话来了 说只退70%|商家只肯退三成|平台说只能退一半|他说最多退两百块|客服说给我退80%|商家愿意退五十元"),
)
def test_an_offer_is_never_a_new_matter_and_never_closes(said: str) -> None:
    reading = heard(case_open(), said)

    assert isinstance(reading.first, intents.Offered | intents.Reported)
    assert isinstance(reading.first, intents.Offered) or reading.band is Band.CONFIRM


@pytest.mark.parametrize("said", lines("不对|记错了|撤回|撤销|弄错了|你听错了|我说错了|点错了|不是这样的|刚才的不算"))
def test_taking_back_is_heard_whatever_is_awaited(said: str) -> None:
    for awaited in (None, awaits.AskDay(case=CASE_CODE), awaits.PickEvent(case=CASE_CODE, events=("agreed",))):
        assert heard(case_open(), said, awaited).first == intents.Undo()


@pytest.mark.parametrize(
    "said",
    lines(
        "我没说不退啊 是商家说不退|我没说同意啊|我没同意退一半|没说到账了啊|我没说寄出去了|我没放弃啊|我可没说不要了"
    ),
)
def test_a_denial_takes_back_what_was_noted(said: str) -> None:
    assert isinstance(heard(case_open(), said).first, intents.Undo)


@pytest.mark.parametrize(
    "said",
    lines(
        "孩子说要跳楼|我不想活了|我怕 她会打死我|客服让我转账2000解冻才能退款 我转了|他让我共享屏幕 在弄|孩子喝了拉肚子"
    ),
)
def test_danger_comes_before_the_case_and_the_question(said: str) -> None:
    asking = reader().context(Stated(NOW, "live-tip", "amount"))
    for context in (case_open(), asking, in_stage("shop-return", "waiting", asked=True)):
        assert isinstance(heard(context, said).first, intents.Danger)
