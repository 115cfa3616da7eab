"""问的是满几周岁，说的是虚岁、几年级、哪年生的、差多久满几岁：不当成周岁记，换算好了再问一声；一起说的别的照听。"""

from ....domain.interview.changing.meant_values import ASKS_REAL_AGE
from ....domain.understanding.sums.told_ages import NOMINAL, below_age, told_age
from ....rulebook.scenario_models.models import QuestionKind
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance
from . import answers

_LEAST_LEFT = 3


def read_nominal_age(context: Context, utterance: Utterance) -> Reading | None:
    """“虚岁12 上六年级”“2016年3月生的”。"""
    opened = context.open_question
    if opened is None or opened.question.kind is not QuestionKind.NUMBER or utterance.asks:
        return None
    if ASKS_REAL_AGE not in opened.question.text:
        return None
    under = below_age(utterance.raw)
    if under is None and told_age(utterance.raw, context.now.date()) is None:
        return None
    told = intents.Talk(intents.TalkKind.NOMINAL_AGE, utterance.raw)
    rest = NOMINAL.sub("虚岁 ", utterance.text).strip() if under is None else utterance.text.replace(under.said, " ")
    beside = answers.read_answer(context, Utterance(rest)) if len(rest) >= _LEAST_LEFT else None
    if beside is not None and opened.question.id not in beside.facts:
        return Reading((*beside.intents, told), Band.ASK, explain=("没有直说满几周岁",))
    return Reading((told,), Band.ASK, explain=("没有直说满几周岁",))
