"""正等着的那一题：话里还说了别的时，哪一部分是它的答案。

整句读得通就按整句；读不通再看小句和提示的字，只有一种读法才算。
"""

import re
from collections.abc import Mapping
from datetime import datetime

from ...rulebook.derived.once import once_for_each
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..interview.amount_spans import about_the_middle
from ..interview.answers import Answer
from ..interview.interview import YES_NO, Misread, MisreadReason, read_answer
from ..understanding.meaning import read_option
from ..understanding.options import phrases_of
from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import normalise, trim_punctuation
from ..understanding.yesno import parse_yesno
from .beside.mentioned_options import mentions_in, options_for
from .cues import VALUED, cued_answers, is_of_another, says_another_event, tells_another_deed
from .interrupted import only_filed
from .only_when import says_only_how_paid, says_only_no_money
from .options.had_beside_denied import had_beside_denied
from .options.learnt_answers import heard_answer, is_literal
from .options.none_said import none_said
from .people.who_spent import asks_who, tells_only_sums
from .told_beside import asks_for_proof, only_proof, without_proof
from .values.doubtful_days import doubted
from .values.just_done import just_done
from .values.own_age import asks_age, has_no_age, own_age, says_only_tens
from .values.own_day import own_day
from .values.told_totals import lists_more, told_total
from .values.within_days import within_days

_LEADING_NUMBER = re.compile(
    r"\s?(?:选|第)?\s?(?P<number>[0-9]{1,2})\s?(?:个|项|号)?\s?"
    r"(?:[,。;!、]|\s(?!\s?(?:[0-9]|[天号日月年周个次块元岁点分时小万千百件单笔多来到折])))\s?\S"
)
"""开头先回了编号，后面再说别的；“2 天前”“3 块”不是编号。统一过的话里没有连着的空格，至多跳过一个。"""
_ALSO_LIKELY = 0.3
"""去掉凭证，余下的这么像反过来的，就不算听准。"""
_FORGOT = re.compile(r"忘了?(?:要|去|给)?(?=[录拍存截]|留(?!着)|保存)")
"""“忘了录”：是没有录，不是记不清。"""
_PROOF_OF = "证据说明"
"""问的是有没有证据说明某件事，不是手里有没有证据。"""
_LEAST_NAME = 3
"""选项的名称、别名有这么长，才算话里说到它。"""
_LONGEST_YES_NO = 5
_LONGEST_NUMBER = 12
_COUNTED = re.compile(r"[0-9零一二两三四五六七八九十百千万]")


def read_among(scenario: Scenario, question: Question, text: str, now: datetime) -> Answer | Misread:
    """把一句（可能还说了别的的）话读成这个问题的答案。"""
    if asks_for_proof(question):
        text = _FORGOT.sub("没", text)
    found = _beside_proof(scenario, question, text, now)
    return _read_whole(scenario, question, text, now) if found is None else found


def _read_whole(scenario: Scenario, question: Question, text: str, now: datetime) -> Answer | Misread:
    if (counted := within_days(question, text)) is not None:
        return Answer(counted)
    literal = _read_literally(scenario, question, text, now)
    if _leading_number(question, text, now) is not None:
        return literal  # 先回了编号，后面说的是别的
    if not is_literal(question, text) and _is_label_elsewhere(scenario, question, text):
        return literal  # 原样说的是别的题的选项
    is_free = question.kind is QuestionKind.CHOICE and not is_literal(question, text)
    if is_free and (says_only_how_paid(question, text) or says_only_no_money(question, text)):
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    if is_free and asks_who(question) and only_filed(text):
        return Misread(MisreadReason.NOT_UNDERSTOOD)  # “我妈提交了”：说的是谁去申请，不是谁刷的
    if is_free and tells_only_sums(question, text):
        return Misread(MisreadReason.NOT_UNDERSTOOD)  # “礼物那边算出来是4260”：没说是谁
    if asks_age(question) and says_only_tens(text):
        return Misread(MisreadReason.NOT_UNDERSTOOD)  # “都六十几的人咧”
    if is_free and only_proof(text, now) and not (asks_for_proof(question) or _names_an_option(question, text)):
        return Misread(MisreadReason.NOT_UNDERSTOOD)  # “照片有”：这一题问的不是凭证
    if is_free and asks_for_proof(question) and (had := had_beside_denied(scenario.id, question, text)) is not None:
        return Answer(had)
    heard = heard_answer(scenario.id, question, text, literal)
    if isinstance(heard, Answer) and _only_keeps_proof(question, text, now):
        return Misread(MisreadReason.AMBIGUOUS_OPTION, options=YES_NO[:2])
    return none_said(question, text, heard)


