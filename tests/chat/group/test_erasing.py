"""删除是彻底的：一个处处留下记号的人说“删除我的数据”之后，库里每张表每一列、文件、日志、内存里都没有他。

表和列从数据库自己的目录里数，以后加的也跑不掉。
"""

import asyncio
import dataclasses
import errno
import gc
import hashlib
import hmac
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.log import logger
from sqlalchemy import event, text

from nonebot_plugin_refund.chat.incoming import matchers
from nonebot_plugin_refund.chat.logs.log_guard import guard_log
from nonebot_plugin_refund.chat.sending.file_folder import FileFolder
from nonebot_plugin_refund.chat.winding_down import WindingDown
from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.person import personal_data
from nonebot_plugin_refund.storage.owner import installation
from nonebot_plugin_refund.storage.person import erasure_marks, erasures
from nonebot_plugin_refund.storage.records import Person
from tests.chat.conversation_harness import PLATFORM, FakeClock
from tests.chat.events import group_message, private_message
from tests.chat.platform_harness import Platform, connected
from tests.storage.person.ends_of_data import ENDS

MARKED, OTHER = 9183746501, 30002
MARKED_GROUP = 9183746777
WORDS = "橘猫打翻了墨水"
NICKNAME = "群友甲乙丙丁"
MARKS = (str(MARKED), str(MARKED_GROUP), WORDS, NICKNAME)
SHOP = ("七天无理由退货", "昨天", "1", "1", "1", "2")
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")

FREE_TEXT = {
    "refund_interviews": ("state",),
    "refund_case_events": ("detail",),
    "refund_cases": ("answers", "outcome"),
    "refund_case_timers": ("title", "explain"),
    "refund_reminders": ("last_wording", "reason"),
    "refund_deliveries": ("text", "wording", "message_id"),
}
"""能写下长短不定的字的列：删除之前都塞进记号。"""


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """这期间写下的全部日志，最细的一级。"""
    written: list[str] = []
    before = logger._core.patcher  # type: ignore[attr-defined]  # loguru 没有公开的办法取它
    guard_log(keep_text=False)
    sink = logger.add(written.append, level=0, format="{message}\n{exception}")
    yield written
    logger.remove(sink)
    logger.configure(patcher=before)


async def _say(qq: Platform, *texts: str, user: int = MARKED) -> list[str]:
    answers: list[str] = []
    for said in texts:
        answers = await qq.receive(private_message(said, user_id=user, sender={"user_id": user, "nickname": NICKNAME}))
    return answers


async def _live_a_little(qq: Platform, user: int) -> None:
    """群里叫过、被接过话、立过案、勾过材料、报过进展、收过提醒、问到一半、还等着他一句话。"""
    await qq.receive(group_message(f"/退款 {WORDS}孩子打赏", user_id=user, group_id=MARKED_GROUP))
    await qq.receive(group_message(f"{WORDS}孩子打赏主播三千想退款怎么办", user_id=user, group_id=MARKED_GROUP))
    await _say(qq, *TIP, "材料", "1", "更新", "1", f"{WORDS}打赏能退吗", user=user)
    opened = qq.runtime.opened
    assert opened is not None
    qq.clock.moment = qq.clock.moment.replace(day=qq.clock.moment.day + 6)
    await opened.worker.run_once()
    await _say(qq, "充值", "我的", user=user)


async def _plant(qq: Platform) -> None:
    """往他的行里能写字的每一列塞记号；他在每张有人的数据的表里都要有行。"""
    database = qq.runtime.opened.database  # type: ignore[union-attr]  # 已经开好
    async with database.transaction() as session:
        owned = {"who": str(MARKED)}
        case = await session.scalar(text("SELECT min(id) FROM refund_cases WHERE user_id = :who"), owned)
        reminder = await session.scalar(text("SELECT min(id) FROM refund_reminders WHERE user_id = :who"), owned)
        await session.execute(
            text(
                "INSERT INTO refund_deliveries (platform, self_id, user_id, group_id, channel, text, outcome,"
                " marked_duplicate, started_at) VALUES (:platform, '10001', :who, :group, 'private', '', 'accepted',"
                " false, '2026-11-23 00:00:00.000000')"
            ),
            owned | {"platform": PLATFORM, "group": str(MARKED_GROUP)},
        )
        await session.execute(
            text(
                "INSERT INTO refund_owed_replies (platform, user_id, self_id, text, kept_at)"
                " VALUES (:platform, :who, '10001', :words, '2026-11-23 00:00:00.000000')"
            ),
            owned | {"platform": PLATFORM, "words": WORDS},
        )
        await session.execute(
            text(
                "INSERT OR IGNORE INTO refund_delivery_items (delivery_id, reminder_id, attempt)"
                " SELECT max(id), :reminder, 1 FROM refund_deliveries"
            ),
            {"reminder": reminder},
        )
        for table, columns in FREE_TEXT.items():
            mine = "case_id = :case" if table in ("refund_case_events", "refund_case_timers") else "user_id = :who"
            for column in columns:
                planted = f"UPDATE {table} SET {column} = :planted WHERE {mine}"
                values = {"planted": f'{{"mark": "{WORDS}"}}', **({"case": case} if "case_id" in mine else owned)}
                await session.execute(text(planted), values)


