"""案件号：念得清、抄不错、一眼看得出不是普通词语，如 K7Q2。"""

import secrets
from collections.abc import Callable

LETTERS = "ACDEFGHJKMNPQRTUVWXY"
"""不用 B（像 8）、I L（像 1）、O（像 0）、S（像 5）、Z（像 2）。"""
DIGITS = "234679"
ALPHABET = LETTERS + DIGITS
SHORTEST = 4
LONGEST = 8

Draw = Callable[[str], str]
"""从一串字符里随机取一个。"""


def draw_code(length: int, draw: Draw = secrets.choice) -> str:
    """随机生成一个案件号：字母开头，至少含一个数字（所以不会是英文单词，也不会被当成编号）。

    Args:
        length: 几位，``SHORTEST`` 到 ``LONGEST``。
        draw: 取字符的办法，测试里换成固定的。
    """
    middle = [draw(LETTERS)] + [draw(ALPHABET) for _ in range(length - 1)]
    if not any(character in DIGITS for character in middle):
        middle[1] = draw(DIGITS)
    return "".join(middle)


def normalise_code(text: str) -> str | None:
    """把用户打的案件号变成标准写法（去空白、转大写、全角转半角）；不像案件号的为空。"""
    half_width = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text)
    code = half_width.strip().strip("#").upper()
    shaped = SHORTEST <= len(code) <= LONGEST and code[0] in LETTERS
    if not shaped or any(character not in ALPHABET for character in code):
        return None
    return code if any(character in DIGITS for character in code) else None
