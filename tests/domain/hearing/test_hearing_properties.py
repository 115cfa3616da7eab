"""不管一次说完还是一句句说，结论一样；没有提示的字就不猜；再说一遍不变；什么话都听得下去。"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.hearing import hearing
from nonebot_plugin_refund.domain.hearing.hearing import Listener
from nonebot_plugin_refund.domain.hearing.told import NOTHING_TOLD
from nonebot_plugin_refund.domain.interview.dialogue import Accepted, Dialogue, decision_of
from nonebot_plugin_refund.rulebook.derived.deciding import Ask, Settled
from nonebot_plugin_refund.rulebook.derived.paths import walk_paths
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, QuestionKind, Scenario
from tests.domain.hearing.hearing_bench import CALENDAR, NOW, SCENARIOS, TODAY, begin, listener_of, scenario_of, values
from tests.domain.hearing.taking_answers import take_answer
from tests.rulebook.concrete_answers import Spoken, answers_by_class

WALKS_PER_SCENARIO = 60


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


@pytest.fixture
def literally(monkeypatch: pytest.MonkeyPatch) -> None:
    """只照字面听：学来的听法由话里推得出更多（投诉到了 12315，就是交给了市场监管），另由封存的话来评。"""
    monkeypatch.setattr(hearing, "told_in", lambda *_: NOTHING_TOLD)


@pytest.mark.usefixtures("literally")
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
    kind_of = {question.id: question.kind for question in scenario_of(scenario_id).questions}
    found = begin(scenario_id, f"{before}{day.month}月{day.day}日{after}")

    # 别的答案也听到了，就可能只剩一道日期题，那时没有提示的字也知道是答哪题
    if all(kind_of[key] is QuestionKind.DATE for key in found):
        assert not found


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
