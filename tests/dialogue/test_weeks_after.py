"""结论之后几周里说的话：谁要的凭证、不怎样就怎样、没撤、电话号码，都不记成进展；随时能做的一步说明白就记。"""

import pytest

from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.dialogue.reading.intents import ProofFor
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
    ],
)
def test_what_is_told_outright_is_recorded(scenario: str, stage: str, said: str, event: str) -> None:
    first = heard(in_stage(scenario, stage, asked=False), said).first

    assert isinstance(first, intents.Reported)
    assert first.event == event
    assert first.sure or event in ("refused", "arrived-part")


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
    ],
)
def test_what_is_asked_beside_a_case_is_answered(scenario: str, stage: str, said: str, topic: str) -> None:
    first = heard(in_stage(scenario, stage, asked=False), said).first

    assert isinstance(first, intents.Asked)
    assert topic in (first.topic, *first.others)
