"""``offers.yaml`` 的数据模型：对方出了一个数，怎么说回去。"""

from functools import cache

from pydantic import Field

from ..file_names import OFFERS_FILE
from ..scenario_models.base_models import Id, Strict, Text, Word
from ..yaml_reading.packaged_yaml import packaged_yaml


class OfferMessages(Strict):
    """各句话；花括号里的空由程序填。"""

    noted: Text
    by_day: Text
    less: Text
    enough: Text
    unknown: Text
    heard: Text
    ask_claimed: Text
    claimed_noted: Text
    gives_up: Text
    gives_up_unsaid: Text
    undisputed: Text
    next: Text
    next_undated: Text
    condition_only: Text
    refused: Text
    rest_promised: Text
    rest_unsaid: Text
    settled_sum: Text
    arrived_short: Text
    arrived_short_of_deal: Text
    arrived_waiting: Text
    arrived_instalment: Text
    arrived_choices: Text
    arrived_settle: Text
    arrived_in_full: Text
    paid_again: Text
    paid_again_added: Text
    paid_again_unsaid: Text
    still_wanted: Text
    still_known: Text
    still_unsaid: Text
    own_cost: Text
    own_cost_apart: Text
    added_up: Text
    never_came: Text
    kept_came: Text
    arrived_check: Text


class OfferGround(Strict):
    """对方给的一种理由，或要你先做的一件事。"""

    id: Id
    said: tuple[Word, ...] = Field(min_length=1)
    """话里有其中一个，就是它。"""
    answer: Text
    """它值多少、该怎么办。"""
    sources: tuple[Id, ...] = Field(min_length=1)
    """凭什么这样说：sources.yaml 里的 id。"""
    without_then: bool = False
    """对方叫他这样做就算，不用说“就退”“才退”。"""

    def is_in(self, text: str) -> bool:
        """统一过写法的话里有没有它。"""
        return any(word in text for word in self.said)


class Offers(Strict):
    """``offers.yaml`` 的形状。"""

    version: int = Field(gt=0)
    messages: OfferMessages
    conditions: tuple[OfferGround, ...] = Field(min_length=1)
    """要你先做什么才退。"""
    reasons: tuple[OfferGround, ...] = Field(min_length=1)
    """只退一部分的理由，先写的先说。"""

    def answer_of(self, ground_id: str) -> str:
        """一种理由或条件怎么说；没有的抛 ``KeyError``。"""
        found = {ground.id: ground.answer for ground in (*self.conditions, *self.reasons)}
        return found[ground_id]


@cache
def load_offers() -> Offers:
    """随包的那一份，只读一次；不合规定抛 ``pydantic.ValidationError``。"""
    return Offers.model_validate(packaged_yaml(OFFERS_FILE))
