"""一句里说到的几样货：一样一件，先看一样，别的先记着。"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherGoods:
    """同一句里说到的另一样货。"""

    scenario: str
    thing: str
    said: str


@dataclass(frozen=True, slots=True)
class KeptTold:
    """问着一件，说的是先前记着、还没轮到的另几样货：哪样，说了什么。"""

    told: tuple[tuple[str, str], ...]
    alone: bool
    """没有说正问着的这件。"""
