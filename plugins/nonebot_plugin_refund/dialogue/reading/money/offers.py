"""出价：对方说只退多少，或要你先做什么才退。数目听准了才算；是不是接受，由本人另说。"""

import re
from datetime import datetime

from ....domain.case.case_routes import RouteKind, known_ids, route_to
from ....domain.case.offer_stage import OFFER_EVENTS
from ....domain.understanding.meaning import read_mood
from ....domain.understanding.meaning.news import REPORT
from ....domain.understanding.moods import Clause, Mood
from ....domain.understanding.sums.moved_sums import SUM_SAID, accepted_sum, says_it_was_paid, whole_sum
from ....domain.understanding.sums.offered_sums import (
    SUM_WRITTEN,
    OfferedSum,
    added,
    may_have_sum,
    read_offered,
    without_hotlines,
)
from ....domain.understanding.sums.stated_share import share_of, stated_beside
from ....domain.understanding.terms.told_limits import without_limits
from ....domain.understanding.writing.words import Words
from ....rulebook.derived.stage_view import StageView, stage_on
from ....rulebook.money_models.offer_models import OfferGround, load_offers
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.topics import asked_beside
from ..context import Context, OpenMatter
from ..intents import Band, Intent, Reading
from ..progress.not_told import only_demands
from ..utterance import Utterance

