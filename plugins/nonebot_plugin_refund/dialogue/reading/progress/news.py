"""案件的新闻：哪个阶段的都听；听准了记下，听着像的先问，还没发生的、问的、别人的不记。"""

import re
from collections.abc import Sequence
from datetime import datetime

from ....domain.case.case_routes import MOST_IMPLIED, RouteKind, route_to
from ....domain.case.heard.likely import Likely
from ....domain.case.heard.news import HeardEvent, News, hear_news, says_only_when, told_at_least
from ....domain.case.told_limit import ToldLimit
from ....domain.understanding.controls import parse_control
from ....domain.understanding.days.loose_times import says_how_long
from ....domain.understanding.meaning import Band as MeaningBand
from ....domain.understanding.meaning import Thresholds
from ....domain.understanding.moods import Mood, mood_reader
from ....domain.understanding.terms.told_limits import told_limit, without_limits
from ....domain.understanding.writing.listed_words import either
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import stage_on
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.scenario_models.stage_models import TimerKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.questions import read_topic
from ..asking.topics import asked_beside
from ..authorities.who_filed import who_filed
from ..awaits import AskDay, ConfirmReport, PickEvent, PickMeaning
from ..context import Context, OpenMatter, is_plainly_another, matter_spoken_of
from ..intents import Band, Reading
from ..money.no_money import no_money_came
from ..money.offers import EVENTS as OFFERED
from ..money.offers import only_asks_which
from ..utterance import Utterance
from .denied import unwilling
from .handed_in import handed_in, narrowed
from .not_told import not_told, only_demands
from .nothing_happened import nothing_happened
from .promised import not_kept, only_threatened, only_when_parts_come
from .told_pieces import (
    BANDS,
    LEAST_TOLD,
    happened_at,
    in_pieces,
    likely_in,
    told_both,
    told_earlier,
    told_ending,
    told_later,
    told_plainly,
    when_of,
)

ASKED_BANDS = Thresholds(record=0.55, confirm=0.12)
"""刚问过有什么进展，或列过能报告的事：话短，也多半就是在说它。"""
_AGAINST_MOOD = 0.4
"""整句更像在问、在假设、在说还没有的，像哪件事要到这么多才问一句。"""
_MOST_OFFERED = 3
_ACCEPTED_PART = "accepted-part"
_PART = re.compile(r"[0-9一二两三四五六七八九十百千半几]|部分|数|折|成|价|差额|认了|算了|接受|就这样|剩|补偿|只退|少")
_FAR_BEHIND = 0.15
"""不到最像的一件几成的，不列出来：“是哪一种”里不该有明显不是的。"""
_GIVES_UP = 0.6
"""放弃的，要这么像才问一句：拿“不要了吗”去问正着急的人，比漏掉更糟。"""
_THANKING = load_spoken().thanks
_SHORT_THANKS = 4
"""整句就是一声谢。"""
_BESIDE_A_QUESTION = 0.4
"""还问了一句、问的听准了：进展要这么像，才一并拿去问。"""
_WHOLE = 0.9
"""又说又问的，整句这么像一件进展，就照整句听。"""
_DONE = re.compile(r"[了过]|已|刚|完|上去|去的")
_SEVERAL = 2
_ALSO = "也"
_AGAIN = re.compile(either(load_spoken().once_more))
_SUM_CAME = re.compile(
    r"[0-9]\s?[块元]?(?:钱)?(?:已经?|刚|今天|昨天)?(?:到账|到了|收到|退了|打过来|转过来)|(?:到账|到了|收到|退了)[^,。;]{0,3}[0-9]"
)
_NOT_GIVING_UP = re.compile(either(load_spoken().not_giving_up))
_GIVING_UP = re.compile(either(load_spoken().gives_up))
_REFUSALS = frozenset({"refused", "merchant-refused", "return-refused", "platform-against"})
_REFUSED = re.compile(r"不|没|拒|驳|未")
ARRIVALS = frozenset({"arrived", "arrived-part"})
_SPOKEN_OF = 0.3
"""几件案件里，话里说到的、正说着的那一件，多算这么些。"""
_A_COURT = re.compile(r"法[院官庭]|判决|裁[决定]|调解书|开庭|案号|官司|起诉|仲裁|执行")
_NOT_PLAINLY = re.compile(r"警|派出所|110|报案|公安|好像|可能|大概|应该|似乎|吧")
_PLAINLY_OUTSIDE = 0.85
"""隔着好几步的投诉、起诉，听着这么像就记：“昨天去法院立案了 有案号了”。"""
_TERMS = re.compile(
    r"(?:那个?|它|这)?(?:页面|商品页|下单页|券|券面|详情页?|合同|协议|须知|购买须知|规则)[上里]?[面头]?"
    r"[^ ,。]{0,3}(?:写[的着了明]|标[着明的]|注明)"
)


