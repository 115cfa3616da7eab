"""改一件案件的答案：指名第几个、或一句“其实是”，都把那场访谈接回来；案件结了就不再问下去。"""

from collections.abc import Mapping

from ...domain.hearing.beside.heard_elsewhere import changed_mind
from ...domain.hearing.hearing import Heard
from ...domain.interview.answers import Answer
from ...domain.interview.assessment import answer_in_words
from ...domain.interview.changing.correcting import corrected_answer, is_closer, named_changes
from ...domain.interview.dialogue import Dialogue, answered_questions, put_answer, revise
from ...render.texts.interview_text import answers_message, changed_mind_message, echo_message, still_to_change_message
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Question
from ...storage.case import cases, interviews
from ...storage.case.interviews import InterviewStatus
from ...storage.records import CaseRecord
from ..base import prompts, wording
from ..base.turn import Reply, Turn, replies
from ..reading.awaits import ConfirmChange
from .interviewing import as_of_case, change_in_words, edition_for, go_on
from .under_way import OpenInterview, open_question_text, with_answers, year_of


async def settle_change(turn: Turn, interview: OpenInterview, asked: ConfirmChange, *, yes: bool) -> list[Reply]:
    """问过“要不要改成这样”之后的回答；题目已经不在的，当作没问过。"""
    await prompts.done(turn)
    if not yes or asked.question not in interview.dialogue.answers:
        return replies(open_question_text(turn, interview))
    question = interview.edition.scenario.question(asked.question)
    return await _put(turn, interview, question, Answer.from_plain(asked.answer, question.kind))


async def ask_again(turn: Turn, interview: OpenInterview, asked: ConfirmChange) -> list[Reply]:
    """问过“要不要改”，他先答了正问着的那一题：再提一次，免得那句话不了了之；这一答立了案的，改的是案件。"""
    if asked.question not in interview.dialogue.answers:
        return []
    question = interview.edition.scenario.question(asked.question)
    opened = turn.known.opened
    case = await cases.get_by_id(turn.session, turn.person, opened) if opened is not None else None
    await prompts.ask(turn, asked.model_copy(update={"case": case.code if case else None, "reminded": True}))
    return replies(still_to_change_message(question, Answer.from_plain(asked.answer, question.kind)))


async def ask_again_of_case(turn: Turn, asked: ConfirmChange) -> list[Reply]:
    """问过案件的“要不要改”，他先问了别的：再提一次。"""
    case = await cases.get(turn.session, turn.person, asked.case or "")
    if case is None or case.closed_at is not None or asked.question not in case.answers:
        return []
    edition = await edition_for(turn, case.scenario_id, case.answers, case)
    if edition is None or all(question.id != asked.question for question in edition.scenario.questions):
        return []
    question = edition.scenario.question(asked.question)
    await prompts.ask(turn, asked.model_copy(update={"reminded": True}))
    return replies(still_to_change_message(question, Answer.from_plain(asked.answer, question.kind)))


async def now_known(turn: Turn, interview: OpenInterview, heard: Heard) -> list[Reply]:
    """没有在答，听着却像先前记成“不清楚”的那题有了答案：用不着问，直接改过来；不是这样返回空。"""
    if heard.changed is None:
        return []
    question, answer = heard.changed
    return await _put(turn, interview, question, answer) if interview.dialogue.answers[question.id].is_unsure else []


async def correct(turn: Turn, interview: OpenInterview, text: str) -> list[Reply]:
    """改答过的：带着提示的字的可以一次改几题，别的由说的内容去对是哪一题；对不上返回空。"""
    scenario, dialogue = interview.edition.scenario, interview.dialogue
    named = named_changes(scenario, dialogue.answers, text, turn.said_at, correcting=True)
    if len(named) > 1:
        after, changed = put_all(turn, interview.edition, dialogue, named, None)
        return await go_on(turn, interview.at(after), changed)
    found = _sole(interview.edition, named) or corrected_answer(scenario, dialogue, text, turn.said_at)
    return [] if found is None else await _put(turn, interview, *found)


async def _put(turn: Turn, interview: OpenInterview, question: Question, answer: Answer) -> list[Reply]:
    after, changed = put_all(turn, interview.edition, interview.dialogue, {question.id: answer}, None)
    return await go_on(turn, interview.at(after), changed)


def put_all(
    turn: Turn, edition: Edition, dialogue: Dialogue, changes: Mapping[str, Answer], case_id: int | None
) -> tuple[Dialogue, str]:
    """改好几题，记进能撤销的；返回改好的和说回的话。"""
    lines: list[str] = []
    for key, answer in changes.items():
        question = edition.scenario.question(key)
        accepted = put_answer(dialogue, question, answer)
        turn.changed("answer", f"{question.short}：{answer_in_words(question, answer, year_of(turn))}", case_id)
        lines.append(change_in_words(turn, accepted) or echo_message(question, answer, year_of(turn)))
        dialogue = accepted.dialogue
    return dialogue, "\n".join(lines)


