"""一句里又说不追了（“12315终止了 算了”）：分出来另外问；亲友、律师劝的，是他们的意思，不是本人的。"""

import re

from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.wording_models.spoken import load_spoken
from .told_pieces import LEAST_TOLD

_WORDS = load_spoken().parted
_PEOPLE = (
    *load_spoken().people.children,
    *load_spoken().people.family,
    *load_spoken().people.acquaintances,
    *_WORDS.urged_by,
)
_DONT = "别"
_SUM = r"[0-9一二两三四五六七八九十百]{1,6}(?:块钱|块|元|%)?"
_ONLY_A_SUM = re.compile(
    rf"(?:我|俺|咱|才|可|也)?(?:不要|不稀罕|不收|不拿|看不上)(?:商家|店家|客服|他|她)?(?:给的|补的|退的|的)?(?:那|这)(?:区区|点|个)?{_SUM}"
    rf"|(?:那|这)(?:区区|点|个)?{_SUM}(?:我|俺|咱)?(?:不要|不稀罕|不收|不拿)"
)
_SHORT = 8
"""整句这么短，又说不追了，才当作就是这个意思。"""


def without_letting_go(text: str) -> tuple[str, bool] | None:
    """去掉说不追了、劝他不追了的几截，剩下的，和是不是本人说的；没说、没剩下什么为 ``None``。"""
    pieces = pieces_of(text)
    said = [piece for piece in pieces if _has_word(piece)]
    mine = any(map(_lets_go, pieces))
    if not said:
        return None
    rest = " ".join(piece for piece in pieces if piece not in said and not (mine and _is_urged(piece)))
    return (rest, mine) if len(rest) >= LEAST_TOLD else None


def only_lets_go(text: str) -> bool:
    """短短一句，只说不追了：“嗯算了”“唉 认了”。"""
    pieces = pieces_of(text)
    return len(text) <= _SHORT and bool(pieces) and _lets_go(pieces[-1])


def is_anothers_wish(text: str) -> bool:
    """说的只是别人劝他不追了（“我爸说算了别折腾了”），自己没说。"""
    pieces = pieces_of(text)
    return bool(pieces) and _is_urged(pieces[0]) and _has_word(pieces[0]) and not any(map(_lets_go, pieces))


def _lets_go(piece: str) -> bool:
    return _has_word(piece) and not _is_urged(piece) and not piece.startswith(_DONT)  # “别告了”是劝的话


def _has_word(piece: str) -> bool:
    """这一截里有不追了的字，又没有“不会”“凭什么”这样的字。"""
    return any(map(piece.__contains__, _WORDS.lets_go)) and not any(map(piece.__contains__, _WORDS.holds_on))


def _is_urged(piece: str) -> bool:
    """“我爸说算了”“律师说去起诉也不划算”：有人，后面有说、劝。"""
    places = [piece.find(person) + len(person) for person in _PEOPLE if person in piece]
    return any(word in piece[place : place + 4] for place in places for word in _WORDS.urging)


def refuses_a_sum(text: str) -> bool:
    """“不要那20”“那20我不要”：不要的只是那一个数，不是不退了；“那九百我不要了”多半是不追了。"""
    return any(_ONLY_A_SUM.fullmatch(normalise(piece)) for piece in pieces_of(text))
