"""钱：先到了一部分、后来到齐了、本人没答应对方的数、说好补剩下的、别处也申请了。

只在案件开着、没在问答、话里没在问时听；出了什么数、答应了什么数，在 :mod:`.offers`。
"""

import re

from ....domain.case.case_routes import known_ids
from ....domain.understanding.moods import Mood
from ....domain.understanding.sums.moved_sums import (
    is_only_a_sum_that_came,
    is_price_of_goods,
    renounces_rest,
)
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....domain.understanding.writing.words import Words
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import ConfirmReport, PickEvent, PickMeaning
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..progress.letting_go import refuses_a_sum
from ..progress.news import read_news
from ..progress.told_pieces import happened_at
from ..utterance import Utterance
from .beside_an_offer import after_refusing
from .offers import EVENTS, is_report, sum_said

_MONEY = load_spoken().money
_REFUSES = Words((word, word) for word in _MONEY.refuses)
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY})
_ARRIVED, _PART, _ASK_MORE = "arrived", "arrived-part", "ask-more"
_APPLIED = "applied"
_NEAR = 3
_SHORT, _I = 7, "我俺咱"
_HAS_COME = re.compile(r"到账|到了|收到|[给退打转补][了来]|给我了|补上了|补齐了|补到")
_JUST_NOW = "刚才"
_NOT = ("没", "没有", "不", "未", "没都", "没全")
_EVERYTHING = ("全退", "全额", "全款", "全部")
"""“不答应 39全退”里后一截说的是自己要的。"""
_DOES_NOT_WANT = "不要"
_OTHER_WORD = ("识", "得", "为", "净", "胶", "活")
"""“不认识”“不干净”。"""
_TOLD_TO = re.compile(r"(?:跟|和|对|向|给|回)[^,。;我]{1,4}?(?:说|讲|回|表示)了?")
"""“我跟商家说了不接受”：说话的是自己。"""
_I_WANT = re.compile(r"[我俺咱]们?(?:还|也|就)?(?:要|想|让|叫|得|希望)")
_GIVEN_TO_ME = ("判", "松口", "给我", "补我")
_DENYING = load_spoken().denying


