"""记账：记下一笔笔，问一次生日来分段（不存），说清各份找谁要、到哪天。"""

from collections.abc import Sequence
from datetime import date

from ....domain.days.calendar import SHANGHAI
from ....domain.ledger.entries import MOST_ENTRIES, Entry
from ....domain.ledger.parts import age_of
from ....domain.ledger.said import read_birthday, read_entries, with_ages
from ....domain.understanding.writing.text import bare
from ....render.texts.ledger_text import noted_message, parts_messages
from ....rulebook.money_models.ledger_models import load_ledger
from ....storage.case import cases
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading.awaits import AskBirthday, AskPayments
from ..case_state import OpenedCase, opened


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """这件的账；还没有的，请他报。"""
    ledger, code = load_ledger(), case.record.code
    if case.edition.scenario.id not in ledger.scenarios:
        return replies(ledger.messages.not_here.format(code=code))
    entries = entries_of(case)
    await prompts.ask(turn, AskPayments(case=code))
    if not entries:
        return replies(f"{ledger.messages.nothing.format(code=code)}{ledger.messages.ask}")
    return replies(*parts_messages(ledger, entries))


async def add(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """记下话里的每一笔；一笔也没有返回空。"""
    ledger, code = load_ledger(), case.record.code
    if case.edition.scenario.id not in ledger.scenarios:
        return replies(ledger.messages.not_here.format(code=code))
    listed = read_entries(said, ledger, _today(turn))
    if not listed.entries:
        return []
    before = entries_of(case)
    entries = (*before, *listed.entries)[:MOST_ENTRIES]
    added = len(entries) - len(before)
    turn.changed("amount", f"记了 {added} 笔账", case.record.id)
    await _keep(turn, case, entries)
    full = ledger.messages.full if added < len(listed.entries) else ""
    noted = noted_message(ledger, code, added, entries, listed.dropped)
    is_childs = any(answer.value in ledger.children for answer in case.answers.values())
    if not is_childs or all(entry.first is None for entry in entries):
        await prompts.done(turn)
        return replies("\n".join(part for part in (noted, full, ledger.messages.next) if part))
    await prompts.ask(turn, AskBirthday(case=code))
    return replies("\n".join(part for part in (noted, full, ledger.messages.ask_birthday) if part))


async def hear_birthday(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """回了生日：每一笔归到哪一段记下，生日不留；不想说的不分段。"""
    ledger, entries = load_ledger(), entries_of(case)
    await prompts.done(turn)
    if bare(said) in ledger.skip:
        return replies(*parts_messages(ledger, entries, ledger.messages.skipped))
    born = read_birthday(said, _today(turn))
    if born is None:
        return replies(ledger.messages.not_a_day)
    aged = with_ages(entries, [age_of(born, entry).value for entry in entries])
    turn.changed("amount", "账分了段", case.record.id)
    await _keep(turn, case, aged)
    return replies(*parts_messages(ledger, aged))


def entries_of(case: OpenedCase) -> tuple[Entry, ...]:
    """记着的每一笔。"""
    return tuple(Entry.from_plain(plain) for plain in case.record.ledger)


async def _keep(turn: Turn, case: OpenedCase, entries: Sequence[Entry]) -> OpenedCase:
    plain = [entry.to_plain() for entry in entries]
    return opened(await cases.save(turn.session, case.record, turn.now, ledger=plain), case.edition)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(SHANGHAI).date()
