"""列出几个日子之后的编号：换成那一天；在整场对话里也留得住。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.hearing.hearing import Listener
from nonebot_plugin_refund.domain.hearing.values.offered_days import in_full
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.dialogue import Dialogue
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
SCENARIO = small_edition().scenario
THREE = (date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1", "2026-11-16"), ("第三个", "2026-11-23"), ("③", "2026-11-23"), ("4", "4"), ("前面那个", "前面那个")],
)
def test_a_number_stands_for_the_day_listed_under_it(text: str, meant: str) -> None:
    assert in_full(text, THREE) == meant


def test_without_offered_days_everything_stays_as_said() -> None:
    assert in_full("1", ()) == "1"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("是", "2026-11-16"),
        ("对的 就是这天", "2026-11-16"),
        ("是的哥", "2026-11-16"),
        ("是我", "是我"),
        ("好的，谢谢您。", "好的，谢谢您。"),
        ("是孩子", "是孩子"),
    ],
)
def test_the_only_day_offered_is_meant_by_a_yes_and_not_by_naming_somebody(text: str, meant: str) -> None:
    assert in_full(text, THREE[:1]) == meant


@pytest.mark.parametrize("between", [(), ("哈哈哈",)])
def test_a_listener_remembers_the_days_it_offered(between: tuple[str, ...]) -> None:
    listener = Listener(SCENARIO, WorkCalendar(), NOW, NOW)
    question = SCENARIO.question("bought-on")
    dialogue = Dialogue({"goal": Answer("regret")})

    for text in ("周一或者周二", *between):
        dialogue = listener.hear(dialogue, question, text).result.dialogue
    heard = listener.hear(dialogue, question, "2")

    assert dialogue.offered == THREE
    assert heard.result.dialogue.answers["bought-on"] == Answer(date(2026, 11, 17))
    assert heard.result.dialogue.offered == ()
