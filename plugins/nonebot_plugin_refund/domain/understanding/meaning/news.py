"""听案件的消息：说发生了哪件事，还是在问、假设、打算、说还没有、讲别人的事、转述、闲聊。

先看是不是在说发生了的事，再看是哪件事；两样都训练过。“决定不弄了”“准备起诉”这样的决定算事，不算打算。
"""

from collections.abc import Mapping

from .features import features_of
from .linear import weighed
from .scored import Scored, likeliest_first
from .weights import NEWS, weights_of

EVENTS_HEAD = "events"
MOOD_HEAD = "mood"
REPORT = "report"
"""在说发生了的事。"""
MOODS = ("question", "if", "plan", "negation", "hearsay", "quotation", "talk")


def read_news(text: str, candidates: Mapping[str, float] | None = None) -> tuple[Scored, ...]:
    """各件事和 :data:`MOODS` 里的各种语气，把握大的在前，加起来是 1。

    Args:
        text: 用户的一句话。
        candidates: 这件案子里可能的事，各有多大的先前可能（只比大小，加起来不必是 1）；不给就是目录里的每一件。
    """
    heads = weights_of(NEWS).heads
    if MOOD_HEAD not in heads or EVENTS_HEAD not in heads:
        return ()
    groups = features_of(text)
    moods = heads[MOOD_HEAD].probabilities(groups)
    events = heads[EVENTS_HEAD].probabilities(groups)
    if candidates is not None:
        events = weighed(events, candidates)
    report = moods.pop(REPORT)
    return likeliest_first({event: report * score for event, score in events.items()} | moods)


def read_mood(text: str) -> dict[str, float]:
    """``report`` 和各种语气的把握。"""
    head = weights_of(NEWS).heads.get(MOOD_HEAD)
    return {} if head is None else head.probabilities(features_of(text))
