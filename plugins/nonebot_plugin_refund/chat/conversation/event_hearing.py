"""从一句话里听出案件的进展：编号、名称、说法，可以带上日期。

报告进展会换阶段、改日期，收不回来；所以没在等进展时，只有整句就是在说这件事才算数。
"""

import re
from dataclasses import dataclass
from datetime import datetime, time

from ...domain.calendar import SHANGHAI
from ...domain.understanding.dates import parse_date
from ...domain.understanding.numbered import numbered_choice
from ...domain.understanding.options import match_options
from ...domain.understanding.text import normalise, trim_punctuation
from ...rulebook.models import Option
from ...rulebook.stage_view import ReportableEvent, StageView
from .prompts import picked_number

_SHORTEST_PHRASE = 3
"""没在等进展时，“到了”“可以”这样两个字的话说的多半是别的事。"""
_LONGEST_MENTION = 20
"""没在等进展时，再长的话是在讲一件新的事。"""
_COVERED = 0.5
"""说法至少占整句（去掉时间词）的这么多，才算整句在说它。"""
_WHEN = re.compile(
    r"刚刚|刚才|刚|已经|终于|今天|今早|昨天|昨晚|前天|大前天|早上|上午|中午|下午|晚上|上周|这周|周[一二三四五六日天]|星期[一二三四五六日天]"
    r"|[0-9一二三四五六七八九十]{1,3}\s*(?:月|号|日|点半?|天前|小时前)|[\s,.!。]|[啦呢吧啊呀哦]$"
)


@dataclass(frozen=True, slots=True)
class HeardEvent:
    """听出来的一件进展，和说它是什么时候的那部分话。"""

    event: ReportableEvent
    when: str


def expected_event(stage: StageView | None, text: str) -> HeardEvent | None:
    """正在等进展时的一句话：``1``、``1 昨天``、名称、说法；拿不准为空。"""
    if stage is None:
        return None
    if chosen := numbered_choice(text, len(stage.events)):
        number, rest = chosen  # “1 29号”里的 1 不是一月
        return HeardEvent(stage.events[number - 1], rest)
    event = None if text.strip().isdigit() else _matched(stage, text)
    return HeardEvent(event, text) if event else None


def volunteered_event(stage: StageView | None, text: str) -> ReportableEvent | None:
    """没在等进展，整句却正是在说这件事，如“商家昨天同意了”；别的为空。"""
    event = mentioned_event(stage, text)
    if event is None:
        return None
    said = _without_time(text)
    phrases = [_without_time(phrase) for phrase in (event.label, *event.said)]
    held = [phrase for phrase in phrases if len(phrase) >= _SHORTEST_PHRASE and (phrase in said or said in phrase)]
    longest = max((min(len(phrase), len(said)) for phrase in held), default=0)
    enough = len(trim_punctuation(normalise(text))) >= _SHORTEST_PHRASE
    return event if enough and longest >= _COVERED * len(said) else None


def mentioned_event(stage: StageView | None, text: str) -> ReportableEvent | None:
    """没在等进展的一句短话，提到了这个阶段的一件事：还不够记下，够问一句。"""
    said = normalise(text)
    if stage is None or len(said) > _LONGEST_MENTION or picked_number(said, 99) is not None:
        return None
    return _matched(stage, text)


def happened_at(text: str, now: datetime) -> datetime:
    """进展发生的时刻：话里带了日期就用它；只说了日子的按那天最后一刻，不会早算。"""
    parsed = parse_date(text, now)
    if parsed is None or parsed.value is None:
        return now
    if isinstance(parsed.value, datetime):
        return min(parsed.value, now)
    return min(datetime.combine(parsed.value, time(23, 59, 59), SHANGHAI), now)


def _matched(stage: StageView, text: str) -> ReportableEvent | None:
    options = [Option(id=event.id, label=event.label, aliases=event.said) for event in stage.events]
    match = match_options(text, options, multi=False)
    return next((event for event in stage.events if match.ids == (event.id,)), None)


def _without_time(text: str) -> str:
    return _WHEN.sub("", trim_punctuation(normalise(text)))
