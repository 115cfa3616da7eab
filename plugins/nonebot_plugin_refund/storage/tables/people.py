"""与“人”和“群”有关的表。"""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSE_IDS, Base, BigKey, JsonObject, unique_among


class PersonRow(Base):
    """一个用户。只记平台与账号，不记昵称、不记任何证件信息。"""

    __tablename__ = "refund_people"

    platform: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    reminders_stopped: Mapped[bool] = mapped_column(default=False)
    """用户说过“停止”：所有案件都不再提醒。"""
    mention_consent: Mapped[bool | None]
    """私聊送不到时，可否在他来的群里点名（不带案情）。空表示没有问过。"""
    pictures: Mapped[bool | None]
    """要不要发图片。空表示没说过，用设置里的默认。"""
    first_seen_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class InterviewRow(Base):
    """一次访谈：问到哪里、答了什么，全在这里，重启后接着问。"""

    __tablename__ = "refund_interviews"
    __table_args__ = (
        Index(
            "uq_refund_interviews_active",
            "platform",
            "user_id",
            **unique_among("status = 'active'"),
        ),
        Index("ix_refund_interviews_person", "platform", "user_id", "status"),
        Index("ix_refund_interviews_updated_at", "status", "updated_at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    platform: Mapped[str]
    user_id: Mapped[str]
    self_id: Mapped[str]
    origin_group_id: Mapped[str | None]
    scenario_id: Mapped[str]
    rulebook_digest: Mapped[str]
    state: Mapped[JsonObject]
    status: Mapped[str]
    case_id: Mapped[int | None]
    """访谈得出的（或正在修改的）案件；案件删了这里可以指空，所以不设外键。"""
    version: Mapped[int]
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class NoteRow(Base):
    """等用户下一句话才算数的事，如“确认删除吗”。每人至多一件，过期作废。"""

    __tablename__ = "refund_notes"

    platform: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[JsonObject]
    expires_at: Mapped[datetime]


class OwedReplyRow(Base):
    """一条没有（或不知道有没有）说到本人那里的回答：事情已经办了，话还欠着。一天之内补上，过了就算了。"""

    __tablename__ = "refund_owed_replies"
    __table_args__ = (
        Index("ix_refund_owed_replies_person", "platform", "user_id"),
        Index("ix_refund_owed_replies_kept_at", "kept_at"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    platform: Mapped[str]
    user_id: Mapped[str]
    self_id: Mapped[str]
    """原来该由哪个机器人账号说。"""
    text: Mapped[str]
    kept_at: Mapped[datetime]


class GroupSettingsRow(Base):
    """一个群的设置。没有这一行、或哪一列空着，就是默认值。"""

    __tablename__ = "refund_group_settings"

    platform: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    keywords_level: Mapped[str | None]
    """主动接话的档次：``off``、``careful``、``eager``。"""
    pictures: Mapped[bool | None]
    """要不要发图片。"""
    cooldown_seconds: Mapped[int | None]
    """两次主动接话至少隔几秒。"""
    mentions: Mapped[bool | None]
    """私聊送不到提醒时，可不可以在这个群里点名（还要本人同意）。"""
    quiet_start: Mapped[str | None]
    """安静时段开始，北京时间 ``HH:MM``：这段时间里不主动接话，也不点名。与结束相同表示没有安静时段。"""
    quiet_end: Mapped[str | None]
    """安静时段结束，写法同上。"""
    updated_at: Mapped[datetime]
