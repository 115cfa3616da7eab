"""访谈：整句只说了个大概的时候（“十一假期里收到的”）：不是哪一天、哪一项，也不是在打听假期；问着哪天的再问一声几号。"""

from datetime import date

from ....domain.hearing.told_beside import sole_past_day
from ....domain.understanding.days.loose_times import says_only_a_time
from ....rulebook.scenario_models.models import QuestionKind
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance
from .answers import open_still


def read_vague_time(context: Context, utterance: Utterance) -> Reading | None:
    """读得出是哪天的、列得出是哪几天的为空。"""
    opened = context.open_question
    if opened is None or utterance.is_bare or utterance.asks or not says_only_a_time(utterance.raw):
        return None
    is_day = opened.question.kind is QuestionKind.DATE
    if not is_day and sole_past_day(utterance.raw, context.now) is not None:
        return None  # “昨天签收的”：说的是哪天，另一题要的
    heard = open_still(context, utterance, offered=not is_day)
    if heard is None or (not is_day and any(isinstance(one.value, date) for one in heard.also.values())):
        return None
    # 顺带听成了别的题的（“假期”像“假”）：这一句里只有时候，不算；问的不是日子的，应一声再问
    said = (
        intents.Unclear((), heard)
        if is_day and not heard.also
        else intents.Talk(intents.TalkKind.DETAIL, utterance.raw)
    )
    return Reading((said,), Band.ASK, 0.0, ("只说了大概的时候",))
