"""把一段对话放一遍，一句一句记下问了什么、定了什么、哪些日子；冻结发行版时和升级之后用的是同一份程序，好两相对照。

记的是规则的骨头，不记措辞：题、规则、结论、阶段、日期、提醒。日期与时刻一律 ISO 8601，时刻是 UTC。
"""

import json
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Any

from nonebot_plugin_refund.cli.replaying import _Stage, _stage
from nonebot_plugin_refund.domain.calendar import WorkCalendar
from nonebot_plugin_refund.domain.dialogue import Dialogue, pending_question
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook

Step = dict[str, Any]
"""一句话之后的样子：``said`` 是那句话，``asked`` 正在问哪一题，``cases`` 各案件。"""

_CALENDAR = WorkCalendar()


@asynccontextmanager
async def stage_on(file: Path) -> AsyncGenerator[_Stage]:
    """在这个数据库上放对话的台面。"""
    # 0.1.0 的台面只要一个文件，后来的还能给自己的手册
    own = [None] * (len(signature(_stage).parameters) - 1)
    async with _stage(file, *own) as stage:
        yield stage


@dataclass(frozen=True)
class Recording:
    """放过一遍的对话。"""

    steps: list[Step]
    """每句话之后的样子。"""
    transcript: str
    """整段对话，与 ``refund replay`` 印出来的一样。"""
    database: str
    """没结案的案件最多的那一刻的数据库（SQL 文字）；从没有案件、或没要求时为空。"""
    database_at: str
    """那一刻是什么时候。"""


async def record(script: str, book: Rulebook, file: Path, *, keep_database: bool) -> Recording:
    """放一遍 ``script``，数据库写在 ``file``；``keep_database`` 为真时把它也抄下来。"""
    steps: list[Step] = []
    database, at, most = "", "", 0
    async with stage_on(file) as stage:
        for line in script.splitlines():
            await stage.play(line)
            if not line.startswith(("私聊：", "群里：")):
                continue
            steps.append({"said": line, **seen(file, book, stage.clock.now())})
            living = sum(case["outcome"] is None for case in steps[-1]["cases"])
            if keep_database and living and living >= most:
                database, at, most = dumped(file), stage.clock.now().isoformat(), living
        transcript = "\n".join(stage.lines).rstrip("\n") + "\n"
    return Recording(steps, transcript, database, at)


def seen(file: Path, book: Rulebook, now: datetime) -> dict[str, Any]:
    """数据库里现在的样子。"""
    with sqlite3.connect(file) as connection:
        connection.row_factory = sqlite3.Row
        active = connection.execute(
            "SELECT scenario_id, state FROM refund_interviews WHERE status = 'active'"
        ).fetchone()
        rows = connection.execute("SELECT * FROM refund_cases ORDER BY id").fetchall()
        cases = [_case(connection, row) for row in rows]
    connection.close()
    return {"asked": _asked(active, book, now) if active else None, "cases": cases}


def dumped(file: Path) -> str:
    """整个数据库写成 SQL；规则版本的全文另存，这里不重复。"""
    with sqlite3.connect(file) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return "\n".join(line for line in lines if 'refund_rulebook_snapshots" VALUES' not in line) + "\n"


def editions_of(book: Rulebook) -> dict[str, Any]:
    """手册里每个场景的全文，就是这个发行版会留底的样子：指纹 -> 场景 id 与全文。"""
    kept: dict[str, Any] = {}
    for scenario in book.scenarios:
        edition = book.edition(scenario.id)
        kept[edition.digest] = {"scenario": scenario.id, "body": json.loads(edition.to_json())}
    return kept


def _asked(row: sqlite3.Row, book: Rulebook, now: datetime) -> str | None:
    scenario = book.edition(row["scenario_id"]).scenario
    dialogue = Dialogue.from_plain(scenario, json.loads(row["state"]))
    question = pending_question(scenario, dialogue, now, _CALENDAR)
    return f"{scenario.id}/{question.id}" if question else None


def _case(connection: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    timers = connection.execute(
        "SELECT timer_id, due_at, state FROM refund_case_timers"
        " WHERE case_id = ? AND state <> 'cancelled' AND kind <> 'notice' ORDER BY timer_id, due_at",
        (row["id"],),
    )
    reminders = connection.execute(
        "SELECT timer_id, offset, due_at, state FROM refund_reminders"
        " WHERE case_id = ? AND state <> 'cancelled' ORDER BY timer_id, due_at, offset",
        (row["id"],),
    )
    return {
        "code": row["code"],
        "scenario": row["scenario_id"],
        "answers": json.loads(row["answers"]),
        "rule": row["rule_id"],
        "verdict": row["verdict"],
        "stage": row["stage_id"],
        "outcome": row["outcome"],
        "timers": [[timer["timer_id"], _moment(timer["due_at"]), timer["state"]] for timer in timers],
        "reminders": [[item["timer_id"], item["offset"], _moment(item["due_at"]), item["state"]] for item in reminders],
    }


def _moment(stored: str) -> str:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).isoformat()


def current_book() -> Rulebook:
    """放对话时用的那本手册：随包的。"""
    return load_rulebook()
