"""评进展和语气：发生了的听不听得出，问的、假设的、还没有的、别人的会不会当成发生了。"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from ...dialogue.reading.intents import Reading
from ...rulebook.derived.stage_view import stage_on
from ...rulebook.scenario_models.models import Scenario
from ...rulebook.wording_models.labelled import load_labelled
from ..hearing.reading_json import type_of
from ..hearing.stated_context import Stated, StatedReader, UnknownContextError, position_at, walks
from .heard import is_report, offered, recorded_event, recorded_facts
from .labels import EventRow
from .tally import Outcome, Tally

_SEEN = {"question": {"asked"}, "talk": {"talk"}}
"""这种语气听成什么才算看出来了；没写的是 :data:`_SEEN_OTHERWISE`。"""
_SEEN_OTHERWISE = {"asked", "talk"}


def score_events(reader: StatedReader, rows: Sequence[EventRow], now: datetime) -> list[Tally]:
    """没头没脑说的进展、问过之后说的进展、没有报告什么的话，各一份成绩。

    Raises:
        UnknownContextError: 标注里的事件、场景手册里没有。
    """
    blue = Tally("news_blue", "没问就说的进展", right="recorded")
    asked = Tally("news_asked", "问过之后说的进展", right="recorded")
    moods = Tally("moods", "问的、假设的、还没有的、别人的", right="seen")
    where = cache(lambda family, event: _where_reportable(reader, family, event, now))
    for row in rows:
        if row.want is None:
            _score_mood(reader, row, now, moods)
            continue
        scenario, stage = where(row.family, row.want)
        stated = Stated(now, scenario, stage=stage, case=True, asked_for_news=row.mode == "asked")
        _score_news(reader, row, row.want, stated, asked if row.mode == "asked" else blue)
    return [tally for tally in (blue, asked, moods) if tally.phrases]


def _score_news(reader: StatedReader, row: EventRow, want: str, stated: Stated, tally: Tally) -> None:
    context, reading = reader.read(row.text, stated)
    event = recorded_event(context, reading)
    if event is not None:
        outcome = Outcome.RIGHT if event == want else Outcome.WRONG
    else:
        outcome = Outcome.OFFERED if want in offered(context, reading) else Outcome.ASKED
    tally.add(outcome, f"{stated.scenario}/{want}", row.text, want, event or _heard_as(reading))


def _score_mood(reader: StatedReader, row: EventRow, now: datetime, tally: Tally) -> None:
    scenario = _scenarios(reader, row.family)[0].id
    context, reading = reader.read(row.text, Stated(now, scenario, case=True))
    if recorded_event(context, reading) is not None or recorded_facts(reading):
        outcome = Outcome.WRONG
    elif is_report(reading):
        outcome = Outcome.ASKED
    else:
        seen = type_of(reading.first) in _SEEN.get(row.mood, _SEEN_OTHERWISE)
        outcome = Outcome.RIGHT if seen else Outcome.ASKED
    tally.add(outcome, row.mood, row.text, row.mood, _heard_as(reading))


def _heard_as(reading: Reading) -> str:
    return f"{type_of(reading.first)}（{reading.band.value}）"


def _where_reportable(reader: StatedReader, family: str, event: str, now: datetime) -> tuple[str, str]:
    """这件事在哪个场景、哪个阶段报告：这类事的场景优先，没有就看全部；阶段取走得到最快的。"""
    for scenario in (*_scenarios(reader, family), *reader.book.scenarios):
        stages = sorted(walks(scenario), key=lambda walk: walk[2])
        for stage_id in dict.fromkeys(stage_id for _, stage_id, _ in stages):
            position = position_at(scenario, stage_id, now)
            if stage_on(scenario, stage_id, position.track_id).event(event) is not None:
                return scenario.id, stage_id
    raise UnknownContextError(f"没有哪个场景能报告“{event}”")


def _scenarios(reader: StatedReader, family: str) -> list[Scenario]:
    return [reader.scenario(scenario_id) for scenario_id in load_labelled().every(family)]
