"""改动：每次记下什么之前的样子，说“撤销”时照着还原。"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSE_IDS, Base, BigKey, JsonObject


class ChangeRow(Base):
    """一次改动：本人说的哪句话让什么变了（不存原话），变之前是什么样。"""

    __tablename__ = "refund_changes"
    __table_args__ = (
        Index("ix_refund_changes_person", "platform", "user_id", "id"),
        Index("ix_refund_changes_made_at", "made_at"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    platform: Mapped[str]
    user_id: Mapped[str]
    kind: Mapped[str]
    """改了什么：``answer`` 答案、``report`` 进展、``close`` 结案、``snooze`` 推迟……"""
    label: Mapped[str]
    """说给本人听的名字，如“商家拒绝了”。"""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("refund_cases.id", ondelete="CASCADE"))
    detail: Mapped[JsonObject]
    """照样再做一遍要用到的：事件 id、时刻。"""
    before: Mapped[JsonObject]
    """变之前的各行，见 :mod:`..case.changes`。"""
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
