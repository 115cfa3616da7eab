"""改正：一句“其实是……”改的是答过的哪一题。带着提示的字的可以一次改几题；别的只有一题对得上才算，拿不准就不改。"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from ....rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ....rulebook.wording_models.spoken import load_spoken
from ...hearing.beside.mentioned_options import mentions_in
from ...hearing.cues import cued_answers
from ...hearing.picking import read_among
from ...understanding.days.loose_times import says_only_a_time
from ...understanding.meaning import NONE, UNSURE, read_option
from ...understanding.meaning.options import trained_head
from ...understanding.writing.pieces import pieces_of
from ..answers import Answer, Answers
from ..dialogue import Dialogue
from ..interview import Misread

_LAST, _EARLIER = 0.6, 0.85
"""改刚答的那一题、改更早的一题，各要有多大把握。"""
_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.YESNO})
_VALUED = frozenset({QuestionKind.DATE, QuestionKind.AMOUNT, QuestionKind.NUMBER})
_SPOKEN = load_spoken()
_CALLED = {
    QuestionKind.AMOUNT: _SPOKEN.sums + _SPOKEN.totals,
    QuestionKind.DATE: _SPOKEN.days,
    QuestionKind.NUMBER: _SPOKEN.ages,
}
"""没说是哪一题，只说了是钱数、日子、岁数的字。"""
_OTHER_EVENT = re.compile(r"申请|提交|交给|交了|投诉|报警|立案|起诉|法院|同意|拒|签收|到账|退|介入|寄")
_FAR = 1.5
"""说准了的数是先前约数的这么多倍以内，才算说准了同一笔。"""
_A_TIME = re.compile(
    r"[0-9一二两三四五六七八九十][点号日月]|周[一二三四五六日天末]|星期|礼拜|[明昨后前]天|[上下中]午|%|[元块]"
)
_MOST_DAYS = 31
_MEANT = re.compile(r"(?<!不)(?:改成|改为|改到|应该是|应是|其实是|是|成)\s?(?P<meant>[^是改]{1,16})$")
"""“日期改成8月26”里对的那个。"""


def named_changes(
    scenario: Scenario, answers: Answers, text: str, now: datetime, *, correcting: bool
) -> dict[str, Answer]:
    """带着提示的字说出来、和答过的不一样的日子、钱数、岁数，问题 id -> 现在的说法。

    ``correcting`` 是话里明说了在改：这时只说“金额”“日期”也算，只要答过的题里就一道是问它的。``now`` 带时区。
    """
    said = {key: answer for key, answer in cued_answers(scenario, text, now).items() if key in answers}
    if correcting:
        said = {**_called(scenario, answers, text, now), **said}
    else:
        said = {key: answer for key, answer in said.items() if not _is_of_another(scenario.question(key), text)}
    return {key: answer for key, answer in said.items() if answers[key].value != answer.value}


def _is_of_another(question: Question, text: str) -> bool:
    """问的是日子，话里还有别的事（“前天把打赏的申请交了”）：那个日子多半是别的事的。"""
    if question.kind is not QuestionKind.DATE:
        return False
    own = "".join(question.heard_by)
    return any(word not in own for word in _OTHER_EVENT.findall(text))


def still_says(scenario: Scenario, question: Question, answer: Answer, text: str) -> bool:
    """话里哪一截说的就是答过的那一项：“我还没申请 没有少钱”，答过的就是还没申请，没有在改。"""
    if question.kind not in _CHOOSING or trained_head(scenario.id, question) is None:
        return False
    heard = (read_option(scenario.id, question, piece)[0] for piece in pieces_of(text))
    return any(best.id == answer.value and best.score >= _LAST for best in heard)


def is_closer(before: Answer, now: Answer) -> bool:
    """先前说的是约数、约莫的日子，现在说准了，差得也不远；先前不清楚，现在说了：用不着问，就是它。"""
    if before.is_unsure:
        return not now.is_unsure and not now.approximate
    if not before.approximate or now.approximate:
        return False
    if isinstance(before.value, float) and isinstance(now.value, float):
        return min(before.value, now.value) * _FAR >= max(before.value, now.value)
    if isinstance(before.value, date) and isinstance(now.value, date):
        return abs((_day(now.value) - _day(before.value)).days) <= _MOST_DAYS
    return False


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _called(scenario: Scenario, answers: Answers, text: str, now: datetime) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    called: QuestionKind | None = None
    for piece in pieces_of(text):
        called = next((kind for kind, words in _CALLED.items() if any(word in piece for word in words)), called)
        asked = [question for question in scenario.questions if question.kind is called and question.id in answers]
        meant = _MEANT.search(piece)
        if len(asked) != 1 or meant is None or _is_of_another(asked[0], text):
            continue
        read = read_among(scenario, asked[0], meant["meant"], now)
        if not isinstance(read, Misread) and not read.is_unsure:
            found[asked[0].id] = read
    return found


def corrected_answer(
    scenario: Scenario, dialogue: Dialogue, text: str, now: datetime
) -> tuple[Question, Answer] | None:
    """改的是哪一题、改成什么；对不上、几题都像为 ``None``。"""
    answered = [question for question in scenario.questions if question.id in dialogue.answers]
    cued = cued_answers(scenario, text, now)
    named = [question for question in answered if question.id in cued]
    if len(named) == 1:
        return named[0], cued[named[0].id]
    mentioned = {mention.question for mention in mentions_in(scenario, text)}
    fitting: list[tuple[Question, Answer]] = []
    for question in answered:
        choosing = question.kind not in _VALUED
        if question.kind is QuestionKind.NUMBER and _A_TIME.search(text) is not None:
            continue  # “改下周一早上10点”：说的是什么时候，不是几岁
        if choosing and question.id not in mentioned and question.short not in text:
            continue
        read = read_among(scenario, question, text, now)
        if not isinstance(read, Misread) and not read.is_unsure and read != dialogue.answers[question.id]:
            fitting.append((question, read))
    if fitting:
        return fitting[0] if len(fitting) == 1 else None
    return _learnt(scenario, dialogue, [question for question in answered if question.kind in _CHOOSING], text)


def _learnt(
    scenario: Scenario, dialogue: Dialogue, answered: Sequence[Question], text: str
) -> tuple[Question, Answer] | None:
    """由例句学来的听法：刚答的那一题像就是它；别的题要更像，而且只有一题像。只说了大概什么时候的不算。"""
    text = " ".join(piece for piece in pieces_of(text) if not says_only_a_time(piece))
    if not text:
        return None
    last = [*dialogue.answers][-1:]
    fitting: list[tuple[Question, Answer]] = []
    for question in answered:
        if trained_head(scenario.id, question) is None:
            continue
        best = read_option(scenario.id, question, text)[0]
        if best.id in (NONE, UNSURE) or best.id == dialogue.answers[question.id].value:
            continue
        if question.id in last and best.score >= _LAST:
            return question, Answer(best.id)
        if best.score >= _EARLIER:
            fitting.append((question, Answer(best.id)))
    return fitting[0] if len(fitting) == 1 else None
