"""约好的开庭、调解改了日子：改到哪天的照新的算，只说改期的去掉旧的；换了法官、调解员，日子没说改的照旧。"""

import re
from datetime import date

from ....domain.understanding.hours.clock_times import Clarity, find_clock_times
from ....domain.understanding.terms.told_limits import days_ahead
from ....domain.understanding.writing.text import normalise
from ....rulebook.scenario_models.stage_models import TimerKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.topics import is_asking
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..utterance import Utterance

_LONGEST = 44
"""再长的多半还说了别的。"""
_WORDS = load_spoken().moved_days
BARE_DAY = re.compile(
    r"((?:[0-9]{1,2}|[一二十]{1,2})月\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}))(?![0-9一二三四五六七八九十号日.])"
)
"""“12月15再开”里没说“号”的日子。"""
_BARE = 20
"""没说是什么改了的，整句至多这么长：“推迟到22号”。"""


def read_moved_day(context: Context, utterance: Utterance) -> Reading | None:
    """记着约好的那天，或说到了开庭、调解，又说改了日子。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or len(utterance.text) > _LONGEST:
        return None
    if not any(timer.kind is TimerKind.APPOINTMENT for timer in matter.stage.timers):
        return None
    said = BARE_DAY.sub(r"\1号", normalise(utterance.raw))
    if _has(said, _WORDS.not_moved) or not (_has(said, _WORDS.moved) or _has(said, _WORDS.another_person)):
        return None
    if is_asking(utterance):
        return None
    known, hour = _appointed(matter)
    if not (_has(said, _WORDS.occasions) or (known is not None and (len(said) <= _BARE or _has(said, _WORDS.told_by)))):
        return None
    ahead = [one for one in days_ahead(said, context.now) if one[0] != known or one[1]]
    if ahead:
        day, at = ahead[-1]
        is_reminder = known is not None and day <= known and not _has(said, _WORDS.occasions)
        if is_reminder and not _has(said, _WORDS.sooner):
            return None  # “推迟到明天”：说的是提醒
        return _heard(matter, day, at or _only_hour(said), "约好的那天改了")
    if not _has(said, _WORDS.moved):
        return _heard(matter, known, hour, "换了人，日子没说改") if known is not None else None
    if not _has(said, _WORDS.put_off) or any(character.isdigit() for character in said):
        return None
    told = intents.NothingNew(matter.code, utterance.raw, quoted=True, put_off=True)
    return Reading((told,), Band.RECORD, 0.9, ("改期了，新的日子还没说",))


def _heard(matter: OpenMatter, day: date, at: str, why: str) -> Reading:
    said = f"{day.year}年{day.month}月{day.day}日{at}开庭"
    return Reading((intents.NothingNew(matter.code, said, quoted=True),), Band.RECORD, 0.9, (why,))


def _only_hour(said: str) -> str:
    """整句说清了的一个钟点；没说、说了两个的为空。"""
    times = {f"{one.hour}:{one.minute:02}" for one in find_clock_times(said) if one.clarity is Clarity.CLEAR}
    return times.pop() if len(times) == 1 else ""


def _appointed(matter: OpenMatter) -> tuple[date | None, str]:
    """记着约在哪天、几点；没约过为空。"""
    told = matter.position.told
    every = (told, *told.beside) if told is not None else ()
    return next(((one.day, one.at) for one in every if one.appointed), (None, ""))


def _has(said: str, words: tuple[str, ...]) -> bool:
    return any(map(said.__contains__, words))
