"""结论之后几周里说的话：谁要的凭证、不怎样就怎样、没撤、电话号码，都不记成进展；随时能做的一步说明白就记。"""

from dataclasses import replace

import pytest

from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.dialogue.reading.intents import ProofFor
from nonebot_plugin_refund.dialogue.reading.meanings.sum_intents import SumKind, SumTold
from tests.dialogue.situations import heard, in_stage


@pytest.mark.parametrize(
    ("scenario", "stage", "said", "proof_for"),
    [
        ("live-tip", "complained", "12315让我补付款记录", ProofFor.OFFICIAL),
        ("live-tip", "complained", "12315让我补材料 不然不受理", ProofFor.OFFICIAL),
        ("live-tip", "in-court", "法官让我补交转账流水", ProofFor.OFFICIAL),
        ("appeal", "waiting", "12315打来说缺身份证复印件", ProofFor.OFFICIAL),
        ("appeal", "filing", "法院让我补商家的营业执照信息", ProofFor.OFFICIAL),
        ("paid-content", "asked", "机构问我要付款截图", ProofFor.MERCHANT),
        ("shop-return", "waiting", "老板让我把视频发他 看了就同意退", ProofFor.MERCHANT),
    ],
)
def test_proof_is_for_whoever_asked(scenario: str, stage: str, said: str, proof_for: ProofFor) -> None:
    first = heard(in_stage(scenario, stage, asked=False), said).first

    assert isinstance(first, intents.NothingNew)
    assert first.proof_for is proof_for


@pytest.mark.parametrize(
    ("scenario", "stage", "said"),
    [
        ("live-tip", "complained", "12315说调解不成就终止"),
        ("shop-return", "platform", "平台说三天不补就驳回"),
        ("live-tip", "in-court", "我没撤"),
        ("live-tip", "complained", "同意退了 但要我12315撤案"),
        ("shop-return", "to-complain", "判退260"),
        ("shop-return", "exchange", "刚拆开 补的这双没毛病"),
        ("live-tip", "submitted", "我去派出所报案了"),
        ("top-up", "complained", "立案了"),
        ("top-up", "submitted", "币不要了 退钱给我"),
        ("appeal", "waiting", "短信说转给海淀区那边了 我等的都急死了"),
        ("appeal", "preparing", "商家反过来说我恶意索赔 要紧吗"),
        ("shop-return", "platform", "报警了"),
        ("live-tip", "tell", "客服让补户口本"),
        ("refund-only", "exchange", "换的东西收到了 先拆还是先拍"),
        ("shop-return", "refused", "又拒了 理由还是定制"),
        ("shop-return", "to-complain", "去12315投诉要写商家地址 我上哪找他地址去"),
        ("live-tip", "escalate", "上12315投诉必须写公司全称 快手公司叫啥"),
        ("refund-only", "to-apply", "都半个月没发货了 除了退款 能让他赔我点吗"),
        ("refund-only", "to-apply", "半个月没发货 我想要点补偿"),
        ("shop-return", "send-back", "地址发我了 在深圳"),
        ("shop-return", "checking", "凭啥啊 我拒了"),
        ("shop-return", "checking", "说的是我室友 不是我这个"),
        ("shop-return", "to-complain", "我要去打12315"),
    ],
)
def test_nothing_is_recorded_or_put_right(scenario: str, stage: str, said: str) -> None:
    first = heard(in_stage(scenario, stage, asked=False), said).first

    assert not isinstance(first, (intents.Corrected, intents.Undo, intents.Offered))
    assert not (isinstance(first, intents.Reported) and first.sure)


