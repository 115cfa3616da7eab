"""贴来的账单里不是一笔付款的字：卡尾号、遮住的手机号、余额、快币个数；去掉再读，尾号也不留。"""

import re
from dataclasses import dataclass

_SUM = r"[¥￥]?[ \t]?[0-9][0-9,]{0,10}(?:\.[0-9]{1,2})?[ \t]?元?"
_NUMBERS = re.compile(
    r"[0-9]{8,}"
    r"|[0-9]{1,11}\*{2,12}[0-9]{0,11}"
    r"|尾号(?:为|是)?[ \t]?[0-9]{3,6}"
    r"|(?:银行|信用卡|储蓄卡|借记卡|账户|帐户)[^0-9\n¥￥,，。;；]{0,6}[(（\[][0-9]{3,7}[)）\]]"
    r"|(?:账户|帐户|卡号|账号|单号)[ :：]?[0-9]{3,7}(?![0-9.,元块月年/:-])"
)
"""卡号、单号、尾号、遮住的手机号：一个不留，也不当成钱。"""
_BESIDE = re.compile(
    rf"(?:可用|账户|零钱|卡内)?余额[^0-9\n]{{0,6}}{_SUM}"
    r"|[0-9]{1,7}[ \t]?(?:元|块)?的?快币(?:包|充值)?(?:[ \t]?[x×*][ \t]?[0-9]{1,4})?"
    rf"|支出[ \t]?{_SUM}[ \t]?收入[ \t]?{_SUM}"
    r"|快币(?:包|数量|个数|充值)?[ \t]?[:：x×*][ \t]?[0-9]{1,7}(?![0-9.,])"
    r"|充值快币[ \t]?[0-9]{1,7}(?![0-9.,元块])"
)
"""账上还有多少、这个月一共收支多少、买了多少个快币：不是一笔付的钱。"""
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_MARKED = re.compile(r"[0-9]\.[0-9]{2}(?![0-9])|[¥￥][ \t]?[0-9]|(?<=[\s,，])[-－−][0-9]")


@dataclass(frozen=True, slots=True)
class Bill:
    """去掉了这些字的一段话。"""

    text: str
    is_pasted: bool
    """像是贴来的账单：有钟点，钱数写着 ¥、小数或负号；光秃秃的整数不是钱。"""
    dropped: int
    """丢掉了几串号码。"""


def bill_of(text: str) -> Bill:
    """把一段话里不是付款的去掉。"""
    without, dropped = _NUMBERS.subn(" ", text)
    without = _BESIDE.sub(" ", without)
    is_pasted = _CLOCK.search(without) is not None and _MARKED.search(without) is not None
    return Bill(without, is_pasted, dropped)
