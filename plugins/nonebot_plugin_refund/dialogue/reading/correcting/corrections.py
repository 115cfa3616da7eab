"""撤销和改正：撤回上一件，或说清哪里记错了。"""

import re
from datetime import date

from ....domain.interview.changing.correcting import corrected_answer, named_changes, still_says
from ....domain.interview.changing.meant_values import meant_value
from ....domain.understanding.meaning import read_intent
from ....domain.understanding.moods import Mood
from ....domain.understanding.sums.stated_sums import corrected_sum, denied_sum
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..answering.answers import read_answer
from ..awaits import ConfirmReport, PickMeaning
from ..context import Context
from ..intents import Band, Reading
from ..progress.news import read_news
from ..utterance import Utterance

_UNDO = frozenset(load_spoken().undo)
"""整句就是要撤销的话。"""
_NOT_TO_RECORD = frozenset(load_spoken().not_to_record)
"""“搞错了 别记”：说错了后面光说不要记，就是撤销。"""
_ENDING = "了啊呀吧哦嘛啦"
_NOT_SO = frozenset(load_spoken().disowned.beside)
_BETWEEN = re.compile(r"[\s,，。.!！~、]+")
LEAD = re.compile(
    r"^(?:(?:我|你|刚才|刚刚|上面|前面|上一条|那个|这个|哎呀|哎(?!呀)|哦|噢|啊|呀|诶|欸|嗐|不不|不好意思|对不起|抱歉|等等|等下|撤销|撤回)[,，\s]*+){0,4}"
    r"(?:不对|说错了?|记错了?|搞错了?|弄错了?|答错了?|选错了?|填错了?|打错了?|写错了?|听错了?|错了|口误|更正|改一下|改下|纠正|不算数?"
    r"|修改(?! ?[0-9第上])|改答案"
    # “看岔了 人家只同意退一半”；“看错尺码了”说的不是记错了
    r"|[说讲听看记搞弄打写](?:反|岔|混|错|串)了?(?=[,，。.!！\s]|其实|应该|(?:不是|是)(?!我|他))"
    r"|(?:错|弄错|搞错)了[,，\s]*+(?:错|弄错|搞错)?了?)"
    r"(?:一下|的是|了)?[,，:：。.!！\s]*+"
)
"""“我说错了 是 12 岁”：前面这些之后，才是对的。"""
_SHOULD_BE = re.compile(
    r"^(?:等等|等下|等一下|哦|啊|诶|哎呀?)?[,，\s]*+(?:应该|该)是?(?P<meant>[^,，。\s]{1,12}?)才对[吧啊呀]?$"
)
"""“等等 应该8岁才对”。"""
_NO = re.compile(r"^(?:[哦啊诶哎噢嗯][,，\s]*+)?不(?:是)?(?:[,，\s]++|(?=是))")
"""“哦不是 是去年的事”：不带“错”字的改口，说的是岁数、日子才算。"""
_DENIAL = re.compile(
    r"^我?(?:没说|没有说|没讲|不是说|可没说|从没说|没同意|没放弃|没说过)(?P<what>[^ ,].{0,19}?)(?:啊|呀|的|了)?$"
)
_UNDO_NAMED = re.compile(
    r"^(?:(?:撤销|撤回|撤消|取消|删掉|去掉)\s*(?P<what>(?!\s|不对|错了|不?是|我[已还没刚]|其实|应该).{2,16}?)|把(?P<moved>.{2,16}?)(?:撤销|撤回|撤了|取消|删掉|去掉))"
    r"(?:这条|那条|的?记录|的?进展)?$"
)
_CORRECTING = load_spoken().correcting
_DENYING = load_spoken().denying
_REOPENING = load_spoken().reopen
_PLAINLY_REOPENS = load_spoken().reopen_plainly
"""另外还有没结的案件时，要说到这些才算。"""
_SUMS = load_spoken().sums
_ANOTHER_ORDER = (*load_spoken().another_order, *load_spoken().refiled)
_NOT_BUT = re.compile(r"不是.{1,20}是|是.{1,20}不是")
_COMMANDED = 0.5
"""这么像在要机器人做什么，就不是撤销：“取消所有提醒”。"""


