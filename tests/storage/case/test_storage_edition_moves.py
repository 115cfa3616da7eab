"""换版的进度与通知：几个进程共用一份，断了接得上；同一件、同一个版本只通知一次。"""

from dataclasses import replace
from datetime import datetime, timedelta

from nonebot_plugin_refund.storage.case import cases, edition_moves, snapshots
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.owner import reloads
from nonebot_plugin_refund.storage.records import CaseRecord, Person
from nonebot_plugin_refund.storage.reminding import reminders, rule_notices, timers
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState


async def opened(database: Database, person: Person, draft: CaseDraft, now: datetime) -> CaseRecord:
    async with database.transaction() as session:
        return await cases.create(session, person, draft, now)


async def test_progress_is_kept_while_the_edition_stays_and_starts_anew_with_another(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        await edition_moves.declare(session, {"shop": "new", "tip": "t1"}, now)
        await edition_moves.remember(session, "shop", "old", 7, "new", now)
        await edition_moves.remember(session, "shop", "old", 5, "new", now)
        await edition_moves.remember(session, "tip", "t0", 3, "t1", now)
        await edition_moves.declare(session, {"shop": "new", "tip": "t2"}, now)
    async with database.session() as session:
        found = await edition_moves.in_force(session)
    assert found.after("shop", "old") == 7
    assert found.after("tip", "t0") == 0
    assert dict(found.digests) == {"shop": "new", "tip": "t2"}


async def test_progress_towards_an_edition_no_longer_in_force_is_not_noted(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await edition_moves.declare(session, {"shop": "newer"}, now)
        await edition_moves.remember(session, "shop", "old", 9, "new", now)
    async with database.session() as session:
        assert (await edition_moves.in_force(session)).after("shop", "old") == 0


async def test_open_cases_of_one_edition_come_in_order_from_where_it_stopped(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    made = [await opened(database, alice, case_draft, now) for _ in range(4)]
    other = await opened(database, alice, replace(case_draft, rulebook_digest="other"), now)
    async with database.transaction() as session:
        await cases.close(session, made[1], "refunded", now)
        for digest in ("d1", "other"):
            await snapshots.keep(session, digest, "shop-return", {}, now)
    async with database.session() as session:
        first = await edition_moves.open_cases_on(session, "shop-return", "d1", 0, 2)
        rest = await edition_moves.open_cases_on(session, "shop-return", "d1", first[-1].id, 2)
        assert [case.id for case in (*first, *rest)] == [made[0].id, made[2].id, made[3].id]
        assert await edition_moves.count_open_on(session, "shop-return", "d1") == 3
        assert await edition_moves.kept_editions(session) == [("shop-return", "d1"), ("shop-return", "other")]
        (only,) = await edition_moves.open_cases_on(session, "shop-return", "other", 0, 9)
        assert only.id == other.id


async def test_a_case_is_told_once_of_each_edition_and_the_newer_takes_the_place_of_the_older(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case = await opened(database, alice, case_draft, now)
    async with database.transaction() as session:
        assert await rule_notices.announce(session, case, "e1", now, now)
        assert not await rule_notices.announce(session, case, "e1", now, now)
        assert await rule_notices.announce(session, case, "e2", now + timedelta(hours=1), now)
        rows = await reminders.of_case(session, alice, case.id)
        states = {rule_notices.new_edition_of(row.offset): row.state for row in rows}
        assert states == {"e1": ReminderState.CANCELLED, "e2": ReminderState.PENDING}
        assert await timers.current_timers(session, case.id) == []
        assert await timers.latest_timers(session, case.id) == []
        assert not await rule_notices.announce(session, case, "e1", now, now)


async def test_replacing_the_timers_of_a_case_leaves_a_waiting_notice_alone(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case = await opened(database, alice, case_draft, now)
    async with database.transaction() as session:
        await rule_notices.announce(session, case, "e1", now, now)
        await timers.replace_timers(session, case, [], [], now)
        (row,) = await reminders.of_case(session, alice, case.id)
    assert row.state == ReminderState.PENDING


async def test_whoever_stopped_reminders_is_not_told(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case = await opened(database, alice, case_draft, now)
    async with database.transaction() as session:
        await reminders.stop(session, alice, now)
        assert not await rule_notices.announce(session, case, "e1", now, now)
        (row,) = await reminders.of_case(session, alice, case.id)
    assert (row.state, row.reason) == (ReminderState.CANCELLED, reminders.STOPPED)


async def test_the_latest_reload_is_what_other_processes_see(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert await reloads.latest(session) is None
        await reloads.announce(session, "a", now)
        await reloads.announce(session, "b", now + timedelta(minutes=1))
        assert await reloads.latest(session) == reloads.Reload("b", now + timedelta(minutes=1))
