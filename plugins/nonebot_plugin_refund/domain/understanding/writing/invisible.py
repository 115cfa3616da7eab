"""看不见的字：改变左右方向的、零宽的、占位的、控制符。收进来就去掉，说出去之前再去一遍。

留着它们，群里的话能被倒过来显示，号码能藏在两个数字之间。换行和制表符不算。
"""

import re
import unicodedata

LAST_OF_BASIC_PLANE = 0xFFFF
_FILLERS = (0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), 0x2028, 0x2029)
"""不算控制符、也不显示的：谚文的空位、变体选择符、行分隔符。"""
_BEYOND = ((0x110BD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF))
"""基本平面以外的格式字符；标签、音乐记号之类。"""
_KEPT = "\t\n\r"

INVISIBLE = frozenset(
    (
        *_FILLERS,
        *(
            code
            for code in range(LAST_OF_BASIC_PLANE + 1)
            if unicodedata.category(chr(code)) in ("Cf", "Cc", "Cs") and chr(code) not in _KEPT
        ),
    )
)
"""基本平面里看不见的字的码位。"""
INVISIBLE_BEYOND = "".join(f"{chr(first)}-{chr(last)}" for first, last in _BEYOND)
"""基本平面以外的，写成正则里字符集的样子。"""


def _ranges(codes: frozenset[int]) -> str:
    """一组码位写成正则里字符集的样子，连着的合成一段。"""
    written: list[str] = []
    for code in sorted(codes):
        if code - 1 not in codes:
            written.append(f"\\U{code:08x}")
        if code + 1 not in codes:
            written.append(f"-\\U{code:08x}" if code - 1 in codes else "")
    return "".join(written)


_JOINER, _EMOJI_STYLE = 0x200D, 0xFE0F
_AFTER_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]"
"""表情、箭头之类：跟在它们后面的连接符和变体选择符是画的一部分，留着。"""
_UNSEEN = re.compile(
    f"(?:[{_ranges(INVISIBLE - {_JOINER, _EMOJI_STYLE})}{INVISIBLE_BEYOND}]|(?<!{_AFTER_PICTURE})[\u200d\ufe0f])+"
)


def visible(text: str) -> str:
    """去掉看不见的字；没有的原样返回。"""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text
