"""图片的开关：私聊里各人设自己的，群里的由管理员设（见 :mod:`....group_settings`）；关了的，话照说，只是不配图。"""

from collections.abc import Sequence
from dataclasses import replace

from ...storage.person import people
from ..base.incoming import CONSOLE, Incoming
from ..base.turn import Reply, Services, Turn, replies
from ..reading.commands import PICTURES_WORD, read_switch

STATE = {
    True: "图片：开着。想只看文字就发「{command} 设置 图片 关」。",
    False: "图片：关着，只发文字。想要就发「{command} 设置 图片 开」。",
}
CHANGED = {True: "好，以后发图片；发不出去的时候还是文字。", False: "好，以后只发文字。"}
IN_TERMINAL = "终端里显示不了图片，一直是文字；接上 QQ 才有。"
UNKNOWN = "图片只有开、关两样。比如「{command} 设置 图片 关」。"
PRIVATE_UNKNOWN = "私聊里能设的只有图片。比如「{command} 设置 图片 关」；别的要在群里设，由群主或管理员来。"


def in_words(wanted: bool, command: str) -> str:
    """现在开着还是关着，怎么改。"""
    return STATE[wanted].format(command=command)


def changed(wanted: bool, platform: str) -> str:
    """改好了的一句话。"""
    return IN_TERMINAL if platform == CONSOLE else CHANGED[wanted]


async def hear_in_private(turn: Turn, argument: str) -> list[Reply]:
    """本人的开关：``设置``、``设置 图片 开|关``，短写 ``图片 关``。"""
    services, words = turn.services, argument.split()
    if turn.incoming.platform == CONSOLE and words[:1] in ([], [PICTURES_WORD]):
        return replies(IN_TERMINAL)
    if words in ([], [PICTURES_WORD]):
        return replies(in_words(await _wanted(turn), services.command))
    if words[0] != PICTURES_WORD:
        return replies(PRIVATE_UNKNOWN.format(command=services.command))
    wanted = read_switch(" ".join(words[1:]))
    if wanted is None:
        return replies(UNKNOWN.format(command=services.command))
    await people.set_pictures(turn.session, turn.person, wanted, turn.now)
    return replies(changed(wanted, turn.person.platform))


def as_the_group_wants(services: Services, incoming: Incoming, said: list[Reply]) -> list[Reply]:
    """关了图片的群，只留文字。"""
    assert incoming.group_id is not None
    return said if services.groups.shows_pictures(incoming.platform, incoming.group_id) else _words_only(said)


def as_the_person_wants(services: Services, said_before: bool | None, said: list[Reply]) -> list[Reply]:
    """关了图片的人，只留文字；``said_before`` 是他自己设的，没设过为空。"""
    return said if _or_default(services, said_before) else _words_only(said)


async def _wanted(turn: Turn) -> bool:
    person = await people.get(turn.session, turn.person)
    return _or_default(turn.services, person.pictures if person is not None else None)


def _or_default(services: Services, said_before: bool | None) -> bool:
    return services.groups.defaults.pictures if said_before is None else said_before


def _words_only(said: Sequence[Reply]) -> list[Reply]:
    return [replace(reply, picture=None) for reply in said]
