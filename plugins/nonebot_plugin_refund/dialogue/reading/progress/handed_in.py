"""光说交上去了（“刚刚交上去了”），没说是交什么：照案件此刻该交的那一样问；没提法院的，不列起诉。"""

import re

from ....domain.case.heard.news import HeardEvent
from ....domain.understanding.writing.pieces import pieces_of
from ..context import OpenMatter
from ..utterance import Utterance

_HANDED_IN = re.compile(
    r"(?:[我俺咱]们?|刚刚?|刚才|才|已经|都|也|就|今天|昨天|早上|上午|下午|昨晚|好的?|嗯|弄完|填完){0,5}+"
    r"(?:(?:交|递|报|传|填)(?:上去|好|完|进去|过去)?|提交(?:上去|好|完|成功)?)了[啊呀哈吧]?"
)
_HANDING_IN = (
    "complained",
    "review-asked",
    "platform-asked",
    "resubmitted",
    "sent-more",
    "filing-sent",
    "refiled",
    "applied",
)
"""交、申请这样的几步。"""
_COMPLAINED, _GO_OUTSIDE = "complained", "go-outside"
_GOING_TO_COURT = frozenset({"sued", "filing-sent"})
_TO_COURT = re.compile(r"法院|法庭|诉|告|立案|状|仲裁|官司|律师|开庭")


def handed_in(matter: OpenMatter, utterance: Utterance, heard: HeardEvent, offered: tuple[str, ...]) -> tuple[str, ...]:
    """光说交上去了，听成的又不是此刻的一步：此刻该交的几样；说了是什么的为空。"""
    pieces = pieces_of(utterance.raw)
    if not pieces or not all(_HANDED_IN.fullmatch(piece) for piece in pieces):
        return ()
    if matter.stage.event(heard.event.id) is not None and len(offered) == 1:
        return ()
    here = tuple(step for step in _HANDING_IN if matter.stage.event(step) is not None)
    return here if _COMPLAINED not in here else (_COMPLAINED,)


def narrowed(matter: OpenMatter, utterance: Utterance, offered: tuple[str, ...]) -> tuple[str, ...]:
    """列着已经投诉、报警的，不列打算往外走的；还没投诉过、没提法院的，起诉也不列。"""
    if _COMPLAINED not in offered:
        return offered
    said_court = _COMPLAINED in matter.walked or _TO_COURT.search(utterance.text) is not None
    out = {_GO_OUTSIDE} if said_court else {_GO_OUTSIDE, *_GOING_TO_COURT}
    return tuple(step for step in offered if step not in out)
