"""评第一句话：认没认出是哪种事，里面说了的答案听对几成，没说的有没有编出来。"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ...dialogue.reading import intents
from ..hearing.reading import opening_facts
from ..hearing.stated_context import Stated, StatedReader
from ..rulebooks.assessments import answer_values
from .labels import OpeningRow
from .tally import Outcome, Tally


def score_openings(reader: StatedReader, rows: Sequence[OpeningRow], now: datetime) -> list[Tally]:
    """场景一份，答案一份；编出来的也算错，都按说了的答案数来除。

    Raises:
        UnknownContextError: 标注里的场景、问题手册里没有。
    """
    openings = Tally("openings", "第一句话说的是哪种事")
    facts = Tally("facts", "第一句话里说了的答案")
    invented = 0
    for row in rows:
        for key in row.facts:
            reader.question(row.scenario or "", key)
        scenario, heard = _heard(reader, row, now)
        missed = Outcome.ASKED if scenario is None else Outcome.WRONG
        openings.add(
            Outcome.RIGHT if scenario == row.scenario else missed, str(row.scenario), row.text, row.scenario, scenario
        )
        known = heard if scenario == row.scenario else {}
        for key, value in row.facts.items():
            facts.add(_outcome(known, key, value), f"{row.scenario}/{key}", row.text, f"{key}={value}", known.get(key))
        invented += len(heard) - len(known.keys() & row.facts.keys())
    if facts.phrases:
        facts.invented = invented
    return [tally for tally in (openings, facts) if tally.phrases]


def _heard(reader: StatedReader, row: OpeningRow, now: datetime) -> tuple[str | None, dict[str, Any]]:
    stated = Stated(row.now or now)
    _, reading = reader.read(row.text, stated)
    matter = next((intent for intent in reading.intents if isinstance(intent, intents.NewMatter)), None)
    return (matter.scenario if matter else None), answer_values(opening_facts(reader, matter, stated))


def _outcome(heard: dict[str, Any], key: str, wanted: Any) -> Outcome:
    if key not in heard:
        return Outcome.ASKED
    value = heard[key]
    if isinstance(value, list):
        same = set(value) == set(wanted if isinstance(wanted, list) else [wanted])
    else:
        same = value == wanted
    return Outcome.RIGHT if same else Outcome.WRONG
