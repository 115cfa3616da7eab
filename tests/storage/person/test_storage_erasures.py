"""删过数据的人的记号：恢复旧备份之后照记号再删一遍，别人、后来又来的人不受牵连。"""

import errno
import os
import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import bindparam
from sqlalchemy import text as sql

from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.column_types import UtcDateTime
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.owner import installation
from nonebot_plugin_refund.storage.person import erasure_marks, erasures, people, personal_data
from nonebot_plugin_refund.storage.person.erasure_marks import mark_of
from nonebot_plugin_refund.storage.records import Person

HOUR = timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def filled(database: Database, alice: Person, bob: Person, case_draft: CaseDraft, now: datetime) -> Database:
    for person in (alice, bob):
        async with database.transaction() as session:
            await people.touch(session, person, now)
            await cases.create(session, person, case_draft, now)
    return database


async def _erase(folder: Path, database: Database, person: Person, at: datetime) -> None:
    async with database.transaction() as session:
        await personal_data.delete_person(session, person)
        made = await erasures.mark(session, person, at)
    await erasures.write_down(folder, [made])


async def _come(database: Database, person: Person, draft: CaseDraft, at: datetime) -> None:
    """来立一件案：恢复出来的旧库、后来又来的人，都是这样有了数据。"""
    async with database.transaction() as session:
        await people.touch(session, person, at)
        await cases.create(session, person, draft, at)


async def _open_cases(database: Database, person: Person) -> int:
    async with database.session() as session:
        return len(await cases.listed(session, person))


async def _copied_back(database: Database) -> None:
    """库被换成了删除之前的样子：里面没有那些记号。"""
    async with database.transaction() as session:
        await session.execute(sql("DELETE FROM refund_erasures"))


async def _noted(database: Database) -> int:
    async with database.session() as session:
        return (await session.scalar(sql("SELECT count(*) FROM refund_erasures"))) or 0


