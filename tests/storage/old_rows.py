"""每个发行过的数据库结构里有代表性的行：每张表都有，可空的列有空有不空。

时刻是 UTC 的 ISO 8601。``tests/storage/data/结构号.sql`` 就是 SQLite 上升到那个结构、写进这些行之后抄下来的；
抄下来就不再改，旧结构的样子由它说了算。
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, MetaData, Table, func, insert, select

Rows = dict[str, list[dict[str, Any]]]
NOW = "2026-11-20T02:00:00+00:00"
LATER = "2026-11-27T15:59:59+00:00"
ARTICLE = {"scenario": {"id": "shop-return"}, "sources": []}
"""留底的全文；这里只看它一个字不少。"""

_OWNER = {"platform": "onebot", "user_id": "10001", "self_id": "9000"}

_CONTROLS: Rows = {"refund_controls": [{"name": "sending-paused", "value": {}, "updated_at": NOW}]}


def rows_at(revision: str) -> Rows:
    """结构是 ``revision``（0001 到 0005）时各表的行。"""
    return {
        "refund_people": [
            _person("10001", True, None, revision, pictures=False),
            _person("10002", False, True, revision, pictures=None),
        ],
        "refund_group_settings": [_group("5000", True, revision), _group("5001", False, revision)],
        "refund_rulebook_snapshots": [
            {"digest": "d1", "scenario_id": "shop-return", "body": ARTICLE, "saved_at": NOW},
        ],
        "refund_handled_messages": [
            {"platform": "onebot", "self_id": "9000", "message_id": "-77", "handled_at": NOW},
        ],
        "refund_notes": [
            {"platform": "onebot", "user_id": "10001", "kind": "pick_event", "payload": {"case": "K7Q2"},
             "expires_at": LATER},
        ],
        "refund_interviews": [_interview(1, "finished", 1), _interview(2, "active", None)],
        "refund_cases": [_case(1, "K7Q2", None), _case(2, "M4XW", LATER)],
        "refund_case_events": [
            {"id": 1, "case_id": 1, "at": NOW, "event_id": "applied", "from_stage": None, "to_stage": "applied",
             "detail": {"happened_at": NOW}},
        ],
        "refund_evidence_ticks": [{"case_id": 1, "evidence_id": "photo", "ticked_at": NOW}],
        "refund_case_timers": [_timer(1, 1, "open", None), _timer(2, 2, "cancelled", "2026-11-28")],
        "refund_deliveries": [_delivery()],
        "refund_reminders": [_reminder(1, "1d@10:00", "sent", 1), _reminder(2, "3h", "pending", None)],
        "refund_delivery_items": [{"delivery_id": 1, "reminder_id": 1, "attempt": 1}],
        **(_CONTROLS if revision >= "0005" else {}),
    }  # fmt: skip


def write_rows(connection: Connection, revision: str) -> None:
    """把 :func:`rows_at` 的行写进一个正是那个结构的库。"""
    metadata = MetaData()
    metadata.reflect(connection)
    rows = rows_at(revision)
    assert set(rows) == {name for name in metadata.tables if name != "refund_alembic_version"}, "每张表都要有行"
    for table in metadata.sorted_tables:
        for row in rows.get(table.name, []):
            assert set(row) == set(table.columns.keys()), (table.name, set(row) ^ set(table.columns.keys()))
            connection.execute(insert(table), {key: as_stored(table, key, value) for key, value in row.items()})
        if connection.dialect.name == "postgresql" and "id" in table.columns:
            # 行号是写死的：让序列接着它往后数，就像真的一行行插过
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), 2)))


def as_stored(table: Table, column: str, value: Any) -> Any:
    """按列的类型换成 Python 的时刻、日期。"""
    kind = table.columns[column].type
    if isinstance(value, str) and isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and isinstance(kind, Date) else value


def _person(
    user_id: str, stopped: bool, consent: bool | None, revision: str, *, pictures: bool | None
) -> dict[str, Any]:
    row = {
        "platform": "onebot",
        "user_id": user_id,
        "reminders_stopped": stopped,
        "mention_consent": consent,
        "first_seen_at": NOW,
        "seen_at": LATER,
    }
    return {**row, "pictures": pictures} if revision >= "0004" else row


def _group(group_id: str, enabled: bool, revision: str) -> dict[str, Any]:
    row: dict[str, Any] = {"platform": "onebot", "group_id": group_id, "updated_at": NOW}
    if revision < "0003":
        return {**row, "keywords_enabled": enabled}
    row["keywords_level"] = "eager" if enabled else "off"
    if revision >= "0004":
        row["pictures"] = enabled
    if revision >= "0005":
        row |= {"cooldown_seconds": 90, "mentions": enabled, "quiet_start": "22:30", "quiet_end": None}
    return row


def _interview(number: int, status: str, case_id: int | None) -> dict[str, Any]:
    return {
        "id": number,
        **_OWNER,
        "origin_group_id": "5000" if case_id else None,
        "scenario_id": "shop-return",
        "rulebook_digest": "d1",
        "state": {"answers": {"goal": {"value": "regret"}}, "misreads": 1, "revising": None},
        "status": status,
        "case_id": case_id,
        "version": 3,
        "started_at": NOW,
        "updated_at": LATER,
    }


def _case(number: int, code: str, closed_at: str | None) -> dict[str, Any]:
    return {
        "id": number,
        "code": code,
        **_OWNER,
        "origin_group_id": None if closed_at else "5000",
        "scenario_id": "shop-return",
        "rulebook_digest": "d1",
        "answers": {"signed-on": {"value": "2026-11-20"}, "amount": {"value": 99.9, "approximate": True}},
        "rule_id": "seven-day",
        "rule_version": 2,
        "verdict": "eligible",
        "track_id": "return",
        "stage_id": "applied",
        "stage_entered_at": NOW,
        "reminders_stopped": False,
        "outcome": "refunded" if closed_at else None,
        "opened_at": NOW,
        "updated_at": LATER,
        "closed_at": closed_at,
        "version": 4,
    }


def _timer(number: int, case_id: int, state: str, arguable: str | None) -> dict[str, Any]:
    return {
        "id": number,
        "case_id": case_id,
        "timer_id": "seven-days",
        "timer_version": 1,
        "kind": "deadline",
        "title": "七天无理由",
        "starts": "2026-11-20",
        "due_at": LATER,
        "safe": "2026-11-26",
        "arguable": arguable,
        "certain": True,
        "explain": ["签收次日是第 1 天"],
        "state": state,
        "settled_at": NOW if state == "cancelled" else None,
    }


def _reminder(number: int, offset: str, state: str, delivery_id: int | None) -> dict[str, Any]:
    return {
        "id": number,
        "case_id": 1,
        "timer_id": "seven-days",
        "timer_version": 1,
        "offset": offset,
        **_OWNER,
        "origin_group_id": "5000",
        "due_at": LATER,
        "next_try_at": LATER,
        "state": state,
        "attempt": 1 if delivery_id else 0,
        "failures": 0,
        "unknowns": 0,
        "possible_duplicate": False,
        "detail_owed": False,
        "lease_until": None,
        "delivery_id": delivery_id,
        "channel": "private" if delivery_id else None,
        "last_code": None,
        "last_wording": None,
        "reason": None,
        "created_at": NOW,
        "settled_at": NOW if delivery_id else None,
    }


def _delivery() -> dict[str, Any]:
    return {
        "id": 1,
        **_OWNER,
        "group_id": None,
        "channel": "private",
        "text": "该退货了",
        "outcome": "accepted",
        "code": None,
        "wording": None,
        "message_id": "-5",
        "marked_duplicate": False,
        "started_at": NOW,
        "ended_at": NOW,
    }
