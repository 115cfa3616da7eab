"""一步步走过来的单选题（“走到哪一步了”）：一句话里说了几步，算走到最后的那一步。"""

import re
from collections.abc import Sequence

from ...rulebook.derived.once import once_for_each
from ...rulebook.scenario_models.models import Option, Question
from ..understanding.meaning import NONE, Scored, read_option
from ..understanding.options import phrases_of
from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import normalise

_SURE_OF_PIECE = 0.85
"""一个小句要这么像说到了哪一步。"""
_BARELY = 0.01
"""也许走到了下一步，只要有一点像。"""
_ALONE, _PERHAPS = 0.95, 0.6
"""只凭一个小句要这么准；别的小句有这么像另一步就不算。"""
_THEN = re.compile(r"后来|点了|交了|申请了")
"""先前没做的，后来做了。"""
_ONLY_IF = re.compile(r"要是|如果|的话|[了过]就不|就不给|就没法")
"""“商家说申请了就不给发货”：说的是那样会怎样，没有那样。"""
_SHORTEST = 3
"""再短的小句说的是什么，离了整句说不准。"""


def furthest_told(scenario_id: str, question: Question, text: str) -> str | None:
    """各个小句说了不同的几步：走到最后的那一步；没说几步的为 ``None``。同一级的两样（同意、拒绝），后说的算。

    话里有它不认的字的不算：“还没申请 他说定做不退”是还没申请。
    """
    if not question.steps:
        return None
    ruled_out = _ruled_out(question, text)
    told = [step for piece in pieces_of(text) if (step := _step_in(scenario_id, question, piece)) is not None]
    if len(set(told)) < 2:
        return None
    if not any(_THEN.search(piece) for piece in pieces_of(text)[1:]):  # “昨天还没申请 今天点了 商家秒拒”走到了最后
        told = [step for step in told if step not in ruled_out]
    if not told:
        return None
    reached = told[0]
    for step in told[1:]:
        if _rank(question, step) >= _rank(question, reached):
            reached = step
    return reached


def told_by_one_piece(scenario_id: str, question: Question, text: str) -> str | None:
    """只有一个小句说准了哪一步，别的没说哪一步：“申请退货退款了 商家让我寄回去”是商家同意了；不是这样的为 ``None``。"""
    pieces = pieces_of(text) if question.steps else ()
    if len(pieces) < 2:
        return None
    best = [read_option(scenario_id, question, piece)[0] for piece in pieces if len(piece) >= _SHORTEST]
    told = {one.id for one in best if one.id != NONE and one.score >= _PERHAPS}
    sure = {one.id for one in best if one.id != NONE and one.score >= _ALONE and _rank(question, one.id) >= 0}
    return sure.pop() if len(sure) == 1 and told == sure and not sure & _ruled_out(question, text) else None


def _ruled_out(question: Question, text: str) -> set[str]:
    """话里有它不认的字的选项。"""
    said = normalise(text)
    return {option.id for option in question.options if any(word in said for word in option.not_heard_with)}


def furthest_scored(question: Question, scored: Sequence[Scored], least: float) -> str | None:
    """整段话学来的听法里，够得上 ``least`` 的几项都是步骤、又不在同一级：最后的那一步；不是这样的为 ``None``。"""
    likely = [one.id for one in scored if one.score >= least]
    if len(likely) < 2 or any(_rank(question, step) < 0 for step in likely):
        return None
    ranks = sorted((_rank(question, step), step) for step in likely)
    return ranks[-1][1] if ranks[-1][0] > ranks[-2][0] else None


def earlier_steps(question: Question, option_id: str) -> tuple[str, ...]:
    """走到 ``option_id`` 之前的几步，由早到晚；不是步骤的为空。"""
    return tuple(step for steps in question.steps[: max(0, _rank(question, option_id))] for step in steps)


_WILL_NOT = "不|不想|不肯|不愿|不愿意|不会|不打算|不准备|懒得|舍不得"
_NEGATIVE = re.compile(r"[不没未无别]")
_AROUND = re.compile(r"(?:已经?|就|都|也|刚)*+(?P<core>[^了的过]{1,6})[了的过]?")
_ENDS = r"(?=$|[ ,。;!了的呢啊吧])"
"""只有一个字的（“寄”），后面要断开：“货不寄”是，“不寄希望”不是。"""


def steps_refused(question: Question, text: str) -> tuple[str, ...]:
    """话里说不肯做的那几步：“东西我不寄回去”不是已经寄回。"""
    said = normalise(text)
    steps = {step for step_group in question.steps for step in step_group}
    return tuple(option.id for option in question.options if option.id in steps and _refusal(option).search(said))


@once_for_each(256)
def _refusal(option: Option) -> re.Pattern[str]:
    """不肯做这一步的说法，由它自己的别名做成。"""
    phrases = [phrase for phrase in phrases_of(option) if _NEGATIVE.search(phrase) is None]
    found = [match["core"] for phrase in phrases if (match := _AROUND.fullmatch(phrase)) is not None]
    ways = [re.escape(core) if len(core) > 1 else f"{re.escape(core)}{_ENDS}" for core in sorted(set(found), key=len)]
    cores = "|".join(reversed(ways)) or "(?!)"
    return re.compile(rf"(?<![要会])(?:{_WILL_NOT})(?:再|先|给他)?(?:{cores})")


_NOT_GRANTED = re.compile(r"(?<![还直都迟既也])[没不未](?:给|点)?(?:同意|答应|通过|批准)")
_STILL = re.compile(r"还没|还不|一直没|迟迟|[没未]拒|没人")


def perhaps_further(question: Question, scored: Sequence[Scored], step: str, text: str) -> tuple[str, ...]:
    """听成还在等，说的却是“他没答应”：也许走到了下一步（拒绝），那几项；不是这样的为空。"""
    said = normalise(text)
    if _NOT_GRANTED.search(said) is None or _STILL.search(said) is not None or _rank(question, step) < 0:
        return ()
    later = question.steps[_rank(question, step) + 1 :][:1]
    likely = {one.id for one in scored if one.score >= _BARELY}
    ruled_out = _ruled_out(question, text)
    return tuple(one for steps in later for one in steps if one in likely and one not in ruled_out)


def _step_in(scenario_id: str, question: Question, piece: str) -> str | None:
    if len(piece) < _SHORTEST or _ONLY_IF.search(piece) is not None:
        return None
    best = read_option(scenario_id, question, piece)[0]
    if best.id != NONE and best.score >= _SURE_OF_PIECE:
        return best.id if _rank(question, best.id) >= 0 else None
    named = [option.id for option in question.options if any(phrase in piece for phrase in phrases_of(option))]
    return named[0] if len(named) == 1 and _rank(question, named[0]) >= 0 else None


def goes_on(question: Question, before: str, after: str) -> bool:
    """``after`` 是 ``before`` 之后的一步；不分先后的题、没有先后的两项为否。"""
    return -1 < _rank(question, before) < _rank(question, after)


def _rank(question: Question, option_id: str) -> int:
    """第几步，从 0 数；不是步骤的为 -1。"""
    return next((rank for rank, step in enumerate(question.steps) if option_id in step), -1)
