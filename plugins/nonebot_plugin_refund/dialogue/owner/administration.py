"""管理：机器人的主人在私聊里看数目、管推送和手册；从不看案件的内容。"""

from collections.abc import Awaitable, Callable
from difflib import get_close_matches

from ...rulebook.wording_models.spoken import load_spoken
from ...storage.owner import daily_numbers, statistics
from ...storage.owner.statistics import Numbers
from ..base.incoming import Incoming
from ..base.turn import Reply, Services, Turn, replies
from ..reading.commands import Command, CommandName, parse_command
from ..rulebooks import owner_commands
from . import numbers as numbers
from . import sending as sending

OWNERS_ONLY = "这个只有机器人的主人能看。"
PRIVATE_ONLY = "这个请私聊我看。"
NEAR_MISS = "「管理」后面没有这一项。你是想说「{command} 管理 {meant}」吗？"
NO_SUCH_WORD = "「管理」后面没有这一项。{choices}"
CHOICES = "「{command} 管理」后面可以加：{words}"

_SPOKEN = load_spoken().administration
_VIEWS: dict[str, Callable[[Turn, Numbers], list[str]]] = {
    **dict.fromkeys(_SPOKEN.cases, numbers.cases),
    **dict.fromkeys(_SPOKEN.verdicts, numbers.verdicts),
    **dict.fromkeys(_SPOKEN.reminders, numbers.reminders),
    **dict.fromkeys(_SPOKEN.failures, numbers.failures),
}
_ACTS: dict[str, Callable[[Turn], Awaitable[list[str]]]] = {
    **dict.fromkeys(_SPOKEN.pause, sending.pause),
    **dict.fromkeys(_SPOKEN.resume, sending.resume),
}
_SHOWN = tuple(
    words[0]
    for words in (
        *(_SPOKEN.cases, _SPOKEN.verdicts, _SPOKEN.reminders, _SPOKEN.failures),
        *(_SPOKEN.undelivered, _SPOKEN.retry, _SPOKEN.pause, _SPOKEN.resume),
        *(_SPOKEN.rulebook, _SPOKEN.reload),
    )
)
"""「管理」后面的词，按列出来的先后。"""


def in_group(incoming: Incoming) -> list[Reply]:
    """群里说 ``管理``：数目不在群里说。"""
    return replies(PRIVATE_ONLY if incoming.is_superuser else OWNERS_ONLY)


def only_looks(incoming: Incoming) -> bool:
    """只是看数目的：数几十万行要一会儿，不能占着写锁数，所以走只读的会话（:func:`look`）。"""
    if not (incoming.is_superuser and incoming.is_private) or incoming.is_temporary:
        return False
    words = _words_after_command(incoming)
    return words is not None and (
        not words or (len(words) == 1 and words[0] in (*_VIEWS, *_SPOKEN.undelivered, *owner_commands.WORDS))
    )


async def look(services: Services, incoming: Incoming) -> list[Reply]:
    """``管理``、``管理 案件``……：在只读的会话里看，什么也不写。"""
    async with services.database.session() as session:
        turn = Turn(services, incoming, session, services.clock.now())
        return await hear(turn, " ".join(_words_after_command(incoming) or ()))


async def hear(turn: Turn, argument: str) -> list[Reply]:
    """私聊里说 ``管理``、``管理 没送到``……：只听主人的。"""
    if not turn.incoming.is_superuser:
        return replies(OWNERS_ONLY)
    words = argument.split()
    if not words:
        return replies(*numbers.overview(turn, await _counted(turn)), _choices(turn))
    word, *rest = words
    if word in owner_commands.WORDS:
        return await owner_commands.hear(turn, words)
    if word in _SPOKEN.retry:
        return replies(*await sending.retry(turn, rest))
    if rest or word not in (*_VIEWS, *_ACTS, *_SPOKEN.undelivered):
        return replies(_no_such_word(turn, word))
    if word in _ACTS:
        return replies(*await _ACTS[word](turn))
    if word in _SPOKEN.undelivered:
        return replies(*await sending.undelivered(turn))
    return replies(*_VIEWS[word](turn, await _counted(turn)))


async def _counted(turn: Turn) -> Numbers:
    """今天的数目，一天只数一次（``storage/owner/daily_numbers.py``）；今天那一份还没有数好，就现数一遍。"""
    kept = await daily_numbers.of_today(turn.session, turn.now)
    return kept or await statistics.count_all(turn.session, turn.now)


def _words_after_command(incoming: Incoming) -> list[str] | None:
    """「管理」后面的词；说的不是管理为空。"""
    command = parse_command(incoming.text if incoming.arguments is None else incoming.arguments, {})
    if not isinstance(command, Command) or command.name is not CommandName.ADMINISTRATION:
        return None
    return command.argument.split()


def _choices(turn: Turn) -> str:
    return CHOICES.format(command=turn.services.command, words=" · ".join(_SHOWN))


def _no_such_word(turn: Turn, written: str) -> str:
    """打错的、没打完的猜一个，猜不着就列出来。"""
    begun = [word for word in _SHOWN if word.startswith(written) or written.startswith(word)]
    close = begun or get_close_matches(written, _SHOWN, n=1, cutoff=0.5)
    if close:
        return NEAR_MISS.format(command=turn.services.command, meant=close[0])
    return NO_SUCH_WORD.format(choices=_choices(turn))
