"""给机器人主人看的数目：只有件数、条数、次数，没有任何人的内容；少数几个人的并起来报（:mod:`...domain.small_groups`）。

在库里按格分组数好，只有不到五个人的几格才取是哪几个人，所以案件再多也只读回几百行。
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, exists, func, not_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from ...domain.small_groups import LEAST_PEOPLE, Block, Cell, Key, safe_beside, tree
from ..case.cases import open_count
from ..reminding.reminder_states import IDLE, ReminderState
from ..reminding.undelivered import stuck, undelivered, undelivered_count
from ..tables import CaseRow, DeliveryRow, ReminderRow
from . import controls

FAILURES_WITHIN = timedelta(days=30)
"""推送失败只数最近这么久的。"""

OPEN, CLOSED = "open", "closed"
PENDING = "pending"
"""排着的：还没到时、正在发、等着查清的，都算。"""

UNSETTLED = tuple(state for state in ReminderState if state not in (ReminderState.SENT, ReminderState.CANCELLED))
"""还没了结的状态：排着的、正在发的、不明的、等本人来的、送不到的。"""
_FAILED = ("rejected", "unknown", "not_sent", "absent_in_history")
"""送达没成的结局：被拒、没有回音、没发出去、查过历史确实没有。"""
_WITH_REASON = (ReminderState.CANCELLED, ReminderState.WAITING)


@dataclass(frozen=True)
class Numbers:
    """全部数目。每张表不到五个人时为空，同一层里不到五个人的并成没有名字的一行。"""

    cases: Block | None
    """案件（含保留期内已结的）：没结案的按场景、阶段，结了的按结局；有一边不到五个人时不分两边，按场景、阶段。"""
    verdicts: Block | None
    """同样这些案件，按结论。"""
    reminders: Block | None
    """提醒：排着的、送到的（按走的路）、作废的（按原因）、等本人来的（按原因）。没送到的另外逐条列，不在里面。"""
    failures: Block | None
    """最近 :data:`FAILURES_WITHIN` 没成的推送，按结局、对方给的码。"""
    anything_dead: bool
    """有没有没送到的提醒（:mod:`..reminding.undelivered`），「管理 没送到」里列的那些。"""
    paused_since: datetime | None
    """从什么时候起暂停推送（UTC）。"""


async def count_all(session: AsyncSession, now: datetime) -> Numbers:
    """数一遍。只读；放在只读的会话里，不挡别人写。"""
    cases, verdicts = await _count_cases(session)
    return Numbers(
        cases=cases,
        verdicts=verdicts,
        reminders=await _count_reminders(session, now),
        failures=await _count_failures(session, now),
        anything_dead=bool(await undelivered_count(session, now)),
        paused_since=await controls.sending_paused_since(session),
    )


@dataclass(frozen=True, slots=True)
class Gauges:
    """随时变的几个数，给监控隔一会儿看一次。"""

    open_cases: int | None
    """没结案的案件；说的是不到五个人、或从总数里减得出已结案的不到五个人时为空。"""
    due_reminders: int
    """已经到时、还没送出的提醒。"""
    undelivered_reminders: int
    """没送到的提醒，「管理 没送到」里列的那些。"""
    sending_is_paused: bool
    outbox: Mapping[str, int] = field(default_factory=dict[str, int])
    """还没了结的提醒，各种状态几条；没有的状态不写。"""


async def read_gauges(session: AsyncSession, now: datetime) -> Gauges:
    """看一眼；都走索引。"""
    open_people = await _people_up_to_enough(session, CaseRow.closed_at.is_(None))
    closed_people = await _people_up_to_enough(session, CaseRow.closed_at.is_not(None))
    is_shown = open_people == LEAST_PEOPLE and closed_people in (0, LEAST_PEOPLE)
    due = select(func.count()).where(ReminderRow.state.in_(IDLE), ReminderRow.next_try_at <= now)
    unsettled = select(ReminderRow.state, func.count()).where(ReminderRow.state.in_(UNSETTLED))
    outbox = await session.execute(unsettled.group_by(ReminderRow.state))
    return Gauges(
        open_cases=await open_count(session) if is_shown else None,
        due_reminders=await session.scalar(due) or 0,
        undelivered_reminders=await undelivered_count(session, now),
        sending_is_paused=await controls.sending_paused_since(session) is not None,
        outbox={str(state): count for state, count in outbox.all()},
    )


async def _people_up_to_enough(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    people = select(CaseRow.platform, CaseRow.user_id).where(condition).distinct().limit(LEAST_PEOPLE)
    return len((await session.execute(people)).all())


async def _count_cases(session: AsyncSession) -> tuple[Block | None, Block | None]:
    """按阶段和按结论两张表，互相减不出少数几个人。"""
    status = case((CaseRow.closed_at.is_(None), OPEN), else_=CLOSED)
    place = case((CaseRow.closed_at.is_(None), CaseRow.stage_id), else_=CaseRow.outcome)
    cells = await _cells(session, CaseRow, (status, CaseRow.scenario_id, place, CaseRow.verdict))
    by_status = _table(cells, _by_status)
    if by_status and [part.name for part in by_status.parts] == [None] and len({key[0] for key in cells}) > 1:
        by_status = _table(cells, _by_scenario)
    by_verdict = _table(cells, lambda key: key[3:])
    if by_status is None or by_verdict is None:
        return None, None
    return by_status, safe_beside(by_status, by_verdict, cells)


def _by_status(key: Key) -> Key:
    status, scenario, place, _ = key
    return (OPEN, scenario, place) if status == OPEN else (CLOSED, place)


def _by_scenario(key: Key) -> Key:
    status, scenario, place, _ = key
    return (scenario, place if status == OPEN else CLOSED)


async def _count_reminders(session: AsyncSession, now: datetime) -> Block | None:
    """没送到的提醒逐件列着，减得掉，所以不在里面。"""
    ending = case(
        (ReminderRow.state.in_((ReminderState.SENT, *_WITH_REASON)), ReminderRow.state),
        else_=PENDING,
    )
    detail = case(
        (ReminderRow.state == ReminderState.SENT, ReminderRow.channel),
        (ReminderRow.state.in_(_WITH_REASON), ReminderRow.reason),
    )
    counted = not_(await undelivered(session, now))
    cells = await _cells(session, ReminderRow, (ending, detail), counted)
    return _table(cells, lambda key: key[:1] if key[0] == PENDING else key)


async def _count_failures(session: AsyncSession, now: datetime) -> Block | None:
    """不再自己送的提醒逐条列着码，减得掉，所以那些人不算在“五个人”里；还在试的列着，但不列码。"""
    dead = aliased(ReminderRow)
    is_listed = exists().where(
        dead.platform == DeliveryRow.platform,
        dead.user_id == DeliveryRow.user_id,
        stuck(dead),
    )
    recent = and_(DeliveryRow.started_at >= now - FAILURES_WITHIN, DeliveryRow.outcome.in_(_FAILED))
    cells = await _cells(session, DeliveryRow, (DeliveryRow.outcome, DeliveryRow.code), recent, counts=not_(is_listed))
    return _table(cells, lambda key: key)


def _table(cells: Mapping[Key, Cell], shorten: Callable[[Key], Key]) -> Block | None:
    """按缩短的键排成树；树上记的仍是原来的键，好与别的表对照。"""
    merged: dict[Key, Cell] = {}
    whole: dict[Key, set[Key]] = {}
    for key, cell in cells.items():
        short = shorten(key)
        before = merged.get(short, Cell(0, frozenset()))
        merged[short] = Cell(before.count + cell.count, before.people | cell.people)
        whole.setdefault(short, set()).add(key)
    root = tree(merged)
    return None if root is None else _with_whole_keys(root, whole)


def _with_whole_keys(block: Block, whole: Mapping[Key, set[Key]]) -> Block:
    keys = frozenset[Key]().union(*(whole[key] for key in block.keys))
    return Block(block.name, block.count, keys, tuple(_with_whole_keys(part, whole) for part in block.parts))


async def _cells(
    session: AsyncSession,
    table: type[CaseRow | ReminderRow | DeliveryRow],
    dimensions: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]],
    *conditions: ColumnElement[bool],
    counts: ColumnElement[bool] | None = None,
) -> dict[Key, Cell]:
    """按 ``dimensions`` 分格；人多的格子只记够不够五个人，人少的才取是哪几个。

    Args:
        counts: 哪些人算在“五个人”里；默认都算。
    """
    names = [func.coalesce(dimension, "").label(f"d{index}") for index, dimension in enumerate(dimensions)]
    person = table.user_id if counts is None else case((counts, table.user_id))
    grouped = (
        select(*names, func.count(), func.count(distinct(person)))
        .where(*conditions)
        .group_by(*(name.name for name in names))
    )
    found: dict[Key, Cell] = {}
    few: list[Key] = []
    for row in (await session.execute(grouped)).all():
        key, (count, people) = tuple(row[: len(names)]), row[len(names) :]
        found[key] = Cell(count, frozenset((*key, number) for number in range(min(people, LEAST_PEOPLE))))
        if people < LEAST_PEOPLE:
            few.append(key)
    if few:
        in_a_small_cell = tuple_(*(name.element for name in names)).in_(few)
        owners = select(*names, table.platform, table.user_id).where(in_a_small_cell, *conditions).distinct()
        rows = (await session.execute(owners if counts is None else owners.where(counts))).all()
        for key in few:
            people = frozenset(tuple(row[len(names) :]) for row in rows if tuple(row[: len(names)]) == key)
            found[key] = Cell(found[key].count, people)
    return found
