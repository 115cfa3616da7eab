"""提醒的状态：一张走法表，一处写，库里也拦着。"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Connection, inspect, text
from sqlalchemy.exc import IntegrityError

import nonebot_plugin_refund
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.reminding import reminder_states
from nonebot_plugin_refund.storage.reminding.reminder_states import (
    HELD,
    IDLE,
    MOVES,
    OVER,
    SETTLED,
    ReminderState,
    moving,
)
from nonebot_plugin_refund.storage.tables import ReminderRow, table_of

PACKAGE = Path(nonebot_plugin_refund.__file__).parent
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
S = ReminderState


def test_every_state_leads_on_or_is_an_end_and_every_end_but_sent_can_be_undone() -> None:
    assert set(MOVES) == set(S)
    assert {state for state in S if not MOVES[state]} == {S.SENT}
    reached = {S.PENDING}
    while more := {to for state in reached for to in MOVES[state]} - reached:
        reached |= more
    assert reached == set(S)
    for state in set(S) - {S.SENT}:
        ahead, seen = {state}, set[ReminderState]()
        while ahead:
            seen |= ahead
            ahead = {to for each in ahead for to in MOVES[each]} - seen
        assert S.SENT in seen, f"从 {state} 走不到送到"


def test_the_groups_cover_every_state_once() -> None:
    assert {*IDLE, *HELD, *OVER} == set(S)
    assert len([*IDLE, *HELD, *OVER]) == len(S)
    assert set(SETTLED) < set(OVER)


@pytest.mark.parametrize("source", list(S))
@pytest.mark.parametrize("to", list(S))
def test_a_move_that_is_not_in_the_table_cannot_be_written(source: ReminderState, to: ReminderState) -> None:
    values: dict[str, Any] = {"lease_until": NOW} if to in HELD else {}
    if to in MOVES[source]:
        moving(to, (source,), NOW, **values)
    else:
        with pytest.raises(ValueError, match="不能从"):
            moving(to, (source,), NOW, **values)


@pytest.mark.parametrize(
    ("to", "source", "values"),
    [(S.CLAIMED, S.PENDING, {}), (S.PENDING, S.CLAIMED, {"lease_until": NOW}), (S.SENT, S.SENDING, {"now": None})],
)
def test_lease_and_moment_go_with_the_state(to: ReminderState, source: ReminderState, values: dict[str, Any]) -> None:
    now = values.pop("now", NOW)
    with pytest.raises(ValueError, match=r"必有租约|从什么时候起"):
        moving(to, (source,), now, **values)


def _writes_of_state() -> Iterator[str]:
    """包里往提醒表写 ``state`` 的地方。"""
    for file in PACKAGE.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        if file == Path(reminder_states.__file__) or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values"):
                continue
            called = ast.unparse(node)
            if ("update(ReminderRow)" in called or "update(_REMINDERS)" in called) and "state=" in called:
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}"


def test_only_one_place_writes_a_reminders_state() -> None:
    assert list(_writes_of_state()) == []


def test_the_model_and_the_migration_state_the_same_checks(tmp_path: Path) -> None:
    migration = (PACKAGE / "storage/migrations/versions/0001_first.py").read_text(encoding="utf-8")
    checks = [each for each in table_of(ReminderRow).constraints if isinstance(each, CheckConstraint)]
    assert len(checks) == 5
    for check in checks:
        assert f'"{check.sqltext}"' in migration
        assert f'"{check.name}"' in migration


async def test_the_database_itself_has_the_checks(database: Database) -> None:
    def names(connection: Connection) -> set[str | None]:
        return {check["name"] for check in inspect(connection).get_check_constraints("refund_reminders")}

    async with database.engine.connect() as connection:
        assert {f"ck_refund_reminders_{name}" for name in ("state", "lease", "counts", "channel", "detail_owed")} <= (
            await connection.run_sync(names)
        )


@pytest.mark.parametrize(
    "broken",
    [
        "state = 'lost'",
        "state = 'claimed'",
        "lease_until = '2026-11-23 00:00:00.000000'",
        "unknowns = 1, disproved = 2",
        "failures = -1",
        "channel = 'pigeon'",
        "detail_owed = TRUE",
    ],
)
async def test_the_database_refuses_a_row_nothing_would_lead_on_from(database: Database, broken: str) -> None:
    fresh = (
        'INSERT INTO refund_reminders (case_id, timer_id, timer_version, "offset", platform, self_id, user_id, due_at,'
        " next_try_at, state, attempt, failures, unknowns, disproved, possible_duplicate, detail_owed, created_at)"
        " SELECT id, 't', 1, 'o', platform, self_id, user_id, opened_at, opened_at, 'pending', 0, 0, 0, 0,"
        " FALSE, FALSE, opened_at FROM refund_cases"
    )
    case = (
        "INSERT INTO refund_cases (code, platform, user_id, self_id, scenario_id, rulebook_digest, answers, amounts,"
        " ledger, rule_id, rule_version, verdict, stage_entered_at, stage_told, reminders_stopped, opened_at,"
        " updated_at, version) VALUES"
        " ('K7Q2', 'onebot', '1', '9', 's', 'd', '{}', '{}', '[]', 'r', 1, 'eligible', '2026-11-23 00:00:00.000000',"
        " '{}', FALSE, '2026-11-23 00:00:00.000000', '2026-11-23 00:00:00.000000', 1)"
    )
    async with database.transaction() as session:
        await session.execute(text(case))
        await session.execute(text(fresh))
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await session.execute(text(f"UPDATE refund_reminders SET {broken}"))
