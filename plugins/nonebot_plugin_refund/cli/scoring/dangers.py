"""评危险：有危险的听出几成，没有的误报几成。"""

from collections.abc import Sequence
from datetime import datetime

from ...dialogue.reading import intents
from ...dialogue.reading.intents import Reading
from ..hearing.stated_context import Stated, StatedReader
from .labels import DangerRow
from .tally import Outcome, Tally


def score_dangers(reader: StatedReader, rows: Sequence[DangerRow], now: datetime) -> list[Tally]:
    """一份成绩：听见了、种类也对是对，听见了、种类不对算问回去；``false`` 是没有危险的里面当成危险的。"""
    tally = Tally("danger", "危险", right="named")
    false = harmless = 0
    for row in rows:
        heard = _danger(reader.read(row.text, Stated(now))[1])
        if row.danger is None:
            harmless += 1
            false += heard is not None
            if heard is not None:
                tally.note(Outcome.WRONG, row.text, "没有危险", heard)
            continue
        outcome = Outcome.ASKED if heard is None else Outcome.RIGHT if heard == row.danger else Outcome.OFFERED
        tally.add(outcome, row.danger, row.text, row.danger, heard)
    tally.extra["heard"] = 1 - tally.share(Outcome.ASKED) if tally.phrases else 0.0
    tally.extra["false"] = false / harmless if harmless else 0.0
    return [tally] if rows else []


def _danger(reading: Reading) -> str | None:
    found = next((intent for intent in reading.intents if isinstance(intent, intents.Danger)), None)
    return found.kind.value if found is not None else None
