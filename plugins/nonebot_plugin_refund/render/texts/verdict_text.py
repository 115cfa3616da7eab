"""把一次判断排成几条短消息：结论、法律与平台、现在点哪里、日期、材料、变化与风险。"""

from collections.abc import Sequence
from datetime import date, timedelta

from ...domain.days.calendar import SHANGHAI
from ...domain.days.timers import TimerPlan
from ...domain.interview.assessment import Assessment, CitedSource
from ...rulebook.scenario_models.models import Confidence, Evidence, Rule, SourceKind, TimerKind, Verdict
from ..dates import STILL_ARGUABLE, day_in_words, due_in_words

VERDICT_NAMES = {
    Verdict.ELIGIBLE: "符合条件",
    Verdict.CONDITIONAL: "看材料",
    Verdict.UNLIKELY: "较难",
    Verdict.INELIGIBLE: "通常不予退款",
    Verdict.REDIRECT: "去这里办",
}

STEPS_HEAD, DATES_HEAD = "你现在点哪里：", "日期："
SCAM_LINE = "提醒：退款只走官方入口，原路退回；要你转账、交手续费、给验证码或开屏幕共享的都是骗子。"

OFFICIAL_ONLY_MARK = "※"
OFFICIAL_ONLY_NOTE = "带※的只交官方入口，别发群里，也别发给我。"

_CONFIDENCE = {
    Confidence.MEDIUM: "把握中等",
    Confidence.LOW: "说法不一，以页面为准",
}
"""把握高的不必说。"""
_MOST_DAYS_LISTED = 3
"""说好分几次的，后面的日子多过这么多就不一一列出。"""
_KINDS = {SourceKind.LAW: "", SourceKind.PLATFORM_RULE: "平台规则：", SourceKind.PRACTICE: "经验："}


def verdict_messages(assessment: Assessment) -> list[str]:
    """用户会读到的全部内容，一项一条消息，次序即重要性。"""
    messages = [
        verdict_message(assessment),
        steps_message(assessment),
        dates_message(assessment.timers, assessment.made_on),
        basis_message(assessment),
        sources_message(assessment),
        evidence_message(assessment.evidence),
        change_message(assessment),
    ]
    return [message for message in messages if message]


def verdict_message(assessment: Assessment) -> str:
    """结论、理由、决定它的事实、最主要的一条依据。"""
    rule = assessment.rule
    lines = [verdict_line(rule), rule.because]
    if decisive := decisive_facts(assessment):
        lines.append("根据你说的：" + "；".join(decisive))
    if assessment.sources:
        lines.append("依据：" + source_in_words(assessment.sources[0]))
    return "\n".join(lines)


def verdict_line(rule: Rule) -> str:
    """结论的一行：哪一档、一句话。"""
    return f"【{VERDICT_NAMES[rule.verdict]}】{rule.headline}"


def decisive_facts(assessment: Assessment) -> tuple[str, ...]:
    """决定结论的事实，一项一句。"""
    return tuple(
        fact.value if fact.speaks_for_itself else f"{fact.name} {fact.value}"
        for fact in assessment.facts
        if fact.decisive
    )


def basis_message(assessment: Assessment) -> str:
    """法律怎么说、平台通常怎么做，分开写。"""
    rule = assessment.rule
    return f"法律怎么说：{rule.law}\n平台通常怎么做：{rule.platform}"


def steps_message(assessment: Assessment) -> str:
    """现在点哪里，最多三步；涉及钱和材料的加一句防骗。"""
    steps = [f"{number}. {step}" for number, step in enumerate(assessment.rule.steps, start=1)]
    lines = [STEPS_HEAD, *steps]
    if assessment.rule.warn_scam:
        lines.append(SCAM_LINE)
    return "\n".join(lines)


def sources_message(assessment: Assessment) -> str:
    """全部依据，各自的施行日期、核对日期和把握；同一份文件的几条合成一项。"""
    overdue = any(cited.check_overdue for cited in assessment.sources)
    days = sorted({cited.source.last_checked_on for cited in assessment.sources})
    smoothed = _OF_THE_ARTICLE_ONLY if overdue else {**_OF_THE_ARTICLE_ONLY, "last_checked_on": date.min}
    grouped: dict[CitedSource, list[str]] = {}
    for cited in assessment.sources:
        document = CitedSource(cited.source.model_copy(update=smoothed), cited.check_overdue)
        grouped.setdefault(document, []).append(cited.source.article)
    lines = ["依据：" if overdue else f"依据（{_checked_in_words(days)}）："] if days else []
    for number, (document, articles) in enumerate(grouped.items(), start=1):
        named = "、".join(article for article in articles if article)
        lines.append(f"{number}. {_in_words(document, named, say_checked=overdue)}")
    return "\n".join(lines)


def _checked_in_words(days: Sequence[date]) -> str:
    """全部依据是哪天核对的；分几天核对的，说第一天和最后一天。"""
    first, last = days[0], days[-1]
    return f"都在 {first} 核对过" if first == last else f"在 {first} 到 {last} 之间核对过"


