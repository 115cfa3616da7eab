"""记到另一件案件上去了的，挪到说的那一件：那边照没记过还原，这边照样记下；要了结的先问。"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ....domain.case.case_amounts import ARRIVED, DEALT, OFFERED_HIGH, OFFERED_LOW
from ....domain.case.case_routes import Route, RouteKind, likely_events, route_to
from ....domain.case.heard.news import hear_news
from ....domain.case.told_limit import told_limit_from
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.writing.text import normalise
from ....storage.case import cases, changes
from ....storage.case.changes import Change
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ...reading.awaits import Awaited, ConfirmReport, case_of
from ..asked_first import choosing, confirming
from ..case_state import OpenedCase, opened
from ..casework import by_code, progress
from ..progress import reporting
from . import undoing

MOVED = "好，「{label}」是 {code} 的，{wrong} 那边撤了，现在是「{stage}」。"
TAKEN_BACK = "好，{wrong} 的「{label}」撤了，现在是「{stage}」。"
NOTED_HERE = "对，「{label}」就记在 {code}。"
SPEAKING_OF = "好，说 {code}。"
_SUMS = (OFFERED_LOW, OFFERED_HIGH, ARRIVED, DEALT, "offered_share")
"""跟着那件进展记下的数。"""
_ABOUT_SUMS = ("到账", "对方给")
_ASKING = ("呢", "吗", "嘛")
_LATELY = 3
"""说“同意退的是我那个”，最近这么多件改动里找。"""
_SAME = 0.5
"""另一种事里，这么像同一件进展才算。"""


async def move(turn: Turn, intent: intents.Moved, awaited: Awaited | None) -> list[Reply]:
    """刚记下的挪过去；刚问着另一件的，改问这一件；都不是的，说着这一件，列出能报告的。"""
    case = await by_code(turn, intent.case)
    if isinstance(case, list) or case.position is None or case.record.closed_at is not None:
        return case if isinstance(case, list) else []
    if not intent.plainly and normalise(intent.said).endswith(_ASKING):
        await prompts.done(turn)
        return await progress(turn, case)
    if isinstance(awaited, ConfirmReport) and awaited.case != case.record.code:
        return await _ask_of(turn, case, awaited)
    if not intent.plainly:
        await prompts.done(turn)
        return await progress(turn, case)
    if (wrong := await _wrongly_noted(turn, case, intent.said)) is not None:
        return await _moved(turn, case, wrong)
    if (said := await _noted_here(turn, case)) is not None:
        return said
    await prompts.done(turn)
    listed = [] if case.stage is None or not case.stage.events else await choosing.list_events(turn, case)
    is_new = case_of(awaited) != case.record.code
    return [*replies(SPEAKING_OF.format(code=case.record.code) if is_new else ""), *listed]


async def _noted_here(turn: Turn, case: OpenedCase) -> list[Reply] | None:
    """刚记下的本来就在这一件上；不是为 ``None``。"""
    made = await changes.latest(turn.session, turn.person, limit=1)
    if not made or made[0].case_id != case.record.id or not _is_news(made[0]):
        return None
    return replies(NOTED_HERE.format(label=made[0].label, code=case.record.code))


async def _ask_of(turn: Turn, case: OpenedCase, awaited: ConfirmReport) -> list[Reply]:
    """问过“是不是”的是另一件：照样问这一件。"""
    await prompts.done(turn)
    other = await by_code(turn, awaited.case)
    label = "" if isinstance(other, list) else _label_of(other, awaited.event)
    route = await _same_step(turn, case, awaited.event, label)
    if route is None:
        return await choosing.list_events(turn, case)
    happened = awaited.happened_at if awaited.happened_at < turn.said_at else None
    told = told_limit_from(awaited.told)
    report = intents.Reported(case.record.code, route.event.id, happened, "", sure=False, told=told)
    return await confirming.ask_first(turn, case, route, report)


def _label_of(case: OpenedCase, event_id: str) -> str:
    assert case.position is not None
    every = likely_events(case.edition.scenario, case.position)
    return next((event.label for event in every if event.id == event_id), "")


async def _wrongly_noted(turn: Turn, case: OpenedCase, said: str) -> Change | None:
    """最近记在另一件上的进展、到账的数；说了是哪件进展的（“同意退的是我那个”），往前再找几件。"""
    made = await changes.latest(turn.session, turn.person, limit=_LATELY)
    for number, change in enumerate(made):
        if change.case_id in (None, case.record.id) or not _is_news(change):
            continue
        if number == 0 or undoing.alike(said, change.label) >= _SAME:
            return change
    return None


def _is_news(change: Change) -> bool:
    return change.kind == "report" or (change.kind == "amount" and change.label.startswith(_ABOUT_SUMS))


async def _moved(turn: Turn, case: OpenedCase, change: Change) -> list[Reply]:
    """那边还原，后来的照做一遍；这边记下，跟着记的数也挪过来。"""
    assert change.case_id is not None
    wrong = await cases.get_by_id(turn.session, turn.person, change.case_id)
    before = next((row for row in change.before["cases"] if row["id"] == change.case_id), None)
    if wrong is None or before is None:
        return []
    sums = _sums_since(before["amounts"], wrong.amounts)
    await undoing.take_back(turn, change)
    turn.changed("moved", f"{change.label}（挪到 {case.record.code}）", case.record.id)
    case = await _with_sums(turn, case, sums)
    assert case.position is not None
    stood = await by_code(turn, wrong.code)
    stage = "" if isinstance(stood, list) or stood.stage is None else stood.stage.title
    label = change.label
    route = await _same_step(turn, case, change.detail.get("event", ""), label) if change.kind == "report" else None
    turn.spoke_of(case.record.id, case.record.code)
    told = {"label": label, "code": case.record.code, "wrong": wrong.code, "stage": stage}
    if route is None and change.kind == "report":
        await prompts.done(turn)
        return [*replies(TAKEN_BACK.format(**told)), *await choosing.list_events(turn, case)]
    first = replies(MOVED.format(**told))
    if route is None or route.kind is RouteKind.AGAIN:
        return first
    written = change.detail.get("happened")
    happened = datetime.fromisoformat(written) if written else change.made_at
    limit = told_limit_from(change.detail.get("told") or {})
    if confirming.asks_first(case, route):
        report = intents.Reported(case.record.code, route.event.id, happened, "", sure=False, told=limit)
        return [*replies(TAKEN_BACK.format(**told)), *await confirming.ask_first(turn, case, route, report)]
    return [*first, *await reporting.record(turn, case, route, happened, exact=True, limit=limit)]


def _sums_since(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """记下那件之后才有、才变了的数。"""
    return {name: now[name] for name in _SUMS if name in now and now[name] != before.get(name)}


async def _with_sums(turn: Turn, case: OpenedCase, sums: Mapping[str, Any]) -> OpenedCase:
    """撤那件的时候这件也可能动过：取现在的样子。"""
    again = await by_code(turn, case.record.code)
    assert not isinstance(again, list)
    if not sums:
        return again
    amounts = {**again.record.amounts, **sums}
    return opened(await cases.save(turn.session, again.record, turn.now, amounts=amounts), again.edition)


async def _same_step(turn: Turn, case: OpenedCase, event_id: str, label: str) -> Route | None:
    """这一件里的同一件进展：同一个 id，或照名称听着就是；没有为空。"""
    assert case.position is not None
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    if (route := route_to(case.edition.scenario, case.position, event_id, walked)) is not None:
        return route
    heard = hear_news(label, mood_reader().clauses(label), likely_events(case.edition.scenario, case.position)).events
    if not heard or heard[0].score < _SAME:
        return None
    return route_to(case.edition.scenario, case.position, heard[0].event.id, walked)
