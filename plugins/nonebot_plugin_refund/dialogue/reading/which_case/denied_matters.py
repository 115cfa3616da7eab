"""正问着一种事，他说不是这种：“啥打赏啊 我买的机器”“不是课 是树苗”“我要退货退款”。"""

import re
from functools import cache

from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.models import ScenarioKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context
from ..correcting.corrections import LEAD
from ..intents import Band, Reading
from ..recognising import GOODS, by_goods, recognised
from ..utterance import Utterance

_SPOKEN = load_spoken()
_NOT_THIS = _SPOKEN.not_this
_AROUND = "吧呀啊呢了 ,，。.!"
_WANTS = re.compile(r"[我俺咱]?(?:只是|就是|是)?(?:要办?|想要?|办)(?P<name>[一-龥]{2,8}?)[啊呀吧的呢]?")
"""“我要退货退款”。"""


def read_denied_matter(context: Context, utterance: Utterance) -> Reading | None:
    """正问着一种事，他说不是这种、是另一种：“啥打赏啊 我买的机器 冒烟了”；没说不是，说的只能是另一种的，问换不换。"""
    opened = context.open_question
    if opened is None or opened.is_revision:
        return None
    names = [name for name, scenario in context.book.named.items() if scenario == opened.scenario.id]
    denied = next((f"{no}{name}" for name in names for no in _NOT_THIS if f"{no}{name}" in utterance.text), None)
    if denied is None:
        asked = opened.scenario.id
        return (
            _read_denied_thing(context, utterance, asked)
            or _read_named_another(context, utterance, asked)
            or _read_outright(context, utterance, asked)
        )
    rest = utterance.text.replace(denied, " ").strip()
    found = recognised(context.book.classifier, rest, first=True)
    scenario = found.scenario or by_goods(context.book.classifier, context.book.scenarios, rest)
    if scenario is None or scenario == opened.scenario.id:
        return Reading((intents.WantsMenu(another=False),), Band.RECORD, 0.6, ("说了不是正问着的那种，听不出是哪种",))
    matter = intents.NewMatter(scenario, rest, sure=True, instead=True)
    return Reading((matter,), Band.RECORD, found.score, ("说了不是正问着的那种",))


def read_wrong_matter(context: Context, utterance: Utterance) -> Reading | None:
    """“你搞错了吧 不是课”：说弄错了的是正问着的这种事，不是哪一题；没说是哪种的，列出来请他选。"""
    opened = context.open_question
    lead = LEAD.match(utterance.text) if opened is not None and not opened.is_revision else None
    if opened is None or lead is None:
        return None
    rest = Utterance(utterance.text[lead.end() :].strip(_AROUND))
    if (found := read_denied_matter(context, rest)) is not None:
        return found
    things = _SPOKEN.things.get(opened.scenario.id, ())
    if not any(_thing_denied(thing).search(rest.text) for thing in things):
        return None
    return Reading((intents.WantsMenu(another=False),), Band.RECORD, 0.6, ("说弄错了，不是这种事",))


def _read_denied_thing(context: Context, utterance: Utterance, asked: str) -> Reading | None:
    """“不是课 是树苗”“你这都是课 我买的是苗子”：否认了只有这种事才有的东西，后面听得出是另一种才算。"""
    things = _SPOKEN.things.get(asked, ())
    found = next((at for thing in things if (at := _thing_denied(thing).search(utterance.text)) is not None), None)
    if found is None:
        return None
    rest = f"{utterance.text[: found.start()]} {utterance.text[found.end() :]}".strip()
    heard = recognised(context.book.classifier, rest, first=True)
    scenario = heard.scenario or by_goods(context.book.classifier, context.book.scenarios, rest, needs=GOODS)
    if scenario is None or scenario == asked or _is_help(context, scenario):
        return None
    matter = intents.NewMatter(scenario, rest, sure=True, instead=True)
    return Reading((matter,), Band.RECORD, heard.score, ("否认了这种事才有的东西",))


@cache
def _thing_denied(thing: str) -> re.Pattern[str]:
    no = "(?:不是|没有?)(?:什么|啥|[上买报学])?|哪有|哪是|哪来的?|什么|都是|全是|关"
    return re.compile(rf"(?:{no}){re.escape(thing)}(?:的事)?[啊呀吧呢了]?(?=[ ,，。!?]|$)")


def _read_named_another(context: Context, utterance: Utterance, asked: str) -> Reading | None:
    """“我要退货退款”：说了另一种的名字，问换不换，不当成这一题的回答。"""
    if utterance.asks or utterance.is_bare:
        return None
    wanted = (_WANTS.fullmatch(piece) for piece in pieces_of(utterance.raw))
    named = next((context.book.named.get(found["name"]) for found in wanted if found is not None), None)
    return None if named in (None, asked) else _offered(context, utterance, named)


def _read_outright(context: Context, utterance: Utterance, asked: str) -> Reading | None:
    """问着仅退款，“我点的退货退款 已经寄走了”：问换不换，不一题题问下去。"""
    if utterance.asks or utterance.is_bare:
        return None
    settled = context.book.classifier.settled(asked, utterance.raw, midway=True, outright=True)
    return None if settled == asked else _offered(context, utterance, settled)


def read_only_another(context: Context, utterance: Utterance) -> Reading | None:
    """没在答正问着的，说的只有另一种才会说（“我根本没收到货”）：问换不换。"""
    opened = context.open_question
    if opened is None or opened.is_revision or utterance.asks or utterance.is_bare:
        return None
    settled = context.book.classifier.settled(opened.scenario.id, utterance.raw, midway=True)
    return None if settled == opened.scenario.id else _offered(context, utterance, settled)


def _offered(context: Context, utterance: Utterance, scenario: str | None) -> Reading | None:
    if scenario is None or _is_help(context, scenario):
        return None
    matter = intents.NewMatter(scenario, utterance.raw, sure=True)
    return Reading((matter,), Band.CONFIRM, 0.6, ("说的只能是另一种",))


def _is_help(context: Context, scenario_id: str) -> bool:
    """找客服、申诉这样的帮助主题。"""
    kinds = {scenario.id: scenario.kind for scenario in context.book.scenarios}
    return kinds.get(scenario_id) is ScenarioKind.TOPIC
