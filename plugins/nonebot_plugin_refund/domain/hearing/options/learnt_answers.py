"""学来的听法与字面的听法放在一起：两样说的是一个，就是它；各说各的，列出来问。

字面的（编号、名称、别名）管整句就是它的话；别的话由例句学来的把握定（:mod:`...understanding.meaning`）。
"""

import re
from collections.abc import Sequence
from itertools import chain

from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.models import Option, Question, QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...interview.outright import denied_outright, said_outright
from ...interview.steps import (
    earlier_steps,
    furthest_scored,
    furthest_told,
    perhaps_further,
    steps_refused,
    told_by_one_piece,
)
from ...understanding.meaning import NONE, UNSURE, Scored, read_option
from ...understanding.meaning.options import trained_head
from ...understanding.meaning.scored import likeliest_first
from ...understanding.options import denied_in_words, is_numbered, phrases_of
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise, trim_punctuation
from ...understanding.yesno_words import SKIPPING
from ..people.childs_age import child_option
from ..people.who_spent import companys_option, grown_option, nobody_knew
from ..people.whose_age import children_in, own_age_option, says_only_an_age
from .answer_forms import BANDS, NOT_ANSWERING, between, ids_of, is_ruled_out, options_of
from .answered_first import answered_first
from .cannot_tell import cannot_tell
from .learnt_several import heard_several
from .never_done import never_done
from .not_begun import not_begun

_OVERRULES = 0.9
"""学来的有这么大把握，字面的另有说法也不听。"""
_PERHAPS_NOT = 0.15
"""学来的有这么大把握说“没在答”，就不直接记，问一句是不是。"""
_RATHER_NOT = 0.5
"""没有学过的题，有这么大把握说“没在答”，就不列候选：例句少，这个把握本来就低。"""
_SURELY_NOT = 0.86
"""学来的有这么大把握说“没在答”，才不列候选；把握小些的列出最像的，由他说是不是。"""
_SHORTEST_NAME = 2
_NOT_BEFORE = ("不是", "没用", "没走", "不走", "不用")
_NOT_AFTER = ("没关系", "没有关系", "无关")
_NOT_HAD = ("没", "没有", "没做", "没去")
_AGREES = 0.2
_OTHERS_NOT_KNOWING = re.compile(
    r"(?:我[妈爸们]|爸[妈爸]|妈妈|父母|大人|家长|家里人?|他[妈爸]|她[妈爸]|两口子|我俩|[爷奶姥公婆])"
    r"[^ ,。!?我知晓]{0,6}(?:不知|不晓)"
)
_OTHERS_DOING = re.compile(r"(?:[他她]|孩子?|娃|儿子|女儿|闺女|小孩|孙[子女]).{0,4}(?:偷|自己|自个|趁|背着|瞒)")
_DOUBTING = re.compile(r"[不没未忘懵晕哪谁啥唔吧?]|什么|怎么|好像|可能|大概|也许|随便")
_NOT_KNOWING = frozenset({"不知道", "不知情", "不晓得"})
_NOT_SURE = tuple(word for word in load_spoken().answers.unsure if len(word) > _SHORTEST_NAME and not word.isascii())
_LONG_PIECE = 4
_AT_ONCE = frozenset(load_spoken().at_once)
_TORN = 0.3
"""第二像的也有这么大把握：两样都列出来问，不照字面记。"""
_PREFERS = 0.1
"""学来的更信另一样，差这么多：也问。"""
_BOTH_STEPS = 0.4
"""整句像说到了两步，各有这么大把握：走到后面的那一步。"""
_HALF, _MAYBE_NOT = 0.5, 0.2
"""是非题学来的最像的不到前一个数，没在答的有后一个数：只碰巧有个“没”“是”字的不算回答。"""
_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI, QuestionKind.YESNO})


