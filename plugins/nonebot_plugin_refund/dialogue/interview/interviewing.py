"""访谈：开始、回答、改答案、得出结论并立案。"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from ...domain.case.edition_changes import InterviewChange, change_of_interview
from ...domain.hearing.hearing import Heard
from ...domain.hearing.values.told_holidays import told_holidays
from ...domain.interview.answers import Answer, answers_from_plain, unread_answers
from ...domain.interview.assessment import answer_in_words, assess
from ...domain.interview.dialogue import (
    Accepted,
    Dialogue,
    Repeated,
    asking,
    decision_of,
    kept_in,
    put_answer,
    revise,
    step_back,
)
from ...domain.interview.interview import Uncovered, next_step
from ...domain.understanding.controls import Control, ControlKind
from ...render.texts.interview_text import (
    answer_changed_message,
    asked_message,
    asked_shortly,
    changed_mind_message,
    echo_message,
    noted_message,
    repeat_message,
    rules_changed_message,
    why_message,
)
from ...render.texts.offer_text import offered_in_words
from ...rulebook.derived.deciding import Ask, Settled
from ...rulebook.edition import Edition
from ...rulebook.findings import RulebookError
from ...rulebook.scenario_models.conditions import UNSURE
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...storage.case import cases, interviews
from ...storage.case.interviews import InterviewStatus
from ...storage.records import CaseRecord, InterviewRecord
from ..base import prompts, wording
from ..base.turn import Reply, Turn, replies
from ..case.topics import answer_to
from ..limits.case_limit import no_room
from ..reading.awaits import ConfirmChange, PickAnswer
from . import verdicts
from .telling import NOTHING_MENTIONED, Mentions, called_by, listener_for, offer_later
from .under_way import OpenInterview, answers_text, open_question_text, pending_of, year_of

STEPS_ASIDE_AFTER = timedelta(days=1)
"""访谈搁了这么久，就不再拦着别的话。"""


async def active(turn: Turn) -> OpenInterview | None:
    """正在进行的访谈；场景已下架的搁下，当作没有。"""
    record = await interviews.active(turn.session, turn.person)
    return await _opened(turn, record) if record else None


async def not_in_the_way(turn: Turn, *, has_cases: bool) -> OpenInterview | None:
    """正在进行的访谈；名下有案件、它又搁了一天的，先让到一边，说“继续”再接着问：不吃掉案件的消息。"""
    turn.known.ongoing, record = await interviews.ongoing_and_active(turn.session, turn.person)
    interview = await _opened(turn, record) if record else None
    if interview is None or not has_cases or turn.now - interview.record.updated_at < STEPS_ASIDE_AFTER:
        return interview
    await interviews.suspend_active(turn.session, turn.person, turn.now)
    turn.known.ongoing = None
    return None


async def start(
    turn: Turn,
    edition: Edition,
    *,
    told: Mapping[str, Any] | None = None,
    later: str | None = None,
    mentions: Mentions = NOTHING_MENTIONED,
) -> list[Reply]:
    """开始一场访谈：一句开场，第一个问题。正在进行的那场先搁下。名下的事太多的，不开始。

    Args:
        told: 说起这件事时已经答了的（:func:`.telling.told_in`）。
        later: 同一句里还说到的另一件事的场景；这件有了结论再问要不要接着看。
        mentions: 那句话里提到、没记下的（:func:`.telling.mentioned_in`）；日子已经用上的不再提。
    """
    if refused := await no_room(turn):
        return refused
    turn.changed("matter", f"说起「{edition.scenario.title}」")
    await prompts.done(turn)
    # 问到一半手册换了版，要看得出正等着的那一题变没变
    await turn.services.editions.keep(turn.session, edition, turn.now)
    listener = listener_for(turn, edition, turn.now)
    also = answers_from_plain(edition.scenario, told or {})
    unused = None if any(isinstance(answer.value, date) for answer in also.values()) else mentions.day
    kept = mentions.kept or kept_in(told or {})
    dialogue = replace(listener.begun_with(also), later=later, mentioned=unused, likely=mentions.likely, kept=kept)
    early = () if mentions.early is None else (mentions.early.report,)
    dialogue = _with_holidays(turn, edition.scenario, dialogue)
    dialogue = replace(dialogue, offer=mentions.offer, early=early)  # 有了结论和要的一比、记进案件
    record = await interviews.start(
        turn.session,
        turn.person,
        self_id=turn.incoming.self_id,
        scenario_id=edition.scenario.id,
        rulebook_digest=edition.digest,
        state={**dialogue.to_plain(), **called_by(turn, told or {}, said=mentions.said)},
        now=turn.now,
        origin_group_id=turn.services.groups.origin_of(turn.person.platform, turn.person.user_id),
    )
    noted = noted_message(listener.noted(Dialogue(), dialogue, None, also), year_of(turn))
    begun = OpenInterview(record, edition, dialogue, turn.now)
    offer = "" if mentions.offer is None else wording.OFFER_NOTED.format(offered=offered_in_words(mentions.offer.sum))
    news = "" if mentions.early is None else wording.EARLY_TOLD.format(label=mentions.early.label)
    return await go_on(turn, begun, _lines(edition.scenario.opening, noted, offer, news))


def _with_holidays(turn: Turn, scenario: Scenario, dialogue: Dialogue, besides: Question | None = None) -> Dialogue:
    """连同这句话里说的节：不是正问着的 ``besides``、还没答的那一题，问到时摆出来。"""
    told = told_holidays(scenario, turn.incoming.text, turn.said_at)
    known = {*dialogue.answers, *dialogue.held, *(() if besides is None else (besides.id,))}
    fresh = {key: days for key, days in told.items() if key not in known}
    return replace(dialogue, within={**dialogue.within, **fresh}) if fresh else dialogue


async def resume_latest(turn: Turn) -> list[Reply]:
    """接着说最近搁下的那场；没有返回空。"""
    if (interview := await active(turn)) is not None:
        return replies(open_question_text(turn, interview, in_full=True))
    for record in await interviews.suspended(turn.session, turn.person):
        resumed = await _opened(turn, await interviews.resume(turn.session, record, turn.now))
        if resumed is not None:
            return await go_on(turn, resumed, f"接着说「{resumed.edition.scenario.title}」。")
    return []


async def suspend(turn: Turn) -> list[Reply]:
    """先到这里：答过的都留着。"""
    if await interviews.active(turn.session, turn.person) is None:
        return replies(wording.NOTHING_TO_QUIT)
    await interviews.suspend_active(turn.session, turn.person, turn.now)
    return replies(wording.QUIT)


async def take(turn: Turn, interview: OpenInterview, heard: Heard, *, exact: bool) -> list[Reply]:
    """记下听到的回答，顺带说到的别的题一并记下；不是回的编号就先复述一句。"""
    if _asks_anew(interview):
        return await _ask_anew(turn, interview)
    listener = listener_for(turn, interview.edition, interview.as_of)
    aside = answer_to(turn, heard.aside.id) if heard.aside else ""
    after, question = heard.result.dialogue, heard.result.question
    after = _with_holidays(turn, interview.edition.scenario, after, besides=question)
    noted = noted_message(listener.noted(interview.dialogue, after, heard, heard.also), year_of(turn))
    if isinstance(heard.result, Accepted):
        answer = heard.result.answer
        turn.changed("answer", f"{question.short}：{answer_in_words(question, answer, year_of(turn))}")
        changed = change_in_words(turn, heard.result)
        echo = "" if exact or changed else echo_message(question, answer, year_of(turn))
        return await go_on(turn, interview.at(after), _lines(aside, changed or echo, noted))
    if heard.also:
        turn.changed("answer", "、".join(interview.edition.scenario.question(key).short for key in heard.also))
        await keep(turn, interview.at(after))
        if not aside and not noted:  # 说的是已经记着的
            return replies(wording.DETAIL_IN_INTERVIEW.format(question=asked_shortly(question, after)))
    return replies(_lines(aside, noted), open_question_text(turn, interview))


async def take_option(turn: Turn, interview: OpenInterview, question_id: str, value: str) -> list[Reply]:
    """从列出来的候选里选了一个。"""
    question = pending_of(turn, interview)
    if question is None or question.id != question_id:
        return []
    chosen = Answer((value,)) if question.kind is QuestionKind.MULTI else Answer(None if value == UNSURE else value)
    return await _put(turn, interview, question, chosen, "")


async def take_unsure(turn: Turn, interview: OpenInterview, question: Question, noted: str) -> list[Reply]:
    """这一题一直没有答案：先按不清楚往下走；``noted`` 是这句话里先记着的，说在前面，没有为空。"""
    unsure = wording.TAKEN_AS_UNSURE.format(short=question.short)
    return await _put(turn, interview, question, Answer(None), _lines(noted, unsure))


async def _put(turn: Turn, interview: OpenInterview, question: Question, answer: Answer, prefix: str) -> list[Reply]:
    accepted = put_answer(interview.dialogue, question, answer)
    turn.changed("answer", f"{question.short}：{answer_in_words(question, answer, year_of(turn))}")
    after = listener_for(turn, interview.edition, interview.as_of).settled(accepted.dialogue)
    return await go_on(turn, interview.at(after), prefix)


async def note_miss(turn: Turn, interview: OpenInterview) -> None:
    """又说了一句不是回答的。"""
    await keep(turn, interview.at(replace(interview.dialogue, misreads=interview.dialogue.misreads + 1)))


async def misread(turn: Turn, interview: OpenInterview, heard: Heard) -> list[Reply]:
    """没听懂：第一次给最像的几个或说清想要什么，第二次换个说法，第三次给出路；同样的清单不连着印两遍。"""
    if _asks_anew(interview):
        return await _ask_anew(turn, interview)
    assert isinstance(heard.result, Repeated)
    if heard.changed is not None:
        question, answer = heard.changed
        await prompts.ask(turn, ConfirmChange(question=question.id, answer=answer.to_plain()))
        return replies(changed_mind_message(question, interview.dialogue.answers[question.id], answer))
    result = heard.result
    await keep(turn, interview.at(result.dialogue))
    candidates = result.misread.options
    if candidates and (result.question.kind is not QuestionKind.MULTI or len(candidates) == 1):
        await prompts.ask(
            turn, PickAnswer(question=result.question.id, options=tuple(option.id for option in candidates))
        )
    return replies(repeat_message(result.question, result.misread, times=result.dialogue.misreads))


def _asks_anew(interview: OpenInterview) -> bool:
    """问出去之后手册换了版，这句话答的是旧的那一题：编号可能对不上了，宁可再问一遍。"""
    return interview.change is not None and interview.change.asks_anew


async def _ask_anew(turn: Turn, interview: OpenInterview) -> list[Reply]:
    assert interview.change is not None
    anew = interview.at(replace(interview.dialogue, misreads=0, offered=()))
    return await go_on(turn, anew, rules_changed_message(interview.change.unusable))


def change_in_words(turn: Turn, accepted: Accepted) -> str:
    """改了答案时，由什么改成什么；没改为空。"""
    if accepted.replaced is None or accepted.replaced == accepted.answer:
        return ""
    return answer_changed_message(accepted.question, accepted.replaced, accepted.answer, year_of(turn))


async def obey(turn: Turn, interview: OpenInterview, control: Control) -> list[Reply] | None:
    """访谈里的控制词；不归访谈管的返回 ``None``。"""
    scenario, dialogue, calendar = interview.edition.scenario, interview.dialogue, turn.services.calendar
    match control.kind:
        case ControlKind.WHY:
            question = pending_of(turn, interview)
            await prompts.done(turn)
            return replies(why_message(question)) if question else None
        case ControlKind.BACK:
            earlier = step_back(scenario, dialogue, interview.as_of, calendar)
            return await _turn_to(turn, interview, earlier, wording.ALREADY_FIRST)
        case ControlKind.CHANGE:
            earlier = revise(scenario, dialogue, control.number or 0, interview.as_of, calendar)
            return await _turn_to(turn, interview, earlier, answers_text(turn, interview))
        case ControlKind.PROGRESS:
            await prompts.done(turn)
            return replies(answers_text(turn, interview), open_question_text(turn, interview))
        case _:
            return None


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


async def _opened(turn: Turn, record: InterviewRecord) -> OpenInterview | None:
    """访谈总是用现在的手册接着问，已有的答案按 id 带过来；场景下架了就搁下。"""
    case = await _case_of(turn, record)
    edition = await edition_for(turn, record.scenario_id, record.state.get("answers", {}), case)
    if edition is None:
        await interviews.save(turn.session, record, now=turn.now, status=InterviewStatus.ABANDONED)
        turn.known.ongoing = None
        return None
    as_of = as_of_case(case, edition, turn.now) if case else turn.now
    dialogue = Dialogue.from_plain(edition.scenario, record.state)
    return OpenInterview(record, edition, dialogue, as_of, await _change_since(turn, record, edition, as_of))


async def edition_for(
    turn: Turn, scenario_id: str, answers: Mapping[str, Any], case: CaseRecord | None
) -> Edition | None:
    """接着问用哪一版：现在的；下架了、管不了这些答案的，改案件答案时用案件原来那一版。"""
    editions = turn.services.editions
    current = editions.current(scenario_id)
    if case is None:
        return current
    if current is not None:
        known = answers_from_plain(current.scenario, answers)
        as_of = as_of_case(case, current, turn.now)
        if not isinstance(next_step(current.scenario, known, as_of, turn.services.calendar), Uncovered):
            return current
    return await editions.of_case(turn.session, case)


async def _change_since(
    turn: Turn, record: InterviewRecord, edition: Edition, as_of: datetime
) -> InterviewChange | None:
    """上一句话问出去之后，手册换版带来的影响；没换版为空。"""
    if record.rulebook_digest == edition.digest:
        return None
    try:
        old = await turn.services.editions.kept(turn.session, record.rulebook_digest, record.scenario_id)
    except RulebookError:
        old = None  # 那一版读不出来了，当作变了：再问一遍，不会听错
    return change_of_interview(old, edition, record.state, as_of, turn.services.calendar)


def as_of_case(case: CaseRecord, edition: Edition, now: datetime) -> datetime:
    """案件走出第一个阶段，就是该赶的已经赶上了：之后改别的答案，不能因为今天晚了就说当时过期。"""
    starts = {track.start for track in edition.scenario.tracks}
    return now if case.stage_id is None or case.stage_id in starts else case.opened_at


async def keep(turn: Turn, interview: OpenInterview) -> None:
    """走到哪了，存下来；没变的不存。"""
    if not interview.is_saved or interview.change is not None:
        await interviews.save(
            turn.session,
            interview.record,
            now=turn.now,
            state=_state_of(turn, interview, interview.dialogue),
            rulebook_digest=interview.edition.digest,
        )


def _state_of(turn: Turn, interview: OpenInterview, dialogue: Dialogue) -> dict[str, Any]:
    """存进库里的样子；现在这一版里没有的题，答案也留着，手册改回来时还在。"""
    plain = dialogue.to_plain()
    kept = unread_answers(interview.edition.scenario, interview.record.state.get("answers", {}))
    return {**plain, "answers": {**kept, **plain["answers"]}, **called_by(turn, interview.record.state)}


async def _turn_to(turn: Turn, interview: OpenInterview, dialogue: Dialogue | None, otherwise: str) -> list[Reply]:
    if dialogue is None:
        return replies(otherwise, open_question_text(turn, interview))
    return await go_on(turn, interview.at(dialogue), "")


async def go_on(turn: Turn, interview: OpenInterview, prefix: str) -> list[Reply]:
    """问下一个问题，或给出结论。"""
    scenario = interview.edition.scenario
    decision = decision_of(scenario, interview.dialogue, interview.as_of, turn.services.calendar)
    if isinstance(decision, Ask):
        await keep(turn, interview.at(asking(interview.dialogue, decision.question)))
        # 刚问出去的问题盖掉之前等着的话：下一句“2”答的是它，不是早先的菜单
        await prompts.done(turn)
        return replies(_lines(prefix, asked_message(decision.question, interview.dialogue)))
    if not isinstance(decision, Settled):
        raise LookupError(f"场景 {scenario.id} 的这些答案没有规则管")
    answers = interview.dialogue.answers
    assessment = assess(interview.edition, decision.rule, answers, interview.as_of, turn.services.calendar)
    before = await _case_of(turn, interview.record)
    record = replace(interview.record, state=_state_of(turn, interview, interview.dialogue))
    replied, case = await verdicts.deliver(turn, record, interview.edition, assessment, answers, before, prefix)
    replied += await offer_later(turn, interview.dialogue.later, interview.dialogue.kept)
    await interviews.save(
        turn.session,
        interview.record,
        now=turn.now,
        # 没问到就说了的，到结论都没用上，就不留了；途中说起的进展，有了案件就记进去
        state=_state_of(
            turn,
            interview,
            replace(interview.dialogue, held={}, early=(), mentioned=None, likely={}, offer=None, costs={}, rough={}),
        ),
        rulebook_digest=interview.edition.digest,
        status=InterviewStatus.FINISHED,
        case_id=case.id,
    )
    return replied


async def _case_of(turn: Turn, record: InterviewRecord) -> CaseRecord | None:
    """这场访谈在改哪件案件；结了案的不再动它，得出的结论另立一件。"""
    case = await cases.get_by_id(turn.session, turn.person, record.case_id) if record.case_id else None
    return case if case is not None and case.closed_at is None else None
