"""一段话说的是哪种事：短句看字眼，成段的话再看学来的听法。"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...domain.hearing.told import A_STORY
from ...domain.understanding.meaning.stories import NOTHING, read_matter
from ...domain.understanding.scenarios import Classifier, Recognition
from ...rulebook.scenario_models.models import Scenario, ScenarioKind
from ...rulebook.wording_models.signals import NONE
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.case.case_codes import normalise_code

_LIKELY = 0.6
_SURE = 0.9
_LITERAL, _LEARNT = 0.5, 2.0
"""两样合起来时各有多重；连同下面两个数，由没参加训练的两个人写的一千三百段第一句话定的。"""
_NOTHING_WEIGHS = 1.0
"""没说到退的，“都不是”多算这么些：开错一场问答，比多看一眼菜单麻烦。"""
_TOGETHER = 0.5
_LEAST = 1e-4
_UNHEARD = -8.0
_COMPLAINT = frozenset({"goods", "quality"})
"""词表里的两组：货、毛病。"""
GOODS = frozenset({"goods"})
"""只要说了是什么货。"""
_TIP, _SOLD = "live-tip", "shop-return"
_BOUGHT = re.compile(
    r"主播卖|直播[间里]?卖|卖(?:的|给我)?二手|直播[间里]?[^ ,。刷]{0,4}买|主播[^ ,。刷]{0,6}(?:推荐|带货)"
)
_TIPPED = re.compile(r"刷|打赏|礼物|送了?礼|快币|灯牌|火箭|粉丝团|榜|pk|PK|充|送她|送他|送主播|连麦")
"""主播卖货的，没说打赏的字，就不是打赏。"""
_GREETING = re.compile(
    rf"^(?:{'|'.join(map(re.escape, sorted(load_spoken().matters.greetings, key=len, reverse=True)))})"
    r"(?:你好|您好|好|在吗)?[ ,，。!！~]{1,3}(?=[我俺咱请想问帮你您麻在快这买昨前上])"
)
"""开口叫的一声。"""


@dataclass(frozen=True, slots=True)
class Recognised:
    """一句话说的是哪个场景，有多大把握，凭哪几个词。"""

    scenario: str | None
    is_sure: bool
    score: float
    pieces: tuple[str, ...]


def recognised(classifier: Classifier, text: str, *, first: bool = False) -> Recognised:
    """说的是哪种事；都不像的场景为空。两样说的是一种，或学来的很有把握，才算拿得准。

    Args:
        classifier: 看字眼的。
        text: 用户的话。
        first: 是不是没有案件、没在问答时的第一句：多半就是来说一件事的，两样各有几分像，合起来看。
    """
    text = _GREETING.sub("", " ".join(word for word in text.split(" ") if not _is_code(word)))
    heard = _by_either(classifier, text)
    if first and heard.scenario is None:
        nothing = 0.0 if classifier.refund_word_present(text) else _NOTHING_WEIGHS
        heard = _by_both(classifier.classify(text), text, nothing) or heard
    if heard.scenario is None:
        return heard
    if heard.scenario == _TIP and _BOUGHT.search(text) is not None and _TIPPED.search(text) is None:
        return replace(heard, scenario=_SOLD, pieces=("说的是买的货",))
    return replace(heard, scenario=classifier.settled(heard.scenario, text))


def by_goods(
    classifier: Classifier, scenarios: Iterable[Scenario], text: str, *, needs: frozenset[str] = _COMPLAINT
) -> str | None:
    """听不出是哪种事，说的却是一样货（默认还要出了毛病）：字眼最偏向的一种；没说的为 ``None``。"""
    if not classifier.features(text)[0].keys() >= needs:
        return None
    leaning = classifier.classify(text).leaning
    kinds = [one.id for one in scenarios if one.kind is not ScenarioKind.TOPIC and one.id in leaning]
    return max(kinds, key=lambda one: leaning[one], default=None)


def _is_code(word: str) -> bool:
    """一个案件号：不说明是哪种事，别人的号和没有的号要听成一样。"""
    return not word.isdecimal() and normalise_code(word) is not None


def _by_both(found: Recognition, text: str, nothing: float) -> Recognised | None:
    """字眼和学来的各打的分合起来，哪种事最像；还是都不像为 ``None``。"""
    learnt = {one.id: one.score for one in read_matter(text)}
    if not learnt or not found.leaning:
        return None
    highest = max(found.leaning.values())
    literal = {label: score - highest for label, score in found.leaning.items()}
    likely = {
        label: _LITERAL * literal.get(NONE if label == NOTHING else label, _UNHEARD)
        + _LEARNT * math.log(max(score, _LEAST))
        + (nothing if label == NOTHING else 0.0)
        for label, score in learnt.items()
    }
    best = max(likely, key=lambda label: likely[label])
    score = 1 / sum(math.exp(one - likely[best]) for one in likely.values())
    if best == NOTHING or score < _TOGETHER:
        return None
    return Recognised(best, False, score, (f"合起来 → {best} {score:.2f}",))


def _by_either(classifier: Classifier, text: str) -> Recognised:
    found = classifier.classify(text)
    pieces = tuple(f"{word} → {scenario} {weight:+.1f}" for word, scenario, weight in found.pieces[:4])
    literal = Recognised(found.scenario, found.is_sure, found.score, pieces)
    learnt = read_matter(text) if len(text.strip()) >= A_STORY else ()
    if not learnt or learnt[0].score < _LIKELY:
        return literal
    best = learnt[0]
    said = (*pieces, f"整段 → {best.id} {best.score:.2f}")
    if best.id == NOTHING:
        return Recognised(None, False, best.score, said) if not found.is_sure and best.score >= _SURE else literal
    if best.id == found.scenario:
        return Recognised(best.id, found.is_sure or best.score >= _SURE, max(best.score, found.score), said)
    return Recognised(best.id, best.score >= _SURE and not found.is_sure, best.score, said)
