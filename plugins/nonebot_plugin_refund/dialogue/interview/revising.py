"""改一件案件的答案：指名第几个、或一句“其实是”，都把那场访谈接回来；案件结了就不再问下去。"""

from ...domain.assessment import answer_in_words
from ...domain.correcting import corrected_answer
from ...domain.dialogue import Dialogue, answered_questions, put_answer, revise
from ...render.interview_text import answers_message
from ...rulebook.edition import Edition
from ...storage import interviews
from ...storage.interviews import InterviewStatus
from ...storage.records import CaseRecord
from ..base import prompts
from ..base.turn import Reply, Turn, replies
from .interviewing import (
    OpenInterview,
    as_of_case,
    change_in_words,
    edition_for,
    go_on,
    with_answers,
    year_of,
)


async def correct_case(turn: Turn, case: CaseRecord, edition: Edition, text: str) -> list[Reply]:
    """有了结论之后改一个答案；对不上是哪一题返回空。"""
    edition = await edition_for(turn, case.scenario_id, case.answers, case) or edition
    dialogue = Dialogue.from_plain(edition.scenario, {"answers": case.answers})
    found = corrected_answer(edition.scenario, dialogue, text, turn.said_at)
    if found is None:
        return []
    question, answer = found
    accepted = put_answer(dialogue, question, answer)
    turn.changed("answer", f"{question.short}：{answer_in_words(question, answer, year_of(turn))}", case.id)
    return await reopen_case(turn, case, edition, accepted.dialogue, change_in_words(turn, accepted))


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
    await turn.services.shelf.keep(turn.session, edition, turn.now)
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
