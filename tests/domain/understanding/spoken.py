"""把已知的日子和钱数按人们的各种写法写出来，供逐日、逐元核对。"""

from collections.abc import Iterator
from datetime import date, timedelta

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")
WEEKDAYS = "一二三四五六日"


def chinese(number: int) -> str:
    """0–99999 的规范写法：一万零五十、一百一十、十五。"""
    if number >= 10_000:
        rest = number % 10_000
        return chinese(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (_below(rest) if rest else "")
    return _below(number)


def _below(number: int) -> str:
    if 10 <= number < 20:
        return "十" + (_DIGITS[number - 10] if number > 10 else "")
    if not number:
        return "零"
    text, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        elif text:
            gap = True
    return text


def spoken_amounts(number: int) -> Iterator[str]:
    """一个钱数的几种说法。"""
    plain = chinese(number)
    yield plain + "块"
    yield plain.translate(_FORMAL) + "元整"
    yield "一共" + plain.replace("二千", "两千").replace("二万", "两万") + "块钱"
    yield f"￥{number:,}"
    if number >= 100 and (short := abbreviated(number)) is not None:
        yield short


def abbreviated(number: int) -> str | None:
    """末位的单位省掉：两千五、一万二、三百六；不能这样省的为 ``None``。"""
    for size, unit in ((10_000, "万"), (1000, "千"), (100, "百")):
        head, rest = divmod(number, size)
        if head and rest and rest % (size // 10) == 0 and head < 10:
            return f"{_DIGITS[head]}{unit}{_DIGITS[rest * 10 // size]}"
    return None


def chinese_digits(number: int) -> str:
    """逐位念：2026 → 二零二六。"""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def spoken_days(day: date, today: date) -> Iterator[str]:
    """一个日子的几种写法；不写年份的几种要求它就在最近一年里。"""
    year, month, number = day.year, day.month, day.day
    yield day.isoformat()
    yield f"{year}/{month}/{number}"
    yield f"{year}.{month:02}.{number:02}"
    yield f"{year}{month:02}{number:02}"
    yield f"{year}年{month}月{number}日"
    yield f"{year % 100}年{month}月{number}"
    yield f"{chinese_digits(year)}年{chinese(month)}月{chinese(number)}号"
    yield f"{month}月{number}号签收的"
    yield f"{month}月{number}"
    yield f"{chinese(month)}月{chinese(number)}"
    yield f"{chinese(month)}月{chinese(number)}日晚上"
    yield f"{month}.{number}"
    yield f"{month}-{number}".translate(_FULL_WIDTH)
    yield f"{month:02}{number:02}"
    yield f"大概是{month}/{number}左右吧"
    yield f"{month}月{number}号周{WEEKDAYS[day.weekday()]}"
    yield f"{ {0: '今年', 1: '去年'}.get(today.year - year, f'{year}年') }{month}月{number}号"
    yield f"{(today - day).days}天前"
    yield f"{chinese((today - day).days)}天以前"
    if today - day < timedelta(days=28):
        yield f"{number}号"
        yield f"{chinese(number)}号下午收到的"
    monday = today - timedelta(days=today.weekday())
    if monday - timedelta(days=7) <= day < monday:
        yield f"上周{WEEKDAYS[day.weekday()]}"
        yield f"上个星期{WEEKDAYS[day.weekday()]}早上"
