"""数例句够不够：``uv run python -m tools.count_examples``。

每道选择题、是非题的每个选项要五十句回答，多选题每项三十句、六十句几样一起说的，每题十二句“不清楚”、十二句没有在答；每件事
六十句没问就说的、三十句问过之后说的；此外各类话各有总数。不够的逐条列出，以 1 退出。
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE, UNSURE
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .training import corpus

_OPTION, _OF_SEVERAL, _TOGETHER, _NO_ANSWER = 50, 30, 60, 12
_BLUE, _ASKED = 60, 30
_NOT_REPORTED = {"if", "plan", "negation", "negated", "wish", "quotation", "quote", "quoted", "hearsay"}
APART = corpus.EXAMPLES.parent / "events-apart.jsonl"
"""手册后来添的事：例句写好了，权重还没有拿它们训练。"""


@dataclass(frozen=True, slots=True)
class Counted:
    """一样东西有几句，要几句。"""

    what: str
    count: int
    needed: int

    @property
    def is_short(self) -> bool:
        """不够。"""
        return self.count < self.needed


def counted() -> list[Counted]:
    """全部要数的。"""
    return [*_replies(), *_events(), *_totals()]


def _replies() -> Iterator[Counted]:
    given = Counter((reply.head, answer) for reply in corpus.replies() for answer in reply.answers)
    together = Counter(reply.head for reply in corpus.replies() if len(reply.answers) > 1)
    for head, question in corpus.questions().items():
        several = question.kind is QuestionKind.MULTI
        if not several and question.kind not in (QuestionKind.CHOICE, QuestionKind.YESNO):
            continue
        for option in [option.id for option in question.options] or ["yes", "no"]:
            yield Counted(f"{head}={option}", given[head, option], _OF_SEVERAL if several else _OPTION)
        for answer in (UNSURE, NONE):
            yield Counted(f"{head}={answer}", given[head, answer], _NO_ANSWER)
        if several:
            yield Counted(f"{head} 几样一起", together[head], _TOGETHER)


def _events() -> Iterator[Counted]:
    blue, asked = Counter[str](), Counter[str]()
    for row in [*_rows("events-*.jsonl"), *_lines(APART.read_text(encoding="utf-8"))]:
        wanted: list[str] = [row["want"]] if isinstance(row["want"], str) else row["want"] or []
        (asked if row.get("mode") in ("asked", "answer") else blue).update(wanted)
    for event in sorted(frozenset[str]().union(*corpus.events_of().values())):
        yield Counted(f"{event} 没问就说", blue[event], _BLUE)
        yield Counted(f"{event} 问过之后", asked[event], _ASKED)


def _totals() -> Iterator[Counted]:
    news, purposes = corpus.news(), corpus.purposes()
    moods = Counter(one.mood for one in news if not one.events)
    danger = Counter(
        row["danger"] is not None for pattern in ("danger-*.jsonl", "alarms-*.jsonl") for row in _rows(pattern)
    )
    yield Counted("标了打听的问句", sum(len(one.topic.asked) for one in corpus.rulebook().topics), 1500)
    yield Counted("改正", sum(one.intent == "corrected" for one in purposes), 500)
    yield Counted("危险", danger[True], 800)
    yield Counted("像危险又不是", danger[False], 1500)
    yield Counted("第一句话，标了答案", sum(bool(opening.facts) for opening in corpus.openings()), 1000)
    yield Counted("假设、打算、否定、转述、别人的", sum(moods[mood] for mood in _NOT_REPORTED), 600)
    yield Counted("写的人", len({row["writer"] for row in _rows("*.jsonl")}), 12)


def _rows(pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(corpus.EXAMPLES.glob(pattern)):
        yield from _lines(path.read_text(encoding="utf-8"))


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    everything, totals = counted(), list(_totals())
    for one in everything:
        if one.is_short or one in totals:
            sys.stdout.write(f"{'不够 ' if one.is_short else ''}{one.what}：{one.count}（要 {one.needed}）\n")
    for kind in ("=", "没问就说", "问过之后"):
        fewest = min((one for one in everything if kind in one.what), key=lambda one: one.count / one.needed)
        sys.stdout.write(f"最少的：{fewest.what} {fewest.count}（要 {fewest.needed}）\n")
    sys.exit(1 if any(one.is_short for one in everything) else 0)
