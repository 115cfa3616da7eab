"""断得不合常规、用汉字写、汉字与数字混着写的号码：不看怎么断，把一串里的数字连起来看。

入参都是 ``normalise`` 过的话。按常规断开的见 :mod:`.private_digits`。
"""

import re
from collections.abc import Iterator

from .private_digits import (
    CHINESE_DIGITS,
    HAN,
    PrivateKind,
    Span,
    comes_after_an_order,
    is_bank_card,
    is_day,
    is_identity_number,
    is_mobile_number,
)

_DIGIT = rf"[0-9{HAN}]"
_BETWEEN = r"[ .·_/—–,、:;*|+~-]{0,3}"
_SEQUENCE = re.compile(rf"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{10,63}}+(?P<x>{_BETWEEN}x(?![a-z0-9]))?")
MAY_HOLD_SEQUENCE = rf"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{10}}"
"""连这个都没有的话，里面没有这样的号码。"""
_GROUPS = re.compile(rf"{_DIGIT}+")
_TIGHT = re.compile(rf"[{HAN}](?: ?[{HAN}]){{10,}}+")
"""一口气写下来的汉字数字：没有人这样写别的，从哪一位起是号码都算。"""
_LENGTHS = (19, 18, 17, 16, 15, 11)


def spans_by_sequence(text: str) -> Iterator[Span]:
    """一整串是一个号码的；汉字一口气写下来的，里面有一个号码就算。"""
    for match in _SEQUENCE.finditer(text):
        kind = _kind_of(match)
        if kind is not None and not comes_after_an_order(text, match.start()):
            yield *match.span(), kind
    for match in _TIGHT.finditer(text):
        kind = _inside(match[0].replace(" ", "").translate(CHINESE_DIGITS))
        if kind is not None and not comes_after_an_order(text, match.start()):
            yield *match.span(), kind


def _kind_of(match: re.Match[str]) -> PrivateKind | None:
    groups = [group.translate(CHINESE_DIGITS) for group in _GROUPS.findall(match[0])]
    digits = "".join(groups)
    # 每段都是整数目的，是几笔钱
    if len(groups) > 1 and all(group.endswith("0") for group in groups):
        return None
    kind = _whole(digits + ("X" if match["x"] else ""))
    # 用逗号、顿号隔开的多半是并列的几个数，够不上手机号
    return None if kind is PrivateKind.PHONE and re.search(r"[,、:;+~]", match[0]) else kind


def _inside(digits: str) -> PrivateKind | None:
    for length in _LENGTHS:
        for start in range(len(digits) - length + 1):
            if kind := _whole(digits[start : start + length]):
                return kind
    return None


def _whole(digits: str) -> PrivateKind | None:
    if is_identity_number(digits):
        return PrivateKind.IDENTITY_CARD
    if len(digits) in range(15, 20) and digits.isdigit() and is_bank_card(digits):
        return PrivateKind.BANK_CARD
    # “150 2026-11-20”是钱和日子
    return PrivateKind.PHONE if is_mobile_number(digits) and not is_day(digits[-8:]) else None