def read_news(context: Context, utterance: Utterance) -> Reading | None:
    """没结案的案件里发生了什么。"""
    if not context.matters or names_a_matter(context, utterance) or says_only_when(utterance.raw):
        return None
    if says_how_long(utterance.raw):
        return None
    utterance = _without_terms(context, utterance)
    if utterance.word.startswith(_THANKING) and len(utterance.word) <= _SHORT_THANKS:
        return None
    every = _all_news(context, utterance)
    if (retimed := only_when_parts_come(context, utterance, every)) is not None:
        return retimed
    goes_on = _NOT_GIVING_UP.search(utterance.text) is not None
    heard = [
        (matter, news, event)
        for matter, news in every
        for event in news.events
        if (not event.event.event.gives_up or (event.score >= _GIVES_UP and not goes_on))
        and not (event.event.id in OFFERED and only_asks_which(utterance))
        and not (event.event.id in ARRIVALS and no_money_came(utterance, event))
        and not not_told(utterance, event)
    ]
    if (stopped := _stopped(context, utterance, every)) is not None and not any(
        event.event.id in ARRIVALS or event.event.event.gives_up for _, _, event in heard
    ):
        return stopped
    if not heard:
        return nothing_happened(context, utterance, *every[0])
    spoken_of = matter_spoken_of(context, utterance)
    heard = [item for item in heard if _just_asked_about(context, item[0]) and item[2].score >= BANDS.confirm] or heard
    heard = [item for item in heard if _said_again(context, item[0], item[2])] or heard
    heard.sort(key=lambda item: -_weight(spoken_of, item[0], item[2]))
    matter, news, best = heard[0]
    best = _part_that_came(utterance, matter, best)
    was_asked = isinstance(context.awaits, PickEvent)
    bands = ASKED_BANDS if was_asked else BANDS
    near = [
        event.event.id for matter_, _, event in heard if matter_ is matter and event.score >= best.score * _FAR_BEHIND
    ]
    others = tuple(near[:_MOST_OFFERED])
    if best.event.id not in others:
        others = (best.event.id,)
    band = bands.band(best.score)
    if (only_unwilling := unwilling(context, utterance, matter, best)) is not None:
        return only_unwilling.reading
    if news.mood is not None and best.score < (bands.confirm if was_asked else _AGAINST_MOOD):
        return nothing_happened(context, utterance, matter, news)
    pieces = in_pieces(context, utterance, matter)
    both = told_both(matter, pieces) if not was_asked else None
    if band is not MeaningBand.RECORD and both is None and (plainly := told_plainly(utterance, pieces)) is not None:
        best, others, band = plainly.heard, (plainly.event.id,), MeaningBand.CONFIRM
    if band is MeaningBand.ASK and both is None:
        return None
    sure = band is MeaningBand.RECORD and _may_record(matter, best) and parse_control(utterance.raw) is None
    sure = sure and not utterance.runs_on and not _only_means_to(utterance, best)
    may_threaten = not was_asked or best.event.id in _REFUSALS or best.event.event.ends
    if sure and may_threaten and (threatened := only_threatened(matter, utterance)) is not None:
        return threatened
    if not sure and (kept_back := not_kept(context, utterance, matter, news.events)) is not None:
        best, others, band = kept_back, (kept_back.event.id,), MeaningBand.RECORD
    elif not sure and not was_asked and is_plainly_another(context, utterance):
        return None
    if not sure and not was_asked and _redates(matter, news, utterance, context.now):
        return Reading((intents.Corrected(utterance.raw),), Band.RECORD, best.score, ("改刚记下的那一件的日子",))
    asked = _asked_too(context, utterance, matter)
    is_faint = not sure and not (was_asked and utterance.stated) and best.score < _BESIDE_A_QUESTION
    if is_faint and asked and asked[0].topic is not None:
        return Reading(asked, Band.RECORD, 0.7, ("在打听",))  # 像是进展又说不准，问的却听准了：先答问的
    if is_faint and asked and not utterance.stated and (known := read_topic(context, utterance)) is not None:
        return known  # “那我去哪投诉”：整句都在问，不是说投诉了
    offered = others if band is not MeaningBand.RECORD else others[:1]
    if len(offered) > 1 and (plain := _plain_in_a_clause(utterance, matter, offered)) is not None:
        best, offered = plain, (plain.event.id,)
    if both is not None and not sure and _may_record(matter, both.heard):
        best, offered, sure = both.heard, (both.event.id,), True
    if sure and (later := told_later(matter, best, pieces)) is not None:
        best, offered = later.heard, (later.event.id,)
    offered = narrowed(matter, utterance, offered)
    if torn := who_filed(matter, utterance, best) or handed_in(matter, utterance, best, offered):
        offered, sure = torn, False
    codes = _all_waiting(context, utterance, best, every) if sure and not was_asked else ()
    ending = told_ending(matter, best, pieces) if sure else None
    report = intents.Reported(
        matter.code,
        best.event.id if best.event.id in offered else offered[0],
        when_of(context, utterance, matter, best, pieces),
        utterance.raw,
        sure and not codes,
        others=offered,
        cases=codes,
        earlier=told_earlier(matter, best, pieces) if sure and not codes else (),
        then=ending.event.id if sure and not codes and ending is not None else "",
    )
    sure = report.sure
    return Reading(
        (report, *asked),
        Band.RECORD if sure else Band.CONFIRM,
        best.score,
        (f"像是“{best.event.label}” {best.score:.2f}",),
    )


