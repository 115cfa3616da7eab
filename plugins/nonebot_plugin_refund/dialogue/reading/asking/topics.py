"""听打听：问的是手册里的哪一种；听得准直接答，听着像的列出来给人选。"""

import re
from dataclasses import dataclass

from ....domain.understanding.days.loose_times import says_how_long
from ....domain.understanding.meaning import read_mood
from ....domain.understanding.meaning.topics import HeardTopics
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context
from ..utterance import Utterance

ANSWER = 0.6
"""有这么大把握就直接答。"""
ONLY_ONE = 0.4
"""别的都不像时，最像的那一种有这么大把握也直接答。"""
OFFER = 0.12
"""最像的那一种有这么大把握，就列出来。"""
FAMILIAR = 0.35
"""话里的词要有这么熟，才算在打听手册里的事。"""
FAMILIAR_ASKED = 0.2
OFFER_ASKED = 0.06
"""明明在问的，词生些、像得少些，也列出来给人挑：总比把进展再念一遍强。"""
NOT_ASKING = 0.72
"""听不出在问的（“他验货说我用坏了”），要有这么大把握、这么熟，才当作在打听。"""
_NEAR = 0.2
"""列出来的，至少要有最像的那一种的几成把握。"""
_ALIKE = 0.6
"""只有两种像，第二种有最像的几成把握，就不用他挑，一并答。"""
_FAR_AHEAD = 2.5
"""捎带问的一句没法列出来给人挑：比第二像的高出这么多倍，就答最像的。"""
WELL_KNOWN = 0.7
"""话里的词这么熟，又比第二像的高出这么多倍，也直接答，不列出来。"""
_TOLD = 0.8
"""正等着回答、什么也没听懂的一句，词要这么熟，才当作在说哪一种打听（“转人工转不了 一直是语音”）。"""
_MOST_OFFERED = 3
_PLAIN = 0.6
"""一截里的词要有这么熟，才算单独问了一件。"""
_LACKS = re.compile(r"[不没]")
_HARDSHIP, _HARDSHIP_SCORE = 1.2, 0.45
"""没在问、说难处的一截（“请不起律师”），词要这么熟、有这么像，才一并答。"""
_SHORTEST_PIECE = 4
_SAYS_NOTHING = 5
"""在问的只有这么几个字（“还能退吗”“来得及吗”），单看它不知道问的是什么，照整句听。"""
_STANDS_OUT, _FAMILIAR_BESIDE = 4.0, 0.25
"""捎带问的一句：比第二像的高出这么多倍，词只要这么熟。留出来的问法里，这样答的八成对。"""
_SAYS_LITTLE = 8
"""在问的只有这么几个字、单看又听不准（“这玩意在哪看”），整句听准了就照整句。"""
_MOST_PIECES = 6
_ONLY_WHETHER = re.compile(r"(?:那|这)?还?(?:能|可以|给)退(?:钱|款|货)?(?:吗|不|么|嘛|了吗)?[?？]?")
"""光问“还能退钱不”：问的是同一句里说的那样东西，不另算一件。"""
_WHAT_TO_DO = tuple(sorted(load_spoken().what_to_do, key=len, reverse=True))
_BEFORE_WHAT_TO_DO = " 那我们现在该应要这可到底又接下来一步得还能会就都不知道你说面"
_AFTER_WHAT_TO_DO = "了啊呀呢吧嘛哦啦 ?!。"
_ASKING = 0.5
"""学来的语气有这么大把握是在问：“介入要钱不”没有问号，也没有疑问词。"""


@dataclass(frozen=True, slots=True)
class HeardTopic:
    """听到的打听。"""

    id: str | None
    """听准了的；听不准为空。"""
    offered: tuple[str, ...]
    """听不准时最像的几种，像的在前。"""
    score: float
    is_verbatim: bool = False
    """一字不差就是手册里的问法。"""
    alike: bool = False
    """最像的两种差不多一样像：一并答。"""


