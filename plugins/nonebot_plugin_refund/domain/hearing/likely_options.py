"""从头说起的话里像是说到了、又拿不准的选项：不记下，问到那一题时提一句，回“是”就是它。

整段话学来的听法和单看一截话的听法说的是同一个，才提；各说各的不提。
"""

from collections.abc import Mapping
from datetime import datetime

from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..understanding.meaning import read_option
from ..understanding.meaning.options import trained_head
from ..understanding.meaning.scored import Scored
from ..understanding.writing.pieces import pieces_of
from ..understanding.yesno import agrees
from .told import told_in

_LEAST = 0.3
"""整段话至少有这么像。"""
_TIMES = 2
"""是第二像的多少倍。"""
_SURE_OF_PIECE = 0.85
"""一截话单当作这一题的回答，要有这么像。"""
_SHORTEST_PIECE = 4
_LONGEST_YES = 4


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
    """提过一个选项，整句就是“是”“对”：那个选项的名称；没提过、说了别的为 ``None``。"""
    option = next((one for one in question.options if one.id == likely.get(question.id)), None)
    if option is None or len(text.strip()) > _LONGEST_YES or not agrees(text):
        return None
    return option.label


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
