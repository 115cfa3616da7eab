"""对方肯给的数：一半、七成、70%、三万、20 块，或“七八千”“300 到 500”这样的范围。"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .amounts import parse_amount
from .numerals import read_number

_DIGIT = "一二两三四五六七八九"
_SHARE = (
    rf"百分之[一二三四五六七八九十]{{1,4}}|[0-9]{{1,3}}(?:\.[0-9])?\s?%|[{_DIGIT}]成半?|[0-9]成|(?<![大小])一半|对半"
    r"|三分之[一二]|四分之[一三]"
)
_RANGE = (
    rf"[{_DIGIT}][{_DIGIT}][十百千万](?:元|块)?"
    r"|[0-9][0-9.]{0,8}[百千万]?\s?(?:元|块)?(?:到|至|~|-)[0-9][0-9.]{0,8}[百千万]?\s?(?:元|块)?"
    r"(?![0-9.]|\s?(?:个?(?:工作日|小时|钟头|星期|礼拜|月)|[天日号周点岁年次]|分钟))"
)
_JIAO = rf"块[0-9{_DIGIT}](?:毛|角)?(?![0-9零{_DIGIT}十百千万年月天日号个次分节折件单笔.])"
"""“五十七块九”后面的那个九是角。"""
_SUM = (
    rf"[0-9][0-9,.]{{0,11}}\s?(?:{_JIAO}|元|块|万|千)|[一二两三四五六七八九十百千万]{{1,7}}(?:{_JIAO}|元|块)"
    r"|[一二两三四五六七八九十百]{1,4}[万千百][一二三四五六七八九]?(?![分年月天次])"
)
SUM_WRITTEN = f"{_SHARE}|{_RANGE}|{_SUM}"
"""写明了是几成、或写了单位的数；光一个数可能是日期、次数。"""
_IN_SUMS = frozenset(f"0123456789{_DIGIT}十百千万半")
"""每个数里至少有一个的字。"""
_SHARES = {
    "一半": Decimal("0.5"),
    "对半": Decimal("0.5"),
    "三分之一": Decimal(1) / 3,
    "三分之二": Decimal(2) / 3,
    "四分之一": Decimal("0.25"),
    "四分之三": Decimal("0.75"),
}
_NEIGHBOURS = re.compile(rf"(?P<low>[{_DIGIT}])(?P<high>[{_DIGIT}])(?P<size>[十百千万])(?:元|块)?")
_BETWEEN = re.compile(
    r"(?P<low>[0-9][0-9.]{0,8})(?P<low_size>[百千万]?)\s?(?:元|块)?(?:到|至|~|-)"
    r"(?P<high>[0-9][0-9.]{0,8})(?P<size>[百千万]?)\s?(?:元|块)?"
)


_HOTLINE = re.compile(
    r"(?<![0-9.,])(?:12315|12345|12348|12368|12338|12355|12356|12377|12378|96110)(?![0-9.]|\s?(?:元|块))"
)
_SAID_SHARE = re.compile(rf"(?<![不而可])是\s?(?:退|给|赔|返)?\s?(?P<share>{_SHARE})(?:的|了|啊|呢)?$")


@dataclass(frozen=True, slots=True)
class OfferedSum:
    """对方肯给的数：从多少到多少。"""

    low: Decimal
    high: Decimal
    is_share: bool = False
    """说的是要的数的几成，0 到 1；否则是元。"""


def may_have_sum(said: str) -> bool:
    """有没有可能写着 :data:`SUM_WRITTEN` 这样的数、或光一个数：一个数字也没有的不必细看。"""
    return not _IN_SUMS.isdisjoint(said)


def without_hotlines(said: str) -> str:
    """去掉 12315 这样的电话号码：它们不是钱数。``said`` 是统一过写法的。"""
    return _HOTLINE.sub("热线", said)


def corrected_share(pieces: Iterable[str]) -> OfferedSum | None:
    """“不是30 是50%”：改口说的是几成；没有这样说为空。``pieces`` 是一截一截、统一过写法的话。"""
    found = [match["share"] for piece in pieces if (match := _SAID_SHARE.search(piece)) is not None]
    return read_offered(found[-1]) if found else None


def added(one: OfferedSum, more: OfferedSum | None) -> OfferedSum:
    """两个数加起来；后一个没读出来、说的是几成的，还是前一个。"""
    if more is None or more.is_share or one.is_share:
        return one
    return OfferedSum(one.low + more.low, one.high + more.high)


def read_offered(written: str) -> OfferedSum | None:
    """读一个数目（只有数目本身，统一写法）；读不出、超过十成的为空。"""
    said = written.replace(" ", "")
    share = _share(said)
    if share is not None:
        return OfferedSum(share, share, is_share=True) if 0 < share <= 1 else None
    if (match := _NEIGHBOURS.fullmatch(said)) is not None:
        return _ordered(read_number(match["low"] + match["size"]), read_number(match["high"] + match["size"]))
    if (match := _BETWEEN.fullmatch(said)) is not None:
        size = match["size"]
        low = read_number(match["low"] + (match["low_size"] or size))
        return _ordered(low, read_number(match["high"] + size))
    parsed = parse_amount(said if said[-1] == "元" or "块" in said else f"{said}元")
    if parsed is None or parsed.value is None or parsed.value <= 0:
        return None
    value = Decimal(str(parsed.value))
    return OfferedSum(value, value)


def _ordered(low: Decimal | None, high: Decimal | None) -> OfferedSum | None:
    return OfferedSum(low, high) if low is not None and high is not None and 0 < low < high else None


def _share(said: str) -> Decimal | None:
    """几成；说的不是几成为空。"""
    if said in _SHARES:
        return _SHARES[said]
    if said.endswith("%"):
        return Decimal(said[:-1]) / 100
    if said.startswith("百分之"):
        percent = read_number(said.removeprefix("百分之"))
        return None if percent is None else percent / 100
    if "成" in said:
        tenths = read_number(said[0])
        half = Decimal("0.5") if said.endswith("半") else Decimal(0)
        return None if tenths is None else (tenths + half) / 10
    return None