def _without_terms(context: Context, utterance: Utterance) -> Utterance:
    """“没用过 券上写的过期自动退”：写明的规矩不是发生了的事，去掉；写明了哪天前付的是期限，留着；只说了它的照旧。"""
    pieces = pieces_of(utterance.raw)
    kept = [piece for piece in pieces if _TERMS.match(piece) is None or told_limit(piece, context.now) is not None]
    return Utterance(" ".join(kept)) if kept and len(kept) < len(pieces) else utterance


def _stopped(context: Context, utterance: Utterance, every: Sequence[tuple[OpenMatter, News]]) -> Reading | None:
    """明说了不追了（“不弄了 认栽”）：先问一句是不是；在问、在假设的，又说还要争的不算。"""
    said = [clause.text for clause in utterance.clauses if clause.mood in (Mood.STATEMENT, Mood.PLAN)]
    if not any(map(_GIVING_UP.search, said)):
        return None
    if utterance.asks or only_demands(utterance) or _NOT_GIVING_UP.search(utterance.text) is not None:
        return None
    matter = matter_spoken_of(context, utterance) or every[0][0]
    stop = next((event for event in likely_in(matter) if event.event.gives_up and event.event.ends), None)
    if stop is None:
        return None
    report = intents.Reported(matter.code, stop.id, None, utterance.raw, sure=False, others=(stop.id,))
    return Reading((report,), Band.CONFIRM, _GIVES_UP, ("说了不追了",))


def _all_waiting(
    context: Context, utterance: Utterance, heard: HeardEvent, every: Sequence[tuple[OpenMatter, News]]
) -> tuple[str, ...]:
    """几件案件此刻都等着这一步，话里没说是哪件，刚说着的也不是其中一件：这几件的案件号；不用问为空。"""
    if len(every) < _SEVERAL or isinstance(context.awaits, ConfirmReport):
        return ()
    named = context.book.classifier.classify(utterance.raw).leans_to({matter.scenario.id for matter, _ in every})
    every = [one for one in every if named in (None, one[0].scenario.id)]
    waiting = [
        matter
        for matter, news in every
        if matter.stage.event(heard.event.id) is not None
        and news.events
        and news.events[0].event.id == heard.event.id
        and news.events[0].score >= BANDS.record
    ]
    if len(waiting) < _SEVERAL:
        return ()
    if isinstance(context.awaits, AskDay) and len({matter.scenario.id for matter in waiting}) > 1:
        return ()  # 刚记下一件的进展，另一件又不是同一种：接着说的还是它
    return tuple(matter.code for matter in waiting)


