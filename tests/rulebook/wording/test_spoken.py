"""整句说的词：文件的形状，写错时报什么，程序里的每个意思都有词。"""

from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from nonebot_plugin_refund.dialogue.reading.commands import CommandName
from nonebot_plugin_refund.domain.understanding.controls import ControlKind
from nonebot_plugin_refund.keyword_level import KeywordLevel, read_level
from nonebot_plugin_refund.rulebook.findings import RulebookError
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Outcome
from nonebot_plugin_refund.rulebook.wording_models.spoken import SpokenWords, every_list, load_spoken

FILE = files("nonebot_plugin_refund.rulebook").joinpath("content", "spoken.yaml")
WRITTEN: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_every_meaning_in_the_program_has_words() -> None:
    spoken = load_spoken()

    assert set(spoken.commands.by_id()) == {name.value for name in CommandName}
    assert set(spoken.controls.by_id()) == {kind.value for kind in ControlKind}
    assert set(spoken.outcomes.by_id()) == {outcome.value for outcome in Outcome}
    assert [read_level(level) for level in KeywordLevel] == list(KeywordLevel)


def test_no_word_means_two_commands_or_two_controls_or_two_answers() -> None:
    spoken = load_spoken()
    for tables in (spoken.commands.by_id(), spoken.controls.by_id(), dict(spoken.answers), dict(spoken.emoji)):
        words = [word for table in tables.values() for word in table]
        assert len(words) == len(set(words))


def test_every_list_is_found() -> None:
    found = dict(every_list(load_spoken()))

    assert found["look_closer.5"] == ("改答案",)
    assert found["group.levels.off"] == ("关", "关闭", "关掉", "off")
    assert len(found) > 60


@pytest.mark.parametrize(
    ("place", "words", "message"),
    [
        (("resume",), ["继续", "继续"], "写了两遍"),
        (("switch",), ["换", 2], "是编号"),
        (("thanks",), [], "at least 1"),
        (("commands", "menu"), [True], "valid string"),
        (("controls", "restart"), ["重来"], "not permitted"),
    ],
)
def test_a_planted_fault_is_refused(place: tuple[str, ...], words: list[Any], message: str) -> None:
    planted = deepcopy(WRITTEN)
    table = planted
    for key in place[:-1]:
        table = table[key]
    table[place[-1]] = words

    with pytest.raises(ValidationError, match=message):
        SpokenWords.model_validate(planted)


@pytest.mark.parametrize("name", ["spoken.yaml", "moods.yaml"])
def test_an_operators_copy_is_refused_with_a_cure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("version: 1\n", encoding="utf-8")

    with pytest.raises(RulebookError) as refused:
        load_rulebook(tmp_path)

    (finding,) = refused.value.findings
    assert (finding.file, finding.check) == (str(tmp_path / name), "packaged-only")
    assert "请删掉" in finding.message
