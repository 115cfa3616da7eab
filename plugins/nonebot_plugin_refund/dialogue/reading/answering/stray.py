"""问着一个日子、一个数，说的却是别的：里面什么日子、数也没有，不当作没读懂的日子。"""

from ....domain.hearing.cues import VALUED, has_value
from ....domain.understanding.yesno import parse_yesno
from ....rulebook.scenario_models.models import ScenarioKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.questions import read_sure_topic
from ..asking.topics import is_asking
from ..context import Context
from ..intents import Reading
from ..utterance import Utterance

_IN_NEED = load_spoken().in_need
_SHORTEST = 4
_LONGEST_WISH = 14


def read_stray(context: Context, utterance: Utterance) -> Reading | None:
    """听准了是哪种打听的先答；要找人工、要申诉的问要不要换过去；题还开着。"""
    opened = context.open_question
    if opened is None or opened.question.kind not in VALUED or utterance.is_bare or has_value(utterance.text):
        return None
    if len(utterance.word) < _SHORTEST or parse_yesno(utterance.raw) is not None:
        return None
    wishes = _wishes_help(context, utterance)
    if wishes is not None or not (is_asking(utterance) or any(word in utterance.text for word in _IN_NEED)):
        return wishes
    return read_sure_topic(context, utterance)


def _wishes_help(context: Context, utterance: Utterance) -> Reading | None:
    found = context.book.classifier.classify(utterance.raw)
    helps = {scenario.id for scenario in context.book.scenarios if scenario.kind is ScenarioKind.TOPIC}
    assert context.open_question is not None
    if found.scenario not in helps or not found.is_sure or found.scenario == context.open_question.scenario.id:
        return None
    if len(utterance.word) > _LONGEST_WISH or any(clause.is_quoted for clause in utterance.clauses):
        return None  # “客服回我说退不回”：说的是找过了怎么说，不是要找客服
    return Reading((intents.NewMatter(found.scenario, utterance.raw, sure=False),), explain=("要的是另一种帮助",))
