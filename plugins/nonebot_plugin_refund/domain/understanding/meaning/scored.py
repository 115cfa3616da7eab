"""读出来的意思、有多大把握，和照把握该怎么办。"""

from collections.abc import Mapping
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


def likeliest_first(scores: Mapping[str, float]) -> tuple[Scored, ...]:
    """把握大的在前，一样大的照名字的先后。"""
    ordered = sorted(zip(map(neg, scores.values()), scores, strict=True))
    return tuple([Scored._make((key, -low)) for low, key in ordered])