def _sole(edition: Edition, named: Mapping[str, Answer]) -> tuple[Question, Answer] | None:
    return next(((edition.scenario.question(key), answer) for key, answer in named.items()), None)


async def correct_case(
    turn: Turn, case: CaseRecord, edition: Edition, text: str, *, only_named: bool = False
) -> list[Reply]:
    """有了结论之后改答案；对不上是哪一题返回空。

    ``only_named`` 时，话里带着那一题的提示字、说了另一个数或日子的才改。
    """
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    named = named_changes(edition.scenario, dialogue.answers, text, turn.said_at, correcting=True)
    if not named and not only_named:
        found = corrected_answer(edition.scenario, dialogue, text, turn.said_at)
        named = {} if found is None else {found[0].id: found[1]}
    return await _put_in_case(turn, case, edition, dialogue, named) if named else []


async def refine_case(turn: Turn, case: CaseRecord, edition: Edition, text: str) -> list[Reply]:
    """没说是在改，把先前说的约数、约莫的日子说准了（“一共是9236块”）：直接改；先前说得准的不动，返回空。"""
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    named = named_changes(edition.scenario, dialogue.answers, text, turn.said_at, correcting=False)
    if not named or any(not is_closer(dialogue.answers[key], answer) for key, answer in named.items()):
        return []
    return await _put_in_case(turn, case, edition, dialogue, named)


async def ask_change(turn: Turn, case: CaseRecord, edition: Edition, text: str) -> list[Reply]:
    """没说是在改，说的一个数、一个日子却和案件答过的不一样：先问要不要改；对不上是哪一题返回空。"""
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    named = named_changes(edition.scenario, dialogue.answers, text, turn.said_at, correcting=False)
    found = _sole(edition, named) or changed_mind(edition.scenario, dialogue.answers, text, turn.said_at)
    if found is None:
        return []
    question, answer = found
    await prompts.ask(turn, ConfirmChange(case=case.code, question=question.id, answer=answer.to_plain()))
    return replies(changed_mind_message(question, dialogue.answers[question.id], answer))


async def settle_case_change(
    turn: Turn, case: CaseRecord, edition: Edition, asked: ConfirmChange, *, yes: bool
) -> list[Reply]:
    """问过案件答过的“要不要改成这样”之后的回答；题目已经不在的，当作没问过。"""
    await prompts.done(turn)
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    if not yes or asked.question not in dialogue.answers:
        return replies(wording.LEFT_AS_IT_WAS)
    question = edition.scenario.question(asked.question)
    changed = {question.id: Answer.from_plain(asked.answer, question.kind)}
    return await _put_in_case(turn, case, edition, dialogue, changed)


async def put_in_case(turn: Turn, case: CaseRecord, edition: Edition, changes: Mapping[str, Answer]) -> list[Reply]:
    """改案件答过的几题，照现在的手册重新判断。"""
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    return await _put_in_case(turn, case, edition, dialogue, changes)


async def _put_in_case(
    turn: Turn, case: CaseRecord, edition: Edition, dialogue: Dialogue, changes: Mapping[str, Answer]
) -> list[Reply]:
    after, changed = put_all(turn, edition, dialogue, changes, case.id)
    return await reopen_case(turn, case, edition, after, changed)


async def revise_case(turn: Turn, case: CaseRecord, edition: Edition, number: int | None) -> list[Reply]:
    """有了结论之后改答案：把那场访谈接回来，重答第 ``number`` 个；总是照现在的手册，管不了这件的才照原来的。"""
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    calendar = turn.services.calendar
    as_of = as_of_case(case, edition, turn.now)
    wanted = revise(edition.scenario, dialogue, number, as_of, calendar) if number else None
    if wanted is None:
        answered = answered_questions(edition.scenario, dialogue, as_of, calendar)
        return replies(answers_message(with_answers(answered, dialogue)))
    return await reopen_case(turn, case, edition, wanted, "")


async def reopen_case(turn: Turn, case: CaseRecord, edition: Edition, dialogue: Dialogue, prefix: str) -> list[Reply]:
    """照 ``edition`` 接着问这件案件，从 ``dialogue`` 起；不用再问的当场重新判断。``prefix`` 放在最前面。"""
    await prompts.done(turn)
    await turn.services.editions.keep(turn.session, edition, turn.now)
    record = await interviews.start(
        turn.session,
        turn.person,
        self_id=turn.incoming.self_id,
        scenario_id=edition.scenario.id,
        rulebook_digest=edition.digest,
        state=dialogue.to_plain(),
        now=turn.now,
        origin_group_id=case.origin_group_id,
        case_id=case.id,
    )
    return await go_on(turn, OpenInterview(record, edition, dialogue, as_of_case(case, edition, turn.now)), prefix)


async def drop_revisions(turn: Turn, case_id: int) -> None:
    """案件结了：还在改它答案的访谈不再问下去。"""
    running = await interviews.active(turn.session, turn.person)
    for record in [*([running] if running else []), *await interviews.suspended(turn.session, turn.person)]:
        if record.case_id == case_id:
            await interviews.save(turn.session, record, now=turn.now, status=InterviewStatus.ABANDONED)
