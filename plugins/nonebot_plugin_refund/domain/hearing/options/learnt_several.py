"""多选题：学来的听法与字面的听法放在一起。说没有了的几样不算有，有一样拿不准就列出来问。"""

import re

from ....rulebook.scenario_models.models import Question
from ....rulebook.wording_models.spoken import load_spoken
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...understanding.meaning import Scored, read_multi
from ...understanding.meaning.options import Several
from ...understanding.options import phrases_of
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from ..beside.proof_pieces import by_pieces, is_grown_ups
from .answer_forms import BANDS, NOT_ANSWERING, between, ids_of, is_ruled_out

_PROOFS = load_spoken().evidence.proofs
_BETWEEN = (0.3, 0.6)
"""多选题里有一个选项的把握落在中间，说不准选没选，就照字面或再问。"""
_PERHAPS = 0.12
"""多选题里一个选项有这么大把握，说不准选没选时列出来问。"""
_NOT_CHOSEN = 0.1
"""字面上选了的几个，学来的把握都不到这么多，就是碰巧有那几个字。"""
_MENTIONED = 0.05
"""多选题里学来的有这么大把握，就算提到了这一样。"""
_DENIED = re.compile(r"没(?!成年|满)|无|删|丢|清空")
_GONE = re.compile(
    r"(?<![没未不别])(?:删[^ ,。!?没有]{0,4}[了光]|清空|清掉了?|丢了|[没盖]掉?[了喽啦咯]|盖掉)"
    r"|(?:没有?|忘了|来不及)(?:存|留|截|拍|录|保存)|找不[到着回]"
)
"""说的是没有了、没留下。"""
_ALL_GONE = re.compile(r"[全都也一]")
_THE_REST = ("剩下", "其余", "其他", "别的", "都有", "全有")


def heard_several(scenario_id: str, question: Question, text: str, literal: Answer | Misread) -> Answer | Misread:
    """一句话对一个多选题的回答；听出来的正是说没了的那几样，当没听懂，再问。"""
    return _not_gone(scenario_id, question, text, _several(scenario_id, question, text, literal))


def _several(scenario_id: str, question: Question, text: str, literal: Answer | Misread) -> Answer | Misread:
    text = _without_gone(text)
    heard = read_multi(scenario_id, question, text)
    if _only_denies(text) and (heard.chosen or heard.left[0].score >= _MENTIONED or not _says_none(question, literal)):
        return _perhaps_none(question, text, heard)  # “聊天都删了”：说的是没有这一样，不是有
    if heard.none >= NOT_ANSWERING:
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    if heard.unsure >= BANDS.record and question.offers_unsure:
        return Answer(None)
    said = normalise(text)
    ruled_out = {option.id for option in question.options if is_ruled_out(option, said)}
    every = [one for one in (*heard.chosen, *heard.left) if one.id not in ruled_out]
    perhaps = between(question, tuple(one.id for one in every if one.score >= _PERHAPS))
    if any(_BETWEEN[0] < one.score < _BETWEEN[1] for one in (*heard.chosen, *heard.left)):
        sure = _with_sure_ones(question, literal, heard.chosen)
        told = by_pieces(scenario_id, question, text) if any(map(is_grown_ups, pieces_of(text))) else ()
        return Answer(told) if told else sure if isinstance(sure, Answer) else perhaps
    if heard.chosen:
        told = by_pieces(scenario_id, question, text) if len(pieces_of(text)) > 1 else ()
        if told and (any(map(is_grown_ups, pieces_of(text))) or _says_none(question, Answer(ids_of(heard.chosen)))):
            return Answer(told)  # “啥也没有 就是我的号 我在外地出差 车票有”
        chosen = tuple(one.id for one in heard.chosen if one.id not in ruled_out)
        return Answer(chosen) if chosen else Misread(MisreadReason.NOT_UNDERSTOOD)
    chances = {one.id: one.score for one in heard.left}
    ids = literal.value if isinstance(literal, Answer) and isinstance(literal.value, tuple) else ()
    if ids and all(chances.get(key, 0.0) < _NOT_CHOSEN for key in ids):
        return Misread(MisreadReason.NOT_UNDERSTOOD)  # “没有收入”不是“都没有”
    return perhaps if isinstance(literal, Misread) and literal.reason is MisreadReason.NOT_UNDERSTOOD else literal


def _perhaps_none(question: Question, text: str, heard: Several) -> Misread:
    """每一截都在说没有：最像“都没有”的，问是不是；只说了一样没有的（“家里没装监控”），问别的几样。"""
    exclusive = {option.id for option in question.options if option.exclusive}
    best = max((*heard.chosen, *heard.left), key=lambda one: one.score)
    if best.id in exclusive and best.score >= _PERHAPS:
        return between(question, (best.id,))
    named = exclusive and any(word in text for word in _PROOFS)
    return Misread(MisreadReason.SAID_NOT if named else MisreadReason.NOT_UNDERSTOOD)


def _without_gone(text: str) -> str:
    """“聊天记录删光了 就剩微信账单”：说没了的那一截不是有它，去掉；只说了这个的照旧。"""
    pieces = pieces_of(text)
    kept = [piece for piece in pieces if _GONE.search(normalise(piece)) is None]
    if any(word in text for word in _THE_REST):
        return text  # “聊天删了 剩下的全符合”
    return " ".join(kept) if kept and len(kept) < len(pieces) else text


def _not_gone(scenario_id: str, question: Question, text: str, heard: Answer | Misread) -> Answer | Misread:
    """“聊天被他删干净了 只剩扣款短信”：听出来的正是说没了的那几样，当没听懂，再问。"""
    gone = [piece for piece in pieces_of(text) if _GONE.search(normalise(piece)) is not None]
    if not gone or isinstance(heard, Misread) or not isinstance(heard.value, tuple) or _says_none(question, heard):
        return heard
    lost = {one.id for piece in gone for one in read_multi(scenario_id, question, piece).chosen}
    lost |= {one.id for one in question.options if any(name in piece for piece in gone for name in phrases_of(one))}
    if not lost and any(map(_ALL_GONE.search, gone)):
        return Misread(MisreadReason.NOT_UNDERSTOOD)  # “跟主播那些话 手机一换全没喽”：没了的是前一截说的
    return Misread(MisreadReason.NOT_UNDERSTOOD) if lost and lost.issuperset(heard.value) else heard


def _with_sure_ones(question: Question, literal: Answer | Misread, chosen: tuple[Scored, ...]) -> Answer | Misread:
    """有一样拿不准时照字面，学来的拿得准的几样也算：字面上只有“聊天”，“我都在上班 有打卡记录”也说了。"""
    if not isinstance(literal, Answer):
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    said = literal.value if isinstance(literal.value, tuple) else ()
    if not said or _says_none(question, literal):
        return literal
    sure = (one.id for one in chosen if one.score >= _BETWEEN[1])
    exclusive = {option.id for option in question.options if option.exclusive}
    return Answer(tuple(dict.fromkeys((*said, *(key for key in sure if key not in exclusive)))))


def _only_denies(text: str) -> bool:
    """每个小句都在说没有：说的不是有哪几样。"""
    pieces = pieces_of(text)
    return bool(pieces) and all(_DENIED.search(piece) for piece in pieces)


def _says_none(question: Question, read: Answer | Misread) -> bool:
    if isinstance(read, Misread) or not isinstance(read.value, tuple):
        return False
    exclusive = {option.id for option in question.options if option.exclusive}
    return bool(read.value) and set(read.value) <= exclusive
