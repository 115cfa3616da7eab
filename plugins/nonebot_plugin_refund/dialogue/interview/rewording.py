"""用话改答过的选择题：说清了的当场改，只说不是的不算答过、重新问，指了第几题的照说的改那一题。"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ...domain.hearing.picking import read_among
from ...domain.interview.changing.putting_right import PutRight
from ...domain.interview.dialogue import Dialogue, answered_questions, revise
from ...domain.interview.interview import Misread
from ...render.texts.interview_text import (
    answer_changed_message,
    denied_message,
    noted_message,
    repeat_message,
    same_message,
)
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...storage.records import CaseRecord
from ..base.turn import Reply, Turn, replies
from ..reading.correcting.corrections import without_lead
from ..reading.utterance import Utterance
from .interviewing import as_of_case, edition_for, go_on, listener_for
from .revising import put_all, reopen_case
from .under_way import OpenInterview, year_of


async def put_right_here(turn: Turn, interview: OpenInterview, found: PutRight) -> list[Reply]:
    """访谈里：改好、去掉不算的，接着问。"""
    after, told = _applied(turn, interview.edition, interview.dialogue, found, None)
    return await _go_on(turn, interview, after, told)


async def ask_anew(turn: Turn, interview: OpenInterview, question: str, lead: str) -> list[Reply]:
    """访谈里：这一题不算答过，先说一句再问。"""
    turn.changed("answer", interview.edition.scenario.question(question).short)
    return await _go_on(turn, interview, _without(interview.dialogue, (question,)), lead)


async def _go_on(turn: Turn, interview: OpenInterview, after: Dialogue, told: str) -> list[Reply]:
    """改好以后才轮到问的题，先前说过的就用上，说回去。"""
    listener = listener_for(turn, interview.edition, interview.as_of)
    settled = listener.settled(after)
    used = noted_message(listener.noted(after, settled, None, {}), year_of(turn))
    return await go_on(turn, interview.at(settled), "\n".join(filter(None, (told, used))))


async def put_case_right(turn: Turn, case: CaseRecord, edition: Edition, found: PutRight) -> list[Reply]:
    """有了结论之后：把那场访谈接回来，改好再判断；要重新问的接着问。"""
    edition, dialogue = await _dialogue_of(turn, case, edition)
    after, told = _applied(turn, edition, dialogue, _known_in(edition.scenario, found), case.id)
    if not (found.changes or found.denied):
        return replies(told)
    return await reopen_case(turn, case, edition, after, told)


async def revise_here(turn: Turn, interview: OpenInterview, number: int, said: str) -> list[Reply]:
    """访谈里“修改 2 质量问题”；没有第几题的返回空。"""
    wanted = _numbered(turn, interview.edition, interview.dialogue, interview.as_of, number, said, None)
    return [] if wanted is None else await _go_on(turn, interview, *wanted)


async def revise_case(turn: Turn, case: CaseRecord, edition: Edition, number: int, said: str) -> list[Reply]:
    """有了结论之后“修改 2 质量问题”；没有第几题的返回空。"""
    edition, dialogue = await _dialogue_of(turn, case, edition)
    wanted = _numbered(turn, edition, dialogue, as_of_case(case, edition, turn.now), number, said, case.id)
    return [] if wanted is None else await reopen_case(turn, case, edition, *wanted)


async def _dialogue_of(turn: Turn, case: CaseRecord, edition: Edition) -> tuple[Edition, Dialogue]:
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    return edition, Dialogue.from_plain(edition.scenario, {"answers": case.answers})


def _known_in(scenario: Scenario, found: PutRight) -> PutRight:
    """这一版手册里还有的题。"""
    known = {question.id for question in scenario.questions}
    changes = {key: answer for key, answer in found.changes.items() if key in known}
    denied, same = (tuple(key for key in keys if key in known) for keys in (found.denied, found.same))
    return PutRight(changes, denied, same)


def _applied(
    turn: Turn, edition: Edition, dialogue: Dialogue, found: PutRight, case_id: int | None
) -> tuple[Dialogue, str]:
    """改好的，和说回的话：改了哪几题、哪几题不算了。"""
    answered = {key: answer for key, answer in found.changes.items() if key in dialogue.answers}
    dialogue, told = put_all(turn, edition, dialogue, answered, case_id)
    lines = [told]
    for key, answer in found.changes.items():
        if key in answered:
            continue
        question = edition.scenario.question(key)
        lines.append(answer_changed_message(question, dialogue.held[key], answer, year_of(turn)))
        turn.changed("answer", question.short, case_id)
        dialogue = replace(dialogue, held={**dialogue.held, key: answer})
    known = {**dialogue.held, **dialogue.answers}
    lines += [same_message(edition.scenario.question(key), known[key], year_of(turn)) for key in found.same]
    if found.denied:
        questions = [edition.scenario.question(key) for key in found.denied]
        lines.append(denied_message(questions))
        turn.changed("answer", "、".join(question.short for question in questions), case_id)
        dialogue = _without(dialogue, found.denied)
        if (days := _within_a_holiday(turn, edition.scenario, questions)) is not None:
            dialogue, lines = (
                replace(dialogue, offered=days.days),
                [*lines, repeat_message(questions[0], days, times=1)],
            )
    return dialogue, "\n".join(filter(None, lines))


def _within_a_holiday(turn: Turn, scenario: Scenario, denied: Sequence[Question]) -> Misread | None:
    """“记错了 是五一收到的”：改的是哪天，只说了放几天假的节；不是这样的为空。"""
    if len(denied) != 1 or denied[0].kind is not QuestionKind.DATE:
        return None
    said = without_lead(Utterance(turn.incoming.text)) or turn.incoming.text
    read = read_among(scenario, denied[0], said, turn.said_at)
    return read if isinstance(read, Misread) and read.holiday is not None else None


def _without(dialogue: Dialogue, keys: tuple[str, ...]) -> Dialogue:
    """这几题不算答过。"""
    answers = {key: answer for key, answer in dialogue.answers.items() if key not in keys}
    held = {key: answer for key, answer in dialogue.held.items() if key not in keys}
    return replace(dialogue, answers=answers, held=held, misreads=0, revising=None, offered=())


def _numbered(
    turn: Turn, edition: Edition, dialogue: Dialogue, as_of: datetime, number: int, said: str, case_id: int | None
) -> tuple[Dialogue, str] | None:
    """改第几题、改成 ``said``：读得准的当场改，读不准的那一题重新问。"""
    calendar = turn.services.calendar
    wanted = revise(edition.scenario, dialogue, number, as_of, calendar)
    if wanted is None:
        return None
    question = answered_questions(edition.scenario, dialogue, as_of, calendar)[number - 1]
    read = read_among(edition.scenario, question, said, turn.said_at)
    if isinstance(read, Misread) and read.days:
        return replace(wanted, offered=read.days), repeat_message(question, read, times=1)
    if isinstance(read, Misread) or read.is_unsure:
        return wanted, ""
    return put_all(turn, edition, dialogue, {question.id: read}, case_id)
