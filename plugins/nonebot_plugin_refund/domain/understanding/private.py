"""认出并遮住绝不能保存的东西：身份证号、手机号、银行卡号、验证码、密码。

订单号也是长数字：校验位对不上的 18 位数字、过不了 Luhn 校验的 16–19 位数字，
前面写着“订单/单号/运单”的，都当订单号放过。
"""

import re
from enum import StrEnum

from .text import normalise


class PrivateKind(StrEnum):
    """隐私数字的种类。"""

    IDENTITY_CARD = "identity-card"
    PHONE = "phone"
    BANK_CARD = "bank-card"
    VERIFICATION_CODE = "verification-code"
    PASSWORD = "password"


MASK = "■■■"
"""遮住之后的样子。"""

_MAX_TEXT = 10_000
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKSUM = "10X98765432"  # GB 11643-1999 校验码表
_DIGIT_RUN = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?[0-9](?:[- ]?[0-9]){10,22}(?: ?[xX])?(?![0-9A-Za-z])")
_IDENTITY_CARD = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_PHONE = re.compile(r"(?:86)?1[3-9][0-9]{9}")
_ORDER_BEFORE = re.compile(r"(?:订单|单号|运单|快递|流水|交易|编号|物流|工单)[^0-9]{0,8}$")
_ORDER_JUST_BEFORE = re.compile(r"(?:订单|单号|运单|编号|流水)(?:编?号|号码)?[^0-9]{0,3}$")
"""手机号只有紧跟在这些词后面才当订单号：“快递员电话138……”仍是手机号。"""
_IDENTITY_BEFORE = re.compile(r"(?:身份证|证件)[^0-9]{0,8}$")
_CARD_BEFORE = re.compile(r"(?:银行卡|卡号|储蓄卡|信用卡|工行|建行|农行|中行|招行|邮储|收款账?号)[^0-9]{0,8}$")
_CODE = re.compile(
    r"(?:验证码|校验码|动态码|短信码|动态口令)(?:\s|[:：,，]|是|为|给你|发你|收到了?|\()*(?P<value>[0-9]{4,8})(?![0-9])"
)
_CODE_AFTER = re.compile(
    r"(?<![0-9])(?P<value>[0-9]{4,8})\s?[,，]?\s?(?:是|为)(?:您的|你的|我的|本次|登录|支付|收到的)?(?:登录|支付|短信|手机|动态)?(?:验证码|校验码|动态码)"
)
_PASSWORD = re.compile(
    r"(?:密码|口令|passwd|password|pwd)(?:\s|[:：=]|就?是|为|给你)+(?P<value>(?=[^\s,，。;；]{0,31}[0-9])[A-Za-z0-9!@#$%^&*._+\-]{4,32})|"
    r"(?:密码|口令)(?P<bare>[0-9]{6}|(?=[A-Za-z]{1,16}[0-9])[A-Za-z0-9]{6,20})(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def find_private_numbers(text: str) -> frozenset[PrivateKind]:
    """这句话里有哪几种隐私数字；没有时为空集。"""
    return frozenset(kind for _, _, kind in _spans(_prepare(text)))


def mask(text: str) -> str:
    """把隐私数字换成 :data:`MASK`；没有隐私数字时原样返回。"""
    prepared = _prepare(text)
    spans = _spans(prepared)
    if not spans:
        return text
    pieces: list[str] = []
    position = 0
    for start, end, _ in sorted(spans):
        if start >= position:
            pieces += [prepared[position:start], MASK]
        position = max(position, end)
    return "".join([*pieces, prepared[position:]])


def _prepare(text: str) -> str:
    """全角数字也要认得；长度有上限，超出的部分不保留。"""
    return normalise(text, _MAX_TEXT)


def _spans(text: str) -> list[tuple[int, int, PrivateKind]]:
    spans: list[tuple[int, int, PrivateKind]] = []
    for match in _DIGIT_RUN.finditer(text):
        kind = _kind_of_digits(match.group(), text[max(0, match.start() - 14) : match.start()])
        if kind:
            spans.append((match.start(), match.end(), kind))
    for pattern, kind in (
        (_CODE, PrivateKind.VERIFICATION_CODE),
        (_CODE_AFTER, PrivateKind.VERIFICATION_CODE),
        (_PASSWORD, PrivateKind.PASSWORD),
    ):
        for match in pattern.finditer(text):
            name = "value" if match["value"] else "bare"
            spans.append((match.start(name), match.end(name), kind))
    return spans


def _kind_of_digits(run: str, before: str) -> PrivateKind | None:
    digits = re.sub(r"[^0-9xX]", "", run).upper()
    if _IDENTITY_BEFORE.search(before) or (_IDENTITY_CARD.fullmatch(digits) and _identity_checksum_holds(digits)):
        return PrivateKind.IDENTITY_CARD
    if _CARD_BEFORE.search(before) and 12 <= len(digits) <= 19:
        return PrivateKind.BANK_CARD
    if _PHONE.fullmatch(digits):
        return None if _ORDER_JUST_BEFORE.search(before) else PrivateKind.PHONE
    if _ORDER_BEFORE.search(before) or not digits.isdigit():
        return None
    if 16 <= len(digits) <= 19 and digits[0] in "3456" and _luhn_holds(digits):
        return PrivateKind.BANK_CARD
    return None


def _identity_checksum_holds(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKSUM[total % 11] == digits[17]


def _luhn_holds(digits: str) -> bool:
    total = 0
    for index, character in enumerate(reversed(digits)):
        value = int(character) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
