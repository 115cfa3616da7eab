"""文书：从案件自己的事实写出来、给人抄或打印的纸，怎样写在规则手册里。

一份文书是若干段；段里的 ``{空}`` 只能是事先声明的两种：用户答过的一个问题，或留给人手填的空白。
姓名、证件号、电话、单号这些我们从不经手，所以永远是空白。一段话在什么事实下才写，用的是与规则一样的条件。
"""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base_models import Id, Strict, Text
from .conditions import ALWAYS, When

_PLACE = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


class BlankSlot(Strict):
    """留给人手填的空白，纸上写成「＿＿＿＿（姓名）」。"""

    kind: Literal["blank"]
    id: Id
    label: Text


class AnswerSlot(Strict):
    """用户答过的一个问题；没答或答“不清楚”时，按 ``if_missing`` 留空白或整段不写。"""

    kind: Literal["answer"]
    id: Id
    question: Id
    if_missing: Literal["blank", "omit"]
    label: str = ""
    """留空白时括号里写什么。"""

    @model_validator(mode="after")
    def _blank_has_label(self) -> "AnswerSlot":
        if (self.if_missing == "blank") != bool(self.label.strip()):
            raise ValueError(f"“{self.id}”：if_missing 是 blank 才写 label，是 omit 就不写")
        return self


class Figure(StrEnum):
    """算出来、说过的数和日子。"""

    CLAIMED = "claimed"
    """要的一共多少。"""
    OFFERED = "offered"
    """对方肯给多少。"""
    SHORT = "short"
    """差多少。"""
    DUE = "due"
    """还要退多少：要的减去已经到了的。"""
    ANSWER_BY = "answer-by"
    """请对方哪天之前答复。"""


class FigureSlot(Strict):
    """案件里说过、算出来的一个数；没有时留空白或整段不写。"""

    kind: Literal["figure"]
    id: Id
    figure: Figure
    if_missing: Literal["blank", "omit"]
    label: str = ""
    """留空白时括号里写什么。"""

    @model_validator(mode="after")
    def _blank_has_label(self) -> "FigureSlot":
        if (self.if_missing == "blank") != bool(self.label.strip()):
            raise ValueError(f"“{self.id}”：if_missing 是 blank 才写 label，是 omit 就不写")
        return self


Slot = Annotated[BlankSlot | AnswerSlot | FigureSlot, Field(discriminator="kind")]
"""文书里的一个空。"""


class Wording(Strict):
    """一句话。``line`` 另起一行，``text`` 接在上一句后面。"""

    kind: Literal["line", "text"]
    text: Text
    when: When = ALWAYS
    """这些事实成立才写；还不知道的不写。"""

    @property
    def slots(self) -> tuple[str, ...]:
        """用到的空的 id，按出现的先后。"""
        return tuple(_PLACE.findall(self.text))

    def filled(self, values: dict[str, str]) -> str:
        """把空换成 ``values`` 里的文字；少一个就抛 ``KeyError``。"""
        return _PLACE.sub(lambda match: values[match.group(1)], self.text)

    @property
    def stray_braces(self) -> bool:
        """去掉写对了的空，还剩花括号：多半是名字写错了。"""
        return any(brace in _PLACE.sub("", self.text) for brace in "{}")


class Heading(Strict):
    """小标题；它下面什么都没写时，它也不写。"""

    kind: Literal["heading"]
    text: Text


class FactList(Strict):
    """用户答过的这几个问题，一行一个；没答的不列。"""

    kind: Literal["facts"]
    questions: tuple[Id, ...] = Field(min_length=1)


class LawList(Strict):
    """法律依据，按事情发生那天的；替另一方说话的不引。"""

    kind: Literal["law"]
    sources: tuple[Id, ...] = ()
    """只引写明的这几条；不写就引结论所用的。"""


class EvidenceList(Strict):
    """结论要的材料，一项一行；备没备好另说给本人听，不印在纸上。"""

    kind: Literal["evidence"]


class Timeline(Strict):
    """按先后排好的经过：答过的日期，和报告过的进展。"""

    kind: Literal["timeline"]
    moments: dict[Id, Text] = Field(min_length=1)
    """哪些日期题算经过，那天的事怎么写：``received_on: 签收``。"""


