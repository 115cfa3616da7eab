"""规则更新之后，本人说“重看 K7Q2”：带着答过的一切，照新的手册接着问，或当场重新判断。"""

from ...domain.case.edition_changes import ChangeClass
from ...domain.interview.dialogue import Dialogue
from ..base.turn import Reply, Turn, replies
from ..case import casework
from ..case.case_state import OpenedCase
from ..interview import revising
from .mover import tried_on

WHICH = "要带上案件号，比如「重看 {code}」。"
UP_TO_DATE = "{code} 用的已经是最新的规则。"
STAYS = "{code} 仍照原来的规则走：新的不管这件，不用做什么。"
BEGUN = "照新的规则看 {code}，答过的都带着。"


async def hear(turn: Turn, code: str | None) -> list[Reply]:
    """“重看”哪一件；没说案件号的，只有一件才认。"""
    if code is not None:
        case = await casework.by_code(turn, code)
        return case if isinstance(case, list) else await review(turn, case)
    found = await casework.open_cases(turn)
    if not found:
        return replies(casework.NO_CASE)
    return await review(turn, found[0]) if len(found) == 1 else replies(WHICH.format(code=found[0].record.code))


async def review(turn: Turn, case: OpenedCase) -> list[Reply]:
    """照现在的手册重看这件；只问缺的。"""
    record = case.record
    if record.closed_at is not None:
        return replies(casework.ALREADY_CLOSED.format(code=record.code))
    target = turn.services.editions.current(record.scenario_id)
    trial = await tried_on(turn.session, turn.services.editions, record, target, turn.services.calendar)
    if trial is None or target is None or trial.change.kind is ChangeClass.PINNED:
        return replies(STAYS.format(code=record.code))
    if record.rulebook_digest == target.digest or trial.change.kind is ChangeClass.COMPATIBLE:
        return replies(UP_TO_DATE.format(code=record.code))
    dialogue = Dialogue.from_plain(target.scenario, {"answers": record.answers})
    return await revising.reopen_case(turn, record, target, dialogue, BEGUN.format(code=record.code))
