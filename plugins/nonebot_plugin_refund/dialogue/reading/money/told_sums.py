"""案件：话里没有进展，说的是一个数：要的一共多少、一共花出去多少、又花出去一笔、记着的价钱其实是别的花费。"""

import re
from decimal import Decimal

from ....domain.understanding.moods import Mood
from ....domain.understanding.sums.amounts import amounts_in
from ....domain.understanding.sums.moved_sums import SUM_SAID, whole_sum
from ....domain.understanding.sums.offered_sums import read_offered
from ....domain.understanding.sums.stated_sums import stated_sum
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.money_models.ledger_models import load_ledger
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..meanings.sum_intents import SumKind, SumTold
from ..utterance import Utterance
from .arrivals import refuses_offer
from .no_money import goes_out

_MONEY = load_spoken().money
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY})
_WANTS = re.compile(
    r"(?:我|俺|咱)们?(?:就|还是|只|是|总共|一共)?要(?:求|的是)?(?:他|她|商家|卖家|平台|快手|店家|老板|对方)?们?(?:退|赔|给|还)?我?"
    rf"(?P<sum>{SUM_SAID})|(?:一共|总共)要(?:退|赔)?(?P<whole>{SUM_SAID})"
)
_OF_A_PART = re.compile(r"剩|差|余|少|补|倍|换|扣|先|每")
_AGAIN = re.compile(
    rf"(?:又|还在|接着|继续|再次)[^,。;0-9]{{0,12}}?(?:刷|打赏|充|送|转|砸)[^,。;0-9一二三四五六七八九两]{{0,6}}(?P<sum>{SUM_SAID})"
)
_LATELY = re.compile(r"今天|今早|今晚|昨天|昨晚|昨夜|刚才|刚刚|早上|凌晨|半夜|这两天|这几天")
_IS_FEE = re.compile(r"(?P<sum>[0-9]{2,6}(?:\.[0-9]{1,2})?)(?:块钱?|元)?(?:那是|是|算)")
_APART = re.compile(r"私[下转]|路费|微信转|另外|一个月|每[天月次]|最多|限额|不算|不包括|除了")
"""站外转的、一个月花的：不是一共打赏了多少。"""
_NAMING = re.compile(rf"[那这]\s?{SUM_SAID}")
"""“我充的那1280”：拿数来指是哪一件。"""
_LEAST_SPENT = 100
_LEAST_WANTED = 10


def read_told_sums(context: Context, utterance: Utterance) -> Reading | None:
    """听得出那个数是什么就给出听法；在问的、假设的、说钱到了的为空。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.doubts or utterance.moods & _NOT_TOLD:
        return None
    if utterance.came:
        return None
    for kind, found in (
        (SumKind.PAID_AGAIN, _paid_again(matter, utterance)),
        (SumKind.PRICE, _price(matter, utterance)),
        (SumKind.WANTED, _wanted(matter, utterance)),
        (SumKind.SPENT, _spent(matter, utterance)),
    ):
        if found is not None:
            told = SumTold(matter.code, kind, found, utterance.raw)
            return Reading((told,), Band.RECORD, 0.8, (f"说的数：{kind}",))
    return None


def _paid_again(matter: OpenMatter, utterance: Utterance) -> Decimal | None:
    """“爷爷今天早上又被那女的叫去刷了800”。"""
    match = _AGAIN.search(utterance.text) if matter.scenario.id in load_ledger().scenarios else None
    if match is None or _LATELY.search(utterance.text) is None or "退" in utterance.text:
        return None
    return _one(match["sum"])


def _price(matter: OpenMatter, utterance: Utterance) -> Decimal | None:
    """“足浴盆269块 600是机票的”：记着的 600 是别的花费，另一个数才是价钱。"""
    for piece in pieces_of(utterance.raw):
        match = _IS_FEE.search(piece)
        if match is None or Decimal(match["sum"]) not in matter.sums or not any(fee in piece for fee in _MONEY.fees):
            continue
        others = {Decimal(str(value)) for _, _, value in amounts_in(utterance.raw)[1]} - {Decimal(match["sum"])}
        return others.pop() if len(others) == 1 else None
    return None


def _wanted(matter: OpenMatter, utterance: Utterance) -> Decimal | None:
    """“我要259加运费23 一共282”。"""
    match = _WANTS.search(utterance.text)
    if match is None or matter.part_came or _OF_A_PART.search(utterance.text) or refuses_offer(matter, utterance):
        return None
    value = stated_sum(utterance.raw) or _one(match["sum"] or match["whole"])
    return value if value is not None and value >= _LEAST_WANTED else None


def _spent(matter: OpenMatter, utterance: Utterance) -> Decimal | None:
    """“从国庆节刷到现在 一万三左右吧 微信”。"""
    if (
        matter.claimed is not None
        or matter.scenario.id not in load_ledger().scenarios
        or matter.part_came
        or not goes_out(utterance.text)
    ):
        return None
    if _APART.search(utterance.text) is not None or _NAMING.search(utterance.text) is not None:
        return None
    return whole_sum(utterance.raw, _LEAST_SPENT)


def _one(written: str) -> Decimal | None:
    read = read_offered(written)
    return None if read is None or read.is_share or read.low != read.high else read.low
