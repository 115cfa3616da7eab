"""记过的一件进展其实是哪天：那一件的日子改过来，走到哪一步不变；此刻的日子是从它数起的，跟着重算。"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ....rulebook.derived.stage_view import stage_on
from ....storage.case import cases
from ....storage.records import CaseEventRecord
from ...base.turn import Turn
from ...interview.verdicts import case_writer
from ..case_state import OpenedCase
from ..casework import by_code

HAPPENED = "happened_at"
REDATED = "redated"
"""改动的种类：一件进展的日子改了。"""


def last_of(walked: Sequence[CaseEventRecord], event_id: str) -> CaseEventRecord | None:
    """最近一次报告 ``event_id``；没有为 ``None``。"""
    return next((row for row in reversed(walked) if row.event_id == event_id and HAPPENED in row.detail), None)


def day_of(row: CaseEventRecord) -> datetime:
    """记着是哪一刻发生的。"""
    return datetime.fromisoformat(row.detail[HAPPENED])


async def put_day(turn: Turn, case: OpenedCase, event_id: str, happened: datetime) -> OpenedCase | None:
    """把最近一次 ``event_id`` 改成 ``happened`` 那天的；没有报告过它为 ``None``。"""
    walked = await cases.events(turn.session, case.record)
    row = last_of(walked, event_id)
    if row is None or case.position is None:
        return None
    since = day_of(row)
    await cases.redate_event(turn.session, case.record, row.id, happened, turn.now)
    later = [one for one in walked if one.id > row.id and one.to_stage is not None]
    counts_from_it = case.position.entered_at == since and all(_keeps_days(case, one) for one in later)
    if counts_from_it:
        await case_writer(turn).stand_at(case, replace(case.position, entered_at=happened))
    again = await by_code(turn, case.record.code)
    assert not isinstance(again, list)
    if counts_from_it and again.record.closed_at is None:
        await case_writer(turn).settle_timers(again)
        turn.wake_delivery()
    return again


def _keeps_days(case: OpenedCase, row: CaseEventRecord) -> bool:
    """这一件走到的阶段接着用原来的日子。"""
    assert case.position is not None
    if row.from_stage is None:
        return False
    event = stage_on(case.edition.scenario, row.from_stage, case.position.track_id).event(row.event_id)
    return event is not None and event.same_days
