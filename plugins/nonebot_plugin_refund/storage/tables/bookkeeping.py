"""不属于任何人的表：规则手册的留底、处理过的消息、删除记号、主人的开关。"""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, JsonObject


class SnapshotRow(Base):
    """一个场景在某一版规则手册里的全文：案件按立案时的规则继续走。"""

    __tablename__ = "refund_rulebook_snapshots"

    digest: Mapped[str] = mapped_column(primary_key=True)
    scenario_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[JsonObject]
    saved_at: Mapped[datetime]


class HandledMessageRow(Base):
    """处理过的消息。同一事件会被投递两次，NoneBot 不去重。"""

    __tablename__ = "refund_handled_messages"
    __table_args__ = (Index("ix_refund_handled_messages_handled_at", "handled_at"),)

    platform: Mapped[str] = mapped_column(primary_key=True)
    self_id: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    handled_at: Mapped[datetime]


class ErasureRow(Base):
    """有人删了自己的数据：加盐的慢散列，看不出是谁。与删除同一个事务；库里没有这个记号，就还是删除之前的样子。"""

    __tablename__ = "refund_erasures"

    salt: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(primary_key=True)


class ControlRow(Base):
    """主人的一个开关，重启后还在，几个进程共用：如暂停推送。没有这一行就是默认。"""

    __tablename__ = "refund_controls"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[JsonObject]
    updated_at: Mapped[datetime]
