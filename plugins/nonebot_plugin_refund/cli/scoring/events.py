"""评进展和语气：发生了的听不听得出，问的、假设的、还没有的、别人的会不会当成发生了。"""

from collections.abc import Sequence
from datetime import datetime

from ...dialogue.reading.intents import Reading
from ...rulebook.models import Scenario
from ...rulebook.stage_view import stage_on
from ..reading_json import type_of
from ..stated_context import ReadingDesk, Stated, UnknownContextError, walks
from .heard import is_report, offered, recorded_event, recorded_facts
from .labels import EventRow
from .tally import Outcome, Tally

_FAMILIES = {
    "shop": ("shop-return", "refund-only"),
    "tip": ("live-tip",),
    "content": ("paid-content",),
    "topup": ("top-up", "contact"),
    "complaint": ("appeal", "live-tip", "contact"),
    "court": ("appeal", "live-tip"),
    "any": ("shop-return",),
}
"""哪一类事先看哪几个场景。"""
_SEEN = {"question": {"asked"}, "talk": {"talk"}}
"""这种语气听成什么才算看出来了；没写的是 :data:`_SEEN_OTHERWISE`。"""
_SEEN_OTHERWISE = {"asked", "talk"}


def score_events(desk: ReadingDesk, rows: Sequence[EventRow], now: datetime) -> list[Tally]:
    """没头没脑说的进展、问过之后说的进展、没有报告什么的话，各一份成绩。

    Raises:
        UnknownContextError: 标注里的事件、场景手册里没有。
    """
    blue = Tally("news_blue", "没问就说的进展", right="recorded")
    asked = Tally("news_asked", "问过之后说的进展", right="recorded")
    moods = Tally("moods", "问的、假设的、还没有的、别人的", right="seen")
    for row in rows:
        if row.want is None:
            _score_mood(desk, row, now, moods)
        else:
            _score_news(desk, row, row.want, now, asked if row.mode == "asked" else blue)
    return [tally for tally in (blue, asked, moods) if tally.phrases]


def _score_news(desk: ReadingDesk, row: EventRow, want: str, now: datetime, tally: Tally) -> None:
    scenario, stage = _where_reportable(desk, row.family, want)
    stated = Stated(now, scenario, stage=stage, case=True, asked_for_news=row.mode == "asked")
    context, reading = desk.read(row.text, stated)
    event = recorded_event(context, reading)
    if event is not None:
        outcome = Outcome.RIGHT if event == want else Outcome.WRONG
    else:
        outcome = Outcome.OFFERED if want in offered(context, reading) else Outcome.ASKED
    tally.add(outcome, f"{scenario}/{want}", row.text, want, event or _heard_as(reading))


def _score_mood(desk: ReadingDesk, row: EventRow, now: datetime, tally: Tally) -> None:
    scenario = _scenarios(desk, row.family)[0].id
    context, reading = desk.read(row.text, Stated(now, scenario, case=True))
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


def _where_reportable(desk: ReadingDesk, family: str, event: str) -> tuple[str, str]:
    """这件事在哪个场景、哪个阶段报告：这类事的场景优先，没有就看全部；阶段取走得到最快的。"""
    for scenario in (*_scenarios(desk, family), *desk.book.scenarios):
        places = [
            (steps, stage_id)
            for track_id, stage_id, steps in walks(scenario)
            if stage_on(scenario, stage_id, track_id).event(event) is not None
        ]
        if places:
            return scenario.id, min(places)[1]
    raise UnknownContextError(f"没有哪个场景能报告“{event}”")


def _scenarios(desk: ReadingDesk, family: str) -> list[Scenario]:
    return [desk.scenario(scenario_id) for scenario_id in _FAMILIES.get(family, (family,))]
