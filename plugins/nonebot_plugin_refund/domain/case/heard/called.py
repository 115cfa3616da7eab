"""说起一件事时靠什么叫它：说过的钱数、是谁的、买的是什么；几件案件里靠这些听出说的是哪一件。

只留数和词表里的词，不留原话。
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.models import Scenario
from ....rulebook.wording_models.spoken import load_spoken
from ...interview.answers import Answers
from ...understanding.sums.amounts import amounts_in
from ...understanding.writing.listed_words import either, has_any
from ...understanding.writing.text import normalise
from ..case_amounts import ARRIVED, OFFERED_HIGH, OFFERED_LOW, claimed_amount, read_amount

CALLED = "called"
"""和案件的钱数存在一起；访谈里存在状态旁边。"""
Owner = Literal["child", "family", "self"]
"""花钱的是谁：孩子、家里的大人、他自己。"""

_PEOPLE = load_spoken().people
_SIBLINGS = ("弟", "弟弟", "妹", "妹妹")
"""说的是弟弟妹妹，花钱的多半是孩子。"""
_ANY_CHILD = frozenset({"孩子", "小孩", "娃", "崽"})
"""哪个孩子都能这样叫。"""
_WORDS = sorted((*_PEOPLE.children, *_PEOPLE.family), key=len, reverse=True)
_THEIRS = re.compile(
    r"(?:自己)?(?:的(?!手机|号|账号|微信|支付宝|卡)|[那这](?![年时会天阵段边里儿])|刷|打赏|充|买|花|拿|偷|[头身]上|名下"
    r"|[0-9一二三四五六七八九十]{1,3}岁)"
)
"""称呼后面跟着这些，才是在说他的那件：“弟弟那个”“我妈买的”；“瞒着我妈”不是。"""
_POINTING = re.compile(r"(?:自己)?(?:的|(?=[那这]))")
_DIGITS = re.compile(
    r"(?<![0-9.a-z])[0-9]{2,7}(?:\.[0-9]{1,2})?(?![0-9.a-z])(?!\s?(?:年|月|号|日|天|点|个(?!的)|次|节|岁|分钟|小时|%|折|成))"
)
_POINTED = re.compile(
    r"先(?:说说|说|看|办|弄|讲)(?:一下)?[那这]个(?!事|问题|情况|钱|退款)(?P<first>[一-龥]{1,4}?)"
    r"(?:的|[那这][件单个]|吧|呗|$|[ ,，。])"
    rf"|{either(load_spoken().matters.apart)}件?[ ,，:：]{{0,2}}"
    r"(?P<other>[一-龥]{1,4}?)(?:的|[ ,，。]|收到|没|坏|不|想|要|是)"
)
"""“先说那个药吧”“另外记一件 银壶”：指名说的是哪样东西。"""
_NAMED_AFTER = re.compile(r"\s?(?:块钱?|元)?(?:钱)?(?:的|那|这|全)")
_NAMING_BEFORE = ("那", "这", "个", "笔", "单", "的")
_MONEY_AFTER = re.compile(r"\s?[块元]")
_MONEY_BEFORE = ("退", "到", "给", "赔", "收", "打", "付")
_NEAR = 4
_LEAST_SUM = 10
"""再小的数多半是编号、几件、几天。"""
_OLDEST = 110
_AGED = (*_WORDS, "今年", "刚满", "爸爸", "妈妈", "老爸", "老妈", "父亲", "母亲")
"""紧跟在这些后面、没说是钱的小数目，是岁数。"""
_MOST_KEPT = 12
"""一件事至多留这么多个数。"""


@dataclass(frozen=True, slots=True)
class Called:
    """一件事被怎么叫过。"""

    sums: frozenset[Decimal] = frozenset()
    people: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()

    def __or__(self, other: "Called") -> "Called":
        """两句合起来。"""
        sums = self.sums if len(self.sums) >= _MOST_KEPT else self.sums | other.sums
        return Called(sums, self.people | other.people, self.things | other.things)

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子；什么也没有是空的。"""
        plain = {
            "sums": sorted(format(value.normalize(), "f") for value in self.sums),
            "people": sorted(self.people),
            "things": sorted(self.things),
        }
        return {name: values for name, values in plain.items() if values}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Called":
        """还原。"""
        sums = frozenset(Decimal(value) for value in plain.get("sums", ()))
        return cls(sums, frozenset(plain.get("people", ())), frozenset(plain.get("things", ())))


NOTHING_CALLED = Called()


@dataclass(frozen=True, slots=True)
class NamedSum:
    """话里的一个数。"""

    value: Decimal
    is_name: bool
    """拿它叫一件事：“1280那个”“弟弟那300”。"""
    is_money: bool
    """说的是退了、到了这么多钱。"""


