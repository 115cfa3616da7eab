"""一问一答：用户在访谈里说的一句话，带来什么变化。

不碰存储和措辞：拿到现在的状态和一句话，给出新的状态和发生了什么，由外层保存、回话。
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from ...rulebook.derived.deciding import Ask, Decision
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..days.calendar import WorkCalendar
from ..hearing.beside.likely_options import confirmed_option, is_yes_to_it
from ..hearing.values.offered_days import in_full
from .answers import Answer, Answers, answers_from_plain, answers_to_plain, facts_from
from .early import EarlyOffer, EarlyReport, early_offer_from
from .interview import Misread, next_step


@dataclass(frozen=True, slots=True)
class KeptMatter:
    """同一句里还说到的另一样货：这件有了结论再看。"""

    scenario: str
    thing: str
    """那样货，词表里的词。"""
    told: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """说起它时已经答了的，存得下的样子。"""

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        return {"scenario": self.scenario, "thing": self.thing, "told": dict(self.told)}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "KeptMatter":
        """还原。"""
        return cls(plain["scenario"], plain["thing"], plain["told"])


KEPT = "kept"
"""另外几样货存在状态里的名字。"""


def kept_in(plain: Mapping[str, Any]) -> tuple[KeptMatter, ...]:
    """存着的另外几样货。"""
    return tuple(KeptMatter.from_plain(one) for one in cast("list[dict[str, Any]]", plain.get(KEPT, [])))


@dataclass(frozen=True, slots=True)
class Dialogue:
    """访谈进行到哪了；整个存进数据库，重启后原样接着问。"""

    answers: Answers = field(default_factory=dict[str, Answer])
    misreads: int = 0
    """当前问题连着没读懂的次数。"""
    revising: str | None = None
    """正在重答的问题；``None`` 表示按顺序往下问。"""
    held: Answers = field(default_factory=dict[str, Answer])
    """还没问到就先说了的答案：真要问到时才移进 ``answers``，在那之前不影响任何判断。"""
    later: str | None = None
    """同一句里还说到的另一件事的场景 id；这件有了结论再提。"""
    kept: tuple[KeptMatter, ...] = ()
    """同一句里还说到的另外几样货，先说的在前。"""
    offered: tuple[date, ...] = ()
    """上一句说的日子可能是这几天，已经编号列出来了；接着回编号就是选它。"""
    mentioned: date | None = None
    """先前说了的唯一一个日子，没听出是哪一题的：头一回问日子时提一句，是不是它。"""
    likely: Mapping[str, str] = field(default_factory=dict[str, str])
    """先前像是说到了、又拿不准的选项：问到那一题时提一句，是不是它（:mod:`..hearing.beside.likely_options`）。

    可以选几样的题，几样隔着空格；是非题只有 ``yes``。
    """
    early: tuple[EarlyReport, ...] = ()
    """问答途中说起的进展，由早说到晚说；有了结论再记进案件。"""
    offer: EarlyOffer | None = None
    """问答途中对方出的数；有了结论再和要的一比。"""
    spent: str | None = None
    """说起的这单花了多少，十进制的字：问钱数时提一句，没问的有了结论再记进案件。"""
    elsewhere: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """场景 id → 归那边去办的话，那边会问、这里已经说了的答案，存得下的样子；换过去时带上。"""
    costs: Mapping[str, str] = field(default_factory=dict[str, str])
    """说起的另花的钱：词表里的词 → 十进制的字；有了结论再记进案件。"""
    rough: Mapping[str, str] = field(default_factory=dict[str, str])
    """另花的钱，只说了约数的：不记进案件，有了结论提一句。"""
    within: Mapping[str, tuple[date, ...]] = field(default_factory=dict[str, tuple[date, ...]])
    """问题 id → 先前说了是哪个节，放假的每一天（:mod:`..hearing.values.told_holidays`）：问到那一题时摆出来。"""

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        plain: dict[str, Any] = {
            "answers": answers_to_plain(self.answers),
            "misreads": self.misreads,
            "revising": self.revising,
        }
        if self.later is not None:
            plain["later"] = self.later
        if self.kept:
            plain[KEPT] = [one.to_plain() for one in self.kept]
        if self.offered:
            plain["offered"] = [day.isoformat() for day in self.offered]
        if self.mentioned is not None:
            plain["mentioned"] = self.mentioned.isoformat()
        if self.likely:
            plain["likely"] = dict(self.likely)
        if self.early:
            plain["early"] = [report.to_plain() for report in self.early]
        if self.offer is not None:
            plain["offer"] = self.offer.to_plain()
        if self.spent is not None:
            plain["spent"] = self.spent
        if self.elsewhere:
            plain["elsewhere"] = dict(self.elsewhere)
        if self.costs:
            plain["costs"] = dict(self.costs)
        if self.rough:
            plain["rough"] = dict(self.rough)
        if self.within:
            plain["within"] = {key: [day.isoformat() for day in days] for key, days in self.within.items()}
        return {**plain, "held": answers_to_plain(self.held)} if self.held else plain

    @classmethod
    def from_plain(cls, scenario: Scenario, plain: dict[str, Any]) -> "Dialogue":
        """还原；手册里已经没有的问题，答案跳过。"""
        revising, mentioned = plain.get("revising"), plain.get("mentioned")
        known = {question.id for question in scenario.questions}
        later = cast("str | None", plain.get("later"))
        return cls(
            answers_from_plain(scenario, cast("dict[str, Any]", plain.get("answers", {}))),
            int(plain.get("misreads", 0)),
            revising if revising in known else None,
            answers_from_plain(scenario, cast("dict[str, Any]", plain.get("held", {}))),
            later,
            kept_in(plain),
            tuple(date.fromisoformat(day) for day in cast("list[str]", plain.get("offered", []))),
            date.fromisoformat(mentioned) if mentioned is not None else None,
            cast("dict[str, str]", plain.get("likely", {})),
            tuple(EarlyReport.from_plain(report) for report in cast("list[dict[str, Any]]", plain.get("early", []))),
            early_offer_from(plain.get("offer")),
            cast("str | None", plain.get("spent")),
            cast("dict[str, Any]", plain.get("elsewhere", {})),
            cast("dict[str, str]", plain.get("costs", {})),
            cast("dict[str, str]", plain.get("rough", {})),
            {
                key: tuple(date.fromisoformat(day) for day in days)
                for key, days in cast("dict[str, list[str]]", plain.get("within", {})).items()
            },
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    """读懂了，记下了。"""

    dialogue: Dialogue
    question: Question
    answer: Answer
    replaced: Answer | None
    """改答案时，原来的那个。"""


@dataclass(frozen=True, slots=True)
class Repeated:
    """没读懂，同一个问题还开着。"""

    dialogue: Dialogue
    question: Question
    misread: Misread


def pending_question(scenario: Scenario, dialogue: Dialogue, now: datetime, calendar: WorkCalendar) -> Question | None:
    """现在等着回答的问题；结论已定时为 ``None``。"""
    if dialogue.revising is not None:
        return scenario.question(dialogue.revising)
    decision = next_step(scenario, dialogue.answers, now, calendar)
    return decision.question if isinstance(decision, Ask) else None


def decision_of(scenario: Scenario, dialogue: Dialogue, now: datetime, calendar: WorkCalendar) -> Decision:
    """现在该做什么：重答、再问，或已有结论。"""
    if dialogue.revising is not None:
        return Ask(scenario.question(dialogue.revising))
    return next_step(scenario, dialogue.answers, now, calendar)


def spoken_in_full(dialogue: Dialogue, question: Question, text: str) -> str:
    """列过几个日子之后的“1”“第二个”，换成它指的日子；提过一个选项、一个数之后的“是”，换成它；别的话原样返回。"""
    if question.kind is QuestionKind.DATE:
        return in_full(text, dialogue.offered)
    if question.kind is QuestionKind.AMOUNT:
        return f"{dialogue.spent}元" if dialogue.spent is not None and is_yes_to_it(text) else text
    return confirmed_option(question, dialogue.likely, text) or text


def misread_again(dialogue: Dialogue, question: Question, misread: Misread) -> Repeated:
    """又一次没读懂；列出了几个日子的记着，没列新的就还是上次那几个。"""
    offered = misread.days or dialogue.offered
    return Repeated(replace(dialogue, misreads=dialogue.misreads + 1, offered=offered), question, misread)


def put_answer(dialogue: Dialogue, question: Question, answer: Answer) -> Accepted:
    """记下一个读好的答案；重答的保持它原来的位置，其余答案都留着。"""
    replaced = dialogue.answers.get(question.id)
    answers = {**dialogue.answers, question.id: answer}
    held = {key: value for key, value in dialogue.held.items() if key != question.id}
    after = replace(dialogue, answers=answers, misreads=0, revising=None, held=held, offered=())
    return Accepted(after, question, answer, replaced)


def asking(dialogue: Dialogue, question: Question) -> Dialogue:
    """问 ``question`` 之前：问日子的，把先前说到的那个日子、那个节放假的几天摆出来；只摆一次。"""
    if (days := dialogue.within.get(question.id)) is not None:
        left = {key: days for key, days in dialogue.within.items() if key != question.id}
        return replace(dialogue, offered=days, within=left)
    if question.kind is not QuestionKind.DATE or dialogue.mentioned is None:
        return dialogue
    return replace(dialogue, offered=(dialogue.mentioned,), mentioned=None)


def answered_questions(
    scenario: Scenario, dialogue: Dialogue, now: datetime, calendar: WorkCalendar
) -> tuple[Question, ...]:
    """已答且仍然适用的问题，按回答的先后；``修改 2`` 里的编号就是它的顺序。"""
    _, applicable = facts_from(scenario, dialogue.answers, now, calendar)
    return tuple(scenario.question(key) for key in dialogue.answers if key in applicable)


def step_back(scenario: Scenario, dialogue: Dialogue, now: datetime, calendar: WorkCalendar) -> Dialogue | None:
    """回到上一个问题；已经在第一个时为 ``None``。连说几次就一直往前。"""
    answered = [question.id for question in answered_questions(scenario, dialogue, now, calendar)]
    if dialogue.revising in answered:
        answered = answered[: answered.index(dialogue.revising)]
    return replace(dialogue, misreads=0, offered=(), revising=answered[-1]) if answered else None


def revise(
    scenario: Scenario, dialogue: Dialogue, number: int, now: datetime, calendar: WorkCalendar
) -> Dialogue | None:
    """重答第 ``number`` 个已答的问题（从 1 数）；没有这个编号时为 ``None``。"""
    answered = answered_questions(scenario, dialogue, now, calendar)
    if not 1 <= number <= len(answered):
        return None
    return replace(dialogue, misreads=0, offered=(), revising=answered[number - 1].id)
