"""访谈里的回答：先看是不是编号、选项原话，再看意思；问的、假设的不当作回答。"""

import re
from dataclasses import replace

from ....domain.hearing.cues import has_value
from ....domain.hearing.hearing import Heard, Listener
from ....domain.interview.dialogue import Accepted
from ....domain.interview.interview import MisreadReason
from ....domain.interview.steps import goes_on
from ....domain.ledger.by_channel import total_by_channel
from ....domain.understanding.controls import parse_control
from ....domain.understanding.days.loose_times import says_only_a_time
from ....domain.understanding.meaning import NONE, UNSURE, read_intent, read_option
from ....domain.understanding.moods import Mood, mood_reader
from ....domain.understanding.options import phrases_of
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import trim_punctuation
from ....domain.understanding.yesno_words import SKIPPING
from ....rulebook.scenario_models.models import Question, QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.topics import asked_beside, complained_of
from ..context import Context, OpenQuestion, is_plainly_another
from ..intents import Band, Intent, Reading
from ..utterance import Utterance

_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI})
_COMPLAINING = load_spoken().complaining
_AT_ONCE = frozenset(load_spoken().at_once) | SKIPPING
_WANTS_TO_KNOW = re.compile(
    r"怎么|咋|如何|能不能|可不可以|要不要|[能可会][以够]?[^,。?]{1,6}(?:吗|么|嘛|不)|行不行|行吗|管不管|算不算"
)
_ASSENTING = load_spoken().assenting
_UNSURE_MARKS = ("不", "没", "忘", "唔", "晓", "随便", "哪", "难说")
_HOW_TO_GO_ABOUT = ("谁来", "谁去", "申请", "起诉", "法院", "材料", "户口")
_NOT_TELLING = frozenset({Mood.QUESTION, Mood.IF})
_ASKED_AT_END = re.compile(r"(?:[?？]|吗|么|嘛|呢|不|没|多少|哪里|哪儿|怎么办|咋办|咋整|怎么弄)$")
_LIKELY_ASKS = 0.5
"""照学来的，这么像在问，就不去猜说的是别的哪一题。"""
_LEAST_TOLD = 4
"""整句像在问、在假设，里面在说的那几截至少这么多个字，才拿去当回答。"""
_ROUGHLY_A_DAY = frozenset({MisreadReason.VAGUE_DATE, MisreadReason.LUNAR_DATE, MisreadReason.HOLIDAY})
_MOST_KEPT = 4
"""一句话至多听成这么几句。"""
_PLAINLY = 0.8
_NOT_YET = re.compile(r"[没未不]")
"""学来的有这么大把握，才算明明是在答题。"""


def listener_of(context: Context, open_question: OpenQuestion) -> Listener:
    """这场访谈的听法。"""
    book = context.book
    return Listener(open_question.scenario, book.calendar, context.now, open_question.as_of, book.asides)


def _hear(context: Context, opened: OpenQuestion, text: str, *, asks: bool = False) -> Heard:
    """这一刻听这一句；听过的不再听一遍。"""
    said = context.now, text, asks
    if said not in opened.heard:
        if len(opened.heard) >= _MOST_KEPT:
            opened.heard.clear()
        opened.heard[said] = listener_of(context, opened).hear(opened.dialogue, opened.question, text, asks=asks)
    return opened.heard[said]


def read_exact_answer(context: Context, utterance: Utterance) -> Reading | None:
    """编号、选项的原话、光一个数或日期：先于一切猜测。"""
    opened = context.open_question
    if opened is None or not _is_exact(opened.question, utterance):
        return None
    heard = _hear(context, opened, utterance.raw)
    if not isinstance(heard.result, Accepted):
        return None
    return _answered(opened.question, heard, exact=True)