@pytest.mark.parametrize(
    ("scenario", "stage", "said", "event"),
    [
        ("shop-return", "send-back", "我刚打了12315", "complained"),
        ("shop-return", "to-complain", "我去打了12315", "complained"),
        ("shop-return", "to-complain", "我昨天去投诉了 12315", "complained"),
        ("paid-content", "prepare", "我直接12315投诉了", "complained"),
        ("live-tip", "submitted", "法院已经立案了 案号都下来了", "sued"),
        ("live-tip", "filing", "立上了 12月8号开庭", "sued"),
        ("paid-content", "asked", "多扣了两次，只还了一次的钱", "arrived-part"),
        ("top-up", "complained", "立案了 案号发我了", "sued"),
        ("top-up", "complained", "立案了 那边发短信说已经立案调查", "accepted"),
        ("live-tip", "supplement", "三天没补 平台就给我驳回了", "refused"),
        ("appeal", "reviewing", "客服打电话来了 说要补啥户口本", "asked-more"),
        ("appeal", "supplement", "弄好了发过去了", "sent-more"),
        ("shop-return", "refused", "第二次申请也给我驳了", "merchant-refused"),
        ("live-tip", "reviewing", "复核也没过", "refused"),
        ("live-tip", "reviewing", "复核下来了 同意全退 要我做什么吗", "agreed"),
        ("top-up", "reviewing", "申诉成功了", "agreed"),
        ("live-tip", "reviewing", "复核结果还是维持原来的", "refused"),
        ("shop-return", "waiting", "老板说不得行", "merchant-refused"),
        ("shop-return", "waiting", "他讲莫得商量", "merchant-refused"),
        ("shop-return", "waiting", "客服话冇得退", "merchant-refused"),
        ("shop-return", "waiting", "伊讲勿退", "merchant-refused"),
        ("shop-return", "waiting", "俾人驳咗", "merchant-refused"),
        ("live-tip", "submitted", "平台话唔退得", "refused"),
        ("live-tip", "reviewing", "刚打完12315 接下来等多久", "complained"),
        ("live-tip", "submitted", "又给驳了 我该往哪走", "refused"),
        ("shop-return", "send-back", "寄走了邮费十二块", "sent-back"),
        ("shop-return", "to-complain", "12315投诉了 投诉要填的都填了", "complained"),
        ("refund-only", "waiting", "先前一直没发货 我一申请他突然发货了", "shipped-late"),
    ],
)
def test_what_is_told_outright_is_recorded(scenario: str, stage: str, said: str, event: str) -> None:
    first = heard(in_stage(scenario, stage, asked=False), said).first

    assert isinstance(first, intents.Reported)
    assert first.event == event
    assert first.sure or event in ("refused", "arrived-part")


@pytest.mark.parametrize(
    "said",
    [
        "客服要我手持身份证 发不发",
        "平台要我妈身份证正反面 这个敢给吗",
        "要我写承诺书说不再追究 写不写",
        "他们让签和解协议 签不签",
    ],
)
def test_whether_to_hand_it_over_is_answered_not_recorded(said: str) -> None:
    reading = heard(in_stage("live-tip", "submitted", asked=False), said)

    assert [type(intent) for intent in reading.intents] == [intents.Asked]
    assert isinstance(reading.first, intents.Asked)
    assert reading.first.topic is not None


@pytest.mark.parametrize(
    ("said", "sum_", "what"),
    [
        ("寄走了邮费十二块", 12, "寄回运费"),
        ("不是到付 我自己垫的12块", 12, "寄回运费"),
        ("今天寄的 顺丰花了18", 18, "寄回运费"),
        ("发回去了 快递费我出的十五", 15, "寄回运费"),
        ("邮费是我掏的 22", 22, "寄回运费"),
        ("检测费花了80", 80, "检测费"),
        ("昨天发走的 邮费垫了十六", 16, "寄回运费"),
    ],
)
def test_what_was_paid_beside_is_not_the_price(said: str, sum_: int, what: str) -> None:
    told = heard(in_stage("shop-return", "returning", asked=False), said).intents[-1]

    assert isinstance(told, SumTold)
    assert (told.kind, told.sum, told.what) == (SumKind.COST, sum_, what)


@pytest.mark.parametrize("said", ["商家要扣我12块运费", "运费12块谁出", "商家让我出12块运费", "运费他说退我12"])
def test_postage_that_is_not_paid_is_not_noted(said: str) -> None:
    reading = heard(in_stage("shop-return", "returning", asked=False), said)

    assert not any(isinstance(intent, SumTold) for intent in reading.intents)


