"""结论是归另一种去办的：换过去接着问，先前答过的、这句话里说的都带着。"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ...domain.interview.answers import answers_to_plain
from ...domain.interview.passing_on import passed_on
from ..base.turn import Reply
from ..case.case_state import OpenedCase
from ..interview.telling import told_in
from ..scene import Scene
from . import commanding

_STILL_THE_SAME = timedelta(days=3)
"""给过结论这么久以内，又说起来的还是那件事，没说要换也换过去；再久的先问。"""


async def follow(scene: Scene, case: OpenedCase, said: str, before: Mapping[str, Any]) -> list[Reply]:
    """换到归它办的那一种；这件不归别的种类为空。"""
    turn = scene.turn
    rule = next((rule for rule in case.edition.scenario.rules if rule.id == case.record.rule_id), None)
    if rule is None or rule.redirect_to is None:
        return []
    told = passed_on(case.edition.scenario, rule, case.answers, case.record.opened_at, turn.services.calendar)
    edition = turn.services.editions.current(rule.redirect_to)
    also = told_in(turn, edition, said) if edition is not None else {}
    return await commanding.start_named(turn, rule.redirect_to, {**before, **answers_to_plain(told), **also})


async def follow_soon(scene: Scene) -> list[Reply]:
    """刚给过结论不久，又说起来、没在问什么的，没说要换也换过去；别的为空。"""
    case = next((case for case in scene.cases if case.position is None), None)
    if case is None or scene.utterance.asks or scene.turn.now - case.record.opened_at > _STILL_THE_SAME:
        return []
    return await follow(scene, case, scene.utterance.raw, {})
