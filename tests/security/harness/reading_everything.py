"""所有读一句话的办法，一样读一遍；只看读不读得完，不看读出什么。"""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from nonebot_plugin_refund.chat.logs.log_guard import guarded
from nonebot_plugin_refund.delivery.faults.classify_failure import classify_failure
from nonebot_plugin_refund.dialogue.reading.commands import parse_command
from nonebot_plugin_refund.dialogue.reading.progress import news
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.hearing.hearing import Listener
from nonebot_plugin_refund.domain.hearing.picking import read_among
from nonebot_plugin_refund.domain.hearing.values.offered_days import in_full
from nonebot_plugin_refund.domain.understanding import yesno
from nonebot_plugin_refund.domain.understanding.asides import find_aside
from nonebot_plugin_refund.domain.understanding.controls import parse_control
from nonebot_plugin_refund.domain.understanding.days import dates
from nonebot_plugin_refund.domain.understanding.hours.daily_spans import read_daily_span
from nonebot_plugin_refund.domain.understanding.hours.durations import read_duration
from nonebot_plugin_refund.domain.understanding.meaning.topics import TopicReader
from nonebot_plugin_refund.domain.understanding.options import match_options
from nonebot_plugin_refund.domain.understanding.private_data.private import find_private_numbers, mask
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.domain.understanding.stated import is_stated
from nonebot_plugin_refund.domain.understanding.sums import amounts
from nonebot_plugin_refund.domain.understanding.sums.numbered import ordinal
from nonebot_plugin_refund.domain.understanding.writing.text import normalise
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Option, QuestionKind, Scenario
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
ASIDES = load_rulebook().asides
TOPICS = TopicReader(load_rulebook().topics)
CLASSIFIER = Classifier(load_signals())
OPTIONS = (Option(id="a", label="还没发货"), Option(id="b", label="已经签收", aliases=("收到了",)))


@cache
def scenario() -> Scenario:
    return load_rulebook().edition("shop-return").scenario


def _hear(text: str) -> None:
    """说起一件事，和每一种题各答一遍。"""
    Listener(scenario(), WorkCalendar(), NOW, NOW, ASIDES).begin(text)
    for kind in QuestionKind:
        for question in [question for question in scenario().questions if question.kind is kind][:1]:
            read_among(scenario(), question, text, NOW)


READERS: tuple[Callable[[str], object], ...] = (
    lambda text: dates.parse_date(text, NOW),
    lambda text: dates.date_problem(text, NOW),
    amounts.parse_amount,
    lambda text: amounts.parse_number(text, "岁"),
    yesno.parse_yesno,
    lambda text: parse_control(text, NOW),
    lambda text: match_options(text, OPTIONS, multi=True),
    lambda text: match_options(text, OPTIONS, multi=False),
    ordinal,
    lambda text: in_full(text, (NOW.date(), NOW.date().replace(day=1))),
    find_private_numbers,
    mask,
    read_daily_span,
    read_duration,
    lambda text: find_aside(text, ASIDES, "shop-return"),
    lambda text: TOPICS.read(text, ("shop-return",)),
    lambda text: is_stated(normalise(text), 2, 4),
    CLASSIFIER.classify,
    lambda text: parse_command(text, {}),
    lambda text: guarded(text, None),
    lambda text: classify_failure(100, text),
    lambda text: news.happened_at(text, NOW),
    _hear,
)


def read_everything(text: str) -> None:
    for reader in READERS:
        reader(text)
