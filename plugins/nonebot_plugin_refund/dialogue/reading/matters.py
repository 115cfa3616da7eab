"""危险、新的一件事、寒暄：危险最先听，别的都不是在办手头的事时才轮到。"""

import re
from dataclasses import replace

from ...domain.hearing.beside.likely_options import likely_beside
from ...domain.hearing.values.told_values import values_in
from ...domain.understanding.controls import parse_control
from ...domain.understanding.danger import danger_reader
from ...domain.understanding.days.date_mentions import find_mentions
from ...domain.understanding.days.loose_times import says_how_long
from ...domain.understanding.meaning import read_intent
from ...domain.understanding.writing.listed_words import has_any
from ...domain.understanding.writing.pieces import pieces_of
from ...domain.understanding.yesno import parse_yesno
from ...rulebook.scenario_models.models import QuestionKind, ScenarioKind
from ...rulebook.wording_models.danger_models import DangerWords
from ...rulebook.wording_models.spoken import load_spoken
from . import intents
from .answering import answers
from .asking.asked_at_first import asked_at_first
from .asking.topics import hear_topic
from .awaits import AfterDanger, AfterVerdict
from .context import POSSIBLY_ANOTHER, Context, are_related, begins_another, goes_on_about
from .intents import Band, DangerKind, Reading, TalkKind
from .progress.news import read_news
from .recognising import by_goods, recognised
from .utterance import Utterance
from .which_case.several_goods import several_goods

_ACKNOWLEDGING = frozenset(load_spoken().acknowledge)
_THANKING = load_spoken().thanks
_SHORT_THANKS = 14
_BARE = load_spoken().matters.bare_complaints
_CALMED = load_spoken().calmed
_GOODS = "shop-return"
_BOUGHT = re.compile(r"[买退赔]|下单|快手|直播|主播|收到|到货|签收|收的货|申请|商家|店家|卖家|客服")
_HERE = "kuaishou"
_SPENT = (
    ("live-tip", re.compile(r"礼物|打赏|刷|pk")),
    ("paid-content", re.compile(r"课|训练营|专栏")),
    ("top-up", re.compile(r"快币|充")),
    (_GOODS, re.compile(r"买|下单|订单|收货")),
)
_BY_FRAUD = re.compile(r"骗|转账|转给|转了|验证码|屏幕|贷|陌生|扫码|刷单|解冻|保证金|密码")
_BARE_COMPLAINT = 9
"""光说毛病的一句，至多这么多个字。"""
_GOING_ON = frozenset({"reported", "detail", "offered", "corrected"})
"""结论之后说的是这几样，就是在接着说这件事。"""
_SUMS = (QuestionKind.AMOUNT, QuestionKind.NUMBER)
_ABOUT_MONEY = _GOING_ON | {"new-matter"}
"""听不出是哪一种事，像这几样的也是在说给过结论的那件：“苹果退了一个月 没退另外一个月”。"""
_ELSEWHERE = frozenset({"other-platform", "games-and-apple", "other-matter", "seller-side", "advert", "withdrawn"})
"""词表里的几组：有了就不是来说买的货坏了。"""
_ANOTHER = 0.5
"""与手头的同一种、或是帮助主题，这么像在另说一件事才算。"""
_UNMISTAKABLE = 0.97
"""字眼上这么像另一种事，就不要求学来的也那么像。"""
_ANOTHER_IN_INTERVIEW = 0.7
"""问答中，这么像在另说一件事，才问要不要换过去：说日子、说价钱的回答也有几分像。"""


def read_danger(context: Context, utterance: Utterance) -> Reading | None:
    """危险压过一切；正问着的题里，这句话明明是在答题的，要明说了才算。"""
    found = danger_reader().find(utterance.raw, veiled=True)
    if found is not None and answers.is_plainly_answering(context, utterance):
        # 被骗的经过、吃坏了没有，本来就是要问的：答的是它，结论会照着说
        asked = found.id == DangerKind.FRAUD or (found.id == DangerKind.ILLNESS and _asks_about(context, found))
        found = found if not asked and danger_reader().is_said_outright(utterance.raw) else None
    return Reading((intents.Danger(DangerKind(found.id), utterance.raw),), explain=("危险",)) if found else None


