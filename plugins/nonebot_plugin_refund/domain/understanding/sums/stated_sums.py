"""问过“一共要多少”之后，用一句话说的那个数：可以加几项，可以先说个大概再说准。"""

import re
from decimal import Decimal

from ..writing.pieces import pieces_of
from ..writing.text import normalise
from .amounts import amounts_in, parse_amount

_ADDED = re.compile(
    r"[0-9][0-9.]{0,8}(?:块|元)?(?:\s?(?:加上?|\+|再加|和)(?!起来|一起|到一起|在一起|一块)\s?[^0-9,，。加+]{0,6}[0-9][0-9.]{0,8}(?:块|元)?)+"
)
_DIGITS = re.compile(r"(?<![0-9.])[0-9]{2,7}(?:\.[0-9]{1,2})?(?![0-9.])(?!\s?(?:年|月|号|日|天|点|个|次|节|岁|%))")
_THEY_PAY = re.compile(
    r"(?:他|她|它|商家|卖家|老板|对方|平台|店家?|客服|机构|老师|人家|快手)们?[^,，。我]{0,6}(?:给|退|肯|愿|出|赔|补|答应|同意)"
)
_CAME = re.compile(r"到账|到了|收到了|已经退|退回来|打给我了|退我了|转我了")


_MEANT = re.compile(r"(?<![不而可])(?:改成|改为|改到|应该是|应是|其实是|是)\s?(?P<sum>[^是改]{1,12})$")


_RATHER = re.compile(
    r"(?:是|要|为)\s?(?P<sum>[0-9一二三四五六七八九两十百千万][^是改要]{0,11}?)[,\s]{0,2}(?:而|可)?不是\s?[0-9一二三四五六七八九两]"
)
"""“我要的是459 不是229”：前面那个才对。"""


def corrected_sum(text: str) -> Decimal | None:
    """说钱数记错了，对的是多少，元：“价格记错了 不是3680 是3860”；没说在改钱数、说了几个对的为空。"""
    if _says_several(text):
        return None
    rather = _RATHER.search(normalise(text))
    meant = parse_amount(rather["sum"]) if rather is not None else None
    if meant is not None and meant.value is not None and meant.value > 0:
        return Decimal(str(meant.value))
    for piece in reversed(pieces_of(text)):
        match = _MEANT.search(piece)
        parsed = parse_amount(match["sum"]) if match is not None else None
        if parsed is not None and parsed.value is not None and parsed.value > 0:
            return Decimal(str(parsed.value))
    return None


def _says_several(text: str) -> bool:
    """去掉说不对的那个，还有两个不一样的，又不是几项和一个合计：“是15号五千 1月15号三千”。"""
    left = {value for _, _, value in amounts_in(_DENIED.sub(" ", normalise(text)))[1]}
    return len(left) > 1 and not any(value * 2 == sum(left) for value in left)


_DENIED = re.compile(
    r"不是\s?(?P<sum>[0-9一二三四五六七八九两十百千万][0-9.一二三四五六七八九两十百千万]{0,9}+(?![月号日])(?:块钱?|元)?)"
)


def denied_sum(text: str) -> Decimal | None:
    """说不对的那个数，元：“是300 不是1280”里的 1280；没说、说了几个的为空。"""
    denied = {match["sum"] for match in _DENIED.finditer(normalise(text))}
    parsed = parse_amount(denied.pop()) if len(denied) == 1 else None
    return None if parsed is None or parsed.value is None else Decimal(str(parsed.value))


def added_sum(said: str) -> Decimal | None:
    """“1944加6780”加起来的数，元；没有这样加、说的是对方给的或已经到的为空。``said`` 要先经过 ``normalise``。"""
    added = _ADDED.search(said)
    if added is None or _THEY_PAY.search(said) is not None or _CAME.search(said) is not None:
        return None
    return sum((Decimal(number.strip(".")) for number in re.findall(r"[0-9][0-9.]*", added[0])), Decimal())


def stated_sum(text: str) -> Decimal | None:
    """他要的数，元；说的是对方肯给的、已经到的，或说不准的为空。"""
    said = normalise(text)
    if _THEY_PAY.search(said) is not None or _CAME.search(said) is not None:
        return None
    added = _ADDED.search(said)
    if added is not None:
        return sum((Decimal(number.strip(".")) for number in re.findall(r"[0-9][0-9.]*", added[0])), Decimal())
    parsed = parse_amount(said)
    if parsed is not None and parsed.value is not None:
        return Decimal(str(parsed.value))
    written = [Decimal(number) for number in _DIGITS.findall(said)]
    whole = next((number for number in written if number * 2 == sum(written)), None)
    if whole is not None and len(written) > 2:
        return whole
    return written[-1] if len(set(written)) == 1 else None
