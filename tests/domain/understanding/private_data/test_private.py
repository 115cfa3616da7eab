"""隐私数字：认得出、遮得住，订单号、金额、日期不受牵连。号码都是编的。"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from re import _parser  # type: ignore[attr-defined]  # 标准库没有公开的正则语法树
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.private_data import private, private_digits
from nonebot_plugin_refund.domain.understanding.private_data.private import (
    MASK,
    PrivateKind,
    find_private_numbers,
    mask,
)
from tests.domain.understanding.private_data.private_samples import CARD, ID, LOOK_ALIKES, PHONE, PRIVATE

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.mark.parametrize(("kind", "text", "secret"), PRIVATE)
def test_private_number_is_found_and_masked(kind: PrivateKind, text: str, secret: str) -> None:
    assert kind in find_private_numbers(text)
    masked = mask(text)
    assert MASK in masked
    assert secret.casefold() not in masked.casefold()
    assert unicodedata.normalize("NFKC", secret).casefold() not in masked.casefold()


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_private_numbers(text) == frozenset()
    assert mask(text) == text


def test_only_the_number_is_masked() -> None:
    masked = mask("我叫小明 手机13800001234 验证码是4321 昨天签收的")
    assert masked == f"我叫小明 手机{MASK} 验证码是{MASK} 昨天签收的"


@st.composite
def _numbers(draw: st.DrawFn) -> tuple[PrivateKind, str]:
    """一个号码，和它的种类。"""
    kind = draw(st.sampled_from([ID, PHONE, CARD]))
    if kind is PHONE:
        return kind, "1" + draw(st.sampled_from("3456789")) + draw(_digits(9))
    if kind is ID:
        province = draw(st.sampled_from(["11", "31", "44", "51", "65"]))
        day = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 11, 23)))
        body = f"{province}{draw(_digits(4))}{day:%Y%m%d}{draw(_digits(3))}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return kind, body + "10X98765432"[total % 11]
    body = "62" + draw(st.sampled_from("1258")) + draw(_digits(draw(st.sampled_from([12, 15]))))
    return kind, body + _luhn_digit(body)


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def _luhn_digit(body: str) -> str:
    total = 0
    for index, digit in enumerate(reversed(body)):
        value = int(digit) * (1 if index % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


_FORMS = {
    PHONE: [(11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (1,) * 11],
    ID: [(18,), (6, 8, 4), (6, 4, 4, 4), (4, 4, 4, 4, 2), (1,) * 18],
    CARD: [(19,), (4, 4, 4, 4, 3), (6, 13), (1,) * 19],
}
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_AROUND = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=20).filter(
    lambda text: text.isalpha() is False and not any(letter.isalnum() for letter in unicodedata.normalize("NFKC", text))
)
"""前后的标点、空白、表情：不会把号码变成别的词的一部分。"""
_CHINESE = st.text("我你的在这里孩子打赏了主播退款谢谢请看哦，。！ \n", max_size=20)


@settings(max_examples=200, deadline=None)
@given(
    number=_numbers(),
    form=st.integers(0, 4),
    gap=st.sampled_from([" ", "-", ".", "—", " - ", "·"]),
    wide=st.booleans(),
    before=_AROUND | _CHINESE,
    after=_AROUND | _CHINESE,
)
def test_a_number_in_any_form_inside_any_text_is_masked(
    number: tuple[PrivateKind, str], form: int, gap: str, wide: bool, before: str, after: str
) -> None:
    kind, digits = number
    forms = _FORMS[kind]
    written = gap.join(_cut(digits, forms[form % len(forms)]))
    said = f"{before}{written.translate(_WIDE) if wide else written}{after}"
    assert find_private_numbers(said)
    assert not any(letter in "0123456789" for letter in unicodedata.normalize("NFKC", mask(said)))


def _cut(digits: str, form: tuple[int, ...]) -> list[str]:
    """按断法切开；比断法短的号切到完为止。"""
    pieces: list[str] = []
    for size in form:
        pieces.append(digits[:size])
        digits = digits[size:]
    return [piece for piece in [*pieces, digits] if piece]


_PIECES = st.lists(
    st.sampled_from([text for _, text, _ in PRIVATE] + LOOK_ALIKES + ["，", " ", "\n", "[CQ:at,qq=1]", MASK]),
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_PIECES.map("".join), st.text(max_size=200), st.text("0123456789 -验证码密是xX,", max_size=80)))
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert find_private_numbers(masked) == frozenset()


@settings(max_examples=200, deadline=None)
@given(_PIECES)
@example(["138—0013—8000", "快手订单 2432800012345678"])
def test_every_secret_is_gone_however_the_messages_are_joined(pieces: list[str]) -> None:
    """连起来说，不比一句句说露得更多：留着的订单号里碰巧也有的几位，不算别的话里的号码没遮住。"""
    joined = _plain(mask("，我说，".join(pieces)))
    alone = [_plain(mask(piece)) for piece in pieces]
    for kind, text, secret in PRIVATE:
        if text in pieces and kind in (ID, PHONE, CARD):
            assert joined.count(_plain(secret)) <= sum(masked.count(_plain(secret)) for masked in alone)


def _plain(text: str) -> str:
    """全角、大小写都归成一样，好比较。"""
    return unicodedata.normalize("NFKC", text).casefold()


def test_no_pattern_can_look_further_than_a_bounded_distance() -> None:
    """每个重复都有上限，从每个字起至多看固定那么远：耗时随长度线性增长，没有话能让它卡住。"""
    patterns = [
        *(pattern for pattern, _ in private._SAID),
        *private_digits._CARDS,
        *(
            value
            for module in (private, private_digits)
            for value in vars(module).values()
            if isinstance(value, re.Pattern)
        ),
    ]
    assert len(patterns) > 20
    for pattern in patterns:
        assert all(most != _parser.MAXREPEAT for most in _repeats(_parser.parse(pattern.pattern))), pattern.pattern


def _repeats(parsed: Any) -> Iterator[int]:
    """一个正则里各处重复的上限。"""
    if isinstance(parsed, tuple) and len(parsed) == 2 and str(parsed[0]).endswith("REPEAT"):
        yield parsed[1][1]
    if isinstance(parsed, (tuple, list, _parser.SubPattern)):
        for part in parsed:
            yield from _repeats(part)


def test_what_is_beyond_the_limit_is_not_kept() -> None:
    masked = mask("手机13800138000" + "，" * 20_000 + "13900139000")
    assert "139" not in masked
    assert len(masked) < 5_100


@cache
def unseen() -> list[str]:
    """看不见的字符。"""
    return [
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) == "Cf" or 0xFE00 <= code <= 0xFE0F or code in (0x34F, 0x115F, 0x3164)
    ]


@pytest.mark.parametrize(
    "number", ["13800138001", "6222021234567890123", "11010519491231002x", "一三八零零一三八零零一"]
)
def test_what_nobody_sees_between_digits_hides_no_number(number: str) -> None:
    shown = [mark for mark in unseen() if not find_private_numbers(f"我的{mark.join(number)}哦")]
    assert shown == []
    assert all(MASK in mask(f"我的{mark.join(number)}哦") for mark in unseen())
