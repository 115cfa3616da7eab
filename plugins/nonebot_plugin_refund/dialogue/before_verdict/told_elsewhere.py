"""问答里说了、要等归另一种去办才问得到的（孩子几岁、一共多少）：先留着，换过去时带上，那边不再问。"""

from typing import Any

from ...domain.understanding.sums.numerals import NUMERAL_CHARACTERS
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import QuestionKind, Scenario
from ...storage.case import interviews
from ..base import prompts
from ..interview import interviewing
from ..interview.telling import told_in
from ..reading.awaits import AfterVerdict
from ..reading.intents import NewMatter, Reading
from ..scene import Scene

_ASKS_NUMBERS = frozenset({QuestionKind.AMOUNT, QuestionKind.NUMBER})
_SHORTEST = 4
"""再短的多半是编号、日子。"""


async def settle(scene: Scene, reading: Reading) -> None:
    """还在问答的，留在访谈里；这句话有了结论、归另一种去办的，留到他说换。"""
    turn, before = scene.turn, scene.interview
    if before is not None and not _targets(before.edition.scenario):
        return
    if before is None and scene.cases and not any(isinstance(one, NewMatter) for one in reading.intents):
        return
    kept: dict[str, Any] = dict(before.dialogue.elsewhere) if before is not None else {}
    if turn.known.opened is not None and (kept or _has_numbers(scene)):
        awaited = await prompts.pending(turn)
        if not isinstance(awaited, AfterVerdict) or awaited.redirect is None:
            return
        told = {**kept.get(awaited.redirect, {}), **_heard(scene, turn.services.editions.current(awaited.redirect))}
        if told:
            await prompts.ask(turn, awaited.model_copy(update={"told": told}))
        return
    if turn.known.opened is not None or not _has_numbers(scene):
        return
    interview = await interviewing.active(turn)
    if interview is None:
        return
    for target in _targets(interview.edition.scenario):
        heard = _heard(scene, turn.services.editions.current(target))
        if heard:
            kept[target] = {**kept.get(target, {}), **heard}
    if kept:
        state = {**interview.record.state, "elsewhere": kept}
        await interviews.save(turn.session, interview.record, now=turn.now, state=state)


def _targets(scenario: Scenario) -> list[str]:
    """这种问答的结论可能归哪几种去办。"""
    return sorted({rule.redirect_to for rule in scenario.rules if rule.redirect_to is not None})


def _heard(scene: Scene, target: Edition | None) -> dict[str, Any]:
    """这句话里那一种会问的；那一种不问数的、话里没有数的，不必再听一遍。"""
    if target is None or not _has_numbers(scene):
        return {}
    if not any(question.kind in _ASKS_NUMBERS for question in target.scenario.questions):
        return {}
    return told_in(scene.turn, target, scene.utterance.raw)


def _has_numbers(scene: Scene) -> bool:
    text = scene.utterance.text
    return len(text) >= _SHORTEST and any(mark.isdigit() or mark in NUMERAL_CHARACTERS for mark in text)