def read_answer(context: Context, utterance: Utterance) -> Reading | None:
    """用自己的话回答；顺带说到的别的题也算，问了什么另答一句。"""
    opened = context.open_question
    utterance = _without_complaints(utterance)
    if opened is None or not utterance.text.strip():
        return None
    plainly = is_plainly_answering(context, utterance)
    if not plainly and opened.question.kind is QuestionKind.CHOICE and is_plainly_another(context, utterance):
        return None
    told = utterance.raw if plainly else _told(opened.question, utterance)
    if not plainly and _only_asks(opened.question, utterance):
        told = "" if utterance.asks_meaning else mood_reader().told_part(utterance.raw)
        if len(told) < _LEAST_TOLD:
            return None
    heard = _hear(context, opened, told, asks=_asks(utterance))
    if heard.changed is not None:
        return Reading((intents.Unclear((), heard),), Band.ASK, explain=("像是改了",))
    is_unsaid = utterance.asks and _unsure_unsaid(heard, told)
    if heard.is_misread or is_unsaid or _only_an_aside(heard) or _only_planned(opened.question, utterance, heard):
        return None
    return _also_asking(context, utterance, _answered(opened.question, heard, exact=False))


def _only_planned(question: Question, utterance: Utterance, heard: Heard) -> bool:
    """整句都是打算（“准备打12315”），听成的却是已经做了的一项；“打算明天申请”就是还没申请，照记。"""
    if question.kind is not QuestionKind.CHOICE or not utterance.only_means_to:
        return False
    if not isinstance(heard.result, Accepted) or heard.result.answer.is_unsure:
        return False
    chosen = next((one for one in question.options if one.id == heard.result.answer.value), None)
    return chosen is not None and _NOT_YET.search(chosen.label) is None


def _unsure_unsaid(heard: Heard, told: str) -> bool:
    """问的是怎么办手续（“母亲健在 应该谁来申请”），没有一个说不清楚的字，不是“不清楚”。"""
    is_alone = isinstance(heard.result, Accepted) and heard.result.answer.is_unsure and not heard.also
    is_silent = not any(mark in told for mark in _UNSURE_MARKS)
    return is_alone and is_silent and any(word in told for word in _HOW_TO_GO_ABOUT)


def tells_a_later_step(context: Context, utterance: Utterance) -> bool:
    """没在答正问着的那一题，听着是答过的那一步往后走了（先前“还没申请”，现在“商家同意了”）。"""
    opened = context.open_question
    if opened is None or utterance.is_bare:
        return False
    heard = _hear(context, opened, utterance.raw, asks=_asks(utterance))
    if heard.changed is None:
        return False
    question, answer = heard.changed
    return goes_on(question, str(opened.dialogue.answers[question.id].value), str(answer.value))


def _without_complaints(utterance: Utterance) -> Utterance:
    """去掉嫌它没答上来的那几截：“你还没回我”里的“还没”不是在答题。"""
    if not any(word in utterance.text for word in _COMPLAINING):
        return utterance
    kept = (piece for piece in pieces_of(utterance.raw) if not any(word in piece for word in _COMPLAINING))
    return Utterance(" ".join(kept))


def _asks(utterance: Utterance) -> bool:
    """话里问了什么；“吊牌剪掉了还给退不”这样没有问号的，看学来的。"""
    if utterance.asks:
        return True
    scored = read_intent(utterance.raw)
    return bool(scored) and scored[0].id == "asked" and scored[0].score >= _LIKELY_ASKS


def _told(question: Question, utterance: Utterance) -> str:
    """选择题、是非题里又说又问的（“完全不知道 要户口本吗”），只拿说的那几句当回答。"""
    telling = [clause.text for clause in utterance.clauses if clause.mood not in _NOT_TELLING]
    is_mixed = 0 < len(telling) < len(utterance.clauses)
    return " ".join(telling) if is_mixed and question.kind in (*_CHOOSING, QuestionKind.YESNO) else utterance.raw


