"""测试用的日历：假装某些年份的放假通知还没公布，不随 ``holidays`` 库更新而变。"""

from collections.abc import Callable

from nonebot_plugin_refund.domain.days.calendar import WorkCalendar, library_arrangement


def calendar_hiding(hidden: Callable[[int], bool]) -> WorkCalendar:
    """``hidden`` 说真的年份当作没公布。"""
    return WorkCalendar(lambda year: None if hidden(year) else library_arrangement(year))


AS_OF_2026 = calendar_hiding(lambda year: year > 2026)
"""2026 年 11 月时的样子：公布到 2026 年。"""
