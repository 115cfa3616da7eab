"""没人叫我们时开不开口：每一档要多大把握，人们答到一半时要等多久。

这里只管“该不该说”；“说的是哪种退款”由识别器管。冷却另在 :mod:`....group_memory`。
"""

from datetime import timedelta

from ...domain.understanding.scenarios import Recognition
from ...domain.understanding.writing.text import simplify
from ...keyword_level import KeywordLevel
from ..reading.utterance import Utterance

_NAME = "快手"
EAGER_SCORE = 0.6
"""积极档要的把握。低于识别器自己的 ``trigger``：管理员选了这一档，就是宁可多说几句。"""
_CAREFUL_PATIENCE = timedelta(minutes=3)
"""有人在答，谨慎档等多久。群里一问一答多在几分钟之内，过了还没人理会才算没有下文。"""
_EAGER_PATIENCE = timedelta(minutes=1)
"""有人在答，积极档等多久：只求不抢在正在打字的人前面。"""


def sure_enough(level: KeywordLevel, found: Recognition, text: str) -> bool:
    """把握够不够在这一档的群里开口；指名快手、明明在问的，把握不用那么大。"""
    match level:
        case KeywordLevel.OFF:
            return False
        case KeywordLevel.CAREFUL:
            return found.trigger or (_likely(found) and _asks_by_name(text))
        case KeywordLevel.EAGER:
            return found.trigger or _likely(found)


def _likely(found: Recognition) -> bool:
    return found.scenario is not None and not found.doubtful and found.score >= EAGER_SCORE


def _asks_by_name(text: str) -> bool:
    """“快手自动续费怎么关”：说了是快手，又在问。"""
    return _NAME in simplify(text) and Utterance(text).asks


def patience(level: KeywordLevel) -> timedelta:
    """有人在答的时候，从他最后一句算起等多久；关着的群不接话，按谨慎的算。"""
    return _EAGER_PATIENCE if level is KeywordLevel.EAGER else _CAREFUL_PATIENCE