class ClaimList(Strict):
    """能要的各项和合计；没算过就不写。"""

    kind: Literal["claims"]


class LedgerList(Strict):
    """记的账：分成的各份，或一笔笔；没记过就不写。"""

    kind: Literal["ledger"]
    show: Literal["parts", "entries"]


Part = Annotated[
    Wording | Heading | FactList | LawList | EvidenceList | Timeline | ClaimList | LedgerList,
    Field(discriminator="kind"),
]
"""文书的一段。"""


class PaperKind(StrEnum):
    """哪一类文书。"""

    FORM_REASON = "form_reason"
    """填进售后或客服表单的理由。"""
    TO_MERCHANT = "to_merchant"
    TO_SERVICE = "to_service"
    GUARDIAN_STATEMENT = "guardian_statement"
    REVIEW = "review"
    """请平台、部门再看一次。"""
    DEMAND = "demand"
    """解除、撤销之前先催一次的函。"""
    AUTHORISATION = "authorisation"
    LEGAL_AID = "legal_aid"
    LAWSUIT = "lawsuit"
    COMPLAINT = "complaint"
    TIMELINE = "timeline"


class Paper(Strict):
    """一份文书：给哪些结论、走到哪几步时用，怎么用，写什么。"""

    id: Id
    kind: PaperKind
    title: Text
    use: Text
    """一句话：抄到哪里、交给谁。"""
    called: tuple[Text, ...] = ()
    """名字以外，人叫它什么、说写给谁：“给苹果的”“状子”。"""
    rules: tuple[Id, ...] = Field(min_length=1)
    """得出这些结论的案件才有这份文书；手册里可以写 tracks、except_rules，都不写就是全部。"""
    stages: tuple[Id, ...] = ()
    """只在这几个阶段给；不写就哪一步都给。"""
    after_closing: bool = False
    """结案之后还给不给。"""
    to_fill_in: bool = False
    """空多、适合在电脑上填的：除 PDF 外再给一份 Word 文件。"""
    parts: tuple[Part, ...] = Field(min_length=1)

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """其中的一句句话。"""
        return tuple(part for part in self.parts if isinstance(part, Wording))

    @property
    def law_lists(self) -> tuple[LawList, ...]:
        """引法律的地方。"""
        return tuple(part for part in self.parts if isinstance(part, LawList))


class Place(Strict):
    """底稿里留给各份文书填的地方；没填的照 ``parts``，也没有就空着。"""

    kind: Literal["place"]
    id: Id
    parts: tuple[Part, ...] = ()


class Frame(Strict):
    """底稿：几份文书一样的部分。文书写 ``frame: 底稿的 id`` 照用，再写 ``fill``：每个地方填什么。"""

    id: Id
    kind: PaperKind
    title: Text
    use: str = ""
    """一句话：抄到哪里、交给谁；文书自己写了的照文书的。"""
    called: tuple[Text, ...] = ()
    """名字以外，人叫它什么、说写给谁；文书自己写了的照文书的。"""
    after_closing: bool = False
    to_fill_in: bool = False
    parts: tuple[Annotated[Part | Place, Field(discriminator="kind")], ...] = Field(min_length=1)


class SharedPapers(Strict):
    """``papers.yaml`` 的形状：各场景的文书共用的空和底稿。"""

    slots: tuple[Slot, ...] = ()
    """共用的空；场景自己声明了同 id 的，照场景的。"""
    frames: tuple[Frame, ...] = ()


class NotCited(Strict):
    """在这些事实下对写的人不利、文书里不引的依据。"""

    sources: tuple[Id, ...] = Field(min_length=1)
    when: When
    why: Text
    """为什么这时不引，写给改手册的人看。"""


class PaperSet(Strict):
    """一个场景的全部文书，和它们共用的空。"""

    slots: tuple[Slot, ...] = ()
    not_cited: tuple[NotCited, ...] = ()
    """换一种事实就不利的依据，什么时候不引；任何时候都不利的，在依据里写 ``speaks_for: other_side``。"""
    items: tuple[Paper, ...] = Field(min_length=1)


class ScenarioPapers(PaperSet):
    """单放一个文件的文书：``papers_for`` 写明是哪个场景的。"""

    papers_for: Id
    """场景的 id。"""
