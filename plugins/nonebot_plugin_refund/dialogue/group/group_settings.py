"""群设置：群主、管理员和机器人的主人在群里看、改这个群的几项设置。一次改一项，写得不对的什么都不改。"""

from difflib import get_close_matches

from ...keyword_level import read_level
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.person import groups
from ...storage.person.groups import NOTHING_CHOSEN, Chosen
from ..base.incoming import Incoming
from ..base.turn import Reply, Turn, replies
from ..reading.commands import Command, CommandName, parse_command, read_switch
from .memory import GroupSettings
from .options import OPTIONS, Option, Shown

ADMINS_ONLY = "这个要群主或管理员来设。"
STATE = """这个群的设置：
{options}
「{command} 设置 点名」这样只写哪一项，就细说它；「{command} 设置 恢复默认」全部还原。"""
STATE_LINE = "{word}：{state}　改：{command} 设置 {word} {example}"
RESET = "好，都回到默认了：{options}。"
UNKNOWN = "没有这一项。能设的有{words}，比如「{command} 设置 冷却 10分钟」；都还原发「{command} 设置 恢复默认」。"
NEAR_MISS = "没有这一项。是想说「{command} 设置 {word}」吗？这次什么都没改。"
_SPOKEN = load_spoken().group
_RESET_WORDS = frozenset(_SPOKEN.reset)
_DEFAULT_WORDS = frozenset(_SPOKEN.default)
_LONGEST_FIRST = sorted(
    ((word, option) for option in OPTIONS for word in option.words), key=lambda named: len(named[0]), reverse=True
)
"""各项的各种词；“冷却时间”要先于“冷却”认。"""
_NOISE = " 。.!:,=、"
"""值的前后不算数的字：``设置 冷却：10分钟。``；负号不在里面。"""


def concerns(incoming: Incoming) -> bool:
    """这条群消息是不是来看、来改设置的：只有这时才需要知道他是不是管理员。"""
    if incoming.group_id is None:
        return False
    command = parse_command(incoming.text if incoming.arguments is None else incoming.arguments, {})
    return isinstance(command, Command) and command.name is CommandName.SETTINGS


async def hear(turn: Turn, argument: str) -> list[Reply]:
    """``设置`` 看全部；``设置 <项>`` 细说一项；``设置 <项> <值>`` 改，值写“默认”是改回来。

    ``设置 恢复默认`` 全部改回来。发话人要是群主、管理员或机器人的主人，别人只听到一句谁来设。
    """
    if not (turn.incoming.is_superuser or turn.incoming.is_group_admin):
        return replies(ADMINS_ONLY)
    argument = argument.strip(_NOISE)
    if argument in _RESET_WORDS:
        return replies(_reset(_shown(turn, await _choose(turn, NOTHING_CHOSEN))))
    shown = _shown(turn, await _current(turn))
    if not argument:
        return replies(_overview(shown))
    option, said = _asked(argument)
    if option is None:
        return replies(_no_such_option(argument, shown.command))
    if not said:
        return replies(option.in_detail(shown))
    chosen = option.default if said in _DEFAULT_WORDS else option.read(said)
    if chosen is None:
        return replies(option.complaint(shown))
    return replies(option.changed(_shown(turn, await _choose(turn, chosen))))


async def _current(turn: Turn) -> GroupSettings:
    """现在的设置，以数据库为准：也许刚在别的进程里改过。"""
    platform, group_id = _group(turn)
    return turn.services.groups.defaults.with_choices(await groups.get(turn.session, platform, group_id))


async def _choose(turn: Turn, chosen: Chosen) -> GroupSettings:
    """存下来；提交之后内存里也照办。返回改了之后的设置。"""
    platform, group_id = _group(turn)
    memory = turn.services.groups
    choices = await groups.choose(turn.session, platform, group_id, turn.now, **chosen)
    turn.after_commit.append(lambda: memory.remember((platform, group_id), choices))
    return memory.defaults.with_choices(choices)


def _group(turn: Turn) -> tuple[str, str]:
    assert turn.incoming.group_id is not None
    return turn.incoming.platform, turn.incoming.group_id


def _asked(argument: str) -> tuple[Option | None, str]:
    """说的是哪一项、什么值；项和值可以连写。“谨慎”“积极”只能是关键词的档，可以不说“关键词”。"""
    for word, option in _LONGEST_FIRST:
        if argument.startswith(word):
            return option, argument.removeprefix(word).strip(_NOISE)
    if read_level(argument) is not None and read_switch(argument) is None:
        return OPTIONS[0], argument
    return None, argument


def _no_such_option(argument: str, command: str) -> str:
    words = [option.word for option in OPTIONS]
    written = argument.split()[0]
    # 只有一个字（“关”“开”）说的是哪一项都像，不猜
    close = get_close_matches(written, words, n=1, cutoff=0.5) if len(written) > 1 else []
    if close:
        return NEAR_MISS.format(command=command, word=close[0])
    return UNKNOWN.format(command=command, words="、".join(words))


def _overview(shown: Shown) -> str:
    lines = [
        STATE_LINE.format(
            word=option.word, state=option.state(shown), example=option.example(shown), command=shown.command
        )
        for option in OPTIONS
    ]
    return STATE.format(options="\n".join(lines), command=shown.command)


def _reset(shown: Shown) -> str:
    return RESET.format(options="，".join(f"{option.word}：{option.state(shown)}" for option in OPTIONS))


def _shown(turn: Turn, settings: GroupSettings) -> Shown:
    services = turn.services
    return Shown(settings, services.groups.person_cooldown, services.command, turn.incoming.platform)
