"""“更新 K7Q2 商家同意了”：指明了是哪件案件的进展。"""

from datetime import datetime

from ....domain.case.case_routes import likely_events
from ....domain.case.heard.news import hear_news
from ....domain.understanding.moods import mood_reader
from ...base.turn import Reply, Turn, replies
from ...reading.intents import Reported
from ...reading.progress.told_pieces import BANDS, happened_at
from ..asked_first import choosing
from ..case_state import OpenedCase
from ..casework import NO_EVENTS
from . import reporting


async def hear_update(turn: Turn, case: OpenedCase, said: str, happened: datetime | None) -> list[Reply]:
    """“更新 K7Q2 商家同意了”：指明了是这件的进展；听不出就列出来选。"""
    if case.position is None or case.stage is None:
        return replies(NO_EVENTS.format(code=case.record.code))
    first = said.partition(" ")[0]
    number = int(first) if first.isdigit() and len(first) <= 2 else 0
    if 1 <= number <= len(case.stage.events):
        event_id = case.stage.events[number - 1].id
        return await reporting.pick(turn, case.record.code, event_id, happened_at(said.partition(" ")[2], turn.said_at))
    priors = likely_events(case.edition.scenario, case.position)
    heard = hear_news(said, mood_reader().clauses(said), priors).events
    if not heard or heard[0].score < reporting.LIKELY_ENOUGH:
        return await choosing.list_events(turn, case)
    return await reporting.report(
        turn, Reported(case.record.code, heard[0].event.id, happened, said, sure=heard[0].score >= BANDS.record)
    )
