"""检查一本手册：每一项检查是一个模块里的一个函数，互不依赖。"""

from datetime import date

from ..findings import Finding
from ..loader import Rulebook
from . import asides, coverage, hearing, papers, recognition, references, sources, stages, texts
from .report import Report


def lint_rulebook(rulebook: Rulebook, today: date) -> list[Finding]:
    """查出手册的全部问题，按文件和行号排好；没有问题时为空。

    Args:
        rulebook: 读好的手册。
        today: 今天（上海日历日），用来判断哪些依据该重新核对了。
    """
    findings: list[Finding] = []
    for loaded in rulebook.loaded:
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
    return sorted(set(findings))
