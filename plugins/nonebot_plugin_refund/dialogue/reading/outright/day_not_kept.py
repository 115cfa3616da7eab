"""案件：“他说5号打给我 结果没打”：说了哪天、到了没做，是没兑现，不是出价，也不是那天发生了什么。"""

import re

from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.moods import Mood
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at
from ..utterance import Utterance

_SAID_A_DAY = re.compile(
    r"(?:说|讲|答应|保证|承诺|约|定|许)[^,，。;；说没]{0,8}?"
    r"(?:今天|今日|昨天|昨日|昨晚|前天|大前天|上?个?(?:周|礼拜|星期)[一二三四五六日天末]|[0-9一二三十]{1,3}[号日]|月底|月初)"
    r"[^,，。;；没]{0,12}?[ ,，。;；]?(?P<rest>[^,，。;；]{0,10})"
)
_NOT_DONE = re.compile(r"(?:没|未|不见)(?P<what>打(?!算)|给|退|转|付|还(?!是)|发|送|寄|来|到|办|做|动|回|见|影)")
_OF_MONEY = re.compile(r"钱|款|打给|打我|打过来|打卡|转|退|付|还我|到账")
_GOODS = re.compile(r"货|发(?!消息)|寄|送|换|补|新的")
_NOT_THIS = re.compile(
    r"我没|俺没|我还没|不是没|没说|没答应|材料|凭证|证据|受理|开庭|立案|调解|签收|课|(?:又|再|改)(?:说|讲)"
)
_TOLD = frozenset({Mood.STATEMENT, Mood.NOT_YET, Mood.PLAN})
_MONEY, _SILENT = "not-arrived", "no-answer"


def read_day_not_kept(context: Context, utterance: Utterance) -> Reading | None:
    """对方说的那天过了、没做：此刻有“没到”“没动静”这样的一件就是它；问的、假设的、自己没做的不算。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or not utterance.moods <= _TOLD or utterance.asks:
        return None
    said = utterance.text
    told = _SAID_A_DAY.search(said)
    if told is None or _NOT_DONE.search(said, told.end("rest") - len(told["rest"])) is None or _NOT_THIS.search(said):
        return None
    today, promised = context.now.astimezone(SHANGHAI).date(), matter.position.told
    if promised is not None and promised.day is not None and promised.day >= today:
        return None  # 记着说好的那天还没到：“说好周五退 现在还没退”
    day = happened_at(utterance.raw, context.now)
    event = _silence(matter, said)
    if event is None:
        return None
    report = intents.Reported(matter.code, event, day, utterance.raw, sure=True, others=(event,), missed=True)
    return Reading((report,), Band.RECORD, 0.8, ("说的那天过了，没做",))


def _silence(matter: OpenMatter, said: str) -> str | None:
    """此刻说得上的没到、没动静：说的是钱的先算没到，是货的、换的只在等换的时候算没到。"""
    silent = [event.id for event in matter.stage.events if event.event.silence]
    if _OF_MONEY.search(said) is None and _GOODS.search(said) is not None and _SILENT in silent:
        return _MONEY if matter.stage.id in ("exchange", "private-exchange") and _MONEY in silent else _SILENT
    return next((event for event in (_MONEY, _SILENT) if event in silent), None)
