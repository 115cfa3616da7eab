"""说起一件事的那句话：里面已经答了的先记下，说了的日子、另一件事到时候再提。"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ...domain.case.heard.called import CALLED, Called, called_in, pointed_at
from ...domain.days.calendar import SHANGHAI
from ...domain.hearing.beside.likely_options import likely_options
from ...domain.hearing.hearing import Listener
from ...domain.hearing.values.told_values import values_in
from ...domain.interview.answers import answers_to_plain
from ...domain.interview.dialogue import KEPT, KeptMatter, kept_in
from ...domain.interview.early import EarlyOffer
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import QuestionKind
from ..base import prompts, wording
from ..base.turn import Reply, Turn, replies
from ..reading.awaits import NextMatter
from ..reading.before_verdict.early_offers import offer_told
from ..reading.before_verdict.filings import ToldAtFirst, told_at_first
from ..reading.utterance import Utterance


def listener_for(turn: Turn, edition: Edition, as_of: datetime) -> Listener:
    """听这个场景的访谈；``as_of`` 是“还在期限里吗”按哪一刻判断。"""
    return Listener(
        edition.scenario, turn.services.calendar, turn.said_at, as_of, turn.services.editions.rulebook.asides
    )


def sole_day(turn: Turn, said: str) -> date | None:
    """话里说了的唯一一个过去的日子；没说、说了几个的为 ``None``。"""
    told_days = values_in(QuestionKind.DATE, said, turn.said_at)
    days = {told.value for told in told_days if _BIRTH.match(told.text, told.end) is None}
    day = date.fromisoformat(str(next(iter(days)))[:10]) if len(days) == 1 else None
    return day if day is not None and day <= turn.said_at.astimezone(SHANGHAI).date() else None


_BIRTH = re.compile(r"[^,。 ]{0,4}(?:生日|出生|生的)")
"""“5月2号过的8岁生日”：是生日，不是哪一笔的日子。"""


@dataclass(frozen=True, slots=True)
class Mentions:
    """说起一件事的那句话里提到、没有当作答案记下的：问到的时候提一句。"""

    said: str | None = None
    """说这件事的那一部分话；没说起、整句都是的为空。"""
    kept: tuple[KeptMatter, ...] = ()
    """同一句里还说到的另外几样货。"""
    day: date | None = None
    """唯一一个过去的日子。"""
    likely: Mapping[str, str] = field(default_factory=dict[str, str])
    """问题 id → 像是说到了的选项 id。"""
    offer: EarlyOffer | None = None
    """对方已经出过的数。"""
    early: ToldAtFirst | None = None
    """已经投诉、起诉了的。"""


NOTHING_MENTIONED = Mentions()


def mentioned_in(turn: Turn, edition: Edition, said: str) -> Mentions:
    """那句话里提到的。"""
    likely = likely_options(edition.scenario, said, turn.said_at)
    offer = offer_told(Utterance(said), turn.said_at)
    early = told_at_first(edition.scenario, said, turn.said_at)
    day = sole_day(turn, said if early is None else early.rest)
    return Mentions(day=day, likely=likely, said=said, offer=offer, early=early)


async def offer_later(turn: Turn, later: str | None, kept: Sequence[KeptMatter] = ()) -> list[Reply]:
    """他先前还说到另一件事、另外几样货：这件有了结论，问一句要不要接着看。"""
    if kept:
        first, *others = kept
        told = {**first.told, KEPT: [one.to_plain() for one in others]}
        await prompts.ask(turn, NextMatter(scenario=first.scenario, told=told))
        return replies(wording.LATER_GOODS.format(thing=first.thing))
    edition = turn.services.editions.current(later) if later is not None else None
    if later is None or edition is None:
        return []
    await prompts.ask(turn, NextMatter(scenario=later))
    return replies(wording.LATER_OFFER.format(title=edition.scenario.title))


def told_in(turn: Turn, edition: Edition, said: str) -> dict[str, Any]:
    """一句话里已经答了的答案，存得下的样子；原话不存。"""
    early = told_at_first(edition.scenario, said, turn.said_at)
    matter = early.rest if early is not None and early.rest else said
    return answers_to_plain(listener_for(turn, edition, turn.now).begin(matter)[1])


def called_by(turn: Turn, *told: Mapping[str, Any], said: str | None = None) -> dict[str, Any]:
    """这句话（给了 ``said`` 就是它）、和 ``told`` 里先前说的，靠什么叫这件事；存得下的样子，没有是空的。"""
    text = turn.incoming.text if said is None else said
    if text.strip().isdigit() or any(one.thing in text for before in told for one in kept_in(before)):
        text = ""  # 说的是另外几样货的，不拿来叫这件
    goods = turn.services.classifier.features(text)[0].get("goods")
    called = called_in(text, goods)
    pointed = pointed_at(text, goods) or (pointed_at(turn.incoming.text, goods) if told else "")
    for before in told:
        called = Called.from_plain(before.get(CALLED, {})) | called
    if pointed:
        called = replace(called, things=frozenset((pointed,)))
    plain = called.to_plain()
    return {CALLED: plain} if plain else {}
