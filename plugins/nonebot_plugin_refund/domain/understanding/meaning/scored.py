"""读出来的意思、有多大把握，和照把握该怎么办。"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import neg
from typing import NamedTuple

UNSURE = "unsure"
"""答的是不清楚。"""
NONE = "not-an-answer"
"""没有在答这个问题。不能叫 none：有的题有个选项就叫这个。"""


class Scored(NamedTuple):
    """一个意思和它的把握。一句话要做几百个，所以不是数据类：做一个要慢几倍。"""

    id: str
    score: float
    """0 到 1；0.9 的意思是这样说的十次里对九次。"""


class Band(StrEnum):
    """照把握该怎么办。"""

    RECORD = "record"
    """记下，说回给他听。"""
    CONFIRM = "confirm"
    """拿最像的两三个去问。"""
    ASK = "ask"
    """换个问法再问。"""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """从多大把握起记下、从多大把握起拿去问。"""

    record: float
    confirm: float

    def band(self, score: float) -> Band:
        """一个把握落在哪一段。"""
        if score >= self.record:
            return Band.RECORD
        return Band.CONFIRM if score >= self.confirm else Band.ASK


ANSWER_BANDS = Thresholds(record=0.9, confirm=0.35)
"""一个问题的答案。"""
NEWS_BANDS = Thresholds(record=0.92, confirm=0.3)
"""案件的消息，没有问他就说的。"""


def likeliest_first(scores: Mapping[str, float]) -> tuple[Scored, ...]:
    """把握大的在前，一样大的照名字的先后。"""
    return tuple([Scored(key, -low) for low, key in sorted(zip(map(neg, scores.values()), scores, strict=True))])


def to_offer(scored: Sequence[Scored], leaving_out: Iterable[str], *, most: int = 3, least: float = 0.04) -> list[str]:
    """该拿去问的几个：最像的，太不像的和 ``leaving_out`` 里的不问。"""
    left_out = frozenset(leaving_out)
    return [one.id for one in scored if one.id not in left_out and one.score >= least][:most]
