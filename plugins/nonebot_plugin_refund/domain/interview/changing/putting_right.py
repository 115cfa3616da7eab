"""用话改答过的选择题：否认了记着的那一项（“不是不想要 是标错码了”），或指着一题说该是哪一项（“退货原因改成描述不符”）。

只说不是哪一项、没说现在是什么的，那一题不算答过，要重新问；拿不准的不改。
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ....rulebook.scenario_models.models import Option, Question, QuestionKind, Scenario
from ...days.calendar import SHANGHAI
from ...hearing.beside.mentioned_options import mentions_in, options_for
from ...hearing.cues import cued_answers
from ...understanding.days.date_mentions import find_mentions
from ...understanding.days.loose_times import says_only_a_time
from ...understanding.meaning import NONE, UNSURE, read_option
from ...understanding.meaning.options import trained_head
from ...understanding.moods import Mood, mood_reader
from ...understanding.options import ruled_out_by
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise, shared_run
from ..answers import Answer, Answers
from ..outright import parts_of
from ..steps import furthest_told

PERHAPS = re.compile(r"是|没|并非|错|改|更正|纠正|其实|应该是|才对|记岔|听岔|搞反|弄反")
"""没有其中一个字的话，不会在改选择题。"""
_CORRECTING = re.compile(
    r"(?:弄|记|说|搞|听|写|填|选|答|看|打|点)(?:错|岔|反)|[也都是]?错了|改一?下(?!单)|改成|改为|改过来|改回|更正|纠正|其实(?=我?是|我?[还没])|应该是|才对|^不对|(?<![味道货码色寸款样西板图闻着感觉号小量质])不对$|^改(?![口主天日签价])"
)
"""话里明说了在改。“改口”“改主意”说的是别人，“味不对”“码不对”说的是货。"""
_DENIAL = re.compile(
    r"(?P<lead>[^不没并]{0,6})(?:不是(?:因为|说|在)?|并?没(?:有)?(?:说|讲)?|并非)(?P<rest>[^是]{1,20})"
)
_WRONG = re.compile(r"错|不对|^改")
_TAIL = "的了啊呢呀吧嘛哦啦"
_STATED = re.compile(
    r"^(?:(?:我那个?|那个?|这个?|我|俺|咱|就|而|其实|应该|明明|都){0,2}(?:是因为|是说|是|属于|算是?)|改成|改为|换成)"
)
_SPEAKER = re.compile(r"^(?:我们?|俺|咱们?|其实|也|都|压根|根本|还|又|可){1,3}")
_BY_ME = re.compile(r"^[我俺咱](?![不没家们]|[老小大]?[公婆爸妈爹娘哥姐弟妹儿女孩娃孙爷奶])")
"""“不是我弄坏的”说的是谁做的，不是哪一项。"""
_BOTH = re.compile(
    r"((?:而|应该)?是[^不没是]{1,12})(不是[^是]{1,12})|(?:我[选说答填]的)?(不是[^是]{1,12}?)(而?是(?:[^不没是]{1,12}|没[^不没是]{1,8}))"
)
_NEGATIVE = re.compile(r"[不没]")
_SUM = re.compile(r"[0-9.,]+(?:元|块钱?|万)?")
_QUOTED = re.compile(r"(?![我俺咱]).{0,4}[说讲称]")
_NAMES_DAY = re.compile(r"日子|日期|那天|时间")
_LEARNT, _PIECE, _ALONE = 0.6, 0.73, 0.9
"""学来的要有多大把握：否认的是记着的那一项；一截说的是另一项；没有否认、没有指名，光凭说的是另一项。"""
_LONG = 3
_SHORTEST = 2
_FEW_MORE, _SHORT_REST = 4, 8
_EMPTY = re.compile(r"[没有还都过了是的不已经未呢啊也就]")
"""“没有”“还没”：离开问题就不知道说的是什么。"""
_ASKING = frozenset({Mood.QUESTION, Mood.IF})
_GUESS = re.compile(r"(?:不是|并非|不算).{1,20}吧$")
"""“游戏不是快手的吧”：在猜、在问，不是否认。"""


@dataclass(frozen=True, slots=True)
class PutRight:
    """一句话改了哪几题。"""

    changes: Answers = field(default_factory=dict[str, Answer])
    """问题 id → 现在的说法。"""
    denied: tuple[str, ...] = ()
    """说了不是记着的那一项，没说现在是什么的题。"""
    same: tuple[str, ...] = ()
    """要改成的就是记着的那一项的题。"""

    def __bool__(self) -> bool:
        return bool(self.changes or self.denied or self.same)


def put_right(
    scenario: Scenario, answers: Answers, text: str, now: datetime, *, settled: Collection[str] = ()
) -> PutRight:
    """话里改了 ``answers`` 中的哪几题；``settled`` 里的题已经往下走了，不凭一句话回头去改。

    Args:
        scenario: 场景。
        answers: 答过的，连同先记着的。
        text: 用户的话。
        now: 此刻，带时区。
        settled: 案件报告过进展之后，“走到哪一步了”这样的题。
    """
    if PERHAPS.search(text) is None:
        return PutRight()
    pieces = _told(text)
    corrects = any(_CORRECTING.search(piece) for piece in pieces)
    days = _denied_days(scenario, answers, pieces, now)
    pieces = tuple(piece for piece in pieces if piece not in days.values() and not says_only_a_time(piece))
    changes: dict[str, Answer] = {}
    denied: list[str] = []
    same: list[str] = []
    for key in answers:
        question = scenario.question(key)
        value = answers[key].value
        if question.kind is not QuestionKind.CHOICE or not isinstance(value, str) or key in settled:
            continue
        found = _for_choice(scenario, question, value, pieces, corrects=corrects)
        if isinstance(found, Answer):
            (changes.update({key: found}) if found.value != value else same.append(key))
        elif found:
            denied.append(key)
    return PutRight(changes, (*denied, *days), tuple(same))


def _told(text: str) -> tuple[str, ...]:
    """在说的小句；问的、假设的不听。"""
    told = (
        piece
        for piece in pieces_of(text)
        if _GUESS.search(piece) is None and all(clause.mood not in _ASKING for clause in mood_reader().clauses(piece))
    )
    return tuple(part for piece in told for part in _apart(piece))


def _apart(piece: str) -> tuple[str, ...]:
    """“是小孩不是大人”“不是大人是小孩”没有停顿：两半分开听。"""
    match = _BOTH.fullmatch(piece)
    return (piece,) if match is None else tuple(half for half in match.groups() if half is not None)


def _for_choice(
    scenario: Scenario, question: Question, value: str, pieces: Sequence[str], *, corrects: bool
) -> Answer | bool:
    """这一题现在是哪一项，也可能就是记着的；``True`` 是只说了不是记着的那一项，``False`` 是没在改它。"""
    denials = [piece for piece in pieces if _denies(scenario, question, value, piece)]
    is_denied = bool(denials) or (corrects and any(_is_ruled_out(question, value, piece) for piece in pieces))
    named = corrects and any(_names(question, piece) for piece in pieces)
    stated = _stated_of(question, " ".join(pieces))
    pointed = bool(stated)
    if not (is_denied or named or pointed or corrects or _denies_another(scenario, question, value, pieces)):
        return False
    least = _PIECE if is_denied or named or pointed else _ALONE
    if (option := next((one.id for one in question.options if stated.startswith(normalise(one.label))), "")) != "":
        return Answer(option)
    rest = [_after_name(question, piece) for piece in pieces if piece not in denials]
    said = _said(scenario, question, rest, least)
    if value in said and not denials:
        others = pointed or named or _denies_another(scenario, question, value, pieces)
        return Answer(value) if others and said == {value} else False  # 又说了一遍记着的那一项
    said.discard(value)
    if len(said) > 1:
        reached = furthest_told(scenario.id, question, " ".join(rest))
        said = {reached} if reached is not None else said
    if len(said) == 1 and (is_denied or named or pointed or corrects):
        return Answer(said.pop())
    return is_denied or (named and _says_wrong(question, pieces))


def _says_wrong(question: Question, pieces: Sequence[str]) -> bool:
    """“原因错了”“进度不对”“改原因 没收到货”。"""
    return any(_names(question, piece) and _WRONG.search(piece) for piece in pieces)


def _denies_another(scenario: Scenario, question: Question, value: str, pieces: Sequence[str]) -> bool:
    """说了不是另外的哪一项：记着的是还没申请，说的是“不是驳回 我还没申请呢”。"""
    others = [option.id for option in question.options if option.id != value]
    return any(_denies(scenario, question, other, piece, learnt=False) for piece in pieces for other in others)


def _denies(scenario: Scenario, question: Question, value: str, piece: str, *, learnt: bool = True) -> bool:
    """这一截说的是不是 ``value`` 那一项。"""
    match = _DENIAL.fullmatch(piece)
    option = _option(question, value)
    if match is None or option is None:
        return False
    rest = match["rest"].rstrip(_TAIL).strip()
    if len(rest) < _SHORTEST or _SUM.fullmatch(rest) or _QUOTED.match(match["lead"]):
        return False  # “不是300”改的是数；“说不是娃儿刷的”是别人说的
    if _BY_ME.match(rest) is None and any(_is_said(part, rest) for part in parts_of(option)):
        return True
    if not learnt or trained_head(scenario.id, question) is None:
        return False
    if _NEGATIVE.search(rest) or _best(scenario, question, piece, 0.0) == value:
        return False  # “不是我弄坏的”本来就是那一项的说法
    return _best(scenario, question, f"{match['lead']}{match['rest']}", _LEARNT) == value


def _is_said(part: str, rest: str) -> bool:
    """否认的那几个字说的就是这一项：是它，有它又没多几个字，或有三个字连着一样。"""
    if not _EMPTY.sub("", part):
        return False
    if part in rest and len(part) >= _LONG:
        return len(rest) <= len(part) + _FEW_MORE
    if rest.startswith(part) or rest.endswith(part):
        return len(rest) <= len(part) + _SHORTEST
    return len(rest) <= _SHORT_REST and shared_run(part, rest) >= _LONG


def _is_ruled_out(question: Question, value: str, piece: str) -> bool:
    """有记着的那一项不认的字：“系统直接拒的”不是商家拒绝。"""
    option = _option(question, value)
    return option is not None and any(word in piece for word in ruled_out_by(option))


def _stated_of(question: Question, text: str) -> str:
    """题名之后接着“是”“改成”的话：“退货原因 是和描述不一样”；没有为空。"""
    for name in _names_of(question):
        if name in text:
            after = text.partition(name)[2].lstrip(" :：")
            if (match := _STATED.match(after)) is not None:
                return after[match.end() :]
    return ""


def _said(scenario: Scenario, question: Question, pieces: Sequence[str], least: float) -> set[str]:
    """各截里说了这一题的哪几项；有它不认的字的不算。"""
    whole = " ".join(pieces)
    ruled_out = {option.id for option in question.options if any(word in whole for word in ruled_out_by(option))}
    found = {one for piece in pieces if (one := _said_in(scenario, question, piece, least)) is not None}
    found -= ruled_out
    if not found and len(pieces) > 1:
        best = _best(scenario, question, whole, max(least, _ALONE))
        found = set[str]() if best is None else {best} - ruled_out
    return found


def _said_in(scenario: Scenario, question: Question, piece: str, least: float) -> str | None:
    said = _SPEAKER.sub("", _STATED.sub("", piece)).strip()
    if len(said) < _SHORTEST:
        return None
    ways = {said, said.rstrip(_TAIL)}
    exact = [option.id for option in question.options if not ways.isdisjoint(parts_of(option))]
    if len(exact) == 1:
        return exact[0]
    learnt = _best(scenario, question, said, least) or _best(scenario, question, piece, least)
    mentioned = options_for(question, mentions_in(scenario, piece))
    if len(mentioned) == 1 and learnt in (None, mentioned[0]) and (least < _ALONE or learnt is not None):
        return mentioned[0]
    return learnt if learnt is not None and (not mentioned or learnt in mentioned) else None


def _best(scenario: Scenario, question: Question, said: str, least: float) -> str | None:
    """照学来的听法最像哪一项，有 ``least`` 的把握；不是哪一项、没有学过为 ``None``。"""
    if trained_head(scenario.id, question) is None:
        return None
    best = read_option(scenario.id, question, said)[0]
    return best.id if best.id not in (NONE, UNSURE) and best.score >= least else None


def _option(question: Question, value: str) -> Option | None:
    return next((option for option in question.options if option.id == value), None)


def _names(question: Question, piece: str) -> bool:
    """这一截说到了是哪一题：“退货原因”“原因”。"""
    return any(name in piece for name in _names_of(question))


def _names_of(question: Question) -> tuple[str, ...]:
    short = normalise(question.short)
    last = short[-_SHORTEST:]
    return (short,) if "的" in last or len(short) != 2 * _SHORTEST else (short, last)


def _after_name(question: Question, piece: str) -> str:
    """题名后面说的；没有说到题名的是整截。"""
    for name in _names_of(question):
        if name in piece:
            return piece.partition(name)[2].strip(" :：") or piece
    return piece


def _denied_days(scenario: Scenario, answers: Answers, pieces: Sequence[str], now: datetime) -> dict[str, str]:
    """记着的日子，话里说是另一件事的（“11月14是收到货 不是商家拒绝”）：哪一题，凭的是哪一截。"""
    told = {day for piece in pieces if _DENIAL.fullmatch(piece) is None for day in _days(piece, now)}
    found: dict[str, str] = {}
    for key, answer in answers.items():
        value, cues = answer.value, scenario.question(key).heard_by
        if not isinstance(value, date) or any(_says_when(piece, cues, now) for piece in pieces):
            continue
        day = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
        for piece in pieces:
            match = _DENIAL.fullmatch(piece)
            if match is None or _days(piece, now) or not any(cue in match["rest"] for cue in cues):
                continue
            if day in told or _NAMES_DAY.search(match["rest"]):
                found[key] = piece
    return found


def _says_when(piece: str, cues: Sequence[str], now: datetime) -> bool:
    """这一截说了它是哪天。"""
    return any(cue in piece for cue in cues) and bool(_days(piece, now))


def _days(piece: str, now: datetime) -> set[date]:
    """一截里说了哪几天。"""
    mentions = find_mentions(piece, now.astimezone(SHANGHAI))
    return {day for mention in mentions if not mention.weak for day in mention.days}


def another_days(scenario: Scenario, answers: Answers, text: str, now: datetime) -> Mapping[str, str]:
    """话里说的日子是没答过的另一题的，记着的一题却正好是同一天：记错的那一题 → 说的是哪一题。``now`` 带时区。"""
    cued = cued_answers(scenario, text, now)
    return {
        key: other
        for other, answer in cued.items()
        for key, before in answers.items()
        if other not in answers
        and key not in cued
        and scenario.question(other).kind is QuestionKind.DATE
        and before.value == answer.value
    }
