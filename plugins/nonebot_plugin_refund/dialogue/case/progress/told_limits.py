"""对方说好的期限：随报告记下；后来才说、说得不一样的，改过来重算。"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from ....domain.case.told_limit import ToldLimit
from ....domain.days.calendar import SHANGHAI
from ....domain.days.timers import TimerPlan
from ....domain.understanding.terms.court_terms import court_term
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.text import normalise
from ....render.dates import day_in_words
from ....render.texts.case_text import told_limit_message
from ....rulebook.scenario_models.models import TimerKind
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...interview.verdicts import case_writer
from ...reading.intents import Reported
from ...reading.progress.told_pieces import happened_at
from ..case_state import OpenedCase

LABEL = "说好的期限"
LATEST_DAY = "照说的算，最晚是{day}。"
PUT_OFF = "好，{code} 原来约的 {day} 不算了，到时不提醒。新日子定了说一声，比如「12月20号上午九点开庭」，我接着提醒。"
NO_DAY_YET = "好，知道了。新日子定了说一声，比如「12月20号上午九点开庭」，到时我提醒你。"


def told_in(intent: Reported, said_at: datetime) -> ToldLimit | None:
    """报告时说好的期限；没说为空。``said_at`` 是说这句话的时刻。"""
    return told_limit(intent.said, said_at) or intent.told


def plain_told(intent: Reported, said_at: datetime) -> dict[str, Any]:
    """报告时说好的期限，写成记得下的样子；没说是空的。"""
    told = told_in(intent, said_at)
    return {} if told is None else told.to_plain()


async def hear_appointment(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """话里听不准是哪件进展，却约了哪天调解、开庭（“调解改到下周四了”）：记那天；没约、这个阶段没有这样的日子为空。"""
    told = told_limit(said, turn.said_at)
    return await hear(turn, case, said) if told is not None and told.appointed else []


def promised_until(turn: Turn, case: OpenedCase) -> str | None:
    """对方说好最晚哪天付、答复，还没到那天：那天怎么说；没说过、已经过了为空。"""
    days = [plan.due_local.date() for plan in promised(turn, case) if plan.due_at > turn.now]
    return day_in_words(max(days), turn.now.astimezone(SHANGHAI).date()) if days else None


def day_said(turn: Turn, said: str) -> str:
    """说了期限，这个阶段却没有照它算的：把最晚哪天说清楚；没说期限、约的是见面的日子为空。"""
    told = told_limit(said, turn.said_at)
    if told is None or told.appointed:
        return ""
    day = told.day_from(happened_at(said, turn.said_at) or turn.said_at, turn.services.calendar)
    today = turn.now.astimezone(SHANGHAI).date()
    return LATEST_DAY.format(day=day_in_words(day, today)) if day >= today else ""


def promised(turn: Turn, case: OpenedCase) -> list[TimerPlan]:
    """此刻等着对方的、照说好的日子算的时限；没说过是空的。"""
    position, stage = case.position, case.stage
    if position is None or position.told is None or stage is None:
        return []
    told = position.told
    awaited = {timer.id for timer in stage.timers if told.for_timer(timer) is not None and not timer.court_term}
    plans = case.timers(turn.services.calendar)
    return [plan for plan in plans if plan.timer_id in awaited and plan.kind is TimerKind.EXPECTATION]


async def put_off(turn: Turn, case: OpenedCase) -> list[Reply]:
    """约好的那天改期了、新的还没定：那天去掉，它的提醒一并作废；没有记过的应一声。"""
    position = case.position
    told = position.told if position is not None else None
    appointed = next((one for one in (told, *told.beside) if one.appointed), None) if told is not None else None
    if position is None or told is None or appointed is None or appointed.day is None:
        return replies(NO_DAY_YET)
    turn.changed("told", LABEL, case.record.id)
    moved = await case_writer(turn).stand_at(case, replace(position, told=told.without_appointment()))
    await case_writer(turn).settle_timers(moved)
    await prompts.done(turn)
    turn.wake_delivery()
    day = day_in_words(appointed.day, turn.now.astimezone(SHANGHAI).date())
    return replies(PUT_OFF.format(code=case.record.code, day=day))


_REMAINING = ("剩", "还有", "今天起", "从今天")
"""说的是从说的这天起还有几天。"""


def _from_today(turn: Turn, entered_at: datetime, said: str, told: ToldLimit) -> ToldLimit:
    """走到这个阶段过了几天才说“剩下的3天内补”：从说的那天数起，不从走到的那天。"""
    is_one_span = told.day is None and not told.term and not told.later and told.least == told.most
    is_one_span = is_one_span and any(word in normalise(said) for word in _REMAINING)
    since = happened_at(said, turn.said_at) or turn.said_at
    if not is_one_span or since.astimezone(SHANGHAI).date() <= entered_at.astimezone(SHANGHAI).date():
        return told
    return ToldLimit(day=told.day_from(since, turn.services.calendar))


async def hear(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """已经在这个阶段了，才说起期限：照它重算，说回去；没说、这个阶段没有可照说的算的时限，返回空。"""
    told = court_term(said) or told_limit(said, turn.said_at)
    position, stage = case.position, case.stage
    if told is None or position is None or stage is None or case.record.closed_at is not None:
        return []
    if not any(told.counts_for(timer) for timer in stage.timers):
        return []
    told = _from_today(turn, position.entered_at, said, told)
    timers = {timer.id for timer in stage.timers if told.moves(timer)}
    turn.changed("told", LABEL, case.record.id)
    moved = await case_writer(turn).stand_at(case, replace(position, told=told.after(position.told)))
    await case_writer(turn).settle_timers(moved)
    await prompts.done(turn)
    turn.wake_delivery()
    plans = [plan for plan in moved.timers(turn.services.calendar) if plan.timer_id in timers]
    return replies(told_limit_message(case.record.code, plans, turn.now.astimezone(SHANGHAI).date()))