_OFFER = re.compile(
    r"(?:只|最多|顶多|改口|愿意|同意|答应|可以|能|肯|提出|说|给我?)[^,。;]{0,8}?"
    r"(?:退|赔|补(?!充|材|交|件|证|凭|资|全)|还|返|给|出(?![来去示具的]))[^,。;刷充花买]{0,6}?"
    rf"(?P<sum>{SUM_WRITTEN}|[0-9][0-9,.]{{0,11}}(?![0-9,.]|\s?(?:天|个|号|月|日|次|点|份|张|件|小时|周|年|期|节)))"
)
_FINAL = re.compile(
    rf"(?:最多|顶多|最后|最终|谈到|谈成|谈好|谈妥|讲到|定在|按|加到|加了|提到|涨到|升到|出到|给到|愿意|肯)[^,。;]{{0,4}}?(?P<sum>{SUM_WRITTEN}|[0-9][0-9,.]{{1,11}}(?![0-9号天月日]))"
)
"""“他说最多200”“最后谈到1700”：和“我同意了”一起说才算数。"""
_GIVES = re.compile(rf"(?:退|赔|补|还|返|给|付)(?:给)?我?(?P<sum>{SUM_WRITTEN})")
_RAISED = re.compile(
    rf"(?:加|涨|提|出|给|让|升|抬|松)(?:价)?(?:到|成)了?(?P<sum>{SUM_WRITTEN}|[0-9][0-9,.]{{1,11}}(?![0-9号天月日]))"
)
"""先前出过一个数，又“加到3800”。"""
_RULED = re.compile(
    r"(?:判(?!断)|裁[决定]|支持|介入结果|处理结果)"
    r"(?:了|定|给|的?是|出来|下来|商家|卖家|他|店家|我|只|就|再|该|应|[ :]){0,3}"
    r"(?:退|赔|补|给|返)?(?:给)?我?\s?"
    rf"(?P<sum>{SUM_SAID})"
)
"""“平台判150”：判的一个数。"""
_PLAIN = re.compile(rf"(?:只|就|才|先)?(?:退|赔|补|给)(?:给?我)?\s?(?P<sum>{SUM_SAID})")
"""“老板回话 说退没拆的 退266”：一截光是退多少，整句是对方说的。"""
_TENS = re.compile(
    r"(?:说|讲|肯|愿意|答应|同意|只|最多|顶多)[^ ,。;少差]{0,4}?(?:退|赔|补|给)(?:给)?(?:我|俺)\s?"
    r"(?P<sum>[二三四五六七八九]十[一二三四五六七八九]?)(?![天个号月日次点份张件小周年期节分多几来])"
)
"""“退我八十”：没写单位的整十。"""
_DEDUCTS = re.compile(rf"扣(?:我|掉|除|下|了)?\s?(?P<sum>{SUM_SAID})")
"""“要扣我50 折旧费”：扣的是这个数，退的是剩下的。"""
_SAYING = re.compile(r"[说讲回要提]|通知|答复|电话")
_HAS_PAID = re.compile(r"扣[了过]|到账|到了|收到|退[了勒]")
_MORE = re.compile(
    rf"(?:再加|另加|外加|加上|再补|另补|另外补)[^,。;]{{0,3}}?(?P<sum>{SUM_WRITTEN}|[0-9][0-9,.]{{0,11}})"
)
"""“答应给 18 块运费再加 20 块补偿”：两样一起才是答应的数。"""
_TO_ME = re.compile(rf"(?:补|赔|退)(?:给)?我(?P<sum>{SUM_WRITTEN})(?!了|到[微支银卡零账])")
"""“补我 20 块”；“退我 20 块了”是已经退了。"""
_NO_OFFER = re.compile(
    r"我(?:就|也|已经)?(?:同意|接受|答应)|不(?:肯|愿意|同意|答应)|没(?:有)?(?:同意|答应)|真要|同意[^,。;0-9]{0,10}的(?![^,。;]{0,8}[0-9])"
)
"""“我同意退三万”说的是自己的主意；“不肯退那一百二”“没同意退一半”“真要退三千”不是出价。"""
_THEY_WANT = re.compile(
    r"不是[^,。;]{0,6}给我|"
    r"(?:要|让|叫|逼)我(?:再|先|还|得)?(?:补|给|付|出|交|转|赔|掏|打)|"
    r"(?:再|先|还得?)(?:补|付|交|转|充|打|掏)[^,。;退赔]{0,2}[0-9一二两三四五六七八九两十百千]{1,6}(?:块钱?|元)?[^,。;]{0,3}[就才再](?:给|能|会|发|退)|"
    r"(?:补|给|赔|付|转|交)给?(?:他|她|它|商家|卖家|店家|老板|对方|平台|主播|机构|公司)们?(?!的)[^,。;]{0,4}[0-9一二三四五六七八九两十百千]"
)
"""“要补他200才退”：是他要我给钱，不是他出价。"""
_ONLY_IF = re.compile(r"就[能给可]|才[退给能肯]|等|月底|签|和解")
"""“签个和解就能全额”：带着条件。"""
_ALL = re.compile(r"全退|全款|全额|全部|一共|总共|都退|原价退")
"""“同意退三次的钱 一共1194”说的是全退，不是只退一部分。"""
_SUM = re.compile(SUM_WRITTEN)
"""写明了单位的数目；光一个数可能是日期、次数。"""
_OWN = re.compile(r"[我俺咱]")
_CONDITION = re.compile(r"(?:就|才|再)[^,。;]{0,4}?(?:退|给|同意|打款|赔)")
"""“撤销就退”“撤了才给退”。"""
_TOLD_TO = re.compile(r"让|叫|要我|要求|说|提出")
_OFFERERS = load_spoken().offerers
_DEALT_WORDS = Words((word, word) for word in load_spoken().dealt)
_THEIRS = load_spoken().money.not_by_me
_ASKING = re.compile(r"吗|能不能|可不可以|[?？]")
_FELL_THROUGH = re.compile(r"谈崩|谈不[拢成]|没谈[拢成]|没达成|[调和]不成|没调成")
"""“谈崩，他只给五百”：没谈成的是哪件，先问。"""
EVENTS = OFFER_EVENTS
_AGREED = "agreed"
_DEALT = ("accepted-part", _AGREED, "won")
"""答应了对方的数，案件里记成哪一件；先看前面的。"""
_WITHIN_REACH = (RouteKind.HERE, RouteKind.FORWARD)
_TOLD = (REPORT, "quotation")
_REPORTING = 0.75
"""这么像在说发生了的事，出价才不问就记。"""
_NOT_OFFERED = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY, Mood.PLAN})