async def test_what_an_older_copy_brings_back_is_deleted_again_and_nobody_else(
    filled: Database, folder: Path, alice: Person, bob: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    await _copied_back(filled)
    await _come(filled, alice, case_draft, now)
    assert await erasures.catch_up(folder, filled, now) == 1
    assert await _open_cases(filled, alice) == 0
    assert await _open_cases(filled, bob) == 1
    assert await erasures.catch_up(folder, filled, now) == 0


async def test_who_came_again_after_deleting_keeps_what_is_new(
    filled: Database, folder: Path, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    await _come(filled, alice, case_draft, now + 2 * HOUR)
    assert await erasures.catch_up(folder, filled, now + 3 * HOUR) == 0
    assert await _open_cases(filled, alice) == 1


async def test_nothing_is_done_where_nobody_ever_deleted(
    filled: Database, tmp_path: Path, folder: Path, now: datetime
) -> None:
    before = os.listdir(tmp_path)
    assert await erasures.catch_up(folder, filled, now) == 0
    assert os.listdir(tmp_path) == before


async def test_at_start_only_a_database_older_than_the_journal_is_gone_through(
    filled: Database, folder: Path, alice: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    monkeypatch.setattr(erasures, "_everybody", None)
    assert await erasures.catch_up(folder, filled, now) == 0


async def test_two_processes_with_folders_of_their_own_both_know_who_was_erased(
    filled: Database, tmp_path: Path, alice: Person, bob: Person, case_draft: CaseDraft, now: datetime
) -> None:
    """在一处删的，从另一处的旧备份恢复出来，也回不来。"""
    here, there = tmp_path / "here", tmp_path / "there"
    await _erase(here, filled, alice, now + HOUR)
    assert await erasures.catch_up(there, filled, now + HOUR) == 0
    await _copied_back(filled)
    await _come(filled, alice, case_draft, now)
    assert await erasures.catch_up(there, filled, now + 2 * HOUR) == 1
    assert (await _open_cases(filled, alice), await _open_cases(filled, bob)) == (0, 1)
    assert await erasures.catch_up(here, filled, now + 2 * HOUR) == 0


async def test_marks_made_with_another_secret_count_too(
    filled: Database, folder: Path, alice: Person, now: datetime
) -> None:
    """合起来的几处安装，记号的盐不同。"""
    for salt in ("00" * 32, "11" * 32):
        erasure_marks.add(folder, [mark_of(alice, salt, now)])
    assert await erasures.catch_up(folder, filled, now) == 1
    assert await _noted(filled) == 2


async def test_a_clock_ahead_during_one_deletion_hides_no_later_one(
    filled: Database, folder: Path, alice: Person, bob: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, bob, now + timedelta(days=400))
    await _erase(folder, filled, alice, now + HOUR)
    async with filled.transaction() as session:
        await session.execute(
            sql("DELETE FROM refund_erasures WHERE erased_at < :ahead").bindparams(
                bindparam("ahead", now + timedelta(days=300), UtcDateTime())
            )
        )
    await _come(filled, alice, case_draft, now)
    assert await erasures.catch_up(folder, filled, now + 2 * HOUR) == 1


async def test_the_same_person_erased_twice_under_a_wrong_clock_stays_erased(
    filled: Database, folder: Path, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, alice, now + timedelta(days=400))
    await _come(filled, alice, case_draft, now + HOUR)
    await _erase(folder, filled, alice, now + 2 * HOUR)
    await _copied_back(filled)
    await _come(filled, alice, case_draft, now + HOUR)
    assert await erasures.catch_up(folder, filled, now + 3 * HOUR) == 1


async def test_who_was_first_seen_by_a_clock_ahead_is_erased_all_the_same(
    filled: Database, folder: Path, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    await _copied_back(filled)
    await _come(filled, alice, case_draft, now + timedelta(days=400))
    assert await erasures.catch_up(folder, filled, now + 2 * HOUR) == 1
    await _come(filled, alice, case_draft, now + timedelta(days=400))
    assert await erasures.catch_up(folder, filled, now + 2 * HOUR) == 0
    assert await _open_cases(filled, alice) == 1


async def test_a_mark_pruned_here_and_still_kept_there_costs_nobody_who_came_again(
    filled: Database, tmp_path: Path, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    await _erase(here, filled, alice, now)
    await erasures.catch_up(there, filled, now)
    await _come(filled, alice, case_draft, now + HOUR)
    later = now + timedelta(days=366)
    assert await erasures.prune(here, filled, later) == 1
    assert await erasures.catch_up(there, filled, later) == 0
    assert await _open_cases(filled, alice) == 1


async def test_a_deletion_that_was_not_committed_leaves_no_mark_anywhere(
    filled: Database, folder: Path, alice: Person, now: datetime
) -> None:
    class FullError(Exception):
        pass

    async def full() -> None:
        async with filled.transaction() as session:
            await personal_data.delete_person(session, alice)
            await erasures.mark(session, alice, now)
            raise FullError

    with pytest.raises(FullError):
        await full()
    assert await erasures.catch_up(folder, filled, now) == 0
    assert await _open_cases(filled, alice) == 1
    assert "data" not in os.listdir(folder.parent)


async def test_a_mark_that_could_not_be_written_down_is_written_down_later(
    filled: Database, folder: Path, alice: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(erasure_marks, "_write", full)
        await _erase(folder, filled, alice, now)
        assert await erasures.catch_up(folder, filled, now) == 0
    assert erasure_marks.read(folder) == frozenset()
    assert await erasures.catch_up(folder, filled, now) == 0
    assert len(erasure_marks.read(folder)) == 1


async def test_a_sqlite_file_copied_back_by_hand_is_caught_at_the_next_start(
    tmp_path: Path,
    sqlite_template: Path,
    folder: Path,
    alice: Person,
    bob: Person,
    case_draft: CaseDraft,
    now: datetime,
) -> None:
    file, backup = tmp_path / "live.db", tmp_path / "backup.db"
    shutil.copy(sqlite_template, file)
    database = Database(file)
    for person in (alice, bob):
        await _come(database, person, case_draft, now)
    await database.close()
    shutil.copy(file, backup)
    database = Database(file)
    await _erase(folder, database, alice, now + HOUR)
    await database.close()
    assert len(erasures.marks_in_file(file)) == 1
    for leftover in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.remove(f"{file}{leftover}")
    shutil.copy(backup, file)
    assert erasures.marks_in_file(file) == frozenset()
    database = Database(file)
    assert await erasures.catch_up(folder, database, now + HOUR) == 1
    assert (await _open_cases(database, alice), await _open_cases(database, bob)) == (0, 1)
    await database.close()


@pytest.mark.parametrize("content", [None, b"", b"not a database at all" * 50])
def test_a_file_that_is_no_database_of_ours_has_no_marks(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.sqlite3"
    if content is not None:
        file.write_bytes(content)
    assert erasures.marks_in_file(file) == frozenset()


async def test_the_journal_names_nobody(filled: Database, folder: Path, alice: Person, now: datetime) -> None:
    await _erase(folder, filled, alice, now)
    written = (folder / erasures.FILE_NAME).read_text("utf-8")
    assert alice.user_id not in written
    assert (folder / erasures.FILE_NAME).stat().st_mode & 0o077 == 0


async def test_the_secret_is_drawn_once_and_kept(filled: Database) -> None:
    async with filled.transaction() as session:
        drawn = await installation.secret(session)
    async with filled.transaction() as session:
        assert await installation.secret(session) == drawn
    assert len(drawn) == 32


async def test_half_a_line_from_a_power_cut_spoils_neither_what_was_before_nor_what_comes_after(
    filled: Database, folder: Path, alice: Person, bob: Person, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    salt = "00" * 32
    erasure_marks.add(folder, [mark_of(alice, salt, now + HOUR)])
    with (folder / erasures.FILE_NAME).open("a") as journal:
        journal.write('{"erased":"12')
    erasure_marks.add(folder, [mark_of(bob, salt, now + HOUR)])
    assert await erasures.catch_up(folder, filled, now) == 2
    assert "读不出来" in caplog.text


async def test_a_second_deletion_warns_of_nothing(
    filled: Database, folder: Path, alice: Person, bob: Person, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    await _erase(folder, filled, alice, now)
    await _erase(folder, filled, bob, now + HOUR)
    assert await erasures.catch_up(folder, filled, now + HOUR) == 0
    assert len(erasure_marks.read(folder)) == 2
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("days", "oldest_backup_days", "kept"), [(364, None, True), (366, None, False), (366, 400, True)]
)
async def test_a_mark_is_kept_a_year_and_as_long_as_any_older_backup(
    filled: Database,
    folder: Path,
    alice: Person,
    now: datetime,
    days: int,
    oldest_backup_days: int | None,
    kept: bool,
) -> None:
    await _erase(folder, filled, alice, now)
    later = now + timedelta(days=days)
    oldest = None if oldest_backup_days is None else later - timedelta(days=oldest_backup_days)
    assert await erasures.prune(folder, filled, later, oldest) == (0 if kept else 1)
    assert await erasures.prune(folder, filled, later, oldest) == 0
    assert len(erasure_marks.read(folder)) == await _noted(filled) == int(kept)


async def test_who_is_erased_while_the_file_is_being_wiped_is_owed_another_wipe(
    folder: Path, filled: Database, alice: Person, bob: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _erase(folder, filled, alice, now)
    wipe = filled.wipe_deleted

    async def while_another_leaves() -> bool:
        done = await wipe()
        await _erase(folder, filled, bob, now + HOUR)
        return done

    monkeypatch.setattr(filled, "wipe_deleted", while_another_leaves)
    assert await erasures.wipe_if_owed(filled) is True
    monkeypatch.undo()
    assert await erasures.wipe_if_owed(filled) is True
    assert await erasures.wipe_if_owed(filled) is False