def heard_answer(scenario_id: str, question: Question, text: str, literal: Answer | Misread) -> Answer | Misread:
    """一句话对一个选择题、是非题的回答；整句就是编号或选项的，照字面；没有学过的题，照它的别名和例句。

    Args:
        scenario_id: 场景。
        question: 刚问的题。
        text: 用户的话。
        literal: 照字面读出来的。
    """
    if question.kind not in _CHOOSING or is_literal(question, text):
        return literal
    if trained_head(scenario_id, question) is None:
        return like_its_examples(scenario_id, question, text, literal)
    if question.kind is QuestionKind.MULTI:
        return heard_several(scenario_id, question, text, literal)
    if _is_in_label(question, text, literal) or _is_said_apart(question, text, literal):
        return literal
    if (first := answered_first(scenario_id, question, text)) is not None:
        return Answer(first)
    if (outright := said_outright(question, text)) is not None:
        return Answer(outright)
    if (begun := not_begun(question, text)) is not None:
        return Answer(begun)
    if (child := child_option(question, text)) is not None:
        return Answer(child)
    whose = companys_option(question, text) or grown_option(question, text) or nobody_knew(question, text)
    if whose is not None:
        return Answer(whose)
    if (own := own_age_option(question, text)) is not None:
        return Answer(own)
    if question.offers_unsure and cannot_tell(text):
        return Answer(None)
    reached = furthest_told(scenario_id, question, text) or told_by_one_piece(scenario_id, question, text)
    if reached is not None:
        return Answer(reached)
    scored = _not_knowing(question, text, read_option(scenario_id, question, text))
    heard = _weighed(question, scored, literal)
    if isinstance(heard, Misread) and (further := furthest_scored(question, scored, _BOTH_STEPS)) is not None:
        return Answer(further)  # “申请了他没同意”：在等、拒绝各有一半，两步都走过
    if isinstance(heard, Answer) and (further := perhaps_further(question, scored, str(heard.value), text)):
        return between(question, (*further, str(heard.value)))
    if isinstance(heard, Answer) and says_only_an_age(text) and (children := children_in(question)):
        return between(question, tuple(dict.fromkeys((*children, str(heard.value)))))
    rather_unsure = heard.is_unsure if isinstance(heard, Answer) else scored[0].id == UNSURE
    if rather_unsure and (told := _done_behind_back(text)):
        return _weighed(question, read_option(scenario_id, question, told), Misread(MisreadReason.NOT_UNDERSTOOD))
    ruled_out = denied_outright(question, text)
    denied = [option.id for option in question.options if option.id in ruled_out or _is_denied(option, text)]
    denied += [key for key in steps_refused(question, text) if key not in denied]
    if isinstance(heard, Answer) and heard.value in denied and (earlier := earlier_steps(question, str(heard.value))):
        return between(question, tuple(key for key in earlier if key not in denied))  # 还没走到这一步
    if isinstance(heard, Answer) and heard.value in denied and (said := _said_as_a_denial(question, denied, text)):
        return Answer(said)
    if isinstance(heard, Answer) and heard.value in denied:
        return between(question, tuple(one.id for one in scored if one.id not in (*denied, NONE, UNSURE)))
    heard = _without_denied(question, scored, heard, [*denied, *_not_had(question, text)])
    if (
        isinstance(heard, Misread)
        and [option.id for option in heard.options] == [UNSURE]
        and _says_nothing_of_doubt(text)
    ):
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    return heard


def _says_nothing_of_doubt(text: str) -> bool:
    """一个“不”“没”“哪”“谁”也没有：不拿“不清楚”去问他。"""
    return _DOUBTING.search(normalise(text)) is None


def _without_denied(
    question: Question, scored: tuple[Scored, ...], heard: Answer | Misread, denied: Sequence[str]
) -> Answer | Misread:
    """“病历有 没做过鉴定”：列着问的几项里说了不是的去掉，只剩一项、又像，就是它。"""
    if isinstance(heard, Answer) or not any(option.id in denied for option in heard.options):
        return heard
    left = [option.id for option in heard.options if option.id not in (*denied, UNSURE)]
    if not left:
        return heard
    is_it = len(left) == 1 and _of(scored, left[0]) >= BANDS.confirm
    return Answer(left[0]) if is_it else between(question, tuple(left))


