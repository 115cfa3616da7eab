"""提醒怎么说：发的那一刻才写，过了期就说过了期。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...domain.days.calendar import SHANGHAI
from ...domain.days.reminders import lateness
from ...rulebook.scenario_models.models import Scenario, Timer, TimerKind
from ..dates import STILL_ARGUABLE, day_in_words, due_in_words

HOW_TO_ANSWER = "办好了回「完成」，晚点再说回「推迟 2小时」，不想再收回「停止」。"
HOW_TO_ANSWER_A_CHECK_IN = "晚点再问回「推迟 2天」，不想再收回「停止」。"
FOLLOWED_UP = "前两天提醒过，还没听到你说：办到哪了跟我说一声。"
BEFORE_TOLD = "这是对方说的期限，办好了吗？别等到最后一天；通知里写的不一样，以通知为准。"
AFTER_TOLD = {
    TimerKind.DEADLINE: "对方说的期限过了：没办的今天就办，办不了就问还能不能补，要不要重新提交。",
    TimerKind.EXPECTATION: "对方说好的日子到了：没兑现就拿着当时的记录催一次，再拖就找平台客服或打 12315。",
}
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
    arguable: date | None = None
    """过了到期日，依法还可主张到哪天。"""
    is_follow_up: bool = False
    """提醒过没有回音，再问一声。"""
    is_here: bool = True
    """案件还在有这个时限的阶段。"""
    is_told: bool = False
    """日子是照对方说好的期限算的。"""
    at: str = ""
    """约好的那天几点；没说为空。"""

    @property
    def before(self) -> str:
        """到期之前说什么。"""
        if self._is_as_told:
            return BEFORE_TOLD
        return self.timer.before or self.timer.after

    @property
    def after(self) -> str:
        """到期之后说什么。"""
        if self._is_as_told:
            return AFTER_TOLD[self.timer.kind]
        return self.timer.after

    @property
    def _is_as_told(self) -> bool:
        """日子照说的算，手册里的话说的却是平常的长短；说了才有的，手册里的话就是照说的写的。"""
        return self.is_told and self.timer.told and not self.timer.is_only_told

    @property
    def is_check_in(self) -> bool:
        """问候，不是日子。"""
        return self.timer.kind is TimerKind.CHECK_IN

    @property
    def is_question(self) -> bool:
        """问候或回访。"""
        return self.is_check_in or self.is_follow_up


@dataclass(frozen=True, slots=True)
class RuleNotice:
    """一件案件用的规则有了新版。"""

    code: str
    scenario: Scenario
    can_review: bool
    """他想的话可以按新版重看；为假时新版不管他这件，只是告诉一声。"""


def reminder_message(items: Sequence[DueItem], now: datetime, notices: Sequence[RuleNotice] = ()) -> str:
    """同一个人的几件事合成一条，先到期的在前，问候在日子后面，规则的更新在最后；一件案件说了日子就不再问候。"""
    dated = {item.code for item in items if not item.is_check_in}
    said = [item for item in items if not (item.is_check_in and item.code in dated)]
    ordered = [_one(item, now) for item in sorted(said, key=lambda item: (item.is_check_in, item.due_at))]
    how = HOW_TO_ANSWER if dated else HOW_TO_ANSWER_A_CHECK_IN
    told = [_notice(notice) for notice in sorted(notices, key=lambda notice: notice.code)]
    return "\n".join([*ordered, *([how] if ordered else []), *told])


def _notice(notice: RuleNotice) -> str:
    head = f"【{notice.code} {notice.scenario.title}】这类事的规则更新了。"
    if notice.can_review:
        return f"{head}你这件先照原来的继续，日期和提醒都没动。想按新的看一遍，回「重看 {notice.code}」，答过的都留着。"
    return f"{head}新的只管以后的事，你这件仍照原来的走，不用做什么。"


def _one(item: DueItem, now: datetime) -> str:
    if item.is_check_in:
        return f"【{item.code} {item.scenario.title}】{item.timer.after}"
    return f"{_dated(item, now)}{FOLLOWED_UP if item.is_follow_up else ''}"


def _dated(item: DueItem, now: datetime) -> str:
    head = f"【{item.code} {item.scenario.title}】{item.timer.title}"
    if item.redated and lateness(item.due_at, now) == "before":
        when = due_in_words(item.due_at, now.astimezone(SHANGHAI).date())
        return f"{head}：放假安排公布了，日期重算过，改成 {when}。"
    if item.timer.kind is TimerKind.APPOINTMENT:
        return f"{head}：{_appointed(item, now)}"
    when = due_in_words(item.due_at, now.astimezone(SHANGHAI).date())
    if lateness(item.due_at, now) == "before":
        return f"{head}：{when}{_left(item.due_at, now)}。{item.before}"
    passed = "已经过了" if item.timer.kind is TimerKind.DEADLINE else "到了"
    return f"{head}：{when}，{passed}{_still_arguable(item, now)}。{item.after}"


def _appointed(item: DueItem, now: datetime) -> str:
    """约好的日子：快到了说还有几天，过了问怎么样了。"""
    day, today = item.due_at.astimezone(SHANGHAI).date(), now.astimezone(SHANGHAI).date()
    left = (day - today).days
    when = f"{day_in_words(day, today)}{f' {item.at}' if item.at else ''}"
    when = f"{when}，还有 {left} 天" if left > 0 else when
    return f"{when}。{item.after if left < 0 else item.before}"


def _still_arguable(item: DueItem, now: datetime) -> str:
    today = now.astimezone(SHANGHAI).date()
    if item.timer.kind is not TimerKind.DEADLINE or item.arguable is None or item.arguable < today:
        return ""
    return f"；{STILL_ARGUABLE.format(day=day_in_words(item.arguable, today))}"


def _left(due_at: datetime, now: datetime) -> str:
    days = (due_at.astimezone(SHANGHAI).date() - now.astimezone(SHANGHAI).date()).days
    if days > 0:
        return f"，还有 {days} 天"
    hours = round((due_at - now).total_seconds() / 3600)
    return f"，还有约 {hours} 小时" if hours else "，不到 1 小时了"
