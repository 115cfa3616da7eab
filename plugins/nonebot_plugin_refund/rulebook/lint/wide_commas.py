"""一列词里用了全角的逗号：几个词当成了一个，永远听不见。"""

from collections.abc import Iterator

from ..findings import Location
from .report import Report


def check(report: Report) -> None:
    """检查一个场景的各列词。"""
    for item_id, location, words in _lists(report):
        for word in words:
            if "，" in word:
                message = f"“{word}”里的逗号是全角的，几个词当成了一个；换成半角的逗号"
                report.add("wide-comma", item_id, location, message)


def _lists(report: Report) -> Iterator[tuple[str, Location, tuple[str, ...]]]:
    scenario = report.scenario
    yield scenario.id, ("names",), scenario.names
    for index, question in enumerate(scenario.questions):
        yield question.id, ("questions", index, "heard_by"), question.heard_by
        for position, option in enumerate(question.options):
            yield option.id, ("questions", index, "options", position, "aliases"), option.aliases
    for index, event in enumerate(scenario.events):
        yield event.id, ("events", index, "said"), event.said
