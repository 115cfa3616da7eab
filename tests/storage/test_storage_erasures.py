"""删过数据的人的记号：恢复旧备份之后照记号再删一遍，别人、后来又来的人不受牵连。"""

import os
import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage import cases, erasures, people, personal_data
from nonebot_plugin_refund.storage.cases import CaseDraft
from nonebot_plugin_refund.storage.database import Database
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
    await erasures.record(folder, person, at)
    async with database.transaction() as session:
        await personal_data.delete_person(session, person)
        await erasures.mark(session, at)


async def _come(database: Database, person: Person, draft: CaseDraft, at: datetime) -> None:
    """来立一件案：恢复出来的旧库、后来又来的人，都是这样有了数据。"""
    async with database.transaction() as session:
        await people.touch(session, person, at)
        await cases.create(session, person, draft, at)


async def _open_cases(database: Database, person: Person) -> int:
    async with database.session() as session:
        return len(await cases.listed(session, person))


async def test_what_an_older_copy_brings_back_is_deleted_again_and_nobody_else(
    filled: Database, folder: Path, alice: Person, bob: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    await _come(filled, alice, case_draft, now)
    assert await erasures.reapply(folder, filled) == 1
    assert await _open_cases(filled, alice) == 0
    assert await _open_cases(filled, bob) == 1
    assert await erasures.reapply(folder, filled) == 0


async def test_who_came_again_after_deleting_keeps_what_is_new(
    filled: Database, folder: Path, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    await _come(filled, alice, case_draft, now + 2 * HOUR)
    assert await erasures.reapply(folder, filled) == 0
    assert await _open_cases(filled, alice) == 1


async def test_nothing_is_done_where_nobody_ever_deleted(filled: Database, tmp_path: Path, folder: Path) -> None:
    before = os.listdir(tmp_path)
    assert await erasures.reapply(folder, filled) == 0
    assert await erasures.catch_up(folder, filled) == 0
    assert os.listdir(tmp_path) == before


async def test_at_start_only_a_database_older_than_the_journal_is_gone_through(
    filled: Database,
    folder: Path,
    alice: Person,
    case_draft: CaseDraft,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await _erase(folder, filled, alice, now + HOUR)
    monkeypatch.setattr(erasures, "_erased_among", None)
    assert await erasures.catch_up(folder, filled) == 0


async def test_a_deletion_cut_off_before_its_commit_is_finished_at_the_next_start(
    filled: Database, folder: Path, alice: Person, now: datetime
) -> None:
    await erasures.record(folder, alice, now + HOUR)
    assert await _open_cases(filled, alice) == 1
    assert await erasures.catch_up(folder, filled) == 1
    assert await _open_cases(filled, alice) == 0


async def test_a_deletion_that_failed_is_withdrawn(
    filled: Database, folder: Path, alice: Person, bob: Person, now: datetime
) -> None:
    await _erase(folder, filled, bob, now + HOUR)
    await erasures.record(folder, alice, now + 2 * HOUR)
    await erasures.withdraw(folder, alice, now + 2 * HOUR)
    assert await erasures.catch_up(folder, filled) == 0
    assert await erasures.reapply(folder, filled) == 0
    assert await _open_cases(filled, alice) == 1


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
    for leftover in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.remove(f"{file}{leftover}")
    shutil.copy(backup, file)
    database = Database(file)
    assert await erasures.catch_up(folder, database) == 1
    assert (await _open_cases(database, alice), await _open_cases(database, bob)) == (0, 1)
    await database.close()


async def test_the_journal_names_nobody(folder: Path, alice: Person, now: datetime) -> None:
    await erasures.record(folder, alice, now)
    written = (folder / erasures.FILE_NAME).read_text("utf-8")
    assert alice.user_id not in written
    assert (folder / erasures.FILE_NAME).stat().st_mode & 0o077 == 0


async def test_two_installations_mark_the_same_person_differently(tmp_path: Path, alice: Person, now: datetime) -> None:
    for name in ("one", "two"):
        await erasures.record(tmp_path / name, alice, now)
    one, two = ((tmp_path / name / erasures.FILE_NAME).read_text("utf-8").splitlines()[-1] for name in ("one", "two"))
    assert one != two


async def test_half_a_line_from_a_power_cut_spoils_neither_what_was_before_nor_what_comes_after(
    filled: Database, folder: Path, alice: Person, bob: Person, now: datetime
) -> None:
    await erasures.record(folder, alice, now + HOUR)
    with (folder / erasures.FILE_NAME).open("a") as journal:
        journal.write('{"erased":"12')
    await erasures.record(folder, bob, now + HOUR)
    assert await erasures.reapply(folder, filled) == 2


@pytest.mark.parametrize(
    ("days", "oldest_backup_days", "kept"), [(364, None, True), (366, None, False), (366, 400, True)]
)
async def test_a_mark_is_kept_a_year_and_as_long_as_any_older_backup(
    folder: Path, alice: Person, now: datetime, days: int, oldest_backup_days: int | None, kept: bool
) -> None:
    await erasures.record(folder, alice, now)
    later = now + timedelta(days=days)
    oldest = None if oldest_backup_days is None else later - timedelta(days=oldest_backup_days)
    assert await erasures.prune(folder, later, oldest) == (0 if kept else 1)
    assert await erasures.prune(folder, later, oldest) == 0
