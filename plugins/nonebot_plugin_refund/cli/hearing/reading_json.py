"""听法的 JSON：``read`` 的一行回答，每种意思各有写法。"""

from collections.abc import Callable, Mapping
from typing import Any

from ...dialogue.reading import awaits, intents
from ...dialogue.reading.context import Context
from ...dialogue.reading.intents import Band, Intent, Reading
from ...dialogue.reading.meanings.beside_intents import BesideTold
from ...dialogue.reading.meanings.early_intents import EarlyCorrected, EarlyOffered
from ...dialogue.reading.meanings.other_goods import KeptTold
from ...dialogue.reading.money.offers import event_of_deal, event_of_offer
from ...domain.hearing.hearing import Heard
from ...domain.interview.answers import Answer
from ...domain.interview.dialogue import Repeated
from ...domain.interview.interview import MisreadReason
from ...domain.understanding.sums.offered_sums import OfferedSum
from ...rulebook.scenario_models.conditions import UNSURE
from ..rulebooks.assessments import answer_values

NOTHING_NEW = "nothing-new"
PRIVATE_NUMBERS = "private-numbers"
_CHATTING = {"greeting", "thanks", "nod", "anger", "worry"}
"""闲话里只是寒暄、应声、发脾气的几种：不是在打听什么。"""


def reading_json(context: Context, reading: Reading, opening: Mapping[str, Answer]) -> dict[str, Any]:
    """一个听法的 JSON。

    Args:
        opening: 说起一件新的事时，话里已经答了的。
    """
    return {
        "intents": [_intent_json(context, reading, intent, opening) for intent in _told(reading)],
        "band": reading.band.value,
        "explain": [reading.reader, *reading.explain],
    }


def type_of(intent: Intent) -> str:
    """这个意思叫什么。"""
    if isinstance(intent, intents.Asked) and intent.topic in _CHATTING:
        return "talk"
    if isinstance(intent, intents.Reported) and intent.proposed:
        return TYPE_NAMES[intents.Offered]  # 商家提的换、补发，还没应：是出价，不是说定的
    if isinstance(intent, intents.WantsMenu) and intent.another:
        return TYPE_NAMES[intents.NewMatter]
    return TYPE_NAMES[type(intent)]


def id_of(context: Context, intent: Intent) -> str | None:
    """说的是哪个事件、哪种打听、哪个场景、哪条命令；没有为空。"""
    return IDS[type(intent)](context, intent)


def candidates_of(reading: Reading, intent: Intent) -> list[str]:
    """拿不准时会列出来的，最像的在前。"""
    match intent:
        case intents.Reported(sure=False, others=others, event=event):
            return list(others or (event,))
        case intents.Unclear(candidates=candidates, heard=heard):
            return [*candidates, *(_misread_candidates(heard) if heard is not None else [])]
        case intents.NewMatter(scenario=scenario) if reading.band is not Band.RECORD:
            return [scenario]
        case intents.Asked(topic=None, others=others):
            return list(others)
        case intents.NearMiss(near_miss=miss):
            return [miss.meant]
        case _:
            return []


def _told(reading: Reading) -> list[Intent]:
    """值得说的意思：什么也没答、只打听了一句的，只说打听。"""
    said = [intent for intent in reading.intents if reading.facts or not isinstance(intent, intents.Answered)]
    return said or list(reading.intents)


def _intent_json(context: Context, reading: Reading, intent: Intent, opening: Mapping[str, Answer]) -> dict[str, Any]:
    return {
        "type": type_of(intent),
        "id": id_of(context, intent),
        "facts": _facts(reading, intent, opening),
        "candidates": candidates_of(reading, intent),
        "score": round(reading.score, 4),
    }


def _facts(reading: Reading, intent: Intent, opening: Mapping[str, Answer]) -> dict[str, Any]:
    match intent:
        case intents.Answered():
            return answer_values(reading.facts)
        case intents.Chosen(awaited=awaits.PickAnswer(question=question), value=value):
            return {question: value}
        case intents.NewMatter():
            return answer_values(opening)
        case intents.Offered(sum=offered) if offered is not None:
            name = "share" if offered.is_share else "amount"
            return {name: float(offered.low)} if offered.low == offered.high else _range_facts(offered)
        case _:
            return {}


