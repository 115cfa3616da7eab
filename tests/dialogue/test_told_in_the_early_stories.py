"""前十九个故事里听偏过的：问一份东西怎么写、去说过、被删了、光说交上去了、请它看图、第一句里问的。"""

from datetime import date, datetime
from typing import Any

import pytest

from nonebot_plugin_refund.cli.hearing.reading import opening_facts
from nonebot_plugin_refund.cli.hearing.reading_json import reading_json
from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.dialogue.reading.commands import CommandName
from nonebot_plugin_refund.dialogue.reading.intents import Reading, TalkKind
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from nonebot_plugin_refund.dialogue.reading.whole_line.named_papers import piece_asked
from nonebot_plugin_refund.domain.case.heard.called import called_in, sums_named
from nonebot_plugin_refund.domain.case.papers import asked_for
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.ledger.said import read_birthday
from nonebot_plugin_refund.domain.understanding.writing.text import bare
from nonebot_plugin_refund.render.texts.topic_text import topic_message
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.topics import Topic

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def heard(text: str, scenario: str | None = None, stage: str | None = None, question: str | None = None) -> Reading:
    stated = Stated(NOW, scenario=scenario, stage=stage, question=question, case=stage is not None)
    return StatedReader.of(load_rulebook()).read(text, stated)[1]


def facts_of(text: str, question: str) -> dict[str, Any]:
    """问着打赏的这一题时，听到的答案。"""
    stated = Stated(NOW, scenario="live-tip", question=question)
    context, reading = StatedReader.of(load_rulebook()).read(text, stated)
    return reading_json(context, reading, {})["intents"][0]["facts"]


def wants_a_paper(reading: Reading) -> bool:
    return isinstance(reading.first, intents.Command) and reading.first.command.name is CommandName.PAPERS


@pytest.mark.parametrize(
    ("text", "scenario", "stage", "paper"),
    [
        ("苹果那边的信怎么写", "live-tip", "offer", "to-apple"),
        ("那给苹果公司的材料咋写呀", "live-tip", "refused", "to-apple"),
        ("投诉到12315的那份怎么写", "live-tip", "refused", "complaint-minor"),
        ("我妈要签的那个说明怎么写", "live-tip", "prepare", "guardian-statement"),
        ("请不起律师那个援助的申请怎么写", "live-tip", "refused", "legal-aid"),
        ("发给机构的催款函咋写", "paid-content", "prepare", "demand"),
        ("给老板的那封信该怎么回", "shop-return", "refused", "to-merchant"),
    ],
)
def test_a_paper_asked_for_by_whom_it_goes_to_is_that_paper(text: str, scenario: str, stage: str, paper: str) -> None:
    papers = next(one for one in load_rulebook().scenarios if one.id == scenario).papers
    assert papers is not None

    assert wants_a_paper(heard(text, scenario, stage))
    assert paper in {one.id for one in asked_for(papers.items, bare(text), piece_asked(text))}


@pytest.mark.parametrize(
    ("text", "scenario", "stage"),
    [
        ("地址那栏怎么写", "live-tip", "refused"),
        ("12315上被投诉人怎么写", "live-tip", "complained"),
        ("退款原因怎么写", "live-tip", "refused"),
        ("法院那个状子怎么写", "live-tip", "refused"),
    ],
)
def test_a_field_and_a_paper_not_on_offer_are_no_paper(text: str, scenario: str, stage: str) -> None:
    assert not wants_a_paper(heard(text, scenario, stage))


@pytest.mark.parametrize(
    ("text", "scenario", "stage"),
    [
        ("昨天跟老板讲过了", "shop-return", "raise"),
        ("我给店家打过电话了", "shop-return", "raise"),
        ("又催了一遍商家", "shop-return", "waiting"),
        ("前天跟客服说过了", "live-tip", "prepare"),
        ("找了他两次", "shop-return", "ask-seller"),
    ],
)
def test_having_spoken_to_them_is_no_progress_and_understood(text: str, scenario: str, stage: str) -> None:
    first = heard(text, scenario, stage).first

    assert isinstance(first, intents.Talk)
    assert first.kind is TalkKind.SPOKE


