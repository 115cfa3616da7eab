"""说明白了的此刻：``read`` 的一行、``evaluate`` 的一句，各是在什么情形下说的。

问过一题的，别的什么都没答；有案件的，站在说的那个阶段，一天前进来的；都没有的是第一句话。
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ...dialogue.reading.awaits import PickEvent
from ...dialogue.reading.context import Context, OpenMatter, OpenQuestion, ReadingBook
from ...dialogue.reading.intents import Band, Reading, Unclear
from ...dialogue.reading.read import read
from ...dialogue.reading.utterance import Utterance
from ...dialogue.rulebooks.editions import Editions
from ...domain.case.cases import CasePosition, open_timers
from ...domain.days.calendar import WorkCalendar
from ...domain.hearing.hearing import Listener
from ...domain.interview.dialogue import Dialogue
from ...domain.understanding.scenarios import Classifier
from ...rulebook.derived.stage_view import stage_on
from ...rulebook.loader import Rulebook
from ...rulebook.scenario_models.models import Question, Scenario
from ..rehearsing.rehearsal import command_arguments

CASE_CODE = "K7Q2"
"""情形里那件案件的号。"""
_IN_STAGE_FOR = timedelta(days=1)


class UnknownContextError(ValueError):
    """情形里写了手册里没有的东西，或前后对不上；消息写明是什么。"""


@dataclass(frozen=True, slots=True)
class Stated:
    """一句话是在什么情形下说的。"""

    now: datetime
    """带时区。"""
    scenario: str | None = None
    question: str | None = None
    """刚问了这一题。"""
    stage: str | None = None
    """有一件案件站在这个阶段。"""
    case: bool = False
    """有一件案件；没写阶段的，刚立案。"""
    asked_for_news: bool = False
    """刚列过这件案件能报告的事，等他说是哪一件。"""


@dataclass(frozen=True)
class StatedReader:
    """听话的台面：手册和识别器只装一次，情形一样的只搭一次。"""

    book: ReadingBook
    _contexts: dict[Stated, Context] = field(default_factory=dict[Stated, Context])

    @classmethod
    def of(cls, book: Rulebook) -> "StatedReader":
        """照一本手册装好。"""
        editions = Editions(book)
        reading_book = ReadingBook(
            scenarios=editions.scenarios,
            classifier=Classifier(book.signals(), book.scenarios),
            calendar=WorkCalendar(),
            asides=book.asides,
            topics=editions.topics,
            named=editions.names,
            command_words=editions.command_words,
        )
        return cls(reading_book)

    def read(self, text: str, stated: Stated) -> tuple[Context, Reading]:
        """这句话在这个情形里的听法，用的就是聊天里的那一个 :func:`~...dialogue.reading.read.read`。

        Raises:
            UnknownContextError: 情形不成立。
        """
        context = self.context(stated)
        said = text.strip()
        if not said:
            return context, Reading((Unclear(),), Band.ASK, 0.0, reader="unclear")
        arguments = command_arguments(said, private=True)
        if arguments is None:
            return context, read(context, Utterance(said))
        return context, read(_as_command(context), Utterance(arguments))

    def context(self, stated: Stated) -> Context:
        """搭好的此刻；情形不成立的抛 :class:`UnknownContextError`。"""
        if stated not in self._contexts:
            self._contexts[stated] = self._built(stated)
        return self._contexts[stated]

    def scenario(self, scenario_id: str) -> Scenario:
        """按 id 取场景；没有的抛 :class:`UnknownContextError`。"""
        known = {scenario.id: scenario for scenario in self.book.scenarios}
        if scenario_id not in known:
            raise UnknownContextError(f"没有叫“{scenario_id}”的场景；有：{'、'.join(known)}")
        return known[scenario_id]

    def question(self, scenario_id: str, question_id: str) -> Question:
        """按 id 取一题；没有的抛 :class:`UnknownContextError`。"""
        scenario = self.scenario(scenario_id)
        found = next((question for question in scenario.questions if question.id == question_id), None)
        if found is None:
            raise UnknownContextError(f"场景 {scenario_id} 没有问题“{question_id}”")
        return found

    def listener(self, scenario: Scenario, now: datetime) -> Listener:
        """这个场景的访谈的听法。"""
        return Listener(scenario, self.book.calendar, now, now, self.book.asides)

    def _built(self, stated: Stated) -> Context:
        wants_case = stated.case or stated.stage is not None
        if stated.scenario is None:
            if stated.question is not None or wants_case:
                raise UnknownContextError("写了 question、stage 或 case，就要写 scenario")
            return Context(now=stated.now, book=self.book)
        scenario = self.scenario(stated.scenario)
        standing = self._matter(scenario, stated) if wants_case else None
        is_closed = standing is not None and standing.stage.outcome is not None
        matters = () if standing is None or is_closed else (standing,)
        events = tuple(event.id for event in matters[0].stage.events) if matters else ()
        question = None if stated.question is None else self.question(scenario.id, stated.question)
        return Context(
            now=stated.now,
            book=self.book,
            awaits=PickEvent(case=CASE_CODE, events=events) if stated.asked_for_news and events else None,
            open_question=None if question is None else OpenQuestion(scenario, Dialogue(), question, stated.now),
            matters=matters,
            has_closed=is_closed,
            closed=(scenario.id,) if is_closed else (),
            can_undo=question is not None or standing is not None,
        )

    def _matter(self, scenario: Scenario, stated: Stated) -> OpenMatter:
        entered = stated.now - _IN_STAGE_FOR
        position = position_at(scenario, stated.stage, entered)
        return OpenMatter(
            code=CASE_CODE,
            scenario=scenario,
            position=position,
            stage=stage_on(scenario, position.stage_id, position.track_id),
            answers={},
            timers=open_timers(scenario, position, {}, self.book.calendar),
        )


def position_at(scenario: Scenario, stage_id: str | None, entered_at: datetime) -> CasePosition:
    """站在这个阶段的案件：走得到它最快的那条路；不说阶段的是第一条路的起点。

    Raises:
        UnknownContextError: 没有这个阶段，没有一条路走得到它，或这个场景没有后续阶段。
    """
    if not scenario.tracks:
        raise UnknownContextError(f"场景 {scenario.id} 没有后续的阶段，立不了案")
    if stage_id is None:
        first = scenario.tracks[0]
        return CasePosition(first.id, first.start, entered_at)
    if all(stage.id != stage_id for stage in scenario.stages):
        known = "、".join(stage.id for stage in scenario.stages)
        raise UnknownContextError(f"场景 {scenario.id} 没有阶段“{stage_id}”；有：{known}")
    reached = [
        (steps, number, track_id)
        for number, (track_id, stage, steps) in enumerate(walks(scenario))
        if stage == stage_id
    ]
    if not reached:
        raise UnknownContextError(f"场景 {scenario.id} 没有一条路走得到阶段“{stage_id}”")
    return CasePosition(min(reached)[2], stage_id, entered_at)


def walks(scenario: Scenario) -> Iterator[tuple[str, str, int]]:
    """每条路走得到的每个阶段，和走到它最少要几步。"""
    for track in scenario.tracks:
        waiting, seen = deque([(track.start, 0)]), {track.start}
        while waiting:
            stage_id, steps = waiting.popleft()
            yield track.id, stage_id, steps
            stage = stage_on(scenario, stage_id, track.id)
            following = [event.to for event in stage.events]
            following += [timer.next_stage for timer in stage.timers if timer.next_stage]
            for target in following:
                if target not in seen:
                    seen.add(target)
                    waiting.append((target, steps + 1))


def _as_command(context: Context) -> Context:
    return replace(context, is_command=True)
