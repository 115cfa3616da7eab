"""私聊里的一句话：取好此刻的一切，听出意思，办，改动记下以便撤销。"""

from dataclasses import replace

from ..domain.understanding.danger import danger_reader
from ..domain.understanding.moods import Mood
from ..domain.understanding.writing.text import MAX_LENGTH, normalise
from ..rulebook.wording_models.spoken import load_spoken
from ..storage.case import changes
from ..storage.case.changes import Before
from .base import prompts, wording
from .base.turn import ChangeNote, Reply, Turn, replies
from .before_verdict import (
    decided_by_time,
    early_news,
    early_offers,
    told_beside,
    told_elsewhere,
    told_price,
    unused_days,
)
from .before_verdict.two_messages import folded
from .case import casework, evidence
from .case.asked_first import choosing, confirming
from .handling import set_aside
from .handling.handlers import HANDLERS
from .handling.still_open import open_question, topic_answer
from .interview import interviewing, revising, under_way
from .reading import intents
from .reading.awaits import (
    ConfirmChange,
    ConfirmReport,
    ConfirmUndo,
    PickCase,
    PickMeaning,
    PickScenario,
    SwitchMatter,
    case_of,
)
from .reading.commands import CommandName
from .reading.intents import Intent, Reading
from .reading.meanings.beside_intents import BesideTold
from .reading.read import read
from .reading.utterance import Utterance
from .reminders import keeping_in_touch
from .scene import Scene, load

_CHANGING: frozenset[type[Intent]] = frozenset(
    {
        intents.Danger,
        intents.Control,
        intents.ReminderAnswer,
        intents.SettingChanged,
        intents.ResumeInterview,
        intents.Chosen,
        intents.Confirmed,
        intents.Answered,
        intents.Reported,
        intents.EarlyNews,
        intents.EarlyOffered,
        intents.EarlyCorrected,
        BesideTold,
        intents.Offered,
        intents.PaymentsListed,
        intents.NothingCame,
        intents.SumTold,
        intents.Corrected,
        intents.Moved,
        intents.NewMatter,
        intents.Command,
        intents.Talk,
        intents.Unclear,
    }
)
"""会改动什么的意思：办之前留一份样子，好撤销。"""
_PERHAPS_TOLD: frozenset[type[Intent]] = frozenset({intents.NothingNew, intents.Asked})
"""没在问的话里可能说了期限、说准了先前的约数。"""
_MAYBE_CHANGING: frozenset[type[Intent]] = frozenset(
    {
        intents.Danger,
        intents.Control,
        intents.ReminderAnswer,
        intents.SettingChanged,
        intents.ResumeInterview,
        intents.Chosen,
        intents.Command,
        intents.Talk,
    }
)
"""办了也可能什么都没变（“改答案”只列出来看）：办完比一比，没变的不算一件。"""
_CHANGING_COMMANDS = frozenset(
    {
        CommandName.SCENARIOS,
        CommandName.UPDATE,
        CommandName.EVIDENCE,
        CommandName.CLOSE,
        CommandName.CLAIM,
        CommandName.LEDGER,
    }
)
"""会改动什么的命令；别的只是看看。"""
_ON_ALL_CASES: frozenset[type[Intent]] = frozenset(
    {
        intents.Danger,
        intents.ReminderAnswer,
        intents.SettingChanged,
        intents.Corrected,
        intents.Moved,
        intents.Confirmed,
        intents.Command,
    }
)
_KEEPS_AWAITING: frozenset[type[Intent]] = frozenset(
    {intents.Asked, intents.Talk, intents.Danger, intents.PrivateNumbers}
)
"""这些话不冲掉正等着的。"""


_YES_OR_NO = (ConfirmReport, ConfirmUndo, SwitchMatter)
"""问过是不是的：隔着一句闲话再说“好的”，应的是那句闲话的回复。"""


_NO_MATTER_HEARD = "refund-word"
"""听出了是退款的事，听不出是哪一种。"""


async def respond(turn: Turn) -> list[Reply]:
    """一条私聊消息的回答。"""
    incoming = turn.incoming
    if incoming.is_temporary:
        return _in_passing(incoming.text)
    said = await (_heard(turn) if incoming.text else _without_text(turn))
    await keeping_in_touch.heard_about(turn)
    return said


