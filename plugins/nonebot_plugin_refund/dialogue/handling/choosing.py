"""从刚列出来的里面选了一样：照列的是什么去办。"""

from collections.abc import Mapping
from typing import Any

from ...domain.case.case_amounts import CLAIMED
from ...domain.case.told_limit import ToldLimit, told_limit_from
from ...domain.hearing.values.offered_days import in_full
from ..base import prompts
from ..base.turn import Reply, replies
from ..case import casework, evidence, papers
from ..case.asked_first import confirming
from ..case.case_state import OpenedCase
from ..case.correcting import redating, undoing
from ..case.money import bookkeeping, claiming, offering
from ..case.progress import reporting
from ..interview import interviewing, revising, verdicts
from ..person import personal_data
from ..reading import awaits, intents
from ..reading.commands import Command, CommandName
from ..reading.progress.told_pieces import happened_at
from ..scene import Scene
from . import commanding, redirecting
from .still_open import open_question, topic_answer


async def hear(scene: Scene, intent: intents.Chosen) -> list[Reply]:
    """选了刚列出来的一样：照列的是什么去办。"""
    turn = scene.turn
    match intent.awaited:
        case awaits.PickScenario():
            return await commanding.start_named(turn, intent.value)
        case awaits.SwitchMatter() | awaits.NextMatter():
            return await commanding.start_named(turn, intent.awaited.scenario, told_before(intent.awaited))
        case awaits.PickCase(another=another) if intent.value == awaits.ANOTHER:
            return await commanding.start_named(turn, another, intent.awaited.answers)
        case awaits.PickCase(event=event) if event:
            happened = intent.awaited.happened_at
            await prompts.done(turn)
            told = _told_of(intent.awaited)
            return await reporting.report(
                turn, intents.Reported(intent.value, event, happened, "", sure=intent.awaited.sure, told=told)
            )
        case awaits.PickCase(action=action) if action:
            return await commanding.obey(turn, Command(CommandName(action), intent.value))
        case awaits.PickEvent(case=code) | awaits.PickMeaning(case=code):
            said = _after_number(intent.said)
            known = intent.awaited.happened_at if isinstance(intent.awaited, awaits.PickMeaning) else None
            when = happened_at(said, turn.said_at) if said else known
            return await reporting.pick(turn, code, intent.value, when, _told_of(intent.awaited))
        case awaits.PickAnswer(question=question):
            return await _picked_answer(scene, question, intent.value)
        case awaits.ConfirmChange(case=None):
            if scene.interview is None:
                return []
            return await revising.settle_change(turn, scene.interview, intent.awaited, yes=intent.value == "yes")
        case awaits.ConfirmUndo():
            return await undoing.settle(turn, intent.awaited, yes=intent.value == "yes")
        case awaits.PickTopic(kept=kept):
            await prompts.done(turn)
            asked = topic_answer(scene, intent.value) if intent.value != awaits.KEPT else ""
            still = await confirming.ask_again(turn, kept) if kept is not None else []
            return [*replies(asked), *(still or replies(open_question(scene)))]
        case awaits.AskDay(within=days):
            return await redating.redate(turn, in_full(intent.said, days))
        case awaits.AskAmount(case=code, amount=amount) if amount != CLAIMED:
            return await claiming.hear_asked(turn, code, amount, intent.said)
        case awaits.AskAmount(case=code):
            return await offering.hear_claimed(turn, code, intent.said)
        case awaits.ConfirmReport(later=str(later), later_told=told) if intent.value == awaits.KEPT:
            return await commanding.start_named(turn, later, told)
        case awaits.ConfirmReport(case=code, event=event):
            return await reporting.report(turn, intents.Reported(code, event, None, intent.said, sure=True))
        case awaits.ConfirmDelete():
            return await personal_data.hear_confirmation(turn, intent.said)
        case _:
            return await _about_case(scene, intent)


def _after_number(said: str) -> str:
    """“1 29号”里编号后面的话：日期从这里看，编号不能混进去。"""
    return said.strip().partition(" ")[2].strip()


async def _picked_answer(scene: Scene, question: str, value: str) -> list[Reply]:
    if scene.interview is None:
        return []
    return await interviewing.take_option(scene.turn, scene.interview, question, value)


async def _about_case(scene: Scene, intent: intents.Chosen) -> list[Reply]:
    turn, awaited = scene.turn, intent.awaited
    case = await casework.by_code(turn, awaits.case_of(awaited) or "")
    if isinstance(case, list):
        await prompts.done(turn)
        return []
    match awaited:
        case awaits.PickOutcome():
            return await casework.hear_outcome(turn, case, intent.said)
        case awaits.PickEvidence():
            return await evidence.hear(turn, case, intent.said)
        case awaits.PickPaper():
            return await papers.hear(turn, case, intent.value)
        case awaits.AskBirthday():
            return await bookkeeping.hear_birthday(turn, case, intent.said)
        case awaits.AskPayments():
            return await bookkeeping.add(turn, case, intent.said)
        case awaits.AfterVerdict():
            return await _look_closer(scene, case, intent.value, intent.said, awaited.told)
        case awaits.ConfirmChange():
            is_yes = intent.value == "yes"
            return await revising.settle_case_change(turn, case.record, case.edition, awaited, yes=is_yes)
        case _:
            return []


async def _look_closer(scene: Scene, case: OpenedCase, value: str, said: str, before: Mapping[str, Any]) -> list[Reply]:
    turn = scene.turn
    if value == "switch":
        return await redirecting.follow(scene, case, said, before)
    if value == "5":
        return await revising.revise_case(turn, case.record, case.edition, None)
    if value == "6":
        return await claiming.show(turn, case)
    return await verdicts.look_closer(turn, case.record.code, int(value))


def _told_of(awaited: awaits.Awaited) -> ToldLimit | None:
    """列出来请他选的那句话里说好的期限；没说、不是那样列的为空。"""
    return told_limit_from(awaited.told) if isinstance(awaited, (awaits.PickMeaning, awaits.PickCase)) else None


def told_before(awaited: awaits.SwitchMatter | awaits.NextMatter) -> dict[str, Any]:
    """说起那件事的那句话里已经答了的。"""
    return awaited.told
