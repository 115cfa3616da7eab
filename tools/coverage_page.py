"""``docs/coverage.md`` 写到的手册编号；那一页是人写的，只能查，不能重做。"""

import re
from collections.abc import Iterator
from pathlib import Path

from nonebot_plugin_refund.rulebook.derived.stage_view import every_timer
from nonebot_plugin_refund.rulebook.loader import Rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario

REFERENCE = re.compile(r"`([a-z][a-z-]*):([a-z0-9][a-z0-9_-]*)`")
"""``场景:编号``，或 ``sources:编号``。"""


def missing_ids(page: str, rulebook: Rulebook) -> list[str]:
    """页面上写到、手册里却没有的编号，按先后。"""
    known = _known_ids(rulebook)
    written = dict.fromkeys(REFERENCE.findall(page))
    return [f"{place}:{item}" for place, item in written if item not in known.get(place, set())]


def missing_from(path: Path, rulebook: Rulebook) -> list[str]:
    """同 :func:`missing_ids`，读 ``path``；没有这一页时没有缺的。"""
    return missing_ids(path.read_text(encoding="utf-8"), rulebook) if path.is_file() else []


def _known_ids(rulebook: Rulebook) -> dict[str, set[str]]:
    """``场景`` -> 它的编号；共用的依据记在 ``sources`` 下。"""
    ids = {one.id: {*_ids_in(one), *rulebook.edition(one.id).sources} for one in rulebook.scenarios}
    ids["sources"] = {source.id for source in rulebook.shared_sources}
    return ids


def _ids_in(scenario: Scenario) -> Iterator[str]:
    for group in (scenario.questions, scenario.facts, scenario.rules, scenario.evidence):
        yield from (item.id for item in group)
    yield from (track.id for track in scenario.tracks)
    yield from (stage.id for stage in scenario.stages)
    yield from (timer.id for timer in every_timer(scenario))
