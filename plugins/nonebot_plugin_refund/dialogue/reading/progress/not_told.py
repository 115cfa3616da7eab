"""听着像一件进展，话里其实没说：在要钱（“币不要了 退钱给我”），投诉转给了别的局，还没说受不受理。"""

import re

from ....domain.case.heard.news import HeardEvent
from ..utterance import Utterance

_DEMANDS = re.compile(
    r"(?:^|[ ,。;!?我俺就得要快])(?:把)?(?:钱|款)?(?:全部|全额|都)?"
    r"(?:退钱|退款|退我钱|退给我钱|还钱|还我钱|钱退|钱还)(?:给我|还我|我|来)"
)
_THEY_AGREE = re.compile(
    r"同意|答应|愿意|肯|可以|会退|说退|松口|通过|支持|谈|和解|判|说[行好]|已经|受理|打款|退了|不[退追弄要]了$"
)
_HANDED_ON = re.compile(r"转(?:给|到|办|交)|移[送交]|分送")
_TAKEN_ON = re.compile(r"受理|立案|收下")
_AGREEMENTS = frozenset({"agreed", "merchant-agreed", "platform-money", "settled"})
_ACCEPTED = "accepted"


def only_demands(utterance: Utterance) -> bool:
    """整句只在要对方退钱，没有一个字说对方答应了、自己不追了。"""
    return _DEMANDS.search(utterance.text) is not None and _THEY_AGREE.search(utterance.text) is None


def not_told(utterance: Utterance, heard: HeardEvent) -> bool:
    """听成的这一件，话里没说。"""
    event = heard.event
    if event.id in _AGREEMENTS or event.event.gives_up:
        return only_demands(utterance)
    if event.id == _ACCEPTED:
        return _HANDED_ON.search(utterance.text) is not None and _TAKEN_ON.search(utterance.text) is None
    return False
