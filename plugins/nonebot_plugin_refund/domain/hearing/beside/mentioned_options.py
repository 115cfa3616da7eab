"""一句话里顺带说到的选项：原样含有名称或别名，没被否认，而且只合一道题的一个选项。

多选题不在其内：顺口说到一样，不等于别的都没有，仍要整题问一遍。
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...interview.answers import Answer
from ...understanding.options import is_denied, phrases_of
from ...understanding.stated import is_stated
from ...understanding.writing.text import normalise
from ...understanding.writing.words import Words
from ...understanding.yesno_words import NO_WORDS, UNSURE_WORDS, YES_WORDS

_MAX_TEXT = 300
_SHORTEST_SEEN = 2
_SHORTEST_TAKEN = 3
"""两个字的说法（“手机”“坏了”）到处都有，只用来发现矛盾，不用来记下答案。"""
_EMPTY_WORDS = re.compile(r"[没有还都过了是的不已经未呢啊也就]")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """话里的一处：它是哪道题的哪个选项的说法。"""

    start: int
    end: int
    question: str
    option: str


def mentions_in(scenario: Scenario, text: str) -> list[Mentioned]:
    """话里出现的全部选项说法（各题都算），去掉话里有它不认的字的、被否认的、被别的选项更长的说法盖住的。"""
    prepared = normalise(text, _MAX_TEXT)
    sayings, words = _sayings_of(scenario)
    found = [
        Mentioned(start, start + len(phrase), question, option)
        for phrase, question, option, unless in map(sayings.__getitem__, sorted(words.owners_in(prepared)))
        if not any(word in prepared for word in unless)
        for start in _starts(phrase, prepared)
    ]
    return [item for item in found if not _is_hidden(item, found) and not is_denied(prepared, item.start)]


_Saying = tuple[str, str, str, tuple[str, ...]]
"""一个说法：说法、题、选项，和话里有了就不算的字。"""


@once_for_each(64)
def _sayings_of(scenario: Scenario) -> tuple[tuple[_Saying, ...], Words[int]]:
    """各题各个选项够长的说法，和用来一遍找出话里有第几个的。"""
    sayings = tuple(
        (phrase, question.id, option.id, option.not_heard_with)
        for question in scenario.questions
        for option in question.options
        for phrase in phrases_of(option)
        if len(phrase) >= _SHORTEST_SEEN
    )
    return sayings, Words((saying[0], place) for place, saying in enumerate(sayings))


def options_for(question: Question, mentions: Iterable[Mentioned]) -> tuple[str, ...]:
    """这道题被说到的选项，按说的先后。"""
    ordered = sorted((item for item in mentions if item.question == question.id), key=lambda item: item.start)
    return tuple(dict.fromkeys(item.option for item in ordered))


def mentioned_answers(
    mentions: Sequence[Mentioned], open_questions: Collection[Question], pending: Question | None, text: str
) -> dict[str, Answer]:
    """还会问到的题里，哪些顺带答了；``mentions`` 是 :func:`mentions_in` 在 ``text`` 里找到的。

    ``pending`` 是正等着的那题，它的说法不另作他用。
    """
    prepared = normalise(text, _MAX_TEXT)
    taken = [item for item in mentions if pending is not None and item.question == pending.id]
    candidates = {question.id for question in open_questions if question.kind is QuestionKind.CHOICE}
    found: dict[str, Answer] = {}
    for question in open_questions:
        if question.id not in candidates:
            continue
        own = [item for item in mentions if item.question == question.id]
        if len({item.option for item in own}) == 1 and any(
            _is_unmistakable(item, prepared, mentions, candidates, taken) for item in own
        ):
            found[question.id] = Answer(own[0].option)
    return found


def _is_unmistakable(
    item: Mentioned, text: str, mentions: Sequence[Mentioned], candidates: set[str], taken: list[Mentioned]
) -> bool:
    """够长、不是空话、当真在陈述、不是在答正等着的题，别的会问到的题也没有这个说法。"""
    phrase = text[item.start : item.end]
    shared = {other.question for other in mentions if _overlap(other, item)} & candidates
    return (
        len(phrase) >= _SHORTEST_TAKEN
        and not _says_little(phrase)
        and is_stated(text, item.start, item.end)
        and shared == {item.question}
        and not any(_overlap(other, item) for other in taken)
    )


def _starts(phrase: str, text: str) -> list[int]:
    starts: list[int] = []
    position = text.find(phrase)
    while position >= 0:
        starts.append(position)
        position = text.find(phrase, position + 1)
    return starts


def _is_hidden(item: Mentioned, found: list[Mentioned]) -> bool:
    return any(
        (other.question, other.option) != (item.question, item.option)
        and other.start <= item.start
        and item.end <= other.end
        and other.end - other.start > item.end - item.start
        for other in found
    )


def _overlap(one: Mentioned, other: Mentioned) -> bool:
    return one.start < other.end and other.start < one.end


def _says_little(phrase: str) -> bool:
    """“还没有”“试过了”：离开问题就不知道说的是什么。"""
    known = phrase in YES_WORDS or phrase in NO_WORDS or phrase in UNSURE_WORDS
    return known or len(_EMPTY_WORDS.sub("", phrase)) < _SHORTEST_SEEN
