"""不办什么的话：道谢、应声、多说的一点情况、危险之后的一句、又说起给过结论的那件。"""

from ...domain.understanding.sums.told_ages import below_age, told_age
from ...render.texts.interview_text import asked_shortly
from ..base import prompts, wording
from ..base.ages import told_age_in_words
from ..base.turn import Reply, Turn, replies
from ..before_verdict import early_news
from ..case import detailing, told_later
from ..case.asked_first import settling
from ..case.case_state import OpenedCase
from ..case.progress import told_limits
from ..interview import interviewing, revising
from ..interview.under_way import open_question_text
from ..reading import awaits, intents
from ..reading.money.arrivals import where_else
from ..scene import Scene
from . import redirecting, safety


async def hear(scene: Scene, intent: intents.Talk) -> list[Reply]:
    """闲话，和多说的一点情况。"""
    if intent.kind is intents.TalkKind.AFTER_DANGER and isinstance(scene.awaits, awaits.AfterDanger):
        return await safety.goes_on(scene)
    if intent.kind is intents.TalkKind.CONCLUDED:
        return await redirecting.follow_soon(scene) or await concluded(scene)
    if intent.kind in (intents.TalkKind.DETAIL, intents.TalkKind.EARLY_NEWS):
        return await _detail(scene, intent)
    if intent.kind is intents.TalkKind.ACKNOWLEDGED and scene.interview is not None:
        return await _assented(scene, intent.said)
    today = scene.turn.said_at.date()
    if intent.kind is intents.TalkKind.NOMINAL_AGE and (age := told_age(intent.said, today) or below_age(intent.said)):
        return replies(told_age_in_words(age))
    if intent.kind is intents.TalkKind.OTHERS and scene.context.open_question is not None:
        return replies(wording.OTHERS_CASE.format(question=scene.context.open_question.question.text))
    if intent.kind is intents.TalkKind.OTHERS:
        return replies(wording.OTHERS_NOTED)
    if intent.kind is intents.TalkKind.INSULTED:
        return replies(
            wording.SORRY, open_question_text(scene.turn, scene.interview, in_full=True) if scene.interview else ""
        )
    if intent.kind is intents.TalkKind.LOOK_AT:
        return replies(wording.ONLY_TEXT, open_question_text(scene.turn, scene.interview) if scene.interview else "")
    if intent.kind is intents.TalkKind.SPOKE and scene.cases:
        return _spoke(spoken_of(scene, intent.case), intent.said)
    if intent.kind is intents.TalkKind.WISH and scene.cases:
        return replies(wording.ANOTHERS_WISH)
    if intent.kind is intents.TalkKind.ELSEWHERE and scene.cases:
        return replies(wording.ALSO_ELSEWHERE.format(where=where_else(intent.said)))
    if scene.cases and scene.context.open_question is None:
        case = spoken_of(scene, intent.case)
        if settled := await settling.hear_settled(scene.turn, case, scene.utterance.raw):
            return settled
    said = {intents.TalkKind.THANKS: wording.THANKED, intents.TalkKind.ACKNOWLEDGED: wording.ACKNOWLEDGED}
    otherwise = wording.ACKNOWLEDGED if scene.cases else wording.SMALL_TALK
    return replies(said.get(intent.kind, otherwise))


def _spoke(case: OpenedCase, whom: str) -> list[Reply]:
    """去跟对方说过了：请他说对方怎么回的。"""
    stage = case.stage
    if stage is None:
        return []
    return replies(wording.SPOKE_TO.format(whom=whom, code=case.record.code, stage=stage.title, todo=stage.todo))


def _in_full(scene: Scene) -> str:
    """还开着的问题，连选项；没有为空。"""
    return open_question_text(scene.turn, scene.interview, in_full=True) if scene.interview is not None else ""


async def _assented(scene: Scene, said: str) -> list[Reply]:
    """问答里光应了一声“是”，正问着的却不是是非题：题再问一遍；问过换不换的也再说一声。"""
    assert scene.interview is not None
    offered = ""
    if isinstance(scene.awaits, awaits.SwitchMatter) and (
        edition := scene.turn.services.editions.current(scene.awaits.scenario)
    ):
        await prompts.ask(scene.turn, scene.awaits)
        offered = wording.SWITCH_OFFER.format(title=edition.scenario.title)
    await interviewing.note_miss(scene.turn, scene.interview)
    told = wording.ASSENT_TO_NOTHING.format(said=said)
    return replies(told, _in_full(scene), offered)


async def _detail(scene: Scene, intent: intents.Talk) -> list[Reply]:
    """多说的一点情况：访谈里应一声，把还差的那一题短短再问一句。"""
    if scene.context.open_question is not None:
        if intent.kind is intents.TalkKind.EARLY_NEWS:
            return await early_news.hear_vaguely(scene)
        opened = scene.context.open_question
        return replies(wording.DETAIL_IN_INTERVIEW.format(question=asked_shortly(opened.question, opened.dialogue)))
    return await note(scene, spoken_of(scene, intent.case), intent.said) if scene.cases else []


async def note(scene: Scene, case: OpenedCase, said: str) -> list[Reply]:
    """案件里多说的一点：没说是在改，说的数、日子却和答过的不一样，先问要不要改；别的应一声。"""
    told = await hear_told(scene.turn, case, said)
    if not told and not detailing.is_about_proof(said):
        told = await told_later.hear(scene.turn, case, said)
    return told or await detailing.hear(scene.turn, case, said)


async def hear_told(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """多说的一点和答过的对得上是哪一题：说得更准的直接改，不一样的、又多几样的先问；对方说好的期限照它重算；都不是为空。"""
    if settled := await settling.hear_settled(turn, case, said):
        return settled
    if refined := await revising.refine_case(turn, case.record, case.edition, said):
        return refined
    asked = await revising.ask_change(turn, case.record, case.edition, said)
    return asked or await told_limits.hear(turn, case, said)


async def concluded(scene: Scene) -> list[Reply]:
    """给过结论、没有后续步骤的那件：应一声，编号照旧能细看。"""
    case = next((case for case in scene.cases if case.position is None), None)
    if case is None:
        return []
    await prompts.ask(scene.turn, awaits.AfterVerdict(case=case.record.code))
    return replies(wording.CONCLUDED.format(title=case.edition.scenario.title))


def spoken_of(scene: Scene, code: str | None) -> OpenedCase:
    """说的是哪一件；听不出就是正说着的。"""
    return next((case for case in scene.cases if case.record.code == code), scene.cases[0])
