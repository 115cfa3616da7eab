"""靠提示的字认出说的是哪一题：“昨天签收”的日子是签收日期，“打赏了三千块”的钱是打赏总额。

提示的字写在手册里（``heard_by``）。日期错一天会让人丢掉权利，所以一个小句里说了两件事、两个日子、
大概的日子、否认的、还没发生的，一律不认，留到该问的时候问。
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...rulebook.derived.once import once_for_each
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..days.calendar import SHANGHAI
from ..interview.answers import Answer
from ..interview.interview import read_answer
from ..ledger.by_channel import total_by_channel
from ..understanding.days.date_mentions import find_mentions
from ..understanding.stated import is_stated
from ..understanding.sums.offered_sums import may_have_sum
from ..understanding.sums.several_sums import several_sum
from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import normalise
from ..understanding.writing.words import Words
from .values.told_totals import asks_total, told_range, told_total

VALUED = (QuestionKind.DATE, QuestionKind.AMOUNT, QuestionKind.NUMBER)
"""说出一个值来回答的题。"""

_NUMERAL = "0-9零一二两三四五六七八九十百千万"
_LONGEST = 40
"""再长的一串数字读不成数。"""
_AMOUNT = re.compile(
    rf"[¥￥]\s?[0-9][0-9.,]*|[{_NUMERAL}][{_NUMERAL}.,]{{0,{_LONGEST}}}\s?[多来余]?\s?(?:块钱?|元|圆|rmb)[0-9]{{0,2}}"
    rf"|[0-9.]{{1,{_LONGEST}}}\s?万"
    r"|[一二两三四五六七八九十百千]{1,6}万[一二两三四五六七八九十百千零]{0,7}(?![人个粉次位])"
)
_LIKE_A_VALUE = re.compile(r"[0-9０-９一二两三四五六七八九十半天日号昨前今晨晚周期初节刚]")
_FURTHEST = 12
"""日子和提示的字离得再远，就可能说的是别的事了。"""
_ANOTHER_EVENT = re.compile(
    r"下单|下的单|买|付款|付的|拍下|发货|寄|申请|提交|拒|驳回|同意|通过|签收|收到|到货|打赏|充值|投诉|受理|退|联系|发现|知道|问|催|约|聊|看到|注册|认识"
)
_DONE_BESIDE = re.compile(r"寄(?=[出走回了过])|(?:申请|提交|驳回|同意|投诉|报警|起诉)(?=了)")
_DATE_FILLERS = re.compile(r"[0-9:点时分半秒]|上午|中午|下午|晚上|早上|凌晨|傍晚|夜里|[了的吧就是在于那天早晚,. ]")
_WHEN_FILLERS = re.compile(
    r"大概|大约|应该|好像|差不多|左右|开始|起头|打头|最早|最晚|最后|头一|第一|[那这一][笔次回]|上个?月|这个?月|今年|去年|"
    r"[0-9一二三四五六七八九十]{1,3}月?|上午|中午|下午|晚上|早上|凌晨|"
    r"[0-9:点时分到从起至和跟是的了吧呢就在于那天 ,.、。]"
)
_VALUE_FILLERS = re.compile(r"具体|准确|实际|一共|总共|合计|大概|大约|差不多|左右|[了的吧就是有约,. ]")


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def cued_answers(scenario: Scenario, text: str, now: datetime) -> dict[str, Answer]:
    """带着提示的字说出来的答案，问题 id -> 答案；该不该问到它由上层判断。"""
    pieces = pieces_of(text)
    found: dict[str, Answer] = {}
    for kind in VALUED:
        if questions := _heard_questions(scenario, kind, pieces):
            found |= _totals(questions, text) if kind is QuestionKind.AMOUNT else {}
            found |= _cued_values(questions, _merged(questions, pieces, now), now)
    for question in _heard_questions(scenario, QuestionKind.YESNO, pieces):
        if any(_cues(question, (question,), piece) for piece in pieces):
            found[question.id] = Answer("yes")
    found |= _by_ways(scenario, text)
    asked = (one for one in scenario.questions if one.kind is QuestionKind.AMOUNT and one.id not in found)
    ranges = {question.id: told_range(scenario, question, text) for question in asked}
    return found | {key: answer for key, answer in ranges.items() if answer is not None}


def _by_ways(scenario: Scenario, text: str) -> dict[str, Answer]:
    """“支付宝1200 微信800”“两笔 1288 和 666”：几笔加起来，是问一共多少的那一题。"""
    asked = _asking_totals(scenario)
    total = (total_by_channel(text) or several_sum(text)) if asked and may_have_sum(normalise(text)) else None
    return {} if total is None else {question.id: Answer(float(total)) for question in asked}


@once_for_each(64)
def _asking_totals(scenario: Scenario) -> tuple[Question, ...]:
    """问一共多少钱的题。"""
    return tuple(one for one in scenario.questions if one.kind is QuestionKind.AMOUNT and asks_total(one))


def _totals(questions: Sequence[Question], text: str) -> dict[str, Answer]:
    """没写“元”的总数：“总额8724”。"""
    told = {question.id: told_total(question, text) for question in questions}
    return {key: answer for key, answer in told.items() if answer is not None}


def bare_value(scenario: Scenario, question: Question, text: str, now: datetime) -> Answer | None:
    """一个小句光秃秃只有一个日子（钱、岁数），整句话也没有第二个、没有别的题的提示的字：这个值。"""
    pieces = pieces_of(text)
    bare = [piece for piece in pieces if _is_bare(question, piece, now)]
    valued = [piece for piece in pieces if _values(question, piece, now)]
    heard = _heard_questions(scenario, question.kind, pieces)
    others = [other for other in heard if other.id != question.id]
    if len(bare) != 1 or valued != bare or any(_cues(other, others, piece) for other in others for piece in pieces):
        return None
    return _read(question, bare[0], now)


def says_only_when(text: str, now: datetime) -> bool:
    """整句除了日子没说别的：“最早9月20号”“大概5月到上个月”。``now`` 带时区。"""
    said = normalise(text)
    mentions = find_mentions(said, now.astimezone(SHANGHAI))
    if not mentions or all(mention.weak for mention in mentions):
        return False
    rest = list(said)
    for mention in mentions:
        rest[mention.start : mention.end] = [""] * (mention.end - mention.start)
    return len(_WHEN_FILLERS.sub("", "".join(rest))) <= 1


def says_a_day(text: str, now: datetime) -> bool:
    """说了哪一天。``now`` 带时区。"""
    mentions = find_mentions(normalise(text), now.astimezone(SHANGHAI)) if has_value(text) else []
    return any(not mention.weak for mention in mentions)


def says_another_event(text: str) -> bool:
    """说了做了、发生了什么：申请、签收、付款这些。"""
    return _ANOTHER_EVENT.search(text) is not None


def is_of_another(question: Question, text: str) -> bool:
    """问的是日子，话里做的是另一件事（“寄出去了 今天”）：那个日子多半是它的。"""
    if question.kind is not QuestionKind.DATE:
        return False
    return tells_another_deed("".join(question.heard_by), text)


def tells_another_deed(asked: str, text: str) -> bool:
    """话里做了什么，问的不是它。"""
    return any(word not in asked for word in _DONE_BESIDE.findall(text))


def without_days(text: str, now: datetime) -> str | None:
    """去掉说的日子和“才”“是”这样的字，剩下的；没说日子为 ``None``。``now`` 带时区。"""
    said = normalise(text)
    mentions = [mention for mention in find_mentions(said, now.astimezone(SHANGHAI)) if not mention.weak]
    if not mentions:
        return None
    for mention in reversed(mentions):
        said = said[: mention.start] + said[mention.end :]
    return re.sub(r"[我是在才就刚 ]|上午|中午|下午|晚上|早上|大概|应该", "", said)


def has_value(text: str) -> bool:
    """话里有没有像日子、数目的字；没有的不必细看。"""
    return bool(_LIKE_A_VALUE.search(text))


def _heard_questions(scenario: Scenario, kind: QuestionKind, pieces: Sequence[str]) -> tuple[Question, ...]:
    """这种题里，话中出现了它的提示的字的。"""
    questions, cues = _questions_with_cues(scenario)[kind]
    if not questions:
        return ()
    heard = set[str]().union(*map(cues.owners_in, pieces))
    return tuple(question for question in questions if question.id in heard) if heard else ()


@once_for_each(64)
def _questions_with_cues(scenario: Scenario) -> Mapping[QuestionKind, tuple[tuple[Question, ...], Words[str]]]:
    """有提示的字的题，照题型分；和提示的字，主人是题的 id。"""
    found = {
        kind: tuple(question for question in scenario.questions if question.kind is kind and question.heard_by)
        for kind in QuestionKind
    }
    return {
        kind: (questions, Words((word, question.id) for question in questions for word in question.heard_by))
        for kind, questions in found.items()
    }


def _cued_values(questions: Sequence[Question], pieces: Iterable[str], now: datetime) -> dict[str, Answer]:
    """每个小句至多说一件事；同一件事前后说法不一的不认。"""
    said: dict[str, set[Answer | None]] = {}
    for piece in pieces:
        spoken_of = {question.id: cues for question in questions if (cues := _cues(question, questions, piece))}
        valued = [question for question in questions if question.id in spoken_of and _values(question, piece, now)]
        for question in valued:
            alone = len(spoken_of) == 1 and _is_near(question, spoken_of[question.id], piece, now)
            said.setdefault(question.id, set()).add(_read(question, piece, now) if alone else None)
    return {key: answer for key, (answer, *more) in said.items() if answer is not None and not more}


def _merged(questions: Sequence[Question], pieces: Sequence[str], now: datetime) -> list[str]:
    """“昨天 签收的”：光秃秃的日子和旁边只有提示的字的小句合成一句；两边都有就不合。"""
    merged = list(pieces)
    for index, piece in enumerate(pieces):
        if not any(_is_bare(question, piece, now) for question in questions):
            continue
        beside = [
            place
            for place in (index - 1, index + 1)
            if 0 <= place < len(pieces)
            and any(_cues(question, questions, pieces[place]) for question in questions)
            and not any(_values(question, pieces[place], now) for question in questions)
        ]
        if len(beside) == 1:
            first, second = sorted((index, beside[0]))
            merged[index] = pieces[first] + pieces[second]
    return merged


def _cues(question: Question, among: Sequence[Question], piece: str) -> list[_Span]:
    """小句里属于这道题的提示的字；被别的题更长的字盖住的、否认的、说别的事的不算。"""
    spans = [(_Span(*place), other.id) for other in among for word in other.heard_by for place in _places(word, piece)]
    own = [span for span, owner in spans if owner == question.id]
    refused = [
        span
        for span in own
        if not is_stated(piece, span.start, span.end)
        or _is_about_something_else(question, piece, span)
        or any(_covers(other, span) for other, owner in spans if owner != question.id)
    ]
    # “没收到货”里的“收到”被否认了，和它叠着的“到货”也不能算
    return [span for span in own if not any(_overlap(span, other) for other in refused)]


def _places(word: str, piece: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    start = piece.find(word)
    while start >= 0:
        places.append((start, start + len(word)))
        start = piece.find(word, start + len(word))
    return places


def _covers(outer: _Span, inner: _Span) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _overlap(one: _Span, other: _Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_about_something_else(question: Question, piece: str, cue: _Span) -> bool:
    after = re.sub(r"^[了的过]+", "", piece[cue.end :])
    return any(word in piece[: cue.start] or after.startswith(word) for word in question.not_heard_with)


def _values(question: Question, piece: str, now: datetime) -> list[_Span]:
    """小句里说出来的值各在哪里。钱要带单位，岁数要带“岁”。"""
    match question.kind:
        case QuestionKind.DATE:
            mentions = find_mentions(piece, now.astimezone(SHANGHAI))
            return [_Span(mention.start, mention.end) for mention in mentions if not mention.weak]
        case QuestionKind.AMOUNT:
            return [_Span(*match.span()) for match in _AMOUNT.finditer(piece)]
        case QuestionKind.NUMBER if question.unit:
            unit = re.escape(question.unit)
            return [_Span(*match.span()) for match in re.finditer(rf"[{_NUMERAL}]{{1,{_LONGEST}}}\s?周?{unit}", piece)]
        case _:
            return []


def _is_near(question: Question, cues: Sequence[_Span], piece: str, now: datetime) -> bool:
    """值和提示的字挨得近，中间没有另一件事。"""
    (value, *more) = _values(question, piece, now)
    gaps = [piece[min(cue.end, value.end) : max(cue.start, value.start)] for cue in cues]
    near = any(len(gap) <= _FURTHEST and not _ANOTHER_EVENT.search(gap) for gap in gaps)
    return near and (question.kind is QuestionKind.DATE or not more)


def _is_bare(question: Question, piece: str, now: datetime) -> bool:
    values = _values(question, piece, now)
    if len(values) != 1:
        return False
    rest = piece[: values[0].start] + piece[values[0].end :]
    fillers = _DATE_FILLERS if question.kind is QuestionKind.DATE else _VALUE_FILLERS
    return not fillers.sub("", rest)


def _read(question: Question, piece: str, now: datetime) -> Answer | None:
    """读出这个值；说得不确定的日子不要。"""
    read = read_answer(question, piece, now)
    if not isinstance(read, Answer) or read.is_unsure:
        return None
    return None if question.kind is QuestionKind.DATE and read.approximate else read