def _asks_about(context: Context, danger: DangerWords) -> bool:
    """正问的这一题就是在问这种事：“有人吃了不舒服、看了医生吗”。"""
    opened = context.open_question
    return opened is not None and any(sign in word for word in opened.question.heard_by for sign in danger.signs)


def read_after_danger(context: Context, utterance: Utterance) -> Reading | None:
    """危险之后的一句：接着说先前那件事；没说过是什么事的，陪一句。"""
    awaited = context.awaits
    if not isinstance(awaited, AfterDanger) or context.open_question is not None or context.matters:
        return None
    if utterance.is_bare or parse_control(utterance.text) is not None:
        return None
    asked = hear_topic(context, utterance) if utterance.asks else None
    if asked is not None and asked.id is not None:
        return Reading((intents.Asked(asked.id, utterance.raw),), Band.RECORD, asked.score, ("危险之后打听",))
    is_fraud = awaited.danger == DangerKind.FRAUD
    found = recognised(context.book.classifier, utterance.raw, first=not is_fraud)
    heard = found.scenario if found.is_sure or not is_fraud else None
    scenario = found.scenario if found.is_sure else awaited.scenario or heard or _what_harmed(context, utterance)
    scenario = scenario or _how_spent(context, utterance)
    about_money = found.scenario is not None or context.book.classifier.refund_word_present(utterance.raw)
    if scenario is None or (awaited.danger == DangerKind.SELF_HARM and not about_money):
        return Reading((intents.Talk(TalkKind.AFTER_DANGER),), explain=("危险之后",))
    matter = intents.NewMatter(scenario, utterance.raw, sure=True)
    return Reading((matter,), Band.RECORD, found.score, ("危险之后接着说", *found.pieces))


def _what_harmed(context: Context, utterance: Utterance) -> str | None:
    """吃坏、停药之后，说起了那样东西怎么买的、找没找过对方、要退钱：就是买的货。说别的平台的、在问的不算。"""
    assert isinstance(context.awaits, AfterDanger)
    if context.awaits.danger != DangerKind.ILLNESS or utterance.asks or _BOUGHT.search(utterance.text) is None:
        return None
    groups = context.book.classifier.features(utterance.raw)[0].keys()
    return None if groups & _ELSEWHERE else _GOODS


def _how_spent(context: Context, utterance: Utterance) -> str | None:
    """受骗的话之后，说了钱是在快手里怎么花的（“有的是快手里送礼物”）：就是那一种。陪过一句、问过怎么花的，不说快手也算。"""
    assert isinstance(context.awaits, AfterDanger)
    if context.awaits.danger != DangerKind.FRAUD or utterance.asks or _BY_FRAUD.search(utterance.text) is not None:
        return None
    groups = context.book.classifier.features(utterance.raw)[0].keys()
    if _HERE not in groups and (not context.awaits.calmed or groups & _ELSEWHERE):
        return None
    return next((scenario for scenario, spent in _SPENT if spent.search(utterance.text) is not None), None)


def read_concluded(context: Context, utterance: Utterance) -> Reading | None:
    """给过结论、没有后续步骤的那件，又说起它来：不当成另一件，应一声，说怎么看、怎么接着。"""
    if context.open_question is not None or context.matters or not context.concluded or context.is_command:
        return None
    if utterance.is_bare or context.book.named.get(utterance.word) is not None:
        return None
    found = context.book.classifier.classify(utterance.raw)
    if found.scenario not in (None, *context.concluded) and (found.is_sure or begins_another(utterance, _ANOTHER)):
        return None
    scored = read_intent(utterance.raw)
    if found.scenario is None and not (scored and scored[0].id in _ABOUT_MONEY):
        return None
    return Reading((intents.Talk(TalkKind.CONCLUDED),), score=0.5, explain=("接着说给过结论的那件",))


