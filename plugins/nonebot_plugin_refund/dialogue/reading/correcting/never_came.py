"""案件：记着的到账没有这回事（“钱一分没退 你咋写到账一万三”“那一万三是打赏的”“没到账过”）：去掉那个数。"""

import re
from decimal import Decimal

from ....domain.understanding.moods import Mood
from ....domain.understanding.sums.amounts import amounts_in
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..progress.news import ARRIVALS
from ..progress.told_pieces import happened_at, likely_in
from ..utterance import Utterance

_MONEY = load_spoken().money
_OFFERERS = load_spoken().offerers
_NONE = re.compile(
    r"(?:一[分毛块点厘]|半[分毛]|分文|一个子儿?)钱?(?:都|也|儿|还|压根|根本|就){0,2}"
    r"(?:没|未)有?(?:给|退|到|收|见|拿|返|补)"
)
_NEVER = re.compile(
    r"(?:没|未)有?(?:到|收|退|见|拿)(?:账|到|着|款|钱){0,2}过|(?:从来?|压根|根本|哪有|从头到尾)(?:就|都|也)?没有?(?:到|收|退|见)"
)
_NOT = re.compile(r"没|未|不是退|不是到|不是收")
_IS = re.compile(r"是|都|给")
_NEAR = Decimal("0.03")
"""“三千二”说的就是记着的 3280。"""
_HIS_WORDS = re.compile(r"(?:他|她|商家|卖家|店家|老板|平台|客服|快手)们?(?:说|讲|回|非说|称)")


def read_never_came(context: Context, utterance: Utterance) -> Reading | None:
    """钱到过的案件，说从没到过、那个数不是到账；说的是剩下的没到的不算。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or not matter.part_came or context.open_question is not None:
        return None
    if utterance.moods & {Mood.IF, Mood.HEARSAY} or _HIS_WORDS.search(utterance.text) is not None:
        return None
    spent = _is_spent(matter, utterance)
    if not spent and not _denies(context, matter, utterance):
        return None
    recorded = next((event for event in reversed(matter.walked) if event in ARRIVALS), None)
    if recorded is not None:
        label = next((event.label for event in likely_in(matter) if event.id == recorded), "")
        return Reading((intents.Undo(label, sure=bool(label)),), Band.CONFIRM, 0.8, ("到账没有这回事",))
    said = intents.NothingCame(matter.code, utterance.raw, spent=spent)
    return Reading((said,), Band.RECORD, 0.9, ("到账没有这回事",))


def _denies(context: Context, matter: OpenMatter, utterance: Utterance) -> bool:
    text = utterance.text
    if any(word in text for word in _MONEY.of_the_rest) or happened_at(utterance.raw, context.now) is not None:
        return False
    nothing = _NONE.search(text) is not None or _NEVER.search(text) is not None
    sums = _sums(utterance.raw)
    if not _names_it(matter, sums):
        return nothing and not any(value >= 1 for value in sums)
    wrongly = any(word in text for word in _MONEY.came_wrongly)
    return nothing or (wrongly and _NOT.search(text) is not None) or (wrongly and "到" in text)


def _is_spent(matter: OpenMatter, utterance: Utterance) -> bool:
    """“那3280是孩子刷的 不是退的”：和记着的到账同一个数，说的是花出去的。"""
    for piece in pieces_of(utterance.raw):
        said = normalise(piece)
        if _names_it(matter, _sums(piece)) and _IS.search(said) and any(word in said for word in _MONEY.went_out):
            return "退" not in said and "到账" not in said
    return False


def _sums(said: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(value)) for _, _, value in amounts_in(said)[1])


def _names_it(matter: OpenMatter, sums: tuple[Decimal, ...]) -> bool:
    return any(abs(value - matter.came) <= matter.came * _NEAR for value in sums)
