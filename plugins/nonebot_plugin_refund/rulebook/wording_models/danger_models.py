"""``danger.yaml`` 的数据模型：哪些话说明有危险，先说什么、再给哪个号码。"""

from dataclasses import dataclass
from functools import cache

from pydantic import Field

from ..file_names import DANGER_FILE
from ..scenario_models.base_models import Id, Strict, Text, Word
from ..yaml_reading.packaged_yaml import packaged_yaml

WordGroups = tuple[tuple[Word, ...], ...]
"""几组词：每一组里有一个出现，照先后、隔得不远，才算。"""


_FIRST, _AGAIN, _MORE, _CASE = "first", "again", "more", "case-"
"""接住一句危险的话说的几段；``cases`` 里的是 ``case-`` 加第几种。"""


@dataclass(frozen=True, slots=True)
class Passage:
    """接住一句危险的话说的一段。"""

    id: str
    text: str


class DangerCase(Strict):
    """同一种危险里，要先做的事不一样的：烫伤和吃坏。"""

    words: tuple[Word, ...] = Field(min_length=1)
    """话里有其中一个，就换成这一段。"""
    along: tuple[Word, ...] = ()
    """还要有其中一个；不写就不用。"""
    unless: tuple[Word, ...] = ()
    """话里有这些字的不算。"""
    answer: Text
    number: Text

    def is_said(self, text: str) -> bool:
        """规范化的 ``text`` 说的是不是这一种。"""
        if not any(word in text for word in self.words) or any(word in text for word in self.unless):
            return False
        return not self.along or any(word in text for word in self.along)


class DangerWords(Strict):
    """一种危险。"""

    id: Id
    sure: tuple[WordGroups, ...] = Field(min_length=1)
    """其中任何一项的各组词都出现，就是明说了。"""
    signs: tuple[Word, ...] = Field(min_length=1)
    """有其中一个，才值得看学来的把握。"""
    unless: tuple[Word, ...] = ()
    """这些词里的字不算数：“跳楼价”不是跳楼。"""
    unless_near: tuple[WordGroups, ...] = ()
    """同上，几组词照先后、隔得不远才不算数：“扣八百手续费”不是先交手续费。"""
    settled: tuple[Word, ...] = ()
    """有其中一个，讲的多半是早先交的、分期的、合同里写的：明说了也要有几成把握才算。"""
    answer: Text
    """先说做什么。"""
    number: Text
    """再给号码，和一句陪着的话。"""
    again: Text
    """紧接着又听到同一种危险时说的，不把同一段话再念一遍。"""
    more: Text
    """接连第三次时说的；再往后两段轮着说。"""
    after: Text
    """下一句没有危险了、也没说是什么事时的一句。"""
    calm: Text
    """同上，手头正办着一件的：不再问是什么事。"""
    cases: tuple[DangerCase, ...] = ()
    """先做的事不一样的几种，在前的先算。"""

    def words_for(self, said: str, before: str | None) -> "Passage":
        """听到 ``said`` 说哪一段；``before`` 是紧接着的前一次说的哪一段，头一次为 ``None``。同一段不接连说两遍。"""
        place = next((place for place, case in enumerate(self.cases) if case.is_said(said)), None)
        first = _FIRST if place is None else f"{_CASE}{place}"
        if before is None or (place is not None and before != first):
            meant = self if place is None else self.cases[place]
            return Passage(first, f"{meant.answer}\n{meant.number}")
        return Passage(_MORE, self.more) if before == _AGAIN else Passage(_AGAIN, self.again)


class Dangers(Strict):
    """``danger.yaml`` 的形状。"""

    version: int = Field(gt=0)
    told: tuple[Word, ...] = Field(min_length=1)
    """有其中一个，讲的多半是歌、剧、新闻、别人家。"""
    ordinary: tuple[Word, ...] = ()
    """一个危险的字也没有、又说着这些的，是在说退款的事，不往危险里听。"""
    joking: tuple[Word, ...] = ()
    """说着玩的字：没有明说危险时，同 ``told``；明说了的，后面补一句玩笑不算数。"""
    dangers: tuple[DangerWords, ...] = Field(min_length=1)


@cache
def load_dangers() -> Dangers:
    """随包的那一份，只读一次；不合规定抛 ``pydantic.ValidationError``。"""
    return Dangers.model_validate(packaged_yaml(DANGER_FILE))
