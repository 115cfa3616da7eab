"""一句话里自己说明了算哪一项：“算描述不符”“不是不想要 是标错码了”；别的几截像别的也听它。"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ...rulebook.derived.once import once_for_each
from ...rulebook.scenario_models.models import Option, Question, QuestionKind
from ..understanding.options import phrases_of
from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import normalise

_COUNTS = re.compile(r"(?:这|那|应该|就|明显|明明)?(?:都|也)?(?:算是?|属于)(?P<what>[^是]{2,16})")
_NOT = re.compile(r"(?:[也又可就]|我)?(?:不是(?:因为)?|没说)(?P<what>[^是]{2,16})")
_BUT = re.compile(r"(?:[我那这就]|其实|而|主要){0,3}(?:是因为|是|因为)(?P<what>[^是]{2,16})")
_TAIL = "的了啊呢呀吧嘛哦啦"
_LABEL_BREAK = re.compile(r"[、,()/或]")


def said_outright(question: Question, text: str) -> str | None:
    """单选题自己说明了的那一项；没说、说了几项为 ``None``。"""
    if question.kind is not QuestionKind.CHOICE:
        return None
    pieces = pieces_of(text)
    counted = {one for piece in pieces if (one := _named(question, _COUNTS.fullmatch(piece))) is not None}
    if not counted:
        counted = _instead(question, pieces)
    return counted.pop() if len(counted) == 1 else None


def denied_outright(question: Question, text: str) -> frozenset[str]:
    """自成一截地说了不是的那几项：“不是不想要 主要是坏了”。"""
    named = (_named(question, _NOT.fullmatch(piece)) for piece in pieces_of(text))
    return frozenset(one for one in named if one is not None)


def _instead(question: Question, pieces: Sequence[str]) -> set[str]:
    """“不是 A”紧跟着“是 B”，两样都是这一题的。"""
    found: set[str] = set()
    for first, second in pairwise(pieces):
        denied, said = _named(question, _NOT.fullmatch(first)), _named(question, _BUT.fullmatch(second))
        if denied is not None and said is not None and denied != said:
            found.add(said)
    return found


def _named(question: Question, match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    said = match["what"].strip()
    ways = {said, said.rstrip(_TAIL)}
    named = [option.id for option in question.options if not ways.isdisjoint(parts_of(option))]
    return named[0] if len(named) == 1 else None


@once_for_each(4096)
def parts_of(option: Option) -> tuple[str, ...]:
    """一项的各种说法；名称里并列的几样拆开：“不想要、不合适、拍错了”是三样。"""
    every = (*_LABEL_BREAK.split(normalise(option.label)), *phrases_of(option))
    parts = dict.fromkeys(way for part in every for way in (part, part.rstrip(_TAIL)))
    return tuple(part for part in parts if len(part) > 1)
