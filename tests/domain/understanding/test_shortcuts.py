"""为了快而少找的几处：没去找的，找了也没有。"""

import json
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.interview.interview import NOT_SURE
from nonebot_plugin_refund.domain.understanding.days.date_mentions import FINDERS
from nonebot_plugin_refund.domain.understanding.options import Phrases, match_options
from nonebot_plugin_refund.domain.understanding.writing.text import normalise
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
EVERY = 150


@pytest.fixture(scope="module")
def said() -> list[str]:
    """例句里每隔一百来句取一句。"""
    lines = (line for file in sorted(EXAMPLES.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
    return [json.loads(line)["text"] for line in islice(lines, 0, None, EVERY)]


def test_a_day_is_looked_for_wherever_it_may_be_written(said: list[str]) -> None:
    for text in map(normalise, said):
        for needed, finder in FINDERS:
            assert not needed.isdisjoint(text) or not list(finder(text, NOW)), (text, finder)


def test_leaving_options_out_changes_no_answer(said: list[str]) -> None:
    questions = [
        (question.options, question.kind is QuestionKind.MULTI)
        for scenario in load_rulebook().scenarios
        for question in scenario.questions
        if question.options
    ]
    for number, text in enumerate(said):
        options, multi = questions[number % len(questions)]
        alone = match_options(text, options, multi=multi)
        if not Phrases((NOT_SURE,)).may_be_added(text, len(options) + 1, multi=multi):
            assert match_options(text, (*options, NOT_SURE), multi=multi) == alone, text
        if not multi and not Phrases(options).may_match(text):
            assert (alone.ids, alone.candidates) == ((), ()), text
