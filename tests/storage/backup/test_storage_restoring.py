"""恢复备份：先备齐、查好，最后一步才换上；现在的数据一样不丢。"""

# ruff: noqa: ASYNC240  测试里没有别的任务在等，直接读写临时文件即可

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage.backup import restoring
from nonebot_plugin_refund.storage.backup.backup_manifest import MANIFEST
from nonebot_plugin_refund.storage.backup.backups import Subject, make_backup
from nonebot_plugin_refund.storage.backup.exclusive import DatabaseInUseError, sole_use
from nonebot_plugin_refund.storage.backup.restoring import Place, require_unused
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.connection.sqlite_file import read_version
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE, open_database
from tests.backends import sqlite_only
from tests.storage.backup.backup_steps import codes, restore, snapshot

pytestmark = sqlite_only


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
    kept = restore(tmp_path / "b.zip", Place(subject.database, subject.rulebook), now)
    kept_again = restore(tmp_path / "b.zip", Place(subject.database, subject.rulebook), now)
    assert codes(subject.database) == [kept_case]
    assert [path.name for path in subject.rulebook.iterdir()] == ["own.yaml"]
    rulebook, old = kept
    assert set(codes(old)) == {kept_case, late.code}
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
            restore(tmp_path / "b.zip", place, now)
    assert place.database.read_bytes() == sqlite_template.read_bytes()
    restore(tmp_path / "b.zip", place, now)
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
    assert codes(killed) == [kept_case]


@pytest.mark.parametrize("whole_folder", [True, False])
async def test_a_copy_made_by_hand_restores_with_what_was_still_in_its_log(
    subject: Subject, kept_case: str, fresh: Place, tmp_path: Path, now: datetime, whole_folder: bool
) -> None:
    copied = tmp_path / "copied" / "data" / "nonebot_plugin_refund"
    copied.mkdir(parents=True)
    for suffix in ("", "-wal", "-shm"):
        shutil.copy(f"{subject.database}{suffix}", copied / f"refund.sqlite3{suffix}")
    shutil.copytree(subject.rulebook, copied / "rulebook")
    before = snapshot(copied)
    restore(tmp_path / "copied" if whole_folder else copied / "refund.sqlite3", fresh, now)
    assert codes(fresh.database) == [kept_case]
    assert fresh.rulebook.exists() is whole_folder
    assert snapshot(copied) == before


async def test_only_the_database_was_copied_so_the_present_rules_stay(
    subject: Subject, database: Database, kept_case: str, tmp_path: Path, now: datetime
) -> None:
    await database.close()
    shutil.copy(subject.database, tmp_path / "hand.sqlite3")
    restore(tmp_path / "hand.sqlite3", Place(subject.database, subject.rulebook), now)
    assert (subject.rulebook / "own.yaml").exists()


async def test_a_backup_of_an_older_structure_is_taken_and_upgraded(
    subject: Subject, kept_case: str, fresh: Place, tmp_path: Path, now: datetime, request: pytest.FixtureRequest
) -> None:
    make_backup(subject, tmp_path / "old.zip", now)
    revision = request.getfixturevalue("next_revision")
    assert restore(tmp_path / "old.zip", fresh, now) == []
    await (await open_database(fresh.database)).close()
    assert read_version(fresh.database, VERSION_TABLE) == revision
    assert codes(fresh.database) == [kept_case]


async def test_a_newer_structure_is_refused_untouched(
    subject: Subject, database: Database, fresh: Place, tmp_path: Path, now: datetime
) -> None:
    make_backup(subject, tmp_path / "present.zip", now)
    restore(tmp_path / "present.zip", fresh, now)
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    make_backup(subject, tmp_path / "new.zip", now)
    await database.close()
    before = snapshot(fresh.database.parent)
    for path in (tmp_path / "new.zip", subject.database):
        with pytest.raises(StorageError, match="更新的版本"):
            restore(path, fresh, now)
    assert snapshot(fresh.database.parent) == before


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
        restore(spoiled if isinstance(spoiled, Path) else path, fresh, now)
    assert not fresh.database.exists()
    assert not fresh.rulebook.exists()


def test_a_present_database_damaged_beyond_opening_is_put_aside(
    subject: Subject, tmp_path: Path, now: datetime
) -> None:
    make_backup(subject, tmp_path / "b.zip", now)
    place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
    place.database.parent.mkdir()
    place.database.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    (aside,) = restore(tmp_path / "b.zip", place, now)
    assert aside.read_bytes() == b"SQLite format 3\x00" + b"\xff" * 5000
    assert codes(place.database) == []


async def test_a_log_left_without_its_database_does_not_leak_into_the_restored_one(
    subject: Subject, database: Database, kept_case: str, tmp_path: Path, now: datetime
) -> None:
    place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
    place.database.parent.mkdir()
    make_backup(subject, tmp_path / "b.zip", now)
    shutil.copy(f"{database.file}-wal", f"{place.database}-wal")
    restore(tmp_path / "b.zip", place, now)
    assert not Path(f"{place.database}-wal").exists()
    assert len(list(place.database.parent.glob("refund-before-restore-*-wal"))) == 1
    assert codes(place.database) == [kept_case]


def test_a_disk_without_hard_links_keeps_a_copy(
    subject: Subject, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    make_backup(subject, tmp_path / "b.zip", now)
    place = Place(tmp_path / "here.sqlite3", tmp_path / "no-rules")
    shutil.copy(subject.database, place.database)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (aside,) = restore(tmp_path / "b.zip", place, now)
    assert codes(aside) == []
