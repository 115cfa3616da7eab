"""危险：话里有没有要命、动手、正在被骗、吃坏身体的事。宁可多问一句，不可当成填表的话。

两样合着看：词表（``danger.yaml``）里明说了的，和从例句学来的把握。明说了的，把握不能一点没有；只有一两个危险的字的，
要有几成把握；一个也没有的，私聊里才凭把握去听，群里不再去算，所以没有危险的话几乎不花时间。
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache

from ahocorasick_rs import AhoCorasick

from ...rulebook.wording_models.danger_models import Dangers, DangerWords, WordGroups, load_dangers
from .meaning import HARMLESS, Scored, read_danger
from .moods import Mood, mood_reader
from .writing.text import normalise

_LONGEST = 600
_SHORTEST = 2
_SHORTEST_VEILED = 5
_GAP = 10
"""一项里前后两组词最多隔这么多字。"""
_ONLY_ASKED = frozenset({"fraud"})
"""只是在问（“验证码能给吗”）的，不算明说了。"""
_SAID = 0.1
"""词表里明说了的，学来的把握至少有这么多；再少的是没见过的打趣。"""
_WITH_SIGN = 0.5
"""有危险的字的，把握要有这么多；由没见过的人写的话定的。"""
_OUTRIGHT = 0.84
"""正在答题的话里明说了的，把握要有这么多。"""
_WITHOUT_SIGN = 0.6
"""一个危险的字也没有、话里有话的，把握要有这么多。"""
_TOLD = 0.8
"""讲的是歌、剧、新闻、别人家的，把握要有这么多。"""

_EVEN_EXCUSED = 0.95
"""只有不算数的字的，把握要有这么多：“饿死算了”的饿死、“腿打折了”的打折也会是真的。"""

Chances = Callable[[str], tuple[Scored, ...]]
"""一句话是哪种危险、没有危险的把握，大的在前；没有训练过为空。"""


class _Words:
    """一种危险的词，做成了能找的样子。"""

    def __init__(self, danger: DangerWords) -> None:
        self.danger = danger
        self._mask = _not_counted(danger)
        self._sure = re.compile("|".join(_in_order(groups) for groups in danger.sure))
        self._sign = _any_of(danger.signs)
        self._settled = _any_of(danger.settled) if danger.settled else None

    def masked(self, said: str) -> str:
        """不算数的字盖住之后的话。"""
        return self._mask.sub("·", said) if self._mask is not None else said

    def is_said(self, masked: str) -> bool:
        """明说了没有。"""
        return self._sure.search(masked) is not None

    def least_sure(self, said: str) -> float:
        """明说了的，学来的把握至少要有多少：早先交的、分期的、合同里写的，要有几成。"""
        return _SAID if self._settled is None or self._settled.search(said) is None else _WITH_SIGN

    def has_sign(self, masked: str) -> bool:
        """有没有危险的字。"""
        return self._sign.search(masked) is not None


class DangerReader:
    """照一份词表和学来的把握听危险；做一次，反复用。"""

    def __init__(self, dangers: Dangers, chances: Chances = read_danger) -> None:
        self._words = [_Words(danger) for danger in dangers.dangers]
        self._told = _any_of(dangers.told)
        self._joking = _any_of(dangers.joking) if dangers.joking else None
        self._ordinary = _any_of(dangers.ordinary) if dangers.ordinary else None
        self._chances = chances
        # 一遍就找完全部危险的字和明说的话开头的那组词：一个也没有的，群里每条话都不必再逐种去看
        self._any = AhoCorasick([word for danger in dangers.dangers for word in _first_words(danger)])
        # 同样一遍找完不算数的字：一个也没有的，不必逐种去盖
        self._any_masked = AhoCorasick([word for danger in dangers.dangers for word in _first_not_counted(danger)])

    def find(self, text: str, *, veiled: bool = False) -> DangerWords | None:
        """听出是哪一种危险；没有为 ``None``。

        Args:
            text: 说的话。
            veiled: 一个危险的字也没有的也去听，要几毫秒；群里每条都听，不这样听。
        """
        said = _prepared(text)
        if len(said) < _SHORTEST or said.isascii():
            return None
        may_have_sign = bool(self._any.find_matches_as_indexes(said))
        if not may_have_sign and (not veiled or len(said) < _SHORTEST_VEILED or self._is_ordinary(said)):
            return None
        is_masked = bool(self._any_masked.find_matches_as_indexes(said))
        masked = [(words, words.masked(said) if is_masked else said) for words in self._words]
        outright = [words for words, rest in masked if may_have_sign and words.is_said(rest)]
        spoken = [words.danger for words in outright]
        silent = {words.danger.id for words, rest in masked if not (may_have_sign and words.has_sign(rest))}
        silent.difference_update(danger.id for danger in spoken)
        has_sign = len(silent) < len(masked)
        if not has_sign and (not veiled or len(said) < _SHORTEST_VEILED or self._is_ordinary(said)):
            return None
        is_joking = self._joking is not None and not spoken and self._joking.search(said) is not None
        told = is_joking or self._told.search(said) is not None
        if told and not has_sign:
            return None
        excused = {words.danger.id for words, rest in masked if rest != said and words.danger.id in silent}
        scored = _excused(self._chances(text), excused)
        if not has_sign:
            return _veiled(scored, self._words)
        least = {words.danger.id: words.least_sure(said) for words in outright}
        surely = [danger for danger in spoken if not _is_only_asked(danger, text)]
        return _decided(_sure_of(surely, scored, least), scored, told, self._words)

    def has_any_sign(self, text: str) -> bool:
        """有没有随便哪种危险的字；没有的，`find` 不往话里有话去听（``veiled``）就一定是 ``None``。一两微秒。"""
        return bool(self._any.find_matches_as_indexes(_prepared(text)))

    def _is_ordinary(self, said: str) -> bool:
        return self._ordinary is not None and self._ordinary.search(said) is not None

    def is_said_outright(self, text: str) -> bool:
        """词表里明说了，学来的也有几成把握。"""
        said = _prepared(text)
        if not any(words.is_said(words.masked(said)) for words in self._words):
            return False
        chance = {one.id: one.score for one in self._chances(text)}
        return 1 - chance.get(HARMLESS, 0.0) >= _OUTRIGHT


def _prepared(text: str) -> str:
    return normalise(text)[:_LONGEST].replace(" ", "")


def _excused(scored: tuple[Scored, ...], excused: Collection[str]) -> tuple[Scored, ...]:
    """话里只有这种危险不算数的字（“他说转我八成”“经理打来电话”），学来的把握不是很大就不算它。"""
    spared = sum(one.score for one in scored if one.id in excused)
    if spared >= _EVEN_EXCUSED:
        return scored
    return tuple(
        Scored(one.id, one.score + spared if one.id == HARMLESS else 0.0 if one.id in excused else one.score)
        for one in scored
    )


def _decided(
    spoken: list[DangerWords], scored: tuple[Scored, ...], told: bool, words: Iterable[_Words]
) -> DangerWords | None:
    """明说了的和学来的合起来，是哪一种。"""
    chance = {one.id: one.score for one in scored}
    danger = 1 - chance[HARMLESS] if chance else 1.0
    if spoken and danger >= (_TOLD if told else _SAID):
        return max(spoken, key=lambda one: chance.get(one.id, 0.0))
    if not chance or danger < (_TOLD if told else _WITH_SIGN):
        return None
    return max((each.danger for each in words), key=lambda one: chance.get(one.id, 0.0))


def _sure_of(spoken: list[DangerWords], scored: tuple[Scored, ...], least: Mapping[str, float]) -> list[DangerWords]:
    """明说了的里面，学来的把握够的；没有训练过的全算。"""
    danger = 1 - next((one.score for one in scored if one.id == HARMLESS), 0.0)
    return [one for one in spoken if danger >= least[one.id]]


def _veiled(scored: tuple[Scored, ...], words: Iterable[_Words]) -> DangerWords | None:
    """没有危险的字，只凭学来的把握。"""
    chance = {one.id: one.score for one in scored}
    if not chance or 1 - chance[HARMLESS] < _WITHOUT_SIGN:
        return None
    return max((each.danger for each in words), key=lambda one: chance.get(one.id, 0.0))


@cache
def danger_reader() -> DangerReader:
    """照随包词表的那一个。"""
    return DangerReader(load_dangers())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _not_counted(danger: DangerWords) -> re.Pattern[str] | None:
    """不算数的词，和照先后出现才不算数的几组；没有为空。"""
    near = "|".join(_in_order(groups) for groups in danger.unless_near)
    words = _any_of(danger.unless).pattern if danger.unless else ""
    written = "|".join(part for part in (near, words) if part)
    return re.compile(written) if written else None


def _first_words(danger: DangerWords) -> Iterator[str]:
    """没有这些字，就没有这种危险的字，也没有明说。"""
    yield from danger.signs
    for groups in danger.sure:
        yield from groups[0]


def _first_not_counted(danger: DangerWords) -> Iterator[str]:
    """没有这些字，就没有不算数的。"""
    yield from danger.unless
    for groups in danger.unless_near:
        yield from groups[0]


def _in_order(groups: WordGroups) -> str:
    """各组照先后出现，隔得不远。"""
    alternatives = ["(?:" + "|".join(re.escape(word) for word in group) + ")" for group in groups]
    return f".{{0,{_GAP}}}".join(alternatives)


def _is_only_asked(danger: DangerWords, text: str) -> bool:
    if danger.id not in _ONLY_ASKED:
        return False
    clauses = mood_reader().clauses(text)
    return bool(clauses) and all(clause.mood in (Mood.QUESTION, Mood.IF, Mood.HEARSAY) for clause in clauses)
