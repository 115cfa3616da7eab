"""一句话：统一写法一次，语气听一次，后面的每一步都用它。"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ...domain.understanding.moods import Clause, Mood, mood_reader
from ...domain.understanding.sums.numbered import ordinal
from ...domain.understanding.writing.text import bare, normalise

_SOME_DAYS = re.compile(r"[那这前好头没过近]几(?:天|个工作日|个小时|个月|周|年|次|笔|个|单)")
"""“那几天”“好几次”里的“几”是约数，不在问几天、几次。"""

_MAINLY = "主要是"
_ASKED_MIDWAY = re.compile(r"[一-龥]吗(?: |$)|(?:可以|要得|得行|要紧|有用)不(?: |$)")
"""一截的末尾就是问，后面还接着说：“执行要撤吗 钱都收到了”。"""

_DOUBTS = re.compile(
    r"(?:不会|会不会|是不是|该不会|怕是|别是)[^,。]{0,5}(?:骗|诈)|(?:骗子|骗人的?|诈骗|骗局|骗我的?)[吧吗么嘛]"
)


@dataclass(frozen=True)
class Utterance:
    """一条消息里的话。"""

    raw: str
    """原话，去掉了两头的空白。"""

    @cached_property
    def text(self) -> str:
        """统一写法（繁简、全半角、空白）之后的字。"""
        return normalise(self.raw)

    @cached_property
    def word(self) -> str:
        """去掉两头标点的整句，拿去和整句的词比；问号留着。"""
        return bare(self.raw)

    @cached_property
    def number(self) -> int | None:
        """整句就是一个编号（“2”“第二个”）时是几；不是编号为 ``None``。"""
        return ordinal(self.word)

    @property
    def is_letter(self) -> bool:
        """整句只有一个字母。"""
        return len(self.word) == 1 and self.word.isascii() and self.word.isalpha()

    @property
    def is_bare(self) -> bool:
        """整句只有一个编号、一串数字或一个字母：自己什么也不表示，要看刚问了、列了什么。"""
        return self.is_letter or self.number is not None or (self.word.isascii() and self.word.isdigit())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """断开的小句，各带语气；没有停顿、前一半在说后一半在问的，也断成两句。"""
        reader = mood_reader()
        parts = (part for clause in reader.clauses(self.raw) for part in reader.in_two(clause))
        return tuple(_not_supposing(_not_asking_how_many(part)) for part in parts)

    @cached_property
    def runs_on(self) -> bool:
        """说完一件事没有停顿就问起来：前一半也可能还是在问、在假设。"""
        told = (one for one, other in pairwise(self.clauses) if f"{one.text}{other.text}" in self.text)
        return any(clause.mood is Mood.STATEMENT for clause in told)

    @property
    def says_some_days(self) -> bool:
        """有“那几天”“好几次”这样的约数：里面的“几”不是在问。"""
        return _SOME_DAYS.search(self.text) is not None

    @property
    def stated(self) -> tuple[Clause, ...]:
        """在说发生了什么的小句。"""
        return tuple(clause for clause in self.clauses if clause.mood is Mood.STATEMENT)

    @property
    def asks(self) -> bool:
        """有没有在问什么。"""
        return _ASKED_MIDWAY.search(self.text) is not None or any(
            clause.mood is Mood.QUESTION for clause in self.clauses
        )

    @property
    def doubts(self) -> bool:
        """“说给我退560 会不会是骗子”：在疑心，说的不当成已经有了。"""
        return _DOUBTS.search(self.text) is not None

    @property
    def moods(self) -> frozenset[Mood]:
        """出现过的语气。"""
        return frozenset(clause.mood for clause in self.clauses)


def _not_supposing(clause: Clause) -> Clause:
    """“主要是坏了”里的“要是”不是假设。"""
    if clause.mood is not Mood.IF or _MAINLY not in clause.text:
        return clause
    rest = mood_reader().clauses(clause.text.replace(_MAINLY, "是"))
    return clause if any(one.mood is Mood.IF for one in rest) else replace(clause, mood=Mood.STATEMENT)


def _not_asking_how_many(clause: Clause) -> Clause:
    """只因为有“那几天”这样的字才像在问的小句，是在说。"""
    if clause.mood is not Mood.QUESTION or _SOME_DAYS.search(clause.text) is None:
        return clause
    rest = mood_reader().clauses(_SOME_DAYS.sub("那天", clause.text))
    return clause if any(one.mood is Mood.QUESTION for one in rest) else replace(clause, mood=Mood.STATEMENT)
