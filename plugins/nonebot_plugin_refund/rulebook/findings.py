"""检查手册时发现的问题，以及它们怎样说给志愿者听。"""

from collections.abc import Sequence
from dataclasses import dataclass

Location = tuple[str | int, ...]
"""在 YAML 里的位置：一层层的键或序号。"""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """一处问题：哪个文件、第几行、哪个 id、哪项检查、怎么改。"""

    file: str
    line: int
    id: str
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.check}] {self.id}: {self.message}"


class RulebookError(Exception):
    """手册有问题，不能用；``findings`` 逐条说明。"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
