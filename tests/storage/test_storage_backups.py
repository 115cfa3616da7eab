"""备份与恢复：做的时候机器人照写；哪一刻被打断都有一份好的；恢复时现在的数据一样不丢。"""

# ruff: noqa: ASYNC240  测试里没有别的任务在等，直接读写临时文件即可

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.backends import sqlite_only

from nonebot_plugin_refund.storage import backup_register, backups, cases, restoring, timers
from nonebot_plugin_refund.storage.backup_manifest import MANIFEST, found_in, manifest_in
from nonebot_plugin_refund.storage.backups import UNFINISHED, Subject, dated_name, make_backup, prune
from nonebot_plugin_refund.storage.cases import CaseDraft
from nonebot_plugin_refund.storage.database import Database
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.exclusive import DatabaseInUseError, WorkplaceBusyError, sole_use, workplace
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.restoring import (
    Place,
    inspect_source,
    require_unused,
    staged,
    switch,
)
from nonebot_plugin_refund.storage.timers import ReminderDraft
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE, downgrade, known_revisions

pytestmark = sqlite_only


@pytest.fixture
async def kept_case(
    database: Database, case_draft: CaseDraft, timer_draft: Callable, alice: Person, now: datetime
) -> str:
    """库里有一件案件和它的一条提醒；返回案件号。"""
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        reminder = ReminderDraft("seven-days", "d1", now + timedelta(days=3))
        await timers.replace_timers(session, case, [timer_draft()], [reminder], now)
    return case.code


@pytest.fixture
def subject(database: Database, tmp_path: Path) -> Subject:
    rulebook = tmp_path / "rulebook"
    rulebook.mkdir()
    (rulebook / "own.yaml").write_text("id: own\n", encoding="utf-8")
    assert database.file is not None
    return Subject(database.file, rulebook, "0.1.0")


@pytest.fixture
def fresh(tmp_path: Path) -> Place:
    """一台新机器：什么文件夹都还没有。"""
    return Place(tmp_path / "new" / "machine" / "refund.sqlite3", tmp_path / "new" / "machine" / "rulebook")


def _restore(path: Path, place: Place, now: datetime) -> list[Path]:
    source = inspect_source(path)
    with staged(source, place) as ready:
        return switch(ready, place, now)


def _codes(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [code for (code,) in connection.execute("SELECT code FROM refund_cases")]


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
    assert _restore(target, fresh, now) == []
    assert _codes(fresh.database) == [kept_case]
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
        return _codes(Path(opened.extract("refund.sqlite3", folder / path.stem)))


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
    before = _snapshot(target.parent)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "sync_file", full)
    with pytest.raises(StorageError, match="No space left"):
        make_backup(subject, target, now + timedelta(days=1))
    assert _snapshot(target.parent) == before


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


async def test_restoring_over_present_data_keeps_all_of_it(
    subject: Subject,
    kept_case: str,
    database: Database,
    case_draft: CaseDraft,
    bob: Person,
    tmp_path: Path,
    now: datetime,
) -> None:
    make_backup(subject, tmp_path / "b.zip", now)
    async with database.transaction() as session:
        late = await cases.create(session, bob, case_draft, now)
    await database.close()
    (subject.rulebook / "later.yaml").write_text("id: later\n", encoding="utf-8")
    kept = _restore(tmp_path / "b.zip", Place(subject.database, subject.rulebook), now)
    kept_again = _restore(tmp_path / "b.zip", Place(subject.database, subject.rulebook), now)
    assert _codes(subject.database) == [kept_case]
    assert [path.name for path in subject.rulebook.iterdir()] == ["own.yaml"]
    rulebook, old = kept
    assert set(_codes(old)) == {kept_case, late.code}
    assert (rulebook / "later.yaml").exists()
    assert len({*kept, *kept_again}) == 4