@pytest.mark.parametrize(
    ("text", "stage"),
    [("昨天跟老板说了 老板说过两天", "raise"), ("跟商家说了 他同意退", "waiting"), ("跟他说了没用", "waiting")],
)
def test_what_they_said_back_is_more_than_having_spoken(text: str, stage: str) -> None:
    first = heard(text, "shop-return", stage).first

    assert not (isinstance(first, intents.Talk) and first.kind is TalkKind.SPOKE)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("老板把我删了", "ask-seller"),
        ("他把我微信删了", "waiting"),
        ("发消息显示不是好友了 应该是把我删了", "ask-seller"),
    ],
)
def test_deleted_by_the_seller_is_no_answer(text: str, stage: str) -> None:
    first = heard(text, "shop-return", stage).first

    assert isinstance(first, intents.Reported)
    assert first.event == "no-answer"


def test_having_deleted_the_seller_oneself_is_no_progress() -> None:
    assert not isinstance(heard("刚才手滑把卖家删了", "shop-return", "waiting").first, intents.Reported)


@pytest.mark.parametrize(
    ("scenario", "stage", "event"),
    [
        ("shop-return", "to-complain", "complained"),
        ("shop-return", "ask-seller", "complained"),
        ("live-tip", "refused", "review-asked"),
        ("live-tip", "escalate", "complained"),
    ],
)
def test_handed_in_without_a_word_on_what_asks_about_the_step_at_hand(scenario: str, stage: str, event: str) -> None:
    first = heard("刚刚交上去了", scenario, stage).first

    assert isinstance(first, intents.Reported)
    assert (first.event, first.others, first.sure) == (event, (event,), False)


@pytest.mark.parametrize(
    ("text", "scenario", "question"),
    [
        ("你看看这图", "top-up", "problem"),
        ("我发你张照片 你瞅瞅", "shop-return", "reason"),
        ("给你看张照片", "shop-return", "reason"),
    ],
)
def test_a_picture_to_look_at_answers_nothing(text: str, scenario: str, question: str) -> None:
    first = heard(text, scenario, question=question).first

    assert isinstance(first, intents.Talk)
    assert first.kind is TalkKind.LOOK_AT


def test_a_picture_is_an_answer_where_proof_is_asked_for() -> None:
    assert isinstance(heard("拍了照片 你看", "shop-return", question="proof").first, intents.Answered)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("娃儿9岁拿我手机给主播刷了四千二 要户口本不", "guardian-proof"),
        ("快手小店买的鞋穿一天就开胶了 运费谁出呀", "freight"),
        ("给主播刷了八千 他说跟我处对象结果是骗我的 要不要报警", "police"),
        ("我爸64了脑萎缩 打赏花了45万 我是他女儿 能替他申请退钱吗", "for-parent"),
        ("儿子13 给主播刷了七万 怎么弄啊 急死了", None),
        ("孩子给主播刷了三千 能退吗", None),
    ],
)
def test_a_question_in_the_first_story_is_answered_unless_the_interview_answers_it(
    text: str, topic: str | None
) -> None:
    reading = heard(text)

    assert isinstance(reading.first, intents.NewMatter)
    assert [one.topic for one in reading.intents if isinstance(one, intents.Asked)] == (
        [] if topic is None else [topic]
    )


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("到法院站得住不", True),
        ("凭哪条说不给退", True),
        ("是找主播要还是找平台要", True),
        ("刷了四千二 要户口本不", True),
        ("找了客服还是找不到人", False),
        ("我说行 他说不", False),
        ("商家说了两遍还是不退", False),
    ],
)
def test_a_question_without_a_question_word_is_heard(text: str, asks: bool) -> None:
    assert Utterance(text).asks is asks


@pytest.mark.parametrize("text", ["没做过鉴定", "没鉴定过", "法院没认定过"])
def test_no_appraisal_is_not_no_illness_seen(text: str) -> None:
    reading = heard(text, "live-tip", question="capacity-proof")

    assert not isinstance(reading.first, intents.Answered)


def test_a_peeked_password_is_no_theft() -> None:
    assert not isinstance(heard("他偷看了我支付密码刷的", "live-tip", question="situation").first, intents.Answered)


