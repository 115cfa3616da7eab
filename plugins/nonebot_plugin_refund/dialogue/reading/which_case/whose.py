"""几件没结的案件里，话里的钱数、东西、是谁的、案件号说的是哪一件。

合得上唯一一件的，就只听那一件的；光凭一个数说的不是正说着的那件的，先问；都没有的照旧。
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ....domain.case.heard.called import NamedSum, Owner, may_be_of, owner_of, people_named, sums_named, without_people
from ....rulebook.scenario_models.models import Scenario, ScenarioKind
from ....rulebook.wording_models.spoken import load_spoken
from ..awaits import PickCase, case_of
from ..commands import PERSONAL, CommandName, parse_command
from ..context import Context, OpenMatter, says_another
from ..intents import Band, Command, Offered, Reading, Reported
from ..money.offers import event_of_offer
from ..utterance import Utterance

_SPOKEN = load_spoken()
_SEVERAL = 2
_SAYS_SOMETHING = 2
_NOT_THAT_CASE = re.compile(r"不是\s?[A-Za-z0-9]{4}(?![A-Za-z0-9])[ ,，]?")
_LEADING = "是 说的就"
_NOT_IT = re.compile(
    r"(?<!是)(?:不是|没说|不关|别(?:记|算|放)(?:到|在|成)?|(?:记|算|放|归)到)(?P<what>[^,，。!！?？;；\s]{1,12})"
)
"""“不是弟弟那个”“记到打赏上”：说的不是它。"""
VALUE = re.compile(
    r"是\s?[0-9.]{1,9}(?:块钱?|元)?[\s,，]{0,2}而?不是\s?[0-9.]{1,9}(?:块钱?|元)?(?![0-9.块元]|\s?[的那这])"
)
"""“是300 不是1280”：改的是数，不是在说哪一件。"""
_MINE = re.compile(
    r"[我俺](?:自己|本人)的?[那这充买刷付]|[我俺]的?那(?![边里儿天年么样时会])|[我俺](?:自己|本人)?的(?=$|[\s,，。!！吧呢啊了呀])"
)
"""“我自己的”“我那个”：说的是他自己那件。"""


@dataclass(frozen=True, slots=True)
class Meant:
    """话里说的是哪一件。"""

    matter: OpenMatter | None = None
    is_faint: bool = False
    """只凭一个数，说的又不是正说着的那件：先问。"""


NOT_SAID = Meant()
_ON_CASE = PERSONAL - {CommandName.MINE, CommandName.REMINDERS, CommandName.EXPORT, CommandName.DELETE}
"""办的是一件案件的命令。"""


def meant(context: Context, utterance: Utterance) -> Meant:
    """话里的线索合得上的唯一一件；没有线索、几件都合得上、互相打架的是 :data:`NOT_SAID`。"""
    said = VALUE.sub(" ", utterance.text)
    denied = [match["what"] for match in _NOT_IT.finditer(said)]
    rest = _NOT_IT.sub(" ", said)
    plain, faint = _fits(context, rest), _faintly_fits(context, rest)
    every = frozenset(matter.code for matter in context.matters)
    for what in denied:
        for against in (*_fits(context, what), *_faintly_fits(context, what)):
            plain.append(every - against)
    plain = [one for one in plain if one and one != every]
    faint = [one for one in faint if one and one != every]
    if plain:
        both = _in_all(plain)
        return _only(context, both if len(both) == 1 else _in_all([both, *faint]))
    mine = _mine(context, rest)
    if mine and mine != every:
        return _only(context, _in_all([mine, *faint]) or mine)
    faint = faint or [one for one in _large_enough(context, rest) if one and one != every]
    if not faint:
        return NOT_SAID
    found = _only(context, _in_all(faint))
    spoken_of = context.matters[0].code
    return found if found.matter is None or found.matter.code == spoken_of else replace(found, is_faint=True)


def _in_all(clues: Sequence[frozenset[str]]) -> frozenset[str]:
    """每条线索都合得上的。"""
    return frozenset(code for code in clues[0] if all(code in clue for clue in clues))


def _only(context: Context, codes: frozenset[str]) -> Meant:
    fits = [matter for matter in context.matters if matter.code in codes]
    return Meant(fits[0]) if len(fits) == 1 else NOT_SAID


def _fits(context: Context, said: str) -> list[frozenset[str]]:
    """明明白白的线索，各合得上哪几件：案件号、拿来叫它的数、东西、谁的。"""
    codes = frozenset(matter.code for matter in context.matters if matter.code in said.upper())
    sums = [_knowing(context, one) for one in sums_named(said) if one.is_name]
    owners = _owned(context, said)
    return [codes, *sums, *_naming(context, said), *owners]


def _faintly_fits(context: Context, said: str) -> list[frozenset[str]]:
    """只是说到的数。"""
    return [_knowing(context, one) for one in sums_named(said) if not one.is_name]


def _large_enough(context: Context, said: str) -> list[frozenset[str]]:
    """退的、到的数没有哪件说过：不会比那件说过的都大。"""
    return [
        frozenset(matter.code for matter in context.matters if not matter.sums or max(matter.sums) >= one.value)
        for one in sums_named(said)
        if one.is_money and not _knowing(context, one)
    ]


def _knowing(context: Context, said: NamedSum) -> frozenset[str]:
    return frozenset(matter.code for matter in context.matters if said.value in matter.sums)


def _naming(context: Context, said: str) -> Iterator[frozenset[str]]:
    """说到的东西：只有那种事才说的，各种事各算一条；那一单买的。"""
    for scenario in {matter.scenario.id: matter.scenario for matter in context.matters}.values():
        if any(thing in said for thing in _things(context, scenario)):
            yield frozenset(matter.code for matter in context.matters if matter.scenario.id == scenario.id)
    yield frozenset(matter.code for matter in context.matters if any(thing in said for thing in matter.called.things))


def _things(context: Context, scenario: Scenario) -> tuple[str, ...]:
    """只有这种事才会说的；没写的（操作者自己的场景）是它的俗称，找客服、申诉这样的没有。"""
    if scenario.kind is ScenarioKind.TOPIC:
        return ()
    names = (name for name, scenario_id in context.book.named.items() if scenario_id == scenario.id)
    return _SPOKEN.things.get(scenario.id, (*names,))


def _owned(context: Context, said: str) -> Iterator[frozenset[str]]:
    """说到谁的那件：叫过这个称呼的；都没叫过的，看钱是不是这样的人花的。"""
    for person in people_named(said):
        called = frozenset(
            matter.code
            for matter in context.matters
            if any(known.startswith(person) or person.startswith(known) for known in matter.called.people)
        )
        owned = (matter.code for matter in context.matters if may_be_of(person, matter.called, _owner(matter)))
        yield called or frozenset(owned)


def _mine(context: Context, said: str) -> frozenset[str]:
    """说的是他自己那件：钱是他花的、没用别人称呼叫过的几件。"""
    if _MINE.search(said) is None:
        return frozenset()
    own = (matter for matter in context.matters if _owner(matter) == "self" and not matter.called.people)
    return frozenset(matter.code for matter in own)


def addressed(context: Context, utterance: Utterance) -> tuple[Context, Utterance, Meant]:
    """只留下话里说的那一件，先前等着别件回话的不算；命令、另说一件的、正问答着的照旧。"""
    if len(context.matters) < _SEVERAL or context.is_command:
        return context, utterance, NOT_SAID
    if (named := _by_code(context, utterance)) is not None:
        matter, rest = named
        awaits = context.awaits if case_of(context.awaits) == matter.code else None
        return replace(context, matters=(matter,), awaits=awaits, open_question=None), rest, Meant(matter)
    if context.open_question is not None or utterance.is_bare or says_more_than_one(utterance):
        return context, utterance, NOT_SAID
    found = meant(context, utterance)
    if found.matter is None or found.is_faint:
        return context, utterance, found
    waits_for = case_of(context.awaits)
    awaits = context.awaits if waits_for in (None, found.matter.code) else None
    if isinstance(awaits, PickCase) and found.matter.code not in awaits.codes:
        awaits = None
    rest = utterance if _owner(found.matter) == "self" else Utterance(without_people(utterance.raw))
    return replace(context, matters=(found.matter,), awaits=awaits), rest, found


def says_more_than_one(utterance: Utterance) -> bool:
    """说的是几件一起，或另外一件。"""
    text = utterance.text
    return says_another(utterance) or any(word in text for word in (*_SPOKEN.both, *_SPOKEN.another_order))


def _by_code(context: Context, utterance: Utterance) -> tuple[OpenMatter, Utterance] | None:
    """“K7Q2 商家昨天同意了”：写明了是哪件案件；没有多说什么的、命令照旧。"""
    said = utterance.raw.upper()
    named = [matter for matter in context.matters if matter.code in said and not _is_denied(matter.code, said)]
    if len(named) != 1:
        return None
    rest = _NOT_THAT_CASE.sub(" ", utterance.raw)
    place = rest.upper().index(named[0].code)
    rest = f"{rest[:place].rstrip(_LEADING)} {rest[place + len(named[0].code) :]}".strip()
    if len(rest) < _SAYS_SOMETHING or parse_command(utterance.text, context.book.command_words) is not None:
        return None
    return named[0], Utterance(rest)


def _is_denied(code: str, said: str) -> bool:
    """“不是M4XW 是K7Q2”：前面那件不是。"""
    return f"不是{code}" in said.replace(" ", "")


def asked_which(context: Context, reading: Reading, found: Meant) -> Reading:
    """只凭一个数、说的又不是听成的那件的：把两件列出来问。"""
    if not found.is_faint or found.matter is None:
        return reading
    report = reading.first
    if isinstance(report, Offered):
        report = _as_report(context, report)
    if not isinstance(report, Reported) or report.cases or report.exact or report.case == found.matter.code:
        return reading
    asked = replace(report, cases=(found.matter.code, report.case), earlier=(), then="")
    return replace(reading, intents=(asked, *reading.intents[1:]), band=Band.CONFIRM)


def _as_report(context: Context, offer: Offered) -> Reported | None:
    """对方出的数：先问是哪一件，再记是哪件进展。"""
    matter = next((matter for matter in context.matters if matter.code == offer.case), None)
    event = event_of_offer(matter, ruled=offer.ruled) if matter is not None else None
    return None if event is None else Reported(offer.case, event, None, offer.said, sure=False)


def on_that_case(reading: Reading, about: str | None) -> Reading:
    """“打赏那边完事了 结案吧”：说了是哪一件，又要结案、看材料的，就是那一件的。"""
    command = reading.first
    if about is None or not isinstance(command, Command) or command.command.argument:
        return reading
    if command.command.name not in _ON_CASE:
        return reading
    named = replace(command.command, argument=about)
    return replace(reading, intents=(Command(named), *reading.intents[1:]))


def _owner(matter: OpenMatter) -> Owner:
    """访谈里答的：钱是谁花的。"""
    return owner_of(matter.scenario, matter.answers)