def _only_means_to(utterance: Utterance, heard: HeardEvent) -> bool:
    """“准备投12315了”是打算；一路在问，自己的那件事又没说已经做了：“那我去法院起诉 要多少钱 去哪个法院”。"""
    if utterance.only_means_to and not heard.event.event.decision:
        return True
    if not utterance.asks or heard.event.event.by is not Actor.ME:
        return False
    return not any(_DONE.search(clause.text) for clause in utterance.clauses if clause.mood is not Mood.QUESTION)


def _part_that_came(utterance: Utterance, matter: OpenMatter, heard: HeardEvent) -> HeardEvent:
    """“657到了 剩下的不要了”“快手又退了1860”：到了一部分，不是什么也没要到就放弃，也不是拒绝。"""
    is_refusal = heard.event.id in _REFUSALS and _REFUSED.search(utterance.text) is None
    if not (heard.event.event.gives_up or is_refusal) or _SUM_CAME.search(utterance.text) is None:
        return heard
    part = next((event for event in likely_in(matter) if event.id == "arrived-part"), None)
    return heard if part is None else HeardEvent(part, heard.score, heard.clause)


def _just_asked_about(context: Context, matter: OpenMatter) -> bool:
    """刚列出这一件案件的几种进展请他说：接着说的就是它。"""
    awaits = context.awaits
    return isinstance(awaits, (PickEvent, PickMeaning)) and awaits.case == matter.code


def _said_again(context: Context, matter: OpenMatter, heard: HeardEvent) -> bool:
    """正说着的那件，刚记下的就是它：又说了一遍（“平台同意退了 全退”），不是另一件的。"""
    if _AGAIN.search(heard.clause) is not None or _ALSO in heard.clause:
        return False
    is_last = matter is context.matter and matter.walked[-1:] == (heard.event.id,)
    return is_last and len(context.matters) > 1 and heard.score >= ASKED_BANDS.confirm


def names_a_matter(context: Context, utterance: Utterance) -> bool:
    """整句就是一种退款的名称：要说的是那一种，不是案件里的进展。"""
    return utterance.word in context.book.command_words or utterance.word in context.book.named


def _asked_too(context: Context, utterance: Utterance, matter: OpenMatter) -> tuple[intents.Asked, ...]:
    """报告的时候还问了什么；手册里有的记下是哪一种打听。"""
    if not utterance.asks:
        return ()
    return (intents.Asked(asked_beside(context, utterance), utterance.raw, case=matter.code),)


def _all_news(context: Context, utterance: Utterance) -> list[tuple[OpenMatter, News]]:
    """各件案件里听到的进展；说好的期限（“三天内”）不说明是哪件：自己要照它办的那件，照去掉了再听的把握。"""
    heard = _told_news(context, utterance)
    said = without_limits(utterance.raw, context.now)
    if said == normalise(utterance.raw):
        return heard
    plainer = _told_news(context, Utterance(said))
    limit = told_limit(utterance.raw, context.now)
    if limit is not None and limit.later:
        return plainer  # “同意退了 分两次 4号一半 15号一半”：几次各给多少，说的也是期限
    return [two if _limits_the_same(limit, one, two) else one for one, two in zip(heard, plainer, strict=True)]


def _limits_the_same(limit: ToldLimit | None, one: tuple[OpenMatter, News], other: tuple[OpenMatter, News]) -> bool:
    """两遍听到的最像的是同一件进展，它走到的阶段有自己要照说好的期限办的事；等对方的不算，谁都会说几天内答复。"""
    (matter, heard), (_, plainer) = one, other
    if limit is None or not heard.events or not plainer.events:
        return False
    event = plainer.events[0].event
    if heard.events[0].event.id != event.id:
        return False
    stage = stage_on(matter.scenario, event.to, matter.position.track_id)
    return any(limit.counts_for(timer) and timer.kind is not TimerKind.EXPECTATION for timer in stage.timers)


