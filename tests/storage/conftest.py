"""存储测试的公共底子：一个升好级的库（SQLite 与 PostgreSQL 各跑一遍），和立案的捷径。"""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage.cases import CaseDraft
from nonebot_plugin_refund.storage.database import Database
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.timers import TimerDraft
from nonebot_plugin_refund.storage.upgrade import open_database


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def alice() -> Person:
    return Person("onebot", "10001")


@pytest.fixture
def bob() -> Person:
    return Person("onebot", "10002")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "refund.db"


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
