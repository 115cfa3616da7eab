"""场景自己写的“怎样从话里听出是它”：操作者给别的平台、别的事加场景时用。

随包的场景靠词表和拟合的权重来认（:mod:`..wording_models.signals`）；自己加的场景没有成千句标注过的话，
所以只用三列看得懂的词，认得准不准由写的人说了算。
"""

from pydantic import Field

from .base_models import Strict, Word


class RecognisedBy(Strict):
    """一句话里有 ``needs_one_of`` 之一、又有 ``and_one_of`` 之一、没有 ``unless`` 的任何一个，就是这个场景。

    听出来了就盖过随包的识别；不满足的话，随包的识别和没有这个场景时一模一样。
    """

    needs_one_of: tuple[Word, ...] = Field(min_length=1)
    """少不了的词，话里要有其中一个：平台的名字和它常见的错别字。"""
    and_one_of: tuple[Word, ...] = Field(min_length=1)
    """还要有其中一个：退、换、不合适……说明讲的是这件事，而不是随口提到平台。"""
    unless: tuple[Word, ...] = ()
    """有其中任何一个就不是：别的平台的名字（快手）、别的事（打赏）。"""
    speaks_up: bool = False
    """群里没人叫它时要不要主动接话；默认不接。即使要，话里有广告、闲聊、卖家这类词时也不接。"""
