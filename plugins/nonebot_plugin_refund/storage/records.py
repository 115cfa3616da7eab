"""仓库交出去的只读记录：与表同名同义的字段，离开事务后仍可用，改它不会改库。"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Self

from .tables import JsonList, JsonObject


@dataclass(frozen=True, order=True)
class Person:
    """一个用户：哪个平台的哪个账号。"""

    platform: str
    user_id: str


@dataclass(frozen=True)
class _Record:
    @classmethod
    def of(cls, row: object) -> Self:
        """从表的一行（或一行结果）取出同名字段。"""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class PersonRecord(_Record):
    """一个用户的设置。"""

    platform: str
    user_id: str
    reminders_stopped: bool
    mention_consent: bool | None
    pictures: bool | None
    first_seen_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class InterviewRecord(_Record):
    """一次访谈。"""

    id: int
    platform: str
    user_id: str
    self_id: str
    origin_group_id: str | None
    scenario_id: str
    rulebook_digest: str
    state: JsonObject
    status: str
    case_id: int | None
    version: int
    started_at: datetime
    updated_at: datetime

    @property
    def person(self) -> Person:
        """谁的访谈。"""
        return Person(self.platform, self.user_id)


@dataclass(frozen=True)
class CaseRecord(_Record):
    """一个案件。"""

    id: int
    code: str
    platform: str
    user_id: str
    self_id: str
    origin_group_id: str | None
    scenario_id: str
    rulebook_digest: str
    answers: JsonObject
    amounts: JsonObject
    ledger: JsonList
    rule_id: str
    rule_version: int
    verdict: str
    track_id: str | None
    stage_id: str | None
    stage_entered_at: datetime
    stage_told: JsonObject
    reminders_stopped: bool
    outcome: str | None
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    version: int

    @property
    def person(self) -> Person:
        """谁的案件。"""
        return Person(self.platform, self.user_id)


@dataclass(frozen=True)
class CaseEventRecord(_Record):
    """案件的一件经过。"""

    id: int
    case_id: int
    at: datetime
    event_id: str
    from_stage: str | None
    to_stage: str | None
    detail: JsonObject


@dataclass(frozen=True)
class TimerRecord(_Record):
    """案件的一个时限。"""

    id: int
    case_id: int
    timer_id: str
    timer_version: int
    kind: str
    title: str
    starts: date | datetime
    due_at: datetime
    safe: date
    arguable: date | None
    certain: bool
    explain: JsonList
    state: str
    settled_at: datetime | None


@dataclass(frozen=True)
class ReminderRecord(_Record):
    """一条提醒。"""

    id: int
    case_id: int
    timer_id: str
    timer_version: int
    offset: str
    platform: str
    self_id: str
    user_id: str
    origin_group_id: str | None
    due_at: datetime
    next_try_at: datetime
    state: str
    attempt: int
    failures: int
    unknowns: int
    disproved: int
    possible_duplicate: bool
    detail_owed: bool
    lease_until: datetime | None
    delivery_id: int | None
    channel: str | None
    last_code: str | None
    last_wording: str | None
    reason: str | None
    created_at: datetime
    settled_at: datetime | None

    @property
    def person(self) -> Person:
        """提醒谁。"""
        return Person(self.platform, self.user_id)


@dataclass(frozen=True)
class DeliveryRecord(_Record):
    """一次送达。"""

    id: int
    platform: str
    self_id: str
    user_id: str
    group_id: str | None
    channel: str
    text: str
    outcome: str
    code: str | None
    wording: str | None
    message_id: str | None
    marked_duplicate: bool
    started_at: datetime
    ended_at: datetime | None
