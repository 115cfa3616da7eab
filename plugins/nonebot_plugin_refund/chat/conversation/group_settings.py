"""群设置：群管理员在群里看、改这个群的开关。"""

from ...storage import groups
from ..incoming import Incoming
from .commands import Command, CommandName, parse_command
from .turn import Reply, Turn, replies

_ON = {"开", "打开", "开启", "on"}
_OFF = {"关", "关闭", "关掉", "off"}
ADMINS_ONLY = "这个要群主或管理员来设。"
IN_GROUP_ONLY = "群设置要在那个群里发。"
STATE = "这个群的设置：\n关键词：{state}\n改的话发「{command} 设置 关键词 {other}」。关着时我只回命令和 @。"
CHANGED = "好，关键词{state}了。"
UNKNOWN = "能设的只有关键词，发「{command} 设置 关键词 开」或「关」。"


def concerns(incoming: Incoming) -> bool:
    """这条群消息是不是来看、来改设置的：只有这时才需要知道他是不是管理员。"""
    if incoming.group_id is None:
        return False
    command = parse_command(incoming.text if incoming.arguments is None else incoming.arguments)
    return isinstance(command, Command) and command.name is CommandName.SETTINGS


async def hear(turn: Turn, argument: str) -> list[Reply]:
    """``设置``、``设置 关键词 开|关``。"""
    group_id = turn.incoming.group_id
    if group_id is None:
        return replies(IN_GROUP_ONLY)
    if not (turn.incoming.is_superuser or turn.incoming.is_group_admin):
        return replies(ADMINS_ONLY)
    platform, memory = turn.incoming.platform, turn.services.groups
    words = argument.split()
    if not words:
        on = memory.keywords_on(platform, group_id)
        state, other = ("开着", "关") if on else ("关着", "开")
        return replies(STATE.format(state=state, other=other, command=turn.services.command))
    if words[0] != "关键词" or len(words) != 2 or words[1].casefold() not in _ON | _OFF:
        return replies(UNKNOWN.format(command=turn.services.command))
    enabled = words[1].casefold() in _ON
    await groups.set_keywords(turn.session, platform, group_id, enabled, turn.now)
    turn.after_commit.append(lambda: memory.overrides.update({(platform, group_id): enabled}))
    return replies(CHANGED.format(state="开" if enabled else "关"))
