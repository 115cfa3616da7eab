"""提醒与送达。"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSE_IDS, Base, BigKey


class ReminderRow(Base):
    """一条提醒。状态怎样变只由 ``reminder_states.py`` 的那张表决定。"""

    __tablename__ = "refund_reminders"
    __table_args__ = (
        UniqueConstraint(
            "case_id", "timer_id", "timer_version", "offset", name="uq_refund_reminders_case_timer_version_offset"
        ),
        # 领取只走这条索引：等号前缀之后按 next_try_at 有序，领 100 条只碰 100 条
        Index("ix_refund_reminders_claim", "state", "platform", "self_id", "next_try_at"),
        Index("ix_refund_reminders_person", "platform", "user_id", "state", "due_at"),
        Index("ix_refund_reminders_lease", "state", "lease_until"),
        Index("ix_refund_reminders_give_up", "state", "next_try_at"),
        Index("ix_refund_reminders_delivery_id", "delivery_id"),
        CheckConstraint(
            "state IN ('pending', 'claimed', 'sending', 'unknown', 'waiting', 'sent', 'cancelled', 'dead')",
            name="state",
        ),
        # 领走、要发的必有租约，过了就收得回来；别的没有
        CheckConstraint("(lease_until IS NOT NULL) = (state IN ('claimed', 'sending'))", name="lease"),
        CheckConstraint("attempt >= 0 AND failures >= 0 AND disproved >= 0 AND unknowns >= disproved", name="counts"),
        CheckConstraint("channel IN ('private', 'group_mention', 'on_next_message')", name="channel"),
        CheckConstraint("state = 'sent' OR detail_owed = FALSE", name="detail_owed"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("refund_cases.id", ondelete="CASCADE"))
    timer_id: Mapped[str]
    timer_version: Mapped[int]
    offset: Mapped[str]
    platform: Mapped[str]
    self_id: Mapped[str]
    user_id: Mapped[str]
    origin_group_id: Mapped[str | None]
    due_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    state: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=0)
    """围栏号：每领取一次加一，此后每次写入都要带着它。"""
    failures: Mapped[int] = mapped_column(default=0)
    """对方明确拒绝的次数。"""
    unknowns: Mapped[int] = mapped_column(default=0)
    """结果不明的次数；有几次不明，至多多发几次。"""
    disproved: Mapped[int] = mapped_column(default=0)
    """其中有几次后来查过聊天记录、证明没有送到；查清了的不算在“不明几次就不再推”里。"""
    possible_duplicate: Mapped[bool] = mapped_column(default=False)
    """有一次结果不明还没查清：再发要注明“可能重复”。"""
    detail_owed: Mapped[bool] = mapped_column(default=False)
    """只在群里点过名，详情等本人下次来时补上。"""
    lease_until: Mapped[datetime | None]
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("refund_deliveries.id", ondelete="SET NULL"))
    """最近一次送达。"""
    channel: Mapped[str | None]
    last_code: Mapped[str | None]
    last_wording: Mapped[str | None]
    reason: Mapped[str | None]
    """为什么作废、为什么送不到。"""
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class DeliveryRow(Base):
    """一次送达：发给谁、走哪条路、说了什么、对方的实现怎么答。"""

    __tablename__ = "refund_deliveries"
    __table_args__ = (
        Index("ix_refund_deliveries_person", "platform", "user_id", "id"),
        Index("ix_refund_deliveries_message", "platform", "self_id", "message_id"),
        Index("ix_refund_deliveries_started_at", "started_at"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    platform: Mapped[str]
    self_id: Mapped[str]
    user_id: Mapped[str]
    group_id: Mapped[str | None]
    channel: Mapped[str]
    text: Mapped[str]
    outcome: Mapped[str]
    code: Mapped[str | None]
    wording: Mapped[str | None]
    message_id: Mapped[str | None]
    marked_duplicate: Mapped[bool]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DeliveryItemRow(Base):
    """一次送达里合并了哪几条提醒。"""

    __tablename__ = "refund_delivery_items"
    __table_args__ = (Index("ix_refund_delivery_items_reminder_id", "reminder_id"),)

    delivery_id: Mapped[int] = mapped_column(ForeignKey("refund_deliveries.id", ondelete="CASCADE"), primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("refund_reminders.id", ondelete="CASCADE"), primary_key=True)
    attempt: Mapped[int]
