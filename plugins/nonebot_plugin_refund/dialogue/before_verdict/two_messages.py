"""结论连同先前记着的进展、价钱、对方出的数，合成两条：先说结论，再说接着做什么。"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ...render.texts.verdict_text import DATES_HEAD, SCAM_LINE, STEPS_HEAD
from ..base import wording
from ..base.turn import Reply

_OFFERED = (wording.CALENDAR_OFFER, wording.PAPERS_OFFER)
"""后面还有要紧的话时，这几句不说：过后问起「日历」「文书」照样有。"""
_NEXT = tuple(said.partition("{")[0] for said in (wording.AFTER_VERDICT, wording.WILL_REMIND))
"""记下进展、对方出的数之后，下一步、提醒的日子会另说。"""
_AFTER = (SCAM_LINE, *(said.partition("{")[0] for said in (wording.CASE_OPENED, wording.VERDICT_MENU)))
"""这两段后面跟着的。"""
_MENU = wording.VERDICT_MENU.partition("：")[0]
_LONGEST = 350
"""一条话这么多个字还看得下去。"""


def folded(
    verdict: Sequence[Reply],
    news: Sequence[Reply],
    more: Sequence[Reply],
    *,
    has_moved: bool,
    has_offer: bool,
    dates: Collection[str] | None = None,
) -> list[Reply]:
    """记下的 ``news`` 和别的并进结论的最后一条。

    ``has_moved`` 是记下了进展、不用再问：先前那一步的做法不再说，几件进展只把最后一件说全。
    ``has_offer`` 是 ``more`` 里有对方出的数。``dates`` 是现在算数的日子，一个一行，结论里别的日子不再说；
    ``None`` 是都算数。
    """
    added = [*news, *more]
    if len(verdict) < 2 or not added or any(one.attachment is not None for one in (verdict[-1], *added)):
        return [*verdict, *added]
    *first, last = verdict
    dropped = (*_OFFERED, *_NEXT) if news or has_offer else _OFFERED
    shown = _without(last.text, (STEPS_HEAD,) if has_moved else ())
    lines = [line for line in _holding(shown, dates) if not line.startswith(dropped)]
    *before, latest = news or [None]
    said = [one.text.splitlines()[0] if has_moved else one.text for one in before if one is not None]
    after = [*said, *(one.text for one in (latest, *more) if one is not None)]
    text = "\n".join([*_shortened(lines, sum(map(len, after))), *after])
    return [*first, replace(last, text=text, is_owed=last.is_owed or any(one.is_owed for one in added))]


def _shortened(lines: Sequence[str], after: int) -> list[str]:
    """连同后面的 ``after`` 个字太长的，依次不说编号细看、做法，到不长为止；日子总要说。"""
    kept = list(lines)
    if _is_long(kept, after):
        kept = [line for line in kept if not line.startswith(_MENU)]
    return list(_without("\n".join(kept), (STEPS_HEAD,))) if _is_long(kept, after) else kept


def _is_long(lines: Sequence[str], after: int) -> bool:
    return sum(map(len, lines)) + len(lines) + after > _LONGEST


def _holding(lines: Iterable[str], dates: Collection[str] | None) -> Iterator[str]:
    """“日期”那一段里只留 ``dates`` 里有的；一个也不留的，连那一段的名称也不要。"""
    pending, is_in = "", False
    for line in lines:
        is_in = line == DATES_HEAD or (is_in and not line.startswith(_AFTER))
        if not is_in or dates is None:
            yield line
        elif line == DATES_HEAD:
            pending = line
        elif line in dates:
            yield from filter(None, (pending, line))
            pending = ""


def _without(text: str, heads: Sequence[str]) -> Iterator[str]:
    """去掉开头是 ``heads`` 的那几段；一段到下一个不是它里面的一行为止。"""
    is_in = False
    for line in text.splitlines():
        is_in = line in heads or (is_in and not line.startswith(_AFTER))
        if not is_in:
            yield line
