"""战役的结果：一次运行一行 JSON，中断以后接着跑。"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

RESULTS = Path(__file__).with_name("results")
"""结果放在这里；不进版本管理。"""


@dataclass(frozen=True)
class RunResult:
    """一次运行的结果。``counts`` 是各种数目，``violations`` 是违反承诺的地方，空的就是守住了。"""

    index: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, line: str) -> Self:
        """从账本的一行读回来。"""
        return cls(**json.loads(line))


@dataclass(frozen=True)
class Summary:
    """一个战役的总数。"""

    runs: int
    seconds: float
    counts: Counter[str]
    violations: list[tuple[int, str]]

    @classmethod
    def of(cls, results: Iterable[RunResult]) -> Self:
        """把各次运行加起来。"""
        kept = list(results)
        counts: Counter[str] = Counter()
        for result in kept:
            counts.update(result.counts)
        violations = [(result.index, words) for result in kept for words in result.violations]
        return cls(len(kept), sum(result.seconds for result in kept), counts, violations)


class Ledger:
    """一个战役一个种子一本账。"""

    def __init__(self, campaign: str, seed: int, *, resume: bool, folder: Path = RESULTS) -> None:
        """
        Args:
            resume: 接着上次的账往下记；否则另起一本，旧的清掉。
            folder: 账本放在哪个文件夹，没有就建。
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{campaign}-{seed}.jsonl"
        if not resume:
            self.path.unlink(missing_ok=True)

    def results(self) -> dict[int, RunResult]:
        """已经记下的运行，按序号；最后一行可能只写了半截，那一次算没跑。"""
        kept: dict[int, RunResult] = {}
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                try:
                    result = RunResult.of(line)
                except json.JSONDecodeError:
                    continue
                kept[result.index] = result
        return kept

    def append(self, result: RunResult) -> None:
        """记一次运行。"""
        with self.path.open("a", encoding="utf-8") as opened:
            opened.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
