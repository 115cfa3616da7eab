"""案件：12315、法院、商家要凭证（“12315让我补付款记录”“商家让我补图”）：谁要的交给谁，不是平台让补材料。"""

from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import PickEvent
from ..context import Context, matter_spoken_of
from ..intents import Band, ProofFor, Reading
from ..utterance import Utterance

_LONGEST = 36
"""再长的多半还说了别的。"""
_WORDS = load_spoken().proof_asked


def read_proof_asked(context: Context, utterance: Utterance) -> Reading | None:
    """说了是谁要的、要的是凭证；平台要的、在问的、还说了别的进展的不算。"""
    if isinstance(context.awaits, PickEvent):
        return None  # 刚问有什么进展：让补什么，就是那一件
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.asks or len(utterance.text) > _LONGEST:
        return None
    said = _before(utterance.text, _WORDS.or_else)
    demands = (_has(said, _WORDS.demanding) and _has(said, _WORDS.handing)) or _has(said, _WORDS.lacking)
    if _has(said, _WORDS.unless) or not demands or not _has(said, _WORDS.proofs):
        return None
    is_official = _has(said, _WORDS.official)
    if not (is_official or _has(said, _WORDS.others)) or _by_platform(said):
        return None
    proof_for = ProofFor.OFFICIAL if is_official else ProofFor.MERCHANT
    told = intents.NothingNew(matter.code, utterance.raw, quoted=True, proof_for=proof_for)
    return Reading((told,), Band.RECORD, 0.8, ("谁要的凭证交给谁",))


def _before(said: str, words: tuple[str, ...]) -> str:
    """其中一个词之前的话；一个也没有的是整句。"""
    return said[: min((place for word in words if (place := said.find(word)) >= 0), default=len(said))]


def _by_platform(said: str) -> bool:
    return any(word in said for word in ("平台", "快手", "客服"))


def _has(said: str, words: tuple[str, ...]) -> bool:
    return any(map(said.__contains__, words))
