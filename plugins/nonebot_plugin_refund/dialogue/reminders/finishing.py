"""回「完成」：办成的日子就是那件事发生了；等对方的日子、问候，问后来怎么样了。"""

from collections.abc import Sequence

from ...rulebook.scenario_models.models import TimerKind
from ...storage.records import CaseRecord, TimerRecord
from ...storage.reminding import timers
from ..base.turn import Reply, Turn, replies
from ..case import casework
from ..case.asked_first import choosing
from ..case.case_state import OpenedCase
from ..case.progress import reporting
from ..interview import interviewing

DONE = "好，这件不再提醒了。有进展就告诉我，比如「商家同意了」。"
TELL_LATER = "{code} 后来怎么样了？发「更新 {code}」告诉我。"

Targets = Sequence[tuple[CaseRecord, TimerRecord]]


async def finish(turn: Turn, targets: Targets) -> list[Reply]:
    """这些日子办完了。一件案件里有一件事发生了，它别的日子就跟着变了，不再一个个问。"""
    said: list[Reply] = []
    asking: list[OpenedCase] = []
    settled = False
    for code, mine in _by_case(targets).items():
        case = await casework.by_code(turn, code)
        if isinstance(case, list):
            continue
        happened = next((event for timer in mine if (event := _fulfilled_by(case, timer))), None)
        if happened is not None:
            said += await _reported(turn, case, happened)
            continue
        plain = [timer for timer in mine if timer.kind == TimerKind.DEADLINE]
        turn.changed("reminder", "回提醒", case.record.id)
        for timer in plain:
            settled = await timers.complete(turn.session, turn.person, timer, turn.now) or settled
        if len(plain) < len(mine):
            asking.append(case)
    return [*said, *replies(DONE if settled or not (said or asking) else ""), *await _asked(turn, asking)]


def _by_case(targets: Targets) -> dict[str, list[TimerRecord]]:
    found: dict[str, list[TimerRecord]] = {}
    for record, timer in targets:
        found.setdefault(record.code, []).append(timer)
    return found


def _fulfilled_by(case: OpenedCase, timer: TimerRecord) -> str | None:
    """办成了是哪件事；手册没说、现在的阶段报告不了的为空。"""
    stage = case.stage
    written = stage.timer(timer.timer_id) if stage is not None else None
    if stage is None or written is None or written.done is None or stage.event(written.done) is None:
        return None
    return written.done


async def _reported(turn: Turn, case: OpenedCase, event_id: str) -> list[Reply]:
    event = case.stage.event(event_id) if case.stage is not None else None
    assert event is not None
    noted = reporting.NOTED.format(label=event.label, when="")
    first, *rest = await reporting.pick(turn, case.record.code, event_id, None)
    return [Reply(f"{noted}\n{first.text}"), *rest]


async def _asked(turn: Turn, cases: Sequence[OpenedCase]) -> list[Reply]:
    """问后来怎么样了：一次只列一件的，问答开着时不列，免得编号混了。"""
    is_answering = await interviewing.active(turn) is not None
    said: list[Reply] = []
    for number, case in enumerate(cases):
        can_list = number == 0 and not is_answering and case.stage is not None and bool(case.stage.events)
        later = replies(TELL_LATER.format(code=case.record.code))
        said += await choosing.list_events(turn, case) if can_list else later
    return said
