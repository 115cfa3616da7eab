"""选项答案：按编号、名称、别名或相近的说法对到选项上；两个都像时不猜。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from ...rulebook.derived.once import once_for_each
from ...rulebook.scenario_models.models import Option
from .sums.numerals import read_small_integer
from .writing.text import normalise, trim_punctuation
from .writing.words import Words
from .yesno import parse_yesno


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """对选项的理解：``ids`` 是确定选中的；``candidates`` 是分不清的几个；``unsure`` 是答了不清楚。"""

    ids: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    unsure: bool = False


_NOTHING = OptionMatch()
_MAX_TEXT = 200
_FUZZY_MINIMUM = 0.72
"""错一个字的四字选项是 0.75，再低就不是错别字了。"""
_FUZZY_GAP = 0.12
_LONG_PIECE = 4
"""说了选项里连着的四个字，只有一个选项有，就是它；更短的要占到选项的一半以上。"""
_NUMBER_WORD = r"(?:第\s?)?(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})"
_PREFIX = r"(?:我?(?:选择?|要|是|答|回答|就|应该是|大概是|应该选|属于)\s?)*(?:选项|答案)?\s?"
_SUFFIX = r"(?:\s?(?:(?:那?个|[项号条种楼])(?:选项|情况)?|选项|情况))?(?:\s?[吧啊呢的了哦呀]+)?"
_SEPARATOR = r"(?:\s?(?:、|,|和|跟|与|还有|以及|加|\+|&|/|;|\.)\s?|\s)"
_NUMBERS = re.compile(rf"{_PREFIX}(?P<list>{_NUMBER_WORD}{_SUFFIX}(?:{_SEPARATOR}{_NUMBER_WORD}{_SUFFIX})*)")
_ONE_NUMBER = re.compile(_NUMBER_WORD)
_ALL = re.compile(r"(?:以上)?(?:全部|全都|全|所有|都)(?:都)?(?:有|是|要|选|符合|占了?)?(?:了|的)?")
_NEGATIVE = re.compile(r"[不没未无别]")
_NOT_DONE = ("没", "没有")
_BEFORE_CORE = re.compile(r"(?:我们?|他们?|她们?|它|你们?|当时|已经|就是|都|也|刚|还|是)*+")
_AFTER_CORE = "了的过吧呢啊呀"
_SHORTEST_CORE = 2
_PARTICLES = "啊呀哦吧呢的了嘛哈吗 ,.!~。、"


def match_options(text: str, options: Sequence[Option], *, multi: bool) -> OptionMatch:
    """把一句话对到选项上。``multi`` 为真时可以选几个；单选说了两个就是分不清。"""
    prepared = trim_punctuation(normalise(text, _MAX_TEXT))
    if not prepared or not options:
        return _NOTHING
    exact = _exact(prepared, options)
    if exact:
        return OptionMatch((exact,))
    if (numbers := _numbers(prepared, len(options), multi=multi)) is not None:
        return _checked([options[number - 1].id for number in numbers], options, multi=multi) if numbers else _NOTHING
    if multi and _ALL.fullmatch(prepared):
        return OptionMatch(tuple(option.id for option in options if not option.exclusive))
    contained = _contained(prepared, options)
    if contained:
        return _checked(contained, options, multi=multi)
    if parse_yesno(prepared) == "unsure":
        return OptionMatch(unsure=True)
    return _fuzzy(prepared, options)


class Phrases:
    """几个选项的各种说法，做一次，反复用：看一句话有没有可能对到哪一项，比一个个去对快得多。"""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)
        self._phrases = tuple(chain.from_iterable(map(phrases_of, options)))
        self._lengths = tuple(map(len, self._phrases))
        self._longest = max(self._lengths, default=0)
        self._whole = Words((phrase, None) for phrase in self._phrases)
        self._any_empty = not all(self._phrases)

    def may_match(self, text: str) -> bool:
        """:func:`match_options` 有没有可能对到哪一项：说了编号，含有、够像哪个说法，或是哪个说法的一截。"""
        prepared = trim_punctuation(normalise(text, _MAX_TEXT))
        return self._may_be_among(prepared) or (
            bool(self.options) and _numbers(prepared, len(self.options), multi=False) is not None
        )

    def may_be_added(self, text: str, among: int, *, multi: bool) -> bool:
        """几项后面再添这一项，:func:`match_options` 有没有可能不一样：``among`` 是连它在内有几项。"""
        prepared = trim_punctuation(normalise(text, _MAX_TEXT))
        return self._may_be_among(prepared) or _numbers(prepared, among, multi=multi) is not None

    def _may_be_among(self, prepared: str) -> bool:
        """含有、够像哪个说法，或是哪个说法的一截。"""
        if self._any_empty or self._whole.are_in(prepared):
            return True
        bare = prepared.rstrip(_PARTICLES)
        if len(bare) <= self._longest and any(bare in phrase for phrase in self._phrases):
            return True
        if not _is_long_enough(bare, self._longest):
            return False
        has, known = bare.__contains__, len(bare)
        for phrase, length in zip(self._phrases, self._lengths, strict=True):
            needed = _least_alike(known, length)
            if 2 * length >= needed and 2 * sum(map(has, phrase)) >= needed:
                return True
        return False


def is_numbered(text: str, options: Sequence[Option], *, multi: bool) -> bool:
    """整句就是编号（“第1个”“1 3”“选 2 吧”），多选时也可以是“都有”。"""
    prepared = trim_punctuation(normalise(text, _MAX_TEXT))
    if multi and _ALL.fullmatch(prepared):
        return True
    return bool(prepared) and _numbers(prepared, len(options), multi=multi) is not None


@once_for_each(4096)
def phrases_of(option: Option) -> tuple[str, ...]:
    """一个选项的各种说法，已统一写法：名称在前，别名在后。"""
    return tuple(trim_punctuation(normalise(phrase)) for phrase in (option.label, *option.aliases))


@once_for_each(4096)
def ruled_out_by(option: Option) -> tuple[str, ...]:
    """话里有了就不是这一项的字，已统一写法。"""
    return tuple(map(normalise, option.not_heard_with))


@once_for_each(4096)
def denied_in_words(option: Option) -> tuple[str, ...]:
    """否认做过、有过这一项的说法，由它的名称和别名加上“没”“没有”做成：“同意过”的是“没同意”“没有同意”。

    名称、别名自己带否定的不算；这样说的本来就是这一项的（“没坏”）也不算。
    """
    phrases = phrases_of(option)
    cores = {_core(phrase) for phrase in phrases if _NEGATIVE.search(phrase) is None}
    denials = (
        f"{word}{core}" for core in cores if len(core) >= _SHORTEST_CORE and core.isalnum() for word in _NOT_DONE
    )
    return tuple(denial for denial in denials if not any(denial in phrase for phrase in phrases))


def _core(phrase: str) -> str:
    """去掉两头的人称、语气：“我让他刷的”里的“让他刷”。"""
    lead = _BEFORE_CORE.match(phrase)
    return (phrase if lead is None else phrase[lead.end() :]).rstrip(_AFTER_CORE)


def _exact(text: str, options: Sequence[Option]) -> str | None:
    wanted = {text, text.rstrip(_PARTICLES)}
    found = [option.id for option in options if wanted & set(phrases_of(option))]
    return found[0] if len(found) == 1 else None


def _numbers(text: str, count: int, *, multi: bool) -> list[int] | None:
    """整句都是编号时给出编号；不是编号为 ``None``；是编号但不在范围里为空表。"""
    if text.isascii() and text.isdigit() and (len(text) > 1 and int(text) > count):
        digits = [int(digit) for digit in text]
        usable = multi and len(set(digits)) == len(digits) and all(1 <= digit <= min(count, 9) for digit in digits)
        return digits if usable else []
    match = _NUMBERS.fullmatch(text)
    if not match:
        return None
    numbers = [_ordinal(word.group()) for word in _ONE_NUMBER.finditer(match["list"])]
    if not all(1 <= number <= count for number in numbers):
        return []
    if multi and len(numbers) == 1 and text.isdigit() and len(text) > 1:
        return []  # 有十几个选项时，“13”可以是第 13 个，也可以是 1 和 3
    return list(dict.fromkeys(numbers))


def _ordinal(word: str) -> int:
    return read_small_integer(word.removeprefix("第").strip()) or 0


def _checked(ids: list[str], options: Sequence[Option], *, multi: bool) -> OptionMatch:
    """单选不能有两个；“以上都没有”不能和别的一起选。"""
    exclusive = {option.id for option in options if option.exclusive}
    if len(ids) > 1 and (not multi or exclusive & set(ids)):
        return OptionMatch(candidates=tuple(ids))
    return OptionMatch(tuple(ids))


def _contained(text: str, options: Sequence[Option]) -> list[str]:
    """句子里包含了哪些选项的说法；被更长的说法盖住的、被否定的不算。"""
    spans: list[tuple[int, int, str]] = []
    for option in options:
        for phrase in phrases_of(option):
            position = text.find(phrase) if len(phrase) >= 2 else -1
            while position >= 0:
                spans.append((position, position + len(phrase), option.id))
                position = text.find(phrase, position + 1)
    kept = [span for span in spans if not _covered(span, spans) and not is_denied(text, span[0])]
    return list(dict.fromkeys(option_id for _, _, option_id in sorted(kept)))


def _covered(span: tuple[int, int, str], spans: list[tuple[int, int, str]]) -> bool:
    start, end, option_id = span
    return any(
        other_id != option_id and other_start <= start and end <= other_end and other_end - other_start > end - start
        for other_start, other_end, other_id in spans
    )


def is_denied(text: str, start: int) -> bool:
    """``start`` 处的说法前面紧挨着“不是”“没”“没人”，说的是反面。"""
    return bool(re.search(r"(?:不是|并非|没有?人?|无人|不|别|未)$", text[max(0, start - 3) : start]))


def _may_matter(said: str, phrase: str) -> bool:
    """像到比得上最像的那一个的份上了吗：共有的字再怎么排也不够的，不必细比。"""
    needed = _least_alike(len(said), len(phrase))
    return 2 * len(phrase) >= needed and 2 * sum(map(said.__contains__, phrase)) >= needed


def _is_long_enough(said: str, length: int) -> bool:
    """这么长的说法，每个字都一样，够不够像；最长的也不够，别的更不够。"""
    return 2 * length >= _least_alike(len(said), length)


def _least_alike(said: int, phrase: int) -> float:
    """一句话、一个说法各有这么多字，共有的字的两倍至少要有这么多。"""
    return (_FUZZY_MINIMUM - _FUZZY_GAP) * (said + phrase)


def _fuzzy(text: str, options: Sequence[Option]) -> OptionMatch:
    """错别字：只在明显最像一个、又明显比第二个更像时才认。"""
    bare = text.rstrip(_PARTICLES)
    if len(bare) < 3:
        return _unique(bare, options)
    if not _is_long_enough(bare, max(len(phrase) for option in options for phrase in phrases_of(option))):
        return _unique(bare, options)
    scores: list[tuple[float, str]] = []
    for option in options:
        best = max(
            (
                SequenceMatcher(None, bare, phrase, autojunk=False).ratio()
                for phrase in phrases_of(option)
                if _may_matter(bare, phrase) and _is_negative(phrase) == _is_negative(bare)
            ),
            default=0.0,
        )
        scores.append((best, option.id))
    scores.sort(reverse=True)
    if scores[0][0] < _FUZZY_MINIMUM:
        return _unique(bare, options)
    close = [option_id for score, option_id in scores if scores[0][0] - score < _FUZZY_GAP]
    return OptionMatch((close[0],)) if len(close) == 1 else OptionMatch(candidates=tuple(close))


def _is_negative(phrase: str) -> bool:
    """带否定词的说法只和带否定词的比：“收到”与“没收到”只差一个字，意思相反。"""
    return bool(re.search(r"[没不未无别]", phrase))


def _unique(text: str, options: Sequence[Option]) -> OptionMatch:
    """说得比选项短（“签收了”对“已经签收了”）：只有一个选项含有它才认，含有否定词的不算。"""
    if len(text) < 2:
        return _NOTHING
    holding = [
        option.id
        for option in options
        if any(
            text in phrase
            and (len(text) >= _LONG_PIECE or len(text) >= 0.55 * len(phrase))
            and not re.search(r"[没不未无别非]$", phrase[: phrase.index(text)])
            for phrase in phrases_of(option)
        )
    ]
    if len(holding) == 1:
        return OptionMatch((holding[0],))
    return OptionMatch(candidates=tuple(holding)) if holding else _NOTHING
