"""中文数字：两千五、一万二、3万5、1.2万、一百零五、二〇二六。

只管一个已经切好的数字串是多少；它是钱、是日期还是岁数，由别处决定。
"""

import re
from decimal import Decimal, InvalidOperation

DIGITS: dict[str, int] = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_SECTIONS = {"万": 10_000, "w": 10_000, "亿": 100_000_000}

SCALES = {**_UNITS, **_SECTIONS}
"""单位 → 是多少个一。"""

CHINESE_DIGITS = "".join(DIGITS)
"""可以写成单个数位的汉字。"""
NUMERAL_CHARACTERS = CHINESE_DIGITS + "".join(_UNITS) + "".join(_SECTIONS) + "廿卅"
"""数字串里可能出现的全部非阿拉伯字符（含 k、w）。"""

_ITEM = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|.")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_MAX_TOKEN = 40


def read_arabic(token: str) -> Decimal | None:
    """读阿拉伯数字，认千位逗号；逗号位置不对时为 ``None``。"""
    if not _THOUSANDS.fullmatch(token) or not token.isascii():
        return None
    try:
        return Decimal(token.replace(",", ""))
    except InvalidOperation:
        return None


def read_number(token: str) -> Decimal | None:
    """读一个数字串；读不通或可以有两种读法（三五百、两三）时为 ``None``。"""
    if not token or len(token) > _MAX_TOKEN:
        return None
    if token.isascii() and token[-1].isdigit() and "k" not in token and "w" not in token:
        return read_arabic(token)
    token = token.replace("廿", "二十").replace("卅", "三十")
    if all(character in DIGITS for character in token):
        return _read_digit_by_digit(token)
    return _read_with_units(token)


def _read_digit_by_digit(token: str) -> Decimal | None:
    """六四八、二〇二六：逐位念。两个数位连写（三五）更像“三到五”，不认。"""
    if len(token) == 2:
        return None
    return Decimal("".join(str(DIGITS[character]) for character in token))


def _read_with_units(token: str) -> Decimal | None:
    total, section = Decimal(0), Decimal(0)
    current: Decimal | None = None
    last_unit = 0
    last_section = 10**12
    zero_seen = False
    for item in _ITEM.findall(token):
        if item in ("零", "〇"):
            if current is not None:
                return None
            zero_seen = True
        elif item in _UNITS:
            unit = _UNITS[item]
            if (0 < last_unit <= unit and section) or (current is None and unit != 10) or current == 0:
                return None
            section += (Decimal(1) if current is None else current) * unit
            current, last_unit, zero_seen = None, unit, False
        elif item in _SECTIONS:
            size = _SECTIONS[item]
            value = section + (current or 0)
            if not value or size >= last_section:
                return None
            total += value * size
            section, current, last_unit, last_section, zero_seen = Decimal(0), None, size, size, False
        else:
            number = Decimal(DIGITS[item]) if item in DIGITS else read_arabic(item)
            if number is None or current is not None:
                return None
            current = number
    return total + section + _tail(current, last_unit, zero_seen)


def _tail(current: Decimal | None, last_unit: int, zero_seen: bool) -> Decimal:
    """末尾省略的单位：两千五的“五”是五百；一百零五的“五”就是五；1万500 的 500 就是 500。"""
    if current is None:
        return Decimal(0)
    abbreviated = last_unit > 10 and not zero_seen and 0 < current < 10 and current == current.to_integral_value()
    return current * (last_unit // 10) if abbreviated else current


def read_small_integer(token: str) -> int | None:
    """读 0–9999 的整数（月、日、天数、时、分）；不是整数时为 ``None``。"""
    if len(token) == 2 and token[0] in "零〇0" and token[1] in DIGITS:
        return DIGITS[token[1]]
    value = read_number(token)
    if value is None or value != value.to_integral_value() or value > 9999:
        return None
    return int(value)
