"""访谈还没有结论就说起的：一件进展、对方出的一个数，和先记着的说错了。"""

from dataclasses import dataclass
from datetime import datetime

from ....domain.hearing.hearing import Heard
from ....domain.understanding.sums.offered_sums import OfferedSum


@dataclass(frozen=True, slots=True)
class EarlyNews:
    """访谈还没问完，就说起了进展：先记着，有了结论再记进案件。"""

    event: str
    label: str
    """说给本人听的名字。"""
    happened_at: datetime | None
    """话里说了哪天；没说为空。"""
    ends: bool = False
    """说的是了结的事：多半不用再答题。"""
    sure: bool = True
    """听得准；不准的有了结论先问一句。"""
    earlier: tuple["EarlyNews", ...] = ()
    """同一句里先说的几件。"""


@dataclass(frozen=True, slots=True)
class EarlyOffered:
    """访谈还没问完，对方就出了一个数：先记着，有了结论和要的一比。"""

    sum: OfferedSum
    refused: bool = False
    """他没答应。"""
    news: EarlyNews | None = None
    """同一句里还说了的进展：“昨天交上去了 客服说退两千”。"""
    heard: Heard | None = None
    """同一句里答了正问着的那一题：“前天申请的 商家说补我三十”。"""


@dataclass(frozen=True, slots=True)
class EarlyCorrected:
    """访谈里先记着的一件进展说错了：是另一天、另一件，或没有这回事。"""

    event: str
    """先记着的是哪件。"""
    happened_at: datetime | None = None
    instead: str = ""
    """其实是哪件；没改为空。"""
    denied: bool = False
