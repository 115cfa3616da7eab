"""从头说起的话里像是说到了、又拿不准的选项：不记下，问到那一题时提一句，回“是”就是它。

整段话学来的听法和单看一截话的听法说的是同一个，才提；各说各的不提。
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ....rulebook.scenario_models.models import Option, Question, QuestionKind, Scenario
from ...understanding.meaning import read_multi, read_option
from ...understanding.meaning.options import trained_head
from ...understanding.meaning.scored import Scored
from ...understanding.moods import Mood, mood_reader
from ...understanding.writing.pieces import pieces_of
from ...understanding.yesno import agrees
from ..told import told_in
from .heard_elsewhere import heard_elsewhere

_LEAST = 0.3
"""整段话至少有这么像。"""
_TIMES = 2
"""是第二像的多少倍。"""
_SURE_OF_PIECE = 0.85
"""一截话单当作这一题的回答，要有这么像。"""
_SHORTEST_PIECE = 4
_LONGEST_YES = 4
LEAST_LIKELY = 0.75
"""没在答的一句，别的题的一项要这么像才提。"""
_YES, _SURE_YES = "yes", 0.9


def likely_options(scenario: Scenario, text: str, now: datetime) -> dict[str, str]:
    """单选题 id → 像是说到了的选项 id。拿得准的也在里面：字面上还像另一项的，没有记下，照样会问。``now`` 带时区。"""
    story = told_in(scenario, text, now)
    asked = [question for question in scenario.questions if question.kind is QuestionKind.CHOICE]
    sure = {question.id: str(story.answers[question.id].value) for question in asked if question.id in story.answers}
    likely = {
        question.id: option
        for question in asked
        if (option := _likely(scenario.id, question, story.scores.get(question.id, ()), text)) is not None
    }
    return {**likely, **sure}


def confirmed_option(question: Question, likely: Mapping[str, str], text: str) -> str | None:
    """提过几项，整句就是“是”“对”：那几项的编号；没提过、说了别的为 ``None``。"""
    if not (options := likely_of(question, likely)) or not is_yes_to_it(text):
        return None
    return " ".join(str(question.options.index(option) + 1) for option in options)


def is_yes_to_it(text: str) -> bool:
    """整句就是“是”“对”。"""
    return len(text.strip()) <= _LONGEST_YES and agrees(text)


def likely_of(question: Question, likely: Mapping[str, str]) -> tuple[Option, ...]:
    """提过的那几项：单选题至多一项；没提过为空。"""
    told = likely.get(question.id, "").split()
    return tuple(option for option in question.options if option.id in told)


def likely_beside(
    scenario: Scenario, asking: Iterable[Question], text: str, *, least: float = LEAST_LIKELY
) -> dict[str, str]:
    """没在答、说的是别的一句里，还会问到的 ``asking`` 里像是说到的：问到时提一句。问的、假设的为空。"""
    asked = tuple(asking)
    found = {key: str(answer.value) for key, answer in heard_elsewhere(scenario, asked, text, least=least).items()}
    if any(clause.mood is not Mood.STATEMENT for clause in mood_reader().clauses(text)):
        return found
    for question in asked:
        if trained_head(scenario.id, question) is None or len(text.strip()) < _SHORTEST_PIECE:
            continue
        if question.kind is QuestionKind.YESNO:
            best = read_option(scenario.id, question, text)[0]
            found |= {question.id: best.id} if best.id == _YES and best.score >= _SURE_YES else {}
        elif question.kind is QuestionKind.MULTI:
            heard = read_multi(scenario.id, question, text)
            single = {option.id for option in question.options if option.exclusive}
            told = [one.id for one in heard.chosen if one.score >= least and one.id not in single]
            found |= {question.id: " ".join(told)} if told and heard.none < _LEAST else {}
    return found


def _likely(scenario_id: str, question: Question, scores: tuple[Scored, ...], text: str) -> str | None:
    if not scores or trained_head(scenario_id, question) is None:
        return None
    best, second = scores[0], scores[1].score if len(scores) > 1 else 0.0
    option = next((one for one in question.options if one.id == best.id), None)
    if option is None or best.score < _LEAST or best.score < _TIMES * second:
        return None
    if any(word in text for word in option.not_heard_with):
        return None
    heard = (read_option(scenario_id, question, piece)[0] for piece in pieces_of(text) if len(piece) >= _SHORTEST_PIECE)
    return option.id if any(one.id == option.id and one.score >= _SURE_OF_PIECE for one in heard) else None
