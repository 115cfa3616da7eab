"""危险：话里有没有要命、动手、正在被骗、吃坏身体的事。宁可多问一句，不可当成填表的话。"""

import re
from functools import cache

from ...rulebook.danger_models import DangerWords, WordGroups, load_dangers
from .moods import Mood, mood_reader
from .text import normalise

_LONGEST = 600
_ONLY_ASKED = frozenset({"fraud"})
"""只是在问（“验证码能给吗”）的，不算正在发生。"""


class DangerReader:
    """照一份词表听危险；做一次，反复用。"""

    def __init__(self, dangers: tuple[DangerWords, ...]) -> None:
        self._dangers = [(danger, _masking(danger)) for danger in dangers]
        opening = {word for danger in dangers for groups in danger.any_of for word in groups[0]}
        self._opening = re.compile("|".join(re.escape(word) for word in sorted(opening, key=len, reverse=True)))

    def find(self, text: str) -> DangerWords | None:
        """听出是哪一种危险；没有为 ``None``。"""
        said = normalise(text)[:_LONGEST].replace(" ", "")
        if self._opening.search(said) is None:
            return None
        for danger, mask in self._dangers:
            rest = mask.sub("·", said) if mask is not None else said
            if any(_all_present(groups, rest) for groups in danger.any_of) and not _is_only_asked(danger, text):
                return danger
        return None


@cache
def danger_reader() -> DangerReader:
    """照随包词表的那一个。"""
    return DangerReader(load_dangers())


def _masking(danger: DangerWords) -> re.Pattern[str] | None:
    words = sorted(danger.unless, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words)) if words else None


def _all_present(groups: WordGroups, text: str) -> bool:
    return all(any(word in text for word in group) for group in groups)


def _is_only_asked(danger: DangerWords, text: str) -> bool:
    if danger.id not in _ONLY_ASKED:
        return False
    clauses = mood_reader().clauses(text)
    return bool(clauses) and all(clause.mood in (Mood.QUESTION, Mood.IF, Mood.HEARSAY) for clause in clauses)
