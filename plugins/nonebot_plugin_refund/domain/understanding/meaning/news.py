"""听案件的消息：说发生了哪件事，还是在问、假设、打算、说还没有、讲别人的事、转述、闲聊。

先看是不是在说发生了的事，再看是哪件事；两样都训练过。“决定不弄了”“准备起诉”这样的决定算事，不算打算。
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from .features.features import features_of
from .linear import weighed
from .scored import Scored, likeliest_first
from .weights import NEWS, weights_of

EVENTS_HEAD = "events"
MOOD_HEAD = "mood"
REPORT = "report"
"""在说发生了的事。"""
MOODS = ("question", "if", "plan", "negation", "hearsay", "quotation", "talk")


def read_news(text: str, candidates: Mapping[str, float] | None = None, *, least: float = 0.0) -> tuple[Scored, ...]:
    """各件事和 :data:`MOODS` 里的各种语气，把握大的在前；没有去掉的话，加起来是 1。

    Args:
        text: 用户的一句话。
        candidates: 这件案子里可能的事，各有多大的先前可能（只比大小，加起来不必是 1）；不给就是目录里的每一件。
        least: 不到这么像的事不要；在说发生了的事也没有这么像，就不去比是哪件。
    """
    moods = dict(_chances(MOOD_HEAD, text))
    if not moods or not learnt_events():
        return ()
    report = moods.pop(REPORT)
    if report < least:
        return likeliest_first(moods)
    events = _chances(EVENTS_HEAD, text)
    if candidates is not None:
        events = weighed(events, candidates)
    likely = {event: likely for event, score in events.items() if (likely := report * score) >= least}
    return likeliest_first(likely | moods)


@cache
def learnt_events() -> frozenset[str]:
    """学过的各件事的 id。"""
    head = weights_of(NEWS).heads.get(EVENTS_HEAD)
    return frozenset() if head is None else frozenset(head.labels)


def read_mood(text: str) -> Mapping[str, float]:
    """``report`` 和各种语气的把握。"""
    return _chances(MOOD_HEAD, text)


@lru_cache(maxsize=128)
def _chances(head: str, text: str) -> Mapping[str, float]:
    """同一句话几种听法都要问，记住最近的；没有学过的是空的。"""
    heads = weights_of(NEWS).heads
    return heads[head].probabilities(features_of(text)) if head in heads else {}
