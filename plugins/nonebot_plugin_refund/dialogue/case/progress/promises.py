"""说好的日子过了没兑现：说清是哪天，记成没到、没动静，接着走下一步；还没到那天的，不算。"""

from datetime import date, datetime

from ....domain.case.case_routes import Route, RouteKind
from ....domain.days.calendar import SHANGHAI
from ....domain.days.timers import TimerPlan
from ....domain.understanding.writing.text import normalise
from ....render.dates import day_in_words
from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.scenario_models.models import TimerKind
from ....rulebook.wording_models.spoken import load_spoken
from ...base.turn import Turn
from ...reading.intents import NothingNew, Reported
from .. import answering
from ..case_state import OpenedCase
from . import told_limits

MISSED = "（说好的{day}已经过了）"


def missed_day(turn: Turn, case: OpenedCase) -> date | None:
    """对方说好最晚哪天、已经过了的那天；没说过、还没到为空。"""
    passed = (plan for plan in told_limits.promised(turn, case) if plan.due_at <= turn.now)
    return max((plan.due_local.date() for plan in passed), default=None)


def day_not_kept(turn: Turn, case: OpenedCase, intent: Reported, event: ReportableEvent) -> date | None:
    """报告的是没到、没动静：说好的是哪天。先前没说过的，看这句里说的（“说好周五退 现在还没退”）；没说好过为空。"""
    if not event.event.silence:
        return None
    if (day := missed_day(turn, case)) is not None:
        return day
    said = normalise(intent.said)
    is_promise = intent.missed or any(word in said for word in load_spoken().promised)
    if intent.happened_at is None or not is_promise:
        return None
    return intent.happened_at.astimezone(SHANGHAI).date()


def still_in_time(turn: Turn, case: OpenedCase, intent: Reported, event: ReportableEvent) -> bool:
    """说钱还没到、对方还没动静，可该等到的日子还没到：不算没兑现，案件不挪地方。"""
    said = normalise(intent.said)
    if not event.event.silence or intent.exact or intent.missed:
        return False
    if any(word in said for word in load_spoken().day_passed):
        return False
    if event.by is Actor.MONEY and told_limits.promised_until(turn, case) is not None:
        return True
    if missed_day(turn, case) is not None or any(
        word in said for word in (*load_spoken().gone, *load_spoken().promised)
    ):
        return False
    return answering.waiting_for(turn, case) is not None and not _passed(turn, case)


def stands_already(case: OpenedCase, intent: Reported, route: Route) -> bool:
    """又说没动静，记下也还是这个阶段：日子从头数起就数错了，不记。"""
    is_silent = route.event.event.silence and not intent.exact and route.kind is not RouteKind.HERE
    return is_silent and case.position is not None and route.event.to == case.position.stage_id


def reported_missing(turn: Turn, case: OpenedCase, intent: NothingNew) -> Reported | None:
    """“还没到”，等的日子却过了：就是报告没到、没动静；对方说好的日子过了的不再问。没有这样的日子、这样的事为空。"""
    stage = case.stage
    if intent.quoted or stage is None or case.record.closed_at is not None or not _passed(turn, case):
        return None
    if told_limits.promised_until(turn, case) is not None:
        return None
    silent = sorted(
        (event for event in stage.events if event.event.silence), key=lambda event: event.by is not Actor.MONEY
    )
    if not silent:
        return None
    sure = missed_day(turn, case) is not None
    return Reported(case.record.code, silent[0].id, None, intent.said, sure=sure, others=(silent[0].id,))


def in_words(day: date, now: datetime) -> str:
    """复述时说清是说好的哪天。"""
    return MISSED.format(day=day_in_words(day, now.astimezone(SHANGHAI).date()))


def _passed(turn: Turn, case: OpenedCase) -> list[TimerPlan]:
    plans = case.timers(turn.services.calendar)
    return [plan for plan in plans if plan.kind is TimerKind.EXPECTATION and plan.due_at <= turn.now]
