"""在终端里走一遍访谈：``talk``。什么都不存。"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

import typer

from ..domain.answers import Answer, answers_to_plain
from ..domain.assessment import assess
from ..domain.calendar import SHANGHAI, WorkCalendar
from ..domain.dialogue import Dialogue, Repeated, answered_questions, decision_of, pending_question, revise, step_back
from ..domain.hearing import Listener, Noted
from ..domain.understanding.controls import Control, ControlKind, parse_control
from ..domain.understanding.scenarios import Classifier
from ..render.interview_text import answers_message, noted_message, question_message, repeat_message, why_message
from ..render.verdict_text import verdict_messages
from ..rulebook.deciding import Ask, Settled
from ..rulebook.edition import Edition
from ..rulebook.loader import Rulebook
from ..rulebook.models import Question
from .assessments import outcome, question_json
from .books import RulebookOption, open_rulebook
from .output import NowOption, emit, emit_text, fail, input_lines, moment

_RESTART = "/new"


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("talk")(talk)


def talk(
    scenario: Annotated[str | None, typer.Argument(help="场景 id；不写则第一行说是什么事。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一轮一个 JSON 对象。")] = False,
    now: NowOption = None,
    rulebook: RulebookOption = None,
) -> None:
    """在终端里走一遍访谈，一行一个回答；``/new 时刻 [场景]`` 另起一场。"""
    talker = Talker(open_rulebook(rulebook), as_json=as_json)
    talker.start(moment(now), scenario)
    for line in input_lines():
        if line.split(" ")[0] == _RESTART:
            _, *words = line.split()
            talker.start(moment(words[0] if words else None), words[1] if len(words) > 1 else None)
        else:
            talker.hear(line)


@dataclass
class Talker:
    """一场接一场的访谈。"""

    rulebook: Rulebook
    as_json: bool
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    now: datetime = field(init=False)
    edition: Edition | None = field(init=False, default=None)
    dialogue: Dialogue = field(init=False, default_factory=Dialogue)
    _noted: tuple[Noted, ...] = ()

    def __post_init__(self) -> None:
        self._classifier = Classifier(self.rulebook.signals(), self.rulebook.scenarios)

    def start(self, now: datetime, scenario_id: str | None) -> None:
        """另起一场；说了场景就马上问第一个问题。"""
        self.now, self.dialogue, self.edition = now, Dialogue(), None
        if scenario_id is not None:
            self._open(scenario_id)

    def hear(self, line: str) -> None:
        """用户的一行话。"""
        if self.edition is None:
            self._recognise(line)
            return
        control = parse_control(line, self.now)
        question = pending_question(self.edition.scenario, self.dialogue, self.now, self.calendar)
        if control is not None and self._obey(self.edition, control, question):
            return
        if question is None:
            self._repeat("这场已经有结论了。要改答案说「修改 1」，另起一场用 /new。", None)
            return
        listener = self._listener(self.edition)
        before, heard = self.dialogue, listener.hear(self.dialogue, question, line)
        self.dialogue = heard.result.dialogue
        self._note(listener.noted(before, self.dialogue, heard, heard.also))
        aside = heard.aside.answer if heard.aside else ""
        if not isinstance(heard.result, Repeated):
            self._go_on(self.edition, aside)
        elif heard.is_misread:
            text = repeat_message(question, heard.result.misread, times=self.dialogue.misreads)
            self._repeat(text, question, heard.result.misread.reason.value)
        else:
            said = "\n".join(part for part in (aside, self._noted_text(), question_message(question)) if part)
            self._repeat(said, question, "aside" if heard.aside else "also")

    def _recognise(self, line: str) -> None:
        names = {scenario.title: scenario.id for scenario in self.rulebook.scenarios}
        found = names.get(line.strip()) or self._classifier.classify(line).scenario
        if found is not None:
            self._open(found, line)
            return
        titles = "、".join(scenario.title for scenario in self.rulebook.scenarios)
        self._repeat(f"没听出是哪种事。说具体一点，或直接说：{titles}", None)

    def _open(self, scenario_id: str, said: str = "") -> None:
        try:
            self.edition = self.rulebook.edition(scenario_id)
        except KeyError:
            fail(f"没有叫“{scenario_id}”的场景")
        if said:
            listener = self._listener(self.edition)
            self.dialogue, also = listener.begin(said)
            self._note(listener.noted(Dialogue(), self.dialogue, None, also))
        self._go_on(self.edition)

    def _listener(self, edition: Edition) -> Listener:
        return Listener(edition.scenario, self.calendar, self.now, self.now, self.rulebook.asides)

    def _note(self, noted: tuple[Noted, ...]) -> None:
        """这一轮顺带记下的，随下一次说话印出去。"""
        self._noted = noted

    def _noted_text(self) -> str:
        return noted_message(self._noted, self.now.astimezone(SHANGHAI).year)

    def _emit(self, turn: dict[str, Any]) -> None:
        """一轮一个对象；顺带记下的写在 ``also`` 里：问题 id -> 值。"""
        answers: dict[str, Answer] = {item.question.id: item.answer for item in self._noted}
        plain = {key: value["value"] for key, value in answers_to_plain(answers).items()}
        emit({**turn, "also": plain} if plain else turn)
        self._noted = ()

    def _say(self, *texts: str) -> None:
        emit_text("\n".join(text for text in texts if text))
        self._noted = ()

    def _obey(self, edition: Edition, control: Control, question: Question | None) -> bool:
        """访谈里的控制词；不归这里管的返回 ``False``，当作回答去读。"""
        scenario = edition.scenario
        match control.kind:
            case ControlKind.BACK:
                self._revise(
                    edition, step_back(scenario, self.dialogue, self.now, self.calendar), "已经是第一个问题了。"
                )
            case ControlKind.CHANGE:
                self._revise(
                    edition,
                    revise(scenario, self.dialogue, control.number or 0, self.now, self.calendar),
                    self._answers(edition),
                )
            case ControlKind.WHY if question is not None:
                self._repeat(why_message(question), question, "why")
            case ControlKind.PROGRESS:
                self._repeat(self._answers(edition), question, "progress")
            case ControlKind.QUIT:
                self.start(self.now, None)
                self._repeat("好，这场先到这里。", None, "quit")
            case _:
                return False
        return True

    def _answers(self, edition: Edition) -> str:
        answered = answered_questions(edition.scenario, self.dialogue, self.now, self.calendar)
        return answers_message([(question, self.dialogue.answers[question.id]) for question in answered])

    def _revise(self, edition: Edition, dialogue: Dialogue | None, otherwise: str) -> None:
        if dialogue is None:
            question = pending_question(edition.scenario, self.dialogue, self.now, self.calendar)
            self._repeat(otherwise, question)
            return
        self.dialogue = dialogue
        self._go_on(edition)

    def _go_on(self, edition: Edition, aside: str = "") -> None:
        decision = decision_of(edition.scenario, self.dialogue, self.now, self.calendar)
        if isinstance(decision, Ask):
            if self.as_json:
                self._emit({"question": question_json(decision.question)})
            else:
                self._say(aside, self._noted_text(), question_message(decision.question))
        elif self.as_json:
            self._emit(outcome(edition, self.dialogue.answers, self.now, self.calendar))
        elif isinstance(decision, Settled):
            assessment = assess(edition, decision.rule, self.dialogue.answers, self.now, self.calendar)
            self._say(aside, self._noted_text(), "\n\n".join(verdict_messages(assessment)))
        else:
            fail("这些答案没有规则管；请用 refund lint 检查手册", 1)

    def _repeat(self, text: str, question: Question | None, reason: str = "not_understood") -> None:
        if not self.as_json:
            self._say(text)
            return
        repeated: dict[str, Any] = {"reason": reason, "text": text}
        if question is not None:
            repeated["question"] = question_json(question)
        self._emit({"repeat": repeated})
