"""评结论之后的话：是在问、在改、要撤销、对方出价、另一件事、命令，还是寒暄。"""

from collections.abc import Sequence
from datetime import datetime

from ..hearing.reading_json import type_of
from ..hearing.stated_context import Stated, StatedReader
from .labels import FollowUpRow
from .tally import Outcome, Tally

_COMMANDS = {"command", "control"}
_NEW = "new-matter"
_HEARD_AS = {"detail": "talk"}
"""标注里分得更细的，听成哪一种算对。"""


def score_follow_ups(reader: StatedReader, rows: Sequence[FollowUpRow], now: datetime) -> list[Tally]:
    """一份成绩：最要紧的意思对不对。案件刚立，站在第一个阶段。

    Raises:
        UnknownContextError: 标注里的场景手册里没有。
    """
    tally = Tally("intents", "结论之后的话是什么意思")
    for row in rows:
        _, reading = reader.read(row.text, Stated(now, _case_of(reader, row), case=True))
        heard = type_of(reading.first)
        wanted = _HEARD_AS.get(row.intent, row.intent)
        if heard == wanted or {heard, wanted} <= _COMMANDS:
            outcome = Outcome.RIGHT
        else:
            outcome = Outcome.ASKED if heard == "unclear" else Outcome.WRONG
        tally.add(outcome, row.intent, row.text, row.intent, heard)
    return [tally] if tally.phrases else []


def _case_of(reader: StatedReader, row: FollowUpRow) -> str:
    """手头那件案件的场景：标注里写的；说起另一件事的，写的是那件，手头的就取另一种。"""
    with_cases = [scenario.id for scenario in reader.book.scenarios if scenario.tracks]
    if row.scenario is None:
        return with_cases[0]
    named = reader.scenario(row.scenario).id
    if row.intent != _NEW:
        return named
    return next(scenario for scenario in with_cases if scenario != named)
