"""案件：整句只说了去说过、催过（“昨天跟老板讲过了”）：不是进展，问对方怎么回的。"""

import re

from ....domain.hearing.cues import without_days
from ....domain.understanding.writing.listed_words import either, has_any
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..utterance import Utterance

_WORDS = load_spoken().spoke
_WHOM = rf"(?P<whom>{either((*_WORDS.platforms, *_WORDS.merchants))})"
_LEAD = (
    r"(?:[我俺咱]们?|已经|也|又|都|刚刚?|才|就|先|早上|上午|中午|下午|晚上|昨晚|今早"
    r"|微信上|微信里|电话里|私下|在?订单里|那边){0,5}+"
)
_AFTER = rf"{either(_WORDS.after)}{{0,5}}+"
_SPOKE = re.compile(
    rf"{_LEAD}{either(_WORDS.toward)}[了过]?{_WHOM}(?:们|那边|那头|的人|电话|微信)?{either(_WORDS.acts)}{_AFTER}"
    rf"|{_LEAD}{either(_WORDS.toward)}[了过](?:[一两几好][遍次回]|好几[遍次回])?"
    rf"{_WHOM.replace('whom', 'whom_after')}{_AFTER}"
)
_DONE = re.compile(r"[了过]")
_ASKED, _APPLIED, _PLATFORM_ASKED = "asked", "applied", "platform-asked"
_BY_SPEAKING = "客服"
"""这一步就是找客服说：“已找客服提交”。"""


def read_spoke_to(context: Context, utterance: Utterance) -> Reading | None:
    """只说去说过的；说本身就是案件下一步的（“已书面要求退款”“已找客服提交”），问是不是那一步。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or context.awaits is not None or utterance.asks:
        return None
    if has_any(utterance.text, _WORDS.unless) or _DONE.search(utterance.text) is None:
        return None
    whom = _spoken_to(context, utterance)
    if whom is None:
        return None
    if (step := _own_step(matter, whom)) is not None:
        report = intents.Reported(matter.code, step, None, utterance.raw, sure=False, others=(step,))
        return Reading((report,), Band.CONFIRM, 0.7, ("去说了，就是这一步",))
    talk = intents.Talk(intents.TalkKind.SPOKE, whom, matter.code)
    return Reading((talk,), Band.RECORD, 0.7, ("去说了，还没说怎么回",))


def _spoken_to(context: Context, utterance: Utterance) -> str | None:
    """跟谁说的；有一截说的是别的为空。"""
    said = without_days(utterance.raw, context.now) or utterance.raw
    found: str | None = None
    for piece in pieces_of(said):
        match = _SPOKE.fullmatch(piece)
        if match is None:
            return None
        found = match["whom"] or match["whom_after"]
    return found


def _own_step(matter: OpenMatter, whom: str) -> str | None:
    """说本身就是此刻的一步。"""
    is_platform = whom in _WORDS.platforms
    for step in (_APPLIED, _PLATFORM_ASKED) if is_platform else (_ASKED,):
        event = matter.stage.event(step)
        if event is not None and (step != _APPLIED or _BY_SPEAKING in event.label):
            return step
    return None
