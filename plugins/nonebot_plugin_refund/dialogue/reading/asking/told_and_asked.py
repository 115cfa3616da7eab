"""案件：又报告又问的一句，整句只听成了在问（“又给驳了 我该往哪走”）：在说的那几截单听，听得出的也记、也问。"""

import re
from collections.abc import Callable
from dataclasses import replace

from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance
from .topics import asked_beside

_LEAST_TOLD = 3
_LITTLE = 12
_RATHER_TOLD = 0.6
"""在说的那几截至少有这么像一件进展，问的又没听准，才两样都办。"""
_TIME = re.compile(r"[0-9一二两三四五六七八九十半]个?(?:天|星期|礼拜|周|月)(?![0-9])")
_HAPPENS = re.compile(r"[没不未无冇拖拒退寄交签收到申投诉告]")
"""说了发生、没发生什么。"""
_OFFERERS = load_spoken().offerers
_TOLD = (intents.Reported, intents.Offered)
_HAPPENED = re.compile(r"[了过]|被|已|刚|今|昨|前天|不接受|没同意|没答应|不同意|两次|[0-9]号")
"""说的是发生了的；光“平台不支持”也可能是在问万一。"""


def told_and_asked(
    context: Context, utterance: Utterance, whole: Reading, read: Callable[[Context, Utterance], Reading]
) -> Reading:
    """``whole`` 只听成了在问的，另听在说的那几截；听不出进展的照旧。

    Args:
        context: 此刻。
        utterance: 整句。
        whole: 整句的听法。
        read: 怎么听一句话。
    """
    if not isinstance(whole.first, intents.Asked) or context.open_question is not None or not context.matters:
        return whole
    plans = not utterance.asks and Mood.PLAN in utterance.moods
    if not (utterance.asks or plans) or utterance.moods & {Mood.IF, Mood.HEARSAY}:
        return whole
    pieces = pieces_of(utterance.raw)
    told = " ".join(piece for piece in pieces if not (Utterance(piece).asks or _plans(piece)))
    if len(told) < _LEAST_TOLD or told == " ".join(pieces):
        return whole
    if len(told) <= _LITTLE and _TIME.search(told) is not None and _HAPPENS.search(told) is None:
        return whole  # “都第四天了 投诉哪个部门管用”：只说过了几天，没说没到、没回
    heard = read(context, Utterance(told))
    first = heard.first
    if not isinstance(first, _TOLD) or (isinstance(first, intents.Reported) and (first.cases or first.exact)):
        return whole
    is_theirs = any(word in told for word in _OFFERERS)
    if isinstance(first, intents.Offered) and not first.refused and (first.sum is None or not is_theirs):
        return whole  # “没拆的也能退吗 还是只退那一罐 一罐298”：数是他自己说的
    unsure = isinstance(first, intents.Reported) and not first.sure
    if unsure and (whole.first.topic is not None or heard.score < _RATHER_TOLD):
        return whole  # 问的听准了、在说的那几截说不准是哪件（“我弄丢发票了 会影响不”）：只答
    if plans:
        return heard if isinstance(first, intents.Reported) and first.sure else whole
    topic = whole.first.topic or asked_beside(context, utterance)
    asked = intents.Asked(topic, utterance.raw, case=whole.first.case or first.case)
    if isinstance(first, intents.Reported) and _HAPPENED.search(told) is None:
        if not first.sure:
            return whole
        first = replace(first, sure=False, earlier=(), then="")
        return replace(heard, intents=(first, asked), band=Band.CONFIRM)
    return replace(heard, intents=(*heard.intents, asked))


def _plans(piece: str) -> bool:
    """这一截是打算：“复核也不给退 我去12315吧”的后一截。"""
    return Mood.PLAN in Utterance(piece).moods
