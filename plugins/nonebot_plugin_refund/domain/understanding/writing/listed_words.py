"""手册里的一列词拼成正则的一段：长的在前，短的不会先占了长的。"""

import re
from collections.abc import Iterable


def either(words: Iterable[str]) -> str:
    """其中任何一个；一列词原样匹配，不当正则读。"""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def has_any(said: str, words: Iterable[str]) -> bool:
    """话里有其中一个。"""
    return any(word in said for word in words)
