"""几截都在问、有一截的词手册里的打听一个也没有：照样听得下去。"""

from datetime import datetime

from nonebot_plugin_refund.cli.hearing.stated_context import Stated, StatedReader
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)


def test_a_question_with_an_unknown_part_is_still_read() -> None:
    reader = StatedReader.of(load_rulebook())
    said = "为啥充值页面写“钻石”，我充的是快币啊，晕乎乎的，充错了吗"
    for stated in (Stated(NOW, scenario="top-up", case=True), Stated(NOW, scenario="live-tip", case=True)):
        _, reading = reader.read(said, stated)
        assert reading.intents