def called_in(text: str, thing: str | None) -> Called:
    """一句话里的；``thing`` 是话里的货。说了一大堆的，不拿其中一样来叫；指名了的照指名的。"""
    pointed = pointed_at(text, thing)
    is_heap = has_any(text, load_spoken().matters.heaps)
    things = frozenset((pointed,) if pointed else () if is_heap or thing is None or _is_vague(thing) else (thing,))
    sums = frozenset(one.value for one in sums_named(text))
    return Called(sums, frozenset(people_named(text)), things)


def pointed_at(text: str, thing: str | None) -> str:
    """指名说的那样东西；没指名为空。``thing`` 是话里的货：另外记的那件听得出是什么货的，照货。"""
    found = _POINTED.search(normalise(text))
    if found is None:
        return ""
    return found["first"] or ("" if thing is not None and not _is_vague(thing) else found["other"])


def _is_vague(thing: str) -> bool:
    return thing in load_spoken().vague_goods


def sums_named(text: str) -> tuple[NamedSum, ...]:
    """话里的各个钱数，光写数字的也算。"""
    said = normalise(text)
    prepared, found = amounts_in(text)
    every = [(prepared, start, end, Decimal(str(value))) for start, end, value in found]
    every += [(said, match.start(), match.end(), Decimal(match[0])) for match in _DIGITS.finditer(said)]
    found_sums: dict[Decimal, NamedSum] = {}
    for where, start, end, value in every:
        before = where[:start].rstrip()
        if value <= _OLDEST and before.endswith(_AGED) and _MONEY_AFTER.match(where, end) is None:
            continue  # “我爸66 在直播间买了银壶”：是岁数
        is_name = _NAMED_AFTER.match(where, end) is not None or before.endswith(_NAMING_BEFORE)
        is_money = _MONEY_AFTER.match(where, end) is not None or any(word in before[-_NEAR:] for word in _MONEY_BEFORE)
        known = found_sums.get(value, NamedSum(value, is_name=False, is_money=False))
        found_sums[value] = NamedSum(value, known.is_name or is_name, known.is_money or is_money)
    return tuple(one for value, one in found_sums.items() if value >= _LEAST_SUM)


def people_named(text: str) -> Iterator[str]:
    """话里说到谁的那件，一个个称呼。"""
    said = normalise(text)
    return (said[start:end] for start, end in _people_at(said))


def without_people(text: str) -> str:
    """去掉说是谁那件的称呼：“弟弟那300平台拒了”说的就是这一件，不是听来的别人的事。"""
    said = normalise(text)
    for start, end in sorted(_people_at(said), reverse=True):
        if (pointing := _POINTING.match(said, end)) is not None:
            before = said[:start].removesuffix("我") if start else ""
            said = f"{before}{said[pointing.end() :]}"
    return said


def _people_at(said: str) -> Iterator[tuple[int, int]]:
    taken: list[range] = []
    for word in _WORDS:
        place = said.find(word)
        while place >= 0:
            end = place + len(word)
            if not any(place in span for span in taken):
                taken.append(range(place, end))
                if _THEIRS.match(said, end) is not None:
                    yield place, end
            place = said.find(word, end)


def kind_of(person: str) -> Owner:
    """这个称呼是孩子还是家里的大人。"""
    return "child" if person in _SIBLINGS or person in _PEOPLE.children else "family"


def may_be_of(person: str, called: Called, owner: Owner) -> bool:
    """没用这个称呼叫过的一件，会不会是这个人的：花钱的是这样的人，又没用别的称呼叫过。"""
    if owner != kind_of(person):
        return False
    return person in _ANY_CHILD or called.people <= _ANY_CHILD


def owner_of(scenario: Scenario, answers: Answers) -> Owner:
    """访谈里答的：钱是谁花的；没问到、没说的是他自己。"""
    for question, options in spenders_of(scenario).items():
        if (answer := answers.get(question)) is not None and isinstance(answer.value, str):
            return options.get(answer.value) or "self"
    return "self"


@once_for_each(64)
def spenders_of(scenario: Scenario) -> Mapping[str, Mapping[str, Owner]]:
    """问到花钱的是谁的几题：题、选项对到谁；别的选项是他自己。"""
    told: dict[str, dict[str, Owner]] = {
        question.id: {option.id: option.spender for option in question.options if option.spender is not None}
        for question in scenario.questions
    }
    return {question: options for question, options in told.items() if options}


def known_sums(scenario: Scenario, answers: Answers, amounts: Mapping[str, Any]) -> frozenset[Decimal]:
    """一件案件说过的全部钱数：要的、肯给的、到了的、访谈里答的、说起时说的。"""
    kept = (read_amount(amounts, name) for name in (OFFERED_LOW, OFFERED_HIGH, ARRIVED))
    every = (*kept, claimed_amount(scenario, answers, amounts), claimed_amount(scenario, answers, {}))
    return called_of(amounts).sums | {value for value in every if value is not None}


def called_of(amounts: Mapping[str, Any]) -> Called:
    """案件存着的叫法。"""
    return Called.from_plain(amounts.get(CALLED, {}))
