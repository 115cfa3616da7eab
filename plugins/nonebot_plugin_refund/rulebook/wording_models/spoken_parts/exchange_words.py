"""商家提的换、补发：提了还没应，和应下了，各是怎么说的。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class ExchangeOfferWords(Strict):
    """“他说补寄赠品 让我别退了”：是他提的，不是已经说定的。"""

    things: Words
    """换什么、补什么。"""
    theirs: Words
    """提的是他们。"""
    instead: Words
    """拿来换的条件、商量的话：有其中一个，是提出来的。"""
    accepted: Words
    """本人应下了。"""
    declined: Words
    """本人没应。"""
    unless: Words
    """有其中一个，说的不是这回事：换的已经发了、到了，或要求的是自己。"""
