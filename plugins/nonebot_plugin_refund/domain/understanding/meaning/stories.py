"""从头说起的一段话：说的是哪种事，里面说了哪些答案，哪个日子、钱数、岁数是答哪一题的。

一段话说几件事，所以按小句一段段听：每一段对每道题的每个选项各打一个分，最像的那一段算数。
日子和数先由规则找出来，再看它前后的字像在答哪一题。
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from ..writing.pieces import pieces_of
from .features.features import features_of
from .linear import Head, sigmoid
from .scored import Scored, likeliest_first
from .weights import STORIES, weights_of

MATTER_HEAD = "matter"
"""说的是哪种事；别的事、说不清的是 :data:`NOTHING`。"""
NOTHING = "nothing"
JOINED = "="
"""“题=选项”。"""
MARK = "◇"
"""日子、数换成它，只看前后的字。"""
_LONG = 18
_SLICE = 14
_STEP = 7
_LONGEST_PAIR = 30
_LONGEST_WHOLE = 40
_BEFORE, _AFTER = 16, 12
_MOST_WINDOWS = 40


def windows_of(text: str) -> tuple[str, ...]:
    """一段话分成的段：各个小句，连着的两句，长句里的一截截。"""
    return tuple(dict.fromkeys(_windows(text)))[:_MOST_WINDOWS] or (text,)


def around(text: str, start: int, end: int) -> str:
    """``text[start:end]`` 是一个日子或数：它前后的字。"""
    return text[max(0, start - _BEFORE) : start] + MARK + text[end : end + _AFTER]


@lru_cache(maxsize=64)
def read_matter(text: str) -> tuple[Scored, ...]:
    """各个场景和 :data:`NOTHING` 各有多大把握，大的在前，加起来是 1。"""
    head = weights_of(STORIES).heads.get(MATTER_HEAD)
    return () if head is None else likeliest_first(head.probabilities(features_of(text)))


def read_story(scenario_id: str, text: str) -> dict[str, tuple[Scored, ...]]:
    """题的 id → 它的各个选项各有多大把握说到了，大的在前；各选项的把握互不相干。"""
    head = weights_of(STORIES).heads.get(scenario_id)
    if head is None:
        return {}
    best = _highest(head, windows_of(text))
    found: dict[str, dict[str, float]] = {}
    for label, score in best.items():
        question, _, option = label.partition(JOINED)
        found.setdefault(question, {})[option] = sigmoid(score / head.temperature)
    return {question: likeliest_first(options) for question, options in found.items()}


def read_value(scenario_id: str, kind: str, context: str) -> tuple[Scored, ...]:
    """一个日子或数（:func:`around`）像在答哪一题；都不像的是 :data:`~.scored.NONE`。没有学过的是空的。"""
    head = weights_of(STORIES).heads.get(f"{scenario_id}/{kind}")
    return () if head is None else likeliest_first(head.probabilities(features_of(context)))


def _windows(text: str) -> Iterator[str]:
    pieces = pieces_of(text)
    for piece in pieces:
        yield from (piece,) if len(piece) <= _LONG else _slices(piece)
    for first, second in pairwise(pieces):
        if len(first) + len(second) <= _LONGEST_PAIR:
            yield f"{first},{second}"
    yield from (piece for piece in pieces if _LONG < len(piece) <= _LONGEST_WHOLE)
    if len(text) <= _LONGEST_PAIR:
        yield text


def _slices(piece: str) -> Iterator[str]:
    start = 0
    while start + _SLICE < len(piece):
        yield piece[start : start + _SLICE]
        start += _STEP
    yield piece[start : start + _SLICE]


def _highest(head: Head, windows: Sequence[str]) -> Mapping[str, float]:
    scored = [head.scores(features_of(window)) for window in windows]
    return {label: max(column) for label, column in zip(head.labels, zip(*scored, strict=True), strict=True)}
