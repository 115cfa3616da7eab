"""手头有一件案件时打听：一百五十种以上，各有十种问法当场答得上，不离开这件案件。"""

from collections import Counter
from datetime import datetime

import pytest

from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
WAYS, TOPICS = 10, 150
FIRST_WAYS = 0.9
"""只说第一种问法时，答上的至少占多少。"""
ELSEWHERE = (intents.NewMatter,)
"""把人带出手头这件的听法。"""


def heard(most: int | None) -> tuple[Counter[str], list[str]]:
    """手头有案件时，每种打听的前 ``most`` 种问法各答上几种，和带出手头这件的那些。"""
    book = load_rulebook()
    reader = StatedReader.of(book)
    answered: Counter[str] = Counter()
    left: list[str] = []
    for topic in book.topics:
        stated = Stated(NOW, scenario=(topic.scenarios or ("shop-return",))[0], case=True)
        for text in topic.topic.asked[:most]:
            _, reading = reader.read(text, stated)
            answered[topic.id] += any(
                isinstance(intent, intents.Asked) and intent.topic == topic.id for intent in reading.intents
            )
            left += [text] if isinstance(reading.first, ELSEWHERE) else []
    return answered, left


def test_the_first_way_of_asking_a_topic_is_answered_while_a_case_is_open() -> None:
    answered, left = heard(1)

    assert sum(answered.values()) >= FIRST_WAYS * len(answered)
    assert left == []


@pytest.mark.thorough
def test_a_hundred_and_fifty_topics_are_answered_in_ten_ways_each_while_a_case_is_open() -> None:
    answered, left = heard(None)

    assert sum(ways >= WAYS for ways in answered.values()) >= TOPICS
    assert len(left) <= 0.002 * sum(len(topic.topic.asked) for topic in load_rulebook().topics), left