def _told_news(context: Context, utterance: Utterance) -> list[tuple[OpenMatter, News]]:
    """又说又问的（“平台让补材料 我没拍视频咋办”），只拿说的那几句去听进展。"""
    whole = [
        (matter, hear_news(utterance.raw, utterance.clauses, _possible(utterance, matter)))
        for matter in context.matters
    ]
    if any(news.mood is None and news.events and news.events[0].score >= _WHOLE for _, news in whole):
        return whole  # 整句听得准的不去拆：“让我寄回去 运费谁出”拆开就少了要紧的一半
    stated = [clause for clause in utterance.clauses if clause.mood is not Mood.QUESTION]
    if 0 < len(stated) < len(utterance.clauses):
        said, clauses = " ".join(clause.text for clause in stated), tuple(stated)
        if len(told := mood_reader().told_part(utterance.raw)) > len(said):
            said, clauses = told, mood_reader().clauses(told)  # “复核下来了 同意全退 要我做什么吗”：问的只是最后一截
    elif not stated and len(told := mood_reader().told_part(utterance.raw)) >= LEAST_TOLD:
        said, clauses = told, mood_reader().clauses(told)
    else:
        return whole
    return [(matter, hear_news(said, clauses, _possible(utterance, matter))) for matter in context.matters]


def _possible(utterance: Utterance, matter: OpenMatter) -> Likely:
    """可能的事；没有人出过价、话里也没有数的，不是接受一个数（“对 同意了”）。"""
    likely = likely_in(matter)
    is_offered = matter.has_offer or matter.stage.event(_ACCEPTED_PART) is not None
    if is_offered or _ACCEPTED_PART not in likely.by_id or _PART.search(utterance.text) is not None:
        return likely
    return likely.without({_ACCEPTED_PART})


def _plain_in_a_clause(utterance: Utterance, matter: OpenMatter, offered: tuple[str, ...]) -> HeardEvent | None:
    """整句听不准，里面一截单听却很准，又是候选里的：“点了介入 选的未按约定时间发货”，就只问这一件。"""
    likely = likely_in(matter)
    heard = [
        news.events[0]
        for clause in utterance.stated
        if len(clause.text) >= LEAST_TOLD
        and (news := told_at_least(clause.text, (clause,), likely, BANDS.record)) is not None
    ]
    plain = {one.event.id: one for one in heard if one.event.id in offered}
    return next(iter(plain.values())) if len(plain) == 1 else None


def _redates(matter: OpenMatter, news: News, utterance: Utterance, now: datetime) -> bool:
    """说的是刚记下的那一件、另说了哪天：“介入是昨天晚上点的”，是在改日子。"""
    if not matter.walked or matter.stage.event(matter.walked[-1]) is not None or _ALSO in utterance.text:
        return False  # “苹果那个也记一下 昨天申请的”：说的是另一处，不是改日子
    if _AGAIN.search(utterance.text) is not None:
        return False  # “昨天商家又打电话”：是又一件
    likeliest = {heard.event.id for heard in news.events[:_MOST_OFFERED] if heard.score >= BANDS.confirm}
    return matter.walked[-1] in likeliest and happened_at(utterance.raw, now) is not None


def _weight(spoken_of: OpenMatter | None, matter: OpenMatter, heard: HeardEvent) -> float:
    """说的是这件案件的先算；同样像的，先算现在就能报告的。"""
    here = matter.stage.event(heard.event.id) is not None
    return heard.score + (0.1 if here else 0.0) + (_SPOKEN_OF if matter is spoken_of else 0.0)


def _may_record(matter: OpenMatter, heard: HeardEvent) -> bool:
    """走得到、又不是了结和放弃的，才可以不问就记；要补上两件没说的，多半说的是别的（“昨天签收的”是他自己签收）。"""
    route = route_to(matter.scenario, matter.position, heard.event.id, matter.walked)
    if route is None or route.kind not in (RouteKind.HERE, RouteKind.FORWARD) or heard.event.event.gives_up:
        return False
    if heard.event.event.by is Actor.COURT and route.implied and _A_COURT.search(heard.clause) is None:
        return False  # “判退260”：还没起诉过，多半是平台判的
    is_far = len(route.implied) >= MOST_IMPLIED or not (route.implied or route.kind is RouteKind.HERE)
    if is_far and heard.event.event.anytime and _NOT_PLAINLY.search(heard.clause) is not None:
        return False  # “去派出所报案了”：不是 12315；“打了12315吧好像”：自己也说不准
    if len(route.implied) >= MOST_IMPLIED and not (heard.event.event.anytime and heard.score >= _PLAINLY_OUTSIDE):
        return False
    return stage_on(matter.scenario, route.event.to, matter.position.track_id).outcome is None
