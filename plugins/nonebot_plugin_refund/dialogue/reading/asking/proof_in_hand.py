"""案件：整句只说手里有哪样凭证（“有截图”“聊天记录都留着”）：不是进展，也不是应了刚问的是不是。"""

from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, matter_spoken_of
from ..intents import Reading
from ..utterance import Utterance

_EVIDENCE = load_spoken().evidence
_BEGINNINGS = (*_EVIDENCE.in_hand, *_EVIDENCE.proofs)
_LONGEST = 12
"""再长的，多半还说了别的。"""


def read_proof_in_hand(context: Context, utterance: Utterance) -> Reading | None:
    """应一声、请他留着；访谈开着、在问、没有案件时为空。"""
    if context.open_question is not None or utterance.asks or not _holds_proof(utterance.word):
        return None
    matter = matter_spoken_of(context, utterance)
    if matter is None:
        return None
    detail = intents.Talk(intents.TalkKind.DETAIL, utterance.raw, matter.code)
    return Reading((detail,), explain=("手里有的凭证",))


def _holds_proof(said: str) -> bool:
    if len(said) > _LONGEST or not said.startswith(_BEGINNINGS):
        return False
    return any(
        said.startswith(f"{has}{proof}") or (said.startswith(proof) and said.endswith(has))
        for has in _EVIDENCE.in_hand
        for proof in _EVIDENCE.proofs
    )