def test_a_complaint_taken_out_and_filed_anew_is_both() -> None:
    context = in_stage("live-tip", "complained", asked=False)
    (matter,) = context.matters
    complained = replace(context, matters=(replace(matter, walked=("complained",)),))

    first = heard(complained, "公司名填错了 撤了重新交的").first

    assert isinstance(first, intents.Reported)
    assert first.sure
    assert [event for event, _ in first.earlier] == ["complaint-withdrawn"]
    assert first.event in ("complained", "refiled")


@pytest.mark.parametrize(
    "said", ["我没这么说过", "我可没说过这话", "谁说的 我没讲这个", "我啥时候说过这个", "我没说过这话 你记错了"]
)
def test_never_said_asks_whether_to_take_the_last_back(said: str) -> None:
    context = replace(in_stage("shop-return", "waiting", asked=False), can_undo=True)

    first = heard(context, said).first

    assert isinstance(first, intents.Undo)
    assert not first.sure


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("我啥时候说他同意了", True),
        ("俺几时说过人家同意啊", True),
        ("谁说的 我没讲过同意", True),
        ("我可没跟你说店家同意退货", True),
        ("我没跟他说过同意", False),
    ],
)
def test_what_was_never_said_is_named(said: str, asked: bool) -> None:
    context = in_stage("shop-return", "send-back", asked=False)
    (matter,) = context.matters
    agreed = replace(context, matters=(replace(matter, walked=("merchant-agreed",)),), can_undo=True)

    first = heard(agreed, said).first

    assert (isinstance(first, intents.Undo) and first.event == "merchant-agreed" and not first.sure) is asked


@pytest.mark.parametrize("said", ["六成也行 比没有强", "八折我认了", "七成就七成吧", "五百也中"])
def test_a_sum_settled_for_is_asked_before_it_gives_up_the_rest(said: str) -> None:
    reading = heard(in_stage("live-tip", "offer", asked=False), said)

    assert reading.band is intents.Band.CONFIRM
    first = reading.first
    assert isinstance(first, intents.Offered | intents.Reported)
    assert (isinstance(first, intents.Offered) and first.dealt) or not first.sure


@pytest.mark.parametrize("said", ["不要那20", "那20我不要", "不要他给的那20块"])
def test_one_sum_refused_is_no_giving_up(said: str) -> None:
    first = heard(in_stage("shop-return", "waiting", asked=False), said).first

    assert isinstance(first, intents.Offered)
    assert first.refused


@pytest.mark.parametrize(
    ("said", "condition"),
    [("叫我先把售后撤了他再退", "withdraw-first"), ("让我加微信 他私下退我钱", "off-platform")],
)
def test_a_trap_is_named_when_it_is_told(said: str, condition: str) -> None:
    first = heard(in_stage("shop-return", "to-complain", asked=False), said).first

    assert isinstance(first, intents.Offered)
    assert first.conditions == (condition,)


@pytest.mark.parametrize(
    ("scenario", "stage", "said", "topic"),
    [
        ("refund-only", "to-apply", "要是钱退了货又送来了 我该不该收", "parcel-after-refund"),
        ("paid-content", "prepare", "合同都签了字的 这课还退得了不", "signed-contract"),
        ("refund-only", "platform", "货丢了 商家让我找快递 快递让我找商家 到底该谁赔", "logistics-stuck"),
        ("shop-return", "to-complain", "去12315投诉要写商家地址 我上哪找他地址去", "regulator-no-address"),
        ("appeal", "preparing", "没有商家的营业执照能起诉吗", "sue-whom"),
        ("live-tip", "prepare", "孩子用我身份证实名的号刷的 这样还能算他刷的吗", "tip-parent-account"),
    ],
)
def test_what_is_asked_beside_a_case_is_answered(scenario: str, stage: str, said: str, topic: str) -> None:
    first = heard(in_stage(scenario, stage, asked=False), said).first

    assert isinstance(first, intents.Asked)
    assert topic in (first.topic, *first.others)
