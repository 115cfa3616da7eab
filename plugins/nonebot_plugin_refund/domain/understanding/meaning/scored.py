"""读出来的意思、有多大把握，和照把握该怎么办。"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple, cast

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


_scored = cast("Callable[[tuple[str, float]], Scored]", partial(vars(tuple)["__new__"], Scored))
"""（名字，把握）变成 :class:`Scored`：一句话要变几百个，直接做比一个个调用快几倍。"""


def likeliest_first(scores: Mapping[str, float]) -> tuple[Scored, ...]:
    """把握大的在前，一样大的照名字的先后。"""
    are_apart = len(set(scores.values())) == len(scores)
    named = sorted(scores if are_apart else sorted(scores), key=scores.__getitem__, reverse=True)  # 一样大的不换先后
    return tuple(map(_scored, zip(named, map(scores.__getitem__, named), strict=True)))