def read_undo(context: Context, utterance: Utterance) -> Reading | None:
    """整句就是撤销、否认。"""
    if not context.can_undo:
        return None
    said = [piece for piece in _BETWEEN.split(utterance.text) if piece]
    if utterance.word in _UNDO or (said and _UNDO.issuperset(said)):  # “不对 撤销”
        return Reading((intents.Undo(),), explain=("撤销",))
    words = _PLAINLY_REOPENS if context.matters else (*_PLAINLY_REOPENS, *_REOPENING)
    if context.has_closed and any(word in utterance.text for word in words):
        sure = utterance.word in _PLAINLY_REOPENS
        band = Band.RECORD if sure else Band.CONFIRM
        return Reading((intents.Undo(sure=sure, reopening=True),), band, 0.7, ("结了的又要接着办",))
    first = utterance.clauses[0].text if utterance.clauses else ""
    pieces = pieces_of(utterance.raw)
    if len(pieces) > 1 and pieces[0] in _NOT_SO:
        first = pieces[1]  # “没有的事 我没说同意”
    if utterance.asks:
        return None  # “不是说48小时吗 怎么还没动静”
    if (denied := _DENIAL.match(first)) is not None and context.matters and context.open_question is None:
        return Reading((intents.Undo(denied["what"]),), Band.RECORD, 0.8, ("否认说过",))
    return None


def read_named_undo(context: Context, utterance: Utterance) -> Reading | None:
    """“撤销商家拒绝那条”。"""
    if not context.can_undo or utterance.asks:
        return None
    match = _UNDO_NAMED.match(utterance.word) or _named_last(utterance)
    if match is None:
        return None
    scored = read_intent(utterance.raw)
    if scored and scored[0].id == "command" and scored[0].score >= _COMMANDED:
        return None
    return Reading((intents.Undo(match["what"] or match["moved"]),), Band.RECORD, 0.8, ("撤销指名的",))


def _named_last(utterance: Utterance) -> re.Match[str] | None:
    """“弟弟那个还没申请 撤销同意退”：前面说了为什么，最后一截才是要撤的。"""
    pieces = pieces_of(utterance.raw)
    return _UNDO_NAMED.match(pieces[-1]) if len(pieces) > 1 else None


def read_correction(context: Context, utterance: Utterance) -> Reading | None:
    """“我说错了 孩子是12岁”“不对 是昨天”：后面是对的。"""
    if context.open_question is None and not context.matters and not context.has_closed:
        return None
    if Mood.QUESTION in utterance.moods:
        return None
    if (should := _SHOULD_BE.match(utterance.text)) is not None:
        return Reading((intents.Corrected(should["meant"]),), Band.RECORD, 0.8, ("改正",))
    match = LEAD.match(utterance.text)
    if match is None:
        return _read_plain_no(context, utterance)
    rest = utterance.text[match.end() :].strip(" ,，。.")
    if rest and isinstance(context.awaits, (PickMeaning, ConfirmReport)):
        return read_news(context, Utterance(rest))  # 还没记下什么，说的是刚问的那件
    if not rest or rest.rstrip(_ENDING) in _NOT_TO_RECORD:
        return Reading((intents.Undo(),), explain=("撤销",)) if context.can_undo else None
    if (fresh := _told_first(context, Utterance(rest))) is not None:
        return fresh
    return Reading((intents.Corrected(rest),), Band.RECORD, 0.8, ("改正",))


def _told_first(context: Context, rest: Utterance) -> Reading | None:
    """“啊不对 11月5号到的”：先前没记过那一题，没有可改的，后面说的就是它的回答；记过的为空。"""
    opened = context.open_question
    if opened is None or opened.is_revision:
        return None
    heard = read_answer(context, rest)
    known = {**opened.dialogue.held, **opened.dialogue.answers}
    is_fresh = heard is not None and bool(heard.facts) and not any(key in known for key in heard.facts)
    days = [answer for answer in heard.facts.values() if isinstance(answer.value, date)] if heard is not None else []
    return heard if is_fresh and days else None


