"""听意思：几句没有歧义的话；没有权重的问题照别名来比；权重和例句对得上。"""

import pytest
from tools.train import TARGET, is_stale
from tools.training.corpus import events_of, questions, rulebook

from nonebot_plugin_refund.domain.understanding.meaning import (
    DANGERS,
    HARMLESS,
    INTENT_IDS,
    MOODS,
    NONE,
    UNSURE,
    Band,
    Thresholds,
    read_danger,
    read_intent,
    read_mood,
    read_multi,
    read_news,
    read_option,
)
from nonebot_plugin_refund.domain.understanding.meaning.options import trained_head
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

MEGABYTE = 1_000_000


def first(key: str, text: str) -> str:
    return read_option(key.split("/")[0], questions()[key], text)[0].id


@pytest.mark.parametrize(
    ("key", "text", "answer"),
    [
        ("shop-return/progress", "昨晚给我拒了", "refused"),
        ("shop-return/progress", "东西还在家，他那边点同意了", "agreed"),
        ("shop-return/progress", "微信上直接转给老板的", "off-platform"),
        ("shop-return/reason", "收到一看面包都长毛了", "food"),
        ("live-tip/situation", "我闺女拿我手机刷的", "minor"),
        ("live-tip/situation", "说不清楚是谁弄的", UNSURE),
        ("live-tip/guardian", "事后查流水才晓得", "unaware"),
        ("top-up/spent", "一个都没动过，全在里头", "none"),
        ("top-up/problem", "付了钱快币没来", "not-credited"),
        ("appeal/matter", "在小黄车买的衣服", "order"),
    ],
)
def test_an_answer_in_own_words(key: str, text: str, answer: str) -> None:
    assert first(key, text) == answer


def test_yes_and_no_are_heard_from_what_is_said() -> None:
    key = "shop-return/severity"
    assert first(key, "一插电就冒烟，根本没法用") == "yes"
    assert first(key, "就一点小划痕，不影响用") == "no"


def test_several_may_be_chosen_at_once() -> None:
    several = read_multi("live-tip", questions()["live-tip/traces"], "平板是他的，关注的全是小孩玩意")
    assert {one.id for one in several.chosen} == {"child-phone", "viewing"}


def test_words_that_only_sound_alike_are_heard() -> None:
    assert first("shop-return/progress", "商加不同意退火") == first("shop-return/progress", "商家不同意退货")


@pytest.mark.parametrize("key", ["shop-return/progress", "live-tip/guardian", "shop-return/severity"])
def test_a_question_never_trained_is_read_by_its_own_words(key: str) -> None:
    question = questions()[key]
    assert trained_head("somebody-elses", question) is None
    scored = read_option("somebody-elses", question, "不清楚")
    assert scored[0].id == UNSURE
    assert sum(one.score for one in scored) == pytest.approx(1)
    for option in question.options:
        assert read_option("somebody-elses", question, option.label)[0].id == option.id


def test_a_question_with_other_options_is_not_read_with_the_old_weights() -> None:
    question = questions()["shop-return/reason"]
    fewer = question.model_copy(update={"options": question.options[:3]})
    assert {one.id for one in read_option("shop-return", fewer, "坏了")} == {
        *(option.id for option in fewer.options),
        UNSURE,
        NONE,
    }


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("钱到了", "arrived"),
        ("不弄了，算了", "stop"),
        ("商家会不会拒收呀", "question"),
        ("要是他再拒绝我就找平台", "if"),
        ("我朋友那单商家直接拒了", "hearsay"),
        ("谢谢你，我知道了", "talk"),
    ],
)
def test_news_and_what_is_not_news(text: str, meaning: str) -> None:
    scored = read_news(text)
    assert scored[0].id == meaning
    assert sum(one.score for one in scored) == pytest.approx(1)


def test_only_what_can_happen_is_heard() -> None:
    possible = {"refused": 1.0, "agreed": 1.0, "arrived": 1.0}
    scored = read_news("平台说不给退", possible)
    assert scored[0].id == "refused"
    assert {one.id for one in scored} == {*possible, *MOODS}


def test_every_event_has_weights_or_words_of_its_own_and_every_mood_has_weights() -> None:
    everything = frozenset[str]().union(*events_of().values())
    learnt = {one.id for one in read_news("收到")}
    by_words = {event.id for scenario in rulebook().scenarios for event in scenario.events if event.words_together}
    assert learnt >= set(MOODS)
    assert learnt <= everything | set(MOODS)
    assert everything - learnt <= by_words
    assert set(read_mood("收到")) == {"report", *MOODS}


def test_every_choice_question_of_the_rulebook_has_weights() -> None:
    spoken = {QuestionKind.CHOICE, QuestionKind.YESNO, QuestionKind.MULTI}
    missing = {
        key
        for key, question in questions().items()
        if question.kind in spoken and trained_head(key.split("/")[0], question) is None
    }
    assert missing == set()


def test_the_bands() -> None:
    bands = Thresholds(record=0.9, confirm=0.5)
    assert [bands.band(score) for score in (0.95, 0.9, 0.6, 0.2)] == [Band.RECORD, Band.RECORD, Band.CONFIRM, Band.ASK]


def test_the_weights_are_small_and_made_from_these_examples() -> None:
    assert not is_stale(), "例句或特征改了：uv run --group training python -m tools.train"
    assert sum(path.stat().st_size for path in TARGET.glob("*.bin")) < 8 * MEGABYTE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("商家今天把我拒了", "reported"),
        ("运费谁出", "asked"),
        ("记错了，是12岁不是13岁", "corrected"),
        ("撤销刚才那条", "undo"),
        ("他说给我退一半，行不行", "offered"),
        ("我还有一个打赏的事想问", "new-matter"),
        ("谢谢啊", "talk"),
        ("明天我再去问问法院", "remark"),
        ("我不想活了", "danger"),
    ],
)
def test_what_somebody_wants(text: str, intent: str) -> None:
    scored = read_intent(text)
    assert scored[0].id == intent
    assert {one.id for one in scored} == set(INTENT_IDS)


@pytest.mark.parametrize(
    ("text", "danger"),
    [("我不想活了", "self-harm"), ("他拿刀追我", "violence"), ("退货运费谁出", HARMLESS), ("鞋子丑死了", HARMLESS)],
)
def test_danger_is_told_from_strong_words(text: str, danger: str) -> None:
    scored = read_danger(text)
    assert scored[0].id == danger
    assert {one.id for one in scored} == {*DANGERS, HARMLESS}
