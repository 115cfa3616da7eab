"""labelled.yaml：几类事说的场景都有，例句里的类都认得；评分看的多过训练用的。"""

import json
from pathlib import Path

from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.labelled import load_labelled

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"


def test_every_family_names_scenarios_there_are() -> None:
    known = {scenario.id for scenario in load_rulebook().scenarios}

    for family in load_labelled().families:
        assert {*family.scenarios, *family.also} <= known
        assert load_labelled().every(family.id) == (*family.scenarios, *family.also)


def test_every_family_of_the_examples_is_known() -> None:
    known = {family.id for family in load_labelled().families}
    told = {
        json.loads(line)["family"]
        for path in EXAMPLES.glob("events-*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    }

    assert told
    assert told <= known


def test_what_is_no_family_is_a_scenario_itself() -> None:
    assert load_labelled().every("refund-only") == ("refund-only",)
    assert load_labelled().own("refund-only") == ()
