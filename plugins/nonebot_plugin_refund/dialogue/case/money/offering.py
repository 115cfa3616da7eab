"""对方出了一个数：记下、和要的一比、说清答应了会放弃什么、到哪天再问。"""

from dataclasses import replace
from datetime import datetime, timedelta

from ....domain.case.case_amounts import ASKED_CLAIMED, CLAIMED, DEALT
from ....domain.case.case_routes import Route, RouteKind, route_to
from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.sums.moved_sums import spent_in
from ....domain.understanding.sums.offered_sums import OfferedSum, corrected_share
from ....domain.understanding.sums.stated_sums import corrected_sum, denied_sum, stated_sum
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....render.dates import day_in_words
from ....render.texts.offer_text import choice_lines, comparison_lines, ground_lines, offered_in_words, packed, yuan
from ....rulebook.money_models.offer_models import load_offers
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case import cases
from ....storage.reminding import reminders
from ....storage.reminding.reminder_states import ReminderState
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...interview.verdicts import case_writer
from ...reading import intents
from ...reading.awaits import AskAmount, ConfirmReport
from ...reading.money.offers import EVENTS, event_of_deal, event_of_offer, is_talked_over
from ...reading.progress.told_pieces import happened_at
from .. import answering
from ..asked_first import confirming
from ..case_state import OpenedCase
from ..casework import by_code, matter_of
from ..progress import reporting, told_limits
from . import amounts, claiming

_AGREED = ("agreed", "money-agreed")
"""答应全退，案件里记成哪一件；先看前面的。"""
_WITHIN_REACH = (RouteKind.HERE, RouteKind.FORWARD)
_OFFERERS = load_spoken().offerers
_ASKED_WITHIN = timedelta(days=10)
"""隔得更远的提醒，不是来问那个数的。"""


async def offered(turn: Turn, intent: intents.Offered) -> list[Reply]:
    """对方出了一个数，或提了个条件。"""
    case = await by_code(turn, intent.case)
    if isinstance(case, list) or case.position is None or case.record.closed_at is not None:
        return case if isinstance(case, list) else []
    if intent.sum is None and intent.conditions:
        offers = load_offers()
        return replies(*packed([*ground_lines(offers, intent.conditions), offers.messages.condition_only]))
    if intent.dealt and intent.sum is not None:
        return await _dealt(turn, case, intent)
    if intent.sum is None and told_limit(intent.said, turn.said_at) is not None:
        # “又说周五前一定打给我”：没说多少，说的是哪天
        return await told_limits.hear(turn, case, intent.said) or answering.nothing_new(turn, case, quoted=True)
    event_id = event_of_offer(matter_of(case, turn.services.calendar), ruled=intent.ruled)
    if event_id is None:
        return await _answered_only(turn, case, intent)
    if intent.deducts:
        return await _deducted(turn, case, intent, event_id)
    if not intent.conditions and (said := await _in_full(turn, case, intent)):
        return said
    if intent.sum is not None:
        case = await amounts.remember_offer(turn, case, intent.sum)
    if not intent.sure:
        return await _asked_first(turn, intent, event_id)
    happened = happened_at(intent.said, turn.said_at)
    return await _noted(turn, case, event_id, (*intent.conditions, *intent.reasons), happened)


async def _deducted(turn: Turn, case: OpenedCase, intent: intents.Offered, event_id: str) -> list[Reply]:
    """要扣一个数：知道要的是多少的，退的是剩下的；先问是不是只肯退这些。"""
    claimed = amounts.claimed_of(case)
    assert intent.sum is not None
    if claimed is None or intent.sum.is_share or intent.sum.high >= claimed:
        return await _asked_first(turn, replace(intent, sum=None), event_id)
    left = OfferedSum(claimed - intent.sum.high, claimed - intent.sum.low)
    await amounts.remember_offer(turn, case, left)
    return await _asked_first(turn, replace(intent, sum=left), event_id)


async def _in_full(turn: Turn, case: OpenedCase, intent: intents.Offered) -> list[Reply]:
    """答应退的不比要的少：是同意退，不是只退一部分；比要的少、不知道要多少、没有这一步的返回空。"""
    claimed = amounts.claimed_of(case)
    if intent.sum is None or intent.sum.is_share or claimed is None or intent.sum.low < claimed:
        return []
    for event in _AGREED:
        route = await confirming.find_route(turn, case, event)
        if route is not None and route.kind in _WITHIN_REACH:
            when = happened_at(intent.said, turn.said_at)
            report = intents.Reported(intent.case, event, when, intent.said, sure=intent.sure)
            return await reporting.report(turn, report)
    return []


