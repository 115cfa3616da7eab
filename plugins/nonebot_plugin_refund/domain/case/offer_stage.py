"""对方在别的阶段里（如调解中）出了数：那个阶段也要问一声那个数怎么定。"""

from dataclasses import replace

from ...rulebook.derived.stage_view import StageView, stage_on
from ...rulebook.scenario_models.models import Scenario
from .case_routes import known_events
from .cases import CasePosition

OFFER_EVENTS = ("offered-part", "platform-partly")
"""说的是出价的事件。"""


def with_offer_asked(scenario: Scenario, position: CasePosition, stage: StageView) -> StageView:
    """``stage`` 加上出价那个阶段的问候；它自己就是那个阶段、已经了结、没有那个阶段的，原样。"""
    targets = {event.id: event.to for event in known_events(scenario, position)}
    target = next((targets[event] for event in OFFER_EVENTS if event in targets), None)
    if target is None or target == stage.id or stage.outcome is not None:
        return stage
    asked = stage_on(scenario, target, position.track_id).check_ins
    return replace(stage, check_ins=(*stage.check_ins, *asked))
