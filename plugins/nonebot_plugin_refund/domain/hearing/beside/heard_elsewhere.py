"""没有在答正等着的那一题，说的却是别的选择题：照学来的听法，很有把握的才算。

还会问到的，先记着；答过的，与记着的不一样，就问他是不是要改。
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ....rulebook.scenario_models.models import Option, Question, QuestionKind, Scenario
from ...interview.answers import Answer
from ...understanding.days.loose_times import says_only_a_time
from ...understanding.meaning import NONE, UNSURE, read_multi, read_option
from ...understanding.meaning.options import trained_head
from ...understanding.moods import Clause, Mood, mood_reader
from ...understanding.options import denied_in_words, phrases_of
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from ..cues import VALUED, cued_answers

SURE = 0.96
"""要有这么大把握；由没参加训练的人写的话定的。"""
RATHER_THAN_UNSURE = 0.75
"""听成了“不清楚”，话又像在答另一题：这么像就算那一题。"""
_HALF_LIKELY = 0.49
_SHORTEST = 5
"""更短的话说的是哪一题，离了问话就说不准，除非说了那一项的字（“微信付的”）。"""
_SHORTEST_NAMED = 3
_SURELY_ONE_OF, _PERHAPS_NOT = 0.8, 0.3
"""可以选几样的题：一样要有这么大把握才算说了，说的是别的事的把握不到这么多。"""


def heard_elsewhere(
    scenario: Scenario, questions: Iterable[Question], text: str, *, least: float = SURE, not_yet: bool = False
) -> dict[str, Answer]:
    """``questions`` 里哪几道选择题由这句话答了，各有 ``least`` 的把握；问的、假设的、太短的、没有学过的为空。

    ``not_yet`` 是说还没有的（“还没申请 在聊”）也算，夹着问的只听在说的那几截：只拿去问他是不是要改的，可以算。
    """
    moods = {Mood.STATEMENT, Mood.NOT_YET} if not_yet else {Mood.STATEMENT}
    if any(clause.mood not in moods for clause in _clauses(text)):
        if not not_yet:
            return {}
        text = " ".join(piece for piece in pieces_of(text) if all(clause.mood in moods for clause in _clauses(piece)))
    length = len(text.strip())
    if length < _SHORTEST_NAMED or says_only_a_time(text):
        return {}
    found: dict[str, Answer] = {}
    for question in questions:
        if question.kind is not QuestionKind.CHOICE or trained_head(scenario.id, question) is None:
            continue
        named = {option.id for option in question.options if length >= _SHORTEST or _is_named(option, text)}
        if not named:
            continue  # 短的先看字面，不必一题一题去听
        best = read_option(scenario.id, question, text)[0]
        if best.id in named and best.score >= least and not _is_ruled_out(question, best.id, text):
            found[question.id] = Answer(best.id)
    return found


def likely_its_own(scenario_id: str, pending: Question, text: str) -> bool:
    """正问着的单选题里有一项有一半像：“表面磕了一块”是退货的原因，不去当成货现在的样子。"""
    if pending.kind is not QuestionKind.CHOICE or trained_head(scenario_id, pending) is None:
        return False
    best = read_option(scenario_id, pending, text)[0]
    return best.id not in (NONE, UNSURE) and best.score >= _HALF_LIKELY


def _is_ruled_out(question: Question, option_id: str, text: str) -> bool:
    """话里有这一项不认的字（“诉前调解中”不是 12315 在调解），或说了没有这样（“没同意过”）。"""
    said = normalise(text)
    return any(
        word in said
        for option in question.options
        if option.id == option_id
        for word in (*option.not_heard_with, *denied_in_words(option))
    )


def _is_named(option: Option, text: str) -> bool:
    """话里有这一项的名称或别名。"""
    said = normalise(text)
    return any(len(phrase) > 1 and phrase in said for phrase in phrases_of(option))


def changed_mind(
    scenario: Scenario, answers: Mapping[str, Answer], text: str, now: datetime
) -> tuple[Question, Answer] | None:
    """答过的题里，只有一题听着变了的：那一题和现在的说法；没有、不止一题为 ``None``。

    选择题照学来的听法；日子、钱数带着它的提示的字才算（“不是 上周五签收的”）。``now`` 带时区。
    """
    answered = [question for question in scenario.questions if question.id in answers]
    heard = heard_elsewhere(scenario, answered, text, not_yet=True)
    heard |= _more_of_several(scenario, answered, answers, text)
    heard |= {key: answer for key, answer in cued_answers(scenario, text, now).items() if _is_valued(answered, key)}
    changed = {key: answer for key, answer in heard.items() if answer != answers[key]}
    if len(changed) != 1:
        return None
    ((key, answer),) = changed.items()
    return scenario.question(key), answer


def _more_of_several(
    scenario: Scenario, answered: Iterable[Question], answers: Mapping[str, Answer], text: str
) -> dict[str, Answer]:
    """可以选几样的题，先前答过的之外又说了几样（“还有打卡记录”）：合起来的答案。问的、假设的、说没有的不算。"""
    if any(clause.mood is not Mood.STATEMENT for clause in _clauses(text)) or len(text.strip()) < _SHORTEST_NAMED:
        return {}
    found: dict[str, Answer] = {}
    for question in answered:
        if question.kind is not QuestionKind.MULTI or trained_head(scenario.id, question) is None:
            continue
        heard = read_multi(scenario.id, question, text)
        single = {option.id for option in question.options if option.exclusive}
        told = {one.id for one in heard.chosen if one.score >= _SURELY_ONE_OF and one.id not in single}
        before = answers[question.id].value
        had = set(before) - single if isinstance(before, tuple) else set[str]()
        if told - had and heard.none < _PERHAPS_NOT:
            together = tuple(option.id for option in question.options if option.id in told | had)
            found[question.id] = Answer(together)
    return found


def _is_valued(answered: Iterable[Question], key: str) -> bool:
    return any(question.id == key and question.kind in VALUED for question in answered)


def _clauses(text: str) -> tuple[Clause, ...]:
    return mood_reader().clauses(text)