async def _heard(turn: Turn) -> list[Reply]:
    incoming = turn.incoming
    text = incoming.text if incoming.arguments is None else incoming.arguments
    scene = await load(turn, text, is_command=incoming.arguments is not None)
    reading = read(scene.context, scene.utterance)
    decided: list[Reply] = []
    if decided_by_time.is_due(scene, reading.first):
        decided = await _decided(scene)
        scene = await load(turn, text, is_command=incoming.arguments is not None)
        reading = read(scene.context, scene.utterance)
    if (story := _whole_story(turn, scene, reading)) is not None:
        scene, reading = story
    if _answers_the_unseen(turn, reading):
        return [] if turn.owed or turn.is_repeat else replies(wording.SENT_TOO_SOON, open_question(scene, in_full=True))
    return _with_warning(text, [*decided, *await _acted(scene.about(reading.about), reading)])


async def _decided(scene: Scene) -> list[Reply]:
    """放着的几天里日子过了期限，结论已定：给结论，记下这次改动，这句话再从头听。"""
    turn = scene.turn
    before = await changes.picture(turn.session, turn.person, [])
    said = await decided_by_time.conclude(scene)
    await _record(turn, turn.known.change or ChangeNote("answer", decided_by_time.LABEL), before)
    turn.known.change = turn.known.opened = turn.known.ongoing = None
    return said


def _whole_story(turn: Turn, scene: Scene, reading: Reading) -> tuple[Scene, Reading] | None:
    """手头什么也没有，前一条刚说了半截：连起来听得出是什么事，就当一段话听；听不出的留着等下一条。"""
    kept, key = turn.services.told_so_far, turn.incoming.message_id
    context = scene.context
    is_asked = context.awaits is not None and not isinstance(context.awaits, PickScenario)
    is_control = isinstance(reading.first, intents.Control)
    is_open = context.spoken_of is not None or is_asked or context.is_command or is_control
    is_lost = isinstance(reading.first, intents.Unclear) or reading.reader == _NO_MATTER_HEARD
    if is_open or not (is_lost or isinstance(reading.first, intents.NewMatter)):
        kept.forget(turn.person)
        return None
    before = kept.before(turn.person, key, turn.now)
    whole = Utterance(f"{before}，{scene.utterance.raw}") if before else scene.utterance
    heard = read(context, whole) if before else reading
    if isinstance(heard.first, intents.NewMatter):
        return (replace(scene, utterance=whole), heard) if before else None
    if is_lost:
        kept.keep(turn.person, key, scene.utterance.raw, turn.now)
    return None


def _answers_the_unseen(turn: Turn, reading: Reading) -> bool:
    """答的是他还没看到的那一问：不能算数。重说一遍的、欠着话时说“继续”的，也不必再办。"""
    first = reading.first
    if not turn.is_unseen or isinstance(first, (intents.Danger, intents.PrivateNumbers)):
        return False
    if turn.is_repeat or isinstance(first, (intents.Chosen, intents.Confirmed)):
        return True
    if isinstance(first, intents.Answered):
        # 自己的话接着往下说，是常有的；一句也没看到时，说的多半是先前那一问
        return first.exact or bool(turn.owed)
    return isinstance(first, intents.ResumeInterview) and bool(turn.owed)


def _in_passing(text: str) -> list[Reply]:
    """经群发起的临时会话：不谈他的事；危险照样接住。"""
    found = danger_reader().find(text)
    return (
        replies(found.words_for(normalise(text), None).text) if found is not None else replies(wording.ADD_FRIEND_FIRST)
    )


