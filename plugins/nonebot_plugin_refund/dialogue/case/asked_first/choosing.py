"""没听准、没说全的，列出来请他选：是哪件案件、是哪一种进展、现在能说的有哪些。"""

from collections.abc import Sequence
from typing import Any

from ....render.texts.case_text import events_message, meanings_message
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...interview.telling import told_in
from ...reading import intents
from ...reading.awaits import PickCase, PickEvent, PickMeaning
from ..alike import called_as, when_opened
from ..case_state import OpenedCase
from ..casework import by_code
from ..progress.told_limits import plain_told
from .confirming import find_route

ANOTHER_ONE = "{number}. 另外一件，还没记过的"
STILL_WHICH = "刚才那件还没定是哪一种：{listed}。回编号；都不是就不用管。"
WHICH_CASE_HAPPENED = "说的是哪一件？回编号，或者回案件号。"


async def which_case(turn: Turn, intent: intents.Reported) -> list[Reply]:
    """几件都等着这一步，或指名的像是另一单：列出来问是哪一件。"""
    found = [case for code in intent.cases if not isinstance(case := await by_code(turn, code), list)]
    await prompts.ask(
        turn,
        PickCase(
            action="",
            codes=tuple(case.record.code for case in found),
            event=intent.event,
            happened_at=intent.happened_at,
            told=plain_told(intent, turn.said_at),
            sure=intent.sure or not intent.another,
            another=intent.another,
            answers=_told_of_another(turn, intent),
        ),
    )
    lines = [
        f"{number}. {case.record.code} {case.edition.scenario.title}（{_known_by(case, found)}{when_opened(case)}"
        f"，{case.stage.title if case.stage else ''}）"
        for number, case in enumerate(found, 1)
    ]
    another = [ANOTHER_ONE.format(number=len(found) + 1)] if intent.another else []
    return replies("\n".join([WHICH_CASE_HAPPENED, *lines, *another]))


def _told_of_another(turn: Turn, intent: intents.Reported) -> dict[str, Any]:
    """要是另外一件，那句话里已经答了的。"""
    edition = turn.services.editions.current(intent.another) if intent.another else None
    return told_in(turn, edition, intent.said) if edition is not None else {}


def _known_by(case: OpenedCase, found: Sequence[OpenedCase]) -> str:
    """同一种的两件，先说各是买的什么、多少钱。"""
    alike = sum(one.edition.scenario.id == case.edition.scenario.id for one in found)
    return f"{called}，" if alike > 1 and (called := called_as(case)) else ""


async def which_meaning(turn: Turn, case: OpenedCase, intent: intents.Reported) -> list[Reply]:
    """没听准：最像的两三件里走得到的，列出来选。"""
    routes = [(key, await find_route(turn, case, key)) for key in intent.others]
    labels = [(key, route.event.label) for key, route in routes if route is not None]
    if len(labels) < 2:
        return await list_events(turn, case)
    await prompts.ask(
        turn,
        PickMeaning(
            case=case.record.code,
            events=tuple(key for key, _ in labels),
            happened_at=intent.happened_at,
            told=plain_told(intent, turn.said_at),
        ),
    )
    return replies(meanings_message(case.record.code, [label for _, label in labels]))


async def list_again(turn: Turn, asked: PickMeaning) -> list[Reply]:
    """列过几样、他先说了别的：短短再列一次，免得那件进展不了了之。"""
    case = await by_code(turn, asked.case)
    if isinstance(case, list) or case.position is None or case.record.closed_at is not None:
        return []
    routes = [(key, await find_route(turn, case, key)) for key in asked.events]
    labels = [route.event.label for _, route in routes if route is not None]
    if len(labels) != len(routes):
        return []
    await prompts.ask(turn, asked.model_copy(update={"reminded": True}))
    listed = "；".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    return replies(STILL_WHICH.format(listed=listed))


async def list_events(turn: Turn, case: OpenedCase) -> list[Reply]:
    """列出现在可以报告的事，等编号或一句话。"""
    assert case.stage is not None
    events = tuple(event.id for event in case.stage.events)
    await prompts.ask(turn, PickEvent(case=case.record.code, events=events))
    return replies(events_message(case.record.code, case.stage))
