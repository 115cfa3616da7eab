"""撤销：只看得到、只动得了本人的；别人的、同一个号在别的平台上的，一行也不变。"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from nonebot_plugin_refund.storage.case import cases, changes, interviews
from nonebot_plugin_refund.storage.case.cases import CaseDraft, EventDraft
from nonebot_plugin_refund.storage.case.changes import Before
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import people, standing
from nonebot_plugin_refund.storage.records import CaseRecord, InterviewRecord, Person
from nonebot_plugin_refund.storage.tables import CaseEventRow, ChangeRow


async def _lives(
    database: Database, person: Person, draft: CaseDraft, now: datetime
) -> tuple[CaseRecord, InterviewRecord]:
    """一个人：一件案件，一场正在进行的访谈，没有停提醒。"""
    async with database.transaction() as session:
        case = await cases.create(session, person, draft, now)
        interview = await interviews.start(
            session,
            person,
            self_id="9000",
            scenario_id="top-up",
            rulebook_digest="d1",
            state={"answers": {"步": 1}},
            now=now,
        )
        await people.set_reminders_stopped(session, person, False, now)
    return case, interview


async def _seen(database: Database, person: Person, case: CaseRecord) -> Before:
    async with database.session() as session:
        return await changes.picture(session, person, [case.id])


async def _changed(database: Database, person: Person, case: CaseRecord, now: datetime, **kept: Any) -> None:
    """改一样东西，记下一笔。"""
    async with database.transaction() as session:
        before = await changes.picture(session, person, [case.id])
        await changes.record(
            session, person, kind="report", label="改了", before=before, now=now, case_id=case.id, detail=kept
        )
        record = await cases.get_by_id(session, person, case.id)
        assert record is not None
        await cases.save(session, record, now, stage_id="refused")
        await people.set_reminders_stopped(session, person, True, now)


async def test_what_was_just_read_gives_the_same_picture_as_reading_it_again(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, _ = await _lives(database, alice, case_draft, now)
    async with database.transaction() as session:
        await people.set_mention_consent(session, alice, True, now)
        settings = await people.touch(session, alice, now)
        ongoing = await interviews.ongoing(session, alice)
        again = await changes.picture(session, alice, [case.id])
        known = await changes.picture(session, alice, [case.id], ongoing=ongoing, settings=settings)
    assert ongoing
    assert settings.mention_consent is True
    assert known == again


async def test_the_picture_holds_only_what_is_ones_own(
    database: Database, alice: Person, stranger: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, interview = await _lives(database, alice, case_draft, now)
    theirs, their_interview = await _lives(database, stranger, case_draft, now)
    async with database.transaction() as session:
        await people.set_reminders_stopped(session, stranger, True, now)
    async with database.session() as session:
        mine = await changes.picture(session, alice, [case.id, theirs.id])
    assert [row["id"] for row in mine["cases"]] == [case.id]
    assert [row["id"] for row in mine["interviews"]] == [interview.id]
    assert their_interview.id != interview.id
    assert mine["person"]["reminders_stopped"] in (False, 0)


async def test_nobody_sees_the_changes_of_another(
    database: Database, alice: Person, stranger: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, _ = await _lives(database, alice, case_draft, now)
    await _changed(database, alice, case, now)
    async with database.session() as session:
        assert await changes.latest(session, stranger) == []
        assert (await standing.of(session, stranger)).has_changes is False
        assert [change.label for change in await changes.latest(session, alice)] == ["改了"]
        assert (await standing.of(session, alice)).has_changes is True


async def test_an_undo_gives_back_ones_own_and_moves_nothing_of_another(
    database: Database, alice: Person, stranger: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, _ = await _lives(database, alice, case_draft, now)
    theirs, _ = await _lives(database, stranger, case_draft, now)
    before = await _seen(database, alice, case)
    await _changed(database, alice, case, now)
    await _changed(database, stranger, theirs, now)
    untouched = await _seen(database, stranger, theirs)
    async with database.transaction() as session:
        (change,) = await changes.latest(session, alice)
        await changes.undo(session, alice, change, now + timedelta(minutes=1))
    assert changes.is_same(await _seen(database, alice, case), before)
    assert await _seen(database, stranger, theirs) == untouched
    async with database.session() as session:
        assert (await standing.of(session, alice)).has_changes is False
        assert (await standing.of(session, stranger)).has_changes is True


async def test_what_was_undone_no_longer_counts_and_keeps_the_moment_it_was_undone(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    later = now + timedelta(minutes=1)
    case, _ = await _lives(database, alice, case_draft, now)
    async with database.transaction() as session:
        await cases.append_event(session, case, EventDraft("opened"), now)
    before = await _seen(database, alice, case)
    moments: list[tuple[list[datetime | None], list[datetime | None]]] = []
    for moment in (now, later):
        await _changed(database, alice, case, now)
        async with database.transaction() as session:
            await cases.append_event(session, case, EventDraft("refused"), now)
            change, *_ = await changes.latest(session, alice)
            await changes.undo(session, alice, change, moment)
            assert [event.event_id for event in await cases.events(session, case)] == ["opened"]
            of_events = select(CaseEventRow.undone_at).order_by(CaseEventRow.id)
            of_changes = select(ChangeRow.undone_at).order_by(ChangeRow.id)
            moments.append((list(await session.scalars(of_events)), list(await session.scalars(of_changes))))
        assert (await _seen(database, alice, case))["events"] == before["events"]
    assert moments == [([None, now], [now]), ([None, now, later], [now, later])]


async def test_the_first_of_two_changes_takes_along_only_what_still_stands(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, _ = await _lives(database, alice, case_draft, now)
    async with database.transaction() as session:
        await cases.append_event(session, case, EventDraft("opened"), now)
    for _ in range(2):
        await _changed(database, alice, case, now)
    async with database.transaction() as session:
        await cases.append_event(session, case, EventDraft("refused"), now)
        second, first = await changes.latest(session, alice)
        await changes.undo(session, alice, second, now)
        await changes.undo(session, alice, first, now + timedelta(minutes=1))
    async with database.session() as session:
        undone = await session.scalars(select(ChangeRow.undone_at).order_by(ChangeRow.id))
        struck = await session.scalars(select(CaseEventRow.undone_at).order_by(CaseEventRow.id))
        assert list(undone) == [now + timedelta(minutes=1), now]
        assert list(struck) == [None, now]


async def test_interviews_begun_since_go_away_and_those_of_another_stay(
    database: Database, alice: Person, stranger: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, interview = await _lives(database, alice, case_draft, now)
    await _changed(database, alice, case, now)
    theirs, their_interview = await _lives(database, stranger, case_draft, now)
    async with database.transaction() as session:
        newer = await interviews.start(
            session, alice, self_id="9000", scenario_id="live-tip", rulebook_digest="d1", state={}, now=now
        )
        (change,) = await changes.latest(session, alice)
        await changes.undo(session, alice, change, now)
    async with database.session() as session:
        running = await interviews.active(session, alice)
        still = await interviews.active(session, stranger)
        resting = await interviews.suspended(session, alice)
    assert running is not None
    assert running.id == interview.id
    assert newer.id not in [one.id for one in resting]
    assert still is not None
    assert still.id == their_interview.id
    assert theirs.id != case.id


async def test_only_ones_own_new_case_goes_with_the_change_that_opened_it(
    database: Database, alice: Person, stranger: Person, case_draft: CaseDraft, now: datetime
) -> None:
    """记着的案件号指向别人的案件（库被拼错过）：也删不掉。"""
    case, _ = await _lives(database, alice, case_draft, now)
    theirs, _ = await _lives(database, stranger, case_draft, now)
    for opened, owner, is_left in ((theirs, stranger, True), (case, alice, False)):
        async with database.transaction() as session:
            empty = await changes.picture(session, alice)
            await changes.record(
                session, alice, kind="answer", label="立案", before=empty, now=now, detail={"opened": opened.id}
            )
            change, *_ = await changes.latest(session, alice)
            await changes.undo(session, alice, change, now)
            assert (await cases.get_by_id(session, owner, opened.id) is not None) is is_left


async def test_old_changes_are_forgotten_and_later_ones_kept(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    case, _ = await _lives(database, alice, case_draft, now)
    await _changed(database, alice, case, now)
    await _changed(database, alice, case, now + timedelta(days=2))
    async with database.transaction() as session:
        assert await changes.forget(session, now + timedelta(days=1)) == 1
        assert len(await changes.latest(session, alice)) == 1
