"""打官司路上只改日子的话：法院用哪种程序办；打算哪天去立案、起诉。都不是新的进展。"""

import re

from ...domain.understanding.court_terms import court_term
from ...domain.understanding.told_limits import told_limit
from ...rulebook.stage_models import TimerKind
from . import intents
from .context import Context, OpenMatter, matter_spoken_of
from .intents import Band, Reading
from .topics import is_asking
from .utterance import Utterance

_LONGEST = 40
"""再长的多半还说了别的。"""
_GOING_TO_FILE = re.compile(r"立案|起诉|打官司|状|告[他她]|去[一趟]{0,2}法院|上法院|法院那边")
_DONE = re.compile(
    r"(?:立案|起诉|立上|立好|递|交|送|签收?|判|调解?)(?:上去|进去)?了|案号|已经|刚[才刚]?[去从]|开庭|庭审|调解|执行"
)


def read_court(context: Context, utterance: Utterance) -> Reading | None:
    """说了用哪种程序、打算哪天去法院：改那个时限的日子；在问的、站着的阶段没有这样的日子的不算。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or is_asking(utterance) or len(utterance.text) > _LONGEST:
        return None
    counts = any(timer.court_term for timer in matter.stage.timers) or matter.stage.event("sued") is not None
    if court_term(utterance.raw) is not None and counts:
        return _only_days(matter, utterance, "用哪种程序办")
    if _means_to_file(context, matter, utterance):
        return _only_days(matter, utterance, "打算哪天去法院")
    return None


def _means_to_file(context: Context, matter: OpenMatter, utterance: Utterance) -> bool:
    if _GOING_TO_FILE.search(utterance.text) is None or _DONE.search(utterance.text) is not None:
        return False
    told = told_limit(utterance.raw, context.now)
    if told is None or not told.appointed:
        return False
    return any(timer.kind is TimerKind.APPOINTMENT for timer in matter.stage.timers)


def _only_days(matter: OpenMatter, utterance: Utterance, why: str) -> Reading:
    said = intents.NothingNew(matter.code, utterance.raw, quoted=True)
    return Reading((said,), Band.RECORD, 1.0, (why,))
