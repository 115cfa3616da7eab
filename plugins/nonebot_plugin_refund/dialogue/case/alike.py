"""几件同一种的案件列在一起，名称都一样：各说买的是什么、多少钱，都没有的说哪天立的案。只用存着的词表里的词和数。"""

from collections import Counter
from collections.abc import Sequence

from ...domain.case.heard.called import called_of
from ...domain.days.calendar import SHANGHAI
from ...render.texts.offer_text import yuan
from .case_state import OpenedCase
from .money import amounts

_MOST_THINGS = 2


def called_as(case: OpenedCase) -> str:
    """这一件靠什么认：货名、钱数，都没有为空。"""
    called = called_of(case.record.amounts)
    claimed = amounts.claimed_of(case) or (min(called.sums) if len(called.sums) == 1 else None)
    things = "、".join(sorted(called.things)[:_MOST_THINGS])
    return "，".join(filter(None, (things, yuan(claimed) if claimed is not None else "")))


def when_opened(case: OpenedCase) -> str:
    """哪天立的案。"""
    day = case.record.opened_at.astimezone(SHANGHAI).date()
    return f"{day.month}月{day.day}日立案"


def told_apart(found: Sequence[OpenedCase]) -> dict[str, str]:
    """案件号 → 名称；同一种的不止一件，名称后面加上靠什么认。"""
    known = Counter(case.edition.scenario.id for case in found)
    return {
        case.record.code: case.edition.scenario.title
        + (f"（{called_as(case) or when_opened(case)}）" if known[case.edition.scenario.id] > 1 else "")
        for case in found
    }
