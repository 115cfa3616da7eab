"""依据：一条规则从哪里来、什么时候有效、有多大把握。"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from .base_models import Id, Strict, Text


class Confidence(StrEnum):
    """对一条依据的把握；低于 high 的会如实告诉用户。"""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SourceKind(StrEnum):
    """依据从哪里来：法律法规与司法解释、平台规则、经验做法。"""

    LAW = "law"
    PLATFORM_RULE = "platform_rule"
    PRACTICE = "practice"


class SpeaksFor(StrEnum):
    """一条依据帮谁说话：要退款的人，还是另一方。"""

    ASKER = "asker"
    OTHER_SIDE = "other_side"


class Source(Strict):
    """一条依据。按事件发生的日期判断是否有效，不按今天。"""

    id: Id
    kind: SourceKind
    """law 法律法规、platform_rule 平台规则、practice 经验做法。"""
    title: Text
    """文件名，如《中华人民共和国消费者权益保护法》。"""
    article: str = ""
    """条号，如“第二十五条”；没有条号的留空。"""
    says: Text
    """它说了什么：自己的话，一两句。"""
    effective_from: date | None = None
    """从哪天起有效。"""
    effective_to: date | None = None
    """最后有效的一天（含）；仍然有效的不写。"""
    last_checked_on: date
    """你最后一次对着原文核对是哪天。"""
    check_every_days: int = Field(gt=0)
    """多少天要重新核对一次；到期了照样能用，会在结论里写明。"""
    confidence: Confidence
    """把握：对着原文核过的 high，只见过转述的 medium，没核对过的 low。"""
    note: str = ""
    """把握不足时，哪里不确定。"""
    speaks_for: SpeaksFor = SpeaksFor.ASKER
    """帮谁说话。对要退款的人不利的写 other_side：结论里照样说明，替他写的文书里不引。"""

    def is_effective_on(self, day: date) -> bool:
        """这一天它是否有效（两端都含）。"""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )

    def is_check_overdue(self, today: date) -> bool:
        """距上次核对是否已超过 ``check_every_days`` 天。"""
        return (today - self.last_checked_on).days > self.check_every_days
