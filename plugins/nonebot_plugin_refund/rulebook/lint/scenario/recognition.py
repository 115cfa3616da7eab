"""听出场景的词（recognised_by）：太短、写进了互相打架的两列。"""

from ...scenario_models.models import RecognisedBy
from ..report import Report

_SHORTEST = 2
"""少不了的词只有一个字的话，什么话里都会碰上。"""


def check(report: Report) -> None:
    """查一个场景的 recognised_by；没有写的略过。"""
    words = report.scenario.recognised_by
    if words is None:
        return
    for word in words.needs_one_of:
        if len(word) < _SHORTEST:
            _add(report, "word-too-short", "needs_one_of", f"“{word}”只有一个字，到处都会碰上，请写得具体些")
    for word in sorted(set(words.needs_one_of) & set(words.and_one_of)):
        _add(report, "shared-word", "and_one_of", f"“{word}”在 needs_one_of 里也有：光凭它一个就会认成这个场景")
    _check_unless(report, words)


def _check_unless(report: Report, words: RecognisedBy) -> None:
    for word in words.unless:
        for wanted in (*words.needs_one_of, *words.and_one_of):
            if word in wanted:
                _add(report, "never-heard", "unless", f"“{wanted}”里就有“{word}”：两处都写，“{wanted}”等于没写")


def _add(report: Report, check: str, key: str, message: str) -> None:
    report.add(check, report.scenario.id, ("recognised_by", key), message)
