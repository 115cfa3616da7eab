"""“支付宝1200 微信800 信用卡300”：没说日子，只说了每一路付了多少。"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from ...rulebook.money_models.ledger_models import load_ledger
from ..understanding.writing.text import normalise
from ..understanding.writing.words import Words
from .entries import Entry
from .parts import total_of
from .said import read_entries

_SEVERAL = 2
_AGE = re.compile(r"[0-9一二两三四五六七八九十]{1,3}周?岁")
_ANY_DAY = date(2000, 1, 1)
"""没说日子的，今天是哪天不要紧。"""


def by_channel(entries: Sequence[Entry], said: str) -> Sequence[Entry]:
    """每一笔都说了怎么付的、各不相同、都没说日子；不是这样的，或话里说的是退款、谁肯给多少的，为空。"""
    ledger = load_ledger()
    channels = {entry.channel for entry in entries}
    if None in channels or len(channels) < len(entries) or any(entry.first is not None for entry in entries):
        return ()
    spoken = _AGE.sub("", said)
    return () if any(word in spoken for word in (*ledger.not_payments, *ledger.not_undated)) else entries


@cache
def _channel_words() -> Words[str]:
    return Words(load_ledger().channel_words)


def total_by_channel(text: str) -> Decimal | None:
    """付给平台的几路加起来一共多少；私下转的、付给游戏的不算。不是这样说的为空。"""
    said = normalise(text)
    if len(_channel_words().owners_in(said)) < _SEVERAL:
        return None
    apart = {channel.id for channel in load_ledger().channels if channel.apart}
    listed = by_channel(read_entries(text, load_ledger(), _ANY_DAY).entries, said)
    entries = [entry for entry in listed if entry.channel not in apart]
    return total_of(entries) if len(entries) >= _SEVERAL else None
