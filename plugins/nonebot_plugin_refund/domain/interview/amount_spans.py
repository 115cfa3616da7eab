"""说成一段的钱数：“七八千”“一万到一万二”。两头差得不远、对判断没有区别，就记中间的约数；否则问更接近哪头。"""

from ...rulebook.derived.fact_space import band_of
from ...rulebook.scenario_models.models import NumberBand, Question, Scenario
from .answers import Answer
from .interview import Misread, MisreadReason

_FAR_APART = 1.5
"""大的那头超过小的这么多倍，中间的数就说明不了什么。"""


def about_the_middle(scenario: Scenario, question: Question, read: Misread) -> Answer | Misread:
    """说成一段的，能记约数就记；别的没读懂的原样返回。"""
    if read.reason is not MisreadReason.AMOUNT_RANGE or read.amounts is None:
        return read
    low, high = read.amounts
    bands = (fact for fact in scenario.facts if isinstance(fact, NumberBand) and fact.question == question.id)
    if high > low * _FAR_APART or any(band_of(fact, low) != band_of(fact, high) for fact in bands):
        return read
    return Answer((low + high) / 2, approximate=True)
