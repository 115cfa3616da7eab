"""命令：``/退款`` 后面的第一个词是哪件事，其余是它的参数。"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from ...domain.understanding.text import bare, normalise
from ...storage.case_codes import normalise_code


class CommandName(Enum):
    """全部命令；值是用户打的词。"""

    MENU = "菜单"
    SCENARIOS = "场景"
    MINE = "我的"
    PROGRESS = "进度"
    UPDATE = "更新"
    EVIDENCE = "材料"
    CALENDAR = "日历"
    PAPERS = "文书"
    REMINDERS = "提醒"
    CONTACT = "客服"
    APPEAL = "申诉"
    CLOSE = "结案"
    EXPORT = "导出"
    DELETE = "删除"
    HELP = "帮助"
    SETTINGS = "设置"
    ADMINISTRATION = "管理"


PERSONAL = frozenset(
    {
        CommandName.MINE,
        CommandName.PROGRESS,
        CommandName.UPDATE,
        CommandName.EVIDENCE,
        CommandName.CALENDAR,
        CommandName.PAPERS,
        CommandName.REMINDERS,
        CommandName.CLOSE,
        CommandName.EXPORT,
        CommandName.DELETE,
    }
)
"""只在私聊里办的：案件从不出现在群里。"""

_ALIASES = {
    "申请": CommandName.MENU,
    "案件": CommandName.MINE,
    "我的案件": CommandName.MINE,
    "更新进度": CommandName.UPDATE,
    "有进展": CommandName.UPDATE,
    "有进展了": CommandName.UPDATE,
    "有新进展": CommandName.UPDATE,
    "有新进展了": CommandName.UPDATE,
    "证据": CommandName.EVIDENCE,
    "日程": CommandName.CALENDAR,
    "投诉书": CommandName.PAPERS,
    "写文书": CommandName.PAPERS,
    "help": CommandName.HELP,
    "说明": CommandName.HELP,
    "导出我的数据": CommandName.EXPORT,
    "删除我的数据": CommandName.DELETE,
    "联系客服": CommandName.CONTACT,
    "申诉升级": CommandName.APPEAL,
}
_WORDS = {command.value: command for command in CommandName} | _ALIASES
_WITH_ARGUMENT = frozenset(
    {
        CommandName.SCENARIOS,
        CommandName.PROGRESS,
        CommandName.UPDATE,
        CommandName.EVIDENCE,
        CommandName.CALENDAR,
        CommandName.PAPERS,
        CommandName.REMINDERS,
        CommandName.CLOSE,
        CommandName.SETTINGS,
        CommandName.ADMINISTRATION,
    }
)
_LONGEST_NEAR_MISS = 4
"""超过这么多字的不当作打错的命令，当作描述。"""


PICTURES_WORD = "图片"
"""“图片 关”是“设置 图片 关”的短写。"""
GROUP_OPTION_WORDS = ("关键词", "冷却", PICTURES_WORD, "点名", "安静")
"""群里能设的几项。"""
_SETTINGS_GLUED = re.compile(rf"设置(?=(?:{'|'.join(GROUP_OPTION_WORDS)})(?:$|[\s\d]|[关开](?:$|\s))|恢复默认$)")
"""“设置”与要设的那一项连写：``设置冷却 10分钟``。后面接着别的话的是描述（“设置图片验证码收不到”）。"""
_SWITCH = {"开": True, "打开": True, "开启": True, "on": True, "关": False, "关闭": False, "关掉": False, "off": False}


def read_switch(written: str) -> bool | None:
    """开、关的几种写法；都不是返回 ``None``。"""
    return _SWITCH.get(bare(written))


@dataclass(frozen=True, slots=True)
class Command:
    """一条命令。"""

    name: CommandName
    argument: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """像是打错了、没打完的命令。"""

    written: str
    meant: CommandName


def parse_command(arguments: str) -> Command | NearMiss | None:
    """读命令词后面的话（统一写法之后再认）；既不是命令也不像打错的，是一段描述，返回 ``None``。"""
    written = normalise(arguments)
    if not written:
        return Command(CommandName.MENU)
    text = bare(written)
    if not text:
        return None
    if _SETTINGS_GLUED.match(text):
        return Command(CommandName.SETTINGS, text.removeprefix(CommandName.SETTINGS.value))
    word, _, rest = text.partition(" ")
    if word == PICTURES_WORD and (not rest or read_switch(rest) is not None):
        return Command(CommandName.SETTINGS, text)
    name = _WORDS.get(word)
    if name is not None:
        argument = rest.strip()
        # “退款 客服电话多少” 这类不收参数的词后面还有话，是描述，不是命令；个人的命令后面总可以带案件号
        takes = name in _WITH_ARGUMENT or (name in PERSONAL and normalise_code(argument) is not None)
        return Command(name, argument) if not argument or takes else None
    return _glued(text) or _near_miss(text)


def _glued(text: str) -> Command | None:
    """命令和案件号连写：``进度K7Q2``。"""
    for word, name in _WORDS.items():
        rest = text.removeprefix(word)
        if rest != text and name in _WITH_ARGUMENT and rest.isascii() and rest.isalnum():
            return Command(name, rest)
    return None


def _near_miss(text: str) -> NearMiss | None:
    if len(text) > _LONGEST_NEAR_MISS or " " in text:
        return None
    begun = [word for word in _WORDS if word.startswith(text)]
    if begun:
        return NearMiss(text, _WORDS[begun[0]])
    close = get_close_matches(text, [word for word in _WORDS if len(word) == len(text)], n=1, cutoff=0.5)
    return NearMiss(text, _WORDS[close[0]]) if close else None
