"""一个场景的检查报告：收集问题，并把位置换成行号。"""

from dataclasses import dataclass, field

from ..findings import Finding, Location
from ..loader import LoadedScenario
from ..overlays.error_places import blamed
from ..scenario_models.models import Scenario


@dataclass(slots=True)
class Report:
    """收集一个场景的问题。"""

    loaded: LoadedScenario
    findings: list[Finding] = field(default_factory=list[Finding])

    @property
    def scenario(self) -> Scenario:
        """正在检查的场景。"""
        return self.loaded.scenario

    def add(self, check: str, item_id: str, location: Location, message: str) -> None:
        """记下一个问题。

        Args:
            check: 检查项的名字。
            item_id: 出问题的那一项的 id。
            location: 它在拼装好的场景里的位置；照用来的，指着它原来写着的那个文件；
                错出在操作者改的地方的，改指那里。
            message: 哪里不对、怎么改。
        """
        place = self.loaded.place(location)
        finding = Finding(place.file, place.line, item_id, check, message)
        self.findings.append(blamed(finding, self.loaded.changes, location))
