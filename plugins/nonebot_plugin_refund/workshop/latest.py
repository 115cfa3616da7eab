"""正聊着的是哪一件事、走到了哪里：看一看的流程图照它描出走过的路。"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.days.calendar import WorkCalendar
from ..domain.interview.answers import Answers, answers_from_plain
from ..render.maps.walk import questions_walked, stages_walked
from ..rulebook.derived.flow_graph import flow_graph
from ..rulebook.scenario_models.models import Scenario
from ..storage.case import cases

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from ..cli.rehearsing.rehearsal import Rehearsal
    from ..storage.records import CaseRecord


@dataclass(frozen=True)
class Latest:
    """一件事走到的地方。"""

    scenario: Scenario
    answers: Answers
    as_of: datetime
    """“还在期限里吗”按哪一刻判断，带时区。"""
    calendar: WorkCalendar
    rule_id: str | None = None
    """结论；还在问的为空。"""
    stages: tuple[str, ...] = ()
    """案件依次到过的阶段。"""

    def walked(self) -> tuple[str, ...]:
        """流程图上依次走过的卡片；手册有漏洞时抛 ``LookupError``。"""
        asked = questions_walked(flow_graph(self.scenario), self.scenario, self.answers, self.as_of, self.calendar)
        if self.rule_id is None:
            return asked
        questions = tuple(key for key in asked if key.startswith("ask-"))
        return (*questions, *stages_walked(self.rule_id, self.stages))


async def latest_of(rehearsal: "Rehearsal", session: "AsyncSession") -> Latest | None:
    """开着的访谈；没有就是最近动过的案件，结了案的也算；都没有为空。"""
    scene = await rehearsal.scene(session, "")
    calendar = rehearsal.services.calendar
    open_question = scene.context.open_question
    if open_question is not None:
        answers = open_question.dialogue.answers
        return Latest(open_question.scenario, answers, open_question.as_of, calendar)
    found = await cases.listed(session, rehearsal.person, include_closed=True)
    record = max(found, key=lambda case: case.updated_at, default=None)
    return None if record is None else await _of_case(rehearsal, session, record)


async def _of_case(rehearsal: "Rehearsal", session: "AsyncSession", record: "CaseRecord") -> Latest | None:
    edition = await rehearsal.services.editions.of_case(session, record)
    if edition is None:
        return None
    events = await cases.events(session, record)
    stages = [stage for event in events for stage in (event.from_stage, event.to_stage) if stage is not None]
    if not stages and record.stage_id is not None:
        stages = [record.stage_id]
    scenario = edition.scenario
    answers = answers_from_plain(scenario, record.answers)
    calendar = rehearsal.services.calendar
    return Latest(scenario, answers, record.opened_at, calendar, record.rule_id, tuple(stages))
