"""检查一本手册：每一项检查是一个模块里的一个函数，互不依赖。"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from ..findings import Finding
from ..loader import Rulebook
from . import differences, entrances, wide_commas
from .report import Report
from .scenario import coverage, hearing, papers, recognition, references, sources, texts
from .shared import catalogue, repeated, shared_evidence, shared_papers, shared_stages
from .stages import clocks, event_flags, events, stages, tracks
from .wording import asides, concepts, topics


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
        findings.extend(_of_scenario(Report(loaded), rulebook, today))
    findings.extend(_of_shared_files(rulebook, today))
    written = [*rulebook.shared.stage_documents, *(loaded.document for loaded in rulebook.loaded)]
    findings.extend(repeated.check(item for item in written if not wanted or _is_within(item.file, wanted)))
    return sorted(finding for finding in set(findings) if not wanted or _is_within(finding.file, wanted))


def _of_scenario(report: Report, rulebook: Rulebook, today: date) -> list[Finding]:
    references.check(report, rulebook)
    hearing.check(report)
    recognition.check(report)
    coverage.check(report)
    stages.check(report)
    clocks.check(report)
    tracks.check(report)
    events.check(report)
    event_flags.check(report)
    sources.check(report, rulebook, today)
    papers.check(report, rulebook, today)
    texts.check(report)
    wide_commas.check(report)
    return report.findings


def _of_shared_files(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    yield from sources.check_shared(rulebook, today)
    yield from asides.check(rulebook)
    yield from topics.check(rulebook, today)
    yield from entrances.check(rulebook)
    yield from catalogue.check(rulebook)
    yield from event_flags.check_catalogue(rulebook)
    yield from shared_stages.check(rulebook)
    yield from shared_evidence.check(rulebook)
    yield from shared_papers.check(rulebook)
    yield from concepts.check(rulebook)
    yield from differences.check(rulebook, today)


def _is_within(file: str, wanted: Sequence[Path]) -> bool:
    """``file`` 是不是其中一个文件，或在其中一个文件夹里。"""
    resolved = Path(file).resolve()
    return any(resolved.is_relative_to(path) for path in wanted)
