"""要删掉自己的数据：用自己的话说的、没在等却说了“确认删除”的、问过之后只回“是”的。删之前总会再确认一遍。"""

import re

from ....domain.understanding.meaning import read_intent, read_wanted_command
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.yesno import parse_yesno
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import ConfirmDelete
from ..commands import Command, CommandName
from ..context import Context
from ..intents import Reading
from ..utterance import Utterance

_DELETION = load_spoken().deletion
_ERASES = re.compile("|".join(map(re.escape, _DELETION.erases)))
_OF_MINE = "|".join(map(re.escape, _DELETION.of_mine))
_ALL = "|".join(map(re.escape, _DELETION.everything))
_STORED = "|".join(map(re.escape, _DELETION.stored))
_WHAT = re.compile(rf"(?:{_OF_MINE})[^,，。]{{0,4}}(?:{_STORED})|(?:{_ALL})[^,，。]{{0,4}}(?:{_STORED})")
_ANOTHERS = re.compile("|".join(map(re.escape, _DELETION.by_others)))
_PLAINLY = 0.9
_SHORT = 6


def read_delete(context: Context, utterance: Utterance) -> Reading | None:
    """要删掉全部数据：很有把握才算；正等着别的回话时也先听它。"""
    if utterance.asks or utterance.is_bare:
        return None
    if utterance.word in _DELETION.confirm or _says_yes(context, utterance):
        return _delete(1.0)
    if _ERASES.search(utterance.text) is None:
        return None
    if any(_says_so(piece) for piece in pieces_of(utterance.raw)):
        return _delete(_PLAINLY)
    scored, wanted = read_intent(utterance.raw), read_wanted_command(utterance.raw)
    if not scored or not wanted or scored[0].id != "command" or scored[0].score < _PLAINLY:
        return None
    if wanted[0].id != CommandName.DELETE or wanted[0].score < _PLAINLY:
        return None
    return _delete(wanted[0].score)


def _says_so(piece: str) -> bool:
    """“把我的记录全删了”：删的是在这里说的、记的，不是别人删、也不是手机里的。"""
    return _ERASES.search(piece) is not None and _WHAT.search(piece) is not None and _ANOTHERS.search(piece) is None


def _says_yes(context: Context, utterance: Utterance) -> bool:
    """问过是不是真要删，只回了“是”“删”：把要回的那几个字再说一遍。"""
    if not isinstance(context.awaits, ConfirmDelete) or len(utterance.word) > _SHORT:
        return False
    return parse_yesno(utterance.raw) == "yes" or _ERASES.match(utterance.word) is not None


def _delete(score: float) -> Reading:
    return Reading((intents.Command(Command(CommandName.DELETE)),), score=score, explain=("要删数据",))
