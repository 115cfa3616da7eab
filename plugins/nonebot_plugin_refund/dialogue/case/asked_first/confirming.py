"""记之前先问：要了结、要放弃、要改走过的路的，听不准的，说清楚后果再问是不是。"""

from typing import Any

from ....domain.case.case_routes import Route, RouteKind, route_to
from ....domain.case.offer_stage import OFFER_EVENTS
from ....domain.interview.early import EarlyReport
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.text import normalise, trim_punctuation
from ....render.texts.offer_text import yuan
from ....rulebook.derived.stage_view import stage_on
from ....rulebook.money_models.offer_models import load_offers
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case import cases
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ...reading.awaits import ConfirmReport
from ..case_state import OpenedCase
from ..casework import by_code
from ..money import amounts
from ..progress.told_limits import plain_told

CONFIRM = "是说{which}「{label}」吗？{consequence}回「是」或「不是」。"
STILL_TO_CONFIRM = "还差你一句：「{label}」，是不是？回「是」我就记下。"
ENDS = "是的话 {code} 就到此了结，提醒都会停。"
ACCEPTS = "是的话就按这个数办，钱到了就了结，其余的不再要。"
GIVES_UP = "是的话就不再要这笔钱了；还在走的期限也会停。"
_AGREED = "agreed"
MOVES_BACK = "先前记的是「{stage}」，是的话我改过来。"


async def find_route(turn: Turn, case: OpenedCase, event_id: str) -> Route | None:
    """从案件现在的位置走到这件事；这条路上没有它为 ``None``。"""
    assert case.position is not None
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    return route_to(case.edition.scenario, case.position, event_id, walked)


def says_both(said: str) -> bool:
    """说的是几件一起：“两个都完了”。"""
    return any(word in normalise(said) for word in load_spoken().both)


async def ask_again(turn: Turn, awaited: ConfirmReport) -> list[Reply]:
    """刚才问的“是不是”还没回：短短再问一次；案件已经不在那里的不问。"""
    case = await by_code(turn, awaited.case)
    if isinstance(case, list) or case.position is None or case.record.closed_at is not None:
        return []
    route = await find_route(turn, case, awaited.event)
    if route is None:
        return []
    await prompts.ask(turn, awaited.model_copy(update={"reminded": True}))
    return replies(STILL_TO_CONFIRM.format(label=route.event.label))


def asks_first(case: OpenedCase, route: Route) -> bool:
    """要了结、要放弃、要改走过的路的，记之前先问。"""
    assert case.position is not None
    return ends(case, route) or route.kind is RouteKind.ELSEWHERE


def ends(case: OpenedCase, route: Route) -> bool:
    """说的是了结或放弃。"""
    assert case.position is not None
    target = stage_on(case.edition.scenario, route.event.to, case.position.track_id)
    return target.outcome is not None or route.event.event.gives_up


async def ask_first(turn: Turn, case: OpenedCase, route: Route, intent: intents.Reported) -> list[Reply]:
    """问是不是这件；要了结的、要放弃的说清楚后果。"""
    awaited = ConfirmReport(
        case=case.record.code,
        event=route.event.id,
        happened_at=intent.happened_at or turn.said_at,
        both=says_both(intent.said),
        told=plain_told(intent, turn.said_at),
        in_full=await in_full(turn, case, intent),
        dated=intent.happened_at is not None,
        then=intent.then,
        waiting=await asked_before(turn, case, route),
    )
    await prompts.ask(turn, awaited)
    which = await _which_of_several(turn, case)
    asked = CONFIRM.format(which=which, label=route.event.label, consequence=consequence(case, route))
    return replies(asked + await _how_much(turn, case, intent.event, in_full=awaited.in_full))


async def asked_before(turn: Turn, case: OpenedCase, route: Route) -> tuple[dict[str, Any], ...]:
    """要问 ``route`` 这件之前，已经问着、还没回的几件；他刚否认了的、同一方的另一个答复不算。"""
    asked = await prompts.pending(turn)
    if not isinstance(asked, ConfirmReport) or asked.case != case.record.code or asked.event == route.event.id:
        return asked.waiting if isinstance(asked, ConfirmReport) and asked.case == case.record.code else ()
    before = await find_route(turn, case, asked.event)
    by = None if before is None else before.event.event.by
    if before is None or ends(case, before) or (by is route.event.event.by and by is not Actor.ME):
        return asked.waiting
    if normalise(turn.incoming.text).startswith(load_spoken().denying):
        return asked.waiting
    report = EarlyReport(asked.event, asked.happened_at, sure=False)
    return ({**report.to_plain(), "told": asked.told}, *asked.waiting)


async def in_full(turn: Turn, case: OpenedCase, intent: intents.Reported) -> bool:
    """这一句说了到账多少，正好是该到的。"""
    expected = await amounts.expected(turn, case) if intent.event == "arrived" else None
    said = amounts.arrived_in(intent.said, expected) if expected is not None else None
    if said is None:
        return expected is not None and amounts.says_all_came(intent.said)
    return expected in (said, amounts.arrived_before(case))


async def _how_much(turn: Turn, case: OpenedCase, event_id: str, *, in_full: bool) -> str:
    """问“到账了吗”的，说清该到多少；说的数正好够了的，说够了。"""
    expected = await amounts.expected(turn, case) if event_id == "arrived" else None
    messages = load_offers().messages
    said = messages.arrived_in_full if in_full else messages.arrived_check
    return "" if expected is None else said.format(claimed=yuan(expected))


async def _which_of_several(turn: Turn, case: OpenedCase) -> str:
    """名下不止一件没结的，问的时候说清是哪一件。"""
    several = len(await cases.listed(turn.session, turn.person)) > 1
    return f" {case.record.code} {case.edition.scenario.title}：" if several else ""


def is_beside(case: OpenedCase, route: Route) -> bool:
    """投诉、调解的时候对方出的数：只记数，案件不挪地方。"""
    if route.event.id not in OFFER_EVENTS or case.stage is None:
        return False
    return route.kind is RouteKind.ELSEWHERE and case.stage.event(_AGREED) is not None


def consequence(case: OpenedCase, route: Route) -> str:
    """记下会怎样：了结、放弃、改回先前的一步；都不是为空。"""
    assert case.position is not None
    assert case.stage is not None
    target = stage_on(case.edition.scenario, route.event.to, case.position.track_id)
    if route.event.event.gives_up:
        return ACCEPTS if route.event.id == amounts.ACCEPTED else GIVES_UP
    if target.outcome is not None:
        return ENDS.format(code=case.record.code)
    moves_back = route.kind is RouteKind.ELSEWHERE and not is_beside(case, route)
    return MOVES_BACK.format(stage=case.stage.title) if moves_back else ""


def disputes(turn: Turn, said: str) -> bool:
    """刚问过是不是，他又提到那几个字，却是在反问（“什么一部分”），或说还没到的（“剩下68礼拜六给”）。"""
    text = normalise(said)
    if amounts.more_to_come(said) or told_limit(said, turn.said_at) is not None:
        return True
    return text.startswith(load_spoken().denying) or any(word in text for word in load_spoken().disputing)


def says_yes_first(said: str) -> bool:
    """“是的 都到了”：先前问过是不是，中间隔了别的话，他回头来应，不再问一遍。"""
    first, _, rest = normalise(said).partition(" ")
    return bool(rest) and trim_punctuation(first) in load_spoken().assenting
