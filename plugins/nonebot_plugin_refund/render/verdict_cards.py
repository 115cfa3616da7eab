"""结论的卡片。与 verdict_text 从同样的判断来，卡片上的话那边都有。"""

from collections.abc import Sequence
from datetime import date

from ..domain.days.timers import TimerPlan
from ..domain.interview.assessment import Assessment
from .cards import DateLine, Tone, VerdictCard
from .texts.verdict_text import VERDICT_NAMES, decisive_facts, source_in_words, timer_in_words


def verdict_card(assessment: Assessment, timers: Sequence[TimerPlan], today: date, preface: str = "") -> VerdictCard:
    """一次判断排成一张卡片。

    Args:
        assessment: 判断。
        timers: 案件现在的时限。
        today: 今天，上海日期。
        preface: 结论之前要先说的话。
    """
    rule = assessment.rule
    return VerdictCard(
        scenario=assessment.scenario.title,
        tone=Tone(rule.verdict.value),
        label=VERDICT_NAMES[rule.verdict],
        headline=rule.headline,
        because=rule.because,
        facts=decisive_facts(assessment),
        source=source_in_words(assessment.sources[0]) if assessment.sources else "",
        dates=tuple(
            DateLine(timer_in_words(timer, today), timer.due_local.date() < today)
            for timer in sorted(timers, key=lambda plan: plan.due_at)
        ),
        preface=preface,
    )