def hear_topic(context: Context, utterance: Utterance, *, surely_asking: bool = False) -> HeardTopic | None:
    """问的是手头这件事的哪一种打听；没在问、哪种都不像为 ``None``。``surely_asking`` 是已经由别处听出在问。"""
    found = _heard(context, utterance)
    if found.verbatim is not None:
        return HeardTopic(found.verbatim, (), 1.0, is_verbatim=True)
    if says_how_long(utterance.raw):
        return None  # “买了快两个月了吧”
    if context.matters and only_what_to_do(utterance.text):
        return None  # “那我还能咋办”：没说是什么事，说现在该做什么就是答
    asking = surely_asking or is_asking(utterance)
    least_familiar, least = (FAMILIAR_ASKED, OFFER_ASKED) if asking else (FAMILIAR, OFFER)
    if found.familiar < least_familiar or found.likeliest[0].score < least:
        return None
    best = found.likeliest[0]
    if asking and len(several := _several(context, utterance)) > 1:
        return HeardTopic(None, several[:2], best.score, alike=True)
    if not asking:
        is_plain = min(best.score, found.familiar) >= NOT_ASKING and not utterance.says_some_days
        return HeardTopic(best.id, (), best.score) if is_plain else None
    if best.score >= ANSWER and found.familiar >= FAMILIAR:
        return HeardTopic(best.id, (), best.score)
    if best.score >= ONLY_ONE and found.familiar >= WELL_KNOWN and _is_far_ahead(found):
        return HeardTopic(best.id, (), best.score)
    near = tuple(one.id for one in found.likeliest[:_MOST_OFFERED] if one.score >= _NEAR * best.score)
    if len(near) == 1:
        if found.familiar < FAMILIAR:
            return None  # 词生，又只像一种：多半不是它
        if best.score >= ONLY_ONE:
            return HeardTopic(best.id, (), best.score)  # 只有一种像，不必列一项的单子
    alike = len(near) == 2 and found.familiar >= FAMILIAR and found.likeliest[1].score >= _ALIKE * best.score
    return HeardTopic(None, near, best.score, alike=alike)


def _several(context: Context, utterance: Utterance) -> tuple[str, ...]:
    """一句里问了几件（“户口本要吗 孩子要不要写保证书”）：各截听得准、又熟的几种打听，先问的在前。"""
    pieces = [piece for piece in pieces_of(utterance.raw) if len(piece) >= _SHORTEST_PIECE][:_MOST_PIECES]
    if len(pieces) < 2:
        return ()
    at_hand = scenarios_at_hand(context)
    lacking = [piece for piece in pieces if _LACKS.search(piece)]
    pieces = [piece for piece in pieces if _ONLY_WHETHER.fullmatch(piece) is None]
    asked = [piece for piece in pieces if piece not in lacking and is_asking(Utterance(piece))]
    if len(asked) + len(lacking) < 2:
        return ()  # 至多一截会听出一件：不必听了
    asked = [piece for piece in pieces if piece in asked or (piece in lacking and is_asking(Utterance(piece)))]
    plain = [one for piece in asked if is_plainly(one := context.book.topics.read(piece, at_hand))]
    if not plain:
        return ()
    others = [piece for piece in lacking if piece not in asked]
    plain += [one for piece in others if _is_hardship(one := context.book.topics.read(piece, at_hand))]
    return tuple(dict.fromkeys(one.verbatim or one.likeliest[0].id for one in plain))


def is_plainly(found: HeardTopics) -> bool:
    """单看这一截，听准了是最像的那一种。"""
    return found.verbatim is not None or (found.familiar >= _PLAIN and found.likeliest[0].score >= ANSWER)


def _is_hardship(found: HeardTopics) -> bool:
    """“那我怎么起诉 请不起律师”：没在问的那截说的难处，也有一种打听答它。"""
    return found.verbatim is not None or (found.familiar >= _HARDSHIP and found.likeliest[0].score >= _HARDSHIP_SCORE)


def complained_of(context: Context, utterance: Utterance) -> str | None:
    """没在问、也没在答的一句，听准了说的是哪一种打听里的事；没有为 ``None``。"""
    if utterance.says_some_days:
        return None  # “国庆那几天”：在答是哪天
    found = context.book.topics.read(utterance.text, scenarios_at_hand(context))
    return found.likeliest[0].id if _is_sure(found) and found.familiar >= _TOLD else None


def asked_beside(context: Context, utterance: Utterance, *, surely: bool = False) -> str | None:
    """一句话里别的小句在说事、在回答，还有小句在打听：听准了的、比别的都像得多的才算；``surely`` 只要听准了的。"""
    asking = _asking_part(utterance)
    if not asking and utterance.asks:
        whole = context.book.topics.read(utterance.text, scenarios_at_hand(context))
        heard = _is_sure(whole) or (not surely and _stands_out(whole))
        return whole.likeliest[0].id if heard else None  # 小句都听成在问（“客服要我给商户单号 这在哪看”）
    if not asking or only_what_to_do(asking):
        return None
    found = _meant(context.book.topics.read(asking, scenarios_at_hand(context)), asking, context, utterance)
    if found.verbatim is not None:
        return found.verbatim
    if not surely and found.likeliest and len(asking) > _SAYS_NOTHING and _stands_out(found):
        return found.likeliest[0].id
    if found.familiar < FAMILIAR or (len(asking) <= _SAYS_NOTHING and not _is_sure(found)):
        return None
    best = found.likeliest[0]
    if best.score >= ANSWER:
        return best.id
    return best.id if best.score >= ONLY_ONE and _is_far_ahead(found) and not surely else None