def read_offer(context: Context, utterance: Utterance) -> Reading | None:
    """“快手说只退 70%”“商家只肯退 20 块”“让我撤销就退”。"""
    if context.matter is None or utterance.doubts or only_asks_which(utterance):
        return None
    dealt = _dealt(context, utterance)
    if dealt is not None:
        return dealt
    if utterance.came or says_it_was_paid(utterance.text):
        return None  # “只退了400”“他说已经退了”：不是出价
    if (deducted := _deducts(context, utterance)) is not None:
        return deducted
    for clause in utterance.parts if may_have_sum(utterance.text) else ():
        if clause.mood in _NOT_OFFERED or not may_have_sum(clause.text):
            continue
        if _is_no_offer(clause.text) or _ALL.search(clause.text):
            continue
        said = without_limits(clause.text, context.now)  # “同意退了 说3到9个工作日到账”：说的是几天，不是几元
        match = _sum_told(context.matter, utterance, said)
        # “分两次 4号一半 15号一半”：说的是哪天给，不是只给一半
        if match is not None and match["sum"] in without_limits(utterance.raw, context.now):
            is_bare = match.re in (_RULED, _PLAIN, _TENS) or (match.re is _RAISED and not context.matter.has_offer)
            return _sum_offered(context, utterance, match["sum"], is_bare=is_bare)
    return _condition_only(context, utterance)


def _sum_told(matter: OpenMatter, utterance: Utterance, said: str) -> re.Match[str] | None:
    """这个小句里对方出的数：“只退300”“加到400”“判150”，和整句是对方说的、这一截光是退多少的。"""
    said = without_hotlines(said)
    match = _OFFER.search(said) or _TO_ME.search(said)
    by_them = any(map(utterance.text.__contains__, _THEIRS))
    match = match or (_TENS.search(said) if by_them and "判" not in said and _SAYING.search(utterance.text) else None)
    if match is None and (matter.has_offer or any(map(said.__contains__, _THEIRS))):
        match = _RAISED.search(said)
    if match is None and by_them:
        match = _RULED.search(said) if _by_platform(utterance) else None
    if match is None and by_them and _SAYING.search(utterance.text):
        match = _PLAIN.fullmatch(said.strip())
    return match


def _deducts(context: Context, utterance: Utterance) -> Reading | None:
    """“要扣我50 折旧费”：对方要扣一个数，先问是不是只肯退剩下的；已经扣了的、问该不该扣的不算。"""
    matter = _matter_with_offers(context)
    if matter is None or context.open_question is not None or _HAS_PAID.search(utterance.text) is not None:
        return None
    for clause in utterance.parts if "扣" in utterance.text else ():
        match = None if clause.mood in _NOT_OFFERED else _DEDUCTS.search(clause.text)
        offered = read_offered(match["sum"]) if match is not None else None
        if match is None or offered is None or not _SAYING.search(utterance.text):
            continue
        if _OWN.search(utterance.text[: utterance.text.find(match[0])]) and not _is_theirs(utterance):
            continue
        reasons, conditions = _grounds(utterance)
        offer = intents.Offered(
            matter.code, offered, utterance.raw, reasons=reasons, conditions=conditions, deducts=True
        )
        asked = (intents.Asked(asked_beside(context, utterance), utterance.raw),) if utterance.asks else ()
        return Reading((offer, *asked), Band.CONFIRM, 0.7, (f"要扣“{match['sum']}”",))
    return None


def _is_theirs(utterance: Utterance) -> bool:
    return any(map(utterance.text.__contains__, _THEIRS))


def _dealt(context: Context, utterance: Utterance) -> Reading | None:
    """“商家愿意退1700 我同意了 调解书签了”：出的数和他的答应一句里都有了；没有数、没答应的为空。"""
    matter = context.matter
    if matter is None or utterance.moods & {Mood.IF, Mood.QUESTION}:
        return None
    accepted = accepted_sum(utterance.raw)
    if accepted is None and not _DEALT_WORDS.are_in(utterance.text):
        return None
    stated = [clause.text for clause in utterance.parts if clause.mood is Mood.STATEMENT]
    if accepted is None and not any(_says_dealt(said) for said in stated):
        return None
    offered = accepted or next((found for said in stated if (found := _sum_dealt(said)) is not None), None)
    if matter.has_offer or _OWN.search(utterance.text) is not None:
        offered = offered or sum_said(utterance.text)  # “单位老张那事调解成了 赔他一千”：说的是别人
    if offered is None or utterance.came:
        return None
    offer = intents.Offered(matter.code, offered, utterance.raw, dealt=True)
    return Reading((offer,), Band.CONFIRM, 0.9, ("出了价，已经答应",))


