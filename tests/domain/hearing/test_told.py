"""从头说起的一段话：说了的答案听得出，日子和数归到它答的那一题，没说的不编。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.told import told_in
from nonebot_plugin_refund.domain.hearing.values.told_values import values_in
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.understanding.meaning.stories import read_matter, read_story, windows_of
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind, Scenario

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
SCENARIOS = {scenario.id: scenario for scenario in load_rulebook().scenarios}


def told(scenario_id: str, text: str) -> dict[str, Answer]:
    return dict(told_in(SCENARIOS[scenario_id], text, NOW).answers)


def test_a_story_gives_up_who_how_old_and_how_much() -> None:
    heard = told("live-tip", "儿子十四岁，背着我拿我手机给主播刷了四万八，我一点都不知道，是看账单才发现的")
    assert heard["situation"].value == "minor"
    assert heard["age"].value == 14
    assert heard["amount"].value == 48_000
    assert heard["guardian"].value == "unaware"


@pytest.mark.parametrize(
    "text",
    ["孩子从七岁多刷到八岁多 一共8万 都是背着我刷的", "大的十二岁小的九岁，两个娃一起拿我手机给主播刷了六千"],
)
def test_two_ages_are_left_to_be_asked(text: str) -> None:
    assert "age" not in told("live-tip", text)


def test_a_price_named_beside_a_promise_is_not_what_was_spent() -> None:
    assert "amount" not in told("live-tip", "主播说刷礼物就送一台手机一块钱 我刷了 现在把我拉黑了")


def test_each_day_goes_to_the_question_it_answers() -> None:
    heard = told("shop-return", "裙子16号签收的，18号点了退货申请，交上去一直显示待商家处理，没人理")
    assert heard["received_on"].value == date(2026, 11, 16)
    assert heard["applied_on"].value == date(2026, 11, 18)
    assert heard["progress"].value == "waiting"


@pytest.mark.parametrize("text", ["我想退款", "你好 请问这个怎么弄", "帮帮我"])
@pytest.mark.parametrize("scenario_id", sorted(SCENARIOS))
def test_nothing_is_made_up(scenario_id: str, text: str) -> None:
    assert told(scenario_id, text) == {}


def test_a_scenario_that_was_never_trained_is_left_to_its_words() -> None:
    own = SCENARIOS["top-up"].model_copy(update={"id": "my-own"})
    story = told_in(own, "付了钱快币没到账，一共充了648", NOW)
    assert dict(story.answers) == {}
    assert not story.doubts("problem", Answer("not-credited"))


def test_what_was_said_word_for_word_is_doubted_when_the_story_says_otherwise() -> None:
    scenario = SCENARIOS["live-tip"]
    story = told_in(scenario, "儿子十四岁，背着我拿我手机给主播刷了四万八", NOW)
    assert story.doubts("situation", Answer("self-minor"))
    assert not story.doubts("situation", Answer("minor"))


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        (QuestionKind.NUMBER, "我儿子14，上初二", [14.0]),
        (QuestionKind.NUMBER, "闺女今年十二岁", [12.0]),
        (QuestionKind.NUMBER, "他14号刷的，3个账号", []),
        (QuestionKind.AMOUNT, "前前后后刷了四万八，其中一笔两千块", [48_000.0, 2000.0]),
        (QuestionKind.DATE, "16号收到，昨天申请", ["2026-11-16", "2026-11-22"]),
        (QuestionKind.DATE, "上个月的事了", []),
    ],
)
def test_values_are_found_where_they_are_said(kind: QuestionKind, text: str, values: list[object]) -> None:
    assert [told.value for told in values_in(kind, text, NOW)] == values


def test_windows_cover_a_run_on_sentence_and_have_a_limit() -> None:
    run_on = "我儿子拿他爷爷的手机给一个女主播刷了好多礼物我们大人一点都不知道后来看账单才发现少了几万块钱"
    assert all(any(run_on[start : start + 4] in window for window in windows_of(run_on)) for start in range(40))
    assert len(windows_of("退，" * 400)) <= 40
    assert windows_of("") == ("",)


def test_the_matter_of_a_story_and_of_something_else() -> None:
    assert read_matter("孩子用我手机给快手主播刷了好几万礼物，能要回来吗")[0].id == "live-tip"
    assert read_matter("小店买的鞋子不合脚想退，商家一直不同意")[0].id == "shop-return"
    assert sum(one.score for one in read_matter("今天天气不错")) == pytest.approx(1)


def test_every_option_scored_is_one_of_the_question() -> None:
    def options_of(scenario: Scenario, key: str) -> set[str]:
        question = scenario.question(key)
        return {option.id for option in question.options} or {"yes", "no"}

    for scenario in SCENARIOS.values():
        for key, scored in read_story(scenario.id, "商家拒绝了，说我超过七天").items():
            assert {one.id for one in scored} <= options_of(scenario, key)
