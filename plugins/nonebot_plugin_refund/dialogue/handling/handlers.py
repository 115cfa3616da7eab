"""怎么办：每一种意思一个办法，:data:`HANDLERS` 是全部。"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ...domain.case.next_news import next_news
from ...domain.hearing.cues import says_a_day
from ...domain.understanding.controls import Control, ControlKind
from ...render.texts.interview_text import asked_shortly
from ..base import prompts, wording
from ..base.turn import Reply, replies
from ..base.wording_cards import help_reply
from ..before_verdict import early_news, early_offers, told_beside
from ..case import answering, casework, detailing, multiples, told_later, topics
from ..case.case_state import OpenedCase
from ..case.correcting import undoing
from ..case.money import agreeing, amounts, bookkeeping, never_came, offering, told_sums
from ..case.progress import promises, reporting, told_limits, waiting
from ..interview import interviewing, revising, under_way, verdicts
from ..reading import awaits, intents
from ..reading.asking.topics import only_what_to_do
from ..reading.commands import Command, CommandName
from ..reading.context import OpenQuestion
from ..reading.intents import Intent
from ..reading.meanings.beside_intents import BesideTold
from ..reading.meanings.other_goods import KeptTold
from ..reminders import reminding
from ..rulebooks import rule_review
from ..scene import Scene
from . import another_matter, chatting, choosing, commanding, putting_right, safety
from .choosing import told_before
from .still_open import case_asked_about, open_question, topic_answer

Handler = Callable[[Scene, Any], Awaitable[list[Reply]]]
"""办一个意思；办不成（对不上）返回空，由外层当作别的话再听一遍。"""


async def _private_numbers(scene: Scene, intent: intents.PrivateNumbers) -> list[Reply]:
    return replies(wording.private_numbers(intent.kinds), open_question(scene))


async def _command(scene: Scene, intent: intents.Command) -> list[Reply]:
    if intent.command == Command(CommandName.PROGRESS) and scene.interview is not None and not scene.cases:
        # 还没有案件：说这场问答到哪了；命令之后总会再说一遍还开着的问题
        return replies(under_way.answers_text(scene.turn, scene.interview))
    return await commanding.obey(scene.turn, intent.command)


async def _near_miss(scene: Scene, intent: intents.NearMiss) -> list[Reply]:
    miss, command = intent.near_miss, scene.turn.services.command
    return replies(wording.NEAR_MISS.format(written=miss.written, command=command, meant=miss.meant))


async def _control(scene: Scene, intent: intents.Control) -> list[Reply]:
    control, turn = intent.control, scene.turn
    match control.kind:
        case ControlKind.QUIT:
            turn.changed("quit", "放下问答")
            return await interviewing.suspend(turn)
        case ControlKind.HUMAN:
            return replies(wording.HUMAN, open_question(scene))
        case ControlKind.HELP:
            return [help_reply(turn.services.command)]
        case ControlKind.MENU:
            return await commanding.menu(turn)
        case ControlKind.PROGRESS if scene.interview is None:
            return await commanding.obey(turn, Command(CommandName.PROGRESS))
        case _:
            return await _interview_control(scene, control)


async def _interview_control(scene: Scene, control: Control) -> list[Reply]:
    turn = scene.turn
    if scene.interview is not None:
        if control.kind in (ControlKind.BACK, ControlKind.CHANGE):
            turn.changed("answer", "回去改答案")
        return await interviewing.obey(turn, scene.interview, control) or []
    if control.kind not in (ControlKind.CHANGE, ControlKind.BACK):
        return []
    if not scene.cases:
        return replies(casework.NO_CASE)
    if control.kind is ControlKind.BACK and (asked := await undoing.ask_back(turn)):
        return asked
    case = scene.cases[0]
    turn.changed("answer", "改答案", case.record.id)
    return await revising.revise_case(turn, case.record, case.edition, control.number)


async def _reminder_answer(scene: Scene, intent: intents.ReminderAnswer) -> list[Reply]:
    said = await reminding.answer(scene.turn, intent.control, next(iter(scene.cases), None))
    return [*said, *replies(open_question(scene))] if scene.interview is not None else said


async def _setting(scene: Scene, intent: intents.SettingChanged) -> list[Reply]:
    return await reminding.set_to(scene.turn, intent.setting)


async def _review(scene: Scene, intent: intents.ReviewRules) -> list[Reply]:
    return await rule_review.hear(scene.turn, intent.code)


async def _resume(scene: Scene, intent: intents.ResumeInterview) -> list[Reply]:
    """接着搁下的那场；没有搁下的，先前危险里说起的那件事、刚立的案的结论（也许他没看到）。"""
    del intent
    turn = scene.turn
    turn.changed("switch", "接着问答")
    if said := await interviewing.resume_latest(turn):
        return said
    awaited = scene.awaits
    if not scene.cases and isinstance(awaited, awaits.AfterDanger) and awaited.scenario is not None:
        return await another_matter.begin(scene, intents.NewMatter(awaited.scenario, "", sure=True))
    again = await verdicts.again(turn, scene.cases[0].record) if scene.cases else []
    return again or replies(wording.NOTHING_TO_RESUME)


async def _confirmed(scene: Scene, intent: intents.Confirmed) -> list[Reply]:
    turn = scene.turn
    match intent.awaited:
        case awaits.ConfirmReport():
            said = await offering.confirmed_in_place(turn, intent)
            if not said:
                said = await reporting.confirmed(turn, intent.awaited, yes=intent.yes, said=intent.said)
                said += await offering.after_confirmed(turn, intent)
            said += await waiting.go_on(turn, intent.awaited)
            return [*said, *await another_matter.offer_kept(scene, intent.awaited)]
        case awaits.SwitchMatter(scenario=scenario) | awaits.NextMatter(scenario=scenario):
            await prompts.done(turn)
            if not intent.yes:
                return replies(wording.NO_SWITCH)
            return await commanding.start_named(turn, scenario, told_before(intent.awaited))
        case _:
            return []


async def _answered(scene: Scene, intent: intents.Answered) -> list[Reply]:
    if scene.interview is None:
        return []
    return await interviewing.take(scene.turn, scene.interview, intent.heard, exact=intent.exact)


async def _reported(scene: Scene, intent: intents.Reported) -> list[Reply]:
    return [*await reporting.report(scene.turn, intent), *replies(detailing.on_delivery(intent), open_question(scene))]


async def _offered(scene: Scene, intent: intents.Offered) -> list[Reply]:
    return await agreeing.hear(scene.turn, intent) or await offering.offered(scene.turn, intent)


async def _never_came(scene: Scene, intent: intents.NothingCame) -> list[Reply]:
    return await never_came.hear(scene.turn, intent)


async def _told_sum(scene: Scene, intent: intents.SumTold) -> list[Reply]:
    return await told_sums.hear(scene.turn, intent)


async def _payments(scene: Scene, intent: intents.PaymentsListed) -> list[Reply]:
    case = await casework.by_code(scene.turn, intent.case)
    return case if isinstance(case, list) else await bookkeeping.add(scene.turn, case, intent.said)


async def _nothing_new(scene: Scene, intent: intents.NothingNew) -> list[Reply]:
    case = chatting.spoken_of(scene, intent.case)
    if intent.put_off:
        return await told_limits.put_off(scene.turn, case)
    if intent.proof_for is not None:
        return answering.proof_asked(scene.turn, case, intent.proof_for, told_limits.day_said(scene.turn, intent.said))
    limited = await told_limits.hear(scene.turn, case, intent.said)
    said_no = intent.said == scene.utterance.raw and not intent.quoted
    if not limited and isinstance(scene.awaits, awaits.ConfirmReport) and said_no:
        return await reporting.confirmed(scene.turn, scene.awaits, yes=False)
    if not limited and detailing.is_about_proof(intent.said):
        return await chatting.note(scene, case, intent.said)
    if not limited and (missing := promises.reported_missing(scene.turn, case, intent)) is not None:
        return await reporting.report(scene.turn, missing)
    if not limited and not intent.quoted and (told := await told_later.hear(scene.turn, case, intent.said)):
        return told  # “还没开课呢”：说的不是进展
    day = told_limits.day_said(scene.turn, intent.said) if intent.quoted else ""
    return limited or [*answering.nothing_new(scene.turn, case, quoted=intent.quoted), *replies(day)]


async def _asked(scene: Scene, intent: intents.Asked) -> list[Reply]:
    """问的话先答，再把开着的问题放回来；听不准的先问是哪一个。"""
    if intent.topic is not None:
        still_open = "" if isinstance(scene.awaits, awaits.AfterDanger) else open_question(scene)
        answer = topic_answer(scene, intent.topic)
        computed = await multiples.computed(scene.turn, case_asked_about(scene), intent.topic, intent.said)
        return replies(f"{computed}\n{answer}" if computed else answer, still_open)
    if offered := await topics.offer(scene.turn, intent.others, alike=intent.alike, case=case_asked_about(scene)):
        return offered
    if scene.context.open_question is not None:
        return replies(wording.CANNOT_SAY_YET, _why(scene.context.open_question))
    if not scene.cases:
        return replies(wording.CLOSED_QUESTION if scene.context.has_closed else "")
    case = chatting.spoken_of(scene, intent.case)
    if not scene.utterance.asks and says_a_day(intent.said, scene.turn.said_at):
        return await chatting.note(scene, case, intent.said)  # “最后一次充是上个月15号”：没有问的字，说的是哪天
    told = [] if scene.utterance.asks else await chatting.hear_told(scene.turn, case, intent.said)
    return told or answering.about_case(scene.turn, case, what_next=only_what_to_do(scene.utterance.text))


def _why(opened: OpenQuestion) -> str:
    """先弄清这一问的缘故，问话再说一遍。"""
    return f"{opened.question.why}\n{asked_shortly(opened.question, opened.dialogue)}"


async def _menu(scene: Scene, intent: intents.WantsMenu) -> list[Reply]:
    return await commanding.menu(scene.turn, another=intent.another, apart=intent.apart)


def _small_talk(scene: Scene) -> str:
    """没有在办的事，听不出要什么：了结过案件的，说怎么看、怎么接着办。"""
    return wording.CLOSED_TALK if scene.context.has_closed else wording.SMALL_TALK


async def _unclear(scene: Scene, intent: intents.Unclear) -> list[Reply]:
    """没听懂：访谈里换着办法问；有案件时列出能报告的事，列过一遍就换句话。"""
    turn = scene.turn
    if intent.heard is not None and scene.interview is not None:
        changed = await revising.now_known(turn, scene.interview, intent.heard)
        told = changed or await told_beside.hear_likely(scene, intent.heard)
        return told or await interviewing.misread(turn, scene.interview, intent.heard)
    if scene.context.is_command:
        await prompts.ask(
            turn, awaits.PickScenario(scenarios=tuple(item.id for item in turn.services.editions.scenarios))
        )
        return replies(wording.NOT_RECOGNISED)
    case = next((case for case in scene.cases if case.stage is not None and case.stage.events), None)
    if case is not None and scene.is_pointed and amounts.says_settled(scene.utterance.raw):
        return await casework.ask_outcome(turn, case)
    if case is None or case.stage is None:
        return await chatting.concluded(scene) or replies(_small_talk(scene))
    if isinstance(scene.awaits, awaits.PickEvent):
        return replies(wording.SAY_IT_SHORTLY.format(event=_example(scene, case)))
    return replies(wording.NOT_UNDERSTOOD.format(code=case.record.code, event=_example(scene, case)))


def _example(scene: Scene, case: OpenedCase) -> str:
    """举一件还没发生的进展怎么说。"""
    assert case.stage is not None
    walked = next((matter.walked for matter in scene.context.matters if matter.code == case.record.code), ())
    running = {plan.timer_id for plan in case.timers(scene.turn.services.calendar)}
    return next_news(case.edition.scenario, case.stage, case.answers, walked=walked, running=running).label


HANDLERS: Mapping[type[Intent], Handler] = {
    intents.Danger: safety.answer,
    intents.PrivateNumbers: _private_numbers,
    intents.Command: _command,
    intents.NearMiss: _near_miss,
    intents.Control: _control,
    intents.ReminderAnswer: _reminder_answer,
    intents.SettingChanged: _setting,
    intents.ReviewRules: _review,
    intents.ResumeInterview: _resume,
    intents.Chosen: choosing.hear,
    intents.Confirmed: _confirmed,
    intents.Answered: _answered,
    intents.Reported: _reported,
    intents.EarlyNews: early_news.hear,
    intents.EarlyOffered: early_offers.hear,
    intents.EarlyCorrected: early_news.put_right,
    intents.Offered: _offered,
    intents.NothingCame: _never_came,
    intents.SumTold: _told_sum,
    intents.PaymentsListed: _payments,
    intents.NothingNew: _nothing_new,
    intents.Asked: _asked,
    intents.Corrected: putting_right.hear,
    intents.Undo: putting_right.taken_back,
    intents.Moved: putting_right.moved,
    intents.NewMatter: another_matter.begin,
    KeptTold: another_matter.keep_told,
    BesideTold: told_beside.hear,
    intents.Talk: chatting.hear,
    intents.WantsMenu: _menu,
    intents.Unclear: _unclear,
}
"""每一种意思怎么办。"""