def sum_said(text: str) -> OfferedSum | None:
    """话里说的一个数：几成的、写明多少元的；说了几个不一样的，只认一个一共的。"""
    text = without_hotlines(text)
    whole = whole_sum(text)
    if whole is not None:
        return OfferedSum(whole, whole)
    written = {match[0] for match in _SUM.finditer(text)}
    return read_offered(written.pop()) if len(written) == 1 else None


def _sum_dealt(said: str) -> OfferedSum | None:
    """这个小句里说的是多少；后面“再加”的一起算。"""
    said = without_hotlines(said)
    match = _GIVES.search(said) or _OFFER.search(said) or _FINAL.search(said)
    offered = read_offered(match["sum"]) if match is not None and not _THEY_WANT.search(said) else None
    if match is None or offered is None:
        return None
    more = _MORE.search(said, match.end("sum"))
    return offered if more is None else added(offered, read_offered(more["sum"]))


def _says_dealt(said: str) -> bool:
    """“谈好了就退”是条件，不是已经谈好了。"""
    if not _DEALT_WORDS.are_in(said):
        return False
    spoken = load_spoken()
    places = ((said.find(word), len(word)) for word in spoken.dealt)
    return any(
        place >= 0 and not said[:place].endswith(spoken.undecided) and not _CONDITION.match(said[place + length :])
        for place, length in places
    )


def offer_in(clause: Clause, now: datetime) -> OfferedSum | None:
    """这个小句里对方出的数；在问、在假设的，说自己的主意的为空。``now`` 带时区。"""
    if clause.mood in _NOT_OFFERED or not may_have_sum(clause.text) or _is_no_offer(clause.text):
        return None
    said = without_hotlines(without_limits(clause.text, now))
    match = _OFFER.search(said) or _TO_ME.search(said) or _TENS.search(said)
    return read_offered(match["sum"]) if match is not None else None


def _is_no_offer(said: str) -> bool:
    return _NO_OFFER.search(said) is not None or _THEY_WANT.search(said) is not None


def only_asks_which(utterance: Utterance) -> bool:
    """在问，又没说是对方出的（“还是只退那一罐 一罐298”）：数是他自己说的。"""
    asks = utterance.asks or _ASKING.search(utterance.text) is not None
    return asks and not any(map(utterance.text.__contains__, _OFFERERS))


def any_offer(context: Context, utterance: Utterance) -> Intent | None:
    """已经知道是对方出了价的：数目能听出来就带上；没有案件的为空。"""
    matter = _matter_with_offers(context) or context.matter
    if matter is None or only_asks_which(utterance) or _THEY_WANT.search(utterance.text) is not None:
        return None
    if only_demands(utterance):
        return None  # “币不要了 退钱给我”：是他在要
    if not says_they_give(utterance.text):
        return None  # “三百二 一个电饭煲”：说的是东西的价钱
    written = _SUM.search(utterance.text)
    offered = None if written is None else read_offered(written[0])
    reasons, conditions = _grounds(utterance)
    with_strings = conditions or _ONLY_IF.search(utterance.text) is not None
    if offered is None and not with_strings and _ALL.search(utterance.text) is not None:
        return None  # “他说那就全退吧”：不是只肯给一部分；“撤了 12315 就全退”带着条件，照出价答
    return intents.Offered(matter.code, offered, utterance.raw, reasons=reasons, conditions=conditions)


def says_they_give(text: str) -> bool:
    """说到了谁、或退、给、补这些字：数才可能是对方出的。"""
    return any(
        word in text
        for word in (*_OFFERERS, "退", "赔", "给", "补", "还", "返", "成", "半", "折", "愿", "出", "加", "让")
    )


def event_of_deal(matter: OpenMatter) -> str | None:
    """他答应了对方的数，这件案件里记成哪件事；此刻走不到的为空。"""
    routes = (route_to(matter.scenario, matter.position, event, matter.walked) for event in _DEALT)
    reached = (route for route in routes if route is not None and route.kind in _WITHIN_REACH)
    return next((route.event.id for route in reached), None)


def event_of_offer(matter: OpenMatter, *, ruled: bool = False) -> str | None:
    """这件案件里，出价记成哪件事；``ruled`` 是平台判的，先看平台的那件。没有为空。"""
    known = known_ids(matter.scenario, matter.position)
    return next((event for event in (reversed(EVENTS) if ruled else EVENTS) if event in known), None)


