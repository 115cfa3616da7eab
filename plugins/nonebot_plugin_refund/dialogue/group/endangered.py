"""群里的危险：一句暖的话和该打的号码，别的一个字也不说；私聊里的另见 :mod:`..handling.handlers`。"""

from ...domain.understanding.danger import danger_reader
from ..base import wording


def may_be(text: str) -> bool:
    """有没有危险的字；没有的，`answer` 一定为空。"""
    return danger_reader().has_any_sign(text)


def answer(text: str) -> str:
    """听出危险时在群里说的话；没有为空。"""
    found = danger_reader().find(text)
    return wording.IN_DANGER_IN_GROUP[found.id] if found is not None else ""
