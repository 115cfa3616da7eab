"""对刚问的“是不是”回话：是、不是、就这样了、还没完；说的是另一件的，留给后面去听。"""

from dataclasses import replace

from ....domain.case.case_routes import route_to
from ....domain.understanding.controls import parse_control
from ....domain.understanding.sums.moved_sums import gives_up_rest, renounces_rest
from ....domain.understanding.writing.text import trim_punctuation
from ....domain.understanding.yesno import is_bare_yes, parse_yesno
from ....rulebook.derived.stage_view import stage_on
from ....rulebook.wording_models.spoken import load_spoken
from .. import awaits, intents
from ..context import Context, is_plainly_another, says_another
from ..intents import Reading
from ..matters import read_matter
from ..money.arrivals import says_no_to_an_offer
from ..money.offers import EVENTS as OFFERED
from ..progress.news import read_news
from ..progress.told_pieces import likely_in
from ..utterance import Utterance
from .echoes import echoes, echoes_words, says_yes_first
from .whether import asks_whether
from .yes_and_more import yes_and_more

_SPOKEN = load_spoken()
_DENYING = _SPOKEN.denying
_ASK_MORE = "ask-more"
_SAYS_SOMETHING = 3
_SHORT_REPLY = 8
"""问换不换的，再长的一句说的多半是别的：“他没说要寄回去 你记错了”。"""
_NOT_SWITCHING = _SPOKEN.not_switching
_SHORT_FIRST = 4
_LONG_REPLY = 12
"""再长的一句，开头没有应、也没有否认，里面的“是”“不”多半说的是别的。"""


def _says_arrived(utterance: Utterance) -> bool:
    """“到账了 3000”：在说到了多少，不是在答是不是。"""
    return utterance.word.startswith(("到账", "到了", "收到")) and any(char.isdigit() for char in utterance.word)


def _goes_on(context: Context, awaited: awaits.ConfirmReport, utterance: Utterance) -> bool:
    """问的是要了结的事，应了“是”，又说还要争、别关：“是 但我爸不认 还想再争”。"""
    matter = next((matter for matter in context.matters if matter.code == awaited.case), None)
    route = None if matter is None else route_to(matter.scenario, matter.position, awaited.event, matter.walked)
    if matter is None or route is None or not any(word in utterance.text for word in _SPOKEN.not_giving_up):
        return False
    return stage_on(matter.scenario, route.event.to, matter.position.track_id).outcome is not None


def _says_what_instead(context: Context, utterance: Utterance) -> bool:
    """“不对”后面还说了是哪件。"""
    rest = utterance.text.partition(" ")[2]
    return len(rest) >= _SAYS_SOMETHING and read_news(context, Utterance(rest)) is not None


def _says_another(
    context: Context, awaited: awaits.ConfirmReport | awaits.SwitchMatter | awaits.NextMatter, utterance: Utterance
) -> bool:
    """没有先应“是”，听着是另一件进展。"""
    if not isinstance(awaited, awaits.ConfirmReport) or len(utterance.word) <= _SHORT_REPLY:
        return False
    news = read_news(replace(context, awaits=None), utterance)
    return news is not None and isinstance(news.first, intents.Reported) and news.first.event != awaited.event


def _tells_own_deed(context: Context, awaited: awaits.ConfirmReport, utterance: Utterance) -> bool:
    """没有先应“是”，说的是自己做了的另一件；问的是要放弃的，没说到放弃就不算应了。"""
    if says_yes_first(utterance.raw):
        return False
    matter = next((matter for matter in context.matters if matter.code == awaited.case), None)
    route = None if matter is None else route_to(matter.scenario, matter.position, awaited.event, matter.walked)
    if route is not None and route.event.event.gives_up and not echoes_words(route.event, utterance.raw):
        return True
    news = read_news(replace(context, awaits=None), utterance)
    return news is not None and isinstance(news.first, intents.Reported) and news.first.event != awaited.event


def says_not_all(utterance: Utterance) -> bool:
    """说没退全、还没到。"""
    return any(word in utterance.text for word in _SPOKEN.not_all)


