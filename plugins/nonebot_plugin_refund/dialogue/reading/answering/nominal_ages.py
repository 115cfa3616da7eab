"""问的是满几周岁，说的是虚岁：不当成周岁记，换算好了再问一声；一起说的别的照听。"""

import re

from ....domain.understanding.sums.numerals import read_small_integer
from ....domain.understanding.writing.text import normalise
from ....rulebook.scenario_models.models import QuestionKind
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance
from . import answers

_AGE = r"[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_NOMINAL = re.compile(
    rf"虚(?:岁|的|着|龄|年)?(?:是|有|都)?\s?(?P<age>{_AGE})(?:岁)?"
    rf"|(?<![0-9一二两三四五六七八九十])(?P<first>{_AGE})岁?[ ,(]{{0,2}}虚[岁的龄]"
)
"""“虚岁12”“十一岁 虚的”。"""
_REAL = re.compile(r"周岁(?:他|她|孩子|娃)?(?:是|有|刚|才)?\s?[0-9一二三四五六七八九十]")
_ASKS_REAL = "周岁"
_LEAST_LEFT = 3


def nominal_age(text: str) -> int | None:
    """话里的虚岁；没说、同时说了周岁的为 ``None``。"""
    said = normalise(text)
    found = _NOMINAL.search(said) if "虚" in said and _REAL.search(said) is None else None
    return None if found is None else read_small_integer(found["age"] or found["first"])


def read_nominal_age(context: Context, utterance: Utterance) -> Reading | None:
    """“虚岁12 上六年级”。"""
    opened = context.open_question
    if opened is None or opened.question.kind is not QuestionKind.NUMBER or utterance.asks:
        return None
    if _ASKS_REAL not in opened.question.text or nominal_age(utterance.raw) is None:
        return None
    told = intents.Talk(intents.TalkKind.NOMINAL_AGE, utterance.raw)
    rest = _NOMINAL.sub("虚岁 ", utterance.text).strip()
    beside = answers.read_answer(context, Utterance(rest)) if len(rest) >= _LEAST_LEFT else None
    if beside is not None and opened.question.id not in beside.facts:
        return Reading((*beside.intents, told), Band.ASK, explain=("说的是虚岁",))
    return Reading((told,), Band.ASK, explain=("说的是虚岁",))
