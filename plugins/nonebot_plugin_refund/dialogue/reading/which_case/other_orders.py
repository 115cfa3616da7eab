"""话里指名的是另外一单、另一种事、别人的那件：案件不一定知道买的是什么，指了名就不悄悄记进手头这件。"""

import re
from dataclasses import replace

from ....rulebook.scenario_models.models import ScenarioKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import ConfirmReport, PickCase, PickEvent, PickMeaning
from ..context import Context, are_related
from ..intents import Band, Reading
from ..progress.news import read_news
from ..recognising import by_goods, recognised
from ..utterance import Utterance

_NAMED_ORDER = re.compile(
    r"(?P<what>[一-龥a-z0-9]{1,8}?)的?那一?(?:单|件|双|台|瓶|盒|箱|套|条|把|部|床|个(?:订单|单子|快递|包裹|单|退货|退款|售后)?)"
)
"""“耳机那单”“我买的平板那件”“衣服那个订单”。"""
_LEADING = re.compile(
    r"(?P<what>[一-龥]{1,4}?)(?:的(?=申请|退款|退货|钱|那)|那个|那单|那件| (?=商家|卖家|店家|平台|客服))"
)
"""“药的申请交了”“药 商家同意了”：开头说的是哪样东西。"""
_ALSO = re.compile(r"也|另外?|还有")
_POINTING = re.compile(r"的?那一?(?:单|件|个|笔|家|边|头|门|期|次|位)")
_SPOKEN = load_spoken()
_TROUBLES = frozenset({"quality", "not-shipped", "not-received"})
"""词表里的几组：货出了毛病、没发、没到。"""
_OF_ONE_CASE = (ConfirmReport, PickCase, PickEvent, PickMeaning)
"""刚问的就是手头一件案件：说的是它。"""


def read_other_order(context: Context, utterance: Utterance) -> Reading | None:
    """“耳机那单也被拒了”：听着是一件进展，先问是手头这件的，还是另外一件的；指名另一种事的，问换不换。"""
    if not context.matters or context.open_question is not None or utterance.is_bare:
        return None
    if (kind := _names_other_kind(context, utterance)) is not None and utterance.stated:
        matter = intents.NewMatter(kind, utterance.raw, sure=False)
        return Reading((matter,), Band.CONFIRM, 0.6, ("指名的是另一种事",))
    if (another := _read_other_goods(context, utterance)) is not None:
        return another
    if isinstance(context.awaits, _OF_ONE_CASE) or not _names_other_order(context, utterance):
        return None
    news = read_news(context, utterance)
    report = news.first if news is not None else None
    if news is None or not isinstance(report, intents.Reported):
        return None
    matter_at = next((matter for matter in context.matters if matter.code == report.case), context.matters[0])
    asked = replace(report, cases=report.cases or (report.case,), another=matter_at.scenario.id, earlier=(), then="")
    return replace(news, intents=(asked, *news.intents[1:]), band=Band.CONFIRM, explain=("指名的像是另一单",))


def _read_other_goods(context: Context, utterance: Utterance) -> Reading | None:
    """“我自己买的坚果发霉了 59块9”：说的是另一样货出了毛病、没到，不是手头几件的货；问换不换，一样也不记进手头的。"""
    if utterance.asks or not any(word in utterance.text for word in _SPOKEN.matters.own_goods):
        return None
    features = context.book.classifier.features(utterance.raw)[0]
    goods = features.get("goods")
    if goods is None or goods in _SPOKEN.vague_goods or not _TROUBLES & features.keys():
        return None
    known = {thing for matter in context.matters for thing in matter.called.things}
    if any(goods in thing or thing in goods for thing in known):
        return None
    book = context.book
    found = recognised(book.classifier, utterance.raw, first=True)
    scenario = found.scenario or by_goods(book.classifier, book.scenarios, utterance.raw)
    if scenario is None:
        return None
    matter = intents.NewMatter(scenario, utterance.raw, sure=False)
    return Reading((matter,), Band.CONFIRM, found.score, ("说的是另一样货",))


def _names_other_order(context: Context, utterance: Utterance) -> bool:
    """“耳机那单也被拒了”：指名一单，又说了“也”“另外”，或指的是一样货：手头这件买的是什么没记着，要问是不是另一件。"""
    if _leads_with_other_goods(context, utterance):
        return True
    named = _NAMED_ORDER.search(utterance.text)
    if named is None or named["what"].endswith(_SPOKEN.own_orders):
        return False
    if any(named["what"].endswith(tuple(matter.called.things)) for matter in context.matters if matter.called.things):
        return False  # “药那个申请交上去了”：手头这件就是这样叫的
    return _ALSO.search(utterance.text) is not None or _is_goods(context, named["what"])


def _leads_with_other_goods(context: Context, utterance: Utterance) -> bool:
    """“药的申请交了”：开头指的是一样货，手头几件都知道买的是什么，没有一件是它。"""
    led = _LEADING.match(utterance.text)
    known = [matter.called.things for matter in context.matters]
    if led is None or not known or not all(known) or not _is_goods(context, led["what"]):
        return False
    return not any(thing in led["what"] or led["what"] in thing for things in known for thing in things)


def _is_goods(context: Context, what: str) -> bool:
    """说的是一样货；投诉、起诉的案件里说“电脑那单”，说的多半就是投诉的那单。"""
    kinds = {scenario.id: scenario.kind for scenario in context.book.scenarios}
    if all(kinds.get(matter.scenario.id) is ScenarioKind.TOPIC for matter in context.matters):
        return False
    goods = context.book.classifier.features(what)[0].get("goods")
    return goods is not None and what.endswith(goods)


def _names_other_kind(context: Context, utterance: Utterance) -> str | None:
    """“课程那个机构也说不退”，手头办的却是打赏：指名的是哪一种；没指名、指的就是手头几件的为 ``None``。"""
    if _POINTING.search(utterance.text) is None:
        return None
    known = {one.scenario.id for one in context.matters}
    for name in sorted(context.book.named, key=len, reverse=True):
        place = utterance.text.find(name)
        if place < 0 or _POINTING.match(utterance.text, place + len(name)) is None:
            continue
        scenario = context.book.named[name]
        is_at_hand = any(are_related(context.book, one, scenario) for one in known)
        return None if is_at_hand else scenario
    return None