async def test_nothing_is_restored_under_a_running_bot(subject: Subject, database: Database, now: datetime) -> None:
    async with database.session() as session:
        await cases.open_count(session)
    with pytest.raises(DatabaseInUseError, match="先停下机器人"):
        require_unused(subject.database)
    await database.close()
    require_unused(subject.database)


def test_a_killed_bot_does_not_keep_the_database_locked(
    subject: Subject, sqlite_template: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(sqlite_template, tmp_path / "killed.sqlite3"))
    program = (
        f"import sqlite3; c = sqlite3.connect({str(file)!r}); c.execute('BEGIN IMMEDIATE');"
        " c.execute('DELETE FROM refund_people'); print('in use', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as bot:
        assert bot.stdout is not None
        assert bot.stdout.readline() == "in use\n"
        with pytest.raises(DatabaseInUseError):
            require_unused(file)
        bot.kill()
    require_unused(file)


def test_a_restore_broken_off_before_its_last_step_leaves_the_database_and_can_be_done_again(
    subject: Subject, sqlite_template: Path, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise OSError(5, "Input/output error")

    make_backup(subject, tmp_path / "b.zip", now)
    place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
    place.rulebook.mkdir(parents=True)
    place.database.write_bytes(sqlite_template.read_bytes())
    with monkeypatch.context() as broken:
        broken.setattr(restoring, "_keep", cut_off)
        with pytest.raises(OSError, match="Input/output"):
            _restore(tmp_path / "b.zip", place, now)
    assert place.database.read_bytes() == sqlite_template.read_bytes()
    _restore(tmp_path / "b.zip", place, now)
    assert (place.rulebook / "own.yaml").exists()
    assert sorted(path.name.split("-before")[0] for path in place.database.parent.iterdir()) == [
        "refund", "refund.sqlite3", "rulebook", "rulebook", "rulebook",
    ]  # fmt: skip


async def test_sole_use_folds_the_log_into_the_file(
    subject: Subject, kept_case: str, database: Database, tmp_path: Path
) -> None:
    killed = tmp_path / "killed.sqlite3"
    for suffix in ("", "-wal"):
        shutil.copy(f"{subject.database}{suffix}", f"{killed}{suffix}")
    with sole_use(killed):
        pass
    assert not killed.with_name("killed.sqlite3-wal").exists()
    assert _codes(killed) == [kept_case]


@pytest.mark.parametrize("whole_folder", [True, False])
async def test_a_copy_made_by_hand_restores_with_what_was_still_in_its_log(
    subject: Subject, kept_case: str, fresh: Place, tmp_path: Path, now: datetime, whole_folder: bool
) -> None:
    copied = tmp_path / "copied" / "data" / "nonebot_plugin_refund"
    copied.mkdir(parents=True)
    for suffix in ("", "-wal", "-shm"):
        shutil.copy(f"{subject.database}{suffix}", copied / f"refund.sqlite3{suffix}")
    shutil.copytree(subject.rulebook, copied / "rulebook")
    before = _snapshot(copied)
    _restore(tmp_path / "copied" if whole_folder else copied / "refund.sqlite3", fresh, now)
    assert _codes(fresh.database) == [kept_case]
    assert fresh.rulebook.exists() is whole_folder
    assert _snapshot(copied) == before


async def test_only_the_database_was_copied_so_the_present_rules_stay(
    subject: Subject, database: Database, kept_case: str, tmp_path: Path, now: datetime
) -> None:
    await database.close()
    shutil.copy(subject.database, tmp_path / "hand.sqlite3")
    _restore(tmp_path / "hand.sqlite3", Place(subject.database, subject.rulebook), now)
    assert (subject.rulebook / "own.yaml").exists()


async def test_an_older_structure_is_taken_and_a_newer_one_refused_untouched(
    subject: Subject, database: Database, fresh: Place, tmp_path: Path, now: datetime
) -> None:
    await downgrade(database, "0002")
    make_backup(subject, tmp_path / "old.zip", now)
    assert _restore(tmp_path / "old.zip", fresh, now) == []
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    make_backup(subject, tmp_path / "new.zip", now)
    await database.close()
    before = _snapshot(fresh.database.parent)
    for path in (tmp_path / "new.zip", subject.database):
        with pytest.raises(StorageError, match="更新的版本"):
            _restore(path, fresh, now)
    assert _snapshot(fresh.database.parent) == before


def _rewritten(path: Path, name: str, content: bytes | None) -> Path:
    """换掉（或拿掉）压缩包里的一个文件。"""
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        if content is not None:
            target.writestr(name, content)
    return changed


def _with_manifest(path: Path, old: str, new: str) -> Path:
    text = zipfile.ZipFile(path).read(MANIFEST).decode("utf-8")
    assert old in text
    return _rewritten(path, MANIFEST, text.replace(old, new).encode("utf-8"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: _rewritten(path, "rulebook/own.yaml", b"id: other\n"), "对不上"),
        (lambda path: _rewritten(path, "refund.sqlite3", None), "坏了"),
        (lambda path: _rewritten(path, MANIFEST, None), "没有退款助手的备份清单"),
        (lambda path: _rewritten(path, MANIFEST, b'{"kind": "something else"}'), "没有退款助手的备份清单"),
        (lambda path: _with_manifest(path, "rulebook/own.yaml", "rulebook/../../own.yaml"), "不该有的路径"),
        (lambda path: _with_manifest(path, "rulebook/own.yaml", "/etc/own.yaml"), "不该有的路径"),
        (lambda path: _with_manifest(path, '"format": 1', '"format": 2'), "更新的版本"),
        (lambda path: _with_manifest(path, '"format": 1', '"form": 1'), "没有退款助手的备份清单"),
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), "不是完整的备份"),
        (lambda path: path.write_bytes(b"hello"), "不是完整的备份"),
        (lambda path: path.unlink(), "找不到"),
        (lambda path: (path.unlink(), path.mkdir()), "里没有 refund.sqlite3"),
    ],
)
def test_a_spoiled_backup_is_refused_and_nothing_appears(
    subject: Subject, fresh: Place, tmp_path: Path, now: datetime, spoil: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "b.zip"
    make_backup(subject, path, now)
    spoiled = spoil(path)
    with pytest.raises(StorageError, match=words):
        _restore(spoiled if isinstance(spoiled, Path) else path, fresh, now)
    assert not fresh.database.exists()
    assert not fresh.rulebook.exists()


def test_a_present_database_damaged_beyond_opening_is_put_aside(
    subject: Subject, tmp_path: Path, now: datetime
) -> None:
    make_backup(subject, tmp_path / "b.zip", now)
    place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
    place.database.parent.mkdir()
    place.database.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    (aside,) = _restore(tmp_path / "b.zip", place, now)
    assert aside.read_bytes() == b"SQLite format 3\x00" + b"\xff" * 5000
    assert _codes(place.database) == []


async def test_a_log_left_without_its_database_does_not_leak_into_the_restored_one(
    subject: Subject, database: Database, kept_case: str, tmp_path: Path, now: datetime
) -> None:
    place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
    place.database.parent.mkdir()
    make_backup(subject, tmp_path / "b.zip", now)
    shutil.copy(f"{database.file}-wal", f"{place.database}-wal")
    _restore(tmp_path / "b.zip", place, now)
    assert not Path(f"{place.database}-wal").exists()
    assert len(list(place.database.parent.glob("refund-before-restore-*-wal"))) == 1
    assert _codes(place.database) == [kept_case]


def test_a_disk_without_hard_links_keeps_a_copy(
    subject: Subject, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    make_backup(subject, tmp_path / "b.zip", now)
    place = Place(tmp_path / "here.sqlite3", tmp_path / "no-rules")
    shutil.copy(subject.database, place.database)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (aside,) = _restore(tmp_path / "b.zip", place, now)
    assert _codes(aside) == []