def _range_facts(offered: OfferedSum) -> dict[str, float]:
    return {"at_least": float(offered.low), "at_most": float(offered.high)}


def _misread_candidates(heard: Heard) -> list[str]:
    """列出来的日子；听懂了是不清楚、这一题却不能不清楚的，是 ``unsure``。"""
    if not isinstance(heard.result, Repeated):
        return []
    misread = heard.result.misread
    if misread.reason is MisreadReason.UNSURE_NOT_OFFERED:
        return [UNSURE]
    return [day.isoformat() for day in misread.days]


def _nothing(context: Context, intent: Intent) -> None:
    del context, intent


def _chosen(context: Context, intent: Any) -> str | None:
    del context
    return None if isinstance(intent.awaited, awaits.PickAnswer) else str(intent.value)


def _offered(context: Context, intent: Any) -> str | None:
    matter = next((matter for matter in context.matters if matter.code == intent.case), None)
    if matter is None or intent.refused or intent.rest:
        return None  # 没答应、说好补剩下的：不记成一件进展
    return (event_of_deal(matter) if intent.dealt else None) or event_of_offer(matter, ruled=intent.ruled)


TYPE_NAMES: Mapping[type[Intent], str] = {
    intents.Danger: "danger",
    intents.PrivateNumbers: "control",
    intents.Command: "command",
    intents.NearMiss: "unclear",
    intents.Moved: "corrected",
    intents.Control: "control",
    intents.ReminderAnswer: "control",
    intents.SettingChanged: "command",
    intents.ReviewRules: "command",
    intents.ResumeInterview: "control",
    intents.Chosen: "answered",
    intents.Confirmed: "answered",
    intents.Answered: "answered",
    intents.Reported: "reported",
    intents.EarlyNews: "talk",
    EarlyOffered: "offered",
    EarlyCorrected: "corrected",
    BesideTold: "talk",
    intents.Offered: "offered",
    intents.PaymentsListed: "command",
    intents.NothingCame: "undo",
    intents.SumTold: "talk",
    intents.NothingNew: "talk",
    intents.Asked: "asked",
    intents.Corrected: "corrected",
    intents.Undo: "undo",
    intents.NewMatter: "new-matter",
    KeptTold: "talk",
    intents.Talk: "talk",
    intents.WantsMenu: "unclear",
    intents.Unclear: "unclear",
}
"""每种意思叫什么；几种叫一样的，由 id 去分。"""
IDS: Mapping[type[Intent], Callable[[Context, Any], str | None]] = {
    intents.Danger: lambda _, intent: intent.kind.value,
    intents.PrivateNumbers: lambda _, intent: PRIVATE_NUMBERS,
    intents.Command: lambda _, intent: intent.command.name.name.lower(),
    intents.NearMiss: _nothing,
    intents.Moved: _nothing,
    intents.Control: lambda _, intent: intent.control.kind.value,
    intents.ReminderAnswer: lambda _, intent: intent.control.kind.value,
    intents.SettingChanged: lambda _, intent: intent.setting.value,
    intents.ReviewRules: lambda _, intent: "review-rules",
    intents.ResumeInterview: lambda _, intent: "resume",
    intents.Chosen: _chosen,
    intents.Confirmed: lambda _, intent: "yes" if intent.yes else "no",
    intents.Answered: _nothing,
    intents.Reported: lambda _, intent: intent.event,
    intents.EarlyNews: lambda _, intent: intents.TalkKind.EARLY_NEWS.value,
    EarlyOffered: _nothing,
    EarlyCorrected: lambda _, intent: intent.event,
    BesideTold: lambda _, intent: intents.TalkKind.DETAIL.value,
    intents.Offered: _offered,
    intents.PaymentsListed: lambda _, intent: "ledger",
    intents.NothingCame: lambda _, intent: None,
    intents.SumTold: lambda _, intent: intents.TalkKind.DETAIL.value,
    intents.NothingNew: lambda _, intent: NOTHING_NEW,
    intents.Asked: lambda _, intent: intent.topic,
    intents.Corrected: lambda _, intent: intent.question,
    intents.Undo: _nothing,
    intents.NewMatter: lambda _, intent: intent.scenario,
    KeptTold: _nothing,
    intents.Talk: lambda _, intent: intent.kind.value,
    intents.WantsMenu: _nothing,
    intents.Unclear: _nothing,
}
"""每种意思的 id 从哪来。"""
