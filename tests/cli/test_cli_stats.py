"""``refund stats``：一个 JSON 对象；只读，不升级，打不开时说清楚。"""

import asyncio
import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.owner import controls
from nonebot_plugin_refund.storage.tables import CaseRow
from nonebot_plugin_refund.storage.upgrade import open_database
from tests.cli.command import NOW, refund

MOMENT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


async def _make(file: Path, people: int = 0, *, paused: bool = False) -> None:
    """一个升好级的库，``people`` 个人各有一件案件。"""
    database = await open_database(file)
    async with database.transaction() as session:
        for number in range(1, people + 1):
            moments = dict.fromkeys(("stage_entered_at", "opened_at", "updated_at"), MOMENT)
            what = {"scenario_id": "live-tip", "rulebook_digest": "d", "rule_id": "r", "rule_version": 1}
            who = {"platform": "onebot", "user_id": f"{number}", "self_id": "9000", "code": f"K7Q{number}"}
            session.add(CaseRow(**what, **who, **moments, answers={}, verdict="eligible", version=1))
        if paused:
            await controls.pause_sending(session, MOMENT)
    await database.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "refund.sqlite3"


def _content(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_numbers_are_one_json_object(file: Path) -> None:
    asyncio.run(_make(file, people=6, paused=True))
    ran = refund("stats", "--database", str(file), "--now", NOW)
    assert (ran.code, ran.err) == (0, "")
    (numbers,) = ran.objects
    assert numbers["at"] == MOMENT.isoformat()
    assert numbers["sending_paused_since"] == MOMENT.isoformat()
    scenario = {"key": "live-tip", "count": 6, "parts": [{"key": "", "count": 6, "parts": []}]}
    assert numbers["cases"] == {"count": 6, "parts": [{"key": "open", "count": 6, "parts": [scenario]}]}
    assert numbers["verdicts"] == {"count": 6, "parts": [{"key": "eligible", "count": 6, "parts": []}]}
    assert (numbers["reminders"], numbers["failures"], numbers["undelivered"]) == (None, None, False)


def test_fewer_than_five_people_are_not_counted(file: Path) -> None:
    asyncio.run(_make(file, people=4))
    (numbers,) = refund("stats", "--database", str(file)).objects
    assert (numbers["cases"], numbers["verdicts"], numbers["least_people"]) == (None, None, 5)


def test_the_database_is_found_as_the_bot_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "nonebot_plugin_refund"
    folder.mkdir(parents=True)
    asyncio.run(_make(folder / "refund.sqlite3", people=5))
    monkeypatch.chdir(tmp_path)
    (numbers,) = refund("stats").objects
    assert numbers["cases"]["count"] == 5


def test_nothing_is_written_while_the_bot_has_it_open(file: Path) -> None:
    async def look() -> None:
        bot = await open_database(file)
        async with bot.transaction() as session:
            await controls.pause_sending(session, MOMENT)
            before = _content(file)
            ran = await asyncio.to_thread(refund, "stats", "--database", str(file))
            assert ran.objects[0]["sending_paused_since"] is None, "还没提交的看不到，也不等它"
            assert _content(file) == before
        await bot.close()

    asyncio.run(look())


def test_a_read_only_connection_cannot_write(file: Path) -> None:
    async def write() -> None:
        database = Database(file, read_only=True)
        try:
            async with database.transaction() as session:
                await controls.pause_sending(session, MOMENT)
        finally:
            await database.close()

    asyncio.run(_make(file))
    with pytest.raises(Exception, match="readonly"):
        asyncio.run(write())


def test_a_missing_database_is_not_made(file: Path) -> None:
    ran = refund("stats", "--database", str(file))
    assert (ran.code, ran.out) == (1, "")
    assert f"没有数据库 {file}" in ran.err
    assert list(file.parent.iterdir()) == []


def test_a_newer_version_is_refused_and_left_alone(file: Path) -> None:
    asyncio.run(_make(file))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE refund_alembic_version SET version_num = '9999'")
    _refused_and_left_alone(file, "来自更新的版本")


def test_an_older_version_is_refused_and_left_alone(file: Path, request: pytest.FixtureRequest) -> None:
    asyncio.run(_make(file))
    request.getfixturevalue("next_revision")
    _refused_and_left_alone(file, "先用这一版启动一次机器人")


def _refused_and_left_alone(file: Path, said: str) -> None:
    before = _content(file)
    ran = refund("stats", "--database", str(file))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert _content(file) == before


@pytest.mark.parametrize("content", [b"", b"not a database at all, just some text"])
def test_a_file_that_is_no_database_of_ours_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    ran = refund("stats", "--database", str(file))
    assert (ran.code, ran.out) == (1, "")
    assert str(file) in ran.err
    assert file.read_bytes() == content


def test_an_address_that_cannot_be_read_is_a_mistake_in_use() -> None:
    ran = refund("stats", "--database", "mysql://u:secret@h/d")
    assert ran.code == 2
    assert "不支持" in ran.err
    assert "secret" not in ran.err


def test_what_is_printed_is_one_line(file: Path) -> None:
    asyncio.run(_make(file, people=5))
    ran = refund("stats", "--database", str(file))
    assert len(ran.out.splitlines()) == 1
    assert json.loads(ran.out)["cases"]["count"] == 5