def read_misread(context: Context, utterance: Utterance) -> Reading | None:
    """正等着回答，却没听懂：连同哪里没听懂、最像哪几个。"""
    opened = context.open_question
    if opened is None:
        return None
    heard = _hear(context, opened, utterance.raw)
    if isinstance(heard.result, Accepted):
        return Reading((intents.Unclear(),), Band.ASK, 0.0)
    if utterance.word in _ASSENTING and opened.question.kind is not QuestionKind.YESNO and not opened.dialogue.misreads:
        assent = intents.Talk(intents.TalkKind.ACKNOWLEDGED, utterance.word)
        return Reading((assent,), Band.ASK, 0.0, ("光应了一声，对不上正问着的这一题",))
    candidates = tuple(option.id for option in heard.result.misread.options)
    missed = heard.result.misread
    roughly = missed.reason in _ROUGHLY_A_DAY or bool(missed.days)
    if not (candidates or roughly or utterance.is_bare) and (topic := complained_of(context, utterance)) is not None:
        return Reading((intents.Asked(topic, utterance.raw),), explain=("没在答，说的是手册里的一种打听",))
    quoted = any(clause.is_quoted and clause.mood not in _NOT_TELLING for clause in utterance.clauses)
    loosely = opened.question.kind is not QuestionKind.DATE and says_only_a_time(utterance.raw)
    if (quoted or loosely) and not candidates and not opened.dialogue.misreads:
        detail = intents.Talk(intents.TalkKind.DETAIL, utterance.raw)
        return Reading((detail,), Band.ASK, 0.0, ("没在答，转述了别人怎么说、说了大概什么时候",))
    return Reading((intents.Unclear(candidates, heard),), Band.ASK, 0.0, ("没听懂",))


def told_beside_the_question(context: Context, utterance: Utterance) -> frozenset[str]:
    """没在答正问着的那一题，听成说了别的哪几题；在答的为空。"""
    opened = context.open_question
    if opened is None or not has_value(utterance.text):
        return frozenset()
    heard = _hear(context, opened, utterance.raw, asks=_asks(utterance))
    return frozenset() if isinstance(heard.result, Accepted) else frozenset(heard.also)


def heard_an_answer(context: Context, utterance: Utterance) -> bool:
    """听成了正问着的那一题的回答。"""
    opened = context.open_question
    return opened is not None and isinstance(_hear(context, opened, utterance.raw).result, Accepted)


def open_still(context: Context, utterance: Utterance, *, offered: bool = False) -> Heard | None:
    """问着的这一题没听出答案，也没有可以列着问的哪几样（``offered`` 时不看）、哪几天；不是这样的为空。"""
    opened = context.open_question
    heard = _hear(context, opened, utterance.raw) if opened is not None else None
    if heard is None or isinstance(heard.result, Accepted):
        return None
    missed = heard.result.misread
    return None if missed.days or (missed.options and not offered) else heard


def has_candidates(context: Context, utterance: Utterance) -> bool:
    """没听准，却有最像的几样可以拿去问。"""
    opened = context.open_question
    if opened is None:
        return False
    heard = _hear(context, opened, utterance.raw)
    return not isinstance(heard.result, Accepted) and bool(heard.result.misread.options)


def picks_an_option(context: Context, utterance: Utterance) -> bool:
    """整句就是正问着的那一题的编号、一项的名称或别名。"""
    opened = context.open_question
    return opened is not None and _is_exact(opened.question, utterance)


def read_misread_bare(context: Context, utterance: Utterance) -> Reading | None:
    """光一个编号、一个字母，这一题里没有它：再问，不去猜是别的什么。"""
    return read_misread(context, utterance) if utterance.is_bare else None


def _answered(question: Question, heard: Heard, *, exact: bool) -> Reading:
    found: list[Intent] = [intents.Answered(question, heard, exact)]
    facts = dict(heard.also)
    if isinstance(heard.result, Accepted):
        facts[question.id] = heard.result.answer
    if heard.aside is not None:
        found.append(intents.Asked(heard.aside.id, ""))
    return Reading(tuple(found), facts=facts, explain=("回答",))


