"""不用说是什么、看样子就认得出的隐私数字：身份证号、手机号、座机、银行卡号，各种断开写法都算。

订单号、运单号也是长数字：前面写着“订单”“单号”的、样子不合的都放过。入参都是 ``normalise`` 过的话。
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum


class PrivateKind(StrEnum):
    """隐私数字的种类。"""

    IDENTITY_CARD = "identity-card"
    PHONE = "phone"
    BANK_CARD = "bank-card"
    VERIFICATION_CODE = "verification-code"
    PASSWORD = "password"
    DOCUMENT = "document"
    """护照、通行证、户口本、出生证上的号。"""
    ACCOUNT = "account"
    """微信号、QQ 号。"""


Span = tuple[int, int, PrivateKind]
"""从哪里到哪里（不含）是哪种隐私数字。"""

GAP = r"[ .·_/—–-]{1,3}"
"""一串数字中间断开的写法：空格、点、横线、斜杠，或横线两边带空格。"""

_ID_FORMS = (
    (18,),
    (17, 1),
    (6, 12),
    (6, 8, 4),
    (6, 8, 3, 1),
    (6, 4, 4, 4),
    (6, 4, 4, 3, 1),
    (6, 4, 2, 2, 4),
    (3, 3, 4, 4, 4),
    (3, 3, 8, 4),
    (4, 4, 4, 4, 2),
    (3,) * 6,
    (1,) * 18,
)
_OLD_ID_FORMS = ((15,), (6, 6, 3), (6, 2, 2, 2, 3), (3,) * 5, (5,) * 3, (1,) * 15)
_PHONE_FORMS = ((11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 8), (1,) * 11)
_CARD_FORMS: dict[int, tuple[tuple[int, ...], ...]] = {
    15: ((15,), (4, 4, 4, 3), (4, 6, 5), (4, 5, 6), (1,) * 15),
    16: ((16,), (4, 4, 4, 4), (6, 10), (1,) * 16),
    17: ((17,), (4, 4, 4, 4, 1), (1,) * 17),
    18: ((18,), (4, 4, 4, 4, 2), (1,) * 18),
    19: ((19,), (4, 4, 4, 4, 3), (6, 13), (1,) * 19),
}

_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
"""GB/T 2260 省级代码，身份证号的头两位。"""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKSUM = "10X98765432"
"""GB 11643-1999 校验码表。"""
_UNIONPAY = re.compile(r"62[1-8]")
"""国内银行卡几乎都以这些开头：连数错一位的也不放过。"""
_CARD_STARTS = ("3", "4", "5", "6", "955")
"""银行卡还会这样开头，要过 Luhn 校验才算。"""

_ORDER_BEFORE = re.compile(r"(?:订单|单号|运单|快递|流水|交易|编号|物流|工单)[^0-9]{0,8}$")
_ORDER_JUST_BEFORE = re.compile(r"(?:订单|单号|运单|编号|流水)(?:编?号|号码)?[^0-9]{0,3}$")
"""手机号只有紧跟在这些词后面才当订单号：“快递员电话138……”仍是手机号。"""
_LOOKED_BACK = 14
"""往前看几个字，够看到上面这些词。"""

HAN = "〇零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖"
"""写号码用的汉字。"""
CHINESE_DIGITS = str.maketrans(HAN, "001123456789123456789")
_LANDLINE = re.compile(
    r"(?<![0-9])\(?0(?:10|2[0-9]|[3-9][0-9]{2})(?:\) ?|[ -]{1,3})[1-9][0-9]{3}[ -]?[0-9]{3,4}(?![0-9])"
)
_ABROAD = re.compile(r"\+[1-9][0-9]{0,3}(?:[ -]?[0-9]){8,12}(?![0-9])")


def _pattern(forms: Sequence[tuple[int, ...]], *, before: str = "", last: str = "[0-9]") -> re.Pattern[str]:
    """位数相同的几种断法合成一个模式；``last`` 是最后一位能是什么。

    只往前看、不吃掉：一串数字里从哪一段起都可能是号码，前面几段不是，后面的照样要看。
    """
    written = "|".join(_written(form, last) for form in forms)
    return re.compile(rf"(?<![0-9])(?=(?P<whole>{before}(?P<digits>{written})(?![0-9])))")


def _written(form: tuple[int, ...], last: str) -> str:
    *firsts, size = form
    ending = (f"[0-9]{{{size - 1}}}" if size > 1 else "") + last
    if firsts and len(set(firsts)) == 1:  # 一样长的几段写成重复，编译快几倍
        return f"(?:[0-9]{{{firsts[0]}}}{GAP}){{{len(firsts)}}}{ending}"
    return GAP.join([*(f"[0-9]{{{first}}}" for first in firsts), ending])


_ID = _pattern(_ID_FORMS, last="[0-9xX]")
_OLD_ID = _pattern(_OLD_ID_FORMS)
_CARDS = tuple(_pattern(forms) for forms in _CARD_FORMS.values())
_PHONE = _pattern(_PHONE_FORMS, before=rf"(?:(?:\+|00)?86(?:{GAP})?|0)?")


def spans_by_shape(text: str) -> Iterator[Span]:
    """看样子就认得出的，可能互相重叠。"""
    for match in _ID.finditer(text):
        if _is_identity_card(_digits(match), _before(text, match)):
            yield *match.span("digits"), PrivateKind.IDENTITY_CARD
    for match in _OLD_ID.finditer(text):
        if _is_old_identity_card(_digits(match)) and not _ORDER_BEFORE.search(_before(text, match)):
            yield *match.span("digits"), PrivateKind.IDENTITY_CARD
    for pattern in _CARDS:
        for match in pattern.finditer(text):
            if is_bank_card(_digits(match)) and not _ORDER_BEFORE.search(_before(text, match)):
                yield *match.span("digits"), PrivateKind.BANK_CARD
    for match in _PHONE.finditer(text):
        if _is_mobile(match) and not _ORDER_JUST_BEFORE.search(_before(text, match)):
            yield *match.span("whole"), PrivateKind.PHONE
    for pattern in (_LANDLINE, _ABROAD):
        for match in pattern.finditer(text):
            yield *match.span(), PrivateKind.PHONE


def is_day(digits: str) -> bool:
    """八位数字是不是一个二十一世纪的日子，如 20261120。"""
    return len(digits) == 8 and digits.startswith("20") and _exists(digits)


def is_mobile_number(digits: str) -> bool:
    """这串数字是不是一个手机号，前面带不带 86 都算。"""
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    return len(digits) == 11 and digits[0] == "1" and digits[1] >= "3"


def is_identity_number(digits: str) -> bool:
    """这串数字是不是一个身份证号；末位是 X 的不在内。"""
    return (len(digits) == 18 and _has_identity_shape(digits)) or _is_old_identity_card(digits)


def comes_after_an_order(text: str, start: int) -> bool:
    """这里的一串数字，前面写着它是订单号、运单号。"""
    return _ORDER_BEFORE.search(text[max(0, start - _LOOKED_BACK) : start]) is not None


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"[^0-9xX]", "", match["digits"]).upper()


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _LOOKED_BACK) : match.start()]


def _is_mobile(match: re.Match[str]) -> bool:
    digits = _digits(match)
    amount_and_day = (
        len(match["digits"]) > 11 and match["digits"][3] not in "0123456789" and is_day(match["digits"][-8:])
    )
    return digits[0] == "1" and digits[1] >= "3" and not amount_and_day


def _is_identity_card(digits: str, before: str) -> bool:
    """样子对就算，校验位对不上的也算：记错、打错一位，仍是他的号。写着是订单号的，校验位也对才算。"""
    return _has_identity_shape(digits) and (_checksum_holds(digits) or not _ORDER_BEFORE.search(before))


def _has_identity_shape(digits: str) -> bool:
    return _PROVINCES.match(digits) is not None and digits[6:8] in ("18", "19", "20") and _exists(digits[6:14])


def _is_old_identity_card(digits: str) -> bool:
    """1999 年以前的十五位号：没有世纪，也没有校验位。"""
    return len(digits) == 15 and _PROVINCES.match(digits) is not None and _exists("19" + digits[6:12])


def _exists(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def is_bank_card(digits: str) -> bool:
    """这么长的一串数字是不是银行卡号。"""
    if _UNIONPAY.match(digits) and len(digits) in (16, 17, 18, 19):
        return True
    starts = digits.startswith(("34", "37")) if len(digits) == 15 else digits.startswith(_CARD_STARTS)
    return starts and _luhn_holds(digits)


def _checksum_holds(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKSUM[total % 11] == digits[17]


def _luhn_holds(digits: str) -> bool:
    total = 0
    for index, character in enumerate(reversed(digits)):
        value = int(character) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