async def _acted(scene: Scene, reading: Reading) -> list[Reply]:
    """办一遍；从列表里选却对不上的，当作没在等，再听一遍。"""
    before = await _before(scene, reading, is_untouched=True)
    said = await _handled(scene, reading)
    if not said and (scene.awaits is not None or scene.context.set_aside is not None):
        await prompts.done(scene.turn)
        scene = replace(scene, context=replace(scene.context, awaits=None, set_aside=None))
        reading = read(scene.context, scene.utterance)
        scene = scene.about(reading.about)
        before = await _before(scene, reading, is_untouched=False)
        said = await _handled(scene, reading)
    news = await early_news.settle(scene, reading)
    price, offer = await told_price.settle(scene), await early_offers.settle(scene, reading)
    if scene.turn.known.opened is not None:
        has_moved = bool(news) and not isinstance(await prompts.pending(scene.turn), ConfirmReport)
        dates = await casework.dates_told(scene.turn, scene.turn.known.opened) if has_moved or offer else None
        beside = [*price, *await unused_days.settle(scene), *offer]
        said = folded(said, news, beside, has_moved=has_moved, has_offer=bool(offer), dates=dates)
    await told_beside.settle(scene, reading)
    await told_elsewhere.settle(scene, reading)
    said += await _asked_again(scene, reading)
    await _let_go(scene, reading)
    said += await set_aside.settle(scene, reading)
    await _note_change(scene, reading, before)
    otherwise = wording.CLOSED_TALK if scene.context.has_closed else wording.SMALL_TALK
    return said or replies(open_question(scene)) or replies(otherwise)


async def _handled(scene: Scene, reading: Reading) -> list[Reply]:
    said: list[Reply] = []
    for intent in reading.intents:
        if said and isinstance(intent, intents.Asked):
            said = [*replies(_answer_beside(scene, intent)), *said]
            continue
        said += await HANDLERS[type(intent)](scene, intent)
    if said and isinstance(reading.first, (intents.Command, intents.Undo)) and not scene.turn.known.asked:
        still = await interviewing.active(scene.turn)
        if still is not None and scene.interview is not None and isinstance(reading.first, intents.Command):
            said += replies(open_question(scene))
    return said


def _answer_beside(scene: Scene, asked: intents.Asked) -> str:
    """又说又问的，问的那一半怎么答；没有原话的，前面的回答里已经带上了；光问“怎么办”的，说现在该做什么就是答。"""
    if not asked.said or asked.topic is not None:
        return topic_answer(scene, asked.topic) if asked.said and asked.topic is not None else ""
    asking = [clause.text for clause in scene.utterance.clauses if clause.mood is Mood.QUESTION]
    return "" if all(clause.endswith(load_spoken().what_to_do) for clause in asking) else wording.NOT_KNOWN_BESIDE


async def _before(scene: Scene, reading: Reading, *, is_untouched: bool) -> Before | None:
    """会有改动的，先留一份样子；这一轮还什么都没动的，场面里取过的不再取。"""
    kinds = frozenset(type(intent) for intent in reading.intents)
    told = bool(kinds & _PERHAPS_TOLD) and not scene.utterance.asks
    if not (kinds & _CHANGING or told) or _only_looks(reading):
        return None
    turn, at_stake = scene.turn, _cases_at_stake(scene, reading, kinds)
    if not is_untouched:
        return await changes.picture(turn.session, turn.person, at_stake)
    known = turn.known
    return await changes.picture(turn.session, turn.person, at_stake, ongoing=known.ongoing, settings=known.settings)


def _only_looks(reading: Reading) -> bool:
    first = reading.first
    return isinstance(first, intents.Command) and first.command.name not in _CHANGING_COMMANDS


def _cases_at_stake(scene: Scene, reading: Reading, kinds: frozenset[type[Intent]]) -> list[int]:
    """可能被改动的案件。"""
    if kinds & _ON_ALL_CASES or (intents.Control in kinds and scene.interview is None):
        return [case.record.id for case in scene.cases]
    if scene.interview is not None and scene.interview.record.case_id is not None:
        return [scene.interview.record.case_id]
    if isinstance(scene.awaits, PickCase):
        return [case.record.id for case in scene.cases]
    codes = {case_of(scene.awaits)} | {getattr(intent, "case", None) for intent in reading.intents}
    return [case.record.id for case in scene.cases if case.record.code in codes]


async def _note_change(scene: Scene, reading: Reading, before: Before | None) -> None:
    turn = scene.turn
    if before is None or turn.known.change is None:
        return
    if type(reading.first) in _MAYBE_CHANGING and turn.known.opened is None and await _is_as_before(turn, before):
        return
    await _record(turn, turn.known.change, before)


async def _is_as_before(turn: Turn, before: Before) -> bool:
    touched = [row["id"] for row in before["cases"]]
    return changes.is_same(before, await changes.picture(turn.session, turn.person, touched))


