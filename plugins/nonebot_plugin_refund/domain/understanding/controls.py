"""访谈和提醒里的控制语：上一步、修改第2题、为什么、推迟2小时……

只认整句就是控制语的消息，免得把答案吃掉（“退出直播间之后扣的”不是要退出）。
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ...rulebook.wording_models.spoken import load_spoken
from .sums.numerals import read_small_integer
from .terms.snoozing import read_snooze
from .writing.tails import without_tail
from .writing.text import normalise, trim_punctuation


class ControlKind(StrEnum):
    """用户想让访谈或提醒做什么。"""

    BACK = "back"
    CHANGE = "change"
    WHY = "why"
    UNSURE = "unsure"
    PROGRESS = "progress"
    QUIT = "quit"
    HUMAN = "human"
    HELP = "help"
    MENU = "menu"
    DONE = "done"
    SNOOZE = "snooze"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Control:
    """一条控制语。``number`` 是“修改第几题”；``delay`` 是推迟多久，没说时为 ``None``。"""

    kind: ControlKind
    number: int | None = None
    delay: timedelta | None = None


_MAX_TEXT = 40
_SPOKEN = load_spoken()
_EXACT = {word: ControlKind(name) for name, words in _SPOKEN.controls.by_id().items() for word in words}
_POLITE_LEAD = re.compile(f"(?:{'|'.join(map(re.escape, _SPOKEN.courtesy.before))})+")
_POLITE_TAIL = re.compile(f"(?:{'|'.join(re.escape(word[::-1]) for word in _SPOKEN.courtesy.after)})+")
"""倒着念的“一下”“吧”“了啦”。"""
_NUMBER = r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_CHANGE = re.compile(
    rf"(?:我?(?:要|想)?(?:修改|更改|改一?下|重答|重新回答|重新答|重填|重选|改|回到|回)(?:一下|下|答案)?\s?(?:第|问题|题目|题)?\s?{_NUMBER}\s?(?:题|个|问|道题?|条|号题?|步|个问题|个答案|题的?答案)?)|"
    r"(?:第\s?(?P<n2>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:题|个|问|个问题|道题)(?:我)?(?:要改|改一下|改下|修改|答错了|选错了|错了|填错了|写错了|重答|重选|想改|要修改|重来))"
)


def parse_control(text: str, now: datetime | None = None) -> Control | None:
    """整句是控制语时给出它，否则 ``None``。

    ``now``（带时区）只用来把“推迟到明天上午”换成时长；不给时这种说法的 ``delay`` 为 ``None``。
    """
    prepared = normalise(text, _MAX_TEXT + 1)
    if not prepared or len(prepared) > _MAX_TEXT:
        return None
    core = trim_punctuation(prepared).rstrip("?？").strip() or ("?" if prepared == "?" else "")
    plain = _without_courtesy(core)
    for candidate in (core, core.replace(" ", ""), plain.replace(" ", "")):
        if candidate in _EXACT:
            return Control(_EXACT[candidate])
    return _change(core) or _snooze(plain or core, now)


def _without_courtesy(core: str) -> str:
    lead = _POLITE_LEAD.match(core)
    return without_tail(core[lead.end() :] if lead else core, _POLITE_TAIL.match)


def _change(core: str) -> Control | None:
    match = _CHANGE.fullmatch(core)
    if not match:
        return None
    number = read_small_integer(match["n"] or match["n2"])
    return Control(ControlKind.CHANGE, number=number) if number else None


def _snooze(core: str, now: datetime | None) -> Control | None:
    snooze = read_snooze(core, now)
    return Control(ControlKind.SNOOZE, delay=snooze.delay) if snooze else None
