"""出价：对方说只退多少。数目听准了才算；是不是接受，由本人另说。"""

import re

from ...domain.case_routes import known_events
from ...domain.understanding.amounts import parse_amount
from ...domain.understanding.moods import Mood
from . import intents
from .context import Context, OpenMatter
from .intents import Band, Intent, Reading
from .topics import asked_beside
from .utterance import Utterance

_SUM_WRITTEN = (
    r"百分之[一二三四五六七八九十]{1,4}|[0-9]{1,3}(?:\.[0-9])?\s?%|[一二三四五六七八九]成半?|[0-9]成|一半|三分之[一二]"
    r"|[0-9][0-9,.]{0,11}\s?(?:元|块|万|千)|[一二两三四五六七八九十百千万]{1,7}(?:元|块)|[一二两三四五六七八九十百]{1,4}[万千百][一二三四五六七八九]?(?![分年月天次])"
)
"""数目的写法：一半、七成、70%、三万、20 块。"""
_OFFER = re.compile(
    r"(?:只|最多|顶多|愿意|同意|答应|可以|能|肯|提出|说|给我?)[^,。;]{0,8}?(?:退|赔|补|还|返|给)[^,。;]{0,6}?"
    r"(?P<sum>" + _SUM_WRITTEN + r"|[0-9][0-9,.]{0,11})"
)
_SUM = re.compile(_SUM_WRITTEN)
"""写明了单位的数目；光一个数可能是日期、次数。"""
_SHARES = {"一半": 0.5, "三分之一": 1 / 3, "三分之二": 2 / 3}
_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九", start=1)}
_EVENTS = ("offered-part", "platform-partly")
"""说的是出价的事件。"""
_NOT_OFFERED = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY, Mood.PLAN})


def read_offer(context: Context, utterance: Utterance) -> Reading | None:
    """“快手说只退 70%”“商家只肯退 20 块”。"""
    for clause in utterance.clauses:
        match = _OFFER.search(clause.text) if clause.mood not in _NOT_OFFERED else None
        if match is None:
            continue
        matter = _matter_with_offers(context)
        amount, share = _sum(match["sum"])
        if matter is None or (amount is None and share is None):
            return None
        offer = intents.Offered(matter.code, amount, share, utterance.raw)
        asked = (intents.Asked(asked_beside(context, utterance), utterance.raw),) if utterance.asks else ()
        return Reading((offer, *asked), Band.CONFIRM, 0.8, (f"出价“{match['sum']}”",))
    return None


def any_offer(context: Context, utterance: Utterance) -> Intent | None:
    """已经知道是对方出了价的：数目能听出来就带上；这些案件都没有出价这回事的为空。"""
    matter = _matter_with_offers(context)
    if matter is None:
        return None
    written = _SUM.search(utterance.text)
    amount, share = (None, None) if written is None else _sum(written[0])
    return intents.Offered(matter.code, amount, share, utterance.raw)


def event_of_offer(matter: OpenMatter) -> str | None:
    """这件案件里，出价记成哪件事；没有为空。"""
    known = {event.id for event in known_events(matter.scenario, matter.position)}
    return next((event for event in _EVENTS if event in known), None)


def _matter_with_offers(context: Context) -> OpenMatter | None:
    return next((matter for matter in context.matters if event_of_offer(matter) is not None), None)


def _sum(written: str) -> tuple[float | None, float | None]:
    """数目：多少元，或占多少。"""
    said = written.replace(" ", "")
    if said in _SHARES:
        return None, _SHARES[said]
    if said.endswith("%"):
        return None, float(said[:-1]) / 100
    if "成" in said:
        digit = said[0]
        tenths = _DIGITS.get(digit) or (int(digit) if digit.isdigit() else 0)
        return (None, (tenths + (0.5 if said.endswith("半") else 0)) / 10) if tenths else (None, None)
    if said.startswith("百分之"):
        parsed = parse_amount(f"{said[3:]}元")
        return (None, float(parsed.value) / 100) if parsed is not None and parsed.value is not None else (None, None)
    parsed = parse_amount(said if said[-1] in "元块" else f"{said}元")
    return (float(parsed.value), None) if parsed is not None and parsed.value is not None else (None, None)
