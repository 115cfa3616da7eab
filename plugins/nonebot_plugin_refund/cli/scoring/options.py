"""评回答：对刚问的一题，记对、问回去、再问、记错各占多少。"""

from collections.abc import Sequence
from datetime import datetime

from ...dialogue.reading.context import Context
from ...dialogue.reading.intents import Reading
from ...rulebook.scenario_models.conditions import UNSURE
from ...rulebook.scenario_models.models import Question, QuestionKind
from ..hearing.stated_context import Stated, StatedReader, UnknownContextError
from .heard import offered, recorded_facts
from .labels import OptionRow
from .tally import Outcome, Tally


def score_options(reader: StatedReader, rows: Sequence[OptionRow], now: datetime) -> list[Tally]:
    """选择题、是非题、说不清楚、不是在答，各一份成绩。

    Raises:
        UnknownContextError: 标注里的场景、问题、选项手册里没有。
    """
    tallies = {
        "options": Tally("options", "选择题", right="recorded"),
        "yesno": Tally("yesno", "是非题"),
        "unsure": Tally("unsure", "说不清楚"),
        "none": Tally("none", "不是在答", right="kept"),
    }
    for row in rows:
        question = reader.question(row.scenario, row.question)
        _check(row, question)
        context, reading = reader.read(row.text, Stated(now, row.scenario, row.question))
        value = recorded_facts(reading).get(row.question)
        tally = tallies[_group(row, question)]
        outcome = _outcome(row, question, context, reading)
        tally.add(outcome, f"{row.scenario}/{row.question}", row.text, row.want, value)
    return [tally for tally in tallies.values() if tally.phrases]


def _group(row: OptionRow, question: Question) -> str:
    if row.want is None:
        return "none"
    if row.want == UNSURE:
        return "unsure"
    return "yesno" if question.kind is QuestionKind.YESNO else "options"


def _outcome(row: OptionRow, question: Question, context: Context, reading: Reading) -> Outcome:
    value = recorded_facts(reading).get(question.id)
    if row.want is None:
        return Outcome.RIGHT if value is None else Outcome.WRONG
    wanted = {row.want} if isinstance(row.want, str) else set(row.want)
    if value is not None:
        heard = set(value) if isinstance(value, list) else {value}
        return Outcome.RIGHT if heard == wanted else Outcome.WRONG
    listed = set(offered(context, reading, question.id))
    if row.want == UNSURE and not question.offers_unsure and UNSURE in listed:
        return Outcome.RIGHT  # 听懂了是不清楚，说了这一题为什么少不了
    return Outcome.OFFERED if wanted <= listed else Outcome.ASKED


def _check(row: OptionRow, question: Question) -> None:
    known = {option.id for option in question.options} | {UNSURE}
    if question.kind is QuestionKind.YESNO:
        known |= {"yes", "no"}
    wanted = () if row.want is None else (row.want,) if isinstance(row.want, str) else row.want
    unknown = [item for item in wanted if item not in known]
    if unknown and question.kind in (QuestionKind.CHOICE, QuestionKind.MULTI, QuestionKind.YESNO):
        raise UnknownContextError(f"{row.scenario}/{row.question} 没有选项“{'、'.join(unknown)}”")
