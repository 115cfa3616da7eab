"""阶段与时限：案件一步步怎么走，每一步有哪些日子要记。

期限的单位在 :class:`TimeLimit` 里写明；提醒的钟点是上海时间。
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, cast

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from .base_models import ID_SCHEMA, Id, Strict, Text

CLOSED = "closed"
"""``until`` 里代表任何一个终点（有 outcome 的阶段）。"""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_ONE_OR_SOME = {"anyOf": [ID_SCHEMA, {"type": "array", "items": ID_SCHEMA, "minItems": 1}]}


class OnTracks(Strict):
    """只在这几条路上。"""

    track: Annotated[tuple[Id, ...], BeforeValidator(_listed), WithJsonSchema(_ONE_OR_SOME)] = Field(min_length=1)
    """路的 id，写一个或一列。"""

    def holds_on(self, track_id: str) -> bool:
        """走的是不是其中一条路。"""
        return track_id in self.track


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
    """时限的几种：过了自己吃亏的、过了对方理亏的；约好要去的；还有一种不是日子，是隔几天没动静时的一句问候。"""

    DEADLINE = "deadline"
    EXPECTATION = "expectation"
    APPOINTMENT = "appointment"
    """约在哪天调解、开庭：说了哪天才有。"""
    CHECK_IN = "check_in"


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
    rolls: bool = True
    """末日碰上休息日，依法可以主张顺延（民法典第二百零三条）；平台自己的倒计时不等人，写 false。"""
    sources: tuple[Id, ...] = ()
    """凭什么是这么长；问候不用写。"""


class Timer(Strict):
    """时限。从一个日期题的答案起算；不写 ``start`` 的从进入这个阶段的时刻起算。

    ``check_in`` 是问候：进了这个阶段几天没动静，问一声；只写 ``title`` 和 ``after``，不算日子，哪里都不当日期列出来。

    手册里可以写 ``use: 另一个时限的 id`` 照用它，只改不同的几项；读入时就换成完整的样子。
    """

    id: Id
    version: int = Field(default=1, gt=0)
    """改了长短就加一，只改措辞不用动；不写就是 1。"""
    kind: TimerKind
    """deadline：过了自己吃亏；expectation：过了对方理亏；appointment：约好哪天去；check_in：不是日子，几天没动静问一声。"""
    title: Text
    start: Id | None = None
    """从哪个日期题的答案起算；不写就从进入这个阶段起算。"""
    lengths: tuple[TimerVersion, ...] = ()
    """多长，凭什么；规则改过的，各个时期各写一项。check_in 不写的是三天，appointment 不写。"""
    remind: tuple[Offset, ...] = Field(default=(), min_length=1)
    """什么时候提醒：3h 是到期前 3 小时，1d@10:00 是到期前一天 10 点，前面加 - 是到期之后。

    不写的：deadline 在到期前两天、前一天和当天的 10 点，expectation 在到期后一天的 10 点，
    appointment 在前两天、前一天的 10 点、当天 8 点和后一天的 10 点，
    check_in 在那天的 10 点半，时钟在到期前 30 天、7 天、1 天的 10 点。
    """
    before: str = ""
    """到期之前提醒时说的话。"""
    after: Text
    """到期之后说的话：deadline 说还能做什么，expectation 说多了哪一步可走；check_in 说的就是这句。"""
    done: Id | None = None
    """办成了是这个阶段里的哪件事：回「完成」就当作报告了它。只有 deadline 写；办成有几种样子的不写。"""
    next_stage: Id | None = None
    """到期后案件自动走到的阶段；不写就停在原阶段等用户说。"""
    when: OnTracks | None = None
    """只在这几条路上才有；不写就都有。"""
    told: bool = False
    """对方说了期限（“三天内补”“说周五前打过来”）的，照说的算；法定的期限不写。

    只管从进入阶段起算的；``use`` 照用它、另写了 ``start`` 的，仍照 ``lengths`` 算。不写 ``lengths`` 的，说了才有。
    """
    after_told: bool = False
    """对方说了最晚哪天（调解书写的付款日）的，从那天起算，分几次的从最后一次；没说的、写了 ``start`` 的照旧。"""
    court_term: bool = False
    """法院审结的期限：说了用哪种程序（小额、简易、普通）的，照那种的长短算；没说的照 ``lengths``。"""

    _usual_reminders: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "deadline": ("2d@10:00", "1d@10:00", "0d@10:00"),
        "expectation": ("-1d@10:00",),
        "appointment": ("2d@10:00", "1d@10:00", "0d@08:00", "-1d@10:00"),
        "check_in": ("0d@10:30",),
    }
    _usual_lengths: ClassVar[Mapping[str, tuple[Mapping[str, Any], ...]]] = {
        "appointment": ({"limit": {"rule": "calendar-days", "n": 1}},),
        "check_in": ({"limit": {"rule": "calendar-days", "n": 3}},),
    }

    @model_validator(mode="before")
    @classmethod
    def _filled_in_as_usual(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return cast("object", data)
        written = cast("dict[str, Any]", data)
        kind = str(written.get("kind"))
        usual = {"remind": cls._usual_reminders.get(kind), "lengths": cls._usual_lengths.get(kind)}
        return {key: value for key, value in usual.items() if value is not None} | written

    @property
    def is_only_told(self) -> bool:
        """说了哪天才有：约好的日子，和只照说的算的期限。"""
        return self.kind is TimerKind.APPOINTMENT or (self.told and not self.lengths)

    @model_validator(mode="after")
    def _lengths_say_why(self) -> "Timer":
        if not self.lengths and not (self.told and self.start is None and self.next_stage is None):
            raise ValueError(f"时限“{self.id}”要写 lengths：多长，凭什么")
        if self.kind not in (TimerKind.CHECK_IN, TimerKind.APPOINTMENT) and not all(
            length.sources for length in self.lengths
        ):
            raise ValueError(f"时限“{self.id}”的每一项 lengths 要写 sources：凭什么")
        return self

    @model_validator(mode="after")
    def _before_is_written_when_reminded_early(self) -> "Timer":
        early = any(not (offset.startswith("-") or offset in {"0h", "0d@00:00"}) for offset in self.remind)
        if early and not self.before and self.kind is not TimerKind.CHECK_IN:
            raise ValueError(f"时限“{self.id}”有到期前的提醒，要写 before")
        return self

    @model_validator(mode="after")
    def _check_in_only_asks(self) -> "Timer":
        if self.kind is not TimerKind.CHECK_IN:
            return self
        if self.before or self.next_stage is not None or self.start is not None:
            raise ValueError(f"问候“{self.id}”不是日子，不写 start、before、next_stage")
        if len(self.remind) != 1:
            raise ValueError(f"问候“{self.id}”只问一次，remind 写一个")
        return self

    @model_validator(mode="after")
    def _an_appointment_is_only_told(self) -> "Timer":
        if self.kind is TimerKind.APPOINTMENT and (self.told or self.start is not None or self.next_stage is not None):
            raise ValueError(f"约好的日子“{self.id}”说了哪天就是哪天，不写 start、next_stage、told")
        return self

    @model_validator(mode="after")
    def _only_a_date_is_told(self) -> "Timer":
        if (self.told or self.after_told) and self.kind is TimerKind.CHECK_IN:
            raise ValueError(f"问候“{self.id}”不是日子，不写 told：没有期限可以照说的算")
        if self.after_told and self.told:
            raise ValueError(f"时限“{self.id}”写了 after_told 就不写 told：从说好的那天起算，不是就在那天")
        return self

    @model_validator(mode="after")
    def _only_a_deadline_is_done(self) -> "Timer":
        if self.done is not None and self.kind is not TimerKind.DEADLINE:
            raise ValueError(f"“{self.id}”不是 deadline，不写 done：回「完成」时会问发生了什么")
        return self


class Clock(Timer):
    """时钟：比一个阶段活得久的时限（诉讼时效、撤销期）。

    由路带起来，从 ``start`` 那个日期题的答案起算，走到说好的终点为止。几个场景都有的写在 stages.yaml，写 ``use`` 照用。
    """

    until: tuple[Id, ...] = Field(min_length=1)
    """走到这些阶段就停；closed 代表任何一个终点。"""

    _usual_reminders: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "deadline": ("30d@10:00", "7d@10:00", "1d@10:00"),
        "expectation": ("-1d@10:00",),
    }

    @model_validator(mode="after")
    def _outlives_a_stage(self) -> "Clock":
        if self.start is None:
            raise ValueError(f"时钟“{self.id}”要写 start：从哪个日期题的答案起算")
        if self.next_stage is not None:
            raise ValueError(f"时钟“{self.id}”跨着好几个阶段，不能写 next_stage")
        if self.when is not None:
            raise ValueError(f"时钟“{self.id}”由路带起来，不写 when；写进那条路的 clocks")
        if self.done is not None:
            raise ValueError(f"时钟“{self.id}”跨着好几个阶段，不写 done")
        return self


class StageEvent(Strict):
    """在一个阶段里，发生了目录里的哪件事就走到哪里。"""

    on: Id
    """事件的 id，写在 events.yaml 或本场景的 events 里。"""
    to: Id
    """走到哪个阶段。"""
    label: Text | None = None
    """在这个阶段换个说法；不写就用目录里的。"""
    when: OnTracks | None = None
    """只在这几条路上才有；不写就都有。"""
    same_days: bool = False
    """走到的阶段接着用原来的日子：进来的那天、说好的期限都不变；说好分几次的，过了的那次不再等。"""
    back: bool = False
    """回到走到这里之前等着的那个阶段，日子照旧数；说不上来是哪个的才走到 to。"""


class Variant(Strict):
    """某几条路上不一样的话；没写的照原来的。"""

    when: OnTracks
    title: Text | None = None
    happening: Text | None = None
    todo: Text | None = None


class Outcome(StrEnum):
    """案件怎样结束。"""

    REFUNDED = "refunded"
    PARTLY_REFUNDED = "partly_refunded"
    NOT_REFUNDED = "not_refunded"
    WITHDRAWN = "withdrawn"
    MOVED_ON = "moved_on"
    REPLACED = "replaced"
    """没退款，换好、补齐了。"""


class Stage(Strict):
    """案件所处的阶段。有 ``outcome`` 的是终点。

    手册里可以写 ``use: 共用阶段的 id`` 照用 stages.yaml 里的，只改不同的几项；读入时就换成完整的样子。
    """

    id: Id
    title: Text
    happening: Text
    """现在是什么情况。"""
    todo: Text
    """你该做什么。"""
    variants: tuple[Variant, ...] = ()
    """不同的路上话不一样的，写在这里；对得上的第一条算数。"""
    timers: tuple[Timer, ...] = ()
    """这个阶段要记的日子。"""
    events: tuple[StageEvent, ...] = ()
    """用户可以报告的事。"""
    outcome: Outcome | None = None
    """终点才写：案件怎样结束。"""


class Track(Strict):
    """一条路：从哪个阶段起步。阶段写在场景的 ``stages`` 里，几条路可以走到同一个阶段。"""

    id: Id
    start: Id
    clocks: tuple[Id, ...] = ()
    """走这条路要带起来的时钟。"""
    evidence: tuple[Id, ...] = ()
    """走这条路的规则要准备的材料；规则自己写了的照规则的。"""
    needs: tuple[Id, ...] = ()
    """走这条路的规则，算日期还要用到的问题；规则自己写了的照规则的。"""


class SharedStages(Strict):
    """``stages.yaml`` 的形状：几个场景都有的阶段和时钟，各写一次；场景里写 ``use`` 照用。"""

    clocks: tuple[Clock, ...] = ()
    """几个场景都有的时钟；``start`` 不一样的，照用的场景自己写。"""
    stages: tuple[Stage, ...] = Field(min_length=1)
    """几个场景都有的阶段；走向也都一样的才写 ``events``，不一样的由照用的场景自己写。"""
