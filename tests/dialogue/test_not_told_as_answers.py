"""正问着一题，说的是听来的、别人家的、在问的、假设的、打算的：都不当成这一题的回答。"""

import random

import pytest

from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.dialogue.reading.read import read
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from nonebot_plugin_refund.domain.hearing.people.childs_age import childs_age
from nonebot_plugin_refund.domain.hearing.people.who_spent import told_of_whom
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind
from tests.dialogue.situations import asking, bases, case_open, heard, in_stage

TIPS = next(one for one in load_rulebook().scenarios if one.id == "live-tip")
FORMS = ("{}吗", "是不是{}", "要是{}呢", "万一{}", "{}的话能退不", "听说{}", "邻居家{}", "啥叫{}", "{}算不算")


def _recorded(scenario: str, question: str, said: str) -> object:
    reading = read(asking(scenario, question), Utterance(said))
    answer = reading.facts.get(question) if isinstance(reading.first, intents.Answered) else None
    return None if answer is None else answer.value


@pytest.mark.parametrize("form", FORMS)
def test_no_option_is_recorded_from_what_is_asked_supposed_or_heard_said(form: str) -> None:
    draw, wrong, tried = random.Random(form), list[str](), 0
    for scenario in load_rulebook().scenarios:
        for question in scenario.questions:
            if question.kind is not QuestionKind.CHOICE:
                continue
            names = [name for option in question.options for name in option.aliases if 3 <= len(name) <= 9]
            for name in draw.sample([name for name in names if "<" not in name], 1):
                said, tried = form.format(name), tried + 1
                if _recorded(scenario.id, question.id, said) is not None:
                    wrong.append(f"{question.id}：{said}")
    assert tried > 50
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("scenario", "question", "said"),
    [
        ("shop-return", "progress", "我同事上次也是商家拒绝了"),
        ("shop-return", "progress", "等他同意了我再寄"),
        ("shop-return", "progress", "那啥叫驳回啊"),
        ("shop-return", "reason", "听说质量问题运费商家出"),
        ("shop-return", "condition", "准备拆开看看"),
        ("shop-return", "condition", "洗过的话能退不"),
        ("live-tip", "guardian", "听说家长不知道才能退"),
        ("live-tip", "guardian", "给过他密码算不算同意"),
        ("refund-only", "situation", "听说没发货能退"),
        ("appeal", "reached", "准备打12315"),
        ("appeal", "where_complained", "打算投诉到12345"),
        ("shop-return", "progress", "这钱我要他退 东西我不寄回去 留着当证据"),
        ("shop-return", "progress", "我就想要他只退钱 货不寄"),
        ("shop-return", "reason", "收货大概是10月26日"),
        ("live-tip", "situation", "孩子等一下 锅开了"),
        ("live-tip", "situation", "我妈提交了"),
        ("live-tip", "situation", "礼物那边算出来是4260 游戏充了一千五"),
        ("live-tip", "age", "不离不离 都六十几的人咧 离啥"),
        ("live-tip", "amount", "收了四万九"),
        ("live-tip", "capacity-proof", "没有去法院做过认定"),
        ("live-tip", "tipped-on", "他本人说不清楚，问他他说没刷"),
        ("paid-content", "problem", "她58了啥也不会"),
        ("paid-content", "problem", "我妈不会用手机"),
    ],
)
def test_what_is_not_told_of_ones_own_matter_is_no_answer(scenario: str, question: str, said: str) -> None:
    assert _recorded(scenario, question, said) is None


@pytest.mark.parametrize(
    ("scenario", "question", "said", "value"),
    [
        ("shop-return", "progress", "打算明天去申请", "not-applied"),
        ("shop-return", "progress", "还没跟店家说", "not-applied"),
        ("live-tip", "situation", "哥 我弟16 高一念一半就不念了", "minor"),
        ("live-tip", "situation", "他过完年就13了 现在12", "minor"),
        ("live-tip", "situation", "是额老汉刷的嘛", "family"),
        ("live-tip", "situation", "财务小刘拿公司账上的钱打赏的", "stolen"),
        ("live-tip", "guardian", "家里没人知道 她奶奶不认字", "unaware"),
        ("live-tip", "capacity-proof", "鉴定做过了", "found"),
        ("shop-return", "progress", "没有申请售后，想直接要求退款，不退货", "not-applied"),
        ("shop-return", "progress", "没联系商家呢", "not-applied"),
        ("shop-return", "reason", "穿了一次就开胶了 朋友说正常不会这样", "quality"),
        ("shop-return", "condition", "准备好退了 没拆过 原样的", "whole"),
        ("live-tip", "situation", "我家孩子刷的 邻居家的也刷过", "minor"),
        ("shop-return", "harm", "上吐下泻住了两晚院", "yes"),
    ],
)
def test_a_plan_not_begun_and_ones_own_matter_beside_others_are_answers(
    scenario: str, question: str, said: str, value: str
) -> None:
    assert _recorded(scenario, question, said) == value