def puts_a_sum_right(utterance: Utterance) -> bool:
    """“不是300 是350”“说错了 是八百五”：改的是刚说的那个数，不是另答一个。"""
    return denied_sum(utterance.raw) is not None or LEAD.match(utterance.text) is not None


def _read_plain_no(context: Context, utterance: Utterance) -> Reading | None:
    """“啊不 那会儿他还没满九岁”：后面说的岁数、日子算得出来改的是哪一题。"""
    opened = context.open_question
    match = _NO.match(utterance.text) if opened is not None else None
    if opened is None or match is None or opened.is_revision:
        return None
    rest, dialogue = utterance.text[match.end() :].strip(" ,，。."), opened.dialogue
    known = {**dialogue.held, **dialogue.answers}
    found = meant_value(opened.scenario, known, rest, context.now, mentioned=dialogue.mentioned) if rest else None
    return Reading((intents.Corrected(rest),), Band.RECORD, 0.7, ("改正岁数、日子",)) if found is not None else None


def without_lead(utterance: Utterance) -> str | None:
    """“说错了”“不对”之后说的；不是这样开头、后面没说的为空。"""
    match = LEAD.match(utterance.text)
    return utterance.text[match.end() :].strip(" ,，。.") or None if match is not None else None


def read_choice_correction(context: Context, utterance: Utterance) -> Reading | None:
    """正问着一题，没在答，说的是前面哪一题答错了：“啥退款啊 你搞错了 我还没申请呢”。"""
    opened = context.open_question
    if opened is None or not (says_it_corrects(utterance) or utterance.text.startswith(_DENYING)):
        return None
    told = " ".join(piece for piece in pieces_of(utterance.raw) if not Utterance(piece).asks)
    found = corrected_answer(opened.scenario, opened.dialogue, told, context.now) if told else None
    if found is None or still_says(opened.scenario, found[0], opened.dialogue.answers[found[0].id], told):
        return None
    return Reading((intents.Corrected(told),), Band.RECORD, 0.7, ("前面答错了",))


def says_it_corrects(utterance: Utterance) -> bool:
    """话里说了是在改（“说错了”“其实”“不是……是……”），又不是在转述别人怎么说。"""
    if any(clause.is_quoted for clause in utterance.clauses):
        return False
    return any(map(utterance.text.__contains__, _CORRECTING)) or _NOT_BUT.search(utterance.text) is not None


def names_a_sum(context: Context, utterance: Utterance) -> bool:
    """说的是钱数记错了：“金额改成3860元”，或错的正是记着的那个数：“是300 不是1280”。"""
    if corrected_sum(utterance.raw) is None:
        return False
    is_known = bool(context.matters) and denied_sum(utterance.raw) in context.matters[0].sums
    return is_known or any(word in utterance.text for word in _SUMS)


def read_case_correction(context: Context, utterance: Utterance) -> Reading | None:
    """明说了在改、改的是答过的一个日子或数：“付款日期说错了 是10月9号”“不是 上周五签收的”，先于回答、进展去听。"""
    opened = context.open_question
    if utterance.asks or (opened is None and not context.matters):
        return None
    if any(map(utterance.text.__contains__, _ANOTHER_ORDER)):
        return None  # “还有一单 奶粉 上周二签收”：说的是另一单的日子；“公司名填错了 今天重新交的”：是那份投诉的
    if not says_it_corrects(utterance) and not (opened is not None and utterance.text.startswith(_DENYING)):
        return None
    if opened is not None:
        scenario, answers = opened.scenario, opened.dialogue.answers
    else:
        scenario, answers = context.matters[0].scenario, context.matters[0].answers
    named = named_changes(scenario, answers, utterance.raw, context.now, correcting=says_it_corrects(utterance))
    if not named and not (opened is None and names_a_sum(context, utterance)):
        return None
    return Reading((intents.Corrected(utterance.raw),), explain=("改答过的",))
