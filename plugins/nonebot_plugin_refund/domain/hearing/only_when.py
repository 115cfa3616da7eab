"""整句只说了是哪天的事（“10月26号刷的”）、用什么付的（“微信付的”），问的是别的：没有在答。"""

import re
from datetime import datetime

from ...rulebook.money_models.ledger_models import load_ledger
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..understanding.options import phrases_of
from ..understanding.writing.text import normalise
from .cues import without_days

_FILLERS = re.compile(r"[是的了在就都也 ,，。.!吧啊呢]|最早|大概|应该|晚上|半夜|早上|中午|下午")
_GOODS = ("的货", "货", "快递", "东西")
_TO_COME = re.compile(r"明|后天|马上|快[要了到]|就到|下周|周末")
_LASTS = re.compile(r"[天日月年]|小时|分钟|期限|超过|以内|内")
_MOST, _LITTLE = 1, 4
_WAYS = {word for channel in load_ledger().channels if channel.means for word in channel.said}
PAID_BY = tuple(sorted(_WAYS, key=len, reverse=True))
"""微信、支付宝这样用什么付的词，长的在前。"""


_NO_MONEY = re.compile(
    r"(?:我的?|俺的?|那个?|退的?){0,2}(?:退款|货款|钱款|余额|钱|款)(?:一直|还是|还|都|也|到现在|至今){0,3}[没未](?:有)?"
    r"(?:到账|到卡|到|退回|退给我|退我|退|回来|回|进账|打给我|打|见到|变|动|给我|给)(?:呢|啊|呀|了|我|账|过|来|吧){0,3}"
    r"|(?:一直|还|都|也){0,2}(?:没|没有|没见|没收)(?:到|见到|见着|看到|收到)?(?:退款|退的钱|钱|进账|到账)(?:呢|啊|呀|了|吧){0,2}"
)
_MONEY = ("到账", "退款", "退的钱")


def says_only_no_money(question: Question, text: str) -> bool:
    """整句只说了钱没到（“钱没到”“没见着钱”），这一题问的不是钱。"""
    if _NO_MONEY.fullmatch(normalise(text).strip()) is None:
        return False
    asked = (question.text, *(option.label for option in question.options))
    return not any(word in said for word in _MONEY for said in asked)


_HOW_PAID = re.compile(
    rf"(?:我|俺|是|都|用|拿|走|刷|从|的|全|就|直接|当时){{0,4}}(?:{'|'.join(map(re.escape, PAID_BY))})"
    r"(?:里|上)?(?:支付|付款|付|扣款|扣|刷|买|里)?(?:的|了|钱|啊|呀|呢|吧){0,3}"
)


def says_only_how_paid(question: Question, text: str) -> bool:
    """整句只说了用什么付的（“微信付的”“支付宝”），这一题问的不是它。"""
    if _HOW_PAID.fullmatch(normalise(text).strip()) is None:
        return False
    asked = (question.text, *(option.label for option in question.options))
    return not any(word in said for word in (*PAID_BY, "收款", "扣费") for said in asked)


def says_little_but_a_day(question: Question, text: str, now: datetime) -> bool:
    """问着哪天，除了日子几乎没说别的：“11.3付的款”说的不是别的哪一题。``now`` 带时区。"""
    left = without_days(text, now) if question.kind is QuestionKind.DATE else None
    return left is not None and len(left) <= _LITTLE


def says_only_when_it_was(scenario: Scenario, question: Question, text: str, now: datetime) -> bool:
    """去掉日子、事情本身的字（刷、打赏、送礼物；到货、签收），什么也没剩。``now`` 带时区。"""
    if scenario.event_date is None:
        return False
    whose = any(option.spender for option in question.options)
    choosing = question.kind is QuestionKind.CHOICE and question.known_from is None
    if not (whose or choosing):
        return False
    said = normalise(text)
    if not whose and (_TO_COME.search(said) or any(_LASTS.search(option.label) for option in question.options)):
        return False  # “明天就到”是还在路上；问过了多久的，答的就是多久
    if not whose and any(phrase in said for option in question.options for phrase in phrases_of(option)):
        return False  # “昨天刚收到”：是还没申请
    left = without_days(text, now)
    if left is None:
        return False
    for word in sorted((*scenario.question(scenario.event_date).heard_by, *_GOODS), key=len, reverse=True):
        left = left.replace(word, "")
    return len(_FILLERS.sub("", left)) <= _MOST
