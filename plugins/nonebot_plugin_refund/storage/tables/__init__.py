"""数据库里的表。时刻一律 UTC；字段的含义写在各列下面。"""

from .base import Base, JsonList, JsonObject, table_of
from .bookkeeping import ControlRow, ErasureRow, HandledMessageRow, SnapshotRow
from .cases import CaseEventRow, CaseRow, EvidenceTickRow, TimerRow
from .changes import ChangeRow
from .people import GroupSettingsRow, InterviewRow, NoteRow, OwedReplyRow, PersonRow
from .reminders import DeliveryItemRow, DeliveryRow, ReminderRow

metadata = Base.metadata

__all__ = [
    "Base",
    "CaseEventRow",
    "CaseRow",
    "ChangeRow",
    "ControlRow",
    "DeliveryItemRow",
    "DeliveryRow",
    "ErasureRow",
    "EvidenceTickRow",
    "GroupSettingsRow",
    "HandledMessageRow",
    "InterviewRow",
    "JsonList",
    "JsonObject",
    "NoteRow",
    "OwedReplyRow",
    "PersonRow",
    "ReminderRow",
    "SnapshotRow",
    "TimerRow",
    "metadata",
    "table_of",
]
