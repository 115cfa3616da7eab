"""从现在的阶段一步步走到报告的那件事；没答应对方的数，回到出价之前等着的那一步；早先的事补记上，不往回走。"""

from dataclasses import replace
from datetime import datetime

from ....domain.case.case_routes import Route, RouteKind, known_events
from ....domain.case.cases import CasePosition, report_event
from ....domain.case.told_limit import ToldLimit, told_limit_from
from ....domain.days.calendar import SHANGHAI
from ....rulebook.scenario_models.stage_models import Clock
from ....storage.case import cases, changes
from ....storage.case.cases import EventDraft
from ...base.turn import Turn
from ...interview.verdicts import case_writer
from ..asked_first import confirming
from ..case_state import OpenedCase
from ..casework import by_code, caught_up
from ..correcting.event_days import HAPPENED, day_of


async def walk(turn: Turn, case: OpenedCase, route: Route, when: datetime, limit: ToldLimit | None) -> list[str]:
    """一步步走到那件事；返回替人补上的几步怎么说。"""
    labels: list[str] = []
    current = case
    skips = bool(route.implied) and (confirming.ends(case, route) or not _entailed(case, route))
    assert current.position is not None
    is_far = route.kind is RouteKind.FORWARD and not route.implied and route.stage_id != current.position.stage_id
    if route.kind is RouteKind.ELSEWHERE or skips or is_far:
        position = CasePosition(current.position.track_id, route.stage_id, min(when, turn.now))
        current = await case_writer(turn).stand_at(current, position)
    # 了结了、不弄了，什么时候都行；不是不说也知道的，没说过就不替人补
    for event_id in (route.event.id,) if skips else (*route.implied, route.event.id):
        assert current.position is not None
        assert current.stage is not None
        event = current.stage.event(event_id)
        if event is None:
            break
        change = report_event(current.edition.scenario, current.position, event_id, when, limit)
        if event.back and (stood := await _stood_before(turn, current)) is not None:
            change = replace(change, position=stood, happened_at=when)
        current = await case_writer(turn).move(current, change)
        if event_id != route.event.id:
            labels.append(event.label)
    await caught_up(turn, current)
    return labels


def _entailed(case: OpenedCase, route: Route) -> bool:
    """要补的几步都是不说也知道的。"""
    assert case.position is not None
    known = {event.id: event.event for event in known_events(case.edition.scenario, case.position)}
    return all(key in known and known[key].entailed for key in route.implied)


async def _stood_before(turn: Turn, case: OpenedCase) -> CasePosition | None:
    """走到现在这一步之前站在哪、从哪天起、说好的期限；说不上来的为 ``None``。"""
    assert case.position is not None
    walked = await cases.events(turn.session, case.record)
    came = next((row for row in reversed(walked) if row.to_stage == case.position.stage_id), None)
    if came is None or came.from_stage is None or came.from_stage == came.to_stage:
        return None
    for change in await changes.latest(turn.session, turn.person):
        before = next((row for row in change.before["cases"] if row["id"] == case.record.id), None)
        if change.kind == "report" and change.detail["event"] == came.event_id and before is not None:
            if before["stage_id"] != came.from_stage or before["track_id"] is None:
                break
            since, told = datetime.fromisoformat(before["stage_entered_at"]), told_limit_from(before["stage_told"])
            return CasePosition(before["track_id"], before["stage_id"], since, told)
    entered = next(
        (row for row in reversed(walked) if row.to_stage == came.from_stage and HAPPENED in row.detail), None
    )
    if entered is None:
        return None
    return CasePosition(case.position.track_id, came.from_stage, day_of(entered))


def is_behind(turn: Turn, case: OpenedCase, route: Route, happened: datetime | None) -> bool:
    """说的日子早于这个阶段正数着的日子（商家签收那天）：不说也知道的一步补记上，不往回走；别的要先问。"""
    if happened is None or route.kind is not RouteKind.HERE or case.stage is None:
        return False
    own = {
        timer.id
        for timer in case.stage.timers
        if timer.start is not None and timer.done != route.event.id and not isinstance(timer, Clock)
    }
    starts = [plan.starts for plan in case.timers(turn.services.calendar) if plan.timer_id in own]
    days = [day.astimezone(SHANGHAI).date() if isinstance(day, datetime) else day for day in starts]
    return bool(days) and happened.astimezone(SHANGHAI).date() < max(days)


async def note_behind(turn: Turn, case: OpenedCase, route: Route, happened: datetime) -> OpenedCase:
    """补记早先的一步；站在哪、日子都不变。"""
    turn.changed("report", route.event.label, case.record.id, event=route.event.id, happened=happened.isoformat())
    draft = EventDraft(route.event.id, route.stage_id, route.stage_id, {HAPPENED: happened.isoformat()})
    await cases.append_event(turn.session, case.record, draft, turn.now)
    again = await by_code(turn, case.record.code)
    assert not isinstance(again, list)
    return again
