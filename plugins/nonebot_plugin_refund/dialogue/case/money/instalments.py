"""说好分几次给的：到了一次，接着等下一次；都到了才算了结。"""

from dataclasses import replace

from ....domain.case.case_amounts import ARRIVED
from ....domain.understanding.writing.text import normalise
from ....render.texts.offer_text import yuan
from ....rulebook.wording_models.spoken import load_spoken
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...interview.verdicts import case_writer
from ...reading import intents
from ..case_state import OpenedCase
from ..progress.told_limits import promised_until
from . import amounts

ONE_CAME = (
    "记下：这一次的{sum}到了。还有说好的{until}，过了日子没到我来问你。都到了说「都到了」，就到此为止说「就这样了」。"
)


async def move_on(turn: Turn, case: OpenedCase) -> OpenedCase:
    """这一次到了，接着等下一次；没有下一次的原样。"""
    position = case.position
    if position is None or position.told is None or case.record.closed_at is not None:
        return case
    if (following := position.told.next) is None:
        return case
    moved = await case_writer(turn).stand_at(case, replace(position, told=following))
    await case_writer(turn).settle_timers(moved)
    turn.wake_delivery()
    return moved


async def one_came(turn: Turn, case: OpenedCase, intent: intents.Reported) -> list[Reply]:
    """说到了，后面还有说好的几次，又比不出是不是全到了：记成到了一次；没有下一次、说了全到了、就这样了的为空。"""
    position = case.position
    if position is None or position.told is None or position.told.next is None or intent.exact:
        return []
    if amounts.says_settled(intent.said) or any(word in normalise(intent.said) for word in load_spoken().all_came):
        return []
    if not intent.sure and not amounts.says_came(intent.said):
        return []  # 听不准的，没说到了、收到了的，不当是到了一次
    arrived, expected = amounts.arrived_in(intent.said, None), await amounts.expected(turn, case)
    if arrived is not None and expected is not None:
        return []  # 比得出还差多少，照差多少说
    if arrived is not None:
        case = await amounts.remember(turn, case, **{ARRIVED: amounts.arrived_before(case) + arrived})
    written = "" if arrived is None else f" {yuan(arrived)}"
    turn.changed("amount", f"到账{written}", case.record.id)
    moved = await move_on(turn, case)
    await prompts.done(turn)
    until = promised_until(turn, moved) or ""
    return replies(ONE_CAME.format(sum=written, until=f"：{until}" if until else "后面几次"))
