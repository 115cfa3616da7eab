"""材料：要准备什么、为什么要、怎么拿到。"""

from pydantic import Field

from .base_models import Id, Strict, Text


class Evidence(Strict):
    """一项材料。机器人不收图片，只记“有没有”。

    手册里可以写 ``use: 共用材料的 id`` 照用 evidence.yaml 里的，只改不同的几项；一字不改的不必写，规则里直接写它的 id。
    """

    id: Id
    title: Text
    why: Text
    """为什么要它。"""
    how: Text
    """怎么拿到。"""
    may_vanish: str = ""
    """什么时候可能就拿不到了。"""
    official_only: bool = False
    """含证件或账号，只交官方入口，不发群里也不发给机器人。"""


class SharedEvidence(Strict):
    """``evidence.yaml`` 的形状：几个场景都要的材料，各写一次。"""

    evidence: tuple[Evidence, ...] = Field(min_length=1)
