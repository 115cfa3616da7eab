"""听打听：留出来、没给听法看过的问法，认得出多少、认错多少；别的场景的不答，手册改了跟着变。"""

import json
import time
from functools import cache
from pathlib import Path

import pytest

from nonebot_plugin_refund.domain.understanding.meaning.features.topic_words import concepts_in
from nonebot_plugin_refund.domain.understanding.meaning.topics import TopicReader
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.topics import ScopedTopic, Topic

KEPT_BACK = Path(__file__).parents[3] / "data" / "topics-kept-back.jsonl"
"""每种打听两句，写完例句之后另写的，不参加听法。"""
ANSWERED, FAMILIAR = 0.6, 0.35
"""聊天里直接回答的门槛，见 dialogue/reading/asking/topics.py。"""


@cache
def reader() -> TopicReader:
    return TopicReader(load_rulebook().topics)


def scoped(topic_id: str, *asked: str, scenarios: tuple[str, ...] = ()) -> ScopedTopic:
    return ScopedTopic(Topic(id=topic_id, title=asked[0], asked=asked, answer="好。"), scenarios)


def kept_back() -> list[tuple[ScopedTopic, str]]:
    by_id = {topic.id: topic for topic in load_rulebook().topics}
    rows = [json.loads(line) for line in KEPT_BACK.read_text(encoding="utf-8").splitlines()]
    return [(by_id[row["topic"]], row["text"]) for row in rows]


def test_every_topic_is_kept_back_twice_and_none_is_among_the_examples() -> None:
    rows = kept_back()
    examples = {said for topic in load_rulebook().topics for said in topic.topic.asked}

    assert {topic.id for topic, _ in rows} == {topic.id for topic in load_rulebook().topics}
    assert len(rows) == 2 * len(load_rulebook().topics)
    assert [text for _, text in rows if text in examples] == []


def test_phrasings_kept_back_are_heard_and_few_are_answered_wrongly() -> None:
    rows = [(topic, reader().read(text, (topic.scenarios or ("shop-return",))[:1])) for topic, text in kept_back()]
    first = sum(heard.likeliest[0].id == topic.id for topic, heard in rows)
    third = sum(topic.id in [one.id for one in heard.likeliest[:3]] for topic, heard in rows)
    answered = [
        (topic.id, heard.likeliest[0].id)
        for topic, heard in rows
        if heard.likeliest[0].score >= ANSWERED and heard.familiar >= FAMILIAR
    ]
    wrong = [pair for pair in answered if pair[0] != pair[1]]

    assert first >= 0.76 * len(rows)
    assert third >= 0.90 * len(rows)
    assert len(answered) >= 0.45 * len(rows)
    assert len(wrong) <= 0.04 * len(rows), wrong


def test_an_example_is_heard_to_the_letter_whatever_stands_at_its_end() -> None:
    heard = reader().read("运费谁出啊？", ("shop-return",))

    assert heard.verbatim == "freight"
    assert heard.likeliest[0].id == "freight"


@pytest.mark.parametrize("said", ["12315电话多少", "12315的电话是多少", "12315是打哪个电话"])
def test_the_number_of_12315_is_not_that_of_customer_service(said: str) -> None:
    assert reader().read(said, ("shop-return",)).likeliest[0].id == "regulator"


def test_only_topics_of_the_scenarios_at_hand_are_heard() -> None:
    assert reader().read("吊牌剪了还能退吗", ("live-tip",)).verbatim is None
    assert "tag-cut" not in [one.id for one in reader().read("吊牌剪了还能退吗", ("live-tip",)).likeliest]
    assert reader().read("吊牌剪了还能退吗", ("live-tip", "shop-return")).verbatim == "tag-cut"


def test_what_is_said_in_no_topic_is_not_familiar() -> None:
    assert reader().read("蜻蜓飞过池塘边的芦苇", ("shop-return",)).familiar < FAMILIAR


def test_a_volunteers_topic_is_heard_from_a_few_examples() -> None:
    own = TopicReader((scoped("pickup", "在哪自提", "自提点怎么找"), scoped("hours", "几点开门", "周末营业吗")))

    assert own.read("自提点在哪", ()).likeliest[0].id == "pickup"
    assert own.read("你们几点关门", ()).likeliest[0].id == "hours"


def test_nothing_written_and_nothing_said_are_read_too() -> None:
    assert TopicReader(()).read("运费谁出", ()).likeliest == ()
    assert reader().read("", ("shop-return",)).likeliest == ()


def test_concepts_join_words_of_one_meaning() -> None:
    assert {"how-long", "court"} <= set(concepts_in("打官司要多长时间"))
    assert {"how-long", "court"} <= set(concepts_in("起诉得几天"))


def test_reading_takes_a_few_milliseconds() -> None:
    reader().prepare()
    texts = [text for _, text in kept_back()[:100]]
    started = time.process_time()
    for text in texts:
        reader().read(text, ("shop-return",))

    assert (time.process_time() - started) / len(texts) < 0.01, "平时一两毫秒"


def test_preparing_stops_as_soon_as_it_is_told_to_and_is_done_when_first_needed() -> None:
    asked: list[bool] = []

    def stopping() -> bool:
        asked.append(len(asked) >= 2)
        return asked[-1]

    fresh = TopicReader(load_rulebook().topics[:40])
    fresh.prepare(stopping)
    assert asked == [False, False, True]
    assert fresh.read("退款要多久", ("shop-return",)).likeliest