def like_its_examples(scenario_id: str, question: Question, text: str, literal: Answer | Misread) -> Answer | Misread:
    """没有学过的单选题：字面上没读出来的，像哪一项的别名和例句就是哪一项；读出来的另像一项，就问。

    多选题、是非题没有选项的例句可比，照字面。
    """
    if question.kind is not QuestionKind.CHOICE:
        return literal
    scored = read_option(scenario_id, question, text)
    best, said = scored[0], _id_of(literal)
    if said not in (None, UNSURE):
        differs = best.id not in (NONE, UNSURE, said) and best.score >= BANDS.record
        if differs or any(word in normalise(text) for word in _NOT_SURE):
            return between(question, (said, best.id))
        return literal
    ruled_out = denied_outright(question, text)
    denied = [option.id for option in question.options if option.id in ruled_out or _is_denied(option, text)]
    if _of(scored, NONE) >= _RATHER_NOT or best.score < BANDS.confirm:
        return literal
    if best.score >= BANDS.record and _of(scored, NONE) < _PERHAPS_NOT and best.id not in denied:
        return _answer(question, best.id)
    return between(question, tuple(key for key in ids_of(scored) if key not in denied))


def _is_denied(option: Option, text: str) -> bool:
    """“跟苹果没关系”“没走苹果”：说的是不是这一项。"""
    said = normalise(text)
    if is_ruled_out(option, said):
        return True
    names = [name for name in phrases_of(option) if len(name) >= _SHORTEST_NAME and name in said]
    denials = [f"{word}{name}" for name in names for word in _NOT_BEFORE]
    denials += [f"{name}{word}" for name in names for word in _NOT_AFTER]
    return any(denial in said for denial in (*denials, *denied_in_words(option))) or never_done(option, said)


def _said_as_a_denial(question: Question, denied: Sequence[str], text: str) -> str | None:
    """“我没同意过”里的“没同意”就是另一项的说法；没有这样的一项、不止一项为 ``None``。"""
    said = normalise(text)
    found = [
        option.id
        for option in question.options
        if option.id not in denied and any(name in said for name in phrases_of(option) if name.startswith(_NOT_HAD))
    ]
    return found[0] if len(found) == 1 else None


def _not_had(question: Question, text: str) -> list[str]:
    """前面紧跟着说没有、没做的那几项：“没做过鉴定”。"""
    said = normalise(text)
    names = {option.id: [name for name in phrases_of(option) if name in said] for option in question.options}
    return [key for key, found in names.items() if any(f"{word}{name}" in said for word in _NOT_HAD for name in found)]


def others_not_knowing(said: str) -> bool:
    """说的是大人、家里人不知道，不是说的人自己说不清。"""
    return _OTHERS_NOT_KNOWING.search(said) is not None


def _done_behind_back(text: str) -> str:
    """“我不知道 她偷偷充的”：不知道的是人家背着做的事，不是说不清楚；返回说那件事的几截，不是这样的为空。"""
    pieces = pieces_of(text)
    told = [piece for piece in pieces if _OTHERS_DOING.search(normalise(piece)) is not None]
    return " ".join(told) if len(told) < len(pieces) else ""


def _not_knowing(question: Question, text: str, scored: tuple[Scored, ...]) -> tuple[Scored, ...]:
    """有一个选项就叫“不知道”的（家长不知情）：话里说不知道，说的是它，不是说不清楚。"""
    said = normalise(text)
    named = [option.id for option in question.options if any(alias in said for alias in _not_knowing_in(option))]
    if len(named) != 1 or not (len(pieces_of(text)) > 1 or _OTHERS_NOT_KNOWING.search(said)):
        return scored  # 光说“不知道”的，是不知情还是说不清，照学来的
    unsure = _of(scored, UNSURE)
    moved = [Scored(one.id, one.score + (unsure if one.id == named[0] else 0.0)) for one in scored if one.id != UNSURE]
    return likeliest_first({one.id: one.score for one in moved})


@once_for_each(4096)
def _not_knowing_in(option: Option) -> tuple[str, ...]:
    """一个选项的别名里说不知道的。"""
    return tuple(alias for alias in map(normalise, option.aliases) if alias in _NOT_KNOWING)


