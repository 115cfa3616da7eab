"""案件说过的钱数：记下、取出来比。"""

import re
from decimal import Decimal

from ....domain.case.case_amounts import (
    ARRIVED,
    ASKED_CLAIMED,
    CLAIMED,
    DEALT,
    OFFERED_AT,
    OFFERED_HIGH,
    OFFERED_LOW,
    Comparison,
    claimed_amount,
    compared,
    read_amount,
    stored,
)
from ....domain.ledger.entries import Entry
from ....domain.ledger.parts import total_of
from ....domain.understanding.sums.amounts import amounts_in, parse_amount
from ....domain.understanding.sums.moved_sums import came_sum, is_an_instalment, renounces_rest
from ....domain.understanding.sums.offered_sums import OfferedSum, read_offered
from ....domain.understanding.writing.listed_words import either
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case import cases
from ...base.turn import Turn
from ..case_state import OpenedCase, opened

_SHARE = "offered_share"
"""对方说的是几成的，记着是几成：要的数改了，跟着变。"""
ACCEPTED = "accepted-part"
BROKEN = "broken"
"""说好了又反悔：答应过的数不再算。"""
_STILL_OWED = re.compile(r"还差|还少|还欠|还剩|还有")
"""前面说到了多少，后面说还差多少。"""
_CAME = re.compile(r"到[了勒啦咯]|到的|退回|到账|收到|退了|打过来|转过来|进账|入账")
_NOT_YET = re.compile(r"没|还差|还少|过两天|说")
_MISSING = re.compile(r"(?:少|差|扣)(?:了|退了?|给了?|我)?\s?(?=[0-9零一二两三四五六七八九十百千])")
"""“少了十五”“还差八千八”：数说的是没到的。"""


async def remember(turn: Turn, case: OpenedCase, **amounts: Decimal | bool | None) -> OpenedCase:
    """记下几个数；``None`` 是去掉。"""
    kept = dict(case.record.amounts)
    for name, value in amounts.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = stored(value) if isinstance(value, Decimal) else value
    if kept == case.record.amounts:
        return case
    return opened(await cases.save(turn.session, case.record, turn.now, amounts=kept), case.edition)


async def remember_offer(turn: Turn, case: OpenedCase, offered: OfferedSum) -> OpenedCase:
    """记下对方肯给的数。"""
    if offered.is_share:
        changed = await remember(turn, case, **{OFFERED_LOW: None, OFFERED_HIGH: None, DEALT: None})
        kept = {**changed.record.amounts, _SHARE: str(offered.low)}
        return opened(await cases.save(turn.session, changed.record, turn.now, amounts=kept), case.edition)
    return await remember(
        turn, case, **{OFFERED_LOW: offered.low, OFFERED_HIGH: offered.high, _SHARE: None, DEALT: None}
    )


async def note_offered_at(turn: Turn, case: OpenedCase) -> OpenedCase:
    """在别的阶段里出的数：记下是这一刻，过几天来问。"""
    kept = {**case.record.amounts, OFFERED_AT: turn.now.isoformat()}
    return opened(await cases.save(turn.session, case.record, turn.now, amounts=kept), case.edition)


async def forget_offer(turn: Turn, case: OpenedCase) -> OpenedCase:
    """不是对方出的价：去掉。"""
    return await remember(
        turn, case, **{OFFERED_LOW: None, OFFERED_HIGH: None, _SHARE: None, DEALT: None, ASKED_CLAIMED: None}
    )


def offer_of(case: OpenedCase) -> OfferedSum | None:
    """记着的对方肯给的数；没有为空。"""
    amounts = case.record.amounts
    share = amounts.get(_SHARE)
    if isinstance(share, str):
        return OfferedSum(Decimal(share), Decimal(share), is_share=True)
    low, high = read_amount(amounts, OFFERED_LOW), read_amount(amounts, OFFERED_HIGH)
    return OfferedSum(low, high) if low is not None and high is not None else None


def claimed_of(case: OpenedCase) -> Decimal | None:
    """要的是多少：后来说的算数，其次是记的账合计，再次是访谈里答的；不知道为空。"""
    said = read_amount(case.record.amounts, CLAIMED)
    if said is None and case.record.ledger:
        return total_of([Entry.from_plain(plain) for plain in case.record.ledger])
    return claimed_amount(case.edition.scenario, case.answers, case.record.amounts)


def comparison_of(case: OpenedCase) -> Comparison | None:
    """记着的出价和要的一比；缺一样为空。"""
    offered, claimed = offer_of(case), claimed_of(case)
    return None if offered is None or claimed is None else compared(offered, claimed)


async def expected(turn: Turn, case: OpenedCase) -> Decimal | None:
    """该到多少才算到齐：接受了对方的数就是那个数，否则是要的数。"""
    offer, claimed = offer_of(case), claimed_of(case)
    if offer is None or (claimed is None and offer.is_share):
        return claimed
    walked = {event.event_id for event in await cases.events(turn.session, case.record)}
    if ACCEPTED not in walked and (not case.record.amounts.get(DEALT) or BROKEN in walked):
        return claimed
    return offer.low if claimed is None else min(compared(offer, claimed).low, claimed)