def _only_an_aside(heard: Heard) -> bool:
    """什么也没答，只打听、寒暄了一句：留给 :mod:`..asking.questions` 去听是哪一种。"""
    return not isinstance(heard.result, Accepted) and not heard.also


def _also_asking(context: Context, utterance: Utterance, reading: Reading) -> Reading:
    """答了这一题，别的小句里又打听了什么。"""
    topic = asked_beside(context, utterance)
    answered = reading.first
    if topic is None or not isinstance(answered, intents.Answered):
        return reading
    # 小句里听准了的比话里碰到的几个字可靠：“还能退”到处都有，“吊牌剪了还能退吗”问的是吊牌
    without_aside = replace(answered, heard=replace(answered.heard, aside=None))
    return replace(reading, intents=(without_aside, intents.Asked(topic, utterance.raw)))


def _is_exact(question: Question, utterance: Utterance) -> bool:
    word = utterance.word
    if word.isdigit() or word in _AT_ONCE:
        return True
    if question.kind in _CHOOSING:
        said = {phrase for option in question.options for phrase in phrases_of(option)}
        return trim_punctuation(utterance.text) in said
    if parse_control(utterance.text) is not None:
        return False  # “修改 2”“推迟 2小时”里的数不是回答
    if not any(character.isdigit() for character in word) or len(word) > 12 or utterance.asks:
        return False
    return total_by_channel(utterance.raw) is None  # 加起来的数要说回


def is_plainly_answering(context: Context, utterance: Utterance) -> bool:
    """照学来的听法，这句话就是在答正问着的那道选择题、是非题。"""
    opened = context.open_question
    if opened is None or opened.question.kind not in (QuestionKind.CHOICE, QuestionKind.YESNO):
        return False
    scored = read_option(opened.scenario.id, opened.question, utterance.raw)
    if not scored or scored[0].id == NONE or scored[0].score < _PLAINLY or Mood.IF in utterance.moods:
        return False
    if scored[0].id != UNSURE and (utterance.tells_of_others or utterance.asks_meaning):
        return False  # “听说没发货能退”“邻居家的也被拒了”不是自己这件，“啥叫驳回”是在问
    return scored[0].id == UNSURE or not _is_asked_outright(utterance)


def tells_an_answer(scenario_id: str, question: Question, said: str) -> bool:
    """照学来的听法，话里说了这道选择题、是非题的一项，不管还问了什么。"""
    if question.kind not in (QuestionKind.CHOICE, QuestionKind.YESNO):
        return False
    scored = read_option(scenario_id, question, said)
    return bool(scored) and scored[0].id not in (NONE, UNSURE) and scored[0].score >= _PLAINLY


def is_answering(context: Context, utterance: Utterance) -> bool:
    """在答正问着的那一题：选择题、是非题照学来的，问日子、钱数、岁数的读得出来就算。"""
    opened = context.open_question
    if opened is None or opened.question.kind in (*_CHOOSING, QuestionKind.YESNO):
        return is_plainly_answering(context, utterance)
    listener = listener_of(context, opened)
    return not _asks(utterance) and listener.answers(opened.dialogue, opened.question, utterance.raw)


def _only_asks(question: Question, utterance: Utterance) -> bool:
    """整句都在问、在假设：选择题、是非题不当作回答；日期和数目里带问号的多半是拿不准，照样是回答，除非问的是怎么办、行不行。"""
    if not utterance.clauses or utterance.asks_by_pattern:
        return False
    if question.kind not in (*_CHOOSING, QuestionKind.YESNO) and _WANTS_TO_KNOW.search(utterance.text) is None:
        return False
    about_others = question.kind in (*_CHOOSING, QuestionKind.YESNO) and utterance.tells_of_others
    return about_others or all(clause.mood in _NOT_TELLING for clause in utterance.clauses)


def _is_asked_outright(utterance: Utterance) -> bool:
    """句末就是问：“这个在哪看呢”；“没听清他说几天来着”只是带着疑问的字。"""
    return _ASKED_AT_END.search(utterance.text.rstrip("。.!~ ")) is not None
