"""一个场景的图上有什么。"""

from ...rulebook.scenario_models.models import Scenario
from .cards import ScenarioMap
from .interview_section import interview_section
from .stage_sections import stage_sections, track_names


def scenario_map(scenario: Scenario) -> ScenarioMap:
    """提问与结论在前，阶段与时限在后；手册有漏洞时抛 ``LookupError``，先用 lint 查。"""
    interview = interview_section(scenario, track_names(scenario))
    title = f"{scenario.title}（{scenario.id}，第 {scenario.version} 版）"
    return ScenarioMap(title, (interview, *stage_sections(scenario)))
