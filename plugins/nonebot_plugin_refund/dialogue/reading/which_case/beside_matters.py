"""说的不归手头这件：别的平台上买的、自己的账号被封了，照手册里的一种打听答，什么都不记。"""

import re
from dataclasses import dataclass

from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.models import ScenarioKind
from ....rulebook.wording_models.spoken import load_spoken
from ....rulebook.wording_models.spoken_parts.matter_words import BesideMatter
from ..context import Context
from ..recognising import recognised
from ..utterance import Utterance

_WORDS = load_spoken().matters


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_OWNING = re.compile(rf"(?:app|商城|平台|小程序)?(?:{_any_of(_WORDS.owning)})")
_PLACES = tuple((place, re.compile(_any_of(place.words))) for place in _WORDS.places)
_ANY = re.compile("|".join(pattern.pattern for _, pattern in _PLACES))


@dataclass(frozen=True, slots=True)
class Beside:
    """话里说到了别处的事。"""

    topic: str
    before: str
    """说到它之前说的：可能是手头这件的。"""


def beside_matter(context: Context, utterance: Utterance) -> Beside | None:
    """说到别的平台上的一单、自己的账号被封；没说到、操作者自己有场景管它的为 ``None``。"""
    if _ANY.search(utterance.text) is None or context.is_command or utterance.is_bare:
        return None
    if context.spoken_of is None and _is_ours(context, utterance):
        return None
    pieces = pieces_of(utterance.raw)
    for number, piece in enumerate(pieces):
        place = next((place for place, pattern in _PLACES if _is_there(place, pattern, piece)), None)
        if place is None or context.spoken_of in place.not_in:
            continue
        if context.book.classifier.classify(utterance.raw).by_keywords:
            return None
        return Beside(place.topic, " ".join(pieces[:number]))
    return None


def _is_ours(context: Context, utterance: Utterance) -> bool:
    """手头没有事，这句话听着就是来说一件快手的事：“淘宝上找的代充 把我号封了 快币还能要吗”。"""
    found = recognised(context.book.classifier, utterance.raw, first=True).scenario
    kinds = {scenario.id: scenario.kind for scenario in context.book.scenarios}
    return found is not None and kinds.get(found) is not ScenarioKind.TOPIC


def _is_there(place: BesideMatter, pattern: re.Pattern[str], piece: str) -> bool:
    """这一截说的是那边的事。"""
    found = pattern.search(piece)
    if found is None or any(word in piece for word in place.unless):
        return False
    if not place.owned:
        return True
    before = piece[: found.start()]
    return not before.endswith(_WORDS.not_owning) and _OWNING.match(piece, found.end()) is not None