def _sum_offered(context: Context, utterance: Utterance, written: str, *, is_bare: bool) -> Reading | None:
    written = share_of(utterance.text, written) or written
    matter, offered = _matter_with_offers(context), read_offered(written)
    if matter is None or offered is None:
        return None
    if offered.is_share:
        offered = stated_beside(utterance.text, written, matter.sums) or offered
    decided = _RULED.search(utterance.text) is not None or any(word in utterance.text for word in load_spoken().ruled)
    ruled = decided and _by_platform(utterance)
    doubtful = (not ruled and _may_be_decided(matter, utterance)) or _FELL_THROUGH.search(utterance.text) is not None
    if is_bare and (matter.claimed is None or offered.is_share or matter.claimed <= offered.low):
        doubtful = True  # “平台判150”：不知道要多少的，也可能就是全部
    sure = may_record(matter, ruled=ruled) and is_report(utterance) and not doubtful
    reasons, conditions = _grounds(utterance)
    offer = intents.Offered(
        matter.code, offered, utterance.raw, sure=sure, reasons=reasons, conditions=conditions, ruled=ruled
    )
    asked = (intents.Asked(asked_beside(context, utterance), utterance.raw),) if utterance.asks else ()
    return Reading((offer, *asked), Band.RECORD if sure else Band.CONFIRM, 0.8, (f"出价“{written}”",))


def is_report(utterance: Utterance) -> bool:
    """整句像是在说发生了的事，不是在问、在假设、在说别人。"""
    moods = read_mood(utterance.raw)
    return not moods or sum(moods.get(mood, 0.0) for mood in _TOLD) >= _REPORTING


def _may_be_decided(matter: OpenMatter, utterance: Utterance) -> bool:
    """说的是平台，而这件案件里平台会裁决退一部分：是出价还是裁决，先问。"""
    known = known_ids(matter.scenario, matter.position)
    return known.issuperset(EVENTS) and _by_platform(utterance)


def _by_platform(utterance: Utterance) -> bool:
    return any(clause.actor is Actor.PLATFORM for clause in utterance.clauses)


def _condition_only(context: Context, utterance: Utterance) -> Reading | None:
    """没有数目，只说要先做什么才退：不记什么，当场说该不该照做。"""
    matter = context.matter
    if matter is None or context.open_question is not None:
        return None
    for clause in utterance.clauses:
        wanted = _wanted(clause)
        if wanted:
            offer = intents.Offered(matter.code, None, utterance.raw, conditions=wanted)
            return Reading((offer,), Band.CONFIRM, 0.8, (f"条件“{wanted[0]}”",))
    return None


def _wanted(clause: Clause) -> tuple[str, ...]:
    """这个小句里对方要他先做的；有的（加微信、私下转）光叫他做就算，别的要说了“就退”“才退”。"""
    if clause.mood not in (Mood.STATEMENT, Mood.IF) or _TOLD_TO.search(clause.text) is None:
        return ()
    conditions = load_offers().conditions
    if _CONDITION.search(clause.text) is None:
        conditions = tuple(one for one in conditions if one.without_then)
    return _found(conditions, clause.text)


def _grounds(utterance: Utterance) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """话里给的理由，和提的条件。"""
    offers = load_offers()
    return _found(offers.reasons, utterance.text), _found(offers.conditions, utterance.text)


def _found(grounds: tuple[OfferGround, ...], text: str) -> tuple[str, ...]:
    return tuple(ground.id for ground in grounds if ground.is_in(text))


def may_record(matter: OpenMatter, *, ruled: bool) -> bool:
    """出了价是不是当场就能记：走得到，又不会就此了结；已经记过一次出价的，只改那个数。"""
    event = event_of_offer(matter, ruled=ruled)
    route = route_to(matter.scenario, matter.position, event, matter.walked) if event is not None else None
    if route is None:
        return False
    if route.kind is RouteKind.ELSEWHERE:
        return is_talked_over(matter.stage)
    return stage_on(matter.scenario, route.event.to, matter.position.track_id).outcome is None


def is_talked_over(stage: StageView) -> bool:
    """投诉、调解的时候：对方出的数只记数，案件照旧等那里的答复。"""
    return stage.event(_AGREED) is not None


def _matter_with_offers(context: Context) -> OpenMatter | None:
    return next((matter for matter in context.matters if event_of_offer(matter) is not None), None)
