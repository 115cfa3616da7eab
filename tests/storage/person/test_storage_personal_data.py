"""导出与删除是完整的：逐表核对，以后加表也跑不掉。"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from nonebot_plugin_refund.storage.case import cases, interviews, snapshots
from nonebot_plugin_refund.storage.case.cases import CaseDraft, EventDraft
from nonebot_plugin_refund.storage.case.interviews import InterviewStatus
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import handled, notes, owed_replies, people, personal_data, retention
from nonebot_plugin_refund.storage.records import CaseRecord, Person
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.tables import ChangeRow, DeliveryItemRow, DeliveryRow, ReminderRow, metadata
from tests.storage.person.ends_of_data import ENDS

NOT_PERSONAL = {
    "refund_controls",
    "refund_erasures",
    "refund_group_settings",
    "refund_handled_messages",
    "refund_rulebook_snapshots",
}
"""里面没有任何人的数据的表。新加的表要么有人的数据并被填进 ``_fill``，要么写进这里。"""


async def _fill(database: Database, person: Person, draft: CaseDraft, timer: TimerDraft, now: datetime) -> CaseRecord:
    async with database.transaction() as session:
        await people.touch(session, person, now)
        await notes.put(session, person, "delete", now + timedelta(minutes=5))
        assert await owed_replies.keep(session, person, "9000", [f"欠 {person.user_id} 的"], now)
        case = await cases.create(session, person, draft, now)
        before = {"mine": person.user_id}
        session.add(
            ChangeRow(
                platform=person.platform,
                user_id=person.user_id,
                kind="answer",
                label="改了答案",
                case_id=case.id,
                detail={},
                before=before,
                made_at=now,
            )
        )
        await cases.append_event(session, case, EventDraft("opened"), now)
        await cases.tick_evidence(session, case, "order-shot", now)
        await interviews.start(
            session,
            person,
            self_id="9000",
            scenario_id="top-up",
            rulebook_digest="d1",
            state={"mine": person.user_id},
            now=now,
            case_id=case.id,
        )
        planned = [ReminderDraft(timer.timer_id, "3h", timer.due_at)]
        await timers.replace_timers(session, case, [timer], planned, now)
        delivery = DeliveryRow(
            platform=person.platform,
            self_id="9000",
            user_id=person.user_id,
            channel="private",
            text=f"给 {person.user_id}",
            outcome="accepted",
            marked_duplicate=False,
            started_at=now,
        )
        session.add(delivery)
        await session.flush()
        reminder_id = await session.scalar(select(ReminderRow.id).where(ReminderRow.user_id == person.user_id))
        assert reminder_id is not None
        session.add(DeliveryItemRow(delivery_id=delivery.id, reminder_id=reminder_id, attempt=1))
    return case


async def _counts(database: Database) -> dict[str, int]:
    async with database.session() as session:
        return {
            name: await session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
            if name not in NOT_PERSONAL
        }


async def _texts(database: Database) -> str:
    async with database.session() as session:
        rows: list[Any] = []
        for table in metadata.tables.values():
            rows += [tuple(row) for row in await session.execute(select(table))]
    return repr(rows)


@pytest.fixture
async def filled(
    database: Database,
    alice: Person,
    bob: Person,
    case_draft: CaseDraft,
    timer_draft: Callable[..., TimerDraft],
    now: datetime,
) -> CaseRecord:
    case = await _fill(database, alice, case_draft, timer_draft(), now)
    await _fill(database, bob, case_draft, timer_draft(), now)
    return case


async def test_deleting_a_person_leaves_no_row_in_any_table_and_others_untouched(
    database: Database, filled: CaseRecord, alice: Person, bob: Person
) -> None:
    before = await _counts(database)
    assert set(before.values()) == {2}, "两个人在每张表里都该有一行"
    async with database.session() as session:
        bobs = await personal_data.export_person(session, bob)
    async with database.transaction() as session:
        await personal_data.delete_person(session, alice)
    assert set((await _counts(database)).values()) == {1}
    assert alice.user_id not in await _texts(database)
    async with database.session() as session:
        assert await personal_data.export_person(session, bob) == bobs


async def test_the_same_number_on_another_platform_is_somebody_else_to_export_and_deletion(
    database: Database, alice: Person, case_draft: CaseDraft, timer_draft: Callable[..., TimerDraft], now: datetime
) -> None:
    elsewhere = Person("console", alice.user_id)
    await _fill(database, alice, case_draft, timer_draft(), now)
    await _fill(database, elsewhere, case_draft, timer_draft(), now)
    async with database.session() as session:
        mine = await personal_data.export_person(session, alice)
        before = await personal_data.export_person(session, elsewhere)
    assert "console" not in json.dumps(mine)
    async with database.transaction() as session:
        await personal_data.delete_person(session, alice)
    async with database.session() as session:
        assert await personal_data.export_person(session, elsewhere) == before


async def test_an_export_holds_every_own_row_and_nobody_elses(
    database: Database, filled: CaseRecord, alice: Person, bob: Person
) -> None:
    async with database.session() as session:
        exported = await personal_data.export_person(session, alice)
    text = json.dumps(exported, ensure_ascii=False)
    assert bob.user_id not in text
    assert filled.code in text
    rows = {name: part for name, part in exported.items() if name != "owner"}
    assert len(rows) == len(metadata.tables) - len(NOT_PERSONAL)
    assert all(len(part) == 1 for part in rows.values())


async def test_every_column_that_holds_something_of_a_person_is_exported(
    database: Database, filled: CaseRecord, alice: Person
) -> None:
    async with database.session() as session:
        exported = await personal_data.export_person(session, alice)
    shown = {frozenset(rows[0]) for name, rows in exported.items() if name != "owner"}
    for name in ENDS.keys() - {"refund_handled_messages"}:
        assert frozenset(metadata.tables[name].columns.keys()) in shown, name


async def test_closed_cases_are_purged_after_their_time_and_open_ones_stay(
    database: Database, filled: CaseRecord, alice: Person, bob: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await cases.close(session, filled, "refunded", now)
        assert await personal_data.purge_closed(session, now) == 0
        assert await personal_data.purge_closed(session, now + timedelta(seconds=1)) == 1
        assert await personal_data.purge_closed(session, now + timedelta(seconds=1)) == 0
        assert await cases.listed(session, alice, include_closed=True) == []
        assert len(await cases.listed(session, bob)) == 1
    assert (await _counts(database))["refund_deliveries"] == 1


async def test_a_verdict_without_stages_is_purged_only_when_nobody_touched_it_since(
    database: Database, filled: CaseRecord, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        stageless = replace(case_draft, track_id=None, stage_id=None)
        old = await cases.create(session, alice, stageless, now - timedelta(seconds=1))
        fresh = await cases.create(session, alice, stageless, now)
        assert await personal_data.purge_closed(session, now) == 1
        left = {case.code for case in await cases.listed(session, alice)}
    assert old.code not in left
    assert {fresh.code, filled.code} <= left


@pytest.mark.parametrize("status", list(InterviewStatus))
async def test_interviews_nobody_touched_for_long_are_purged_whatever_their_state(
    database: Database, filled: CaseRecord, alice: Person, bob: Person, now: datetime, status: InterviewStatus
) -> None:
    async with database.transaction() as session:
        interview = await interviews.active(session, alice)
        assert interview is not None
        await interviews.save(session, interview, now=now - timedelta(days=1), status=status)
        assert await retention.purge_interviews(session, now) == 1
        assert await retention.purge_interviews(session, now) == 0
        assert await interviews.active(session, bob) is not None


async def test_a_message_is_handled_once_until_forgotten(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert await handled.first_time(session, "onebot", "9000", "-77", now) is True
        assert await handled.first_time(session, "onebot", "9000", "-77", now) is False
        assert await handled.first_time(session, "onebot", "9001", "-77", now) is True
        assert await handled.forget(session, now) == 0
        assert await handled.forget(session, now + timedelta(seconds=1)) == 2
        assert await handled.first_time(session, "onebot", "9000", "-77", now) is True


async def test_a_pending_confirmation_is_taken_once_and_expires(
    database: Database, alice: Person, stranger: Person, now: datetime
) -> None:
    later = now + timedelta(minutes=5)
    async with database.transaction() as session:
        await notes.put(session, alice, "delete", later, {"code": "K7Q2"})
        await notes.put(session, alice, "close", later, {"code": "M3P4"})
        assert await notes.peek(session, stranger, now) is None
        assert await notes.take(session, stranger, now) is None
        assert await notes.peek(session, alice, later) is None
        assert await notes.take(session, alice, now) == notes.Note("close", {"code": "M3P4"})
        assert await notes.take(session, alice, now) is None
        await notes.put(session, alice, "delete", later)
        assert await notes.take(session, alice, later) is None


async def test_only_confirmations_nobody_answered_in_time_are_swept_away(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    later = now + timedelta(minutes=5)
    async with database.transaction() as session:
        await notes.put(session, alice, "delete", now)
        await notes.put(session, bob, "close", later)
        assert await notes.forget(session, now) == 1
        assert await notes.take(session, bob, now) is not None


async def test_a_rulebook_snapshot_stays_while_a_case_or_interview_uses_it(
    database: Database, filled: CaseRecord, now: datetime
) -> None:
    async with database.transaction() as session:
        for digest, scenario in (("d1", "shop-return"), ("d1", "top-up"), ("d0", "shop-return")):
            assert not await snapshots.is_kept(session, digest, scenario)
            await snapshots.keep(session, digest, scenario, {"题": [1, 2]}, now)
            assert await snapshots.is_kept(session, digest, scenario)
        await snapshots.keep(session, "d1", "top-up", {"changed": True}, now)
        assert await snapshots.get(session, "d1", "top-up") == {"题": [1, 2]}
        assert await snapshots.forget_unused(session, now + timedelta(seconds=1)) == 1
        assert await snapshots.get(session, "d0", "shop-return") is None
        assert await snapshots.get(session, "d1", "shop-return") is not None


async def test_a_rulebook_snapshot_nobody_uses_yet_stays_for_its_time(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await snapshots.keep(session, "d0", "shop-return", {}, now)
        assert await snapshots.forget_unused(session, now) == 0
        assert await snapshots.is_kept(session, "d0", "shop-return")
        assert await snapshots.forget_unused(session, now + timedelta(seconds=1)) == 1
