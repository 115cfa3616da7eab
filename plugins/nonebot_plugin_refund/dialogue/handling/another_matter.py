"""说起另一件事：明明白白是另一件、或手头没有事时直接开始问，不然先问要不要换。"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...domain.interview.dialogue import KeptMatter
from ...domain.understanding.asides import find_aside
from ..base import prompts, wording
from ..base.turn import Reply, Turn, replies
from ..case.asked_first import confirming
from ..interview import interviewing, under_way
from ..interview.telling import called_by, mentioned_in, told_in
from ..reading import awaits, intents
from ..reading.context import says_another
from ..reading.meanings.other_goods import KeptTold, OtherGoods
from ..scene import Scene

_TELLS_A_MATTER = 2
"""说出了那件事的这么多样情况，才算明明白白在说另一件。"""


async def begin(scene: Scene, intent: intents.NewMatter) -> list[Reply]:
    """另一件事：明明白白是另一件、或没有案件和访谈时才直接开始，不然先问。"""
    turn = scene.turn
    edition = turn.services.editions.current(intent.scenario)
    if edition is None:
        return []
    told = told_in(turn, edition, intent.said)
    if isinstance(scene.awaits, awaits.AfterDanger) and scene.awaits.scenario == intent.scenario:
        told = {**scene.awaits.told, **told}
    if (kept := await _kept_for_later(scene, edition.scenario.title, intent, told)) is not None:
        return kept
    if intent.instead:
        return await interviewing.start(turn, edition, told=told, mentions=mentioned_in(turn, edition, intent.said))
    busy = scene.cases or scene.interview is not None
    if (
        busy
        and not scene.context.is_command
        and (not intent.sure or _is_known(scene, intent.scenario) or _is_faint(scene, told))
    ):
        await prompts.ask(turn, awaits.SwitchMatter(scenario=intent.scenario, told={**told, **called_by(turn)}))
        return replies(wording.SWITCH_OFFER.format(title=edition.scenario.title), _still_open(scene))
    if scene.interview is not None and not scene.context.is_command:
        await prompts.ask(turn, awaits.SwitchMatter(scenario=intent.scenario, told={**told, **called_by(turn)}))
        return replies(wording.SWITCH_OFFER.format(title=edition.scenario.title))
    mentions = replace(mentioned_in(turn, edition, intent.said), kept=_kept_goods(turn, intent.others))
    started = await interviewing.start(turn, edition, told=told, later=intent.later, mentions=mentions)
    return [*replies(_safety(scene, intent), _several(turn, intent, mentions.kept)), *started]


def _safety(scene: Scene, intent: intents.NewMatter) -> str:
    """第一句里就说到了人要紧的（冒烟、漏电）：先说怎么保住人；没有为空。"""
    found = find_aside(intent.said, scene.context.book.asides, intent.scenario)
    return found.aside.answer if found is not None and found.aside.first else ""


def _kept_goods(turn: Turn, others: Sequence[OtherGoods]) -> tuple[KeptMatter, ...]:
    """另外几样货，连同各自已经答了的。"""
    kept: list[KeptMatter] = []
    for one in others:
        edition = turn.services.editions.current(one.scenario)
        if edition is not None:
            told = {**told_in(turn, edition, one.said), **called_by(turn, said=one.said)}
            kept.append(KeptMatter(one.scenario, one.thing, told))
    return tuple(kept)


def _several(turn: Turn, intent: intents.NewMatter, kept: Sequence[KeptMatter]) -> str:
    """说了几样：先看哪样，别的记着。"""
    first = turn.services.classifier.features(intent.said)[0].get("goods", "")
    others = "、".join(one.thing for one in kept)
    return wording.SEVERAL_GOODS.format(count=len(kept) + 1, first=first, others=others) if kept else ""


async def keep_told(scene: Scene, intent: KeptTold) -> list[Reply]:
    """问着一件，说的是还没轮到的另几样：替那几样记着，这件的什么都不动。"""
    turn = scene.turn
    interview = await interviewing.active(turn)
    if interview is None:
        return []
    said = dict(intent.told)
    kept = tuple(_with_told(turn, one, said.get(one.thing, "")) for one in interview.dialogue.kept)
    await interviewing.keep(turn, interview.at(replace(interview.dialogue, kept=kept)))
    noted = wording.KEPT_GOODS.format(things="、".join(said))
    return replies(noted, under_way.open_question_text(turn, interview) if intent.alone else "")


def _with_told(turn: Turn, kept: KeptMatter, said: str) -> KeptMatter:
    edition = turn.services.editions.current(kept.scenario) if said else None
    if edition is None:
        return kept
    told = {**kept.told, **told_in(turn, edition, said), **called_by(turn, kept.told, said=said)}
    return replace(kept, told=told)


async def _kept_for_later(
    scene: Scene, title: str, intent: intents.NewMatter, told: Mapping[str, Any]
) -> list[Reply] | None:
    """问着“是不是”、还没回，就说起另一件：那件记着，先等这一句；又说了一遍的、没在等的为 ``None``。"""
    asked = scene.awaits
    if not isinstance(asked, awaits.ConfirmReport) or scene.interview is not None or scene.context.is_command:
        return None
    case = next((case for case in scene.cases if case.record.code == asked.case), None)
    if case is None or case.position is None or asked.later is not None or scene.turn.known.change is not None:
        return None
    route = await confirming.find_route(scene.turn, case, asked.event)
    if route is None:
        return None
    kept = {"later": intent.scenario, "later_told": {**told, **called_by(scene.turn)}, "reminded": True}
    await prompts.ask(scene.turn, asked.model_copy(update=kept))
    return replies(wording.KEPT_FOR_LATER.format(title=title, code=case.record.code, label=route.event.label))


async def offer_kept(scene: Scene, asked: awaits.ConfirmReport) -> list[Reply]:
    """“是不是”回过了：先前记着的另一件，问要不要接着看。"""
    edition = scene.turn.services.editions.current(asked.later) if asked.later is not None else None
    if edition is None or asked.later is None:
        return []
    await prompts.ask(scene.turn, awaits.SwitchMatter(scenario=asked.later, told=asked.later_told))
    return replies(wording.LATER_SWITCH.format(title=edition.scenario.title))


def _is_faint(scene: Scene, told: Mapping[str, Any]) -> bool:
    """有案件在办，没说是另外一件，话里也没说出那件事的几样情况（“他花掉的要不要赔我”）：先问要不要换。"""
    if scene.interview is not None or len(told) >= _TELLS_A_MATTER or says_another(scene.utterance):
        return False
    book = scene.context.book
    return scene.utterance.word not in book.named and not book.classifier.classify(scene.utterance.raw).by_keywords


def _is_known(scene: Scene, scenario: str) -> bool:
    return any(case.edition.scenario.id == scenario for case in scene.cases)


def _still_open(scene: Scene) -> str:
    return under_way.open_question_text(scene.turn, scene.interview) if scene.interview is not None else ""
