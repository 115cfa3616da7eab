"""访谈：下一步问什么，一句话算不算回答。

访谈的状态就是已有的答案；下一步总是由答案现算，所以重启、隔几天、改答案都走同一条路。
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from ...rulebook.derived.deciding import Ask, Decision, Settled, Uncovered, decide
from ...rulebook.scenario_models.conditions import UNSURE
from ...rulebook.scenario_models.models import Option, Question, QuestionKind, Scenario
from ..days.calendar import SHANGHAI, WorkCalendar
from ..understanding.days.date_patterns import LUNAR_WORDS
from ..understanding.days.dates import ParsedDate, date_problem, holiday_in, parse_date
from ..understanding.days.holidays import Holiday
from ..understanding.options import OptionMatch, Phrases, match_options
from ..understanding.sums.amounts import parse_amount, parse_number
from ..understanding.writing.text import normalise, trim_punctuation
from ..understanding.yesno import parse_yesno
from ..understanding.yesno_words import SKIPPING
from .answers import Answer, Answers, facts_from

__all__ = ["Ask", "Misread", "MisreadReason", "Settled", "Uncovered", "event_day", "next_step", "read_answer"]


class MisreadReason(Enum):
    """为什么没读懂；措辞由模板决定。"""

    NOT_UNDERSTOOD = "not_understood"
    AMBIGUOUS_OPTION = "ambiguous_option"
    AMBIGUOUS_DATE = "ambiguous_date"
    FUTURE_DATE = "future_date"
    IMPOSSIBLE_DATE = "impossible_date"
    VAGUE_DATE = "vague_date"
    """只说了大概哪阵子，说不出是哪几天。"""
    LUNAR_DATE = "lunar_date"
    """说的是农历的日子：不换算，请他换成公历。"""
    HOLIDAY = "holiday"
    """只说了放几天假的节（“国庆节收到的”），没说是哪一天。"""
    AMOUNT_RANGE = "amount_range"
    OUT_OF_RANGE = "out_of_range"
    UNSURE_NOT_OFFERED = "unsure_not_offered"
    SAID_NOT = "said_not"
    """可以选几样的题，只说了其中一样没有（“聊天都删了”）：别的几样还没说。"""
    EXCLUSIVE_OPTION = "exclusive_option"
    OTHER_EVENT = "other_event"
    """说的是别的事的日子、数（问签收，说的是哪天申请；问打赏了多少，说的是工资）。"""
    DOUBTFUL_DATE = "doubtful_date"
    """有一个日子，说的像是别的事（问签收，说“今早他把我拉黑了”）：是不是它，问一句。"""


@dataclass(frozen=True, slots=True)
class Misread:
    """没读懂，或读出来不能用；原问题还开着。"""

    reason: MisreadReason
    options: tuple[Option, ...] = ()
    """可能指的几个选项。"""
    days: tuple[date, ...] = ()
    """可能指的几个日期，按先后；照这个顺序编号给人选（见 :mod:`..hearing.values.offered_days`）。"""
    amounts: tuple[float, float] | None = None
    """说成一段的金额的两头，单位元。"""
    holiday: Holiday | None = None
    """只说了的那个节。"""


_EARLIEST_WANTED = "最早"
_EARLIEST_ONE = re.compile(r"(?:最早|头一|第一)的?[那一]?[笔次回]?(?:就?是|在)?\s?")
_FROM_TO = re.compile(r"从?(?P<first>[^,。;]{2,12}?)(?:开始)?(?:一直)?[刷充送打花]?[赏的]?[到至~—-]")
_AGE = "岁"
_AT_THE_TIME = re.compile(
    r"(?:时候|那时|当时|那会儿?)[^0-9一二三四五六七八九十,。没未不差快]{0,6}(?P<age>[0-9一二三四五六七八九十]{1,3})\s?周?岁"
)
_ALMOST = re.compile(
    r"(?P<age>[0-9一二三四五六七八九十]{1,3})\s?周?岁[^0-9一二三四五六七八九十]{0,6}(?:差|快|不到|没到|还没|没满|不满|没过)"
    r"[^0-9一二三四五六七八九十]{0,6}(?P<next>[0-9一二三四五六七八九十]{1,3})"
)
_LEADING_AGE = re.compile(r"(?P<age>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:周?岁)?(?= )")
_OTHERS_NOT_KNOWING = re.compile(
    r"(?:我们|我跟|我和|爸妈|父母|大人|家长|他[妈爸]|她[妈爸]|两口子|我俩)[^,。 ]{0,6}都?不(?:知|晓)"
)
_AGED = re.compile(r"[0-9一二三四五六七八九十]\s?周?岁")
_GRADE = re.compile(r"(?:正?[在念读上]|读书)?(?:[初高大][一二三四]|[一二三四五六]年级)")

_MOST_DAYS_OFFERED = 4
"""最多列四天给人选，再多不如请人直接说。"""
NOT_SURE = Option(id=UNSURE, label="不清楚", exclusive=True)
_SAYS_NOT_SURE = Phrases((NOT_SURE,))
"""排在选项最后的那一项，编号接着选项数。"""
YES_NO = (Option(id="yes", label="是"), Option(id="no", label="否"), NOT_SURE)
"""是非题印出来的三项，回编号也行。"""


def event_day(scenario: Scenario, answers: Answers, now: datetime) -> date:
    """事情发生在哪天（上海日历日）：规则和依据按它判断；不知道就按今天。"""
    answer = answers.get(scenario.event_date) if scenario.event_date else None
    value = answer.value if answer else None
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    return value if isinstance(value, date) else now.astimezone(SHANGHAI).date()


def next_step(scenario: Scenario, answers: Answers, now: datetime, calendar: WorkCalendar) -> Decision:
    """已有这些答案时的下一步：再问一个问题，或结论已定。"""
    facts, answered = facts_from(scenario, answers, now, calendar)
    return decide(scenario, facts, answered, event_on=event_day(scenario, answers, now))


def read_answer(question: Question, text: str, now: datetime) -> Answer | Misread:
    """把一句话读成这个问题的答案。

    读不准就不猜：错的日期会让人丢掉权利，宁可再问一次。
    """
    skips = trim_punctuation(normalise(text)) in SKIPPING
    result = Answer(None) if skips else _READERS[question.kind](question, text, now)
    if isinstance(result, Answer) and result.is_unsure and not question.offers_unsure:
        return Misread(MisreadReason.UNSURE_NOT_OFFERED)
    return result


def _read_choice(question: Question, text: str, now: datetime) -> Answer | Misread:
    del now  # 选择题与时间无关，只为和其他读法同形
    multi = question.kind is QuestionKind.MULTI
    match = match_options(text, question.options, multi=multi)
    several = len(question.options) + 1
    if match == OptionMatch() and question.offers_unsure and _SAYS_NOT_SURE.may_be_added(text, several, multi=multi):
        # “不清楚”排在选项后面，也有编号
        match = match_options(text, (*question.options, NOT_SURE), multi=multi)
    if match.unsure or match.ids == (UNSURE,):
        return Answer(None)
    if match.candidates:
        return _undecided(question, match.candidates)
    if not match.ids:
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    return Answer(tuple(match.ids)) if multi else Answer(match.ids[0])


def _undecided(question: Question, candidates: tuple[str, ...]) -> Misread:
    """说了几个：多选题里是混进了“以上都没有”这类只能单选的，单选题里是分不清。"""
    options = tuple(option for option in (*question.options, NOT_SURE) if option.id in candidates)
    clashing = question.kind is QuestionKind.MULTI and any(option.exclusive for option in options)
    return Misread(MisreadReason.EXCLUSIVE_OPTION if clashing else MisreadReason.AMBIGUOUS_OPTION, options=options)


def _read_yesno(question: Question, text: str, now: datetime) -> Answer | Misread:
    del question, now
    value = parse_yesno(text)
    if value is None:
        chosen = match_options(text, YES_NO, multi=False).ids
        value = chosen[0] if chosen else None
    if value is None:
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    return Answer(None) if value == UNSURE else Answer(value)


def _read_date(question: Question, text: str, now: datetime) -> Answer | Misread:
    parsed = parse_date(text, now)
    if (parsed is None or parsed.value is None) and _EARLIEST_WANTED in question.text:
        parsed = _earliest_said(text, now) or parsed
    holiday = holiday_in(text, now)
    days = () if holiday is None else holiday.days(now.astimezone(SHANGHAI).date())
    if holiday is not None and len(days) != 1:  # 放假头一天说的，就是今天
        few = 0 < len(days) <= _MOST_DAYS_OFFERED
        return Misread(MisreadReason.AMBIGUOUS_DATE if few else MisreadReason.HOLIDAY, days=days, holiday=holiday)
    if parsed is not None and parsed.value is not None:
        return Answer(parsed.value, parsed.approximate)
    if parsed is not None and parsed.candidates:
        days = tuple(item.date() if isinstance(item, datetime) else item for item in parsed.candidates)
        few = len(days) <= _MOST_DAYS_OFFERED
        return Misread(MisreadReason.AMBIGUOUS_DATE, days=days) if few else Misread(MisreadReason.VAGUE_DATE)
    if _is_unsure(text):
        return Answer(None)
    match date_problem(text, now):
        case "future":
            return Misread(MisreadReason.FUTURE_DATE)
        case "impossible":
            return Misread(MisreadReason.IMPOSSIBLE_DATE)
        case "ambiguous":
            lunar = LUNAR_WORDS.search(normalise(text)) is not None
            return Misread(MisreadReason.LUNAR_DATE if lunar else MisreadReason.VAGUE_DATE)
        case _:
            return Misread(MisreadReason.NOT_UNDERSTOOD)


def _earliest_said(text: str, now: datetime) -> ParsedDate | None:
    """问最早那笔时，“最早今年3月15”“从10号刷到14号”里的日子；没这样说、说不准的为 ``None``。"""
    said = normalise(text)
    match, span = _EARLIEST_ONE.search(said), _FROM_TO.search(said)
    first = said[match.end() :] if match else span["first"] if span else None
    parsed = parse_date(first, now) if first else None
    return parsed if parsed is not None and parsed.value is not None else None


def _read_amount(question: Question, text: str, now: datetime) -> Answer | Misread:
    del now
    parsed = parse_amount(text)
    if parsed is not None and parsed.value is not None:
        return _within(question, Answer(float(parsed.value), parsed.approximate, parsed.bound))
    if parsed is not None and parsed.at_least is not None and parsed.at_most is not None:
        return Misread(MisreadReason.AMOUNT_RANGE, amounts=(parsed.at_least, parsed.at_most))
    return Answer(None) if _is_unsure(text) else Misread(MisreadReason.NOT_UNDERSTOOD)


def _read_number(question: Question, text: str, now: datetime) -> Answer | Misread:
    del now
    parsed = parse_number(text, question.unit)
    if parsed is None and question.unit == _AGE and _AGED.search(text):
        parsed = parse_number(_GRADE.sub("", text), question.unit)  # “15岁整 念初三”：岁数说了，年级只是顺带
    if parsed is None and question.unit == _AGE:
        parsed = _nearly(text)
    if parsed is None and question.unit == _AGE and (leading := _LEADING_AGE.match(normalise(text))) is not None:
        parsed = parse_number(leading["age"], question.unit)  # “15 过了生日了 上初三”：先答了，后面是顺带说的
    if parsed is not None:
        return _within(question, Answer(float(parsed)))
    return Answer(None) if _is_unsure(text) else Misread(MisreadReason.NOT_UNDERSTOOD)


def _is_unsure(text: str) -> bool:
    """说的是不清楚；“我跟他妈都不知道”说的是大人不知情，不是答不上来。"""
    return parse_yesno(text) == "unsure" and _OTHERS_NOT_KNOWING.search(normalise(text)) is None


def _nearly(text: str) -> float | None:
    """“七岁呀 差几天八岁”“刷的时候七岁，上礼拜刚过的八岁生日”说的是七岁；听不出为 ``None``。"""
    said = normalise(text)
    if (then := _AT_THE_TIME.search(said)) is not None:
        return parse_number(then["age"])
    match = _ALMOST.search(said)
    if match is None:
        return None
    age, next_age = parse_number(match["age"]), parse_number(match["next"])
    return age if age is not None and next_age == age + 1 else None


def _within(question: Question, answer: Answer) -> Answer | Misread:
    assert isinstance(answer.value, float)
    low = question.minimum is not None and answer.value < question.minimum
    high = question.maximum is not None and answer.value > question.maximum
    return Misread(MisreadReason.OUT_OF_RANGE) if low or high else answer


_READERS = {
    QuestionKind.CHOICE: _read_choice,
    QuestionKind.MULTI: _read_choice,
    QuestionKind.YESNO: _read_yesno,
    QuestionKind.DATE: _read_date,
    QuestionKind.AMOUNT: _read_amount,
    QuestionKind.NUMBER: _read_number,
}
