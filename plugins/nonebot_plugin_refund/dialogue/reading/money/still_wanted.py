"""案件：说这个数还要（“那三倍987还要”），报了几样各多少、问加起来多少（“支付宝1200 微信800 一共多少”）。"""

import re
from dataclasses import dataclass
from decimal import Decimal

from ....domain.understanding.moods import Mood
from ....domain.understanding.sums.amounts import amounts_in
from ....domain.understanding.sums.moved_sums import SUM_SAID
from ....domain.understanding.sums.offered_sums import read_offered
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ..context import Context, matter_spoken_of
from ..intents import Band, Reading
from ..meanings.sum_intents import SumKind, SumTold
from ..utterance import Utterance

_WHAT = (
    r"(?:那个?|剩下?的?|余下的?|其余的?|差的|少的|欠的|没给的|我的|我那|该给的|还有)?"
    r"(?:[三十几两]倍(?:赔偿|的钱)?|运费|邮费|快递费|鉴定费|检测费|差价|补偿|赔偿金?|赔款|违约金|定金|药费|医药费)?的?(?:那|是)?\s?"
)
_KEPT = re.compile(
    rf"{_WHAT}(?P<sum>{SUM_SAID})(?:块钱?|元)?(?:我|俺|咱)?(?:也|还|都|照样|一定|肯定|必须){{0,2}}(?:是)?(?:得|要|想)?"
    r"(?:要(?:的|回来|到底)?|给我|退我|赔我|不能少|一分不能少|不能不给|不放弃|没放弃)[啊呀呢吧哦]?"
    rf"|(?:我|俺|咱)?们?还(?:是)?要(?:(?:他|她|商家|卖家|店家|老板|平台|主播|机构)们?(?:再)?(?:退|赔|补|给)我?|(?:退|赔)我)?\s?{_WHAT}"
    rf"(?P<after>{SUM_SAID})(?:块钱?|元)?[啊呀呢吧哦的]?"
)
_TOTAL_ASKED = re.compile(
    r"(?:一共|总共|拢共|统共|合计|共计|加起来|加一起|加一块|合起来)(?:是|该|要|有|得)?(?:多少|几多|好多|几块|多钱|几钱)"
)
_NOT_SO = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY})
_SEVERAL, _MOST = 2, 12
_LEAST = 5


@dataclass(frozen=True, slots=True)
class StillWanted:
    """说还要的数，和同一句里另说的。"""

    told: SumTold
    rest: str


def still_wanted(context: Context, utterance: Utterance) -> StillWanted | None:
    """哪一截说了这个数还要；在问的、假设的、转述对方的不算。"""
    if "要" not in utterance.text and "我" not in utterance.text and "不" not in utterance.text:
        return None
    matter = matter_spoken_of(context, utterance) if context.open_question is None else None
    if matter is None or utterance.doubts or utterance.moods & _NOT_SO:
        return None
    pieces = [normalise(piece) for piece in pieces_of(utterance.raw)]
    for size in (1, 2):
        for at in range(len(pieces) - size + 1):
            match = _KEPT.fullmatch(" ".join(pieces[at : at + size]))
            value = _one(match["sum"] or match["after"]) if match is not None else None
            if value is not None and value >= _LEAST:
                rest = " ".join((*pieces[:at], *pieces[at + size :]))
                return StillWanted(SumTold(matter.code, SumKind.STILL, value, utterance.raw), rest)
    return None


def read_added(context: Context, utterance: Utterance) -> Reading | None:
    """报了几样各多少，问加起来多少：当场加好答他，什么也不记。"""
    if _TOTAL_ASKED.search(utterance.text) is None or not context.matters or context.open_question is not None:
        return None
    parts = tuple(Decimal(str(value)) for _, _, value in amounts_in(utterance.raw)[1])
    if not _SEVERAL <= len(parts) <= _MOST:
        return None
    matter = matter_spoken_of(context, utterance) or context.matters[0]
    told = SumTold(matter.code, SumKind.ADDED, sum(parts, Decimal()), utterance.raw, parts)
    return Reading((told,), Band.RECORD, 0.8, ("问加起来多少",))


def _one(written: str) -> Decimal | None:
    read = read_offered(written)
    return None if read is None or read.is_share or read.low != read.high else read.low
