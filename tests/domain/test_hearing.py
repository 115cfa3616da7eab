"""一句话里说了好几样：认得准的都记下，认不准的一样不记；不管怎么说，结论和一问一答时一样。"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.concrete_answers import CALENDAR, NOWS, Spoken, answers_by_class, rulebook

from nonebot_plugin_refund.domain.answers import AnswerValue
from nonebot_plugin_refund.domain.dialogue import (
    Accepted,
    Dialogue,
    Repeated,
    answered_questions,
    decision_of,
    pending_question,
    revise,
    take_answer,
)
from nonebot_plugin_refund.domain.hearing import Heard, Listener
from nonebot_plugin_refund.domain.interview import MisreadReason
from nonebot_plugin_refund.rulebook.asides import load_asides
from nonebot_plugin_refund.rulebook.deciding import Ask, Settled
from nonebot_plugin_refund.rulebook.models import Question, QuestionKind, Scenario
from nonebot_plugin_refund.rulebook.paths import walk_paths

NOW = NOWS[0]
TODAY = NOW.date()
YESTERDAY = date(2026, 11, 22)
SCENARIOS = ("shop-return", "refund-only", "live-tip", "paid-content", "top-up", "contact", "appeal")
WALKS_PER_SCENARIO = 60


def scenario_of(scenario_id: str) -> Scenario:
    return rulebook().edition(scenario_id).scenario


def listener_of(scenario_id: str, now: datetime = NOW) -> Listener:
    return Listener(scenario_of(scenario_id), CALENDAR, now, now, load_asides())


def begin(scenario_id: str, text: str) -> dict[str, AnswerValue]:
    """说起一件事的第一句话里答了什么。"""
    _, also = listener_of(scenario_id).begin(text)
    return {key: answer.value for key, answer in also.items()}


def hear(scenario_id: str, *texts: str) -> tuple[Dialogue, Heard]:
    """依次说几句；返回说完的访谈和最后一句听得怎样。"""
    listener, dialogue, heard = listener_of(scenario_id), Dialogue(), None
    for text in texts:
        question = pending_question(listener.scenario, dialogue, NOW, CALENDAR)
        assert question is not None
        heard = listener.hear(dialogue, question, text)
        dialogue = heard.result.dialogue
    assert heard is not None
    return dialogue, heard


def values(dialogue: Dialogue) -> dict[str, AnswerValue]:
    return {key: answer.value for key, answer in dialogue.answers.items()}


class TestFirstMessage:
    @pytest.mark.parametrize(
        ("scenario_id", "text", "found"),
        [
            (
                "shop-return",
                "快手买的毛衣不合适，上周二签收的，想退",
                {"reason": "no-reason", "received_on": date(2026, 11, 17)},
            ),
            ("shop-return", "昨天签收的毛衣 498 想退", {"received_on": YESTERDAY}),
            ("shop-return", "昨天 签收的，还能退吗", {"received_on": YESTERDAY}),
            ("shop-return", "签收是11月20日", {"received_on": date(2026, 11, 20)}),
            ("live-tip", "孩子给主播打赏了三千块", {"amount": 3000.0}),
            ("live-tip", "上周五孩子偷偷打赏了主播 3000 块", {"tipped-on": date(2026, 11, 20), "amount": 3000.0}),
            ("top-up", "充了快币没到账 昨天充的", {"problem": "not-credited", "paid-on": YESTERDAY}),
        ],
    )
    def test_what_is_unmistakable_is_taken(self, scenario_id: str, text: str, found: dict[str, AnswerValue]) -> None:
        assert begin(scenario_id, text) == found

    @pytest.mark.parametrize(
        ("scenario_id", "text"),
        [
            ("shop-return", "昨天下单的毛衣想退"),
            ("shop-return", "昨天还没签收"),
            ("shop-return", "昨天没收到货"),
            ("shop-return", "昨天签收了吗"),
            ("shop-return", "如果昨天签收的话能退吗"),
            ("shop-return", "朋友昨天签收的"),
            ("shop-return", "商家昨天签收的"),
            ("shop-return", "昨天收到商家短信"),
            ("shop-return", "明天签收"),
            ("shop-return", "大概昨天签收的"),
            ("shop-return", "昨天签收还是前天签收"),
            ("shop-return", "昨天签收，不对，前天签收"),
            ("shop-return", "签收了，昨天联系的"),
            ("shop-return", "昨天"),
            ("shop-return", "昨天下单 签收的时候才看到坏"),
            ("shop-return", "昨天申请被拒"),
            ("live-tip", "打赏了一两百块"),
            ("live-tip", "孩子打赏3次每次500块"),
            ("live-tip", "充了3000块打赏了500块"),
            ("live-tip", "孩子今年10岁"),
            ("live-tip", "孩子爸爸35岁"),
            ("live-tip", "主播退了500块"),
            ("live-tip", "平板 聊天记录都在"),
            ("refund-only", "没有没发货"),
            ("shop-return", "是不是不合适能退"),
            ("shop-return", "不合适 坏了"),
        ],
    )
    def test_what_could_mean_something_else_is_left_alone(self, scenario_id: str, text: str) -> None:
        assert begin(scenario_id, text) == {}


class TestAnswerAndMore:
    def test_the_other_answers_are_used_when_their_questions_come(self) -> None:
        dialogue, heard = hear("shop-return", "还没申请，昨天刚签收，不合适")

        assert values(dialogue) == {"progress": "not-applied", "reason": "no-reason", "received_on": YESTERDAY}
        assert set(heard.also) == {"reason", "received_on"}
        assert dialogue.held == {}

    def test_a_value_alone_goes_to_the_only_question_of_its_kind(self) -> None:
        dialogue, _ = hear("live-tip", "孩子刷的 10岁 完全不知道 7198块 上个月28号")

        assert values(dialogue) == {"situation": "minor", "age": 10.0, "guardian": "unaware", "amount": 7198.0}
        assert dialogue.held["tipped-on"].value == date(2026, 10, 28)

    @pytest.mark.parametrize(
        ("before", "text", "value"),
        [
            ((), "2 昨天下午3点申请的", "waiting"),
            ((), "1，衣服", "not-applied"),
            (("1", "1"), "昨天下单 今天签收", TODAY),
            (("1", "1"), "昨天刚签收 498块", YESTERDAY),
            (("5", "1"), "昨天签收的，没有", "no"),
        ],
    )
    def test_the_open_question_gets_its_own_part(self, before: tuple[str, ...], text: str, value: AnswerValue) -> None:
        _, heard = hear("shop-return", *before, text)

        assert isinstance(heard.result, Accepted)
        assert heard.result.answer.value == value

    @pytest.mark.parametrize(
        ("before", "text", "reason"),
        [
            ((), "2 天前签收的", MisreadReason.NOT_UNDERSTOOD),
            ((), "2，还没申请", MisreadReason.AMBIGUOUS_OPTION),
            (("1", "1"), "昨天申请的", MisreadReason.OTHER_EVENT),
            (("1", "1"), "昨天下单 前天拍的", MisreadReason.AMBIGUOUS_DATE),
        ],
    )
    def test_the_open_question_is_never_guessed(
        self, before: tuple[str, ...], text: str, reason: MisreadReason
    ) -> None:
        _, heard = hear("shop-return", *before, text)

        assert isinstance(heard.result, Repeated)
        assert heard.result.misread.reason is reason

    def test_what_answers_only_another_question_leaves_this_one_open_and_is_no_misread(self) -> None:
        dialogue, heard = hear("shop-return", "是的 昨天刚签收 498块")

        assert isinstance(heard.result, Repeated)
        assert not heard.is_misread
        assert (dialogue.answers, dialogue.misreads) == ({}, 0)
        assert dialogue.held["received_on"].value == YESTERDAY

    def test_saying_it_again_corrects_what_is_only_held(self) -> None:
        dialogue, _ = hear("shop-return", "昨天签收的", "不对，是前天签收的")

        assert dialogue.held["received_on"].value == date(2026, 11, 21)

    def test_an_answered_question_is_not_overwritten(self) -> None:
        dialogue, heard = hear("shop-return", "1", "1", "11月20日", "完好，昨天签收的")

        assert values(dialogue)["received_on"] == date(2026, 11, 20)
        assert heard.also == {}

    def test_what_is_never_asked_does_not_count(self) -> None:
        dialogue, _ = hear("shop-return", "昨天签收的", "2", "今天上午9点")

        assert list(dialogue.answers) == ["progress", "applied_on"]
        listed = answered_questions(scenario_of("shop-return"), dialogue, NOW, CALENDAR)
        assert [question.id for question in listed] == ["progress", "applied_on"]

    def test_noted_numbers_are_those_that_revise_understands(self) -> None:
        listener = listener_of("live-tip")
        question = listener.scenario.question("situation")
        heard = listener.hear(Dialogue(), question, "孩子刷的 10岁 完全不知道 7198块")
        after = heard.result.dialogue

        for noted in listener.noted(Dialogue(), after, heard, heard.also):
            assert noted.number is not None
            turned = revise(listener.scenario, after, noted.number, NOW, CALENDAR)
            assert turned is not None
            assert turned.revising == noted.question.id

    def test_a_held_answer_survives_being_stored(self) -> None:
        dialogue, _ = hear("shop-return", "昨天签收的")

        assert Dialogue.from_plain(scenario_of("shop-return"), dialogue.to_plain()) == dialogue


class TestAsides:
    @pytest.mark.parametrize(
        ("before", "text", "aside"),
        [
            ((), "你是机器人吗", "robot"),
            ((), "你好", "greeting"),
            ((), "谢谢啦", "thanks"),
            ((), "要花钱吗", "cost"),
            ((), "你们电话多少", "contact"),
            ((), "气死我了", "anger"),
            (("1", "10", "1"), "12315 怎么打", "regulator"),
            (("1", "10"), "要多久", "how-long"),
        ],
    )
    def test_an_aside_is_no_misread_and_leaves_the_question_open(
        self, before: tuple[str, ...], text: str, aside: str
    ) -> None:
        dialogue, heard = hear("live-tip", *before, text)

        assert heard.aside is not None
        assert heard.aside.id == aside
        assert isinstance(heard.result, Repeated)
        assert not heard.is_misread
        assert dialogue.misreads == 0

    def test_an_aside_beside_an_answer_does_not_hide_the_answer(self) -> None:
        _, heard = hear("shop-return", "还没申请，运费谁出")

        assert isinstance(heard.result, Accepted)
        assert heard.aside is not None
        assert heard.aside.id == "freight"

    def test_an_answer_that_sounds_like_an_aside_is_an_answer(self) -> None:
        _, heard = hear("contact", "客服电话")

        assert isinstance(heard.result, Accepted)
        assert heard.aside is None

    def test_asides_between_misreads_do_not_count_and_do_not_forgive(self) -> None:
        dialogue, _ = hear("live-tip", "咕噜咕噜", "你好", "呱呱呱")

        assert dialogue.misreads == 2


# 一次说完与一句句说，结论一样


@cache
def walks_of(scenario_id: str) -> tuple[tuple[datetime, dict[str, Spoken]], ...]:
    """匀着挑几十条路径，各落成真的说法：选择题用选项原话，日期、金额、岁数用值。"""
    scenario = scenario_of(scenario_id)
    found: list[tuple[datetime, dict[str, Spoken]]] = []
    paths = list(walk_paths(scenario))
    for path in paths[:: max(1, len(paths) // WALKS_PER_SCENARIO)]:
        said: dict[str, Spoken] = {}
        for step in path.steps:
            pool = answers_by_class(scenario.id, step.question.id, NOW, None).get(frozenset(step.answer.items()), ())
            if pool:
                said[step.question.id] = pool[-1]
        if len(said) == len(path.steps):
            found.append((NOW, said))
    return tuple(found)


def one_message(scenario: Scenario, said: dict[str, Spoken], *, with_cues: bool) -> Iterator[str]:
    """能单独听懂的那些话；“是”“没有”“不清楚”“1 3”离开问题就没有意思，留到问时再说。"""
    for question_id, spoken in said.items():
        question = scenario.question(question_id)
        if spoken.value is None or question.kind in (QuestionKind.YESNO, QuestionKind.MULTI):
            continue
        if question.kind is QuestionKind.CHOICE:
            yield next(option.label for option in question.options if option.id == spoken.value)
        else:
            yield f"{question.heard_by[0]}{spoken.text}" if with_cues and question.heard_by else spoken.text


def verdict_of(listener: Listener, dialogue: Dialogue, said: dict[str, Spoken]) -> str:
    """接着一句句答到结论。问到了没准备的题，就是前面记错了。"""
    while isinstance(step := decision_of(listener.scenario, dialogue, listener.now, CALENDAR), Ask):
        assert step.question.id in said, f"多问了 {step.question.id}：{values(dialogue)}"
        taken = take_answer(dialogue, step.question, said[step.question.id].text, listener.now)
        assert isinstance(taken, Accepted)
        dialogue = taken.dialogue
    assert isinstance(step, Settled)
    return step.rule.id


@pytest.mark.parametrize("with_cues", [True, False])
@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_everything_in_one_message_leads_to_the_same_verdict(scenario_id: str, with_cues: bool) -> None:
    filled = 0
    for now, said in walks_of(scenario_id):
        listener = listener_of(scenario_id, now)
        wanted = verdict_of(listener, Dialogue(), said)
        message = "，".join(one_message(listener.scenario, said, with_cues=with_cues))
        begun, also = listener.begin(message)
        question = next(iter(listener.scenario.questions))
        heard = listener.hear(Dialogue(), question, message or "不清楚")
        filled += len(also)

        assert verdict_of(listener, begun, said) == wanted, message
        if isinstance(heard.result, Accepted):
            assert verdict_of(listener, heard.result.dialogue, said) == wanted, message
    assert filled > len(walks_of(scenario_id))


DATE_QUESTIONS = [
    (scenario_id, question)
    for scenario_id in SCENARIOS
    for question in scenario_of(scenario_id).questions
    if question.kind is QuestionKind.DATE
]
PLAIN_WORDS = st.text(alphabet="毛衣鞋子客服主播朋友说的了吧这个那个一二三，。 ", max_size=12)


@given(
    st.sampled_from(["shop-return", "refund-only", "live-tip", "appeal"]),
    st.integers(0, 300),
    PLAIN_WORDS,
    PLAIN_WORDS,
)
@settings(max_examples=150, deadline=None)
def test_a_date_without_its_words_is_never_taken_while_several_date_questions_are_open(
    scenario_id: str, days_ago: int, before: str, after: str
) -> None:
    day = TODAY - timedelta(days=days_ago)
    found = begin(scenario_id, f"{before}{day.month}月{day.day}日{after}")

    assert not [key for key in found if scenario_of(scenario_id).question(key).kind is QuestionKind.DATE]


@given(st.sampled_from(DATE_QUESTIONS), st.integers(1, 300), PLAIN_WORDS)
@settings(max_examples=150, deadline=None)
def test_a_date_goes_to_no_other_question_than_the_one_its_words_name(
    asked: tuple[str, Question], days_ago: int, after: str
) -> None:
    scenario_id, question = asked
    day = TODAY - timedelta(days=days_ago)
    found = begin(scenario_id, f"{day.year}年{day.month}月{day.day}日{question.heard_by[0]}，{after}")

    dates = {key: value for key, value in found.items() if isinstance(value, date)}
    assert dates in ({}, {question.id: day})


@given(
    st.sampled_from(SCENARIOS),
    st.lists(
        st.sampled_from(
            [
                "还没申请",
                "昨天签收",
                "前天申请的",
                "不合适",
                "3000块",
                "打赏了5000元",
                "孩子10岁",
                "没发货",
                "11月20日",
                "商家拒绝了",
                "没到账",
                "微信",
                "昨天充的",
                "打不开",
                "运费谁出",
                "你好",
                "不清楚",
                "1",
            ]
        ),
        min_size=1,
        max_size=5,
    ),
)
@settings(max_examples=200, deadline=None)
def test_hearing_the_same_again_changes_nothing(scenario_id: str, parts: list[str]) -> None:
    listener = listener_of(scenario_id)
    text = "，".join(parts)
    once, _ = listener.begin(text)
    again = listener.others(once, None, text)

    assert {key: once.held[key] for key in again if key in once.held} == {
        key: answer for key, answer in again.items() if key in once.held
    }
    assert not set(again) & set(once.answers)


@given(st.sampled_from(SCENARIOS), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_heard_without_error_and_only_known_questions_are_filled(scenario_id: str, text: str) -> None:
    listener = listener_of(scenario_id)
    dialogue, also = listener.begin(text)
    known = {question.id for question in listener.scenario.questions}

    assert set(also) <= known
    assert set(dialogue.answers) | set(dialogue.held) == set(also)
    assert replace(dialogue, answers={}, held={}) == Dialogue()
