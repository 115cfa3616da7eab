"""一轮里从库里取好的一切，听的时候和办的时候都用它，只取一趟。"""

from dataclasses import dataclass, replace

from ..domain.interview.answers import Answers
from ..rulebook.scenario_models.models import Scenario
from ..storage.case import cases
from ..storage.person import standing
from .base import prompts
from .base.turn import Turn
from .case import casework
from .case.case_state import OpenedCase
from .interview import interviewing, under_way
from .interview.under_way import OpenInterview
from .reading.awaits import Awaited, case_of
from .reading.context import Context, OpenMatter, OpenQuestion, ReadingBook
from .reading.utterance import Utterance
from .reminders import reminding


@dataclass(frozen=True)
class Scene:
    """正在办的这一句，和此刻的一切。"""

    turn: Turn
    utterance: Utterance
    context: Context
    interview: OpenInterview | None
    cases: tuple[OpenedCase, ...]
    """没结案的案件，正说着的在最前。"""

    is_pointed: bool = False
    """话里说出了是哪件案件：就是最前的那件。"""

    def about(self, code: str | None) -> "Scene":
        """话里说的是 ``code`` 这件案件：放到最前；没说的照旧。"""
        if code is None:
            return self
        cases = tuple(sorted(self.cases, key=lambda case: case.record.code != code))
        return replace(self, cases=cases, is_pointed=True)

    @property
    def awaits(self) -> Awaited | None:
        """正等着的。"""
        return self.context.awaits


async def load(turn: Turn, text: str, *, is_command: bool) -> Scene:
    """取好此刻的一切；有案件时，搁了一天的访谈自己让到一边。"""
    awaited = await prompts.pending(turn)
    found = await _cases_first_spoken_of(turn, awaited)
    interview = await interviewing.not_in_the_way(turn, has_cases=any(case.position is not None for case in found))
    matters = tuple([await _matter(turn, case) for case in found if case.position is not None])
    has = await standing.of(turn.session, turn.person)
    asked_at = interview.record.updated_at if interview is not None else None
    context = Context(
        now=turn.said_at,
        book=_book(turn),
        awaits=awaited,
        set_aside=prompts.set_aside(turn),
        open_question=_open_question(turn, interview),
        matters=matters,
        concluded=tuple(case.edition.scenario.id for case in found if case.position is None),
        concluded_answers=_concluded_answers(found),
        has_closed=not matters and has.has_cases,
        closed=await _closed(turn) if has.has_cases and not found and interview is None else (),
        can_undo=has.has_changes,
        reminder_answerable=await reminding.is_answerable(turn, asked_at, has.last_delivery),
        has_picture=turn.incoming.has_picture,
        is_command=is_command,
    )
    return Scene(turn, Utterance(text), context, interview, found)


async def _cases_first_spoken_of(turn: Turn, awaited: Awaited | None) -> tuple[OpenedCase, ...]:
    """没结案的案件：正说着的在最前，其余最近动过的在前。"""
    found = await casework.open_cases(turn)
    code = case_of(awaited)
    return tuple(sorted(found, key=lambda case: (case.record.code != code, -case.record.updated_at.timestamp())))


def _concluded_answers(found: tuple[OpenedCase, ...]) -> tuple[Scenario, Answers] | None:
    """最近一件没有后续步骤的：场景和答过的。"""
    case = next((case for case in found if case.position is None), None)
    return None if case is None else (case.edition.scenario, case.answers)


async def _closed(turn: Turn) -> tuple[str, ...]:
    """结了案的几件各是哪个场景，新的在前。"""
    every = await cases.listed(turn.session, turn.person, include_closed=True)
    return tuple(dict.fromkeys(case.scenario_id for case in every))


async def _matter(turn: Turn, case: OpenedCase) -> OpenMatter:
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    return casework.matter_of(case, turn.services.calendar, walked)


def _open_question(turn: Turn, interview: OpenInterview | None) -> OpenQuestion | None:
    question = under_way.pending_of(turn, interview) if interview is not None else None
    if interview is None or question is None:
        return None
    return OpenQuestion(
        interview.edition.scenario,
        interview.dialogue,
        question,
        interview.as_of,
        is_revision=interview.record.case_id is not None,
    )


def _book(turn: Turn) -> ReadingBook:
    editions = turn.services.editions
    return ReadingBook(
        scenarios=editions.scenarios,
        classifier=turn.services.classifier,
        calendar=turn.services.calendar,
        asides=editions.rulebook.asides,
        topics=editions.topics,
        named=editions.names,
        command_words=editions.command_words,
    )
