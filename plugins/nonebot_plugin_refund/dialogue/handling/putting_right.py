"""把记错的改过来：访谈里的答案、案件的答案、上一件进展（哪天、哪件）、出的价、要的数；撤销；挪到另一件案件。"""

import re

from ...domain.interview.changing.putting_right import PutRight, another_days, put_right
from ..base import wording
from ..base.turn import Reply, replies
from ..case.case_state import OpenedCase
from ..case.correcting import moving, redating, undoing
from ..case.money import claiming, offering, sums_right
from ..case.progress import told_limits
from ..interview import meant, revising, rewording
from ..reading import intents
from ..reading.correcting import corrections
from ..reading.correcting.put_right import says_which_day, settled_in
from ..scene import Scene
from .chatting import note
from .still_open import open_question

_NOT_THAT = re.compile(
    r"(?:[,，\s]|^)?(?:可?不是|又不是|没有|不能算)[^,，。\s是]{1,8}$|不是[^,，。\s是]{1,8}[,，\s]+(?=是)"
)
"""“是小孩不是大人”里说不是的那一半。"""


async def hear(scene: Scene, intent: intents.Corrected) -> list[Reply]:
    """先看指名的、否认的选择题，再看带着提示的字的日子和数，再看上一件进展。"""
    turn, only = scene.turn, scene.cases[0].record.id if scene.is_pointed and scene.cases else None
    if intent.redates:
        if said := await redating.redate(turn, intent.said, scene.utterance.raw, only, intent.event):
            return said
        if not scene.cases:
            return []
    if said := await _answers(scene, intent):
        return said
    if intent.unrecorded:
        return replies(undoing.NO_SUCH)
    if intent.denies:
        instead = await undoing.replace_report(scene.turn, intent.said, direct=True) if intent.said else []
        return instead or await undoing.ask(scene.turn, intent.denies)
    return await _otherwise(scene, intent)


async def _answers(scene: Scene, intent: intents.Corrected) -> list[Reply]:
    """改答过的题：指了第几题的，和否认了记着的那一项的；都不是返回空。"""
    turn, said = scene.turn, scene.utterance.raw
    if scene.interview is not None:
        if intent.number is not None:
            return await rewording.revise_here(turn, scene.interview, intent.number, intent.said)
        dialogue = scene.interview.dialogue
        known = {**dialogue.held, **dialogue.answers}
        found = put_right(scene.interview.edition.scenario, known, said, turn.said_at)
        return await rewording.put_right_here(turn, scene.interview, found) if found else []
    if (case := _spoken_of(scene)) is None:
        return []
    if intent.number is not None:
        return await rewording.revise_case(turn, case.record, case.edition, intent.number, intent.said)
    found = _in_case(scene, case)
    return await rewording.put_case_right(turn, case.record, case.edition, found) if found else []


def _spoken_of(scene: Scene) -> OpenedCase | None:
    """正说着的案件：有后续步骤的先算；都没有的，最近给过结论的那件。"""
    matter = scene.context.matter
    if matter is None:
        return next((case for case in scene.cases if case.position is None), None)
    return next((case for case in scene.cases if case.record.code == matter.code), None)


def _in_case(scene: Scene, case: OpenedCase) -> PutRight:
    turn, said, scenario = scene.turn, scene.utterance.raw, case.edition.scenario
    found = put_right(scenario, case.answers, said, turn.said_at, settled=settled_in(scene.context))
    if found or (scene.context.matter is not None and scene.context.matter.walked):
        return found
    if not says_which_day(scene.utterance):
        return found
    return PutRight(denied=tuple(another_days(scenario, case.answers, said, turn.said_at)))


async def _otherwise(scene: Scene, intent: intents.Corrected) -> list[Reply]:
    """由说的内容去对；怎样也对不上，请他说全。"""
    turn = scene.turn
    if scene.interview is not None and (said := await _in_interview(scene, intent.said)):
        return said
    says_it_corrects = corrections.says_it_corrects(scene.utterance)
    for case in scene.cases[:1] if says_it_corrects else ():
        if said := await revising.correct_case(turn, case.record, case.edition, intent.said, only_named=True):
            return said
    for case in scene.cases[:1]:
        if said := await sums_right.put_right(turn, case, intent.said):
            return said
        if said := await revising.refine_case(turn, case.record, case.edition, intent.said):
            return said
    only = scene.cases[0].record.id if scene.is_pointed and scene.cases else None
    if said := (
        await undoing.replace_report(turn, intent.said, only) or await redating.redate(turn, intent.said, case_id=only)
    ):
        return said
    if scene.cases and (said := await offering.correct(turn, scene.cases[0], intent.said)):
        return said
    if scene.cases and says_it_corrects and (said := await claiming.correct(turn, scene.cases[0], intent.said)):
        return said
    if scene.cases and not says_it_corrects:
        return await note(scene, scene.cases[0], intent.said)
    for case in scene.cases[:1] if scene.is_pointed else scene.cases:
        if said := await revising.correct_case(turn, case.record, case.edition, intent.said):
            return said
    for case in scene.cases[:1]:
        if said := await told_limits.hear(turn, case, intent.said):
            return said
        if said := await meant.put_case_right(turn, case.record, case.edition, intent.said):
            return said
    return replies(wording.WHAT_TO_CORRECT, open_question(scene))


async def _in_interview(scene: Scene, said: str) -> list[Reply]:
    """正问着的那件：整句对不上是哪一题的，去掉说不是的那一半再对；没有说出是哪件案件的，就不去改别的案件。"""
    assert scene.interview is not None
    told = await meant.put_right_here(scene.turn, scene.interview, said)
    told = told or await revising.correct(scene.turn, scene.interview, said)
    if not told and (kept := _NOT_THAT.sub(" ", said).strip()) != said and kept:
        told = await revising.correct(scene.turn, scene.interview, kept)
    if told or scene.is_pointed or scene.interview.record.case_id is not None:
        return told
    return replies(wording.WHAT_TO_CORRECT, open_question(scene))


async def taken_back(scene: Scene, intent: intents.Undo) -> list[Reply]:
    """撤销；说了是哪件案件的，只撤那件的。"""
    case = scene.cases[0].record.id if scene.is_pointed and scene.cases else None
    named = intent.event or intent.named
    if not intent.sure:
        return await undoing.ask(scene.turn, named, reopening=intent.reopening)
    return await undoing.undo(scene.turn, named, reopening=intent.reopening, case_id=case)


async def moved(scene: Scene, intent: intents.Moved) -> list[Reply]:
    """记到另一件案件上去了的，挪过来。"""
    return await moving.move(scene.turn, intent, scene.awaits)
