"""规则手册的数据模型：一个场景有哪些问题、事实、规则、材料和阶段。

内容写在 ``content/*.yaml``，由志愿者维护；这里只规定形状，多写一个没声明的键就报错。
日期一律是上海时区的日历日，期限的单位在 :class:`TimeLimit` 里写明。
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base_models import Id, Strict, Text, Word
from .conditions import ALWAYS, When
from .event_models import Actor, Event, Need
from .evidence_models import Evidence
from .paper_models import PaperSet
from .question_models import Option, Question, QuestionKind
from .recognition_models import RecognisedBy
from .source_models import Confidence, Source, SourceKind
from .stage_models import (
    Clock,
    LimitRule,
    Offset,
    Outcome,
    Stage,
    StageEvent,
    TimeLimit,
    Timer,
    TimerKind,
    TimerVersion,
    Track,
)

__all__ = [
    "Actor",
    "AnyOf",
    "Band",
    "Clock",
    "Confidence",
    "DateWindow",
    "Event",
    "Evidence",
    "Fact",
    "Id",
    "LimitRule",
    "Need",
    "NumberBand",
    "Offset",
    "Option",
    "Outcome",
    "Question",
    "QuestionKind",
    "RecognisedBy",
    "Rule",
    "Scenario",
    "ScenarioKind",
    "Source",
    "SourceKind",
    "Stage",
    "StageEvent",
    "Strict",
    "Text",
    "TimeLimit",
    "Timer",
    "TimerKind",
    "TimerVersion",
    "Track",
    "Verdict",
]


class DateWindow(Strict):
    """由日期题推出：还在期限里吗。取值 inside / arguable / past / unsure。

    ``arguable`` 指平台口径已过、依民法典第二百零三条仍可主张顺延的那几天。
    """

    kind: Literal["date_window"]
    id: Id
    question: Id
    """由哪个日期题推出。"""
    limit: TimeLimit
    perspective: Literal[TimerKind.DEADLINE, TimerKind.EXPECTATION] = TimerKind.DEADLINE
    """只知道日期不知道钟点时往哪边保守：deadline 当作最早，expectation 当作最晚。"""
    labels: dict[Literal["inside", "arguable", "past", "unsure"], Text]
    """每个取值怎么对用户说，会写在结论的理由里。"""


class Band(Strict):
    """数值的一段：不含 ``below``；最后一段不写 ``below``。"""

    id: Id
    below: float | None = None
    label: Text


class NumberBand(Strict):
    """由金额题或数字题推出：落在哪一段。取值为各段 id 或 unsure。"""

    kind: Literal["number_band"]
    id: Id
    question: Id
    bands: tuple[Band, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _ascending(self) -> "NumberBand":
        tops = [band.below for band in self.bands]
        inner = [top for top in tops[:-1] if top is not None]
        if tops[-1] is not None or len(inner) != len(tops) - 1 or inner != sorted(set(inner)):
            raise ValueError(f"事实“{self.id}”的各段 below 要从小到大，且只有最后一段不写 below")
        return self


class AnyOf(Strict):
    """由多选题推出：选了这些里的任何一个吗。取值 yes / no / unsure。"""

    kind: Literal["any_of"]
    id: Id
    question: Id
    options: tuple[Id, ...] = Field(min_length=1)
    labels: dict[Literal["yes", "no", "unsure"], Text]


Fact = Annotated[DateWindow | NumberBand | AnyOf, Field(discriminator="kind")]
"""推出来的事实。选择题和是非题本身就是同名的事实，不必再声明。"""


class Verdict(StrEnum):
    """结论。"""

    ELIGIBLE = "eligible"
    CONDITIONAL = "conditional"
    UNLIKELY = "unlikely"
    INELIGIBLE = "ineligible"
    REDIRECT = "redirect"


class PassedOn(Strict):
    """转到另一个场景时带过去的一个答案：写明选哪一项，或照这边哪一题的回答。"""

    question: Id
    """那边的问题。"""
    option: Id | None = None
    """选那一题的这一项。"""
    answer_of: Id | None = None
    """这边答过的这一题，日期、金额、数照搬。"""
    when: When = ALWAYS
    """这边的这些事实成立才带。"""

    @model_validator(mode="after")
    def _one_of_two(self) -> "PassedOn":
        if (self.option is None) == (self.answer_of is None):
            raise ValueError(f"“{self.question}”：option 和 answer_of 写一个")
        return self


class Rule(Strict):
    """一条规则：这些事实成立时的结论，以及要对用户说的话。"""

    id: Id
    version: int = Field(default=1, gt=0)
    """改了意思就加一，只改措辞不用动；不写就是 1。"""
    when: When = ALWAYS
    """哪些事实成立时用这条；不写就总是成立。"""
    verdict: Verdict
    """结论：eligible 符合、conditional 看材料、unlikely 较难、ineligible 通常不退、redirect 不归这里。帮助主题不写。"""
    headline: Text
    """一句话结论。"""
    because: Text
    """理由，直接对用户说。"""
    law: Text
    """法律怎么说。"""
    platform: Text
    """平台通常怎么做。"""
    steps: tuple[Text, ...] = Field(min_length=1, max_length=3)
    """你现在点哪里，最多三步。"""
    would_change: Text
    """什么情况会改变这个结论。"""
    risks: Text
    """要当心什么。"""
    sources: tuple[Id, ...] = Field(min_length=1)
    """依据的 id，至少一条。"""
    evidence: tuple[Id, ...] = ()
    """要准备的材料的 id；不写就照它那条路的，路也没写就没有。"""
    track: Id | None = None
    """立案之后走哪条路；不写就没有后续的阶段。"""
    redirect_to: Id | None = None
    """结论是 redirect 且目的地是另一个场景时，写它的 id。"""
    passes_on: tuple[PassedOn, ...] = ()
    """转过去时已经知道的，那边不用再问。"""
    needs: tuple[Id, ...] = ()
    """结论已定、但算日期还要用到的问题；不写就照它那条路的。"""
    warn_scam: bool = True
    """要不要附上一句防骗提醒。"""
    effective_from: date | None = None
    """哪天发生的事起适用这条规则。"""
    effective_to: date | None = None
    """最后适用的一天（含）。"""

    def is_effective_on(self, day: date) -> bool:
        """这条规则在事件发生的这一天是否适用（两端都含）。"""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


class ScenarioKind(StrEnum):
    """退款场景，或帮助主题（客服、申诉）。"""

    REFUND = "refund"
    TOPIC = "topic"


class Scenario(Strict):
    """一种退款的事，或一个帮助主题：一个 YAML 文件。"""

    id: Id
    version: int = Field(gt=0)
    kind: ScenarioKind = ScenarioKind.REFUND
    title: Text
    """菜单和卡片上的名字。"""
    summary: Text
    """菜单里的一行话。"""
    menu: int | None = None
    """在菜单里排第几；不写的排在最后，盖过随包场景的留在它的位置。"""
    group_answer: Text
    """群里的简短回答，最多两行，不针对任何人的情况。"""
    opening: Text
    """私聊开始时的一句话。"""
    names: tuple[Text, ...] = ()
    """用户可能怎么称呼这个场景。"""
    command: tuple[Word, ...] = ()
    """直接打开它的命令词，第一个是写给人看的：``客服``；不能是别处已经有的命令、控制词。"""
    recognised_by: RecognisedBy | None = None
    """自己加的场景靠哪些词从话里听出来；不写就只能从菜单、名字进来。随包的场景另有词表。"""
    event_date: Id | None = None
    """哪个日期题是“事情发生的日期”；规则和依据按它判断是否适用，没有则按今天。"""
    questions: tuple[Question, ...] = Field(min_length=1)
    """要问的问题，按先后；结论一定就不再问。"""
    facts: tuple[Fact, ...] = ()
    """由答案推出来的事实，如“还在 7 天内”。"""
    rules: tuple[Rule, ...] = Field(min_length=1)
    """每一种答案的组合都要正好有一条规则管。"""
    evidence: tuple[Evidence, ...] = ()
    """本场景自己的材料；共用的写在 evidence.yaml，规则里直接写它的 id。读入之后，用到的材料都在这里。"""
    events: tuple[Event, ...] = ()
    """本场景自己才有的事件；共用的写在 events.yaml。读入之后，用到的事件都在这里。"""
    clocks: tuple[Clock, ...] = ()
    """时钟：比一个阶段活得久的时限，由路带起来。"""
    tracks: tuple[Track, ...] = ()
    """立案之后的路，写明从哪个阶段起步、带起哪些时钟。"""
    stages: tuple[Stage, ...] = ()
    """案件走到的各个阶段。"""
    sources: tuple[Source, ...] = ()
    """只在本场景用到的依据；共用的写在 sources.yaml。"""
    papers: PaperSet | None = None
    """可以替用户写好的文书；也可以写在另一个文件里，开头写 ``papers_for: 场景的 id``。"""

    def question(self, question_id: str) -> Question:
        """按 id 取问题；没有则抛 ``KeyError``。"""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def track(self, track_id: str) -> Track:
        """按 id 取一条路；没有则抛 ``KeyError``。"""
        for track in self.tracks:
            if track.id == track_id:
                return track
        raise KeyError(track_id)

    def stage(self, stage_id: str) -> Stage:
        """按 id 取阶段；没有则抛 ``KeyError``。"""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def event(self, event_id: str) -> Event:
        """按 id 取事件；没有则抛 ``KeyError``。"""
        for event in self.events:
            if event.id == event_id:
                return event
        raise KeyError(event_id)

    def clock(self, clock_id: str) -> Clock:
        """按 id 取时钟；没有则抛 ``KeyError``。"""
        for clock in self.clocks:
            if clock.id == clock_id:
                return clock
        raise KeyError(clock_id)

    def rule(self, rule_id: str) -> Rule:
        """按 id 取规则；没有则抛 ``KeyError``。"""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def evidence_item(self, evidence_id: str) -> Evidence:
        """按 id 取材料；没有则抛 ``KeyError``。"""
        for item in self.evidence:
            if item.id == evidence_id:
                return item
        raise KeyError(evidence_id)
