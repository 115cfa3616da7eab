"""问回去时列出的几个日子：用户回“1”“第二个”“前面那个”，只问了一天的回“是”，换成它指的那一天。"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from ....rulebook.scenario_models.models import Option
from ...understanding.days.festivals import festival_in
from ...understanding.options import match_options
from ...understanding.sums.numerals import read_small_integer
from ...understanding.writing.text import normalise, trim_punctuation
from ...understanding.yesno import agrees

_EARLIER = re.compile(r"(?:是|就)?(?:前|早)(?:面|一|头)?(?:那)?(?:个|天|一天|的)?(?:吧|那个|那天)?")
_LATER = re.compile(r"(?:是|就)?(?:后|晚)(?:面|一|头)?(?:那)?(?:个|天|一天|的)?(?:吧|那个|那天)?")


def in_full(text: str, offered: Sequence[date]) -> str:
    """把“第二个”写成它指的日子（``2026-11-23``）；没列过日子、或说的不是编号时原样返回。"""
    if len(offered) == 1 and _is_the_one(text):
        return offered[0].isoformat()
    if len(offered) < 2:
        return text
    if (told := _within(text, offered)) is not None:
        return told.isoformat()
    if len(offered) > MOST_NUMBERED:
        return text
    numbered = tuple(Option(id=f"day-{number}", label=day.isoformat()) for number, day in enumerate(offered, start=1))
    chosen = match_options(text, numbered, multi=False).ids
    if chosen:
        return offered[int(chosen[0].removeprefix("day-")) - 1].isoformat()
    said = trim_punctuation(normalise(text))
    if len(offered) == 2 and _EARLIER.fullmatch(said) and said not in _DAYS_OF_THEIR_OWN:
        return min(offered).isoformat()
    if len(offered) == 2 and _LATER.fullmatch(said) and said not in _DAYS_OF_THEIR_OWN:
        return max(offered).isoformat()
    return text


def _within(text: str, offered: Sequence[date]) -> date | None:
    """“26号”“3号吧”说的是列出来的哪一天；一段假期里的“第三天”“头一天”“初三”“最后一天”也是。"""
    said = _AROUND.sub("", trim_punctuation(normalise(text)))
    if (numbered := _DAY_NUMBER.fullmatch(said)) is not None:
        if len(offered) <= MOST_NUMBERED and numbered["unit"] is None:
            return None  # 列着编号的，光一个数是编号
        days = [day for day in offered if day.day == read_small_integer(numbered["day"])]
        return days[0] if len(days) == 1 else None
    if (lunar := _LUNAR_DAY.fullmatch(said)) is not None:
        day = festival_in(f"大年{lunar['day']}", offered[0].year)
        return day if day in offered else None
    if (nth := _NTH_DAY.fullmatch(said)) is None or any(after - before != _ONE for before, after in pairwise(offered)):
        return None
    place = len(offered) if nth["last"] else (read_small_integer(nth["nth"]) or 0) if nth["nth"] else 1
    return offered[place - 1] if 1 <= place <= len(offered) else None


MOST_NUMBERED = 4
"""列出来编了号的至多这么多天；再多的是一段假期，没编号。"""
_ONE = timedelta(days=1)
_COUNT = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DAY_NUMBER = re.compile(rf"(?P<day>{_COUNT})(?P<unit>[号日])?")
_NTH_DAY = re.compile(rf"第(?P<nth>{_COUNT})天|头一?天|(?P<last>最后[一那]?天)")
_LUNAR_DAY = re.compile(r"(?:大年|正月)?(?P<day>初[一二三四五六七八九])")
_AROUND = re.compile(
    r"^(?:应该|大概|好像|可能|就|是|在|那){1,3}|(?:左右|那天|吧|的|收的|到的|收到的|[了啊呢呀哦]){1,3}$"
)


def _is_the_one(text: str) -> bool:
    """问“就是这天吗”，答的是“是”；“有视频”“嗯 改”“弄好了”说的是别的。"""
    said = normalise(text)
    if _COURTESY.match(said) is not None:
        return False
    return _YES.match(said) is not None and agrees(text) and _DAY_SAID.search(said) is None


_YES = re.compile(
    r"(?:[是对嗯恩哦噢啊好行中得欧昂]|没错|不错|正是|就是|就[这那]|应该|差不多|可以|可不|确实|[这那]天|ok|yes|y$|√|[✓✔👌👍])"
    r"(?!.{0,6}[改换撤退删])"
)
"""“是”这样开头的，后面没有说要改什么。"""
_COURTESY = re.compile(
    r"(?:好的?|嗯嗯?|行|哦|可以|ok)[ ,，。!~]{0,2}(?:谢|多谢|感谢|辛苦|麻烦|再见|拜拜|知道|明白|了解|收到)"
)
"""“好的，谢谢您”：是在客气，没说就是那天。"""
_DAY_SAID = re.compile(r"[0-9一二三四五六七八九十昨前今周号月]|礼拜|星期")
"""“是昨天”说的是另一天，不是“是”。"""
_DAYS_OF_THEIR_OWN = frozenset({"前天", "后天", "前一天", "后一天", "前", "后", "早", "晚"})
"""本身就是日子、或说得太短的，不当作“前面那个”。"""
