"""正等着人接的话：每一种各是一个有类型的样子，记在数据库里，重启后照样接得上。

每人至多一件；说了别的，这一件就不等了。
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class _Awaiting(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PickScenario(_Awaiting):
    """列过菜单，等一个编号。"""

    kind: Literal["pick_scenario"] = "pick_scenario"
    scenarios: tuple[str, ...]
    """列出来的场景 id，按编号。"""
    apart: bool = False
    """他要另外记一件：接着说的就是那件。"""


class SwitchMatter(_Awaiting):
    """听着像另一件事，等他说换不换。"""

    kind: Literal["switch_matter"] = "switch_matter"
    scenario: str
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """那句话里已经说了的答案；原话不存。"""


class AfterDanger(_Awaiting):
    """刚接住一句有危险的话，那句里也说了一件事：缓过来再接着说。"""

    kind: Literal["after_danger"] = "after_danger"
    danger: str
    """哪一种危险。"""
    passage: str = ""
    """说的是哪一段：紧接着又是同一种，换一段。"""
    scenario: str | None = None
    """那句话里说的是哪种事；听不出为空。"""
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """那句话里已经说了的答案；原话不存。"""
    calmed: bool = False
    """已经陪过一句：接着说的照常听。"""


class AfterVerdict(_Awaiting):
    """给过结论，等编号细看，或一句话。"""

    kind: Literal["after_verdict"] = "after_verdict"
    case: str
    scenario: str | None = None
    """结论是归另一种去办的：这一件的场景。"""
    redirect: str | None = None
    """结论是归另一种去办的：那一种的场景。"""
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """问答里已经说了、那一种会问的答案；原话不存。"""


class PickCase(_Awaiting):
    """列过几件案件，等他说是哪一件。"""

    kind: Literal["pick_case"] = "pick_case"
    action: str
    """要办的命令；为空是要记一件进展。"""
    codes: tuple[str, ...]
    event: str = ""
    """报告的是这件事，问的是哪件案件的；为空问的是命令说的是哪件。"""
    happened_at: datetime | None = None
    """那句话里说的日子；原话不留。"""
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """那句话里说好的期限；没说是空的。"""
    sure: bool = True
    """那句话听得准是这件事；不准的选了案件再问。"""
    another: str = ""
    """最后还列了“另外一件”：它的场景；没列为空。"""
    answers: dict[str, Any] = Field(default_factory=dict[str, Any])
    """说的是另外一件的，那句话里已经说了的答案；原话不存。"""


ANOTHER: Final = "another"
"""列出来的“另外一件”。"""


class PickEvent(_Awaiting):
    """列过可以报告的事，等编号或一句话。"""

    kind: Literal["pick_event"] = "pick_event"
    case: str
    events: tuple[str, ...]
    """列出来的事件 id，按编号。"""


class PickOutcome(_Awaiting):
    """问过最后怎么样了。"""

    kind: Literal["pick_outcome"] = "pick_outcome"
    case: str


class PickEvidence(_Awaiting):
    """列过材料，或正在备其中一项。"""

    kind: Literal["pick_evidence"] = "pick_evidence"
    case: str
    item: str | None = None
    """正在备的那一项。"""
    just: str | None = None
    """刚用图勾上的那一项。"""
    at: datetime | None = None
    """什么时候勾的。"""
    pictured: bool | None = None
    """来了图，在问是哪一项。"""


class PickPaper(_Awaiting):
    """列过文书的名字，等他选一份。"""

    kind: Literal["pick_paper"] = "pick_paper"
    case: str
    titles: tuple[str, ...] = ()
    """列出来的名字，按编号。"""


class ConfirmDelete(_Awaiting):
    """问过是不是真要删。"""

    kind: Literal["confirm_delete"] = "confirm_delete"


class ConfirmReport(_Awaiting):
    """听着像一件进展，问过是不是；要结束、要放弃的总要先问。"""

    kind: Literal["confirm_report"] = "confirm_report"
    case: str
    event: str
    happened_at: datetime
    reminded: bool = False
    """隔着一句别的，又问过一次。"""
    both: bool = False
    """说的是几件一起：这件是，就接着问另一件。"""
    later: str | None = None
    """没回之前又说起的另一件事：它的场景；回了再问要不要接着看。"""
    later_told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """那句话里已经说了的答案；原话不存。"""
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """那句话里说好的期限；没说是空的。"""
    in_full: bool = False
    """他说的到账数和该到的一样：道一声谢也是“是”。"""
    dated: bool = False
    """那句话里说了哪天：说起别的也不丢，过后再问一次。"""
    then: str = ""
    """同一句里接着说的了结的一件：这件是，就接着问它；没有为空。"""
    waiting: tuple[dict[str, Any], ...] = ()
    """回了这件再办的几件进展，先说的在前：先前问了没回的，访谈里说起还没轮到的。"""


class PickMeaning(_Awaiting):
    """没听准，列过最像的几件进展。"""

    kind: Literal["pick_meaning"] = "pick_meaning"
    case: str
    events: tuple[str, ...]
    happened_at: datetime | None = None
    """那句话里说的日子；原话不留。"""
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """那句话里说好的期限；没说是空的。"""
    reminded: bool = False
    """他先问了别的，又列过一次。"""


class PickAnswer(_Awaiting):
    """没听准，列过最像的几个答案。"""

    kind: Literal["pick_answer"] = "pick_answer"
    question: str
    options: tuple[str, ...]


class ConfirmChange(_Awaiting):
    """听着像答过的一题变了，问过要不要改。"""

    kind: Literal["confirm_change"] = "confirm_change"
    question: str
    answer: dict[str, Any]
    """改成的答案；原话不存。"""
    case: str | None = None
    """改的是这件案件答过的；为空是正在问的访谈。"""
    reminded: bool = False
    """他先答了别的题，又提过一次：这回没有编号，只认“改”“不改”。"""


class ConfirmUndo(_Awaiting):
    """听着像要撤销，问过是不是。"""

    kind: Literal["confirm_undo"] = "confirm_undo"
    named: str = ""
    """说到的是哪一件；为空是上一件。"""
    reopening: bool = False
    """是把案件结掉的那一件。"""
    case_id: int | None = None
    """说了是哪件案件的，只撤那件的。"""


class PickTopic(_Awaiting):
    """没听准问的是什么，列过最像的几种打听。"""

    kind: Literal["pick_topic"] = "pick_topic"
    topics: tuple[str, ...]
    titles: tuple[str, ...] = ()
    """列出来的名字：照着名字说也算选了。"""
    kept: ConfirmReport | None = None
    """列之前问着的“是不是”：挑完了接着等它。"""


KEPT: Final = "kept"
"""没挑打听，应的是列之前问着的“是不是”。"""


class AskDay(_Awaiting):
    """刚记下一件事，日子按今天算的；他说哪天就改成哪天。"""

    kind: Literal["ask_day"] = "ask_day"
    case: str
    within: tuple[date, ...] = ()
    """说了是放几天假的节：放假的每一天，“3号”“最后一天”说的是其中的。"""


CLAIMED_SUM: Final = "claimed"
"""要的一共是多少。"""


class AskAmount(_Awaiting):
    """问过一个数：对方出了价，要的是多少；或算能要多少，还缺的一样。"""

    kind: Literal["ask_amount"] = "ask_amount"
    case: str
    amount: str = CLAIMED_SUM
    """问的是哪个数。"""
    plain: bool = False
    """问的是节数、天数：光一个数就是。"""


class AskPayments(_Awaiting):
    """请他报一笔笔的账。"""

    kind: Literal["ask_payments"] = "ask_payments"
    case: str


class AskBirthday(_Awaiting):
    """问过孩子的生日：只用来分段，不存。"""

    kind: Literal["ask_birthday"] = "ask_birthday"
    case: str


class NextMatter(_Awaiting):
    """他先前还说了另一件事，问过要不要接着看。"""

    kind: Literal["next_matter"] = "next_matter"
    scenario: str
    told: dict[str, Any] = Field(default_factory=dict[str, Any])
    """说起它时已经答了的，和再往后的几样；原话不存。"""


Awaited = Annotated[
    PickScenario
    | SwitchMatter
    | AfterDanger
    | AfterVerdict
    | PickCase
    | PickEvent
    | PickOutcome
    | PickEvidence
    | PickPaper
    | ConfirmDelete
    | ConfirmReport
    | PickMeaning
    | PickAnswer
    | ConfirmChange
    | ConfirmUndo
    | PickTopic
    | AskDay
    | AskAmount
    | AskPayments
    | AskBirthday
    | NextMatter,
    Field(discriminator="kind"),
]
"""在等什么。"""

_ADAPTER: TypeAdapter[Awaited] = TypeAdapter(Awaited)


def to_plain(awaited: Awaited) -> dict[str, Any]:
    """存进数据库的样子，不含 ``kind``。"""
    return awaited.model_dump(mode="json", exclude={"kind"})


def from_plain(kind: str, payload: dict[str, Any]) -> Awaited | None:
    """由存下来的还原；旧程序留下的、读不懂的为 ``None``，当作没有在等。"""
    try:
        return _ADAPTER.validate_python({"kind": kind, **payload}, strict=False)
    except ValidationError:
        return None


class SetAside(_Awaiting):
    """问过“要改吗”“换不换”，他先说了别的：放在一边，过几句回“改”“换”照样算数；问过“是不是”的，过后再问一次。"""

    asked: Annotated[ConfirmChange | SwitchMatter | ConfirmReport, Field(discriminator="kind")]
    left: int = 4
    """再过这么几句就不等了。"""

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        return self.model_dump(mode="json")

    @classmethod
    def from_plain(cls, payload: Mapping[str, Any]) -> "SetAside | None":
        """由存下来的还原；没有、读不懂的为 ``None``。"""
        try:
            return cls.model_validate(dict(payload), strict=False)
        except ValidationError:
            return None


def case_of(awaited: Awaited | None) -> str | None:
    """正说着哪件案件；没有在说案件的为 ``None``。"""
    return getattr(awaited, "case", None)
