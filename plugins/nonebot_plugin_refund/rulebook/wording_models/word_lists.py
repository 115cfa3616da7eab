"""一列意思一样的词：不重复，不拿编号当词。"""

from typing import Annotated

from pydantic import AfterValidator, Field

from ..scenario_models.base_models import Word


def _usable(words: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise ValueError(f"“{'、'.join(twice)}”写了两遍")
    numbers = [word for word in words if word.isdecimal() and len(word) < _SHORTEST_NUMBER]
    if numbers:
        raise ValueError(f"“{'、'.join(numbers)}”是编号，不能当词；换个说法")
    return words


_SHORTEST_NUMBER = 4
"""这么长的数字（12315）不会是列出来的编号。"""

Words = Annotated[tuple[Word, ...], Field(min_length=1), AfterValidator(_usable)]
"""意思一样的几个词，统一写法。"""
