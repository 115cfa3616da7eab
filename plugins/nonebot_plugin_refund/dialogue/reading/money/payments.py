"""报账：“这几笔：5月 8500 苹果，6月 6200”，或贴来的几行账单。"""

from ....domain.days.calendar import SHANGHAI
from ....domain.ledger.by_channel import by_channel
from ....domain.ledger.entries import Entry
from ....domain.ledger.said import read_birthday, read_entries
from ....rulebook.money_models.ledger_models import load_ledger
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..utterance import Utterance

_SEVERAL = 2
"""没说是在报账的，要有这么多笔都写了日子和钱数，或都说了怎么付的。"""


def read_payments(context: Context, utterance: Utterance) -> Reading | None:
    """名下有要记账的案件，说的是一笔笔的账；正问着题的不算。"""
    matter = _with_ledger(context)
    if matter is None or context.open_question is not None or utterance.asks:
        return None
    ledger = load_ledger()
    entries = _entries_in(utterance, context)
    dated = [entry for entry in entries if entry.first is not None]
    by_ways = by_channel(entries, utterance.text)
    announced = bool(dated or by_ways) and utterance.text.startswith(ledger.openings)
    if not announced and len(by_ways) < _SEVERAL:
        if len(dated) < _SEVERAL or len(dated) < len(entries):
            return None
        if any(word in utterance.text for word in ledger.not_payments):
            return None
    return Reading((intents.PaymentsListed(matter.code, utterance.raw),), Band.RECORD, 0.9, (f"{len(entries)} 笔账",))


def has_entries(utterance: Utterance, context: Context) -> bool:
    """请他报账之后，话里有没有一笔。"""
    found = _entries_in(utterance, context)
    return not utterance.asks and (any(entry.first for entry in found) or bool(by_channel(found, utterance.text)))


def _entries_in(utterance: Utterance, context: Context) -> tuple[Entry, ...]:
    today = context.now.astimezone(SHANGHAI).date()
    return read_entries(utterance.raw, load_ledger(), today).entries


def is_birthday(utterance: Utterance, context: Context) -> bool:
    """问过生日之后，回的是一个日子，或不想说。"""
    if utterance.word in load_ledger().skip:
        return True
    return read_birthday(utterance.text, context.now.astimezone(SHANGHAI).date()) is not None


def _with_ledger(context: Context) -> OpenMatter | None:
    known = load_ledger().scenarios
    return next((matter for matter in context.matters if matter.scenario.id in known), None)
