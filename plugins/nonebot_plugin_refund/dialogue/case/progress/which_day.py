"""记下一件事，没说是哪天、又要从那天数期限的：日子先按今天算，请他说是哪天。"""

from datetime import date

from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.days.dates import holiday_in
from ....render.dates import holiday_in_words
from ...base.turn import Turn

COUNTED_FROM_TODAY = "日子按今天算的；其实是哪天，说一声就改，比如「昨天」。"
WITHIN_A_HOLIDAY = "{holiday}，具体是哪一天？日子先按今天算，说一声就改。"


def counted_from_today(turn: Turn) -> tuple[str, tuple[date, ...]]:
    """怎么说，和可能是哪几天：只说了放几天假的节（“国庆节拒的”）的，是放假的每一天；别的为空。"""
    holiday = holiday_in(turn.incoming.text, turn.now)
    if holiday is None:
        return COUNTED_FROM_TODAY, ()
    today = turn.now.astimezone(SHANGHAI).date()
    return WITHIN_A_HOLIDAY.format(holiday=holiday_in_words(holiday, today)), holiday.days(today)
