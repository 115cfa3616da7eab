"""用话改答过的：改的是选择题，或指了第几题。"""

import re
from collections.abc import Collection

from ....domain.case.heard.news import told_at_least
from ....domain.hearing.cues import cued_answers, has_value
from ....domain.interview.answers import Answers
from ....domain.interview.changing.putting_right import PERHAPS, another_days, put_right
from ....domain.understanding.sums.numerals import read_small_integer
from ....rulebook.scenario_models.models import Scenario
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..answering import answers
from ..context import Context
from ..intents import Band, Reading
from ..progress.told_pieces import likely_in
from ..utterance import Utterance

_NUMBERED = re.compile(
    r"(?:我?要?(?:修改|更改|改答案))(?:一下|下)?\s?第?\s?(?P<number>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:题|个|条|项)?"
    r"(?:[ ,:]\s?(?![号日月点岁天年]))(?P<rest>.{2,120})"
)
_IS_THE_DAY = re.compile(r"[^是不了]{2,10}(?:其实|应该)?是[^是不了]{2,14}")
"""“收到货是11月14号”“14号是到货的日子”：在说哪天是什么日子，不是又有一件进展。"""
_ANOTHER_ORDER = load_spoken().another_order


def read_put_right(context: Context, utterance: Utterance) -> Reading | None:
    """否认了记着的一项，或指着一题说该是哪一项：“不是不想要 是标错码了”“退货原因改成描述不符”。"""
    if PERHAPS.search(utterance.text) is None or any(word in utterance.text for word in _ANOTHER_ORDER):
        return None
    told = _told(context)
    if told is None:
        return None
    scenario, known = told
    if _is_told_outright(context, utterance):
        return None  # “补的这双没毛病”：说的是换来的，不是当初没毛病
    if utterance.word in context.book.command_words or answers.picks_an_option(context, utterance):
        return None
    found = put_right(scenario, known, utterance.raw, context.now, settled=settled_in(context))
    if not found:
        return None
    facts = dict(found.changes)
    return Reading((intents.Corrected(utterance.raw),), Band.RECORD, 0.8, ("改答过的选择",), facts)


def _is_told_outright(context: Context, utterance: Utterance) -> bool:
    """没说是在改，照几列词明明白白是此刻能报告的一件进展。"""
    matter = context.matter
    if context.open_question is not None or matter is None or "不是" in utterance.text:
        return False
    news = told_at_least(utterance.raw, utterance.clauses, likely_in(matter), 1)
    event = news.events[0].event if news is not None else None
    return event is not None and bool(event.event.words_together) and matter.stage.event(event.id) is not None


def read_numbered_change(context: Context, utterance: Utterance) -> Reading | None:
    """“修改 2 质量问题”：指了第几题，后面是改成什么。"""
    match = _NUMBERED.fullmatch(utterance.text)
    if match is None or _told(context) is None:
        return None
    number = read_small_integer(match["number"])
    if not number:
        return None
    return Reading((intents.Corrected(match["rest"], number=number),), Band.RECORD, 0.9, ("改第几题",))


def read_another_day(context: Context, utterance: Utterance) -> Reading | None:
    """案件：说的日子是没问过的一题的（“收到货是11月14号”），记着的一题却是同一天：那一题多半记错了。"""
    if context.open_question is not None or utterance.asks or not says_which_day(utterance):
        return None
    told = _told(context)
    if told is None or (context.matter is not None and context.matter.walked):
        return None
    scenario, known = told
    if not another_days(scenario, known, utterance.raw, context.now):
        return None
    return Reading((intents.Corrected(utterance.raw),), Band.RECORD, 0.6, ("记着的日子是另一件事的",))


def read_known_at_last(context: Context, utterance: Utterance) -> Reading | None:
    """案件：立案时不清楚的那天，现在带着它提示的字说了（“22号拒的”）：补上，不是又有一件进展。"""
    matter = context.matter
    if context.open_question is not None or matter is None or matter.walked or utterance.asks:
        return None
    unknown = {key for key, answer in matter.answers.items() if answer.is_unsure}
    if not unknown or not has_value(utterance.text):
        return None
    told = cued_answers(matter.scenario, utterance.raw, context.now)
    if len(told) != 1 or not unknown & set(told):
        return None
    return Reading((intents.Corrected(utterance.raw),), Band.RECORD, 0.7, ("先前不清楚的，现在说了",), told)


def says_which_day(utterance: Utterance) -> bool:
    """整句在说哪天是什么日子。"""
    return _IS_THE_DAY.fullmatch(utterance.word) is not None


def settled_in(context: Context) -> Collection[str]:
    """案件已经报告过进展：“走到哪一步了”答的是立案那时，不凭一句话回头去改。"""
    matter = context.matter
    if context.open_question is not None or matter is None or not matter.walked:
        return ()
    return tuple(question.id for question in matter.scenario.questions if question.steps)


def _told(context: Context) -> tuple[Scenario, Answers] | None:
    """此刻改得着的：访谈里答过的、先记着的，没有就是正说着的案件的。"""
    if context.open_question is not None:
        dialogue = context.open_question.dialogue
        return context.open_question.scenario, {**dialogue.held, **dialogue.answers}
    if context.matter is not None:
        return context.matter.scenario, context.matter.answers
    return context.concluded_answers
