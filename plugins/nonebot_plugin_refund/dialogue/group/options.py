"""群里能设的几项：各叫什么，怎么读管理员写的值，怎么说现在的样子、怎么改、改成了什么。

这里只有读和说；谁能改、存到哪里在 :mod:`.group_settings`。
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ...domain.days.reminders import QuietHours
from ...domain.understanding.hours.daily_spans import read_daily_span
from ...domain.understanding.hours.durations import read_duration
from ...keyword_level import KeywordLevel, read_level
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.person.groups import Chosen
from ..person import picture_settings
from ..reading.commands import read_switch
from .memory import NEVER_QUIET, GroupSettings

LONGEST_COOLDOWN = timedelta(hours=24)
"""冷却最长设多久：再久就该把关键词关掉。"""
_LEVEL_MEANINGS = {
    KeywordLevel.OFF: "我只回命令和 @",
    KeywordLevel.CAREFUL: "很有把握才接一两句，有人在答就不插嘴",
    KeywordLevel.EAGER: "听出是哪种退款就接，同样不打断别人",
}
_SPOKEN = load_spoken().group
_NO_LIMIT_WORDS = frozenset(_SPOKEN.no_limit)
_MENTIONS_MEANING = "提醒私聊送不到、本人又同意过的，我在群里 @ 他一句，不提案情"


@dataclass(frozen=True, slots=True)
class Shown:
    """说一项设置时用得到的。"""

    settings: GroupSettings
    person_cooldown: timedelta
    command: str
    platform: str
    """适配器的名字。"""


@dataclass(frozen=True, slots=True)
class Option:
    """群里能设的一项。"""

    words: tuple[str, ...]
    """管理员打的词；第一个是写给人看的。"""
    read: Callable[[str], Chosen | None]
    """读他写的值；读不懂为空。"""
    default: Chosen
    """回到默认。"""
    state: Callable[[Shown], str]
    """现在怎样，几个字。"""
    example: Callable[[Shown], str]
    """照着发就能改的一个值。"""
    detail: str
    """只问这一项时，说它是管什么的；``{state}``、``{command}``、``{example}``、``{person}`` 会填上。"""
    changed: Callable[[Shown], str]
    """改好之后说的话。"""
    expected: str
    """值读不懂时，说该怎么写；同样会填上 ``{command}``、``{example}``。"""

    @property
    def word(self) -> str:
        """写给人看的词。"""
        return self.words[0]

    def in_detail(self, shown: Shown) -> str:
        """这一项现在怎样、管什么、怎么改。"""
        return self._filled(self.detail, shown)

    def complaint(self, shown: Shown) -> str:
        """值读不懂时回的话。"""
        return self._filled(self.expected, shown)

    def _filled(self, text: str, shown: Shown) -> str:
        return text.format(
            state=self.state(shown), command=shown.command, example=self.example(shown), person=_person_too(shown)
        )


def _read_level(said: str) -> Chosen | None:
    level = read_level(said)
    return None if level is None else {"keywords": level}


def _level_changed(shown: Shown) -> str:
    level = shown.settings.keywords
    return f"好，关键词{'关了' if level is KeywordLevel.OFF else f'改成{level}了'}。{_LEVEL_MEANINGS[level]}。"


def _read_cooldown(said: str) -> Chosen | None:
    if read_switch(said) is False or said in _NO_LIMIT_WORDS:
        return {"cooldown": timedelta()}
    gap = read_duration(said)
    return None if gap is None or gap > LONGEST_COOLDOWN else {"cooldown": gap}


def _cooldown_changed(shown: Shown) -> str:
    gap = shown.settings.cooldown
    how = f"两次接话至少隔 {spoken(gap)}" if gap else "接话不限多久一次"
    return f"好，没人叫我时，这个群里{how}{_person_too(shown)}。"


def _person_too(shown: Shown) -> str:
    return f"；同一个人还是至少隔 {spoken(shown.person_cooldown)}" if shown.person_cooldown else ""


def _read_pictures(said: str) -> Chosen | None:
    wanted = read_switch(said)
    return None if wanted is None else {"pictures": wanted}


def _read_mentions(said: str) -> Chosen | None:
    allowed = read_switch(said)
    return None if allowed is None else {"mentions": allowed}


def _mentions_changed(shown: Shown) -> str:
    if shown.settings.mentions:
        return f"好，{_MENTIONS_MEANING}。"
    return "好，不在群里点名了；私聊送不到的提醒，等本人下次找我时再说。"


def _read_quiet(said: str) -> Chosen | None:
    if read_switch(said) is False or said in _NO_LIMIT_WORDS:
        return {"quiet": NEVER_QUIET}
    span = read_daily_span(said)
    return None if span is None else {"quiet": QuietHours(*span)}


def _quiet_in_words(shown: Shown) -> str:
    quiet = shown.settings.quiet
    return "没有" if quiet.start == quiet.end else f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"


def _quiet_changed(shown: Shown) -> str:
    quiet = shown.settings.quiet
    if quiet.start == quiet.end:
        return "好，没有安静时段了。"
    next_day = "次日" if quiet.end < quiet.start else ""
    return f"好，每天 {quiet.start:%H:%M} 到{next_day} {quiet.end:%H:%M} 我不主动出声，也不点名；命令和 @ 照样回。"


def spoken(gap: timedelta) -> str:
    """整小时、整分钟照说，其余说秒。"""
    seconds = int(gap.total_seconds())
    for unit, length in (("小时", 3600), ("分钟", 60)):
        if seconds % length == 0:
            return f"{seconds // length} {unit}"
    return f"{seconds} 秒"


def _switch(on: bool) -> str:
    return "开" if on else "关"


OPTIONS = (
    Option(
        words=_SPOKEN.options.keywords,
        read=_read_level,
        default={"keywords": None},
        state=lambda shown: shown.settings.keywords,
        example=lambda shown: (
            KeywordLevel.CAREFUL if shown.settings.keywords is KeywordLevel.EAGER else KeywordLevel.EAGER
        ),
        detail="关键词：{state}\n没人叫我、但聊到退款时接不接话，三档可选：\n"
        + "".join(f"{level}：{meaning}\n" for level, meaning in _LEVEL_MEANINGS.items())
        + "想换就发「{command} 设置 关键词 {example}」，三档写哪个都行。",
        changed=_level_changed,
        expected="关键词有关、谨慎、积极三档。比如「{command} 设置 关键词 {example}」。",
    ),
    Option(
        words=_SPOKEN.options.cooldown,
        read=_read_cooldown,
        default={"cooldown": None},
        state=lambda shown: spoken(shown.settings.cooldown) if shown.settings.cooldown else "不限",
        example=lambda shown: "1小时" if shown.settings.cooldown == timedelta(minutes=10) else "10分钟",
        detail="冷却：{state}\n没人叫我时，这个群里两次接话至少隔这么久{person}。\n"
        "想改就发「{command} 设置 冷却 {example}」，最长 24 小时，0 是不限。",
        changed=_cooldown_changed,
        expected="冷却要写多久，带上单位，最长 24 小时，0 是不限。比如「{command} 设置 冷却 {example}」。",
    ),
    Option(
        words=_SPOKEN.options.pictures,
        read=_read_pictures,
        default={"pictures": None},
        state=lambda shown: _switch(shown.settings.pictures),
        example=lambda shown: _switch(not shown.settings.pictures),
        detail="图片：{state}\n菜单、回答这些发不发图；关了只发文字。想改就发「{command} 设置 图片 {example}」。",
        changed=lambda shown: picture_settings.changed(shown.settings.pictures, shown.platform),
        expected=picture_settings.UNKNOWN,
    ),
    Option(
        words=_SPOKEN.options.mentions,
        read=_read_mentions,
        default={"mentions": None},
        state=lambda shown: _switch(shown.settings.mentions),
        example=lambda shown: _switch(not shown.settings.mentions),
        detail=f"点名：{{state}}\n开着时，{_MENTIONS_MEANING}。\n想改就发「{{command}} 设置 点名 {{example}}」。",
        changed=_mentions_changed,
        expected="点名只有开、关两样。比如「{command} 设置 点名 {example}」。",
    ),
    Option(
        words=_SPOKEN.options.quiet,
        read=_read_quiet,
        default={"quiet": None},
        state=_quiet_in_words,
        example=lambda shown: "23:00-7:30" if shown.settings.quiet.start == shown.settings.quiet.end else "关",
        detail="安静：{state}\n这段时间没人叫我就不出声，也不点名；命令和 @ 照样回。\n"
        "想改就发「{command} 设置 安静 {example}」，写从几点到几点，或者关。",
        changed=_quiet_changed,
        expected="安静要写每天从几点到几点，分清上午下午，如 23:00-7:30、晚上11点到早上7点；不要就写关。",
    ),
)
"""按说给管理员听的先后。"""