def _is_in_label(question: Question, text: str, literal: Answer | Misread) -> bool:
    """照着选项的名称念了一截，念的就是字面听出来的那一项；后面另说了别的（“普通商品，吊牌还在”）也算。"""
    said, heard = trim_punctuation(normalise(text)), _id_of(literal)
    labels = [phrases_of(option)[0] for option in question.options if option.id == heard]
    read = [piece for piece in (said, *map(normalise, pieces_of(text))) if len(piece) >= _LONG_PIECE]
    return any(piece in label for piece in read for label in labels)


def _is_said_apart(question: Question, text: str, literal: Answer | Misread) -> bool:
    """是非题里有一小句就是“没有”“是的”：“昨天签收的，没有”。"""
    pieces = pieces_of(text)
    return (
        question.kind is QuestionKind.YESNO
        and len(pieces) > 1
        and any(piece in _AT_ONCE for piece in pieces)
        and _id_of(literal) not in (None, UNSURE)
    )


def is_literal(question: Question, text: str) -> bool:
    """整句就是编号、选项的名称或别名；光一个字母也不去猜。"""
    said = trim_punctuation(normalise(text))
    if said.isdigit() or said in ("不清楚", "不知道") or said in SKIPPING or (len(said) == 1 and said.isascii()):
        return True
    if is_numbered(text, options_of(question), multi=question.kind is QuestionKind.MULTI):
        return True
    return said in _names_in(question)


@once_for_each(1024)
def _names_in(question: Question) -> frozenset[str]:
    """印出来的几项的各种说法。"""
    return frozenset(chain.from_iterable(map(phrases_of, options_of(question))))


def _weighed(question: Question, scored: tuple[Scored, ...], literal: Answer | Misread) -> Answer | Misread:
    best = scored[0]
    said = _id_of(literal)
    if said is not None:
        if _is_torn(scored, said):
            return between(question, ids_of(scored))
        if _barely_a_yes_or_no(question, scored):
            return between(question, (*ids_of(scored), said))
        if any(one.id == said and one.score >= _AGREES for one in scored):
            return literal if best.id == said or best.score < _OVERRULES else _answer(question, best.id)
        if best.id == NONE and best.score >= NOT_ANSWERING:
            return Misread(MisreadReason.NOT_UNDERSTOOD)
        if best.id != NONE and best.score >= _OVERRULES:
            return _answer(question, best.id)
        return between(question, (said, *(one.id for one in scored)))
    if best.id == NONE and best.score >= _SURELY_NOT:
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    if best.id == NONE or best.score < BANDS.confirm:
        return between(question, ids_of(scored))
    if best.score >= BANDS.record and (best.id == UNSURE or _of(scored, NONE) < _PERHAPS_NOT):
        return _answer(question, best.id)
    return between(question, ids_of(scored))


def _barely_a_yes_or_no(question: Question, scored: tuple[Scored, ...]) -> bool:
    """“手机是我的 聊天我都没敢删”：是非题只对上一个“没”字，学来的哪样都不到一半，又有几分像没在答。"""
    return question.kind is QuestionKind.YESNO and scored[0].score < _HALF and _of(scored, NONE) >= _MAYBE_NOT


def _is_torn(scored: tuple[Scored, ...], said: str) -> bool:
    """学来的在两样之间拿不定，字面的只是碰巧对上其中一样；或学来的更信另一样。"""
    first, second = scored[0], scored[1]
    if NONE in (first.id, second.id) or first.score >= _OVERRULES:
        return False
    return second.score >= _TORN or (first.id != said and first.score - _of(scored, said) >= _PREFERS)


def _of(scored: tuple[Scored, ...], answer_id: str) -> float:
    return next((one.score for one in scored if one.id == answer_id), 0.0)


def _id_of(read: Answer | Misread) -> str | None:
    if isinstance(read, Misread):
        return None
    return UNSURE if read.is_unsure else read.value if isinstance(read.value, str) else None


def _answer(question: Question, answer_id: str) -> Answer | Misread:
    if answer_id != UNSURE:
        return Answer(answer_id)
    return Answer(None) if question.offers_unsure else Misread(MisreadReason.UNSURE_NOT_OFFERED)
