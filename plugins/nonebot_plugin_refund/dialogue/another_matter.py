"""说起另一件事：明明白白是另一件、或手头没有事时直接开始问，不然先问要不要换。"""

from collections.abc import Mapping
from typing import Any

from .base import prompts, wording
from .base.turn import Reply, replies
from .interview import interviewing
from .interview.telling import mentioned_in, told_in
from .reading import awaits, intents
from .reading.context import says_another
from .scene import Scene

_TELLS_A_MATTER = 2
"""说出了那件事的这么多样情况，才算明明白白在说另一件。"""


async def begin(scene: Scene, intent: intents.NewMatter) -> list[Reply]:
    """另一件事：明明白白是另一件、或没有案件和访谈时才直接开始，不然先问。"""
    turn = scene.turn
    edition = turn.services.shelf.current(intent.scenario)
    if edition is None:
        return []
    told = told_in(turn, edition, intent.said)
    if isinstance(scene.awaits, awaits.AfterDanger) and scene.awaits.scenario == intent.scenario:
        told = {**scene.awaits.told, **told}
    if intent.instead:
        return await interviewing.start(turn, edition, told=told, mentions=mentioned_in(turn, edition, intent.said))
    busy = scene.cases or scene.interview is not None
    if (
        busy
        and not scene.context.is_command
        and (not intent.sure or _is_known(scene, intent.scenario) or _is_faint(scene, told))
    ):
        await prompts.ask(turn, awaits.SwitchMatter(scenario=intent.scenario, told=told))
        return replies(wording.SWITCH_OFFER.format(title=edition.scenario.title), _still_open(scene))
    if scene.interview is not None and not scene.context.is_command:
        await prompts.ask(turn, awaits.SwitchMatter(scenario=intent.scenario, told=told))
        return replies(wording.SWITCH_OFFER.format(title=edition.scenario.title))
    return await interviewing.start(
        turn, edition, told=told, later=intent.later, mentions=mentioned_in(turn, edition, intent.said)
    )


def _is_faint(scene: Scene, told: Mapping[str, Any]) -> bool:
    """有案件在办，没说是另外一件，话里也没说出那件事的几样情况（“他花掉的要不要赔我”）：先问要不要换。"""
    if scene.interview is not None or len(told) >= _TELLS_A_MATTER or says_another(scene.utterance):
        return False
    book = scene.context.book
    return scene.utterance.word not in book.named and not book.classifier.classify(scene.utterance.raw).by_keywords


def _is_known(scene: Scene, scenario: str) -> bool:
    return any(case.edition.scenario.id == scenario for case in scene.cases)


def _still_open(scene: Scene) -> str:
    return interviewing.open_question_text(scene.turn, scene.interview) if scene.interview is not None else ""
