"""命令：``/退款`` 后面的第一个词是哪件事，其余是它的参数。

命令的词在 ``spoken.yaml``；场景自己的命令词（客服、申诉）写在场景里，由现在用的手册给出。
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from ...domain.understanding.writing.text import bare, normalise
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.case.case_codes import normalise_code

_SPOKEN = load_spoken()
_WORDS_OF = _SPOKEN.commands.by_id()


class CommandName(StrEnum):
    """全部命令；值是它的 id，词见 :attr:`word`。"""

    MENU = "menu"
    SCENARIOS = "scenarios"
    MINE = "mine"
    PROGRESS = "progress"
    UPDATE = "update"
    EVIDENCE = "evidence"
    CALENDAR = "calendar"
    PAPERS = "papers"
    CLAIM = "claim"
    LEDGER = "ledger"
    REMINDERS = "reminders"
    CLOSE = "close"
    EXPORT = "export"
    DELETE = "delete"
    HELP = "help"
    SETTINGS = "settings"
    ADMINISTRATION = "administration"

    @property
    def word(self) -> str:
        """写给人看的词。"""
        return _WORDS_OF[self][0]


PERSONAL = frozenset(
    {
        CommandName.MINE,
        CommandName.PROGRESS,
        CommandName.UPDATE,
        CommandName.EVIDENCE,
        CommandName.CALENDAR,
        CommandName.PAPERS,
        CommandName.CLAIM,
        CommandName.LEDGER,
        CommandName.REMINDERS,
        CommandName.CLOSE,
        CommandName.EXPORT,
        CommandName.DELETE,
    }
)
"""只在私聊里办的：案件从不出现在群里。"""

_WITHOUT_ARGUMENT = {CommandName.MINE, CommandName.EXPORT, CommandName.DELETE}
_WITH_ARGUMENT = (PERSONAL - _WITHOUT_ARGUMENT) | {
    CommandName.SCENARIOS,
    CommandName.SETTINGS,
    CommandName.ADMINISTRATION,
}
_WORDS = {word: CommandName(name) for name, words in _WORDS_OF.items() for word in words}
_ASKING_TAIL = "?啊呀呢吧嘛哈哦啦么"
_LONGEST_NEAR_MISS = 4
"""超过这么多字的不当作打错的命令，当作描述。"""


PICTURES_WORD = _SPOKEN.group.options.pictures[0]
"""“图片 关”是“设置 图片 关”的短写。"""
_OPTION_WORDS = "|".join(re.escape(words[0]) for words in _SPOKEN.group.options.by_id().values())
_ON_OR_OFF = "|".join(map(re.escape, (_SPOKEN.switches.off[0], _SPOKEN.switches.on[0])))
_SETTINGS_GLUED = re.compile(
    rf"{re.escape(CommandName.SETTINGS.word)}"
    rf"(?=(?:{_OPTION_WORDS})(?:$|[\s\d]|(?:{_ON_OR_OFF})(?:$|\s))|{re.escape(_SPOKEN.group.reset[0])}$)"
)
"""“设置”与要设的那一项连写：``设置冷却 10分钟``。后面接着别的话的是描述（“设置图片验证码收不到”）。"""
_SWITCH = {**dict.fromkeys(_SPOKEN.switches.on, True), **dict.fromkeys(_SPOKEN.switches.off, False)}


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
    meant: str
    """该打的词。"""


def parse_command(arguments: str, scenario_words: Mapping[str, str]) -> Command | NearMiss | None:
    """读命令词后面的话（统一写法之后再认）；既不是命令也不像打错的，是一段描述，返回 ``None``。

    Args:
        arguments: 命令词后面的话。
        scenario_words: 场景自己的命令词 → 场景 id；说了它就是“场景”命令带上这个 id。
    """
    written = normalise(arguments)
    if not written:
        return Command(CommandName.MENU)
    text = bare(written)
    if not text:
        return None
    if _SETTINGS_GLUED.match(text):
        return Command(CommandName.SETTINGS, text.removeprefix(CommandName.SETTINGS.word))
    word, _, rest = text.partition(" ")
    if word == PICTURES_WORD and (not rest or read_switch(rest) is not None):
        return Command(CommandName.SETTINGS, text)
    argument = rest.strip()
    name = _WORDS.get(word) or _asked_claim(word)
    if name is not None:
        # “退款 导出记录怎么办” 这类不收参数的词后面还有话，是描述，不是命令；个人的命令后面总可以带案件号
        takes = name in _WITH_ARGUMENT or (name in PERSONAL and normalise_code(argument) is not None)
        return Command(name, argument) if not argument or takes else None
    if word in scenario_words:
        return None if argument else Command(CommandName.SCENARIOS, scenario_words[word])
    return _glued(text) or _near_miss(text, scenario_words)


def _asked_claim(word: str) -> CommandName | None:
    """“该退我多少？”“能要多少钱啊”：带着问号、语气词也是命令。"""
    return CommandName.CLAIM if _WORDS.get(word.rstrip(_ASKING_TAIL)) is CommandName.CLAIM else None


def _glued(text: str) -> Command | None:
    """命令和案件号连写：``进度K7Q2``。"""
    for word, name in _WORDS.items():
        rest = text.removeprefix(word)
        if rest != text and name in _WITH_ARGUMENT and rest.isascii() and rest.isalnum():
            return Command(name, rest)
    return None


def _near_miss(text: str, scenario_words: Mapping[str, str]) -> NearMiss | None:
    if len(text) > _LONGEST_NEAR_MISS or " " in text:
        return None
    meant = _meant(scenario_words)
    begun = [word for word in meant if word.startswith(text)]
    if begun:
        return NearMiss(text, meant[begun[0]])
    close = get_close_matches(text, [word for word in meant if len(word) == len(text)], n=1, cutoff=0.5)
    return NearMiss(text, meant[close[0]]) if close else None


def _meant(scenario_words: Mapping[str, str]) -> dict[str, str]:
    """每个命令词 → 该打的词；写给人看的排在前面，猜的时候先猜它们。"""
    first: dict[str, str] = {}
    for word, scenario in scenario_words.items():
        first.setdefault(scenario, word)
    return {
        **{name.word: name.word for name in CommandName},
        **{word: word for word in first.values()},
        **{word: name.word for word, name in _WORDS.items()},
        **{word: first[scenario] for word, scenario in scenario_words.items()},
    }
