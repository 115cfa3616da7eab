"""案件：说刚记下的那件进展不是（“不是申请介入 我只是问了下客服”）：说清了是哪件的换过来，没说清的问要不要撤。"""

import re

from ....domain.case.heard.news import hear_news
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise, shared_run
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at, likely_in
from ..utterance import Utterance

_NOT = re.compile(r"(?P<lead>[^不没是]{0,6})不是(?:说)?(?P<rest>[^是]{1,16})")
_TOO = re.compile(r"[不没]")
_WRONG = re.compile(
    r"[你我]?(?:刚才|刚刚|前面)?(?:记|说|弄|搞|听|写|看|讲)[错岔反串混]了?|不对|(?:哦|噢|啊|哎|诶|呃|嗯)?(?:不不?|呀|哟)?"
)
_DENIES = 0.45
"""去掉“不是”再听，要有这么像刚记下的那件。"""
_SHORTEST = 3
_ALIKE = 2
_SAME = 4
"""和它的名称有这么多个连着的字一样。"""


def read_denied_report(context: Context, utterance: Utterance) -> Reading | None:
    """否认的正是刚记下的那件。"""
    matter = context.matter
    if context.open_question is not None or matter is None or not matter.walked or not context.can_undo:
        return None
    if utterance.asks or "不是" not in utterance.text:
        return None
    pieces = pieces_of(utterance.raw)
    if any(happened_at(piece, context.now) is not None for piece in pieces):
        return None  # “不是昨天寄的 是前天寄的”：改的是日子
    label = next((label for piece in pieces if (label := _denied(matter, piece))), "")
    if not label:
        return None
    rest = without_denied(utterance.raw)
    instead = rest if len(rest) >= _SHORTEST and rest != utterance.text else ""
    return Reading((intents.Corrected(instead, denies=label),), Band.CONFIRM, 0.7, (f"否认“{label}”",))


def without_denied(text: str, label: str = "") -> str:
    """“不是让补 是直接拒了”“不是签收 他拒收了”：去掉说不是的那一截，剩下说是什么的；没有这样说的原样。

    给了 ``label`` 的，说不是的要和它有几个字一样：“不是拒绝 是让我补图”否认的不是“只肯退一部分”。
    """
    pieces = pieces_of(text)
    kept = [piece for piece in pieces if not _WRONG.fullmatch(piece) and not _NOT.fullmatch(piece)]
    denied = [match["rest"] for piece in pieces if (match := _NOT.fullmatch(piece)) is not None]
    named = normalise(label)
    is_denied = any(not label or rest in named or shared_run(rest, named) >= _ALIKE for rest in denied)
    return " ".join(piece.removeprefix("是") for piece in kept) if is_denied and kept else text


def _denied(matter: OpenMatter, piece: str) -> str:
    """这一截否认的刚记下的那件的名称；不是在否认它的为空。"""
    match = _NOT.fullmatch(piece)
    if match is None or _TOO.search(match["rest"][1:]):
        return ""
    likely = likely_in(matter)
    last = next((event for event in likely if event.id == matter.walked[-1]), None)
    if last is None:
        return ""
    if match["rest"] in normalise(last.label) or shared_run(match["rest"], normalise(last.label)) >= _SAME:
        return last.label
    said = f"{match['lead']}{match['rest']}"
    heard = hear_news(said, mood_reader().clauses(said), likely).events
    return last.label if heard and heard[0].event.id == last.id and heard[0].score >= _DENIES else ""
