"""答题时说的担心、先应一声的进展、岁数和凭证混着别的：听成它说的，不听成正问着的那一题的回答。"""

import pytest

from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.dialogue.reading.meanings.beside_intents import BesideTold
from nonebot_plugin_refund.dialogue.reading.read import read
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from tests.dialogue.situations import asking


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("那平台要是不理咋办", "if-they-refuse"),
        ("他要是一直拖着不回我呢", "if-they-refuse"),
        ("哎 我真怕要不回来", "if-they-refuse"),
        ("会不会给我店铺拉黑啊 以后买不了", "blocked"),
    ],
)
def test_a_worry_is_answered_and_is_no_answer(line: str, topic: str) -> None:
    first = read(asking("shop-return", "severity"), Utterance(line)).first
    assert isinstance(first, intents.Asked)
    assert first.topic == topic


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [("progress", "没申请呢 怕申请了优惠没了", "not-applied"), ("reason", "担心是假货", "fake")],
)
def test_what_is_told_beside_a_worry_is_the_answer(question: str, line: str, value: str) -> None:
    assert read(asking("shop-return", question), Utterance(line)).facts[question].value == value


@pytest.mark.parametrize(
    ("line", "event"), [("嗯嗯 客服拒了", "merchant-refused"), ("好的 商家同意了 让我寄回去", "merchant-agreed")]
)
def test_a_nod_before_news_is_no_yes(line: str, event: str) -> None:
    first = read(asking("shop-return", "severity"), Utterance(line)).first
    assert isinstance(first, intents.EarlyNews)
    assert first.event == event


def test_an_offer_leaves_what_else_was_told() -> None:
    first = read(asking("live-tip", "traces"), Utterance("昨天交上去了 客服说退两千")).first
    assert isinstance(first, intents.EarlyOffered)
    assert first.news is not None
    assert first.news.event == "applied"
    assert first.news.happened_at is not None


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("今年11岁 上个月刷的 六千多", 11.0),
        ("现在十一岁 上周三刷的", 11.0),
        ("我一看账单才知道", None),
        ("我哪知道呀 去银行一打单子才晓得的", None),
        ("今年12岁 去年刷的", None),
    ],
)
def test_one_age_among_other_numbers(line: str, age: float | None) -> None:
    heard = read(asking("live-tip", "age"), Utterance(line)).facts.get("age")
    assert (heard.value if heard is not None else None) == age


@pytest.mark.parametrize(
    ("line", "traces"),
    [
        ("我的号我的手机 她跟主播聊天的截图有", {"chats"}),
        ("号是她奶奶的 手机也是老人的 不过聊天里她自己说了上六年级 我都截下来了", {"chats"}),
        ("啥也没有 就是用我的号我的手机 我当时在外地出差 车票有", {"whereabouts"}),
        ("她自己注册的号 头像是她照片 手机是旧的给她上网课用的", {"child-account", "child-phone"}),
    ],
)
def test_proof_among_what_is_the_grown_ups(line: str, traces: set[str]) -> None:
    had = read(asking("live-tip", "traces"), Utterance(line)).facts["traces"].value

    assert isinstance(had, tuple)
    assert set(had) == traces


@pytest.mark.parametrize("line", ["照片有", "宣传的录屏我有"])
def test_proof_in_hand_is_no_reason(line: str) -> None:
    assert "reason" not in read(asking("shop-return", "reason"), Utterance(line)).facts


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("crossed", "跳过"),
        ("crossed", "这题跳过"),
        ("crossed", "不知道"),
        ("traces", "先跳过吧"),
        ("traces", "下一题"),
        ("age", "这个先跳过"),
    ],
)
def test_a_question_can_be_skipped(question: str, line: str) -> None:
    assert read(asking("live-tip", question), Utterance(line)).facts[question].is_unsure


@pytest.mark.parametrize("line", ["没满18岁", "十八岁都不到", "他未成年", "没满十岁"])
def test_an_age_not_reached_is_neither_an_age_nor_somebody_else(line: str) -> None:
    reading = read(asking("live-tip", "age"), Utterance(line))

    assert not reading.facts
    assert isinstance(reading.first, intents.Talk)


@pytest.mark.parametrize(
    ("scenario", "question", "line"),
    [
        ("shop-return", "received_on", "十一假期里收到的"),
        ("shop-return", "received_on", "五一假期收的"),
        ("shop-return", "reason", "十一假期里收到的"),
        ("live-tip", "amount", "10月底到11月中旬"),
        ("live-tip", "traces", "上个月底到这个月初那阵子刷的"),
        ("live-tip", "own-income", "我跟他爸上班都不在"),
        ("live-tip", "capacity-proof", "法院那些没弄过"),
        ("shop-return", "progress", "钱微信付出去的"),
    ],
)
def test_what_answers_nothing_is_not_recorded(scenario: str, question: str, line: str) -> None:
    reading = read(asking(scenario, question), Utterance(line))

    assert not reading.facts
    assert not isinstance(reading.first, intents.Asked)


@pytest.mark.parametrize(
    "line", ["账单我都导出来了 手机是他奶奶的", "号是我的 手机也是我的 不过他跟主播聊天我都截下来了"]
)
def test_proof_told_at_a_yes_or_no_question_is_kept(line: str) -> None:
    first = read(asking("live-tip", "crossed"), Utterance(line)).first

    assert isinstance(first, BesideTold)
    assert first.told.proofs


def test_the_day_of_another_question_is_still_heard() -> None:
    assert "received_on" in read(asking("shop-return", "reason"), Utterance("昨天签收的")).facts


@pytest.mark.parametrize("line", ["啊不对 双十一前 11月5号到的", "说错了 11月5号签收的"])
def test_put_right_before_anything_was_told_is_the_answer(line: str) -> None:
    assert "received_on" in read(asking("shop-return", "reason"), Utterance(line)).facts
