"""换着说法说的岁数，换算好了说给他听。"""

from ...domain.understanding.sums.told_ages import ToldAge
from . import wording


def told_age_in_words(age: ToldAge) -> str:
    """“虚岁 10，一般是周岁 8 到 9……”。"""
    told = f"{age.low}" if age.low == age.high and age.kind == "born" else f"{age.low} 到 {age.high}"
    return wording.TOLD_AGES[age.kind].format(said=age.said, told=told, low=age.low, high=age.high, full=age.low + 1)