def read_shaken(context: Context, utterance: Utterance) -> Reading | None:
    """办着一件事、刚接住一句危险的话：下一句认得出在打听的就答，不是在答题的先陪着，题先不催。"""
    if not isinstance(context.awaits, AfterDanger) or utterance.is_bare or parse_control(utterance.raw) is not None:
        return None
    if context.awaits.calmed:
        return None
    if context.open_question is None:
        if context.matters and _is_calmed(utterance):
            return Reading((intents.Talk(TalkKind.AFTER_DANGER),), explain=("危险过去了",))
        if not context.matters or not (utterance.asks or _stays_with(context, utterance)):
            return None
    elif answers.is_answering(context, utterance) or answers.read_answer(context, utterance) is not None:
        return None
    heard = hear_topic(context, utterance)
    if heard is not None and heard.id is not None:
        return Reading((intents.Asked(heard.id, utterance.raw),), Band.RECORD, heard.score, ("危险之后打听",))
    return Reading((intents.Talk(TalkKind.AFTER_DANGER),), explain=("危险之后",))


def _is_calmed(utterance: Utterance) -> bool:
    """整句说的都是没事了、停住了：“没转 拉黑了”“药吃上了”。"""
    pieces = pieces_of(utterance.raw)
    return bool(pieces) and not utterance.asks and all(has_any(piece, _CALMED) for piece in pieces)


def _stays_with(context: Context, utterance: Utterance) -> bool:
    """想不开的、被打的，没有明明白白说起案件的进展，就还陪着他。"""
    assert isinstance(context.awaits, AfterDanger)
    if context.awaits.danger not in (DangerKind.SELF_HARM, DangerKind.VIOLENCE):
        return False
    news = read_news(context, utterance)
    return news is None or not (isinstance(news.first, intents.Reported) and news.first.sure)


def read_redirected(context: Context, utterance: Utterance) -> Reading | None:
    """结论是归另一种去办：回“好”，或接着说这件事的，就换过去，说了的带着。"""
    awaited = context.awaits
    if not isinstance(awaited, AfterVerdict) or awaited.redirect is None:
        return None
    if context.open_question is not None or context.matters or utterance.asks or utterance.is_bare:
        return None
    scored = read_intent(utterance.raw)
    goes_on = (
        parse_yesno(utterance.raw) == "yes"
        or (scored and scored[0].id in _GOING_ON)
        or _tells_something(context, awaited.redirect, utterance)
    )
    found = context.book.classifier.classify(utterance.raw)
    is_another = found.is_sure and found.scenario not in (None, awaited.scenario, awaited.redirect)
    if not goes_on or is_another:
        return None
    return Reading((intents.Chosen(awaited, "switch", utterance.raw),), score=0.7, explain=("接着说归另一种办的事",))


def _tells_something(context: Context, scenario_id: str, utterance: Utterance) -> bool:
    """说了那一种会问的：一个日子、一段日子、一个数，或像是在答它的哪一题（“密码他自己看到的”）。"""
    scenario = next((one for one in context.book.scenarios if one.id == scenario_id), None)
    if scenario is None:
        return False
    if find_mentions(utterance.text, context.now) or any(values_in(kind, utterance.raw, context.now) for kind in _SUMS):
        return True
    return bool(likely_beside(scenario, scenario.questions, utterance.raw))


def read_matter(context: Context, utterance: Utterance) -> Reading | None:
    """说起一件事；同一句里说到两件的，两件都记着。"""
    named = context.book.named.get(utterance.word) or _numbered_scenario(context, utterance)
    if named is not None and (context.open_question is None or context.is_command):
        return Reading((intents.NewMatter(named, utterance.raw, sure=True),), explain=("场景的名字",))
    is_first = context.open_question is None and not context.matters
    found = recognised(context.book.classifier, utterance.raw, first=is_first)
    if found.scenario is None and is_first and (scenario := _complained_of(context, utterance)) is not None:
        found = replace(found, scenario=scenario)
    if found.scenario is None or _is_being_asked(context, found.scenario):
        return None
    least = _ANOTHER if found.score >= _UNMISTAKABLE else _ANOTHER_IN_INTERVIEW
    if context.open_question is not None and not (found.is_sure and begins_another(utterance, least)):
        return None  # 问答中只是有点像另一件的，多半是没听懂的回答、随口一句
    if context.matters and not begins_another(utterance, POSSIBLY_ANOTHER):
        return None
    if not is_first and not context.is_command and goes_on_about(context, utterance, found.scenario):
        return None
    is_help = _is_help(context, found.scenario)
    is_same = any(matter.scenario.id == found.scenario for matter in context.matters)
    if context.matters and (is_help or is_same) and not begins_another(utterance, _ANOTHER):
        return None  # “报了案，还打了快手客服”“有鉴定书 中检的”：说的是手头这件
    if is_first and not context.is_command and (several := several_goods(context, utterance)):
        first, *others = several
        several_matter = intents.NewMatter(first.scenario, first.said, sure=True, others=tuple(others))
        return Reading((several_matter,), Band.RECORD, found.score, ("说了几样货",))
    later = _second_matter(context, utterance, found.scenario)
    # 有案件时提到 12315、客服，多半是在说手头这件：先问要不要换过去
    is_sure = found.is_sure and not (context.matters and is_help)
    matter = intents.NewMatter(found.scenario, utterance.raw, is_sure, later)
    topic = asked_at_first(context, utterance, found.scenario) if is_first and is_sure else None
    asked = () if topic is None else (intents.Asked(topic, utterance.raw),)
    return Reading((matter, *asked), Band.RECORD if is_sure else Band.CONFIRM, found.score, found.pieces)


