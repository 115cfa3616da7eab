"""文书：一件案件现在能写哪几份，每份照它的事实写出来是什么。

只写三种东西：手册里的话、用户答过或报告过的事、留给人手填的空白。没有的事实不写，也不猜。
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ...rulebook.derived.deciding import with_skipped
from ...rulebook.derived.fact_space import facts_of
from ...rulebook.scenario_models.conditions import Truth, truth
from ...rulebook.scenario_models.models import Evidence, Scenario, Source, SourceKind
from ...rulebook.scenario_models.paper_models import (
    AnswerSlot,
    BlankSlot,
    ClaimList,
    EvidenceList,
    FactList,
    Figure,
    FigureSlot,
    Heading,
    LawList,
    LedgerList,
    Paper,
    Slot,
    Timeline,
    Wording,
)
from ...rulebook.scenario_models.source_models import SpeaksFor
from ..days.calendar import SHANGHAI, WorkCalendar
from ..interview.answers import Answer, Answers, facts_from, facts_told
from ..interview.assessment import Assessment, answer_in_words
from ..understanding.writing.text import bare, shared_run


@dataclass(frozen=True, slots=True)
class Happening:
    """用户报告过的一件进展。"""

    label: str
    on: date
    """记下的日子（上海日历日）。"""
    is_exact: bool
    """就是这一天；否则只知道不晚于这一天。"""


@dataclass(frozen=True)
class PaperCase:
    """写文书要用到的一件案件。"""

    assessment: Assessment
    answers: Answers
    judged_at: datetime
    """结论是哪一刻下的，带时区；事实按那一刻推，与结论一致。"""
    stage_id: str | None
    is_closed: bool
    ticked: Collection[str]
    """已备好的材料的 id。"""
    happenings: tuple[Happening, ...]
    """报告过的进展，由早到晚。"""
    figures: Mapping[Figure, str] = field(default_factory=dict[Figure, str])
    """说过、算出来的数和日子，写好的字。"""
    claim: tuple[tuple[str, str], ...] = ()
    """能要的各项和合计：名称、钱数。"""
    ledger_parts: tuple[tuple[str, str], ...] = ()
    """账分成的各份：是哪一份、几笔多少。"""
    ledger_entries: tuple[tuple[str, str], ...] = ()
    """一笔笔：哪天、多少和怎么付的。"""
    told: Answers = field(default_factory=dict[str, Answer])
    """说了、这条路没问到的答案：结论用不着，文书照写。"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """一段话。"""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """一个小标题。"""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """答过的事：称呼与答案。"""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Laws:
    """引用的法律依据。"""

    items: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class EvidenceItems:
    """材料清单：哪一项，备好没有。"""

    items: tuple[tuple[Evidence, bool], ...]


@dataclass(frozen=True, slots=True)
class History:
    """经过：什么时候、什么事。"""

    items: tuple[tuple[str, str], ...]


Block = Paragraph | Title | Facts | Laws | EvidenceItems | History
"""写好的一块。"""


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """写好的一份文书；怎样排版由 render 决定。"""

    title: str
    use: str
    blocks: tuple[Block, ...]
    to_fill_in: bool = False
    """除 PDF 外，再给一份好在电脑上填的 Word 文件。"""
    by_when: str = ""
    """这件案件最近要赶的日子，写好的字；没有为空。"""


Listing = Heading | FactList | LawList | EvidenceList | Timeline | ClaimList | LedgerList
"""小标题和各种清单。"""

BLANK_LINE = "＿＿＿＿"
"""空白里的那道线。"""


def blank(label: str) -> str:
    """留给人手填的空白。"""
    return f"「{BLANK_LINE}（{label}）」"


def offered_papers(scenario: Scenario, rule_id: str, stage_id: str | None, *, is_closed: bool) -> tuple[Paper, ...]:
    """得出这个结论、走到这个阶段的案件能写的文书，按手册里的先后。"""
    return tuple(
        paper
        for paper in (scenario.papers.items if scenario.papers else ())
        if rule_id in paper.rules
        and (not paper.stages or stage_id in paper.stages)
        and (not is_closed or paper.after_closing)
    )


def papers_for(case: PaperCase) -> tuple[Paper, ...]:
    """这件案件现在能写的文书。"""
    assessment = case.assessment
    return offered_papers(assessment.scenario, assessment.rule.id, case.stage_id, is_closed=case.is_closed)


def cited_in(scenario: Scenario, rule_id: str | None = None) -> frozenset[str]:
    """文书写得到哪些问题的答案；给了 ``rule_id`` 的，只看这个结论的文书。"""
    if scenario.papers is None:
        return frozenset()
    slots = {slot.id: slot.question for slot in scenario.papers.slots if isinstance(slot, AnswerSlot)}
    cited: set[str] = set()
    facts: set[str] = set()
    for paper in scenario.papers.items:
        if rule_id is not None and rule_id not in paper.rules:
            continue
        for part in paper.parts:
            if isinstance(part, Wording):
                cited |= {slots[slot] for slot in part.slots if slot in slots}
                facts |= {fact for clause in part.when for fact in clause}
            elif isinstance(part, FactList):
                cited |= set(part.questions)
            elif isinstance(part, Timeline):
                cited |= set(part.moments)
    asked = {question.id for question in scenario.questions if facts_of(scenario, question) & facts}
    return frozenset(cited | asked)


def write_paper(paper: Paper, case: PaperCase, calendar: WorkCalendar) -> WrittenPaper:
    """照案件的事实写一份文书。

    Args:
        paper: :func:`papers_for` 里的一份。
        case: 案件。
        calendar: 工作日历。
    """
    writer = _Writer.of(case, calendar)
    return WrittenPaper(paper.title, paper.use, _without_empty_titles(list(writer.blocks(paper))), paper.to_fill_in)


@dataclass(frozen=True)
class _Writer:
    """写一件案件的文书：事实、空里填什么，都先算好。"""

    case: PaperCase
    facts: Mapping[str, str]
    answers: Answers
    """还适用、并且答清楚了的，和说了、没问到的。"""

    @classmethod
    def of(cls, case: PaperCase, calendar: WorkCalendar) -> "_Writer":
        scenario = case.assessment.scenario
        known, applicable = facts_from(scenario, case.answers, case.judged_at, calendar)
        clear = {key: answer for key, answer in case.answers.items() if key in applicable and not answer.is_unsure}
        told = {key: answer for key, answer in case.told.items() if key not in applicable}
        facts = with_skipped(scenario, known, applicable) | facts_told(scenario, told, case.judged_at, calendar)
        return cls(case, facts, {**told, **clear})

    @property
    def _scenario(self) -> Scenario:
        return self.case.assessment.scenario

    def blocks(self, paper: Paper) -> Iterator[Block]:
        """一块一块写；接着写的句子并进上一段。"""
        paragraph = ""
        for part in paper.parts:
            if isinstance(part, Wording):
                said = self._sentence(part)
                if paragraph and said and part.kind == "line":
                    yield Paragraph(paragraph)
                    paragraph = ""
                paragraph += said
                continue
            if paragraph:
                yield Paragraph(paragraph)
                paragraph = ""
            block = self._block(part)
            if block is not None:
                yield block
        if paragraph:
            yield Paragraph(paragraph)

    def _block(self, part: Listing) -> Block | None:
        """一块清单；没有内容为空。"""
        match part:
            case Heading():
                return Title(part.text)
            case FactList():
                facts = tuple(self._fact(question) for question in part.questions if question in self.answers)
                return Facts(facts) if facts else None
            case ClaimList():
                return Facts(self.case.claim) if self.case.claim else None
            case LedgerList():
                listed = self.case.ledger_parts if part.show == "parts" else self.case.ledger_entries
                return Facts(listed) if listed else None
            case LawList():
                laws = tuple(self._helpful_laws(part))
                return Laws(laws) if laws else None
            case EvidenceList():
                items = tuple((item, item.id in self.case.ticked) for item in self.case.assessment.evidence)
                return EvidenceItems(items) if items else None
            case Timeline():
                history = self._history(part.moments)
                return History(history) if history else None

    def _helpful_laws(self, part: LawList) -> Iterator[Source]:
        """这一处引的法律：替另一方说话的、在这些事实下不利的不引。"""
        in_force = self.case.assessment.in_force
        papers = self._scenario.papers
        unhelpful = {
            source
            for one in (papers.not_cited if papers else ())
            if truth(one.when, self.facts) is Truth.TRUE
            for source in one.sources
        }
        for key in part.sources or self.case.assessment.rule.sources:
            source = in_force.get(key)
            if source is None or source.kind is not SourceKind.LAW or key in unhelpful:
                continue
            if source.speaks_for is SpeaksFor.ASKER:
                yield source

    def _sentence(self, wording: Wording) -> str:
        """一句话；条件不成立、或缺了按声明该整句不写的事实，为空。"""
        if truth(wording.when, self.facts) is not Truth.TRUE:
            return ""
        values = {slot.id: self._value(slot) for slot in self._slots(wording.slots)}
        filled = {key: value for key, value in values.items() if value is not None}
        return wording.filled(filled) if len(filled) == len(values) else ""

    def _slots(self, used: Sequence[str]) -> Iterator[Slot]:
        papers = self._scenario.papers
        yield from (slot for slot in (papers.slots if papers else ()) if slot.id in used)

    def _value(self, slot: Slot) -> str | None:
        """空里填的文字；整句不写为 ``None``。"""
        if isinstance(slot, BlankSlot):
            return blank(slot.label)
        if isinstance(slot, FigureSlot) and slot.figure in self.case.figures:
            return self.case.figures[slot.figure]
        if isinstance(slot, AnswerSlot) and slot.question in self.answers:
            return self._fact(slot.question)[1]
        return blank(slot.label) if slot.if_missing == "blank" else None

    def _fact(self, question_id: str) -> tuple[str, str]:
        question = self._scenario.question(question_id)
        return question.short, answer_in_words(question, self.answers[question_id])

    def _history(self, moments: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """答过的日期和报告过的进展，按日子排；同一天的按说起的先后。"""
        entries = [
            (_day(self.answers[key]), self._fact(key)[1], what) for key, what in moments.items() if key in self.answers
        ]
        entries += [(item.on, _when_happened(item), item.label) for item in self.case.happenings]
        return tuple((when, what) for _, when, what in sorted(entries, key=lambda entry: entry[0]))


def _day(answer: Answer) -> date:
    value = answer.value
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    if isinstance(value, date):
        return value
    raise ValueError("经过里只能列日期题的答案")


def _when_happened(item: Happening) -> str:
    """只知道是哪天告诉我的，就不说成是哪天发生的。"""
    written = f"{item.on.year}年{item.on.month}月{item.on.day}日"
    return written if item.is_exact else f"不晚于{written}"


def _without_empty_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """小标题下面没有内容就去掉它。"""
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if not isinstance(block, Title) or (following is not None and not isinstance(following, Title)):
            kept.append(block)
    return tuple(kept)


_SHORTEST_RUN = 3
"""和名字一样的字，至少这么多个连着才算说到了名字。"""


def asked_for(papers: Sequence[Paper], said: str, piece: str = "") -> tuple[Paper, ...]:
    """话里说的是哪一份：名字里的字、写给谁、叫什么，说在最后面的算（“给机构的催款函”是催款函）；一样好的都给。

    Args:
        papers: 能写的。
        said: 去了空白和标点的话。
        piece: 里面只说是一份什么东西的字（“申请”）：别的字对得上的先算。
    """
    beside = said.replace(piece, " " * len(piece)) if piece else said
    scores = [(*_last_named(paper, beside), *_last_named(paper, said)) for paper in papers]
    best = max(scores, default=())
    return tuple(paper for paper, score in zip(papers, scores, strict=True) if score == best) if any(best) else ()


def _last_named(paper: Paper, said: str) -> tuple[int, int]:
    """话里说到它的字到第几个字为止、一共几个字；没说到是 0。"""
    title = bare(paper.title)
    run = shared_run(title, said)
    runs = [] if run < _SHORTEST_RUN else [title[at : at + run] for at in range(len(title) - run + 1)]
    named = [word for word in (*runs, *paper.called) if word in said]
    return max((said.rfind(word) + len(word) for word in named), default=0), sum(map(len, named))
