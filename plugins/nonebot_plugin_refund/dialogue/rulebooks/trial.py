"""换手册之前先看：哪些场景变了，没结案的案件各归哪一类。什么也不改。"""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.case.edition_changes import ChangeClass
from ...domain.days.calendar import WorkCalendar
from ...rulebook.edition import Edition
from ...rulebook.loader import Rulebook
from ...storage.case import edition_moves
from .editions import Editions
from .mover import tried_on

MOST_TRIED = 300
"""每个场景至多试这么多件案件：主人等着回话，几十万件没法当场一件件试。"""


@dataclass
class TrialReport:
    """试换的结果。"""

    added: list[str] = field(default_factory=list[str])
    """多出来的场景，标题；下同。"""
    changed: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])
    words_changed: bool = False
    """识别用的词、闲话或打听变了。"""
    cases: Counter[ChangeClass] = field(default_factory=Counter[ChangeClass])
    """试过的案件各归哪一类。"""
    untried: int = 0
    """太多了没有试的案件。"""

    @property
    def is_empty(self) -> bool:
        """换不换都一样。"""
        return not (self.added or self.changed or self.removed or self.words_changed)


async def report_on(session: AsyncSession, editions: Editions, book: Rulebook, calendar: WorkCalendar) -> TrialReport:
    """由现在用的换成 ``book`` 会怎样。"""
    now, then = editions.digests(), digests_of(book)
    report = report_of(editions.rulebook, book)
    for scenario_id, digest in await edition_moves.kept_editions(session):
        target = book.edition(scenario_id) if scenario_id in then else None
        touched = scenario_id in now and (target is None or target.digest != now[scenario_id])
        if touched and (target is None or target.digest != digest):
            await _try_cases(session, editions, scenario_id, digest, target, calendar, report)
    return report


def report_of(now: Rulebook, then: Rulebook) -> TrialReport:
    """只比两本手册，不看案件。"""
    before, after = digests_of(now), digests_of(then)
    titles = {item.id: item.title for item in (*now.scenarios, *then.scenarios)}
    return TrialReport(
        added=[titles[key] for key in after if key not in before],
        changed=[titles[key] for key, digest in after.items() if key in before and before[key] != digest],
        removed=[titles[key] for key in before if key not in after],
        words_changed=_words(then) != _words(now),
    )


def digests_of(book: Rulebook) -> dict[str, str]:
    """每个场景的版本的指纹。"""
    return {item.id: book.edition(item.id).digest for item in book.scenarios}


def _words(book: Rulebook) -> tuple[object, ...]:
    """识别用的词、闲话和打听：都不在版本的指纹里，单独比。"""
    heard = {scenario.id: scenario.recognised_by for scenario in book.scenarios if scenario.recognised_by}
    return book.signal_additions, book.asides, book.topics, heard


async def _try_cases(
    session: AsyncSession,
    editions: Editions,
    scenario_id: str,
    digest: str,
    target: Edition | None,
    calendar: WorkCalendar,
    report: TrialReport,
) -> None:
    found = await edition_moves.open_cases_on(session, scenario_id, digest, 0, MOST_TRIED)
    for record in found:
        trial = await tried_on(session, editions, record, target, calendar)
        report.cases[trial.change.kind if trial else ChangeClass.PINNED] += 1
    if len(found) == MOST_TRIED:
        report.untried += await edition_moves.count_open_on(session, scenario_id, digest) - len(found)