@pytest.mark.parametrize("said", ["我弄丢发票了 会影响不", "人脸是我刷的，孩子骗我刷的，还能退不"])
def test_what_is_told_only_to_ask_is_no_news(said: str) -> None:
    assert isinstance(read(case_open(), Utterance(said)).first, intents.Asked)


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("refused", "准备12315投诉了"),
        ("refused", "打算申请平台介入了"),
        ("send-back", "准备寄回去了"),
        ("platform-supplement", "我正准备补交"),
    ],
)
def test_what_is_only_planned_is_not_recorded_as_done(stage: str, said: str) -> None:
    reading = read(in_stage("shop-return", stage, asked=False), Utterance(said))
    assert not (isinstance(reading.first, intents.Reported) and reading.first.sure), reading.first


def test_what_was_made_ready_and_done_is_recorded() -> None:
    reading = read(in_stage("shop-return", "refused", asked=False), Utterance("材料准备好了 投了12315"))
    assert isinstance(reading.first, intents.Reported)
    assert reading.first.sure


def test_what_is_only_planned_between_questions_is_asked_about_later() -> None:
    first = read(asking("live-tip", "crossed"), Utterance("准备去app上提交了")).first
    assert not (isinstance(first, intents.EarlyNews) and first.sure), first


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("救命 我家姑娘15 拿我的号打赏了六十五万 卖房的钱", 15),
        ("我孙子9岁 拿他爷爷手机给主播刷礼物", 9),
        ("我老公拿孩子手机刷的礼物 孩子10岁", None),
        ("我儿子3次都是半夜给主播刷礼物", None),
        ("女儿十五万块打赏给主播了", None),
        ("我跟他离了 他刷了十几万 我闺女才三岁", None),
    ],
)
def test_a_child_told_with_its_age_is_who_spent(said: str, age: int | None) -> None:
    assert childs_age(said) == age


@pytest.mark.parametrize("said", ["孩子等一下 锅开了", "先等等 开会去了", "等会儿 有人敲门", "回头再说"])
def test_an_interruption_leaves_the_question_open(said: str) -> None:
    reading = read(asking("live-tip", "tipped-on"), Utterance(said))
    assert isinstance(reading.first, intents.Talk)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("看直播主播卖二手苹果15 说加微信便宜 我加了", "shop-return"),
        ("看主播卖二手手机 先给他刷了礼物上榜 想退礼物", "live-tip"),
    ],
)
def test_goods_sold_by_a_streamer_are_no_tip(said: str, matter: str) -> None:
    first = heard(bases()["空着"], said).first
    assert isinstance(first, intents.NewMatter)
    assert first.scenario == matter


@pytest.mark.parametrize("said", ["报警了 派出所给了回执", "报案了 经侦受理了"])
def test_the_police_are_not_recorded_as_a_complaint_to_the_authority(said: str) -> None:
    first = heard(asking("live-tip", "tipped-on"), said).first
    assert not (isinstance(first, intents.EarlyNews) and first.sure and first.event in ("complained", "accepted"))


def test_what_they_demand_is_no_offer() -> None:
    first = read(asking("live-tip", "situation"), Utterance("他刚私信我 说再补88就给发货")).first
    assert not isinstance(first, intents.EarlyOffered)


def test_a_child_telling_of_itself_is_who_spent() -> None:
    told = told_of_whom(TIPS.questions, "我今年12 拿爸爸的手机给主播刷了3000多")
    assert {key: answer.value for key, answer in told.items()} == {"situation": "self-minor"}
    assert not told_of_whom(TIPS.questions, "钱是我弟弟刷的 他8岁 我13岁")
