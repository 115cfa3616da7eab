"""案件及其附属：经过、材料、时限。"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..connection.column_types import DayOrInstant
from .base import NEVER_REUSE_IDS, Base, BigKey, JsonList, JsonObject, unique_among


class CaseRow(Base):
    """一个人的一件事。结案前后都只有本人看得到。"""

    __tablename__ = "refund_cases"
    __table_args__ = (
        Index("ix_refund_cases_person", "platform", "user_id", "opened_at"),
        Index("ix_refund_cases_closed_at", "closed_at"),
        Index("ix_refund_cases_rulebook", "rulebook_digest", "scenario_id"),
        Index("ix_refund_cases_stage", "stage_id", "updated_at"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    code: Mapped[str] = mapped_column(unique=True)
    platform: Mapped[str]
    user_id: Mapped[str]
    self_id: Mapped[str]
    """立案时与他说话的机器人账号；提醒只由这个账号发。"""
    origin_group_id: Mapped[str | None]
    scenario_id: Mapped[str]
    rulebook_digest: Mapped[str]
    answers: Mapped[JsonObject]
    amounts: Mapped[JsonObject] = mapped_column(default=dict)
    """说过的钱数，元：要的、对方肯给的、到了的，和算该退多少要用的几样；见 ``domain/case/case_amounts.py``。"""
    ledger: Mapped[JsonList] = mapped_column(default=list)
    """一笔笔的账：哪天、多少、走哪条路、付给谁、付款时在哪一段年龄；没有卡号单号，没有生日。"""
    rule_id: Mapped[str]
    rule_version: Mapped[int]
    verdict: Mapped[str]
    track_id: Mapped[str | None]
    stage_id: Mapped[str | None]
    stage_entered_at: Mapped[datetime]
    stage_told: Mapped[JsonObject] = mapped_column(default=dict)
    """进这个阶段时对方说好的期限；没说是空的。见 ``domain/case/told_limit.py``。"""
    reminders_stopped: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str | None]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int]


class CaseEventRow(Base):
    """案件的一件经过：用户报告的、时限带来的、系统做的。只增不改。"""

    __tablename__ = "refund_case_events"
    __table_args__ = (Index("ix_refund_case_events_case_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("refund_cases.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    event_id: Mapped[str]
    from_stage: Mapped[str | None]
    to_stage: Mapped[str | None]
    detail: Mapped[JsonObject]
    undone_at: Mapped[datetime | None]
    """本人撤销了它：还在，但不再算数。"""


class EvidenceTickRow(Base):
    """一项材料已经备好。不存图片，也不存文件。"""

    __tablename__ = "refund_evidence_ticks"

    case_id: Mapped[int] = mapped_column(ForeignKey("refund_cases.id", ondelete="CASCADE"), primary_key=True)
    evidence_id: Mapped[str] = mapped_column(primary_key=True)
    ticked_at: Mapped[datetime]


class TimerRow(Base):
    """案件的一个时限。日期变了就作废旧行、另立新行，``timer_version`` 加一。"""

    __tablename__ = "refund_case_timers"
    __table_args__ = (
        Index("uq_refund_case_timers_version", "case_id", "timer_id", "timer_version", unique=True),
        Index(
            "uq_refund_case_timers_open",
            "case_id",
            "timer_id",
            **unique_among("state = 'open'"),
        ),
        Index("ix_refund_case_timers_due", "state", "due_at"),
        Index("ix_refund_case_timers_certain", "certain", "state"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("refund_cases.id", ondelete="CASCADE"))
    timer_id: Mapped[str]
    timer_version: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    starts: Mapped[date | datetime] = mapped_column(DayOrInstant())
    due_at: Mapped[datetime]
    safe: Mapped[date]
    """安全日期、可主张的更晚日期：上海的日历日。"""
    arguable: Mapped[date | None]
    certain: Mapped[bool]
    explain: Mapped[JsonList]
    state: Mapped[str]
    settled_at: Mapped[datetime | None]
