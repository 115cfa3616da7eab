"""手头有一件案件时打听：一百五十种以上，各有十种问法当场答得上，不离开这件案件。"""

from collections import Counter
from datetime import datetime

from nonebot_plugin_refund.cli.hearing.stated_context import ReadingDesk, Stated
from nonebot_plugin_refund.dialogue.reading import intents
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
WAYS, TOPICS = 10, 150
ELSEWHERE = (intents.NewMatter,)
"""把人带出手头这件的听法。"""


def test_a_hundred_and_fifty_topics_are_answered_in_ten_ways_each_while_a_case_is_open() -> None:
    book = load_rulebook()
    desk = ReadingDesk.of(book)
    answered: Counter[str] = Counter()
    left: list[str] = []
    for topic in book.topics:
        stated = Stated(NOW, scenario=(topic.scenarios or ("shop-return",))[0], case=True)
        for text in topic.topic.asked:
            _, reading = desk.read(text, stated)
            answered[topic.id] += any(
                isinstance(intent, intents.Asked) and intent.topic == topic.id for intent in reading.intents
            )
            left += [text] if isinstance(reading.first, ELSEWHERE) else []

    assert sum(ways >= WAYS for ways in answered.values()) >= TOPICS
    assert len(left) <= 0.002 * sum(len(topic.topic.asked) for topic in book.topics), left
