"""什么字符串都不抛异常，长消息也不变慢。"""

import os
import random
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.calendar import WorkCalendar
from nonebot_plugin_refund.domain.hearing.hearing import Listener
from nonebot_plugin_refund.domain.understanding import yesno
from nonebot_plugin_refund.domain.understanding.asides import find_aside
from nonebot_plugin_refund.domain.understanding.controls import parse_control
from nonebot_plugin_refund.domain.understanding.days import dates
from nonebot_plugin_refund.domain.understanding.days.date_mentions import find_mentions
from nonebot_plugin_refund.domain.understanding.options import match_options
from nonebot_plugin_refund.domain.understanding.private_data.private import find_private_numbers, mask
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.domain.understanding.stated import is_stated
from nonebot_plugin_refund.domain.understanding.sums import amounts
from nonebot_plugin_refund.domain.understanding.writing.pieces import pieces_of
from nonebot_plugin_refund.domain.understanding.writing.text import normalise
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Option
from nonebot_plugin_refund.rulebook.wording_models.asides import load_asides
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from tests.domain.understanding.corpus import read_utterances

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLASSIFIER = Classifier(load_signals())
ASIDES = load_asides()
OPTIONS = (
    Option(id="a", label="还没发货"),
    Option(id="b", label="已经签收"),
    Option(id="c", label="1", aliases=("２",)),
)
TELLING_PIECES = (
    *"012年月日号点半刻上下周前后天个第零一二十百千万亿廿块毛分元¥-./:,、不没是有吗?昨晚退款课²①½㊿ﷺ𝟗",
    *("31", "99", "999999", "星期", "礼拜", "小时", "双11", "国庆", "初五", "去年", "凌晨", "打赏", "快手", "快币"),
    *("[CQ:at,qq=1]", "修改", "推迟", "验证码", "密码是", "\u200b", "\ud800"),
)
TELLING = st.sampled_from(TELLING_PIECES)
HOSTILE = st.one_of(
    st.text(),
    st.text(st.characters()),
    st.lists(TELLING, max_size=30).map("".join),
    st.lists(TELLING, max_size=30).map(" ".join),
)


def read_everything(text: str) -> None:
    dates.json_value(dates.parse_date(text, NOW))
    dates.date_problem(text, NOW)
    amounts.json_value(amounts.parse_amount(text))
    amounts.parse_number(text, "岁")
    yesno.parse_yesno(text)
    parse_control(text, NOW)
    match_options(text, OPTIONS, multi=True)
    match_options(text, OPTIONS, multi=False)
    find_private_numbers(text)
    mask(text)
    CLASSIFIER.classify(text)
    CLASSIFIER.refund_word_present(text)
    prepared = normalise(text)
    find_mentions(prepared, NOW)
    pieces_of(prepared)
    is_stated(prepared, 0, len(prepared) // 2)
    find_aside(text, ASIDES, "shop-return")


def mutated(chance: random.Random, phrases: list[str]) -> str:
    """把标注过的话改坏：删、换、重复、插进难缠的字，或把两句接在一起。"""
    characters = list(chance.choice(phrases))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(characters) + 1)
        match chance.randrange(6):
            case 0:
                del characters[at : at + chance.randint(1, 4)]
            case 1:
                characters[at:at] = characters[at : at + chance.randint(1, 8)] * chance.randint(1, 5)
            case 2:
                characters[at:at] = chance.choice(TELLING_PIECES)
            case 3:
                characters[at:at] = chr(chance.choice((chance.randrange(0x80), chance.randrange(0x110000))))
            case 4:
                characters[at:at] = chance.choice(phrases)
            case _:
                chance.shuffle(characters)
    return "".join(characters)


def test_no_phrase_broken_at_random_raises() -> None:
    """平时两千句；``REFUND_FUZZ_STRINGS=200000`` 跑全部（约十分钟），每次相同。"""
    chance = random.Random(20261123)
    phrases = [u.text for u in read_utterances("utterances-dev.jsonl", "utterances-own.jsonl")]
    hearing = [
        Listener(load_rulebook().edition(scenario).scenario, WorkCalendar(), NOW, NOW, ASIDES)
        for scenario in ("shop-return", "live-tip")
    ]
    for number in range(int(os.environ.get("REFUND_FUZZ_STRINGS", "2000"))):
        text = mutated(chance, phrases)
        read_everything(text)
        if number % 10 == 0:
            hearing[number // 10 % 2].begin(text)


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
def test_no_string_raises(text: str) -> None:
    read_everything(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(TELLING, max_size=12).map("".join))
def test_a_read_date_is_never_in_the_future(text: str) -> None:
    parsed = dates.parse_date(text, NOW)
    if parsed is not None:
        for moment in (parsed.value, *parsed.candidates):
            if isinstance(moment, datetime):
                assert moment <= NOW
            elif moment is not None:
                assert moment <= NOW.date()


@settings(max_examples=300, deadline=None)
@given(st.lists(TELLING, max_size=12).map("".join))
def test_a_read_amount_is_never_negative_or_absurd(text: str) -> None:
    parsed = amounts.parse_amount(text)
    assert parsed is None or parsed.value is None or 0 <= parsed.value <= 100_000_000


def test_long_repetitions_are_read_without_error() -> None:
    for piece in ("1", "一", "退", "1-", "十一月", "1.1", "不是", "¥1", "昨天", "验证码", "6 ", "[CQ:", "周三"):
        read_everything(piece * (10_000 // len(piece)))
