"""问是谁花的钱：说了是家里哪个大人、公司的谁花的就是那一项；只说了花多少的没在答。"""

import re
from collections.abc import Sequence

from ....rulebook.scenario_models.models import Question
from ...interview.answers import Answer
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from .childs_age import of_a_child, spent_by_spouse
from .whose_age import of_oneself

_SUM = r"(?:[0-9][0-9.,]{0,8}|[一二两三四五六七八九十百千万零]{1,8})(?:多|块钱?|元|万|千)?"
_ONLY_A_SUM = re.compile(rf"[^0-9一二两三四五六七八九十百千万零差少多扣到收没登号]{{0,9}}{_SUM}")
"""“礼物那边算出来是4260”：一小截只有一样花在哪、一个数。"""
_ON_WHAT = re.compile(r"礼物|游戏|那边|这边|算出来|算下来")
_SOMEBODY = re.compile(r"我|俺|本人|自己|[他她你]|账单|短信|应该|岁")
_UNWELL = re.compile(r"痴呆|脑|精神|智力|糊涂|抑郁|躁|残疾|失智")
_NOT = re.compile(r"[没不未]")
_FAMILY = "family"


def tells_only_sums(question: Question, text: str) -> bool:
    """问是谁花的，每一小截说的都只是花在哪、多少钱：没说是谁，也没说出了什么错。"""
    if not asks_who(question):
        return False
    if _ON_WHAT.search(text) is None or _SOMEBODY.search(text) is not None:
        return False
    pieces = [normalise(piece) for piece in pieces_of(text)]
    return bool(pieces) and all(_ONLY_A_SUM.fullmatch(piece) is not None for piece in pieces)


_NOBODY_KNEW = re.compile(
    r"(?:家里|家里头|大人|我们|全家|家人)[^ ,，。]{0,3}"
    r"(?:没人|没一个|没有人|谁也不|谁都不|都不|全不|一个都不)(?:知道|晓得|知情|清楚)"
)
_UNAWARE = "不知情"


def nobody_knew(question: Question, text: str) -> str | None:
    """“家里没人知道”：家长不知情的那一项；没有这一项的为 ``None``。"""
    options = [option.id for option in question.options if _UNAWARE in option.aliases]
    return options[0] if len(options) == 1 and _NOBODY_KNEW.search(normalise(text)) is not None else None


def asks_who(question: Question) -> bool:
    """问的是谁花的：孩子、家里的大人都是选项。"""
    return {option.spender for option in question.options} >= {"child", _FAMILY}


_COMPANYS = re.compile(
    r"(?:公司|单位|厂里|店里|公家)(?:账上|账户|账号|公账|对公)?[^ ,，。]{0,3}"
    r"(?:的?钱|公款|资金|货款|账上|账户)|公款|挪用"
)
_BY_STAFF = re.compile(r"刷|打赏|挪|拿|转|花")
_COMPANY = "公司"


def companys_option(question: Question, text: str) -> str | None:
    """“财务拿公司账上的钱打赏”：有人拿公司的钱的那一项；没有这一项的为 ``None``。"""
    options = [option.id for option in question.options if _COMPANY in option.label]
    said = normalise(text)
    told = len(options) == 1 and _COMPANYS.search(said) is not None and _BY_STAFF.search(said) is not None
    # “被盗刷，或有人拿公司的钱刷”说的是两样里的一样
    return options[0] if told and "盗" not in said and _NOT.search(said) is None else None


def told_of_whom(asking: Sequence[Question], text: str) -> dict[str, Answer]:
    """从头说起的话里，说了钱是谁花的、几岁的：还会问到的哪几题就是哪一项。"""
    found = of_a_child(asking, text) or of_oneself(asking, text)
    company = {one.id: Answer(key) for one in asking if (key := companys_option(one, text)) is not None}
    return {**found, **company}


def grown_option(question: Question, text: str) -> str | None:
    """“是额老汉刷的嘛”：家里哪个大人花的；话里还说到病的、没有这一项的为 ``None``。"""
    said = normalise(text)
    options = [option.id for option in question.options if option.spender == _FAMILY]
    if "我自己" in said or "我刷" in said or not options or _UNWELL.search(said) is not None:
        return None
    pieces = [piece for piece in map(normalise, pieces_of(text)) if _NOT.search(piece) is None]
    return options[0] if any(map(spent_by_spouse, pieces)) else None