def _complained_of(context: Context, utterance: Utterance) -> str | None:
    """“蟹臭了”：手头没有事，第一句就说一样货坏了；说的像别处的事、只是在问的不算，提到快手的算。"""
    book = context.book
    if len(utterance.word) <= _BARE_COMPLAINT and not utterance.asks:
        for bare in _BARE:
            if any(word in utterance.text for word in bare.words) and not any(
                word in utterance.text for word in bare.unless
            ):
                return bare.scenario
    groups = book.classifier.features(utterance.raw)[0].keys()
    is_here = "kuaishou" in groups and not groups & _ELSEWHERE
    if not is_here and (utterance.asks or book.classifier.classify(utterance.raw).doubtful):
        return None
    return by_goods(book.classifier, book.scenarios, utterance.raw)


def _is_help(context: Context, scenario_id: str) -> bool:
    """找客服、申诉这样的帮助主题。"""
    kinds = {scenario.id: scenario.kind for scenario in context.book.scenarios}
    return kinds.get(scenario_id) is ScenarioKind.TOPIC


def _is_being_asked(context: Context, scenario: str) -> bool:
    """正问着的就是这一种：不是另一件，是没听懂的回答。"""
    return context.open_question is not None and context.open_question.scenario.id == scenario


def _numbered_scenario(context: Context, utterance: Utterance) -> str | None:
    """``/退款 3``：菜单上的第三种。"""
    word = utterance.word
    if not context.is_command or not word.isascii() or not word.isdigit() or len(word) > 2:
        return None
    number = int(word)
    return context.book.scenarios[number - 1].id if 1 <= number <= len(context.book.scenarios) else None


def _second_matter(context: Context, utterance: Utterance, first: str) -> str | None:
    """别的小句里说的是不是另一件事。"""
    for clause in utterance.clauses[1:]:
        found = context.book.classifier.classify(clause.text)
        if found.scenario is not None and found.is_sure and not are_related(context.book, first, found.scenario):
            return found.scenario
    return None


def read_talk(context: Context, utterance: Utterance) -> Reading | None:
    """寒暄、道谢、应声。"""
    if context.open_question is not None:
        return None
    word = utterance.word.rstrip("~")
    if word.startswith(_THANKING) and len(word) <= _SHORT_THANKS and not utterance.asks:
        return Reading((intents.Talk(TalkKind.THANKS),), explain=("道谢",))
    if word in _ACKNOWLEDGING:
        return Reading((intents.Talk(TalkKind.ACKNOWLEDGED),), explain=("应声",))
    if context.matters and says_how_long(utterance.raw):
        return Reading((intents.Talk(TalkKind.DETAIL, utterance.raw),), explain=("说的是过了多久",))
    return None


def read_refund_word(context: Context, utterance: Utterance) -> Reading | None:
    """提到退款，听不出是哪一种：给菜单。"""
    if context.open_question is not None or context.matters:
        return None
    present = context.book.classifier.refund_word_present(utterance.raw)
    return Reading((intents.WantsMenu(),), Band.ASK, 0.3, ("提到了退款",)) if present else None
