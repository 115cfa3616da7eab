"""对“要不要改”回的是改还是不改：整句就是，或先应了再说为什么。"""

import re

from ....domain.understanding.controls import parse_control
from ....domain.understanding.yesno import parse_yesno
from ....rulebook.wording_models.spoken import load_spoken
from ..utterance import Utterance

_SPOKEN = load_spoken()
AMEND_WORDS = frozenset(_SPOKEN.amend)
"""整句就是要改。"""
_YES = tuple(f"{one}{gap}" for one in _SPOKEN.assenting for gap in ("", " "))
_AMENDS = tuple(f"{yes}{word} " for yes in ("", *_YES) for word in _SPOKEN.amend)
_ASSENTS = tuple(f"{one} " for one in _SPOKEN.assenting)
_SHORT_ANSWER = 6


def says_whether(utterance: Utterance) -> str | None:
    """整句就是一个“是”“改”“不用”。"""
    if utterance.asks or utterance.is_letter or len(utterance.word) > _SHORT_ANSWER:
        return None
    meant = "yes" if utterance.word in AMEND_WORDS else parse_yesno(utterance.raw)
    if meant == "yes" and parse_control(utterance.raw) is not None:
        return None  # “已完成”是回提醒，不是“是”
    return meant if meant in ("yes", "no") else None


def amends_first(utterance: Utterance, *, of_case: bool) -> str | None:
    """“对 改 他们有私下来往”：先应了改，后面是为什么；问着的是案件的，光应一声“对”也算。"""
    heads = (*_AMENDS, *_ASSENTS) if of_case else _AMENDS
    return "yes" if utterance.text.startswith(heads) and not utterance.asks else None


_ASKS_WHETHER = re.compile(r"[能可会该给][^ ,。;]{1,8}(?<![要用想])(?:不|没|么|嘛)$")


def asks_whether(utterance: Utterance) -> bool:
    """“运费12能要回来不”：句尾没有问号，也是在问。"""
    return utterance.asks or _ASKS_WHETHER.search(utterance.text) is not None
