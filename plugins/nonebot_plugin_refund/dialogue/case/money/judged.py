"""判下来、调下来的一共多少、分几次：跟着这件进展记下，往后到账照它比。"""

import re
from decimal import Decimal

from ....domain.case.case_amounts import DEALT
from ....domain.understanding.sums.amounts import amounts_in
from ....domain.understanding.sums.monthly import monthly_days
from ....domain.understanding.sums.offered_sums import OfferedSum
from ....domain.understanding.writing.text import normalise
from ....render.texts.offer_text import yuan
from ...base.turn import Turn
from ..case_state import OpenedCase
from . import amounts

WON = "won"
NOTED = "说好的一共 {total}。到了一笔跟我说一声，到账我照这个数对；数不对就说「一共是多少」。"
NOTED_MONTHLY = "说好的一共 {total}，分 {times} 期。每期到没到跟我说一声，到日子我也来问。"
_EACH = re.compile(r"(?:每个?月|每一?[期次笔]|一个月|各|月付|按月)\s?(?:还|付|给|打|是|我)?\s?$")
"""数前面是它，说的是一期多少。"""
_EACH_SUM = re.compile(
    r"(?:每个?月|每一?[期次笔]|月付)\s?(?:还|付|给|打|是|我)?\s?(?P<sum>[0-9]{2,7})(?![0-9.号日月万千百])"
)
_IN_TIMES = re.compile(r"分(?=[成作]?\s?[0-9一二两三四五六七八九十]{1,3}(?:期|个月|次|笔))")
_FEE = re.compile(
    r"(?:诉讼费|受理费|律师费|利息|违约金|先给|先付|首付|第[一1][期次笔]|头一?[期次笔])[^0-9一二两三四五六七八九十百千万]{0,4}$"
)
_CLAIMED = re.compile(r"(?:我要|要求|本来要|起诉|告|刷了|花了|充了|打赏了?|总共刷|原来)[^,。;]{0,4}$")
_AGREES = re.compile(r"判[他她它对给我令]|判[^断]|调解?|答应|同意|还我|给我|还|付|一共|总共|共计|合计|谈妥|谈成")


async def hear_sum(turn: Turn, case: OpenedCase, event_id: str) -> str:
    """判了、调了的一句里说了一共多少：记下，返回复述；不是这件、没说、说不准的为空。"""
    if event_id != WON:
        return ""
    text = normalise(turn.incoming.text)
    days = monthly_days(text, turn.said_at.date())
    total = agreed_total(text, len(days))
    if total is None:
        return ""
    turn.changed("amount", f"说好的 {yuan(total)}", case.record.id)
    case = await amounts.remember_offer(turn, case, OfferedSum(total, total))
    await amounts.remember(turn, case, **{DEALT: True})
    return NOTED_MONTHLY.format(total=yuan(total), times=len(days)) if days else NOTED.format(total=yuan(total))


def agreed_total(text: str, times: int) -> Decimal | None:
    """一共给多少；写了每期多少、又写了总数的，是总数，只写了每期的乘期数；几个数说不清的为空。"""
    prepared, found = amounts_in(_IN_TIMES.sub(" 分", text))
    totals: list[Decimal] = []
    for start, _, value in found:
        before = prepared[max(0, start - 8) : start]
        if not (_FEE.search(before) or _CLAIMED.search(before) or _EACH.search(before)):
            totals.append(Decimal(str(value)))
    each = {Decimal(match["sum"]) for match in _EACH_SUM.finditer(prepared)}
    if len(totals) > 1 and times:
        totals = [one for one in totals if one / times in (*totals, *each)] or totals
    whole = next((one for one in totals if one * 2 == sum(totals)), None)
    if whole is not None and len(totals) > 2:
        totals = [whole]  # “退六千 二月底前三千 四月底前三千”
    if len(totals) == 1 and _AGREES.search(text):
        return totals[0]
    return each.pop() * times if not totals and times and len(each) == 1 else None
