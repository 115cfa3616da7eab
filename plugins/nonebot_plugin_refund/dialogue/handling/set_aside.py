"""问过“要改吗”“换不换”，还没回就说起别的：放在一边，过几句回“改”“换”照样算数，再久就不等了。"""

from ...rulebook.wording_models.spoken import load_spoken
from ...storage.case import cases
from ..base import prompts
from ..base.turn import Reply, Turn
from ..case.asked_first import confirming
from ..reading import intents
from ..reading.awaits import ConfirmChange, ConfirmDelete, ConfirmReport, PickEvent, PickMeaning, SetAside, SwitchMatter
from ..reading.intents import Reading
from ..scene import Scene


async def settle(scene: Scene, reading: Reading) -> list[Reply]:
    """这一轮办完了：没回的那一问放在一边；已经放着的，少等一句；没在问别的了，“是不是”再问一次。"""
    turn, asked, kept = scene.turn, scene.awaits, scene.context.set_aside
    if isinstance(asked, ConfirmDelete):
        return []  # 也许刚删光，不再写下什么
    answered = [intent.awaited for intent in reading.intents if isinstance(intent, (intents.Chosen, intents.Confirmed))]
    if asked is not None and asked not in answered and _is_worth_keeping(scene, reading):
        still = await prompts.pending(turn)
        same = still is not None and still.kind == asked.kind
        aside = None if same else SetAside.model_validate({"asked": asked})
    elif kept is not None and kept.asked not in answered and kept.left > 1:
        aside = kept.model_copy(update={"left": kept.left - 1})
    else:
        aside = None
    if kept is None and aside is None:
        return []
    is_report = aside is not None and isinstance(aside.asked, ConfirmReport)
    again = await _asked_again(scene, reading, aside) if aside is not None and is_report else []
    await prompts.keep_aside(turn, await _of_the_new_case(turn, aside) if not again else None)
    return again


def _is_worth_keeping(scene: Scene, reading: Reading) -> bool:
    """问的是“要改吗”“换不换”，或说了哪天的一件进展；他否认、改口、撤了的不用再等。"""
    if isinstance(scene.awaits, (ConfirmChange, SwitchMatter)):
        return True
    if not isinstance(scene.awaits, ConfirmReport) or not scene.awaits.dated or scene.awaits.reminded:
        return False
    told_otherwise = isinstance(reading.first, (intents.Corrected, intents.Undo, intents.NothingNew, intents.Moved))
    return not told_otherwise and not scene.utterance.text.startswith(load_spoken().denying)


async def _asked_again(scene: Scene, reading: Reading, aside: SetAside) -> list[Reply]:
    """眼下没在问别的：先前说了哪天的那件，再问一次是不是。"""
    turn = scene.turn
    if (
        turn.known.asked
        or turn.known.undone
        or scene.interview is not None
        or not isinstance(aside.asked, ConfirmReport)
    ):
        return []
    still = await prompts.pending(turn)
    idle = isinstance(still, (PickMeaning, PickEvent)) and isinstance(reading.first, intents.Talk)
    return await confirming.ask_again(turn, aside.asked) if still is None or idle else []


async def _of_the_new_case(turn: Turn, aside: SetAside | None) -> SetAside | None:
    """访谈里问的“要改吗”，这一轮立了案：改的是案件。"""
    opened = turn.known.opened
    if aside is None or not isinstance(aside.asked, ConfirmChange) or opened is None or aside.asked.case:
        return aside
    case = await cases.get_by_id(turn.session, turn.person, opened)
    code = case.code if case is not None else None
    return aside.model_copy(update={"asked": aside.asked.model_copy(update={"case": code})})
