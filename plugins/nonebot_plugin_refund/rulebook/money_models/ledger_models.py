"""``ledger.yaml`` 的数据模型：记账时的词和话。"""

from functools import cache, cached_property

from pydantic import Field

from ..file_names import LEDGER_FILE
from ..scenario_models.base_models import Id, Strict, Text, Word
from ..yaml_reading.packaged_yaml import packaged_yaml


class LedgerChannel(Strict):
    """钱走的一条路。"""

    id: Id
    title: Text
    said: tuple[Word, ...] = Field(min_length=1)
    """话里有其中一个，就是它。"""
    receipts: tuple[Word, ...] = ()
    """只有它的收据上才有的字：有其中一个，整张都是它的。"""
    means: bool = False
    """只是用什么付的：话里还说了另一条路，照那一条。"""
    apart: bool = False
    """没付给平台的：不加进“一共打赏（充值）了多少”。"""
    addressee: Text
    """这样付的钱找谁要。"""


class LedgerAge(Strict):
    """付款时孩子在哪一段。"""

    id: Id
    title: Text
    claim: Text
    """这一段的钱怎样要。"""
    sources: tuple[Id, ...] = ()
    """凭什么；没有法律可引的（没说日子的）不写。"""


class LedgerMessages(Strict):
    """各句话；花括号里的空由程序填。"""

    ask: Text
    noted: Text
    dropped: Text
    ask_birthday: Text
    not_a_day: Text
    skipped: Text
    part: Text
    payee: Text
    sue_by: Text
    total: Text
    next: Text
    nothing: Text
    not_here: Text
    full: Text
    unknown_channel: Text
    unknown_addressee: Text


class Ledger(Strict):
    """``ledger.yaml`` 的形状。"""

    version: int = Field(gt=0)
    scenarios: tuple[Id, ...] = Field(min_length=1)
    """哪几个场景要记账。"""
    openings: tuple[Word, ...] = Field(min_length=1)
    """以这些开头的，就是在报账。"""
    children: tuple[Id, ...] = Field(min_length=1)
    """答案里有其中一个选项，花的才是孩子的钱。"""
    not_payments: tuple[Word, ...] = ()
    """没说是在报账时，话里有其中一个，说的就不是一笔笔花出去的钱。"""
    not_spent: tuple[Word, ...] = ()
    """账单上有其中一个的那一笔退回来了，或没付成。"""
    not_undated: tuple[Word, ...] = ()
    """没说日子、只说怎么付了多少的，话里有其中一个就不是在报账。"""
    splitting: tuple[Word, ...] = ()
    """问过生日，反问里有其中一个，问的是怎么按生日分。"""
    skip: tuple[Word, ...] = Field(min_length=1)
    """不想说生日。"""
    messages: LedgerMessages
    channels: tuple[LedgerChannel, ...] = Field(min_length=1)
    ages: tuple[LedgerAge, ...] = Field(min_length=1)

    @cached_property
    def channel_words(self) -> tuple[tuple[str, str], ...]:
        """每个词说的是哪条路，长的词在前。"""
        said = [(word, channel.id) for channel in self.channels for word in channel.said]
        return tuple(sorted(said, key=lambda pair: -len(pair[0])))

    @cached_property
    def means(self) -> frozenset[str]:
        """只是用什么付的那几条。"""
        return frozenset(channel.id for channel in self.channels if channel.means)


@cache
def load_ledger() -> Ledger:
    """随包的那一份，只读一次；不合规定抛 ``pydantic.ValidationError``。"""
    return Ledger.model_validate(packaged_yaml(LEDGER_FILE))
