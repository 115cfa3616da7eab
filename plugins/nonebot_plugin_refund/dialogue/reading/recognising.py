"""一段话说的是哪种事：短句看字眼，成段的话再看学来的听法。"""

from dataclasses import dataclass

from ...domain.told import A_STORY
from ...domain.understanding.meaning.stories import NOTHING, read_matter
from ...domain.understanding.scenarios import Classifier

_LIKELY = 0.6
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Recognised:
    """听出来的。"""

    scenario: str | None
    is_sure: bool
    score: float
    pieces: tuple[str, ...]


def recognised(classifier: Classifier, text: str) -> Recognised:
    """说的是哪种事；都不像的场景为空。两样说的是一种，或学来的很有把握，才算拿得准。"""
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
