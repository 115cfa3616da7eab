"""话里的数不是到了的钱：花出去的、在算该退多少的、要对方给的、数的是别的。"""

import re

from ....domain.case.heard.news import HeardEvent
from ....domain.understanding.sums.amounts import parse_amount
from ....rulebook.wording_models.spoken import load_spoken
from ..utterance import Utterance

_RECKONING = load_spoken().reckoning
_CAME = re.compile(r"到账|到[了勒]|收到|已退|退[了勒]|退回|打过来|转过来|进账")
_COMING_IN = load_spoken().coming_in
_MONEY_MOVES = load_spoken().money_moves
_SPENT = re.compile(
    r"(?:给|向)(?:她|他|主播|对方|那个?主播|那个女的?|人家|老师|机构)\S{0,4}(?:转|打|发|刷|送|充)|转给(?:她|他|主播|对方)|转过\S{0,3}钱"
    r"|刷了|打赏了|充了|花了|看到(?:他|她|的)?账单|一年下来"
)
_WENT_OUT = re.compile(r"刷(?:到|走|出|掉|进|光|过|的|去)|打赏|送(?:出|礼|了)|砸[了进]|充(?:进|值|的)|花(?:掉|出)")
_BACK = re.compile(
    r"退|返|赔|回(?:来|了|到|账|卡|微信|零钱|支付宝)|追回|拿回|要回|还[我给]|给我|进(?:卡|账|微信|零钱|支付宝)|入账|收[着下了]|原路"
)
"""花出去的又回来了：“刷的三千还我了”“充的钱回微信了”。"""
_PAID_IN = re.compile(r"扣[了的]|分[两二三四几][次笔个]付|[定订]金|首付|先付|尾款")
"""说的是当初怎么付的：“微信扣了四千三”“分两次付的”。"""
_ABOUT_MONEY_BACK = re.compile(
    r"他|她|对方|人家|商家|卖家|店家|老板|平台|快手|客服|主播|老师|机构|公司|法院|执行|给|到|(?<!后)来|只|剩|少|还|费|违约"
)
"""是谁付给我的，来了多少、扣掉了什么；有这些字，说的就不是当初怎么付的。"""
_WANTED = re.compile(
    r"(?:[要想让叫]|得让)(?:他|她|它|商家|卖家|店家|老板|平台|快手|主播|机构|对方)们?(?:再|还|把|也)?(?:给|退|补|赔|出|付)"
)
"""“还有148要他给”：是要的，不是到了的。"""

_TO_SIGN = re.compile(r"[让要叫逼喊][我俺咱]{0,2}签")
"""“不肯再给了 让我签个结清”，话里没有数。"""
_NUMBER = re.compile(r"[0-9一二两三四五六七八九十]")
_GOODS_CAME = re.compile(r"到手(?:一看|一查|一试|发现|才发现|打开|就坏|是个?假|的是)")
"""“到手发现是组装机”：到手的是货。"""
_EARNS = re.compile(r"[挣赚]|工资|收入|生活费|零花|低保|退休金")


def no_money_came(utterance: Utterance, heard: HeardEvent) -> bool:
    """说的是别的数、在算该退多少、要对方给、钱是自己花出去的，不是钱到了。"""
    if _names_other_sum(utterance, heard) or _reckons(utterance):
        return True
    text = utterance.text
    to_sign = _TO_SIGN.search(text) is not None and _NUMBER.search(text) is None
    if to_sign or _GOODS_CAME.search(text) is not None:
        return True
    if heard.score >= 1 or _CAME.search(text) is not None:
        return False
    if _PAID_IN.search(text) is not None and _BACK.search(text) is None and _ABOUT_MONEY_BACK.search(text) is None:
        return True
    if _EARNS.search(text) is not None and _BACK.search(text) is None:
        return True  # “上个月才挣八百”
    if _SPENT.search(text) is not None or _WANTED.search(text) is not None:
        return True
    if _WENT_OUT.search(text) is not None and _BACK.search(text) is None:
        return True
    return not any(word in text for word in _COMING_IN)


def goes_out(text: str) -> bool:
    """说的是钱花出去了，没说又回来了。"""
    is_out = _WENT_OUT.search(text) is not None or _SPENT.search(text) is not None
    return is_out and _BACK.search(text) is None and _CAME.search(text) is None


def _reckons(utterance: Utterance) -> bool:
    """“按比例应该是 3184 吧”“我该退多少”：在算该退多少；“应退的299到账了”是到了。"""
    return any(word in utterance.text for word in _RECKONING) and _CAME.search(utterance.text) is None


def _names_other_sum(utterance: Utterance, heard: HeardEvent) -> bool:
    """说了一个数，却没有说钱动了的字：“我这三万多是攒了两年的”不是到账。"""
    if heard.score >= 1 or any(word in utterance.text for word in _MONEY_MOVES):
        return False
    return parse_amount(utterance.raw) is not None
