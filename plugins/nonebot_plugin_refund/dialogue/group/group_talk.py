"""群里怎么说话：菜单、简短回答、设置；案件从不出现在群里。"""

from datetime import datetime

from ...domain.understanding.private_data.private import find_private_numbers
from ...domain.understanding.writing.text import normalise
from ..base import wording
from ..base.incoming import Incoming
from ..base.prompts import picked_number
from ..base.turn import Reply, Services, Turn, replies
from ..base.wording_cards import group_answer_reply, help_reply, menu_reply, scenario_list_reply
from ..owner import administration
from ..reading.commands import PERSONAL, Command, CommandName, NearMiss, parse_command
from . import endangered, group_settings, speaking_up, topic_answers
from .others_matters import tells_of_others


def respond(services: Services, incoming: Incoming) -> list[Reply]:
    """一条群消息的回答；不该说话时为空。群里只说人人都能看的话，所以不碰数据库；改群设置的另走 :func:`set_up`。"""
    _meet(services, incoming)
    asked = _asked(incoming)
    if in_danger := endangered.answer(incoming.text):
        return replies(in_danger)
    if kinds := find_private_numbers(incoming.text):
        return replies(wording.private_numbers(kinds))
    command = parse_command(asked, services.editions.command_words)
    if isinstance(command, Command):
        return _obey(services, incoming, command)
    described = _picked(services, asked) or _described(services, asked)
    if described:
        return described
    if isinstance(command, NearMiss):
        return replies(_near_miss(services, command))
    return replies(wording.NOT_RECOGNISED_GROUP.format(command=services.command))


async def set_up(turn: Turn) -> list[Reply]:
    """看、改这个群的设置。"""
    _meet(turn.services, turn.incoming)
    if kinds := find_private_numbers(turn.incoming.text):
        return replies(wording.private_numbers(kinds))
    command = parse_command(_asked(turn.incoming), turn.services.editions.command_words)
    return await group_settings.hear(turn, command.argument if isinstance(command, Command) else "")


def _meet(services: Services, incoming: Incoming) -> None:
    assert incoming.group_id is not None
    services.groups.met(incoming.platform, incoming.group_id, incoming.user_id)


def _asked(incoming: Incoming) -> str:
    """叫我们之后说的话，已统一写法。"""
    return normalise(incoming.text if incoming.arguments is None else incoming.arguments)


def _near_miss(services: Services, miss: NearMiss) -> str:
    return wording.NEAR_MISS.format(written=miss.written, command=services.command, meant=miss.meant)


def overhear(services: Services, incoming: Incoming, now: datetime) -> list[Reply]:
    """没叫我们的群消息：把握够这个群的档次、又过了冷却才说。不碰数据库，群里说话再多也不写盘。"""
    assert incoming.group_id is not None
    if in_danger := endangered.answer(incoming.text):
        return replies(in_danger)
    found = services.classifier.classify(incoming.text)
    level = services.groups.level(incoming.platform, incoming.group_id)
    is_ours = speaking_up.sure_enough(level, found, incoming.text) and not tells_of_others(incoming.text)
    edition = services.editions.current(found.scenario or "") if is_ours else None
    who = (incoming.platform, incoming.group_id, incoming.user_id)
    if edition is None or not services.groups.may_speak(*who, now):
        return []
    services.groups.spoke(*who, now)
    told = topic_answers.answer(services, incoming.text, edition.scenario.id, called=False)
    return replies(wording.keyword_topic(told) if told else wording.keyword_answer(edition.scenario))


def _picked(services: Services, text: str) -> list[Reply]:
    """菜单上的一个编号。"""
    number = picked_number(text, len(services.editions.scenarios))
    return [group_answer_reply(services.editions.scenarios[number - 1])] if number else []


def _described(services: Services, text: str) -> list[Reply]:
    """问的是一种打听就答它；不然听出是哪个场景就给那个场景的简短回答。拿不准的不答：答错了人人都看见。"""
    if (named := services.editions.named(text)) is not None:
        return [group_answer_reply(named.scenario)]
    found = services.classifier.classify(text)
    edition = services.editions.current(found.scenario or "")
    if edition and found.by_keywords:
        # 操作者自己的场景自己写了怎么听出它，随包的打听（别的平台一类）不抢在前面
        return [group_answer_reply(edition.scenario)]
    if told := topic_answers.answer(services, text, edition.scenario.id if edition else None, called=True):
        return replies(wording.group_topic(told))
    return [group_answer_reply(edition.scenario)] if edition and not found.doubtful else []


def _obey(services: Services, incoming: Incoming, command: Command) -> list[Reply]:
    if command.name in PERSONAL:
        return replies(wording.ONLY_IN_PRIVATE.format(word=command.name.word))
    match command.name:
        case CommandName.HELP:
            return [help_reply(services.command)]
        case CommandName.ADMINISTRATION:
            return administration.in_group(incoming)
        case CommandName.SCENARIOS:
            return _scenario(services, command.argument)
        case _:
            return [menu_reply(services.editions.scenarios, services.command, private=False)]


def _scenario(services: Services, name: str) -> list[Reply]:
    if not name:
        return [scenario_list_reply(services.editions.scenarios)]
    return _described(services, name) or [scenario_list_reply(services.editions.scenarios)]