def _every_cell(file: Path) -> Iterator[tuple[str, str, str]]:
    """库里的每一格：（表，列，写成字的值）；表和列从库自己的目录里数。"""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in rows.description]
            for row in rows:
                yield from ((table, column, str(value)) for column, value in zip(columns, row, strict=True))


def _marked_cells(file: Path) -> list[tuple[str, str]]:
    return [(table, column) for table, column, value in _every_cell(file) if any(mark in value for mark in MARKS)]


def _strings_in(*roots: object) -> Iterator[str]:
    """从这些对象走得到的每一个字符串；数字也写成字。"""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type):
            continue
        seen.add(id(thing))
        if isinstance(thing, (str, int)):
            yield str(thing)
        elif isinstance(thing, FunctionType):
            # 函数的全局变量是整个模块，那里连着一切；它自己记着的在闭包里
            waiting.extend(thing.__closure__ or ())
        elif type(thing).__module__.startswith(("nonebot_plugin_refund", "builtins", "collections")):
            waiting.extend(gc.get_referents(thing))


async def test_nothing_is_left_of_somebody_who_left_marks_everywhere(
    qq: Platform, lines: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "refund.sqlite3"
    await _live_a_little(qq, MARKED)
    await _say(qq, *TIP, user=OTHER)
    await _plant(qq)
    folder = qq.runtime.files
    assert folder is not None
    folder.put(Person(PLATFORM, str(MARKED)), f"{WORDS}.pdf", WORDS.encode())
    others = await _rows_of(qq, OTHER)

    (asked,) = await _say(qq, "删除我的数据")
    assert personal_data.CONFIRM_WORD in asked
    filled = {table for table, _ in _marked_cells(file)}
    # 这三张表里没有账号也没有字，只有案件、提醒的行号，或看不出是谁的散列
    without_a_name = {"refund_evidence_ticks", "refund_delivery_items", "refund_handled_messages"}
    assert filled | without_a_name >= set(ENDS)
    assert await _say(qq, "确认删除") == [personal_data.DELETED]

    assert _marked_cells(file) == []
    opened = qq.runtime.opened
    assert opened is not None
    async with opened.database.session() as session:
        for table in ("refund_evidence_ticks", "refund_case_events", "refund_case_timers", "refund_delivery_items"):
            orphans = await session.execute(text(f"SELECT count(*) FROM {table}"))
            assert orphans.scalar_one() == len(others.get(table, ())), table
    assert await _rows_of(qq, OTHER) == others

    await opened.due_changes.tidy(qq.clock.now())
    for path in await asyncio.to_thread(lambda: [found for found in tmp_path.rglob("*") if found.is_file()]):
        content = await asyncio.to_thread(path.read_bytes)
        assert not any(mark.encode() in content or mark in path.name for mark in MARKS), path
    assert lines
    assert [line for line in lines if any(mark in line for mark in MARKS)] == []
    kept = list(_strings_in(qq.runtime, matchers.memory, matchers.listener, matchers.plugin_matcher.gate))
    assert len(kept) > 100
    # 群号可以还在：那是这个群自己的冷却，与他无关
    assert [value for value in kept if str(MARKED) in value or WORDS in value] == []


async def _rows_of(qq: Platform, user: int) -> dict[str, list[Any]]:
    opened = qq.runtime.opened
    assert opened is not None
    from nonebot_plugin_refund.storage.person.personal_data import export_person

    async with opened.database.session() as session:
        exported = await export_person(session, Person(PLATFORM, str(user)))
    return {f"refund_{name}": rows for name, rows in exported.items() if isinstance(rows, list)}


async def test_a_deletion_that_could_not_be_committed_says_so_and_leaves_no_mark_behind(
    qq: Platform, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await _say(qq, *TIP, "删除")

    async def break_down(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(erasures, "mark", break_down)
        assert await _say(qq, "确认删除") == [wording.DATABASE_DOWN]
    await _start_again(qq, tmp_path)
    assert any(str(MARKED) in value for _, _, value in _every_cell(tmp_path / "refund.sqlite3"))
    assert not await asyncio.to_thread((tmp_path / erasures.FILE_NAME).exists)


async def test_a_full_disk_at_the_moment_of_deletion_is_told_and_nothing_is_deleted_later(
    qq: Platform, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """盘满了：SQLite 提交不了，文件也写不了；腾出空间、再启动，他的东西一件不少。"""
    await _say(qq, *TIP, "删除")
    opened = qq.runtime.opened
    assert opened is not None
    before = await _rows_of(qq, MARKED)
    with monkeypatch.context() as full:
        full.setattr(erasure_marks, "_write", _no_space)
        event.listen(opened.database.engine.sync_engine, "commit", _no_space)
        assert await _say(qq, "确认删除") == [wording.DATABASE_DOWN]
        event.remove(opened.database.engine.sync_engine, "commit", _no_space)
    await _start_again(qq, tmp_path)
    assert {name: rows for name, rows in (await _rows_of(qq, MARKED)).items() if name != "refund_person"} == {
        name: rows for name, rows in before.items() if name != "refund_person"
    }
    assert await _say(qq, "确认删除") == [personal_data.DELETED]


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


async def _start_again(qq: Platform, folder: Path) -> None:
    await qq.runtime.close()
    qq.runtime.winding_down = WindingDown()
    await qq.runtime.open(lambda: folder)


async def test_once_it_is_said_no_file_holds_a_byte_of_it_not_even_the_wal(qq: Platform, tmp_path: Path) -> None:
    """不等十二小时一次的清理：说完「都删掉了」，库、WAL、别的文件里都找不到他。"""
    await _live_a_little(qq, MARKED)
    await _say(qq, *TIP, user=OTHER)
    await _plant(qq)
    assert await asyncio.to_thread(_files_with_marks, tmp_path)
    assert await _say(qq, "删除我的数据", "确认删除") == [personal_data.DELETED]
    assert await asyncio.to_thread(_files_with_marks, tmp_path) == []


async def test_a_file_too_large_to_rewrite_at_once_has_its_wal_emptied_and_is_rewritten_later(
    qq: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasures, "SMALL", 0)
    await _live_a_little(qq, MARKED)
    await _plant(qq)
    await _say(qq, "删除我的数据", "确认删除")
    wal = await asyncio.to_thread((tmp_path / "refund.sqlite3-wal").read_bytes)
    assert not any(mark.encode() in wal for mark in MARKS)
    opened = qq.runtime.opened
    assert opened is not None
    assert await erasures.wipe_if_owed(opened.database) is True
    assert await erasures.wipe_if_owed(opened.database) is False
    assert await asyncio.to_thread(_files_with_marks, tmp_path) == []


async def test_what_could_not_be_wiped_does_not_keep_the_answer_back(
    qq: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _say(qq, *TIP, "删除我的数据")
    opened = qq.runtime.opened
    assert opened is not None
    with monkeypatch.context() as busy:
        busy.setattr(type(opened.database), "wipe_deleted", _no_space)
        assert await _say(qq, "确认删除") == [personal_data.DELETED]
    assert await erasures.wipe_if_owed(opened.database) is True


def _files_with_marks(folder: Path) -> list[Path]:
    files = [found for found in folder.rglob("*") if found.is_file()]
    return [path for path in files if any(mark.encode() in path.read_bytes() for mark in MARKS)]


async def test_message_marks_cannot_be_worked_out_from_the_message_ids(qq: Platform, tmp_path: Path) -> None:
    """知道账号和消息号的人，没有这一处安装的密钥，认不出哪条散列是谁的。"""
    said = private_message("退款", user_id=MARKED)
    await qq.receive(said)
    (kept,) = {
        value
        for table, name, value in _every_cell(tmp_path / "refund.sqlite3")
        if (table, name) == ("refund_handled_messages", "message_id")
    }
    whole = "\0".join((PLATFORM, str(said.self_id), str(MARKED), str(said.message_id), str(float(said.time))))
    assert kept != hashlib.sha256(whole.encode()).hexdigest()[:32]
    opened = qq.runtime.opened
    assert opened is not None
    async with opened.database.transaction() as session:
        secret = await installation.secret(session)
    assert kept == hmac.new(secret, whole.encode(), hashlib.sha256).hexdigest()[:32]


async def test_files_put_away_for_somebody_go_with_him_and_others_stay(tmp_path: Path) -> None:
    folder = FileFolder(tmp_path, FakeClock())
    own, other = (folder.put(Person("Console", name), "文书.pdf", b"1") for name in ("user", "other"))
    folder.forget("Console", "user")
    assert (own.exists(), other.exists()) == (False, True)


def test_the_memory_walk_sees_what_is_remembered() -> None:
    """上面“内存里没有”的那一半要信得过：记着的时候真的看得见。"""
    memory = dataclasses.replace(matchers.memory)
    memory._came_from = {(PLATFORM, str(MARKED)): "1"}
    assert str(MARKED) in set(_strings_in(memory))
