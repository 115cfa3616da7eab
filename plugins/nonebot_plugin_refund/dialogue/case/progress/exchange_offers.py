"""商家提了换、补发，本人还没应：案件不动，在走的日子照走，说明应了会怎样。"""

from ....domain.case.case_routes import Route
from ....domain.days.calendar import SHANGHAI
from ....domain.days.timers import next_date
from ....domain.understanding.writing.listed_words import has_any
from ....domain.understanding.writing.text import normalise
from ....render.texts.verdict_text import timer_in_words
from ....rulebook.wording_models.spoken import load_spoken
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ...reading.awaits import ConfirmReport
from ..case_state import OpenedCase

OFFERED = "这是商家提的，你没应就不算。{code} 还是「{stage}」，先不动。{timer}"
ACCEPT = "想要换、补的，让他写明哪天前到、“换不成就退款”，再回「答应了」，我改成等它来；不想要，照原来的办就行。"
DECLINED = "好，没应就照原来的走，{code} 还是「{stage}」。{timer}"
KEEP_WORDS = "他提的那句截图留着，别撤申请。"


async def not_yet(turn: Turn, case: OpenedCase, route: Route, intent: intents.Reported) -> list[Reply]:
    """说明没有记、哪一天照走；等一句应没应。"""
    assert case.stage is not None
    turn.spoke_of(case.record.id, case.record.code)
    nearest = next_date(case.timers(turn.services.calendar), turn.now)
    today = turn.now.astimezone(SHANGHAI).date()
    timer = "" if nearest is None else f"\n{timer_in_words(nearest, today)}，照走。"
    if has_any(normalise(intent.said), load_spoken().exchange_offer.declined):
        said = DECLINED.format(code=case.record.code, stage=case.stage.title, timer=timer)
        return replies(f"{said}\n{KEEP_WORDS}")
    await prompts.ask(
        turn,
        ConfirmReport(
            case=case.record.code, event=route.event.id, happened_at=intent.happened_at or turn.said_at, reminded=True
        ),
    )
    said = OFFERED.format(code=case.record.code, stage=case.stage.title, timer=timer)
    return replies(f"{said}\n{ACCEPT}")
