"""``refund backup`` 与 ``refund restore``：找得到数据、说得清结果、打错了不闯祸。"""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.cli.installation import find_installation
from nonebot_plugin_refund.storage.backup.backup_register import known
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.person import erasure_marks, people
from nonebot_plugin_refund.storage.person.erasure_marks import mark_of
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.upgrade import open_database
from tests.cli.command import refund

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
ALICE = Person("onebot", "10001")


async def _keep_case(file: Path) -> str:
    database = await open_database(file)
    try:
        async with database.transaction() as session:
            await people.touch(session, ALICE, NOON)
            case = await cases.create(session, ALICE, CaseDraft("9", "shop-return", "d", {}, "r", 1, "eligible"), NOON)
            timer = TimerDraft("seven-days", "deadline", "七天", NOON, NOON + timedelta(days=3), NOON.date())
            planned = [ReminderDraft("seven-days", f"h{hour}", NOON + timedelta(hours=hour)) for hour in (1, 48)]
            await timers.replace_timers(session, case, [timer], planned, NOON)
        return case.code
    finally:
        await database.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Path:
    """启动机器人的目录，里面有一件案件；测试就在里面。"""
    folder = tmp_path / "home"
    data = folder / "data" / "nonebot_plugin_refund"
    data.mkdir(parents=True)
    for name in list(os.environ):
        if name.lower().startswith(("localstore_", "refund_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "users-own"))
    shutil.copy(sqlite_template, data / "refund.sqlite3")
    asyncio.run(_keep_case(data / "refund.sqlite3"))
    return folder


def _reminders(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute('SELECT "offset", state FROM refund_reminders ORDER BY id').fetchall()


def test_a_backup_moves_to_a_fresh_machine_with_what_was_due_in_doubt(home: Path, tmp_path: Path) -> None:
    (home / "data/nonebot_plugin_refund/rulebook").mkdir()
    (home / ".env").write_text("ONEBOT_ACCESS_TOKEN=hunter2\n", encoding="utf-8")
    made = refund("backup", "backups/", "--now", "2026-11-23T12:30")
    assert made.code == 0, made.err
    (said,) = made.objects
    assert Path(said["path"]).name == "refund-backup-20261123-123000.zip"
    assert said["counts"]["reminders"] == 2
    assert ".env" in made.err
    assert b"hunter2" not in Path(said["path"]).read_bytes()
    assert [one.path for one in known(home / "data/nonebot_plugin_refund")] == [home / said["path"]]

    restored = refund("restore", said["path"], "--data", str(tmp_path / "new"), "--now", "2026-11-24T00:00")
    assert restored.code == 0, restored.err
    assert restored.objects[0]["possible_duplicates"] == 1
    assert restored.objects[0]["kept"] == []
    assert "可能重复" in restored.err
    assert _reminders(tmp_path / "new" / "refund.sqlite3") == [("h1", "unknown"), ("h48", "pending")]


def test_keep_prunes_the_folder_and_is_refused_for_a_file(home: Path) -> None:
    for day in ("23", "24", "25"):
        ran = refund("backup", "backups/", "--keep", "2", "--now", f"2026-11-{day}")
        assert ran.code == 0, ran.err
    assert [Path(path).name for path in ran.objects[0]["pruned"]] == ["refund-backup-20261123-000000.zip"]
    assert len(list((home / "backups").iterdir())) == 2
    assert refund("backup", "one.zip", "--keep", "2").code == 2


def test_a_mistyped_target_never_overwrites_something_else(home: Path) -> None:
    database = home / "data/nonebot_plugin_refund/refund.sqlite3"
    before = database.read_bytes()
    ran = refund("backup", str(database))
    assert (ran.code, database.read_bytes()) == (2, before)
    assert "不盖掉它" in ran.err
    assert refund("backup", "one.zip").code == 0
    assert refund("backup", "one.zip").code == 0


def test_nothing_to_back_up_or_restore_is_said(home: Path, tmp_path: Path) -> None:
    ran = refund("backup", "b.zip", "--data", str(tmp_path / "empty"))
    assert ran.code == 1
    assert "没有数据库可备份" in ran.err
    ran = refund("restore", "no-such.zip")
    assert ran.code == 1
    assert "找不到" in ran.err


def test_a_restore_under_a_running_bot_is_refused_and_changes_nothing(home: Path) -> None:
    assert refund("backup", "b.zip").code == 0
    database = home / "data/nonebot_plugin_refund/refund.sqlite3"
    with closing(sqlite3.connect(database)) as bot:
        bot.execute("SELECT count(*) FROM refund_cases").fetchone()
        ran = refund("restore", "b.zip")
    assert ran.code == 1
    assert "先停下机器人" in ran.err
    assert _reminders(database) == [("h1", "pending"), ("h48", "pending")]
    assert list(database.parent.glob("*before-restore*")) == []


def test_a_restore_over_present_data_keeps_it_and_deletes_the_deleted_again(home: Path) -> None:
    data = home / "data/nonebot_plugin_refund"
    assert refund("backup", "b.zip", "--now", "2026-11-23T12:30").code == 0
    erasure_marks.add(data, [mark_of(ALICE, "00" * 32, NOON + timedelta(hours=1))])
    ran = refund("restore", "b.zip", "--yes", "--now", "2026-11-24")
    assert ran.code == 0, ran.err
    (said,) = ran.objects
    assert said["erased_again"] == 1
    assert _reminders(data / "refund.sqlite3") == []
    assert len(_reminders(Path(said["kept"][0]))) == 2


def test_a_server_database_is_sent_to_its_own_tools_without_the_password(home: Path) -> None:
    (home / ".env").write_text("REFUND_DATABASE_URL=postgresql://bot:hunter2@db.example/refund\n", encoding="utf-8")
    for command in ("backup", "restore"):
        ran = refund(command, "b.dump")
        assert ran.code == 2
        assert "pg_dump --format=custom --file=b.dump 'postgresql://bot@db.example/refund'" in ran.err
        assert "hunter2" not in ran.err


@pytest.mark.parametrize(
    ("env", "data"),
    [
        ("", "home/data/nonebot_plugin_refund"),
        ("LOCALSTORE_USE_CWD=true", "home/data/nonebot_plugin_refund"),
        ("LOCALSTORE_USE_CWD=false", "users-own/nonebot2/nonebot_plugin_refund"),
        ("LOCALSTORE_DATA_DIR=elsewhere", "home/elsewhere/nonebot_plugin_refund"),
        ('LOCALSTORE_PLUGIN_DATA_DIR={"nonebot_plugin_refund": "mine"}', "home/mine"),
    ],
)
def test_the_data_is_looked_for_where_the_bot_keeps_it(home: Path, tmp_path: Path, env: str, data: str) -> None:
    (home / ".env").write_text(env + "\n", encoding="utf-8")
    assert refund("backup", str(tmp_path / "b.zip"), "--data", str(home / "data")).code == 0
    found = find_installation()
    assert found.data == tmp_path / data
    assert found.database_file == tmp_path / data / "refund.sqlite3"
    ran = refund("restore", str(tmp_path / "b.zip"), "--yes")
    assert ran.code == 0, ran.err
    assert len(_reminders(tmp_path / data / "refund.sqlite3")) == 2


def test_without_a_setting_the_database_itself_shows_which_layout_it_is(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "users-own/nonebot2/nonebot_plugin_refund"
    own.mkdir(parents=True)
    here = home / "data/nonebot_plugin_refund/refund.sqlite3"
    (own / "refund.sqlite3").write_bytes(here.read_bytes())
    assert find_installation().data == here.parent
    here.unlink()
    assert find_installation().data == own


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ("SUPERUSERS=[1", "SUPERUSERS 读不懂"),
        ("PORT=high", "PORT"),
        ("LOCALSTORE_USE_CWD=perhaps", "LOCALSTORE_USE_CWD"),
        ("REFUND_DATABASE_URL=mysql://x/y", "不支持"),
    ],
)
def test_settings_that_cannot_be_read_are_named(home: Path, env: str, words: str) -> None:
    (home / ".env").write_text(env + "\n", encoding="utf-8")
    ran = refund("backup", "b.zip")
    assert ran.code == 2
    assert words in ran.err
    assert not (home / "b.zip").exists()


@pytest.mark.parametrize(("said", "code"), [("是\n", 0), ("不\n", 1), ("", 1)])
def test_a_restore_names_its_target_and_asks_before_it_replaces(home: Path, said: str, code: int) -> None:
    assert refund("backup", "b.zip", "--now", "2026-11-23T12:30").code == 0
    database = home / "data/nonebot_plugin_refund/refund.sqlite3"

    ran = refund("restore", "b.zip", "--now", "2026-11-24", said=said)

    assert ran.code == code
    assert f"要恢复到：{database}" in ran.err
    assert bool(list(database.parent.glob("*before-restore*"))) is (code == 0)


def test_a_restore_never_replaces_what_is_another_installations(home: Path, tmp_path: Path) -> None:
    assert refund("backup", str(tmp_path / "b.zip")).code == 0
    data = home / "data/nonebot_plugin_refund"
    own = tmp_path / "users-own/nonebot2/nonebot_plugin_refund"
    own.parent.mkdir(parents=True, exist_ok=True)
    data.rename(own)

    ran = refund("restore", str(tmp_path / "b.zip"), "--yes")

    assert (ran.code, "另一处安装" in ran.err) == (1, True)
    assert list(own.glob("*before-restore*")) == []
