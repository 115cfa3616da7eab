"""机器人自己留用的话：命令和控制语。事件的说法不能用它们，用了也听不成那件事。"""

import re
import unicodedata

from .spoken import load_spoken

_SPOKEN = load_spoken()
RESERVED = frozenset(
    word for words in (*_SPOKEN.commands.by_id().values(), *_SPOKEN.controls.by_id().values()) for word in words
)
"""命令和控制语的全部写法；场景自己的命令词另由 :mod:`..lint.entrances` 查。"""

_NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十]+")


def is_reserved(saying: str) -> bool:
    """这句话是不是命令、控制语。"""
    return _plain(saying) in RESERVED


def is_number(saying: str) -> bool:
    """这句话是不是一个光秃秃的数，会被当成编号。"""
    return _NUMBER.fullmatch(_plain(saying)) is not None


def _plain(saying: str) -> str:
    return unicodedata.normalize("NFKC", saying).strip().casefold()
