"""检查一本手册：每一项检查是一个模块里的一个函数，互不依赖。"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ..findings import Finding
from ..loader import Rulebook
from . import asides, coverage, entrances, hearing, papers, recognition, references, sources, stages, texts
from .report import Report


def lint_rulebook(rulebook: Rulebook, today: date, only: Sequence[Path] = ()) -> list[Finding]:
    """查出手册的全部问题，按文件和行号排好；没有问题时为空。

    Args:
        rulebook: 读好的手册。
        today: 今天（上海日历日），用来判断哪些依据该重新核对了。
        only: 只查这些文件、这些文件夹里的文件；不给就全查。随包的场景早已查过，操作者的几个文件不必陪它们等。
    """
    wanted = [path.resolve() for path in only]
    findings: list[Finding] = []
    for loaded in rulebook.loaded:
        if wanted and not _is_within(loaded.document.file, wanted):
            continue
        report = Report(loaded)
        references.check(report, rulebook)
        hearing.check(report)
        recognition.check(report)
        coverage.check(report)
        stages.check(report)
        sources.check(report, rulebook, today)
        papers.check(report, rulebook, today)
        texts.check(report)
        findings.extend(report.findings)
    findings.extend(sources.check_shared(rulebook, today))
    findings.extend(asides.check(rulebook))
    findings.extend(entrances.check(rulebook))
    return sorted(finding for finding in set(findings) if not wanted or _is_within(finding.file, wanted))


def _is_within(file: str, wanted: Sequence[Path]) -> bool:
    """``file`` 是不是其中一个文件，或在其中一个文件夹里。"""
    resolved = Path(file).resolve()
    return any(resolved.is_relative_to(path) for path in wanted)
