"""把记错的改过来：改答案、改日子、撤销、挪到另一件案件；正问着的那件先算。"""

import re

from .base import wording
from .base.turn import Reply, replies
from .case import claiming, moving, offering, sums_right, told_limits, undoing
from .chatting import note
from .interview import interviewing, revising
from .reading import corrections, intents
from .scene import Scene

_NOT_THAT = re.compile(
    r"(?:[,，\s]|^)?(?:可?不是|又不是|没有|不能算)[^,，。\s是]{1,8}$|不是[^,，。\s是]{1,8}[,，\s]+(?=是)"
)
"""“是小孩不是大人”里说不是的那一半。"""


async def corrected(scene: Scene, intent: intents.Corrected) -> list[Reply]:
    """改的是访谈里的答案、案件的答案，还是上一件进展（哪天、哪件）。"""
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
    if said := await undoing.replace_report(turn, intent.said, only) or await undoing.redate(turn, intent.said, only):
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
    return replies(wording.WHAT_TO_CORRECT, _open_question(scene))


async def _in_interview(scene: Scene, said: str) -> list[Reply]:
    """正问着的那件：整句对不上是哪一题的，去掉说不是的那一半再对；没有说出是哪件案件的，就不去改别的案件。"""
    assert scene.interview is not None
    told = await revising.correct(scene.turn, scene.interview, said)
    if not told and (kept := _NOT_THAT.sub(" ", said).strip()) != said and kept:
        told = await revising.correct(scene.turn, scene.interview, kept)
    if told or scene.is_pointed or scene.interview.record.case_id is not None:
        return told
    return replies(wording.WHAT_TO_CORRECT, _open_question(scene))


def _open_question(scene: Scene) -> str:
    return interviewing.open_question_text(scene.turn, scene.interview) if scene.interview is not None else ""


async def taken_back(scene: Scene, intent: intents.Undo) -> list[Reply]:
    """撤销；说了是哪件案件的，只撤那件的。"""
    case = scene.cases[0].record.id if scene.is_pointed and scene.cases else None
    if not intent.sure:
        return await undoing.ask(scene.turn, intent.named, reopening=intent.reopening)
    return await undoing.undo(scene.turn, intent.named, reopening=intent.reopening, case_id=case)


async def moved(scene: Scene, intent: intents.Moved) -> list[Reply]:
    """记到另一件案件上去了的，挪过来。"""
    return await moving.move(scene.turn, intent, scene.awaits)
