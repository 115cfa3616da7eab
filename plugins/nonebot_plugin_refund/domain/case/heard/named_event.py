"""一句话里说的是记过的哪一件进展：去掉日子和“是……的”这些，剩下的像哪件；只剩一两个字的，看是不是刚记下的那件。"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.scenario_models.event_models import Actor
from ...understanding.moods import mood_reader
from ...understanding.writing.text import normalise
from .likely import Likely
from .news import hear_news

_DAY = re.compile(
    r"(?:[0-9]{1,2}月)?[0-9]{1,2}[号日]|[0-9]{1,2}[./][0-9]{1,2}|[0-9]{1,2}天前|大前天|前天|昨天|今天|昨晚|昨夜|前晚|今早|昨儿个?|前儿个?|今儿个?"
    r"|(?:上个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]|早上|上午|中午|下午|晚上"
)
"""说哪天的话。"""
_AROUND = re.compile(
    r"(?:你|我)?(?:[记说搞弄写看听]错|不对|错)了?(?:是|的)?|(?:你|我)(?:说|记|写)成了?|帮我|给我|改(?:改|一下|成)?|才对"
    r"|那[天步条个件笔次]|这[天步条个件笔次]|(?:的)?(?:日期|日子|时间|事情|事儿?)|不是|应该|其实|我?查了下|我?看了下|[是的呢啊呀吧了嘛哦]|[0-9]{1,9}(?:\.[0-9]{1,2})?[块元]?(?:钱)?"
)
"""说哪天、在改的话里，说的那件事以外的字。"""
_BARE = 2
"""剩下这么几个字以内，只说了怎么发生的（“前天到的”）。"""
_PLAIN, _AHEAD, _OTHER = 0.25, 2.0, 0.5
"""像一件记过的要有这么像，还要比别的像这么多倍；像一件没记过的要这么像，才算说的是它。"""


@dataclass(frozen=True, slots=True)
class Named:
    """说的是哪一件；``event`` 为空是哪件也没说，``is_other`` 是说了，却不是记过的。"""

    event: ReportableEvent | None = None
    is_other: bool = False


NOTHING = Named()


def told_of(piece: str) -> str:
    """一截里去掉日子和改正的话，剩下说的是什么事。"""
    return _AROUND.sub("", _DAY.sub("", normalise(piece))).strip(" ,，。.!?")


def says_a_day(piece: str) -> bool:
    """话里有说哪天的字。"""
    return _DAY.search(piece) is not None


def named_event(
    piece: str, likely: Mapping[ReportableEvent, float], walked: Sequence[str], *, least: float = _PLAIN
) -> Named:
    """这一截说的是 ``walked`` 里的哪一件。

    Args:
        piece: 一截话，可以带着日子。
        likely: 这条路上的全部事。
        walked: 报告过的事件 id，由早到晚。
        least: 至少这么像。
    """
    told = told_of(piece)
    if not told or not walked:
        return NOTHING
    even = _even(likely if isinstance(likely, Likely) else Likely(likely))
    last = even.by_id.get(walked[-1])
    if len(told) <= _BARE and last is not None and _happens_so(last, told):
        return Named(last)
    written = [event for event in even if event.id in walked and any(name in told for name in names_of(event))]
    if len(written) == 1:
        return Named(written[0])
    heard = hear_news(told, mood_reader().clauses(told), even).events
    if not heard or heard[0].score < least:
        return NOTHING
    best = heard[0]
    if len(heard) > 1 and heard[1].score * _AHEAD > best.score:
        return NOTHING
    if best.event.id in walked:
        return Named(best.event)
    if last is not None and best.event.by is Actor.MONEY and last.by is Actor.MONEY:
        return Named(last)  # 钱到了多少另说，说的是刚记下的那笔
    return Named(is_other=True) if best.score >= _OTHER else NOTHING


def names_of(event: ReportableEvent) -> tuple[str, ...]:
    """一件事的名称和口头的说法，都已统一写法。"""
    return _names(event.label, event.said)


@lru_cache(maxsize=1024)
def _names(label: str, said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in map(normalise, (label, *said)) if len(name) > 1)


def _happens_so(event: ReportableEvent, told: str) -> bool:
    """只剩的一两个字，是那件事的名称、说法里有的；说钱到了的，“到”就是。"""
    return any(told in name for name in names_of(event)) or (told.startswith("到") and event.event.ends)


@lru_cache(maxsize=64)
def _even(likely: Likely) -> Likely:
    """不看此刻轮不轮得到，都一样可能：说的是过去的事。"""
    return Likely(dict.fromkeys(likely, 1.0), part_of=likely)