def _settles(context: Context, awaited: awaits.ConfirmReport, utterance: Utterance) -> bool | None:
    """问的是了结的事：“不争了 就这样吧”是“是”，“少了 12 块”是“不是”；都没说为 ``None``。"""
    matter = next((matter for matter in context.matters if matter.code == awaited.case), None)
    route = None if matter is None else route_to(matter.scenario, matter.position, awaited.event, matter.walked)
    if matter is None or route is None:
        return None
    if stage_on(matter.scenario, route.event.to, matter.position.track_id).outcome is None:
        return None
    if says_not_all(utterance):
        return False
    if awaited.in_full and utterance.word.startswith(_SPOKEN.thanks):
        return True  # 说的数正好够了：“谢谢恁”就是“是”
    if awaited.event == "arrived" and gives_up_rest(utterance.text):
        return True  # 到了一些，其余不要了：办的人去分是全到了，还是只到一部分
    settled = renounces_rest(utterance.text) or any(word in utterance.text for word in _SPOKEN.settled)
    return True if settled else None


def _another_matter(context: Context, awaited: awaits.ConfirmReport, utterance: Utterance) -> Reading | None:
    """没回“是不是”，说起了另一件事（“还有个事 我弟打赏了主播300”）；先应了“是”的，两样都办。"""
    first, _, rest = utterance.text.partition(" ")
    says_yes = trim_punctuation(first) in _SPOKEN.assenting and bool(rest)
    told = Utterance(rest) if says_yes else utterance
    if not _may_be_another(context, told):
        return None
    reading = read_matter(context, told)
    matter = reading.first if reading is not None else None
    if not isinstance(matter, intents.NewMatter):
        return None
    if not says_yes:
        return Reading((matter,), explain=("没回是不是，说起另一件",))
    yes = intents.Confirmed(awaited, True, trim_punctuation(first))
    return Reading((yes, replace(matter, sure=False)), explain=("应了是，又说起另一件",))


def _says_something_else(context: Context, awaited: awaits.ConfirmReport, utterance: Utterance) -> bool:
    """碰巧像“是”，一个字也没应那件事。"""
    matter = next((matter for matter in context.matters if matter.code == awaited.case), None)
    route = None if matter is None else route_to(matter.scenario, matter.position, awaited.event, matter.walked)
    return route is not None and not echoes(route.event, utterance.raw)


def _agrees_to_switch(utterance: Utterance, first: str) -> bool:
    """应了、说了换：“好的”“那就换吧”。"""
    return is_bare_yes(utterance.raw) or is_bare_yes(first) or any(word in utterance.text for word in _SPOKEN.switching)


def _may_be_another(context: Context, utterance: Utterance) -> bool:
    """够长的一句，说了另外还有，或明明白白是另一种事。"""
    if len(utterance.word) <= _SHORT_REPLY or utterance.text.startswith(_DENYING):
        return False
    return says_another(utterance) or is_plainly_another(context, utterance)


def _yes_but_refused(
    context: Context, awaited: awaits.ConfirmReport | awaits.SwitchMatter | awaits.NextMatter, utterance: Utterance
) -> Reading | None:
    """问过是不是只肯退一部分，应了“是”，又说没答应（“是 但是我不干 凭啥撤”）：出的数记下，没答应也记下。"""
    first, _, rest = utterance.text.partition(" ")
    if not isinstance(awaited, awaits.ConfirmReport) or trim_punctuation(first) not in _SPOKEN.assenting:
        return None
    matter = next((matter for matter in context.matters if matter.code == awaited.case), None)
    if awaited.event not in OFFERED or matter is None or not says_no_to_an_offer(rest):
        return None
    if not any(event.id == _ASK_MORE for event in likely_in(matter)):
        return None
    yes = intents.Confirmed(awaited, True, trim_punctuation(first))
    refused = intents.Reported(awaited.case, _ASK_MORE, None, rest, sure=True, others=(_ASK_MORE,))
    return Reading((yes, refused), explain=("应了是，又说没答应",))


