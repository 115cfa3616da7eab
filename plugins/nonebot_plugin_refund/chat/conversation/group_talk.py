"""群里怎么说话：菜单、简短回答、设置；案件从不出现在群里。"""

from datetime import datetime

from ...domain.understanding.private import find_private_numbers
from .. import wording
from ..incoming import Incoming
from . import administration, group_settings
from .commands import PERSONAL, Command, CommandName, NearMiss, parse_command
from .prompts import picked_number
from .turn import Reply, Services, Turn, replies


async def respond(turn: Turn) -> list[Reply]:
    """一条群消息的回答；不该说话时为空。"""
    incoming = turn.incoming
    assert incoming.group_id is not None
    turn.services.groups.met(incoming.platform, incoming.group_id, incoming.user_id)
    if kinds := find_private_numbers(incoming.text):
        return replies(wording.private_numbers(kinds))
    asked = incoming.text if incoming.arguments is None else incoming.arguments
    command = parse_command(asked)
    if isinstance(command, Command):
        return await _obey(turn, command)
    described = _picked(turn, asked) or _described(turn, asked)
    if described:
        return described
    if isinstance(command, NearMiss):
        return replies(_near_miss(turn, command))
    return replies(wording.NOT_RECOGNISED_GROUP.format(command=turn.services.command))


def _near_miss(turn: Turn, miss: NearMiss) -> str:
    return wording.NEAR_MISS.format(written=miss.written, command=turn.services.command, meant=miss.meant.value)


def overhear(services: Services, incoming: Incoming, now: datetime) -> list[Reply]:
    """没叫我们的群消息：很有把握、又过了冷却才说。不碰数据库，群里说话再多也不写盘。"""
    assert incoming.group_id is not None
    found = services.classifier.classify(incoming.text)
    edition = services.shelf.current(found.scenario) if found.trigger and found.scenario else None
    who = (incoming.platform, incoming.group_id, incoming.user_id)
    if edition is None or not services.groups.may_speak(*who, now):
        return []
    services.groups.spoke(*who, now)
    return replies(wording.keyword_answer(edition.scenario))


def _picked(turn: Turn, text: str) -> list[Reply]:
    """菜单上的一个编号。"""
    number = picked_number(text, len(turn.services.shelf.scenarios))
    return replies(wording.group_answer(turn.services.shelf.scenarios[number - 1])) if number else []


def _described(turn: Turn, text: str) -> list[Reply]:
    """听出是哪个场景就给那个场景的简短回答。"""
    found = turn.services.classifier.classify(text)
    edition = turn.services.shelf.named(text) or turn.services.shelf.current(found.scenario or "")
    return replies(wording.group_answer(edition.scenario)) if edition else []


async def _obey(turn: Turn, command: Command) -> list[Reply]:
    if command.name in PERSONAL:
        return replies(wording.ONLY_IN_PRIVATE.format(word=command.name.value))
    match command.name:
        case CommandName.HELP:
            return replies(wording.help_text(turn.services.command))
        case CommandName.SETTINGS:
            return await group_settings.hear(turn, command.argument)
        case CommandName.ADMINISTRATION:
            return await administration.hear(turn)
        case CommandName.CONTACT | CommandName.APPEAL:
            edition = turn.services.shelf.current(command.name.name.lower())
            return replies(wording.group_answer(edition.scenario)) if edition else []
        case CommandName.SCENARIOS:
            return _scenario(turn, command.argument)
        case _:
            return replies(wording.menu(turn.services.shelf.scenarios, turn.services.command, private=False))


def _scenario(turn: Turn, name: str) -> list[Reply]:
    if not name:
        return replies(wording.scenario_list(turn.services.shelf.scenarios))
    return _described(turn, name) or replies(wording.scenario_list(turn.services.shelf.scenarios))
