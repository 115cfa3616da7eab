"""问一共多少的题，没写“元”也听得出的总数：“总额8724”“一共是3600”，“8724 1944加6780”。"""

import re

from ....rulebook.scenario_models.models import Question, Scenario
from ....rulebook.wording_models.spoken import load_spoken
from ...interview.amount_spans import about_the_middle
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...understanding.sums.amounts import parse_amount
from ...understanding.sums.several_sums import several_sum
from ...understanding.sums.stated_sums import added_sum
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise

_TOTALS = tuple(word for word in load_spoken().totals if not word.endswith("了"))
_NUMBER = r"[0-9]{2,7}(?:\.[0-9]{1,2})?"
_TOTAL = re.compile(
    rf"(?:{'|'.join(map(re.escape, _TOTALS))})(?:是|就是|有|为|刷|花)?\s?(?P<sum>{_NUMBER})"
    r"(?![0-9.多来几]|\s?(?:个|次|笔|天|岁|年|月|号|日|点|节|件|双|条|分|%|多|左右|上下))"
)
_EVERY = re.compile(_NUMBER)


def asks_total(question: Question) -> bool:
    """问的是一共多少。"""
    return any(word in question.heard_by for word in _TOTALS)


def lists_more(text: str, read: Answer) -> bool:
    """听成一共的那个数之外，还光报了两三笔，又加不成它：“苹果加起来1944 微信1000 500 2000”只是其中一处的。"""
    said = normalise(text)
    more = [float(number) for number in _EVERY.findall(said) if float(number) != read.value]
    bare = [float(piece) for piece in pieces_of(text) if _EVERY.fullmatch(piece)]
    return len(bare) > 1 and len(more) > 1 and sum(more) != read.value and read.value not in bare


_PART = re.compile(rf"[^0-9]{{0,6}}(?P<sum>{_NUMBER})\s?(?:元|块)?钱?")
_NOT_A_PART = re.compile("退|赔|补|扣|剩|差|运费|鉴定|月|号|日|岁|年")


def one_of_several(text: str, value: float) -> bool:
    """光报了几笔（“三笔 1200 800 300”“爷爷的卡1200 奶奶的卡800”），这个数只是其中一笔，不是加起来的。"""
    matched = (_PART.fullmatch(piece) for piece in pieces_of(text) if _NOT_A_PART.search(piece) is None)
    parts = [float(match["sum"]) for match in matched if match is not None]
    return len(parts) > 1 and value in parts and 2 * value != sum(parts)


def told_range(scenario: Scenario, question: Question, text: str) -> Answer | None:
    """“大概四五千”“前前后后七八千块”：整段话只说了这一段钱数，记中间的约数；还说了别的钱数、两头判断不一样的为空。"""
    if not asks_total(question) or not asks_sum_of(question, text):
        return None
    read = {piece: parsed for piece in pieces_of(text) if (parsed := parse_amount(piece)) is not None}
    if len(read) != 1:
        return None
    (piece, parsed), *_ = read.items()
    if parsed.value is not None or parsed.at_least is None or parsed.at_most is None or _NOT_A_PART.search(piece):
        return None
    span = Misread(MisreadReason.AMOUNT_RANGE, amounts=(parsed.at_least, parsed.at_most))
    about = about_the_middle(scenario, question, span)
    return about if isinstance(about, Answer) else None


def asks_sum_of(question: Question, text: str) -> bool:
    """话里说的钱可能是这一题问的：没有说退回来、赚来的字。"""
    return not any(word in text for word in (*question.not_heard_with, *question.not_answered_with))


def told_total(question: Question, text: str) -> Answer | None:
    """说了的总数；话里还有别的数、又不是加起来正好的，为 ``None``。"""
    if not asks_total(question):
        return None
    said = normalise(text)
    every = [float(number) for number in _EVERY.findall(said)]
    if not every:
        return None
    if (several := several_sum(text)) is not None:
        return Answer(float(several))
    found, added = _TOTAL.search(said), added_sum(said)
    total = float(added) if added is not None else float(found["sum"]) if found is not None else None
    parts = [number for number in every if number != total]
    if total is None or (parts and sum(parts) != total):
        return None
    return Answer(total)
