"""一种想做的事是哪个意思：问、改正、撤销、出价、另一件事、要机器人做什么、闲聊。"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ....domain.hearing.cues import without_days
from ....domain.understanding.asides import find_aside
from ....domain.understanding.controls import Control, ControlKind
from ....domain.understanding.meaning import read_wanted_command
from ....domain.understanding.yesno_words import UNSURE_WORDS
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.topics import hear_topic
from ..awaits import AfterVerdict
from ..commands import Command, CommandName
from ..context import Context, begins_another, goes_on_about, is_plainly_another, matter_spoken_of, says_another
from ..intents import Intent, TalkKind
from ..matters import read_matter
from ..money.offers import any_offer, says_they_give
from ..utterance import Utterance

_SPOKEN = load_spoken()
LIKE_ANOTHER = 0.6
"""听不出是哪一种事，要这么像另一件，才列出来请他选。"""
_TAKING_BACK = 0.55
"""没说“撤销”这样的字，要这么像才算：不到 :data:`_SURELY_TAKING_BACK` 的先问一句。"""
_SURELY_TAKING_BACK = 0.8
"""这么像才直接撤，不到的先问一句。"""
_ONLY_A_DAY = 4
"""去掉日子只剩这几个字，说的是手头这件哪天，不是另一件。"""
_SAME_AGAIN = 0.85
"""与手头的同一种，要这么像另说一件才算另一件。"""
_NOT_TAKING_BACK = ("没撤", "没有撤", "不撤", "别撤", "没去撤")
_SHORTEST_UNDO = 2
"""光一个“退”字说不准是撤销。"""
_ASKED_ANYWAY = 0.6
"""这么像在问，用字像另一种退款也还是问手头这件：它们的用字本来就差不多。"""
_TO_REMINDERS = {"stop": ControlKind.STOP, "snooze": ControlKind.SNOOZE}
"""要它做的是回提醒的那两样。"""
_COMMANDED = 0.6
"""这么像在要机器人做什么，才照着做。"""
_DELETING = 0.9
"""要删掉自己的数据，得这么像。"""
_ERASES = "删"
_REMINDING = "提醒"
_BACK_ON = load_spoken().reminders.back_on
_ERASING = "delete-my-data"
"""手册里的一种打听：怎么删掉自己的数据。"""
_WHICH_COMMAND = 0.5
"""做的是哪一样，要有这么大把握。"""


def asked(context: Context, utterance: Utterance, score: float) -> Intent | None:
    """在问：手册里的哪一种打听；用字明明是另一种退款、又不很像在问的不算。"""
    if score < _ASKED_ANYWAY and is_plainly_another(context, utterance):
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    if heard is not None:
        return intents.Asked(heard.id, utterance.raw, heard.offered, alike=heard.alike)
    return intents.Asked(_aside(context, utterance), utterance.raw)


def _aside(context: Context, utterance: Utterance) -> str | None:
    """手册里认得的寒暄、闲话；没有为空。"""
    scenario = context.open_question.scenario.id if context.open_question else context.matters[0].scenario.id
    found = find_aside(utterance.raw, context.book.asides, scenario)
    return None if found is None else found.aside.id


def _topic(context: Context, utterance: Utterance) -> str | None:
    """手册里认得的打听、寒暄；没有为空。"""
    heard = hear_topic(context, utterance)
    return heard.id if heard is not None and heard.id is not None else _aside(context, utterance)


def _corrected(context: Context, utterance: Utterance, score: float) -> Intent | None:
    del context, score
    return intents.Corrected(utterance.raw)


def _undo(context: Context, utterance: Utterance, score: float) -> Intent | None:
    if any(word in utterance.text for word in _NOT_TAKING_BACK):
        return None  # “我没撤”：说的是投诉、申请没撤
    if len(utterance.word) < _SHORTEST_UNDO or score < _TAKING_BACK or not context.can_undo:
        return None
    # 刚给过结论时撤上一件，案件也一并收回：先问
    return intents.Undo(sure=score >= _SURELY_TAKING_BACK and not isinstance(context.awaits, AfterVerdict))


def _offered(context: Context, utterance: Utterance, score: float) -> Intent | None:
    return any_offer(context, utterance) or (
        None if says_they_give(utterance.text) else detail(context, utterance, score)
    )


def _new_matter(context: Context, utterance: Utterance, score: float) -> Intent | None:
    """明明白白是另一件的照旧直接开始；别的先问一句；“剩下 3 张也要退”说的还是手头这件。"""
    if any(word in utterance.text for word in _SPOKEN.the_rest) and not says_another(utterance):
        return None
    found = context.book.classifier.classify(utterance.raw)
    if found.scenario is not None and goes_on_about(context, utterance, found.scenario):
        return None
    is_open = any(matter.scenario.id == found.scenario for matter in context.matters)
    if is_open and not begins_another(utterance, _SAME_AGAIN):
        return None
    reading = read_matter(context, utterance)
    if reading is None or not isinstance(reading.first, intents.NewMatter):
        beside_day = without_days(utterance.raw, context.now)
        if beside_day is not None and len(beside_day) <= _ONLY_A_DAY:
            return detail(context, utterance, score)  # “11月18号扣的”：说的是手头这件哪天
        return intents.WantsMenu(another=True) if score >= LIKE_ANOTHER else None
    return replace(reading.first, sure=is_plainly_another(context, utterance))


def _commanded(context: Context, utterance: Utterance, score: float) -> Intent | None:
    """用自己的话要机器人做什么：拿得准是哪一样才做；删除、结案自己还会再问一遍。"""
    wanted = read_wanted_command(utterance.raw)
    if not wanted or score < _COMMANDED or wanted[0].score < _WHICH_COMMAND or utterance.word in UNSURE_WORDS:
        return None
    name = wanted[0].id
    if name == CommandName.DELETE and wanted[0].score < _DELETING:
        return None
    if name in _TO_REMINDERS and _wants_reminders_back(utterance):
        return intents.SettingChanged(intents.Setting.RESUME_REMINDERS)
    if name == CommandName.CLOSE and _ERASES in utterance.text:
        return intents.Asked(_ERASING, utterance.raw)  # “删除这个案子”：不是结案，说清怎么删
    if name in _TO_REMINDERS:
        return intents.ReminderAnswer(Control(_TO_REMINDERS[name])) if context.matters else None
    return intents.Command(Command(CommandName(name)))


def _wants_reminders_back(utterance: Utterance) -> bool:
    """“你把提醒打开吧”：要接着提醒。"""
    return _REMINDING in utterance.text and any(word in utterance.text for word in _BACK_ON)


def _talk(context: Context, utterance: Utterance, score: float) -> Intent | None:
    del score
    topic = _topic(context, utterance)
    return intents.Talk(TalkKind.SMALL) if topic is None else intents.Asked(topic, utterance.raw)


def detail(context: Context, utterance: Utterance, score: float) -> Intent | None:
    """多说的一点情况，说的是哪件案件；没有案件为空。"""
    del score
    matter = matter_spoken_of(context, utterance)
    return intents.Talk(TalkKind.DETAIL, utterance.raw, matter.code) if matter is not None else None


MEANT: Mapping[str, Callable[[Context, Utterance, float], Intent | None]] = {
    "asked": asked,
    "corrected": _corrected,
    "undo": _undo,
    "offered": _offered,
    "new-matter": _new_matter,
    "command": _commanded,
    "talk": _talk,
    "detail": detail,
}
"""一种想做的事是哪个意思；办不了的返回空。"""
