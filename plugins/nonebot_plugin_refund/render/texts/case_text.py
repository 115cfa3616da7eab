"""案件怎样说给本人听：清单、进度、可以报告的事、材料、提醒、结案。"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...domain.case.case_history import PastStep
from ...domain.days.calendar import SHANGHAI
from ...domain.days.timers import TimerPlan
from ...domain.interview.assessment import Assessment
from ...rulebook.derived.stage_view import StageView
from ...rulebook.scenario_models.models import Evidence, Outcome, Scenario, TimerKind
from ...rulebook.wording_models.spoken import load_spoken
from ..dates import day_in_words, due_in_words, moment_in_words
from .verdict_text import OFFICIAL_ONLY_MARK, OFFICIAL_ONLY_NOTE, VERDICT_NAMES, timer_in_words

EVIDENCE_HOW = "有了就回编号打勾；想知道怎么弄，回「看 编号」。"
_SOON = timedelta(days=60)
"""材料的截止在这以内，才照它来催。"""
OUTCOME_NAMES = {Outcome(name): words[0] for name, words in load_spoken().outcomes.by_id().items()}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """清单里的一件。"""

    code: str
    scenario: Scenario
    stage: StageView | None
    next_due: TimerPlan | None
    closed_as: Outcome | None = None
    called: str = ""
    """同一种的不止一件时，靠什么认：货名、钱数、哪天立的案。"""


def case_list_message(cases: Sequence[CaseLine], today: date) -> str:
    """本人的案件，一件一行：号、场景、到哪了、下一个日期。"""
    known = Counter(case.scenario.id for case in cases)
    lines = [_case_line(case, today, is_alike=known[case.scenario.id] > 1) for case in cases]
    return "\n".join(["你的案件：", *lines, "看详情发「进度 案件号」。"])


def _case_line(case: CaseLine, today: date, *, is_alike: bool) -> str:
    title = f"{case.scenario.title}（{case.called}）" if is_alike and case.called else case.scenario.title
    if case.closed_as is not None:
        return f"{case.code} {title} · 已结案：{OUTCOME_NAMES[case.closed_as]}"
    stage = case.stage.title if case.stage else "已有结论"
    due = f" · {_due_line(case.next_due, today)}" if case.next_due else ""
    return f"{case.code} {title} · {stage}{due}"


def _due_line(timer: TimerPlan, today: date) -> str:
    day = timer.due_local.date()
    if day >= today:
        return f"{timer.title} {day_in_words(day, today)}"
    passed = f"{timer.title} {day_in_words(day, today)}已过"
    arguable = timer.arguable
    return passed if arguable is None or arguable < today else f"{passed}，还可主张到 {day_in_words(arguable, today)}"


def progress_message(
    code: str,
    scenario: Scenario,
    stage: StageView,
    timers: Sequence[TimerPlan],
    today: date,
    done: Sequence[PastStep] = (),
    missed: Sequence[str] = (),
    money: str = "",
) -> str:
    """一件案件到哪了：走过的、钱（``money``）、现在的情况、该做什么、过了的期限（``missed``）、日期和数法。

    时钟还远，和这个阶段的日子一起列出来时只说哪天，不说数法。
    """
    lines = [f"{code} {scenario.title} · {stage.title}"]
    if done:
        lines.append("走过的：" + "；".join(f"{step_day_in_words(step, today)} {step.title}" for step in done))
    lines += [*([money] if money else []), stage.happening, f"你要做的：{stage.todo}", *missed]
    clocks = {clock.id for clock in scenario.clocks}
    only_clocks = all(timer.timer_id in clocks for timer in timers)
    for timer in sorted(timers, key=lambda plan: plan.due_at):
        lines.append(timer_in_words(timer, today))
        if timer.due_local.date() >= today and (only_clocks or timer.timer_id not in clocks):
            lines.extend(counting_in_words(timer))
    return "\n".join(lines)


def step_day_in_words(step: PastStep, today: date) -> str:
    """走过的一步是哪天。"""
    day = step.at.astimezone(SHANGHAI).date()
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def counting_in_words(timer: TimerPlan) -> tuple[str, ...]:
    """这个日期怎么数的：从哪天起、数了什么、跳过了什么；依据和结果另说。"""
    return tuple(line for line in timer.explain if not line.startswith(("依据：", "结果：")))


def verdict_only_message(code: str, scenario: Scenario, assessment: Assessment) -> str:
    """没有后续阶段的案件：只有结论。"""
    rule = assessment.rule
    return f"{code} {scenario.title} · {VERDICT_NAMES[rule.verdict]}\n{rule.headline}"


def events_message(code: str, stage: StageView) -> str:
    """现在可以报告的事，编号选。"""
    lines = [f"{number}. {event.label}" for number, event in enumerate(stage.events, start=1)]
    return "\n".join([f"{code}：有什么进展？回编号，前几天的事可以带上日期，比如「1 昨天」。", *lines])


def told_limit_message(code: str, timers: Sequence[TimerPlan], today: date) -> str:
    """照说好的期限改过的日子。"""
    lines = [timer_in_words(timer, today) for timer in sorted(timers, key=lambda plan: plan.due_at)]
    return "\n".join([f"好，{code} 按你说的期限算：", *lines, "通知里写的不一样，以通知为准。"])


def meanings_message(code: str, labels: Sequence[str]) -> str:
    """没听准是哪一件：最像的几件，编号选。"""
    lines = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    return "\n".join([f"{code}：是哪一种？回编号，都不是就换个说法。", *lines])


def stage_message(code: str, stage: StageView, timers: Sequence[TimerPlan], today: date) -> str:
    """刚走到一个新阶段时说的话。"""
    lines = [f"{code} 现在是「{stage.title}」。{stage.happening}"]
    if stage.outcome is None:
        lines.append(f"你要做的：{stage.todo}")
        lines.extend(timer_in_words(timer, today) for timer in sorted(timers, key=lambda plan: plan.due_at))
    else:
        lines.append(stage.todo)
    return "\n".join(lines)


def ready_by_in_words(timers: Sequence[TimerPlan], now: datetime) -> str:
    """材料最好什么时候备齐：最近的一个还没过的截止之前；没有截止的为空。

    截止还远着的（如三年的诉讼时效）不说那一天：记录早就没了，那一天反倒让人慢慢来。
    """
    ahead = [timer for timer in timers if timer.kind is TimerKind.DEADLINE and timer.due_at > now]
    if not ahead:
        return ""
    nearest = min(ahead, key=lambda timer: timer.due_at)
    if nearest.due_at - now > _SOON:
        return "越早备齐越好，有的记录过一阵就没了。"
    return f"最好在 {due_in_words(nearest.due_at, now.astimezone(SHANGHAI).date())}前备齐（{nearest.title}）。"


def evidence_line(item: Evidence, ticked: Collection[str]) -> str:
    """清单里的一项：还没有、又会消失的，写明什么时候会没。"""
    vanishing = f"（{item.may_vanish}）" if item.may_vanish and item.id not in ticked else ""
    return f"{OFFICIAL_ONLY_MARK if item.official_only else ''}{item.title}{vanishing}"


def evidence_list_message(code: str, evidence: Sequence[Evidence], ticked: Collection[str], ready_by: str = "") -> str:
    """材料清单，有了的打勾。"""
    if not evidence:
        return f"{code} 没有要准备的材料。"
    lines = [f"{code} 的材料："]
    for number, item in enumerate(evidence, start=1):
        tick = "✓" if item.id in ticked else "○"
        lines.append(f"{number}. {tick} {evidence_line(item, ticked)}")
    if ready_by:
        lines.append(ready_by)
    if any(item.official_only for item in evidence):
        lines.append(OFFICIAL_ONLY_NOTE)
    lines.append(EVIDENCE_HOW)
    return "\n".join(lines)


def outcomes_message(code: str) -> str:
    """结案时选结局。"""
    lines = [f"{number}. {name}" for number, name in enumerate(OUTCOME_NAMES.values(), start=1)]
    return "\n".join([f"{code} 最后怎么样了？回编号：", *lines])


def reminders_message(code: str, pending: Sequence[tuple[str, datetime]], failed: Sequence[str], now: datetime) -> str:
    """一件案件还会提醒几次、各在什么时候；没送到的说明为什么。"""
    lines = [f"{moment_in_words(due_at, now)} {title}" for title, due_at in pending]
    if not lines:
        lines = ["没有排着的提醒。"]
    lines.extend(f"没送到：{reason}" for reason in failed)
    return "\n".join([f"{code} 的提醒：", *lines])


_FAR = timedelta(days=90)


def moments_in_words(moments: Sequence[datetime], now: datetime) -> str:
    """几个提醒时刻连成一句，同一刻的只说一遍；太多、太远时只说从什么时候起共几次。"""
    words = list(dict.fromkeys(moment_in_words(moment, now) for moment in moments))
    if len(words) > 1 and moments[0] - now > _FAR:
        return f"{words[0]}起共 {len(words)} 次"
    return "、".join(words) if len(words) <= 3 else f"{'、'.join(words[:2])}等 {len(words)} 个时候"
