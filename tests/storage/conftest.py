"""存储测试的公共底子：一个升好级的库（SQLite 与 PostgreSQL 各跑一遍），和立案的捷径。"""

from collections.abc import AsyncGenerator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage.backup.backups import Subject
from nonebot_plugin_refund.storage.backup.restoring import Place
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.upgrade import open_database
from tests.backends import SQLITE
from tests.postgres import postgres_database


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def alice() -> Person:
    return Person("onebot", "10001")


@pytest.fixture
def bob() -> Person:
    return Person("onebot", "10002")


@pytest.fixture(params=["另一个人", "同一个号在别的平台"])
def stranger(request: pytest.FixtureRequest, alice: Person, bob: Person) -> Person:
    """不是 alice 的人：号不同，或者平台不同。"""
    return bob if request.param == "另一个人" else Person("console", alice.user_id)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "refund.db"


@pytest.fixture
def blank(backend: str, file: Path, request: pytest.FixtureRequest) -> Iterator[str | Path]:
    """一个还没有表的库，只给这一个测试用。"""
    if backend == SQLITE:
        yield file
        return
    with postgres_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
async def database(target: str | Path) -> AsyncGenerator[Database]:
    opened = await open_database(target)
    yield opened
    await opened.close()


@pytest.fixture
def case_draft() -> CaseDraft:
    return CaseDraft(
        self_id="9000",
        scenario_id="shop-return",
        rulebook_digest="d1",
        answers={"signed_on": "2026-11-20", "amount": 99.9, "kinds": ["a", "b"]},
        rule_id="seven-day",
        rule_version=1,
        verdict="eligible",
        track_id="return",
        stage_id="applied",
        origin_group_id="5000",
    )


@pytest.fixture
def timer_draft(now: datetime) -> Callable[..., TimerDraft]:
    def make(timer_id: str = "seven-days", days: float = 4) -> TimerDraft:
        due = now + timedelta(days=days)
        return TimerDraft(
            timer_id=timer_id,
            kind="deadline",
            title="七天无理由",
            starts=now.date(),
            due_at=due,
            safe=due.date(),
            explain=["签收次日是第 1 天"],
        )

    return make


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