def read_confirmation(context: Context, utterance: Utterance) -> Reading | None:
    """对刚问的“是不是”回的是或否；正等着是非题时，光说“是”“好”是在答题。"""
    awaited = context.awaits
    if not isinstance(awaited, (awaits.ConfirmReport, awaits.SwitchMatter, awaits.NextMatter)):
        return None
    if context.open_question is not None and isinstance(awaited, (awaits.SwitchMatter, awaits.NextMatter)):
        return None
    if (refused := _yes_but_refused(context, awaited, utterance)) is not None:
        return refused
    if asks_whether(utterance) or utterance.is_bare or _says_arrived(utterance):
        return None
    if (both := yes_and_more(context, awaited, utterance)) is not None:
        return both
    if isinstance(awaited, awaits.ConfirmReport):
        if (another := _another_matter(context, awaited, utterance)) is not None:
            return another
        if len(utterance.word) > _SHORT_REPLY and says_another(utterance):
            return None  # “还有个事……”里的“有”不是“是”
    denies = utterance.text.startswith(_DENYING)
    if (
        isinstance(awaited, awaits.ConfirmReport)
        and not denies
        and (ends := _settles(context, awaited, utterance)) is not None
    ):
        return Reading((intents.Confirmed(awaited, ends, utterance.raw),), explain=("答是不是了结",))
    first = trim_punctuation(utterance.text.partition(" ")[0])
    is_whole = isinstance(awaited, awaits.ConfirmReport) or len(utterance.word) <= _SHORT_REPLY
    meant = (parse_yesno(utterance.raw) if is_whole else None) or (
        parse_yesno(first) if is_whole or len(first) <= _SHORT_FIRST else None
    )
    if isinstance(awaited, (awaits.SwitchMatter, awaits.NextMatter)) and any(
        word in utterance.text for word in _NOT_SWITCHING
    ):
        meant = "no"  # “就是一件事 不换”
    if denies and isinstance(awaited, (awaits.SwitchMatter, awaits.NextMatter)):
        meant = "no"  # “不是另一件 就是这件”
    if meant == "yes" and isinstance(awaited, awaits.ConfirmReport) and _goes_on(context, awaited, utterance):
        return Reading((intents.Confirmed(awaited, False, utterance.raw),), explain=("应了又说接着争",))
    is_plain = len(first) <= _SHORT_FIRST and parse_yesno(first) == "yes"
    if len(utterance.word) > _LONG_REPLY and not is_plain and not denies and parse_yesno(first) != meant:
        return None  # “告谁啊 老师真名我都不知道”：里面有“不”，却不是在答是不是
    if meant == "yes" and not is_plain and _says_another(context, awaited, utterance):
        return None  # “已经谈好了 360昨天到了 结了”：说的是别的一件
    if meant == "yes" and isinstance(awaited, awaits.ConfirmReport) and _tells_own_deed(context, awaited, utterance):
        return None  # 问是不是不退了、是不是只肯退一部分，“提交了 要退198”：做了另一件事
    if (
        meant == "yes"
        and not is_bare_yes(first)
        and isinstance(awaited, awaits.ConfirmReport)
        and _says_something_else(context, awaited, utterance)
    ):
        return None  # “主播把聊天记录全删了”“有截图”：说的是别的
    if meant == "yes" and not isinstance(awaited, awaits.ConfirmReport) and not _agrees_to_switch(utterance, first):
        return None  # 问过换不换，“有聊天截图”：说的是别的
    if meant == "yes" and denies:
        return None  # “不是都到了 是只有一万八”：说的不是“是”
    if meant not in ("yes", "no") or (meant == "yes" and parse_control(utterance.raw) is not None):
        return None  # “已完成”“算了”是控制词，不是“是”
    if meant == "no" and isinstance(awaited, awaits.ConfirmReport) and _says_what_instead(context, utterance):
        return None  # “不对 是让补材料”：否掉这件，说了是哪件，由后面去听
    return Reading((intents.Confirmed(awaited, meant == "yes", utterance.raw),), explain=("答是不是",))
