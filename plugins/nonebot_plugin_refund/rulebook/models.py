"""规则手册的数据模型：一个场景有哪些问题、事实、规则、材料和阶段。

内容写在 ``content/*.yaml``，由志愿者维护；这里只规定形状，多写一个没声明的键就报错。
日期一律是上海时区的日历日，期限的单位在 :class:`TimeLimit` 里写明。
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from .conditions import ALWAYS, UNSURE, When

_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"id “{value}” 只能用小写字母、数字、- 和 _，并以字母开头")
    return value


def _text(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise ValueError("这里的文字不能是空的")
    return stripped


Id = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(_text)]


class Strict(BaseModel):
    """不许出现没声明的键；读入后不再改变。"""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Confidence(StrEnum):
    """对一条依据的把握；低于 high 的会如实告诉用户。"""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SourceKind(StrEnum):
    """依据从哪里来：法律法规与司法解释、平台规则、经验做法。"""

    LAW = "law"
    PLATFORM_RULE = "platform_rule"
    PRACTICE = "practice"


class Source(Strict):
    """一条依据。按事件发生的日期判断是否有效，不按今天。"""

    id: Id
    kind: SourceKind
    title: Text
    """文件名，如《中华人民共和国消费者权益保护法》。"""
    article: str = ""
    """条号，如“第二十五条”；没有条号的留空。"""
    says: Text
    """它说了什么：自己的话，一两句。"""
    effective_from: date | None = None
    effective_to: date | None = None
    """最后有效的一天（含）；仍然有效的不写。"""
    last_checked_on: date
    check_every_days: int = Field(gt=0)
    confidence: Confidence
    note: str = ""
    """把握不足时，哪里不确定。"""

    def is_effective_on(self, day: date) -> bool:
        """这一天它是否有效（两端都含）。"""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )

    def is_check_overdue(self, today: date) -> bool:
        """距上次核对是否已超过 ``check_every_days`` 天。"""
        return (today - self.last_checked_on).days > self.check_every_days


class QuestionKind(StrEnum):
    """一个问题怎么答。"""

    CHOICE = "choice"
    MULTI = "multi"
    DATE = "date"
    AMOUNT = "amount"
    NUMBER = "number"
    YESNO = "yesno"


class Option(Strict):
    """一个选项：编号由顺序决定，``aliases`` 是人们口头会怎么说。"""

    id: Id
    label: Text
    aliases: tuple[Text, ...] = ()
    exclusive: bool = False
    """多选题里“以上都没有”这类选项：选了它就不能再选别的。"""


class Question(Strict):
    """访谈里的一步。"""

    id: Id
    text: Text
    """问出来的话，不超过 60 字。"""
    why: Text
    """用户问“为什么”时的回答。"""
    kind: QuestionKind
    short: Text
    """在“已答”清单和理由里怎么称呼它，如“签收日期”。"""
    options: tuple[Option, ...] = ()
    ask_when: When = ALWAYS
    unsure_not_offered_because: str = ""
    """不提供“不清楚”时，写明为什么。"""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    """数字题的单位，如“岁”。"""

    @property
    def offers_unsure(self) -> bool:
        """是否可以答“不清楚”。"""
        return not self.unsure_not_offered_because

    @model_validator(mode="after")
    def _options_fit_kind(self) -> "Question":
        choosing = self.kind in (QuestionKind.CHOICE, QuestionKind.MULTI)
        if choosing and len(self.options) < 2:
            raise ValueError(f"问题“{self.id}”是选择题，至少要两个选项")
        if not choosing and self.options:
            raise ValueError(f"问题“{self.id}”不是选择题，不能写 options")
        ids = [option.id for option in self.options]
        if len(ids) != len(set(ids)) or UNSURE in ids:
            raise ValueError(f"问题“{self.id}”的选项 id 重复，或用了保留的 unsure")
        return self


class LimitRule(StrEnum):
    """期限怎么数。名称与 ``refund deadline`` 的 rule 一致。"""

    SEVEN_DAY = "seven-day"
    """签收次日为第 1 天，第 7 天结束；平台不顺延，依法可主张顺延。"""
    CALENDAR_DAYS = "calendar-days"
    WORKDAYS = "workdays"
    HOURS = "hours"
    MONTHS = "months"


class TimeLimit(Strict):
    """多长：数法加数量。"""

    rule: LimitRule
    n: int = Field(gt=0)


class TimerKind(StrEnum):
    """时限的两种：过了自己吃亏，或过了对方理亏。"""

    DEADLINE = "deadline"
    EXPECTATION = "expectation"


class DateWindow(Strict):
    """由日期题推出：还在期限里吗。取值 inside / arguable / past / unsure。

    ``arguable`` 指平台口径已过、依民法典第二百零三条仍可主张顺延的那几天。
    """

    kind: Literal["date_window"]
    id: Id
    question: Id
    limit: TimeLimit
    perspective: TimerKind = TimerKind.DEADLINE
    """只知道日期不知道钟点时往哪边保守：deadline 当作最早，expectation 当作最晚。"""
    labels: dict[Literal["inside", "arguable", "past", "unsure"], Text]


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
    unsure_label: Text

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


class Evidence(Strict):
    """一项材料。机器人不收图片，只记“有没有”。"""

    id: Id
    title: Text
    why: Text
    how: Text
    """怎么拿到。"""
    may_vanish: str = ""
    """什么时候可能就拿不到了。"""
    official_only: bool = False
    """含证件或账号，只交官方入口，不发群里也不发给机器人。"""


class Rule(Strict):
    """一条规则：这些事实成立时的结论，以及要对用户说的话。"""

    id: Id
    version: int = Field(gt=0)
    when: When = ALWAYS
    verdict: Verdict
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
    sources: tuple[Id, ...] = Field(min_length=1)
    evidence: tuple[Id, ...] = ()
    track: Id | None = None
    redirect_to: Id | None = None
    """结论是 redirect 且目的地是另一个场景时，写它的 id。"""
    needs: tuple[Id, ...] = ()
    """结论已定、但算日期还要用到的问题。"""
    warn_scam: bool = True
    effective_from: date | None = None
    effective_to: date | None = None

    def is_effective_on(self, day: date) -> bool:
        """这条规则在事件发生的这一天是否适用（两端都含）。"""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


_OFFSET = re.compile(r"(-?\d{1,3})(?:h|d@([01]\d|2[0-3]):([0-5]\d))")


def _offset(value: str) -> str:
    if not _OFFSET.fullmatch(value):
        raise ValueError(
            f"提醒时间“{value}”应写成 3h（到期前 3 小时）或 1d@10:00（到期前 1 天的 10 点），负数表示到期之后"
        )
    return value


Offset = Annotated[str, AfterValidator(_offset)]
"""提醒相对到期时刻的位置；``2d@10:00`` 是到期那天往前 2 天的上海时间 10 点，``0h`` 是到期那一刻。"""


class TimerVersion(Strict):
    """一个时限在某段时期里的长度；起算日落在这段时期内就用它。"""

    limit: TimeLimit
    effective_from: date | None = None
    effective_to: date | None = None
    sources: tuple[Id, ...] = Field(min_length=1)


class Timer(Strict):
    """时限。从一个日期题的答案起算；不写 ``start`` 的从进入这个阶段的时刻起算。"""

    id: Id
    version: int = Field(gt=0)
    kind: TimerKind
    title: Text
    start: Id | None = None
    lengths: tuple[TimerVersion, ...] = Field(min_length=1)
    remind: tuple[Offset, ...] = Field(min_length=1)
    before: str = ""
    """到期之前提醒时说的话。"""
    after: Text
    """到期之后说的话：deadline 说还能做什么，expectation 说多了哪一步可走。"""
    next_stage: Id | None = None
    """到期后案件自动走到的阶段；不写就停在原阶段等用户说。"""

    @model_validator(mode="after")
    def _before_is_written_when_reminded_early(self) -> "Timer":
        early = any(not (offset.startswith("-") or offset in {"0h", "0d@00:00"}) for offset in self.remind)
        if early and not self.before:
            raise ValueError(f"时限“{self.id}”有到期前的提醒，要写 before")
        return self


class StageEvent(Strict):
    """用户报告的一件事，把案件带到另一个阶段。"""

    id: Id
    label: Text
    aliases: tuple[Text, ...] = ()
    to: Id


class Outcome(StrEnum):
    """案件怎样结束。"""

    REFUNDED = "refunded"
    PARTLY_REFUNDED = "partly_refunded"
    NOT_REFUNDED = "not_refunded"
    WITHDRAWN = "withdrawn"
    MOVED_ON = "moved_on"


class Stage(Strict):
    """案件所处的阶段。有 ``outcome`` 的是终点。"""

    id: Id
    title: Text
    happening: Text
    """现在是什么情况。"""
    todo: Text
    """你该做什么。"""
    timers: tuple[Timer, ...] = ()
    events: tuple[StageEvent, ...] = ()
    outcome: Outcome | None = None


class Track(Strict):
    """一条路：从哪个阶段起步。阶段写在场景的 ``stages`` 里，几条路可以走到同一个阶段。"""

    id: Id
    start: Id


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
    summary: Text
    """菜单里的一行话。"""
    group_answer: Text
    """群里的简短回答，最多两行，不针对任何人的情况。"""
    opening: Text
    """私聊开始时的一句话。"""
    names: tuple[Text, ...] = ()
    """用户可能怎么称呼这个场景。"""
    event_date: Id | None = None
    """哪个日期题是“事情发生的日期”；规则和依据按它判断是否适用，没有则按今天。"""
    questions: tuple[Question, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)
    evidence: tuple[Evidence, ...] = ()
    tracks: tuple[Track, ...] = ()
    stages: tuple[Stage, ...] = ()
    sources: tuple[Source, ...] = ()
    """只在本场景用到的依据；共用的写在 sources.yaml。"""

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

    def first_stage(self, track_id: str) -> Stage:
        """一条路的起点；没有则抛 ``KeyError``。"""
        return self.stage(self.track(track_id).start)

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
