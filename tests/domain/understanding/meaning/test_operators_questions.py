"""操作者自己的题：只有别名和每项五句例句，没见过的话也听得出；没有在答的不当成回答。"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.options.learnt_answers import heard_answer
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import Misread, read_answer
from nonebot_plugin_refund.domain.understanding.meaning import options
from nonebot_plugin_refund.domain.understanding.meaning.weights import weights_of, weights_read
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import read_yaml

DATA = Path(__file__).parents[3] / "data" / "operators-questions.yaml"
EXAMPLE = Path(__file__).parents[4] / "data" / "examples" / "rulebook"
NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
ASKED: list[Mapping[str, Any]] = read_yaml(DATA).data


def question_of(asked: Mapping[str, Any], *, with_examples: bool) -> Question:
    options = [
        {
            "id": option["id"],
            "label": option["label"],
            "aliases": [*option["aliases"], *(option["examples"] if with_examples else ())],
        }
        for option in asked["options"]
    ]
    own = {key: asked[key] for key in ("id", "short", "text", "why")}
    return Question.model_validate({**own, "kind": "choice", "options": options})


def heard(question: Question, scenario: str, said: str) -> Answer | Misread:
    return heard_answer(scenario, question, said, read_answer(question, said, NOW))


def counted(written: Iterable[str], *, with_examples: bool = True) -> Counter[str]:
    """记对（recorded）、问回去时列着（offered）、第一个就是（first）、再问（asked）、记错（wrong）各多少句。"""
    found: Counter[str] = Counter()
    for asked in ASKED:
        question = question_of(asked, with_examples=with_examples)
        for option in asked["options"]:
            for said in (said for key in written for said in option[key]):
                read = heard(question, asked["scenario"], said)
                found["all"] += 1
                if isinstance(read, Answer):
                    found["recorded" if read.value == option["id"] else "wrong"] += 1
                    continue
                offered = [one.id for one in read.options]
                found["offered" if option["id"] in offered else "asked"] += 1
                found["first"] += offered[:1] == [option["id"]]
    return found


def test_five_examples_an_option_are_enough_to_read_most_of_what_was_never_seen() -> None:
    found = counted(("unseen", "afterwards"))

    assert found["all"] >= 150
    assert found["recorded"] + found["first"] >= 0.7 * found["all"], found
    assert found["recorded"] + found["offered"] >= 0.85 * found["all"], found
    assert found["wrong"] <= 0.04 * found["all"], found


def test_examples_are_worth_writing() -> None:
    assert counted(("unseen",))["recorded"] >= 1.3 * counted(("unseen",), with_examples=False)["recorded"]


def test_what_is_no_answer_is_never_recorded() -> None:
    recorded = [
        said
        for asked in ASKED
        for said in asked["beside"]
        if isinstance(heard(question_of(asked, with_examples=True), asked["scenario"], said), Answer)
    ]
    assert recorded == []


def test_i_do_not_know_is_no_option() -> None:
    lines = [(asked, said) for asked in ASKED for said in asked["unsure"]]
    reads = [heard(question_of(asked, with_examples=True), asked["scenario"], said) for asked, said in lines]
    assert sum(isinstance(read, Answer) and not read.is_unsure for read in reads) <= 1


@pytest.mark.parametrize("said", ["不是质量问题，就是不想要了", "不是收到就坏了"])
def test_what_is_denied_is_not_recorded(said: str) -> None:
    asked = ASKED[0]
    read = heard(question_of(asked, with_examples=True), asked["scenario"], said)
    assert not (isinstance(read, Answer) and read.value == "faulty")


def test_an_option_that_was_said_word_for_word_is_taken_as_it_is() -> None:
    asked = ASKED[0]
    question = question_of(asked, with_examples=False)
    for option in asked["options"]:
        for said in (option["label"], *option["aliases"]):
            assert heard(question, asked["scenario"], said) == Answer(option["id"])


def test_a_trained_question_needs_no_preparing_and_a_stop_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(options, "prepare", lambda question: prepared.append(question.id))
    packaged = load_rulebook().scenarios
    own = load_rulebook(EXAMPLE).scenarios

    weights_of.cache_clear()
    options.prepare_untrained(packaged)
    assert prepared == []
    assert weights_read() == 0  # 只看有没有学过，不为它把权重读进来
    options.prepare_untrained(own, lambda: True)
    assert prepared == []
    options.prepare_untrained(own)
    assert prepared == ["condition", "goods"]
