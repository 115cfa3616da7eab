"""提醒怎么说：发的那一刻才写，过了期就说过了期。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..domain.calendar import SHANGHAI
from ..domain.reminders import lateness
from ..rulebook.models import Scenario, Timer, TimerKind
from .dates import due_in_words

HOW_TO_ANSWER = "办好了回「完成」，晚点再说回「推迟 2小时」，不想再收回「停止」。"
MENTION = "有一件事快到日子了，私聊没送到你。方便时加我好友、私聊我说「我的」。"


@dataclass(frozen=True, slots=True)
class DueItem:
    """要提醒的一件：哪件案件的哪个时限，什么时候到期。"""

    code: str
    scenario: Scenario
    timer: Timer
    due_at: datetime
    redated: bool = False
    """放假安排公布后日期重算过，这次要说明。"""


@dataclass(frozen=True, slots=True)
class RuleNotice:
    """一件案件用的规则有了新版。"""

    code: str
    scenario: Scenario
    can_review: bool
    """他想的话可以按新版重看；为假时新版不管他这件，只是告诉一声。"""


def reminder_message(items: Sequence[DueItem], now: datetime, notices: Sequence[RuleNotice] = ()) -> str:
    """同一个人的几件事合成一条，先到期的在前，规则的更新在最后。"""
    ordered = [_one(item, now) for item in sorted(items, key=lambda item: item.due_at)]
    told = [_notice(notice) for notice in sorted(notices, key=lambda notice: notice.code)]
    return "\n".join([*ordered, *([HOW_TO_ANSWER] if ordered else []), *told])


def _notice(notice: RuleNotice) -> str:
    head = f"【{notice.code} {notice.scenario.title}】这类事的规则更新了。"
    if notice.can_review:
        return f"{head}你这件先照原来的继续，日期和提醒都没动。想按新的看一遍，回「重看 {notice.code}」，答过的都留着。"
    return f"{head}新的只管以后的事，你这件仍照原来的走，不用做什么。"


def _one(item: DueItem, now: datetime) -> str:
    head = f"【{item.code} {item.scenario.title}】{item.timer.title}"
    if item.redated and lateness(item.due_at, now) == "before":
        when = due_in_words(item.due_at, now.astimezone(SHANGHAI).date())
        return f"{head}：放假安排公布了，日期重算过，改成 {when}。"
    when = due_in_words(item.due_at, now.astimezone(SHANGHAI).date())
    if lateness(item.due_at, now) == "before":
        return f"{head}：{when}{_left(item.due_at, now)}。{item.timer.before or item.timer.after}"
    passed = "已经过了" if item.timer.kind is TimerKind.DEADLINE else "到了"
    return f"{head}：{when}，{passed}。{item.timer.after}"


def _left(due_at: datetime, now: datetime) -> str:
    days = (due_at.astimezone(SHANGHAI).date() - now.astimezone(SHANGHAI).date()).days
    if days > 0:
        return f"，还有 {days} 天"
    hours = int((due_at - now).total_seconds() // 3600)
    return f"，还有约 {hours} 小时" if hours else "，不到 1 小时了"