async def _record(turn: Turn, note: ChangeNote, before: Before) -> None:
    detail = dict(note.detail)
    if turn.known.opened is not None:
        detail["opened"] = turn.known.opened
    await changes.record(
        turn.session,
        turn.person,
        kind=note.kind,
        label=note.label,
        before=before,
        now=turn.now,
        case_id=note.case_id,
        detail=detail,
    )


async def _asked_again(scene: Scene, reading: Reading) -> list[Reply]:
    """问过是不是，他先问了别的、谢了一声、看了看进度：答完再问一次，免得那件事不了了之；只再问这一次。"""
    awaited = scene.awaits
    if isinstance(awaited, PickMeaning) and not awaited.reminded and not scene.turn.known.asked:
        is_beside = isinstance(reading.first, intents.Asked) and scene.interview is None
        return await choosing.list_again(scene.turn, awaited) if is_beside else []
    if isinstance(awaited, ConfirmChange) and awaited.case and isinstance(reading.first, intents.Asked):
        waits = not awaited.reminded and not scene.turn.known.asked
        return await revising.ask_again_of_case(scene.turn, awaited) if waits else []
    if isinstance(awaited, ConfirmChange):
        answered = isinstance(reading.first, intents.Answered) and awaited.case is None and not awaited.reminded
        return await revising.ask_again(scene.turn, scene.interview, awaited) if answered and scene.interview else []
    if not isinstance(awaited, ConfirmReport) or awaited.reminded or scene.turn.known.asked:
        return []
    if scene.utterance.text.startswith(load_spoken().denying):
        await prompts.done(scene.turn)  # 说过不是了，不再问
        return []
    if type(reading.first) not in (intents.Asked, intents.Talk) and not _only_looks(reading):
        return []
    return await confirming.ask_again(scene.turn, awaited)


async def _let_go(scene: Scene, reading: Reading) -> None:
    """说了别的，先前等着的就不等了；问一句、谢一声的不算别的。"""
    if scene.awaits is None or scene.turn.known.asked:
        return
    first = reading.first
    if isinstance(scene.awaits, ConfirmReport) and _only_looks(reading):
        return  # 只看了看进度：问着的还等着
    is_chat = isinstance(first, intents.Talk) and first.kind is not intents.TalkKind.THANKS
    if type(first) in _KEEPS_AWAITING and not (is_chat and isinstance(scene.awaits, _YES_OR_NO)):
        return
    if isinstance(first, (intents.Chosen, intents.Confirmed)):
        return  # 办的人自己定还等不等
    await prompts.done(scene.turn)


async def _without_text(turn: Turn) -> list[Reply]:
    """只有图片、表情、语音、转发的消息。"""
    if turn.incoming.has_picture and (ticked := await _pictured(turn)):
        return ticked
    interview = await interviewing.active(turn)
    still_open = under_way.open_question_text(turn, interview) if interview is not None else ""
    return replies(wording.ONLY_TEXT if turn.incoming.segments else wording.EMPTY, still_open)


async def _pictured(turn: Turn) -> list[Reply]:
    """只有图片：勾上的材料也撤得回。"""
    mine = [case.record.id for case in await casework.open_cases(turn)]
    before = await changes.picture(turn.session, turn.person, mine)
    said = await _picture(turn)
    if turn.known.change is not None:
        await _record(turn, turn.known.change, before)
    return said


async def _picture(turn: Turn) -> list[Reply]:
    """只有图片：说着哪件案件就是那件的材料，没有在说就看有没有案件；正在问答、没有案件的返回空。"""
    code = case_of(await prompts.pending(turn))
    if code is not None:
        case = await casework.by_code(turn, code)
        return [] if isinstance(case, list) else await evidence.picture(turn, case)
    if await interviewing.active(turn) is not None:
        return []
    if not await casework.open_cases(turn):
        return []
    case = await casework.choose(turn, CommandName.EVIDENCE, "")
    return case if isinstance(case, list) else await evidence.picture(turn, case)


def _with_warning(text: str, said: list[Reply]) -> list[Reply]:
    """太长的话只读了前面一段，要说明白。"""
    return [*replies(wording.TOO_LONG), *said] if len(text) > MAX_LENGTH else said
