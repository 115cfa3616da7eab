"""时钟：起算的题、停下的阶段、带起它的路都要对得上，并且总有停的时候。"""

from collections.abc import Mapping

from ...derived.stage_graph import reached_by_tracks
from ...derived.stage_view import is_over
from ...findings import Location
from ...scenario_models.models import Clock, QuestionKind, Scenario
from ..report import Report


def check(report: Report) -> None:
    """查一个场景的时钟，和各条路写的 clocks。"""
    scenario = report.scenario
    reached = reached_by_tracks(scenario)
    for index, clock in enumerate(scenario.clocks):
        spot: Location = ("clocks", index)
        _start(report, clock, spot)
        _until(report, clock, spot)
        _tracks(report, clock, spot, reached)
        if all(length.effective_to is not None for length in clock.lengths):
            report.add("timer-without-length", clock.id, spot, "没有一个现在仍适用的长度")
    known = {clock.id for clock in scenario.clocks}
    for index, track in enumerate(scenario.tracks):
        for clock_id in track.clocks:
            if clock_id not in known:
                message = f"没有叫“{clock_id}”的时钟；检查拼写，或写进 clocks"
                report.add("unknown-id", track.id, ("tracks", index, "clocks"), message)


def _start(report: Report, clock: Clock, spot: Location) -> None:
    dates = {question.id for question in report.scenario.questions if question.kind is QuestionKind.DATE}
    if clock.start not in dates:
        report.add("unknown-id", clock.id, (*spot, "start"), f"没有叫“{clock.start}”的日期题")


def _until(report: Report, clock: Clock, spot: Location) -> None:
    known = {stage.id for stage in report.scenario.stages} | {"closed"}
    for stage_id in clock.until:
        if stage_id not in known:
            message = f"until 里的“{stage_id}”不是本场景的阶段；检查拼写，任何终点写 closed"
            report.add("unknown-id", clock.id, (*spot, "until"), message)


def _tracks(report: Report, clock: Clock, spot: Location, reached: Mapping[str, frozenset[str]]) -> None:
    starting = [track for track in report.scenario.tracks if clock.id in track.clocks]
    if not starting:
        report.add("unused-id", clock.id, spot, "没有一条路带起这个时钟；写进那条路的 clocks，或删掉")
    for track in starting:
        if not _stops_among(report.scenario, clock, reached[track.id]):
            message = f"走“{track.id}”这条路，走不到 until 里的任何一个阶段，时钟停不下来；加上它走得到的，如 closed"
            report.add("clock-without-end", clock.id, (*spot, "until"), message)


def _stops_among(scenario: Scenario, clock: Clock, stage_ids: frozenset[str]) -> bool:
    return any(is_over(clock, stage) for stage in scenario.stages if stage.id in stage_ids)