def _beside_proof(scenario: Scenario, question: Question, text: str, now: datetime) -> Answer | Misread | None:
    """“都是9岁以后刷的 聊天记录我留着”：是非题问的不是凭证，光说凭证的几截不帮着答；没有这样的几截为 ``None``。

    整句没听懂的，听余下的；余下的也像反过来的，两样都问。
    """
    if question.kind is not QuestionKind.YESNO or asks_for_proof(question):
        return None
    rest = without_proof(text, now)
    if rest in ("", text):
        return None
    whole = _read_whole(scenario, question, text, now)
    if isinstance(whole, Misread):
        return _read_whole(scenario, question, rest, now)
    likely = {one.id for one in read_option(scenario.id, question, rest) if one.score >= _ALSO_LIKELY}
    torn = tuple(option for option in YES_NO[:2] if option.id in {*likely, whole.value})
    return (
        whole
        if whole.is_unsure or len(torn) < len(YES_NO[:2])
        else Misread(MisreadReason.AMBIGUOUS_OPTION, options=torn)
    )


def _only_keeps_proof(question: Question, text: str, now: datetime) -> bool:
    """问的是有没有凭证说明那件事，只说了留着聊天、账单：能不能说明那件事没说。"""
    if question.kind is not QuestionKind.YESNO or _PROOF_OF not in question.text or is_literal(question, text):
        return False
    return only_proof(text, now) and not any(word in text for word in question.heard_by)


def _is_label_elsewhere(scenario: Scenario, question: Question, text: str) -> bool:
    return any(
        other != question.id for other in _questions_by_label(scenario).get(trim_punctuation(normalise(text)), ())
    )