def test_an_age_is_no_sum_and_a_heap_is_called_by_nothing() -> None:
    assert [one.value for one in sums_named("我爸66 在直播间买了茶叶 花了300")] == [300]
    assert called_in("买了茶叶 手表 一大堆订单", "茶叶").things == frozenset()
    assert called_in("先说那个药吧 吃了没用", None).things == {"药"}
    assert called_in("另外记一件 银壶 收到是镀银的", None).things == {"银壶"}
    assert called_in("我先说一下情况", None).things == frozenset()


def test_an_answer_for_a_case_replaces_the_general_one_only_when_all_is_known() -> None:
    topic = Topic(id="chances", title="能不能退", answer="答完才有结论", in_case="结论是{verdict}", about_us=True)

    assert topic_message(topic, (), {"verdict": "较难"}) == "结论是较难"
    assert topic_message(topic, (), {"code": "K7Q2"}) == "答完才有结论"
    assert topic_message(topic, (), {}) == "答完才有结论"


def test_a_refused_review_is_told_though_a_plan_follows() -> None:
    first = heard("复核也不给退 我去12315吧", "top-up", "reviewing").first

    assert isinstance(first, intents.Reported)
    assert first.event == "refused"


def test_a_case_filed_by_the_police_is_answered_and_not_recorded() -> None:
    reading = heard("警察说立案了", "live-tip", "waiting")

    assert [one.topic for one in reading.intents if isinstance(one, intents.Asked)] == ["case-filed"]
    assert len(reading.intents) == 1


@pytest.mark.parametrize("text", ["头一笔是六月十八", "最早一笔6月18", "第一笔3月9"])
def test_the_day_of_a_first_tip_is_no_age(text: str) -> None:
    assert "age" not in facts_of(text, "age")


@pytest.mark.parametrize(
    ("text", "age"),
    [("儿子十三 给主播刷了七万", 13.0), ("女儿十一 给主播刷的三千", None)],
)
def test_a_childs_age_is_heard_without_the_word_years(text: str, age: float | None) -> None:
    reader, stated = StatedReader.of(load_rulebook()), Stated(NOW)
    matter = reader.read(text, stated)[1].first
    assert isinstance(matter, intents.NewMatter)
    told = opening_facts(reader, matter, stated).get("age")

    assert (told.value if told is not None else None) == age


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("妈妈不知道", "situation"),
        ("是不是就没希望了", "situation"),
        ("母亲健在 应该谁来申请", "situation"),
        ("最早25年12月初吧 具体哪天记不清了", "amount"),
        ("日子记不得了", "traces"),
    ],
)
def test_what_another_does_not_know_and_a_day_forgotten_is_not_unsure_here(text: str, question: str) -> None:
    assert question not in facts_of(text, question)


@pytest.mark.parametrize("text", ["不知道谁刷的", "我也不清楚"])
def test_not_knowing_oneself_is_still_unsure(text: str) -> None:
    context, reading = StatedReader.of(load_rulebook()).read(
        text, Stated(NOW, scenario="live-tip", question="situation")
    )

    assert reading_json(context, reading, {})["intents"][0]["facts"] == {"situation": "unsure"}


def test_a_husband_called_by_a_dialect_word_is_not_oneself() -> None:
    reader, stated = StatedReader.of(load_rulebook()), Stated(NOW)
    matter = reader.read("我屋老汉退休没事干 一天到黑看PK 给主播甩出去十八万", stated)[1].first
    assert isinstance(matter, intents.NewMatter)

    assert "situation" not in opening_facts(reader, matter, stated)


def test_a_denied_accusation_is_no_waiting() -> None:
    first = heard("封号理由写的违规引流 我没干", "top-up", "prepare").first

    assert isinstance(first, intents.Talk)
    assert first.kind is TalkKind.DETAIL


def test_a_case_filed_by_the_police_before_a_verdict_is_no_lawsuit() -> None:
    assert isinstance(heard("经侦立案了", "live-tip", question="situation").first, intents.Talk)
    assert facts_of("经侦立案了", "situation") == {}


def test_a_birthday_with_a_short_year_is_read() -> None:
    assert read_birthday("18年5月2号生的", NOW.date()) == date(2018, 5, 2)
    assert read_birthday("5月2号 18", NOW.date()) is None