def read_money(context: Context, utterance: Utterance) -> Reading | None:
    """听得出是哪一样就给出听法；听不出为空。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.doubts or utterance.moods & _NOT_TOLD:
        return None
    return (
        _only_a_sum(context, utterance, matter)
        or _all_in(context, utterance, matter)
        or _part_came(context, utterance, matter)
        or _refused(context, utterance, matter)
        or _rest_promised(utterance, matter)
        or _elsewhere_too(utterance, matter)
        or _priced(utterance, matter)
    )


def _only_a_sum(context: Context, utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """整句只说收到多少：是到账，不是应声的“收到”。"""
    if not _knows(matter, _ARRIVED) or not is_only_a_sum_that_came(utterance.raw):
        return None
    when = happened_at(utterance.raw, context.now)
    report = intents.Reported(matter.code, _ARRIVED, when, utterance.raw, sure=False, others=(_ARRIVED,))
    return Reading((report,), Band.CONFIRM, 0.8, ("到了一个数",))


def _all_in(context: Context, utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """先前到过一部分，现在说都齐了：先问是不是，别的几样不列。"""
    if not matter.part_came or not _knows(matter, _ARRIVED):
        return None
    awaited = context.awaits
    if isinstance(awaited, ConfirmReport) and awaited.event not in (_ARRIVED, _PART):
        return None
    if not any(_says(piece, _MONEY.all_in) for piece in _last(utterance)):
        return None
    report = intents.Reported(
        matter.code, _ARRIVED, happened_at(utterance.raw, context.now), utterance.raw, sure=False, others=(_ARRIVED,)
    )
    return Reading((report,), Band.CONFIRM, 0.8, ("先到一部分，后来到齐了",))


def _part_came(context: Context, utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """“只退了400 少58”“1152收到 剩下的不要了”：已经到了一个数，又不是全部。"""
    if not _knows(matter, _PART) or not utterance.came:
        return None
    if not is_report(utterance):
        return None  # “去年那次只退了我一半”“听她讲钱到了一半”
    text = utterance.text.replace(_JUST_NOW, "")
    renounced = renounces_rest(text)
    if not renounced and not any(word in text for word in _MONEY.part_only):
        return None
    if matter.part_came and not renounced and any(word in text for word in _MONEY.added_later):
        return None  # “后面的58也到了”：和先前的合起来算，照进展听
    report = intents.Reported(
        matter.code,
        _PART,
        happened_at(utterance.raw, context.now),
        utterance.raw,
        sure=not renounced and not any(clause.is_quoted for clause in utterance.clauses),
        others=(_PART,),
    )
    return Reading((report,), Band.RECORD if report.sure else Band.CONFIRM, 0.8, ("只到了一部分",))


def _refused(context: Context, utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """“俺不要他这150”“我没答应 一万太少了”：没答应对方的数。"""
    pieces = [normalise(piece) for piece in pieces_of(utterance.raw)]
    wants_all = _wants_all(matter, utterance)
    refuses = refuses_offer(matter, utterance) or wants_all
    too_little = any(word in utterance.text for word in _MONEY.too_little)
    may_ask_more = matter.stage.event(_ASK_MORE) is not None
    just_offered = bool(set(matter.walked[-1:]) & set(EVENTS))
    plainly = any(_refuses(piece, has_offer=True) and len(piece) <= _SHORT and piece[0] in _I for piece in pieces)
    if not refuses and not matter.has_offer and refuses_a_sum(utterance.raw):
        offer = intents.Offered(matter.code, sum_said(utterance.text), utterance.raw, refused=True)
        return Reading((offer,), Band.CONFIRM, 0.8, ("没答应一个数",))
    if not (refuses or (too_little and matter.has_offer)):
        return None
    if (
        may_ask_more
        and refuses
        and not wants_all
        and not isinstance(context.awaits, (ConfirmReport, PickEvent, PickMeaning))
    ):
        others = (
            piece
            for piece in pieces
            if not _refuses(piece, has_offer=matter.has_offer) and not piece.endswith(_EVERYTHING)
        )
        if (more := after_refusing(context, matter, utterance, " ".join(others))) is not None:
            return more
    if may_ask_more:
        report = intents.Reported(matter.code, _ASK_MORE, None, utterance.raw, sure=refuses, others=(_ASK_MORE,))
        return Reading((report,), Band.RECORD if refuses else Band.CONFIRM, 0.8, ("没答应对方的数",))
    if not matter.has_offer or not (just_offered or plainly or sum_said(utterance.text) is not None):
        return None
    news = read_news(context, utterance)
    if news is not None and isinstance(news.first, intents.Reported) and news.first.sure:
        return None  # “他出八十 我不干 没成”：明明白白是一件进展
    offer = intents.Offered(matter.code, sum_said(utterance.text), utterance.raw, refused=True)
    return Reading((offer,), Band.CONFIRM, 0.8, ("没答应对方的数",))


def _wants_all(matter: OpenMatter, utterance: Utterance) -> bool:
    """对方出过数，说的是自己要全部（“少一分都不行”）；说到了别人的不算。"""
    if utterance.asks or not (matter.has_offer or matter.stage.event(_ASK_MORE) is not None):
        return False
    said = utterance.text
    return any(word in said for word in _MONEY.wants_all) and not any(other in said for other in _MONEY.not_by_me)


def refuses_offer(matter: OpenMatter, utterance: Utterance) -> bool:
    """有一截说自己没答应。"""
    return any(_refuses(normalise(piece), has_offer=matter.has_offer) for piece in pieces_of(utterance.raw))


def says_no_to_an_offer(text: str) -> bool:
    """哪一截说了自己没答应对方的数。"""
    return any(_refuses(normalise(piece), has_offer=True) for piece in pieces_of(text))


def turns_it_down(text: str) -> bool:
    """哪一截说了自己不答应（“我不干”“不接受”）；“不要这双了”说的是东西，不算。"""
    return any(_refuses(normalise(piece), has_offer=False) for piece in pieces_of(text))


def _refuses(piece: str, *, has_offer: bool) -> bool:
    """这一截说自己没答应；说的是别人没答应的（“商家还没同意”）、不要了的、“不认识”不算。"""
    if not _REFUSES.are_in(piece):
        return False
    for word in _MONEY.refuses:
        place = piece.find(word)
        if place < 0 or piece[place + len(word) :].startswith(_OTHER_WORD) or piece[:place].endswith(word[-1]):
            continue  # “不认识”“干不干”
        if word.startswith(_DOES_NOT_WANT) and (not has_offer or piece.endswith("了")):
            continue  # “那九百块我不要了”：多半是不追了
        before = _TOLD_TO.sub(" ", piece[:place])
        others = max((before.rfind(other) for other in _MONEY.not_by_me), default=-1)
        if others <= max(before.rfind(me) for me in _I):
            return True
    return False


def _rest_promised(utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """先到过一部分，判了、说好把剩下的补来（“平台判商家再补我58”）。"""
    text = utterance.text
    if not matter.part_came or utterance.came or any(clause.mood is Mood.NOT_YET for clause in utterance.clauses):
        return None
    if _HAS_COME.search(text) is not None or any(word in text for word in _MONEY.holds_back):
        return None  # “剩的3390平台说不谈了”：正相反
    if _I_WANT.search(text) is not None:
        return None  # “我要他把少的补上”：还没答应
    if not any(word in text for word in _MONEY.promises_rest) or not any(
        word in text for word in (*_MONEY.not_by_me, *_GIVEN_TO_ME)
    ):
        return None
    if _says(text, _MONEY.all_in) or renounces_rest(text):
        return None
    offer = intents.Offered(matter.code, sum_said(text), utterance.raw, rest=True)
    return Reading((offer,), Band.CONFIRM, 0.8, ("说好补剩下的",))


def _elsewhere_too(utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """“苹果那笔也申请了 在等”：快手以外的一处也申请了，不是又交了一遍。"""
    if _APPLIED not in matter.walked or utterance.came:
        return None
    text = utterance.text
    where = next((word for word in _MONEY.elsewhere if word in text), "")
    place = text.find(where) + len(where)
    named = where and any(word in text[place : place + _NEAR] for word in ("那", "客服", "这", "也"))
    if not named or not any(word in text for word in _MONEY.also_applied):
        return None
    return Reading(
        (intents.Talk(intents.TalkKind.ELSEWHERE, utterance.raw, matter.code),), Band.RECORD, 0.8, ("别处也申请了",)
    )


def _priced(utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """“一双鞋 289”：买了什么、多少钱。"""
    if not is_price_of_goods(utterance.raw):
        return None
    return Reading((intents.Talk(intents.TalkKind.DETAIL, utterance.raw, matter.code),), explain=("东西的价钱",))


def where_else(said: str) -> str:
    """话里说的是快手以外的哪一处。"""
    text = normalise(said)
    return next((word for word in _MONEY.elsewhere if word in text), "")


def _knows(matter: OpenMatter, event_id: str) -> bool:
    return event_id in known_ids(matter.scenario, matter.position)


def _last(utterance: Utterance) -> tuple[str, ...]:
    """后半句：先说少了、后说齐了的，照后面的。"""
    pieces = pieces_of(utterance.raw)
    return pieces[-2:] if len(pieces) > 2 else pieces


def _says(piece: str, words: tuple[str, ...]) -> bool:
    """有其中一个词，前面不是“没”“还没”。"""
    places = ((piece.find(word)) for word in words)
    return any(
        place >= 0 and not piece[:place].endswith(("没", "没有", "不", "未", "没都", "没全")) for place in places
    )
