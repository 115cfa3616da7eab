"""一场对话此刻的样子：说一句之前、之后各看一遍，就知道这一句带来了什么。只看，不改。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from ...dialogue.rulebooks.editions import Editions
from ...domain.days.calendar import WorkCalendar
from ...domain.interview.answers import Answer, answers_from_plain
from ...domain.interview.dialogue import Dialogue, pending_question
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Question, Rule
from ...storage.case import cases, interviews
from ...storage.records import CaseRecord, Person
from .rehearsal import Rehearsal


@dataclass(frozen=True, slots=True)
class TalkState:
    """一场对话此刻的样子：问到哪一题、答了什么、有哪些案件。"""

    interview: int | None = None
    """正在进行的访谈的行号。"""
    revises: int | None = None
    """这场访谈在改哪件案件的答案，案件的行号。"""
    dialogue: Dialogue = field(default_factory=Dialogue)
    question: Question | None = None
    """正等着回答的问题。"""
    suspended: frozenset[int] = frozenset()
    """搁下的访谈的行号。"""
    cases: Mapping[int, CaseRecord] = field(default_factory=dict[int, CaseRecord])
    """名下的案件，按行号。"""


@dataclass(frozen=True, slots=True)
class Judged:
    """刚得出的一个结论。"""

    edition: Edition
    rule: Rule
    answers: Mapping[str, Answer]
    as_of: datetime


async def state_of(session: AsyncSession, rehearsal: Rehearsal, now: datetime) -> TalkState:
    """看一眼正在说话的人此刻怎样。"""
    person = rehearsal.person
    found = {case.id: case for case in await cases.listed(session, person, include_closed=True)}
    aside = frozenset(record.id for record in await interviews.suspended(session, person))
    state = TalkState(suspended=aside, cases=found)
    return await _with_interview(session, person, rehearsal.services.editions, state, now)


async def _with_interview(
    session: AsyncSession, person: Person, editions: Editions, state: TalkState, now: datetime
) -> TalkState:
    record = await interviews.active(session, person)
    edition = editions.current(record.scenario_id) if record is not None else None
    if record is None or edition is None:
        return state
    dialogue = Dialogue.from_plain(edition.scenario, record.state)
    return TalkState(
        interview=record.id,
        revises=record.case_id,
        dialogue=dialogue,
        question=pending_question(edition.scenario, dialogue, now, WorkCalendar()),
        suspended=state.suspended,
        cases=state.cases,
    )


def judged(before: TalkState, after: TalkState, editions: Editions, now: datetime) -> Judged | None:
    """这一句得出了哪个结论：新立的案件，答案改了的案件，改答案的访谈走完了的案件；没有为 ``None``。"""
    for case_id, case in after.cases.items():
        earlier = before.cases.get(case_id)
        is_new = earlier is None
        is_changed = earlier is not None and (earlier.answers, earlier.rule_id) != (case.answers, case.rule_id)
        if is_new or is_changed or case_id == _finished_revision(before, after):
            return _judged(case, editions, now)
    return None


def noted(before: TalkState, answers: Mapping[str, Answer], held: Mapping[str, Answer]) -> dict[str, Answer]:
    """除了正等着的那一题，这一句还记下、用上了哪些。"""
    asked = before.question.id if before.question is not None else None
    known = before.dialogue
    used = {key: answer for key, answer in answers.items() if key not in known.answers and key != asked}
    waiting = {key: answer for key, answer in held.items() if known.held.get(key) != answer}
    return used | waiting


def _finished_revision(before: TalkState, after: TalkState) -> int | None:
    still_there = after.interview == before.interview or before.interview in after.suspended
    return None if before.interview is None or still_there else before.revises


def _judged(case: CaseRecord, editions: Editions, now: datetime) -> Judged | None:
    edition = editions.current(case.scenario_id)
    rule = next((rule for rule in edition.scenario.rules if rule.id == case.rule_id), None) if edition else None
    if edition is None or rule is None:
        return None
    starts = {track.start for track in edition.scenario.tracks}
    as_of = now if case.stage_id is None or case.stage_id in starts else case.opened_at
    return Judged(edition, rule, answers_from_plain(edition.scenario, case.answers), as_of)
