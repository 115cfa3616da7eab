"""是非题，头一截光是一个“没”“是的”，后面只是说为什么：“没，我怕麻烦一直拖着”。"""

from ....rulebook.scenario_models.models import Question, QuestionKind
from ...understanding.meaning import read_option
from ...understanding.writing.pieces import pieces_of
from ...understanding.yesno import says_yes_or_no_first

_LEAST = 0.3
"""整句至少有这么像它。"""
_AGAINST = 0.3
"""整句、后面哪一截有这么像反过来的，头一截就不算准。"""


def answered_first(scenario_id: str, question: Question, text: str) -> str | None:
    """头一截答的；没有一截像在说反过来的才算，不是这样的为 ``None``。"""
    first = says_yes_or_no_first(text) if question.kind is QuestionKind.YESNO else None
    if first is None:
        return None
    opposite = "no" if first == "yes" else "yes"
    whole, *rest = ({one.id: one.score for one in read_option(scenario_id, question, said)} for said in _parts(text))
    if whole.get(first, 0.0) < _LEAST or any(one.get(opposite, 0.0) >= _AGAINST for one in (whole, *rest)):
        return None
    return first


def _parts(text: str) -> tuple[str, ...]:
    """整句，和头一截之后的各截。"""
    return (text, *pieces_of(text)[1:])
