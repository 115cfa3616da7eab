"""访谈和提醒里的控制语：上一步、修改第2题、为什么、推迟2小时……

只认整句就是控制语的消息，免得把答案吃掉（“退出直播间之后扣的”不是要退出）。
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from ...rulebook.spoken import load_spoken
from .clock_times import Clarity, find_clock_times
from .numerals import read_small_integer
from .text import normalise, trim_punctuation


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
_MAX_DELAY = timedelta(days=60)
"""推迟得比任何期限都长就不是推迟了。"""
_MORNING = 9
"""“明天上午”按几点算。"""
_HOURS_OF_DAY = {"早上": 9, "早": 9, "上午": 9, "中午": 12, "下午": 14, "傍晚": 18, "晚上": 20, "晚": 20}

_SPOKEN = load_spoken()
_EXACT = {word: ControlKind(name) for name, words in _SPOKEN.controls.by_id().items() for word in words}
_BEFORE, _AFTER = ("|".join(map(re.escape, words)) for words in (_SPOKEN.courtesy.before, _SPOKEN.courtesy.after))
_COURTESY = re.compile(f"^(?:{_BEFORE})+|(?:{_AFTER})+$")
_NUMBER = r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_CHANGE = re.compile(
    rf"(?:我?(?:要|想)?(?:修改|更改|改一?下|重答|重新回答|重新答|重填|重选|改|回到|回)(?:一下|下|答案)?\s*(?:第|问题|题目|题)?\s*{_NUMBER}\s*(?:题|个|问|道题?|条|号题?|步|个问题|个答案|题的?答案)?)|"
    r"(?:第\s*(?P<n2>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:题|个|问|个问题|道题)(?:我)?(?:要改|改一下|改下|修改|答错了|选错了|错了|填错了|写错了|重答|重选|想改|要修改|重来))"
)
_SNOOZE_LEAD = r"(?:推迟到?|延后到?|延迟到?|延期到?|推后到?|推到|晚|迟|过|等|再过|再等|稍后|隔|改到|改成|放到|等到|到)?"
_SNOOZE_TAIL = r"(?:之?后)?(?:再)?(?:提醒(?:我)?|说|叫我|通知我|告诉我|弄|看)?(?:一下|吧)?"
_SNOOZE_FOR = re.compile(
    rf"{_SNOOZE_LEAD}\s*(?P<n>半|[0-9]{{1,3}}(?:\.5)?|[一二两三四五六七八九十]{{1,3}})\s*个?(?P<half>半)?\s*(?P<unit>小时|钟头|分钟|分|刻钟|天|日|周|星期|礼拜|h|min|d)(?P<half2>半)?{_SNOOZE_TAIL}"
)
_SNOOZE_UNTIL = re.compile(
    rf"{_SNOOZE_LEAD}\s*(?P<day>今天|今|明天|明儿|明|后天|大后天)?(?P<period>早上|上午|中午|下午|傍晚|晚上|早|晚)?(?P<clock>(?:[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:点半?|:[0-9]{{2}}))?{_SNOOZE_TAIL}"
)
_DAYS = {"今天": 0, "今": 0, "明天": 1, "明儿": 1, "明": 1, "后天": 2, "大后天": 3}


def parse_control(text: str, now: datetime | None = None) -> Control | None:
    """整句是控制语时给出它，否则 ``None``。

    ``now``（带时区）只用来把“推迟到明天上午”换成时长；不给时这种说法的 ``delay`` 为 ``None``。
    """
    prepared = normalise(text, _MAX_TEXT + 1)
    if not prepared or len(prepared) > _MAX_TEXT:
        return None
    core = re.sub(r"[?？]+$", "", trim_punctuation(prepared)).strip() or ("?" if prepared == "?" else "")
    for candidate in (core, core.replace(" ", ""), _COURTESY.sub("", core).replace(" ", "")):
        if candidate in _EXACT:
            return Control(_EXACT[candidate])
    return _change(core) or _snooze(_COURTESY.sub("", core) or core, now)


def _change(core: str) -> Control | None:
    match = _CHANGE.fullmatch(core)
    if not match:
        return None
    number = read_small_integer(match["n"] or match["n2"])
    return Control(ControlKind.CHANGE, number=number) if number else None


def _snooze(core: str, now: datetime | None) -> Control | None:
    asked = re.match(r"推|延|晚|迟|稍|改|再|过|等|放|到", core) or re.search(r"提醒|再说|叫我|通知我|告诉我", core)
    if not asked:
        return None
    if match := _SNOOZE_FOR.fullmatch(core):
        delay = _duration(match)
        return Control(ControlKind.SNOOZE, delay=delay) if delay else None
    match = _SNOOZE_UNTIL.fullmatch(core)
    if match and (match["day"] or match["period"] or match["clock"]):
        delay = _until(match, now) if now else None
        return Control(ControlKind.SNOOZE, delay=delay) if delay or not now else None
    return None


def _duration(match: re.Match[str]) -> timedelta | None:
    token = match["n"]
    count = 0.5 if token == "半" else float(token) if token[0].isdigit() else float(read_small_integer(token) or 0)
    if match["half"] or match["half2"]:
        count += 0.5
    hours = {
        "小时": 1.0,
        "钟头": 1.0,
        "h": 1.0,
        "分钟": 1 / 60,
        "分": 1 / 60,
        "min": 1 / 60,
        "刻钟": 0.25,
        "天": 24.0,
        "日": 24.0,
        "d": 24.0,
        "周": 168.0,
        "星期": 168.0,
        "礼拜": 168.0,
    }[match["unit"]]
    delay = timedelta(hours=count * hours)
    return delay if timedelta(0) < delay <= _MAX_DELAY else None


def _until(match: re.Match[str], now: datetime) -> timedelta | None:
    hour, minute = _HOURS_OF_DAY.get(match["period"] or "", _MORNING), 0
    if match["clock"]:
        clocks = find_clock_times((match["period"] or "") + match["clock"])
        if len(clocks) != 1 or clocks[0].clarity is Clarity.IMPOSSIBLE:
            return None
        hour, minute = clocks[0].hour, clocks[0].minute
    target = datetime.combine(
        now.date() + timedelta(days=_DAYS.get(match["day"] or "", 0)), time(hour, minute), now.tzinfo
    )
    if not match["day"] and target <= now:
        target += timedelta(days=1)
    delay = target - now
    return delay if timedelta(0) < delay <= _MAX_DELAY else None