def _meant(part: HeardTopics, asking: str, context: Context, utterance: Utterance) -> HeardTopics:
    """在问的听不准，整句听准了，在问的又短、末了只是怎么办、也有几分像它的，照整句（“要我给商户单号 这在哪看”）。"""
    is_heard = part.verbatim is not None or _is_sure(part)
    if len(asking) > _SAYS_NOTHING and is_heard:
        return part
    whole = context.book.topics.read(utterance.text, scenarios_at_hand(context))
    if not (_is_sure(whole) or (_stands_out(whole) and not is_heard)):
        return part
    ends = len(asking) <= _SAYS_LITTLE or any(asking.endswith(word) for word in _WHAT_TO_DO)
    is_alike = any(one.id == whole.likeliest[0].id and one.score >= OFFER_ASKED for one in part.likeliest)
    return whole if ends or is_alike else part


def only_what_to_do(asking: str) -> bool:
    """在问的只有“我该怎么办”：不是哪一种打听，说现在该做什么就是答。"""
    said = asking.rstrip(_AFTER_WHAT_TO_DO)
    ending = next((word for word in _WHAT_TO_DO if said.endswith(word)), None)
    return ending is not None and not said.removesuffix(ending).strip(_BEFORE_WHAT_TO_DO)


def _heard(context: Context, utterance: Utterance) -> HeardTopics:
    """整句比一遍；还有小句在说别的，只拿在问的那些再比一遍，取更熟的；整句听准了、单看在问的听不准，照整句。"""
    reader, at_hand = context.book.topics, scenarios_at_hand(context)
    found = reader.read(utterance.text, at_hand)
    asking = _asking_part(utterance)
    if not asking or found.verbatim is not None:
        return found
    part = reader.read(asking, at_hand)
    if _is_sure(found) and (len(asking) <= _SAYS_NOTHING or not (part.verbatim is not None or _is_sure(part))):
        return found  # “保健品吹能治病 该找谁举报”：单看“该找谁举报”就不知道举报什么了
    return part if part.verbatim is not None or part.familiar > found.familiar else found


def _is_sure(found: HeardTopics) -> bool:
    """够不够直接答；一个字也认不得的不够。"""
    return bool(found.likeliest) and found.likeliest[0].score >= ANSWER and found.familiar >= FAMILIAR


def _stands_out(found: HeardTopics) -> bool:
    """词生些，却只像一种（“对方提出扣除资料费 该项扣除是否合理”）：捎带问的一句，答它比不答好。"""
    best, *others = found.likeliest or (None,)
    if best is None or best.score < ONLY_ONE or found.familiar < _FAMILIAR_BESIDE:
        return False
    return all(best.score >= _STANDS_OUT * other.score for other in others[:1])


def _is_far_ahead(found: HeardTopics) -> bool:
    """最像的比第二像的高出许多倍。"""
    best, *others = found.likeliest
    return all(best.score >= _FAR_AHEAD * other.score for other in others[:1])


def _asking_part(utterance: Utterance) -> str:
    """在问的小句；整句都在问、都没在问的为空。"""
    asking = [clause.text for clause in utterance.clauses if clause.mood is Mood.QUESTION]
    return " ".join(asking) if len(asking) < len(utterance.clauses) else ""


def scenarios_at_hand(context: Context) -> tuple[str, ...]:
    """手头说着的场景：正问着的、没结案的案件的、给过结论的。"""
    asked = (context.open_question.scenario.id,) if context.open_question is not None else ()
    return tuple(
        dict.fromkeys(
            (*asked, *(matter.scenario.id for matter in context.matters), *context.concluded, *context.closed)
        )
    )


def is_asking(utterance: Utterance) -> bool:
    """在不在问：照词看，再照学来的语气看。"""
    if utterance.asks or utterance.says_some_days:
        return utterance.asks
    return read_mood(utterance.raw).get("question", 0.0) >= _ASKING
