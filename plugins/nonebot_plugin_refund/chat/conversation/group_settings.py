"""群设置：群管理员在群里看、改这个群主动接话的档次，要不要图片。"""

from datetime import timedelta

from ...keyword_level import KeywordLevel, read_level
from ...storage import groups
from ..incoming import Incoming
from . import picture_settings
from .commands import PICTURES_WORD, Command, CommandName, parse_command
from .group_memory import GroupMemory
from .turn import Reply, Services, Turn, replies

ADMINS_ONLY = "这个要群主或管理员来设。"
STATE = """这个群的设置：
关键词：{level}
没人叫我时，{cooldown}
三档可选：
{choices}
想换就发「{command} 设置 关键词 {example}」，三档写哪个都行。
{pictures}"""
CHANGED_OFF = "好，关键词关了。{meaning}。"
CHANGED = "好，关键词改成{level}了。{meaning}。"
UNKNOWN = "能设的有关键词（关、谨慎、积极三档）和图片（开、关）。比如「{command} 设置 关键词 谨慎」。"
_KEYWORD = "关键词"
_MEANINGS = {
    KeywordLevel.OFF: "我只回命令和 @",
    KeywordLevel.CAREFUL: "很有把握才接一两句，有人在答就不插嘴",
    KeywordLevel.EAGER: "听出是哪种退款就接，同样不打断别人",
}


def concerns(incoming: Incoming) -> bool:
    """这条群消息是不是来看、来改设置的：只有这时才需要知道他是不是管理员。"""
    if incoming.group_id is None:
        return False
    command = parse_command(incoming.text if incoming.arguments is None else incoming.arguments)
    return isinstance(command, Command) and command.name is CommandName.SETTINGS


async def hear(turn: Turn, argument: str) -> list[Reply]:
    """``设置``、``设置 关键词 关|谨慎|积极``、``设置 图片 开|关``；「关键词」三个字可以不说。"""
    group_id = turn.incoming.group_id
    assert group_id is not None
    if not (turn.incoming.is_superuser or turn.incoming.is_group_admin):
        return replies(ADMINS_ONLY)
    platform, memory = turn.incoming.platform, turn.services.groups
    words = argument.split()
    if words[:1] == [PICTURES_WORD]:
        return await picture_settings.hear_in_group(turn, group_id, words[1:])
    if words in ([], [_KEYWORD]):
        return replies(_state(turn.services, platform, group_id))
    level = _level_in(words)
    if level is None:
        return replies(UNKNOWN.format(command=turn.services.command))
    await groups.set_keyword_level(turn.session, platform, group_id, level, turn.now)
    turn.after_commit.append(lambda: memory.levels.update({(platform, group_id): level}))
    changed = CHANGED_OFF if level is KeywordLevel.OFF else CHANGED
    return replies(changed.format(level=level, meaning=_MEANINGS[level]))


def _level_in(words: list[str]) -> KeywordLevel | None:
    said = words[1:] if words[0] == _KEYWORD else words
    return read_level(said[0]) if len(said) == 1 else None


def _state(services: Services, platform: str, group_id: str) -> str:
    memory, level = services.groups, services.groups.level(platform, group_id)
    return STATE.format(
        level=level,
        cooldown=_cooldown(memory),
        choices="\n".join(f"{choice}：{meaning}" for choice, meaning in _MEANINGS.items()),
        command=services.command,
        pictures=picture_settings.in_words(memory.shows_pictures(platform, group_id), services.command),
        example=KeywordLevel.CAREFUL if level is KeywordLevel.EAGER else KeywordLevel.EAGER,
    )


def _cooldown(memory: GroupMemory) -> str:
    parts = [
        f"{where}隔 {_spoken(gap)}"
        for where, gap in (("同一个群至少", memory.group_cooldown), ("同一个人至少", memory.person_cooldown))
        if gap
    ]
    return f"两次接话之间，{'，'.join(parts)}。" if parts else "接话不限多久一次。"


def _spoken(gap: timedelta) -> str:
    """整小时、整分钟照说，其余说秒。"""
    seconds = int(gap.total_seconds())
    for unit, length in (("小时", 3600), ("分钟", 60)):
        if seconds % length == 0:
            return f"{seconds // length} {unit}"
    return f"{seconds} 秒"
