"""记了哪些账、分成哪几份、各找谁要、到哪天。"""

from collections.abc import Sequence

from ...domain.ledger.entries import Entry
from ...domain.ledger.parts import Part, parts_of, total_of
from ...rulebook.money_models.ledger_models import Ledger
from .offer_text import packed, yuan

_MOST_PARTS = 8
_MOST_MESSAGES = 6


def noted_message(ledger: Ledger, code: str, added: int, entries: Sequence[Entry], dropped: int) -> str:
    """记下了几笔、现在一共多少。"""
    messages = ledger.messages
    lines = [messages.noted.format(count=added, code=code, all=len(entries), total=yuan(total_of(entries)))]
    if dropped:
        lines.append(messages.dropped.format(count=dropped))
    return "\n".join(lines)


def parts_messages(ledger: Ledger, entries: Sequence[Entry], first: str = "") -> list[str]:
    """每一份：多少、怎样要、找谁、到哪天；太多的只列前几份。"""
    parts = parts_of(entries)
    lines = [_part(ledger, number, part) for number, part in enumerate(parts[:_MOST_PARTS], start=1)]
    total = ledger.messages.total.format(total=yuan(total_of(entries)))
    return packed([*([first] if first else []), *lines, total, ledger.messages.next], _MOST_MESSAGES)


def part_facts(ledger: Ledger, entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """写进文书的各份：是哪一份、几笔多少。"""
    return tuple(
        (f"{_age(ledger, part)}，{_channel(ledger, part)}", f"{len(part.entries)} 笔 {yuan(part.total)}")
        for part in parts_of(entries)
    )


def entry_facts(ledger: Ledger, entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """写进文书的一笔笔：哪天、多少、怎么付的。"""
    titles = {channel.id: channel.title for channel in ledger.channels}
    ordered = sorted(entries, key=lambda entry: (entry.first is None, entry.first or entry.last))
    return tuple(
        (_when(entry), f"{yuan(entry.amount)}，{titles.get(entry.channel or '', ledger.messages.unknown_channel)}")
        for entry in ordered
    )


def _part(ledger: Ledger, number: int, part: Part) -> str:
    messages = ledger.messages
    addressees = {channel.id: channel.addressee for channel in ledger.channels}
    claims = {age.id: age.claim for age in ledger.ages}
    sue_by = part.sue_by
    return messages.part.format(
        number=number,
        age=_age(ledger, part),
        channel=_channel(ledger, part),
        payee=messages.payee.format(payee=part.payee) if part.payee else "",
        count=len(part.entries),
        total=yuan(part.total),
        claim=claims[part.age.value],
        addressee=addressees.get(part.channel or "", messages.unknown_addressee),
        sue_by="" if sue_by is None else messages.sue_by.format(day=f"{sue_by.year}年{sue_by.month}月{sue_by.day}日"),
    )


def _age(ledger: Ledger, part: Part) -> str:
    return next(age.title for age in ledger.ages if age.id == part.age.value)


def _channel(ledger: Ledger, part: Part) -> str:
    titles = {channel.id: channel.title for channel in ledger.channels}
    return titles.get(part.channel or "", ledger.messages.unknown_channel)


def _when(entry: Entry) -> str:
    if entry.first is None:
        return "日子不详"
    if entry.first == entry.last:
        return f"{entry.first.year}年{entry.first.month}月{entry.first.day}日"
    return f"{entry.first.year}年{entry.first.month}月"
