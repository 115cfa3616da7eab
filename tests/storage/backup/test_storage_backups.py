"""做备份：机器人照写；哪一刻被打断都有一份好的。"""

import asyncio
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage.backup import backup_register, backups
from nonebot_plugin_refund.storage.backup.backup_manifest import MANIFEST, found_in, manifest_in
from nonebot_plugin_refund.storage.backup.backups import UNFINISHED, Subject, dated_name, make_backup, prune
from nonebot_plugin_refund.storage.backup.exclusive import WorkplaceBusyError, workplace
from nonebot_plugin_refund.storage.backup.restoring import Place
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import known_revisions
from tests.backends import sqlite_only
from tests.storage.backup.backup_steps import codes, restore, snapshot

pytestmark = sqlite_only


async def test_a_backup_of_a_running_bot_brings_everything_to_a_fresh_machine(
    subject: Subject, kept_case: str, fresh: Place, tmp_path: Path, now: datetime
) -> None:
    target = tmp_path / "backups" / dated_name(now)
    manifest = make_backup(subject, target, now)  # database 还开着
    assert manifest == manifest_in(target)
    assert manifest.counts == {"cases": 1, "open_cases": 1, "people": 0, "reminders": 1, "unsettled_reminders": 1}
    assert (manifest.revision, manifest.made_at) == (known_revisions()[-1], now)
    assert set(zipfile.ZipFile(target).namelist()) == {"refund.sqlite3", "rulebook/own.yaml", MANIFEST}
    assert target.stat().st_mode & 0o077 == 0
    assert restore(target, fresh, now) == []
    assert codes(fresh.database) == [kept_case]
    assert (fresh.rulebook / "own.yaml").read_text(encoding="utf-8") == "id: own\n"
    assert sorted(path.name for path in fresh.database.parent.iterdir()) == ["refund.sqlite3", "rulebook"]


async def test_a_writer_is_not_held_up_and_the_copy_is_of_one_moment(
    subject: Subject,
    kept_case: str,
    database: Database,
    case_draft: CaseDraft,
    bob: Person,
    tmp_path: Path,
    now: datetime,
) -> None:
    async with database.transaction() as session:
        late = await cases.create(session, bob, case_draft, now)
        await asyncio.to_thread(make_backup, subject, tmp_path / "one.zip", now)
    assert late.code not in _backed_up_codes(tmp_path / "one.zip", tmp_path)
    await asyncio.to_thread(make_backup, subject, tmp_path / "two.zip", now)
    assert set(_backed_up_codes(tmp_path / "two.zip", tmp_path)) == {kept_case, late.code}


def _backed_up_codes(path: Path, folder: Path) -> list[str]:
    with zipfile.ZipFile(path) as opened:
        return codes(Path(opened.extract("refund.sqlite3", folder / path.stem)))


def test_what_an_interrupted_backup_left_is_cleared_by_the_next(
    subject: Subject, tmp_path: Path, now: datetime
) -> None:
    left = tmp_path / "backups" / UNFINISHED
    left.mkdir(parents=True)
    (left / "half.zip").write_bytes(b"PK\x03\x04")
    (left / "half.sqlite3-wal").write_bytes(b"x")
    (left / "lock.sqlite3").touch()
    make_backup(subject, tmp_path / "backups" / "whole.zip", now)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["whole.zip"]


def test_a_failed_backup_leaves_the_old_one_alone(
    subject: Subject, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backups" / "nightly.zip"
    make_backup(subject, target, now)
    before = snapshot(target.parent)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "sync_file", full)
    with pytest.raises(StorageError, match="No space left"):
        make_backup(subject, target, now + timedelta(days=1))
    assert snapshot(target.parent) == before


def test_a_damaged_database_is_not_backed_up(subject: Subject, tmp_path: Path, now: datetime) -> None:
    broken = tmp_path / "broken.sqlite3"
    with closing(sqlite3.connect(broken)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("y" * 500,)] * 200)
        connection.commit()
    content = bytearray(broken.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    broken.write_bytes(content)
    with pytest.raises(StorageError, match=r"损坏|抄不出来"):
        make_backup(Subject(broken, subject.rulebook, "0"), tmp_path / "b.zip", now)
    assert not (tmp_path / "b.zip").exists()


def test_two_backups_into_one_folder_do_not_meet(subject: Subject, tmp_path: Path, now: datetime) -> None:
    with workplace(tmp_path / "backups" / UNFINISHED), pytest.raises(WorkplaceBusyError, match="正在做"):
        make_backup(subject, tmp_path / "backups" / "b.zip", now)


def test_no_room_on_the_disk_is_said_before_anything_is_written(
    subject: Subject, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1))
    with pytest.raises(StorageError, match="磁盘只剩 0 MB"):
        make_backup(subject, tmp_path / "backups" / "b.zip", now)
    assert list((tmp_path / "backups").iterdir()) == []


def test_pruning_keeps_the_newest_and_touches_only_dated_backups_of_ours(
    subject: Subject, tmp_path: Path, now: datetime
) -> None:
    folder = tmp_path / "backups"
    for day in range(4):
        make_backup(subject, folder / dated_name(now + timedelta(days=day)), now + timedelta(days=day))
    make_backup(subject, folder / "before-upgrade.zip", now - timedelta(days=9))
    stranger = folder / "refund-backup-20200101-000000.zip"
    stranger.write_bytes(b"PK not ours")
    removed = prune(folder, 2)
    assert [path.name for path in removed] == [dated_name(now + timedelta(days=1)), dated_name(now)]
    assert stranger.exists()
    assert [found.path.name for found in found_in(folder)] == [
        dated_name(now + timedelta(days=3)),
        dated_name(now + timedelta(days=2)),
        "before-upgrade.zip",
    ]


def test_the_register_forgets_backups_that_are_gone(subject: Subject, tmp_path: Path, now: datetime) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    for path, made_at in ((second, now), (first, now - timedelta(days=1))):
        path.touch()
        backup_register.note(tmp_path, path, made_at)
    assert [(one.path, one.made_at) for one in backup_register.known(tmp_path)] == [
        (first, now - timedelta(days=1)),
        (second, now),
    ]
    second.unlink()
    assert [one.path for one in backup_register.known(tmp_path)] == [first]
    (tmp_path / backup_register.FILE_NAME).write_text("[1]", encoding="utf-8")
    assert backup_register.known(tmp_path) == []


def test_a_file_without_our_tables_is_not_backed_up(subject: Subject, tmp_path: Path, now: datetime) -> None:
    stranger = tmp_path / "stranger.sqlite3"
    with closing(sqlite3.connect(stranger)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    with pytest.raises(StorageError, match="没有退款助手的表"):
        make_backup(Subject(stranger, subject.rulebook, "0.1.0"), tmp_path / "backups" / "b.zip", now)
    assert list((tmp_path / "backups").iterdir()) == []
