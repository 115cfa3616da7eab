"""一句话里报了几笔、没说一共的：“支付宝1200微信860信用卡3000”“三笔：648、328、98”“扣我39 又扣我68”“定金50 尾款349”。

每个数都看得出是其中一笔才加；有一个说不清的、有退了赔了的，都不加，由上层再问。
"""

import re
from decimal import Decimal

from ....rulebook.wording_models.spoken import load_spoken
from ..writing.pieces import pieces_of
from .amounts import amounts_in
from .numerals import read_small_integer

_CHANNELS = "|".join(map(re.escape, sorted(load_spoken().money.channels, key=len, reverse=True)))
_BY_CHANNEL = re.compile(
    rf"(?P<channel>{_CHANNELS}|(?<=\s)钱)(?:[里上内]面?|那边|的)?\s?(?:一共|总共)?(?:又|还|也|共)?"
    r"(?:付|扣|刷|充|花|用|出|支付|打赏)?(?:掉|去|出|了|的|走)?(?:我)?(?:是|有|:)?\s?$"
)
_THE_REST = re.compile(r"(?:剩下?|其余|余下|另外|还有)(?:的|那)?\s?$")
_AFTERWARDS = re.compile(rf"(?:块钱?|元)?\s?(?:是|用|走|从|刷)?的?(?P<channel>{_CHANNELS})")
_AGAIN = re.compile(
    r"(?:扣|充|刷|付|花|打赏|买)(?:掉|去|出|了|走)?(?:我|他|她)?\s?$|(?:又|再|还|接着|然后)(?:是|有|来了?)?\s?$"
)
_SPENDS = re.compile(r"扣|充|刷|付|花|打赏|买")
_ONE_MORE = re.compile(r"又|再[扣充刷付花打买来]|还[扣充刷付花打买]|接着|然后")
_DEPOSIT = re.compile(r"[定订]金(?:付|交|是)?了?\s?$")
_REST_PAID = re.compile(r"(?:尾款|余款|后款)(?:付|交|是|补)?了?\s?$")
_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,2})?"
_LISTED = re.compile(
    rf"(?P<many>[2-9二两三四五六七八九十])(?:笔|次|单|回)[^0-9]{{0,6}}(?P<list>{_NUMBER}(?:块钱?|元)?"
    rf"(?:[,、和 ]{{1,3}}{_NUMBER}(?:块钱?|元)?){{1,11}})(?![0-9.])"
)
_TOTAL = re.compile(r"(?:一共|总共|总计|合计|加起来|总额|拢共|统共|共)[^0-9]{0,4}$")
_NOT_PAID = re.compile(r"退|赔|补|到账|返|差|私下|红包|转[给她他]|每[笔次月天]|一[笔次]的|都是|各")
_HAS_NUMBER = re.compile(r"[0-9]|[一二三四五六七八九两][百千万]")
_SMALLEST = 100
"""没写“元”的一个小数（“小子13了”），多半是岁数、次数。"""
_MOST_BEFORE = 14

_Sums = list[tuple[int, int, Decimal]]


def several_sum(text: str) -> Decimal | None:
    """报的几笔加起来，元；只说了一笔、说不清哪些是的为空。"""
    if any(_NOT_PAID.search(piece) for piece in pieces_of(text) if _HAS_NUMBER.search(piece)):
        return None
    said, found = amounts_in(text)
    listed = _listed(said)
    if listed is not None:
        return listed
    sums = [(start, end, Decimal(str(value))) for start, end, value in found]
    for way in (_of_channels, _one_after_another, _deposit_and_rest):
        parts = way(said, sums)
        if parts.count(True) >= 2 and (total := _added(said, sums, parts)) is not None:
            return total
    return None


def _listed(said: str) -> Decimal | None:
    """“三笔：648、328、98”：报的和说的笔数一样多。"""
    match = _LISTED.search(said)
    if match is None:
        return None
    every = [Decimal(number) for number in re.findall(_NUMBER, match["list"])]
    many = read_small_integer(match["many"])
    return sum(every, Decimal()) if many == len(every) else None


def _is_small_bare(said: str, end: int, value: Decimal) -> bool:
    return value < _SMALLEST and said[end - 1] not in "块元钱角毛分"


def _added(said: str, sums: _Sums, parts: list[bool]) -> Decimal | None:
    """是其中一笔的加起来；另外还有数的，只能是恰好的总数。"""
    total = sum((value for (_, _, value), is_part in zip(sums, parts, strict=True) if is_part), Decimal())
    others = [one for one, is_part in zip(sums, parts, strict=True) if not is_part]
    return total if all(value == total or _is_small_bare(said, end, value) for _, end, value in others) else None


def _of_channels(said: str, sums: _Sums) -> list[bool]:
    """每笔各是一个付款的地方；同一个地方说了两次的不算。"""
    channels: list[str] = []
    parts: list[bool] = []
    for start, end, _ in sums:
        before = said[max(0, start - _MOST_BEFORE) : start]
        match = _BY_CHANNEL.search(before)
        if match is None and _THE_REST.search(before) is not None:
            match = _AFTERWARDS.match(said, end)
        parts.append(match is not None and _TOTAL.search(before) is None)
        channels += [match["channel"]] if match is not None else []
    return parts if len(set(channels)) == len(channels) else [False] * len(sums)


def _one_after_another(said: str, sums: _Sums) -> list[bool]:
    """“扣我39 又扣我68”：都是花出去的，后一笔说了“又”。"""
    if _ONE_MORE.search(said) is None or _SPENDS.search(said) is None:
        return [False] * len(sums)
    return [_AGAIN.search(said[max(0, start - _MOST_BEFORE) : start]) is not None for start, _, _ in sums]


def _deposit_and_rest(said: str, sums: _Sums) -> list[bool]:
    """定金和尾款：各一笔。"""
    deposit = [_DEPOSIT.search(said[max(0, start - _MOST_BEFORE) : start]) is not None for start, _, _ in sums]
    rest = [_REST_PAID.search(said[max(0, start - _MOST_BEFORE) : start]) is not None for start, _, _ in sums]
    both = [one or other for one, other in zip(deposit, rest, strict=True)]
    return both if deposit.count(True) == rest.count(True) == 1 else [False] * len(sums)