async def _dealt(turn: Turn, case: OpenedCase, intent: intents.Offered) -> list[Reply]:
    """他已经答应了：数先记着；案件里有“接受这个数”的先问是不是，别的记成谈成了。"""
    assert intent.sum is not None
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    event_id = event_of_deal(matter_of(case, turn.services.calendar, walked))
    if event_id is None:
        return await _answered_only(turn, case, intent)
    case = await amounts.remember_offer(turn, case, intent.sum)
    if event_id != amounts.ACCEPTED:
        await amounts.remember(turn, case, **{DEALT: True})
    report = intents.Reported(intent.case, event_id, _day_dealt(turn, intent.said), intent.said, sure=True)
    said = await reporting.report(turn, report)
    heard = load_offers().messages.unknown.format(offered=offered_in_words(intent.sum))
    return [replace(said[0], text=heard + said[0].text), *said[1:]] if said else []


def _day_dealt(turn: Turn, said: str) -> datetime | None:
    """哪天谈成的：先看说谈成了的那一截（“昨天调解好了 月底再给20”），没有日子再看整句。"""
    told = (piece for piece in pieces_of(said) if any(word in normalise(piece) for word in load_spoken().dealt))
    days = (happened_at(piece, turn.said_at) for piece in (*told, said))
    return next((day for day in days if day is not None), None)


async def _answered_only(turn: Turn, case: OpenedCase, intent: intents.Offered) -> list[Reply]:
    """这件案件里没有“出价”这一步：只记着那个数，说答应之前要看清的。"""
    offers = load_offers()
    if intent.sum is not None:
        turn.changed("amount", f"对方肯给 {offered_in_words(intent.sum)}", case.record.id)
        await amounts.remember_offer(turn, case, intent.sum)
    heard = offers.messages.unknown.format(offered=offered_in_words(intent.sum)) if intent.sum is not None else ""
    grounds = ground_lines(offers, (*intent.conditions, *intent.reasons))
    lines = [heard, *grounds, offers.messages.gives_up_unsaid, offers.messages.condition_only]
    return replies(*packed([line for line in lines if line]))


async def confirmed_in_place(turn: Turn, intent: intents.Confirmed) -> list[Reply]:
    """投诉、调解的时候问过“是不是只同意退一部分”，回了是：只记那个数，案件照旧等那里的答复；不是这样的返回空。"""
    awaited = intent.awaited
    if not intent.yes or not isinstance(awaited, ConfirmReport) or awaited.event not in EVENTS:
        return []
    case = await by_code(turn, awaited.case)
    if isinstance(case, list) or case.record.closed_at is not None or case.position is None:
        return []
    route = await confirming.find_route(turn, case, awaited.event)
    if route is None or not confirming.is_beside(case, route):
        return []
    await prompts.done(turn)
    happened = awaited.happened_at if awaited.dated else None
    return await _noted(turn, case, awaited.event, (), happened)


async def after_confirmed(turn: Turn, intent: intents.Confirmed) -> list[Reply]:
    """问过“是不是只同意退一部分”，回了是：补一条，和要的一比；回了不是：那个数去掉，说了是花的钱就记着。"""
    awaited = intent.awaited
    if not isinstance(awaited, ConfirmReport) or awaited.event not in EVENTS:
        return []
    case = await by_code(turn, awaited.case)
    if isinstance(case, list) or case.record.closed_at is not None:
        return []
    if intent.yes:
        return await _said(turn, case, [], most=1)
    spent = spent_in(intent.said)
    if amounts.arrived_before(case) <= 0:
        case = await amounts.forget_offer(turn, case)
    return [] if spent is None or amounts.claimed_of(case) is not None else await claiming.note_price(turn, case, spent)


async def compared(turn: Turn, case: OpenedCase) -> list[Reply]:
    """记着的出价和要的一比、还能怎样。"""
    return await _said(turn, case, [])