_OF_THE_ARTICLE_ONLY = {"id": "document", "article": "", "says": "-", "note": "", "check_every_days": 1}
"""同一份文件里各条不同、而清单里不写的内容；抹平之后相等的就是同一份文件。"""


def source_in_words(cited: CitedSource) -> str:
    """一条依据：名称、条号、从哪天起、哪天核对过、有多大把握。"""
    return _in_words(cited, cited.source.article, say_checked=True)


def _in_words(cited: CitedSource, articles: str, *, say_checked: bool) -> str:
    source = cited.source
    title = (
        source.title if source.kind is not SourceKind.LAW or source.title.startswith("《") else f"《{source.title}》"
    )
    notes = [f"{source.effective_from} 起施行"] if source.effective_from else []
    if say_checked:
        notes.append(f"{source.last_checked_on} 核对{'，该重新核对了' if cited.check_overdue else ''}")
    if source.confidence in _CONFIDENCE:
        notes.append(_CONFIDENCE[source.confidence])
    return f"{_KINDS[source.kind]}{title}{articles}" + (f"（{'，'.join(notes)}）" if notes else "")


def evidence_message(evidence: Sequence[Evidence]) -> str:
    """材料清单；会消失的写明，只能交官方的标出。"""
    if not evidence:
        return ""
    lines = ["要准备的材料："]
    for number, item in enumerate(evidence, start=1):
        mark = OFFICIAL_ONLY_MARK if item.official_only else ""
        lines.append(f"{number}. {mark}{item.title}" + (f"（{item.may_vanish}）" if item.may_vanish else ""))
    if any(item.official_only for item in evidence):
        lines.append(OFFICIAL_ONLY_NOTE)
    return "\n".join(lines)


def evidence_item_message(item: Evidence) -> str:
    """一项材料：为什么要、怎么拿到、什么时候会没。"""
    lines = [item.title, f"为什么要：{item.why}", f"怎么拿到：{item.how}"]
    if item.may_vanish:
        lines.append(f"会消失：{item.may_vanish}")
    if item.official_only:
        lines.append("只交官方入口，别发群里，也别发给我。")
    return "\n".join(lines)


def change_message(assessment: Assessment) -> str:
    """什么会改变结论、有什么风险。"""
    return f"什么会改变结论：{assessment.rule.would_change}\n留意：{assessment.rule.risks}"


def dates_message(timers: Sequence[TimerPlan], today: date) -> str:
    """每个时限一行：截止写最晚哪天，应答期写到哪天对方该有动静。"""
    lines = [timer_in_words(timer, today) for timer in sorted(timers, key=lambda plan: plan.due_at)]
    return "\n".join([DATES_HEAD, *lines]) if lines else ""


_FAR = timedelta(days=365)
"""一年以后的日子，差几天放假不必每次都说；细说日期怎么算的时候仍然说。"""


def timer_in_words(timer: TimerPlan, today: date) -> str:
    """一个时限一句话；安全日和可主张的日子分开说，过了的说过了，拿不准的说拿不准。"""
    local = timer.due_at.astimezone(SHANGHAI)
    due = due_in_words(timer.due_at, today)
    far = local.date() - today > _FAR
    unsure = "" if timer.certain or far else "（那段放假安排还没公布，日期可能有出入）"
    arguable = timer.arguable if timer.kind is TimerKind.DEADLINE else None
    if local.date() < today:
        text = f"{timer.title}：{due}已经过了"
        if arguable is not None and arguable >= today:
            text += f"；{STILL_ARGUABLE.format(day=day_in_words(arguable, today))}"
        return text + unsure
    then = _then_in_words(timer.then, today)
    if timer.kind is TimerKind.APPOINTMENT:
        return f"{timer.title}：{day_in_words(local.date(), today)}{f' {timer.at}' if timer.at else ''}{then}"
    if timer.kind is TimerKind.EXPECTATION:
        return f"{timer.title}：到 {due} 还没动静就可以走下一步{unsure}{then}"
    text = f"{timer.title}：最晚 {due}"
    if arguable is not None:
        text += f"；{STILL_ARGUABLE.format(day=day_in_words(arguable, today))}"
    return text + unsure + then


def _then_in_words(days: Sequence[date], today: date) -> str:
    """后面的几次；太多的只说头一次、最后一次和共几次。"""
    if not days:
        return ""
    words = [day_in_words(day, today) for day in days]
    if len(words) > _MOST_DAYS_LISTED:
        return f"；后面还说好 {len(words)} 次，下一次 {words[0]}，最后一次 {words[-1]}"
    return f"；后面还说好 {'、'.join(words)}"


def explanation_message(timer: TimerPlan) -> str:
    """这个日期怎么数出来的。"""
    return "\n".join([f"{timer.title}是这样算的：", *timer.explain])
