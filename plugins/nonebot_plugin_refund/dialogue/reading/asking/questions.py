"""问的话：先看问的是哪一种打听，再看是不是在问手头的事；不当作新的一件事，更不当作发生了。"""

from ....domain.understanding.asides import find_aside
from ....domain.understanding.moods import Mood
from ....rulebook.money_models.ledger_models import load_ledger
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..answering import answers
from ..awaits import AskBirthday
from ..context import Context, is_plainly_another, matter_spoken_of
from ..intents import Band, Reading
from ..utterance import Utterance
from .topics import HeardTopic, hear_topic, only_what_to_do

SCAM_CALL = "scam-call"
"""手册里的一种打听：接到自称客服的电话。"""
BY_AGE = "tip-birthday"
"""手册里的一种打听：跨过生日的，按付款时几岁分开。"""
_SPLITTING = load_ledger().splitting
_INSULTS = load_spoken().insults
_OTHERS = load_spoken().money.not_by_me
_NOT_TOLD = frozenset({Mood.IF, Mood.PLAN, Mood.HEARSAY})


def read_question(context: Context, utterance: Utterance) -> Reading | None:
    """有案件、有访谈时问的话：先答。"""
    if context.spoken_of is None:
        return None
    if context.open_question is None and not context.matters:
        return _about_concluded(context, utterance)
    topic = read_topic(context, utterance)
    if topic is not None:
        return topic
    if is_plainly_another(context, utterance):
        return None
    spoken_of = matter_spoken_of(context, utterance)
    unknown = intents.Asked(None, utterance.raw, case=spoken_of.code if spoken_of is not None else None)
    if utterance.asks or (context.matters and only_what_to_do(utterance.text)):
        return Reading((unknown,), Band.RECORD, 0.7, ("在问",))
    if context.matters and utterance.moods & _NOT_TOLD:
        return read_sure_topic(context, utterance) or Reading((unknown,), Band.RECORD, 0.6, ("假设、打算、别人的事",))
    return None


def read_sure_topic(context: Context, utterance: Utterance) -> Reading | None:
    """正要说“没有现成的答案”：语气不像在问，却听准了是哪种打听的，答它（“我能要十倍还是三倍”）。"""
    heard = hear_topic(context, utterance, surely_asking=True)
    return _asked(utterance, heard) if heard is not None and heard.id is not None else None


def read_insult(context: Context, utterance: Utterance) -> Reading | None:
    """骂机器人、嫌它听不懂：话里问了手册里有的，答那个；没有就认错，什么也不记。"""
    if context.spoken_of is None or not _insults(utterance.text):
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    if heard is not None and heard.id is not None:
        return _asked(utterance, heard)
    return Reading((intents.Talk(intents.TalkKind.INSULTED),), Band.RECORD, 0.8, ("在骂",))


def _insults(text: str) -> bool:
    """骂的是它；“傻逼商家说最多赔300”骂的是对方。"""
    return any(
        word in text and not text[text.find(word) + len(word) :].lstrip("的").startswith(_OTHERS) for word in _INSULTS
    )


def read_doubt(context: Context, utterance: Utterance) -> Reading | None:
    """疑心对方是骗子：先答这个，话里说的同意、出价一概不记。"""
    if not utterance.doubts or context.spoken_of is None or answers.read_answer(context, utterance) is not None:
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    topic = heard.id if heard is not None and heard.id is not None else SCAM_CALL
    return Reading((intents.Asked(topic, utterance.raw),), Band.RECORD, 0.8, ("疑心是骗子",))


def _about_concluded(context: Context, utterance: Utterance) -> Reading | None:
    """只有给过结论的那件：问的就是它，除非字眼说的是另一种。"""
    if is_plainly_another(context, utterance):
        return None
    heard = hear_topic(context, utterance)
    if heard is not None:
        return _asked(utterance, heard)
    found = context.book.classifier.classify(utterance.raw)
    if not utterance.asks or found.scenario not in (None, *context.concluded):
        return None
    return Reading((intents.Asked(None, utterance.raw),), Band.RECORD, 0.5, ("在问给过结论的那件",))


def read_topic(context: Context, utterance: Utterance) -> Reading | None:
    """手册里认得的打听和闲话：听准了的，其次是话里就有的几个字，再次是列出来问。"""
    heard = hear_topic(context, utterance)
    if heard is not None and heard.is_verbatim:
        return _asked(utterance, heard)
    is_another = is_plainly_another(context, utterance)
    assert context.spoken_of is not None
    aside = find_aside(utterance.raw, context.book.asides, context.spoken_of)
    is_only_aside = aside is not None and not aside.rest
    if heard is None and aside is not None and not is_only_aside:
        heard = hear_topic(context, utterance, surely_asking=True)  # “柜子都装好了 还能退不”：问的比那几个字细
    if heard is not None and heard.id is not None and not is_another and not is_only_aside:
        return _asked(utterance, heard)
    if aside is not None and (context.open_question is not None or not is_another):
        if heard is not None and _is_about_else(context, aside.aside.id, heard, is_only_aside=is_only_aside):
            return _asked(utterance, heard)
        return Reading((intents.Asked(aside.aside.id, utterance.raw),), explain=("手册里的打听",))
    return _asked(utterance, heard) if heard is not None and not is_another else None


def read_by_age(context: Context, utterance: Utterance) -> Reading | None:
    """刚问过孩子的生日，问的是怎么分、为啥要：答按付款时几岁分段；问的是别的为空。"""
    if not isinstance(context.awaits, AskBirthday) or not utterance.asks:
        return None
    if not any(word in utterance.text for word in _SPLITTING):
        return None
    return Reading((intents.Asked(BY_AGE, utterance.raw),), Band.RECORD, 0.8, ("问怎么按生日分",))


def _is_about_else(context: Context, aside: str, heard: HeardTopic, *, is_only_aside: bool) -> bool:
    """话里有那几个字（“免费的吗”），整句最像的几种打听里却没有它：“请律师太贵 有免费的吗”问的不是机器人收不收费。"""
    is_another = not is_only_aside and len(heard.offered) > 1 and aside not in heard.offered
    return is_another and context.book.topics.knows(aside)


def _asked(utterance: Utterance, heard: HeardTopic) -> Reading:
    asked = intents.Asked(heard.id, utterance.raw, heard.offered, alike=heard.alike)
    band = Band.RECORD if heard.id is not None else Band.CONFIRM
    return Reading((asked,), band, heard.score, (f"在打听“{heard.id or '、'.join(heard.offered)}”",))