async def correct(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """说对方出的数记错了：“不是238.5 他说的是229”；没有记着出价、没说是对方的返回空。"""
    offer, value = amounts.offer_of(case), corrected_sum(said)
    share = corrected_share(map(normalise, pieces_of(said)))
    right = share or (OfferedSum(value, value) if value is not None else None)
    if offer is None or right is None:
        return []
    is_only_one = amounts.claimed_of(case) is None and not claiming.has_price(case)
    if not any(word in said for word in _OFFERERS) and not is_only_one and not _denies(offer, said):
        return []
    turn.changed("amount", f"对方给 {offered_in_words(right)}", case.record.id)
    return await _said(turn, await amounts.remember_offer(turn, case, right), [])


def _denies(offer: OfferedSum, said: str) -> bool:
    """说不对的那个数，正是记着的出价：几成的说成“不是30”也算。"""
    wrong = denied_sum(said)
    return wrong is not None and wrong in (offer.low, offer.high, offer.low * (100 if offer.is_share else 1))


async def hear_claimed(turn: Turn, code: str, said: str) -> list[Reply]:
    """问过要的是多少，他说了。"""
    case = await by_code(turn, code)
    claimed = stated_sum(said)
    if isinstance(case, list) or claimed is None or claimed <= 0:
        return case if isinstance(case, list) else []
    await prompts.done(turn)
    turn.changed("amount", f"要的是 {yuan(claimed)}", case.record.id)
    case = await amounts.remember(turn, case, **{CLAIMED: claimed})
    if amounts.offer_of(case) is None:
        return await claiming.show(turn, case)
    first = load_offers().messages.claimed_noted.format(claimed=yuan(claimed))
    return await _said(turn, case, [first])


async def _asked_first(turn: Turn, intent: intents.Offered, event_id: str) -> list[Reply]:
    """没听准、或记下就会了结的：说回听到的数，先问是不是。"""
    said = await reporting.report(turn, intents.Reported(intent.case, event_id, None, intent.said, sure=False))
    messages = load_offers().messages
    heard = messages.unknown.format(offered=offered_in_words(intent.sum)) if intent.sum is not None else ""
    lines = [*ground_lines(load_offers(), intent.conditions), heard + said[0].text] if said else []
    return [replace(said[0], text="\n".join(lines)), *said[1:]] if said else []


async def _noted(
    turn: Turn, case: OpenedCase, event_id: str, grounds: tuple[str, ...], happened: datetime | None
) -> list[Reply]:
    assert case.position is not None
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    route = route_to(case.edition.scenario, case.position, event_id, walked)
    if route is None:
        return []
    moved = await _moved(turn, case, route, happened)
    offers = load_offers()
    noted = offers.messages.noted.format(label=route.event.label)
    promised = told_limit(turn.incoming.text, turn.said_at)
    if promised is not None and not promised.appointed:
        day = promised.day_from(turn.said_at, turn.services.calendar)
        noted += offers.messages.by_day.format(day=day_in_words(day, turn.now.astimezone(SHANGHAI).date()))
    return await _said(turn, moved, [noted, *ground_lines(offers, grounds)])


async def _moved(turn: Turn, case: OpenedCase, route: Route, happened: datetime | None) -> OpenedCase:
    """走到“只同意退一部分”；已经在那儿的，从今天起再过几天问。在别处的（调解中），那里的日子照旧走。"""
    assert case.stage is not None
    in_place = route.kind is RouteKind.AGAIN or (route.kind is RouteKind.ELSEWHERE and is_talked_over(case.stage))
    if not in_place or (case.position is not None and route.event.to != case.position.stage_id):
        if in_place:
            turn.changed("amount", route.event.label, case.record.id)
            asked = await amounts.note_offered_at(turn, case)
            await case_writer(turn).settle_timers(asked)
            turn.wake_delivery()
            return asked
        limit = told_limit(turn.incoming.text, turn.said_at)
        moved, _ = await reporting.note(turn, case, route, happened, limit)
        return moved
    assert case.position is not None
    turn.changed("amount", route.event.label, case.record.id)
    again = await case_writer(turn).stand_at(case, replace(case.position, entered_at=happened or turn.now))
    await case_writer(turn).settle_timers(again)
    await prompts.done(turn)
    turn.wake_delivery()
    return again


async def _said(turn: Turn, case: OpenedCase, first: list[str], most: int = 2) -> list[Reply]:
    """``first`` 之后是：和要的一比、还能怎样；不知道要多少的问一次。"""
    offers, offer = load_offers(), amounts.offer_of(case)
    comparison = amounts.comparison_of(case)
    compared = comparison_lines(offers, offer, comparison) if offer is not None else []
    choices = choice_lines(offers, comparison, await _next_day(turn, case))
    asking = await _asks_claimed(turn, case)
    noted, grounds = first[:1], first[1:]
    lines = [*noted, *compared, *grounds, *choices]
    if asking:
        lines = [*noted, *compared, *grounds, *choices[:-1], offers.messages.ask_claimed]
    return replies(*packed(lines, most))


async def _asks_claimed(turn: Turn, case: OpenedCase) -> bool:
    """要的是多少还不知道，也没问过：问一次。"""
    if amounts.claimed_of(case) is not None or case.record.amounts.get(ASKED_CLAIMED):
        return False
    await amounts.remember(turn, case, **{ASKED_CLAIMED: True})
    await prompts.ask(turn, AskAmount(case=case.record.code))
    return True


async def _next_day(turn: Turn, case: OpenedCase) -> str:
    """下一次提醒是哪天；他说过不要提醒的、没有排的为空。"""
    if await reminders.is_stopped(turn.session, case.record):
        return ""
    rows = await reminders.of_case(turn.session, turn.person, case.record.id)
    coming = [
        row.due_at
        for row in rows
        if turn.now < row.due_at <= turn.now + _ASKED_WITHIN and row.state == ReminderState.PENDING
    ]
    today = turn.now.astimezone(SHANGHAI).date()
    return day_in_words(min(coming).astimezone(SHANGHAI).date(), today) if coming else ""
