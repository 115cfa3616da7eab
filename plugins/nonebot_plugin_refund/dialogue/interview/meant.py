"""改口改的是岁数、日子、钱数，没说是哪一题：算得出来的当场改、说回，算不出来的那一题照他说的重新问。"""

from dataclasses import replace

from ...domain.interview.changing.meant_values import MeantValue, held_value, meant_value
from ...domain.interview.changing.putting_right import PutRight
from ...domain.interview.dialogue import Dialogue
from ...render.dates import day_in_words
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import QuestionKind
from ...storage.records import CaseRecord
from ..base import wording
from ..base.ages import told_age_in_words
from ..base.turn import Reply, Turn, replies
from . import interviewing, rewording
from .revising import edition_for, put_in_case
from .under_way import OpenInterview, open_question_text


async def put_right_here(turn: Turn, interview: OpenInterview, said: str) -> list[Reply]:
    """访谈里；对不上返回空。"""
    scenario, dialogue = interview.edition.scenario, interview.dialogue
    known = {**dialogue.held, **dialogue.answers}
    meant = meant_value(scenario, known, said, turn.said_at, mentioned=dialogue.mentioned)
    if meant is not None:
        return await _put(turn, interview, meant)
    found = held_value(scenario, dialogue.held, said, turn.said_at)
    if found is None:
        return []
    question, answer = found
    return await rewording.put_right_here(turn, interview, PutRight({question.id: answer}))


async def put_case_right(turn: Turn, case: CaseRecord, edition: Edition, said: str) -> list[Reply]:
    """有了结论之后；对不上返回空。"""
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    known = Dialogue.from_plain(edition.scenario, {"answers": case.answers}).answers
    meant = meant_value(edition.scenario, known, said, turn.said_at)
    if meant is None or meant.question is None:
        return []
    if meant.same:
        return await rewording.put_case_right(turn, case, edition, PutRight(same=(meant.question,)))
    if meant.answer is not None:
        return await put_in_case(turn, case, edition, {meant.question: meant.answer})
    return await rewording.put_case_right(turn, case, edition, PutRight(denied=(meant.question,)))


async def _put(turn: Turn, interview: OpenInterview, meant: MeantValue) -> list[Reply]:
    if meant.question is None:
        return await _move_day(turn, interview, meant)
    if meant.answer is not None:
        found = PutRight(same=(meant.question,)) if meant.same else PutRight({meant.question: meant.answer})
        return await rewording.put_right_here(turn, interview, found)
    if interview.edition.scenario.question(meant.question).kind is QuestionKind.DATE:
        return await rewording.put_right_here(turn, interview, PutRight(denied=(meant.question,)))
    lead = told_age_in_words(meant.age) if meant.age is not None else wording.THEN_AGED
    return await rewording.ask_anew(turn, interview, meant.question, lead)


async def _move_day(turn: Turn, interview: OpenInterview, meant: MeantValue) -> list[Reply]:
    """先提到、还没问到的那天。"""
    turn.changed("answer", "先前说的那天")
    after = interview.at(replace(interview.dialogue, mentioned=meant.day))
    await interviewing.keep(turn, after)
    today = turn.now.date()
    told = wording.DAY_DROPPED if meant.day is None else wording.DAY_MOVED.format(day=day_in_words(meant.day, today))
    return replies(told, open_question_text(turn, after))