def arrived_before(case: OpenedCase) -> Decimal:
    """先前说过到了多少；没说过是零。"""
    return read_amount(case.record.amounts, ARRIVED) or Decimal()


def due_of(case: OpenedCase) -> Decimal | None:
    """还要退多少：要的减去已经到了的；不知道要多少、都到了的为空。"""
    claimed = claimed_of(case)
    left = None if claimed is None else claimed - arrived_before(case)
    return left if left is not None and left > 0 else None


def arrived_in(text: str, expected: Decimal | None) -> Decimal | None:
    """话里说的到了多少；说的是少了多少的，从该到的里减，不知道该到多少的为空。"""
    text = _NOT_CAME.sub(" ", _NOTHING_SHORT.sub(" ", normalise(text)))
    said = sum_in(text)
    if said is None:
        return came_in(text) or sum_in(_STILL_OWED.split(text)[0]) or _plainly_came(text)
    if _MISSING.search(text) is None:
        return said
    if (came := _plainly_came(text)) is not None:
        return came  # “就退了620块 还扣我80折旧费”：扣的、少的另是一个数
    return expected - said if expected is not None and expected > said else None


def says_all_came(text: str) -> bool:
    """“一分没少”“全数退了”：没说数，说的是到齐了。"""
    return _NOTHING_SHORT.search(normalise(text)) is not None


def _plainly_came(text: str) -> Decimal | None:
    """说已经到了的那个数；说的是几成的为空。"""
    written = came_sum(text)
    read = read_offered(written) if written else None
    return None if read is None or read.is_share or read.low != read.high else read.low


def came_in(text: str) -> Decimal | None:
    """说了几个数的，只有一截说的是到了：“全退999 今天799到了 定金200还没到”。"""
    written = [Decimal(str(value)) for _, _, value in amounts_in(text)[1]]
    whole = next((value for value in written if value * 2 == sum(written)), None)
    if whole is not None and len(written) > 2:
        return whole
    came = [piece for piece in pieces_of(text) if _CAME.search(piece) and not _NOT_YET.search(piece)]
    sums = {value for piece in came if (value := sum_in(piece)) is not None}
    return sums.pop() if len(sums) == 1 else None


_SHORT = re.compile(
    r"(?:还)?(?:少|差)(?:了|退了?|给了?|我)?\s?(?P<sum>[0-9][0-9.,]{0,9}|[零一二两三四五六七八九十百千万]{1,8})(?![0-9个天月日号点])"
)


def short_in(text: str) -> Decimal | None:
    """“少58”“还差三百”：差的那个数；没说为空。"""
    match = _SHORT.search(normalise(text))
    return None if match is None else sum_in(f"{match['sum']}元")


_NOTHING_SHORT = re.compile(either(load_spoken().money.nothing_short))
"""“八千六一分没少”：说的是到齐了，不是另一个数。"""
_NOT_CAME = re.compile(
    r"[0-9][0-9.,]{0,11}\s?[块元]?钱?(?:还|都|也|就|一直|死活){0,2}(?:没|不|未)(?:有)?(?:给|到|退|付|打|收|肯)"
)
"""“796已经到了 398没给”：没给的那个数。"""


def sum_in(text: str) -> Decimal | None:
    """话里说的一个数，元；没说、说不准的为空。"""
    parsed = parse_amount(text)
    return None if parsed is None or parsed.value is None else Decimal(str(parsed.value))


def says_came(said: str) -> bool:
    """话里说钱到了、收到了，不是在问。"""
    text = normalise(said)
    return _CAME.search(text) is not None and "吗" not in text


def says_settled(said: str) -> bool:
    """话里说就这样了、不追了、剩下的不要了。"""
    return renounces_rest(said) or any(word in normalise(said) for word in load_spoken().settled)


def more_to_come(said: str) -> bool:
    """话里说还差、还有没到的：不是就此了结。"""
    return any(word in normalise(said) for word in load_spoken().not_all)


def adds_to(said: str, before: Decimal) -> bool:
    """说的是又到的一笔（“剩下的也到了”“后面补的58到了”），没说是一共：和先前到的加起来。"""
    spoken, text = load_spoken(), normalise(said)
    if any(word in text for word in spoken.another_part):
        return True
    later = before > 0 and (is_an_instalment(text) or any(word in text for word in spoken.money.added_later))
    return later and not any(word in text for word in spoken.totals)


def is_another_part(said: str, before: Decimal, arrived: Decimal, expected: Decimal | None) -> bool:
    """先前到过一笔，这次又说到了一个不同的数，没说是一共：又到了一笔，加起来也不超过该到的。"""
    if before <= 0 or arrived == before or expected is None or before + arrived > expected:
        return False
    return not any(word in normalise(said) for word in load_spoken().totals)
