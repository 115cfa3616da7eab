"""是非答案里整句就是答案的说法；词在 ``spoken.yaml``。"""

from ...rulebook.wording_models.spoken import load_spoken

_ANSWERS = load_spoken().answers
YES_WORDS = frozenset(_ANSWERS.yes)
"""是。"""
NO_WORDS = frozenset(_ANSWERS.no)
"""不是、没有。"""
SKIPPING = frozenset(load_spoken().skipping)
"""跳过这一题。"""
UNSURE_WORDS = frozenset(_ANSWERS.unsure)
"""不清楚、说不准。"""