@once_for_each(64)
def _questions_by_label(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    """选项的名称，各在哪几题里。"""
    labels = [(phrases_of(option)[0], question.id) for question in scenario.questions for option in question.options]
    return {label: frozenset(key for other, key in labels if other == label) for label, _ in labels}


_LEAST_SAID = 4
"""“不知道”这样的离开了问话，不知道说的是哪一题。"""


def is_option_elsewhere(scenario: Scenario, question: Question, text: str) -> bool:
    """整句一字不差是另一道选择题里一项的说法。"""
    said = trim_punctuation(normalise(text))
    others = (one for one in scenario.questions if one.id != question.id)
    return len(said) > _LEAST_SAID and any(said in phrases_of(option) for one in others for option in one.options)


def _read_literally(scenario: Scenario, question: Question, text: str, now: datetime) -> Answer | Misread:
    whole = read_answer(question, text, now)
    match question.kind:
        case QuestionKind.CHOICE:
            return _choice(scenario, question, text, now, whole)
        case QuestionKind.MULTI:
            return whole
        case QuestionKind.YESNO:
            if not is_literal(question, text) and tells_another_deed(question.text, text):
                return Misread(MisreadReason.NOT_UNDERSTOOD)  # 问签收没有，“寄出去了 今天”
            return whole if isinstance(whole, Answer) else _only(_yes_no_pieces(question, text, now), whole)
        case QuestionKind.DATE | QuestionKind.AMOUNT | QuestionKind.NUMBER:
            return _valued(scenario, question, text, now, whole)


def _choice(
    scenario: Scenario, question: Question, text: str, now: datetime, whole: Answer | Misread
) -> Answer | Misread:
    numbered = _leading_number(question, text, now)
    if numbered is not None and isinstance(whole, Answer) and whole != numbered:
        both = tuple(option for option in question.options if option.id in (whole.value, numbered.value))
        return Misread(MisreadReason.AMBIGUOUS_OPTION, options=both)
    if isinstance(whole, Answer):
        return whole
    if numbered is not None:
        return numbered
    mentioned = options_for(question, mentions_in(scenario, text))
    return Answer(mentioned[0]) if len(mentioned) == 1 else whole


def _leading_number(question: Question, text: str, now: datetime) -> Answer | None:
    match = _LEADING_NUMBER.match(normalise(text))
    read = read_answer(question, match["number"], now) if match else None
    return read if isinstance(read, Answer) else None


def _yes_no_pieces(question: Question, text: str, now: datetime) -> set[Answer]:
    """整个小句就是一个“有”“没有”的；长的小句多半在说别的。"""
    short = [piece for piece in pieces_of(text) if len(piece) <= _LONGEST_YES_NO and parse_yesno(piece) is not None]
    return {read for piece in short if isinstance(read := read_answer(question, piece, now), Answer)}


def _valued(
    scenario: Scenario, question: Question, text: str, now: datetime, whole: Answer | Misread
) -> Answer | Misread:
    cued = cued_answers(scenario, text, now)
    if (own := cued.get(question.id)) is not None:
        return own
    if asks_age(question) and has_no_age(text):
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    if isinstance(whole, Misread):
        if asks_age(question) and (age := own_age(question, text, now)) is not None:
            return age
        found = told_total(question, text) if question.kind is QuestionKind.AMOUNT else own_day(question, text, now)
        found = found or just_done(question, text, now)
        if found is None and whole.holiday is not None and _is_of_another_event(question, text):
            return Misread(MisreadReason.OTHER_EVENT)
        return found or about_the_middle(scenario, question, _of_a_story(question, text, whole))
    rivals = [
        other
        for other in scenario.questions
        if other.kind is question.kind and other.id in cued and cued[other.id].value == whole.value
    ]
    if question.kind in VALUED and rivals and not any(word in normalise(text) for word in question.heard_by):
        return Misread(MisreadReason.OTHER_EVENT)
    if question.kind is QuestionKind.AMOUNT and lists_more(text, whole):
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    if question.kind is QuestionKind.DATE and not whole.is_unsure:
        if is_of_another(question, text) and not any(word in normalise(text) for word in question.heard_by):
            return Misread(MisreadReason.OTHER_EVENT)
        return doubted(question, text, whole, now) or whole
    return Misread(MisreadReason.OTHER_EVENT) if _counts_another(question, text) else whole


def _is_of_another_event(question: Question, text: str) -> bool:
    """说了做了、发生了什么，没有这一题的提示的字：“商家国庆拒绝的”不是签收那几天。"""
    said = normalise(text)
    return says_another_event(said) and not any(word in said for word in question.heard_by)


def _of_a_story(question: Question, text: str, read: Misread) -> Misread:
    """长长一句里碰到的数（“前面三笔都是648”）不是在答问的那个数，不说它太大太小。"""
    if (
        question.kind is QuestionKind.NUMBER
        and read.reason is MisreadReason.OUT_OF_RANGE
        and len(text) > _LONGEST_NUMBER
    ):
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    return read


def _counts_another(question: Question, text: str) -> bool:
    """说了数的小句都在说别的：“工资三千”不是打赏了多少。"""
    counted = [piece for piece in pieces_of(text) if _COUNTED.search(piece)]
    return bool(counted) and all(
        any(word in piece for word in question.not_answered_with)
        and not any(word in piece for word in question.heard_by)
        for piece in counted
    )


def _only(found: set[Answer], otherwise: Misread) -> Answer | Misread:
    return next(iter(found)) if len(found) == 1 else otherwise


def _names_an_option(question: Question, text: str) -> bool:
    """话里有一项的名称、别名：“有鉴定书”答的是鉴定过没有。"""
    said = normalise(text)
    return any(len(name) >= _LEAST_NAME and name in said for one in question.options for name in phrases_of(one))
