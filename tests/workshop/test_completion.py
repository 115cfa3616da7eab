"""YAML 里打字时这里能写什么：键照 Schema，id 照随包的；写到一半、读不进来也看得出。"""

import pytest

from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.workshop.editing.completion import completion_at, edit_end
from nonebot_plugin_refund.workshop.editing.targets import targets_of

TARGETS = targets_of(load_rulebook())
OPTION = "scenario: top-up\nquestions:\n  - id: problem\n    options:\n      - id: double\n        "


def offered(text: str, name: str = "top-up.yaml") -> list[str]:
    """``|`` 那里能写的。"""
    found = completion_at(text.replace("|", ""), text.index("|"), name, TARGETS)
    return [] if found is None else [one.text for one in found.suggestions]


@pytest.mark.parametrize(
    ("text", "name", "among"),
    [
        ("|", "top-up.yaml", {"scenario", "id", "opening"}),
        ("scenario: |", "top-up.yaml", {"top-up", "live-tip", "appeal"}),
        ("scenario: top-up\nquestions:\n  - id: |", "top-up.yaml", {"problem", "bill"}),
        ("scenario: top-up\nquestions:\n- id: |", "top-up.yaml", {"problem", "bill"}),
        ("scenario: top-up\nquestions:\n  - id: problem\n    options:\n      - id: |", "top-up.yaml", {"double"}),
        (f"{OPTION}|", "top-up.yaml", {"label", "aliases", "remove", "put_after"}),
        (f"{OPTION}label: 字\n  - id: bill\n    |", "top-up.yaml", {"text", "options", "why"}),
        ("scenario: top-up\nquestions:\n  - id: problem\n    kind: |", "top-up.yaml", {"choice", "date"}),
        ("scenario: top-up\nstages:\n  - id: prepare\n    timers:\n      - id: |", "top-up.yaml", {"credit-24-hours"}),
        ("scenario: top-up\npapers:\n  items:\n    - id: complaint\n      |", "top-up.yaml", {"use", "fill", "title"}),
        ("scenario: top-up\nrules:\n  - id: 写坏了\n   opening：\n  - id: bill-un|", "top-up.yaml", {"bill-unchecked"}),
        ("frames:\n  - id: |", "papers.yaml", {"complaint", "to-service"}),
        ("topics:\n  - id: sev|", "my.yaml", {"seven-days"}),
        ("asides:\n  - id: greeting\n    |", "asides.yaml", {"said", "answer"}),
    ],
)
def test_what_may_be_written_here(text: str, name: str, among: set[str]) -> None:
    assert among <= set(offered(text, name))


@pytest.mark.parametrize("text", ["scenario: top-up\nopening: 充值|", "# 说明 |", "scenario: top|-up", "nosuch:\n  a|"])
def test_nothing_is_offered_where_nothing_is_known(text: str) -> None:
    assert offered(text) == []


def test_what_is_written_already_is_not_offered_again() -> None:
    assert "label" not in offered(f"{OPTION}label: 字\n        |")
    assert "opening" not in offered("scenario: top-up\n|\nopening: 慢慢来\n")
    assert "id" not in offered("scenario: top-up\n|")


def test_the_half_that_is_typed_is_replaced() -> None:
    text = "scenario: top-up\nop"
    found = completion_at(text, len(text), "top-up.yaml", TARGETS)

    assert found is not None
    assert found.applied(text, found.suggestions[0]) == "scenario: top-up\nopening: "


@pytest.mark.parametrize(
    ("before", "after", "end"),
    [("ab\n", "ab\n  x", 6), ("abc", "abxc", 3), ("aa", "aaa", 3), ("abc", "ac", 1), ("", "a", 1), ("a", "", 0)],
)
def test_the_end_of_what_was_just_changed(before: str, after: str, end: int) -> None:
    assert edit_end(before, after) == end
