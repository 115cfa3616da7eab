"""听一句话想做什么：案子开着、或刚给了结论之后，不在答问题的时候。

刚问了问题的，先用 :mod:`.options`；是哪件事，用 :mod:`.news`；这里只分大类。危险另有一个头，任何时候都可以听。
"""

from functools import lru_cache

from .features.danger_features import danger_features_of
from .features.features import features_of
from .scored import Scored, likeliest_first
from .weights import INTENTS, weights_of

INTENT_HEAD = "intent"
COMMAND_HEAD = "command"
DANGER_HEAD = "danger"
INTENT_IDS = (
    "reported",
    "asked",
    "corrected",
    "undo",
    "offered",
    "new-matter",
    "command",
    "talk",
    "detail",
    "remark",
    "danger",
)
"""报告了什么、问、更正、撤回刚才的、说对方出了什么价、另一件事、要机器人做什么、闲聊、只是多说一点情况、说说打算或别人的事、危险。"""
DANGERS = ("self-harm", "violence", "fraud", "illness")
HARMLESS = "harmless"
_RECENT = 64
"""同一句话几种听法都要问，记住最近的这么多句。"""


@lru_cache(maxsize=_RECENT)
def read_intent(text: str) -> tuple[Scored, ...]:
    """:data:`INTENT_IDS` 各有多大把握，大的在前，加起来是 1。"""
    head = weights_of(INTENTS).heads.get(INTENT_HEAD)
    return () if head is None else likeliest_first(head.probabilities(features_of(text)))


@lru_cache(maxsize=_RECENT)
def read_wanted_command(text: str) -> tuple[Scored, ...]:
    """已经听出是要机器人做什么：要它做的各样各有多大把握（``mine``、``progress``、``snooze`` 等），大的在前。"""
    head = weights_of(INTENTS).heads.get(COMMAND_HEAD)
    return () if head is None else likeliest_first(head.probabilities(features_of(text)))


@lru_cache(maxsize=_RECENT)
def read_danger(text: str) -> tuple[Scored, ...]:
    """:data:`DANGERS` 和 ``harmless`` 各有多大把握，大的在前，加起来是 1。"""
    head = weights_of(INTENTS).heads.get(DANGER_HEAD)
    return () if head is None else likeliest_first(head.probabilities(danger_features_of(text)))
