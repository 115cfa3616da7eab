"""一字不差照着列出来的名称说，听成的就是那一件；刚列过一件案件的几种进展，接着说的就是那一件案件的。"""

from dataclasses import replace

import pytest

from nonebot_plugin_refund.dialogue.reading import awaits, intents
from nonebot_plugin_refund.dialogue.reading.read import read
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from tests.dialogue.situations import CASE_CODE, OTHER_CODE, in_stage, reader

STAGES = [
    (scenario.id, stage.id)
    for scenario in reader().book.scenarios
    for stage in scenario.stages
    if scenario.tracks and stage.events
]


@pytest.mark.parametrize(("scenario", "stage"), STAGES)
@pytest.mark.parametrize("asked", [False, True], ids=["没问过", "刚列过"])
def test_the_name_of_what_happened_is_heard_as_it(scenario: str, stage: str, asked: bool) -> None:
    context = in_stage(scenario, stage, asked=asked)
    assert context.matter is not None
    events = context.matter.stage.events
    for event in events:
        reading = read(context, Utterance(event.label))
        named = {each.id for each in events if each.label == event.label}
        assert isinstance(reading.first, intents.Reported), (event.label, reading)
        assert reading.first.event in named, (event.label, reading)


def test_what_follows_a_list_is_about_the_case_it_was_about() -> None:
    tip = in_stage("live-tip", "submitted", asked=False)
    shop = in_stage("shop-return", "platform", asked=False)
    assert tip.matter is not None
    assert shop.matter is not None
    other = replace(shop.matter, code=OTHER_CODE)
    listed = awaits.PickMeaning(case=CASE_CODE, events=("agreed", "ask-more"))
    both = replace(tip, matters=(other, tip.matter))

    without = read(both, Utterance("平台同意退了 全退")).first
    after = read(replace(both, awaits=listed), Utterance("平台同意退了 全退")).first

    assert isinstance(without, intents.Reported)
    assert isinstance(after, intents.Reported)
    assert (without.case, after.case, after.event) == (OTHER_CODE, CASE_CODE, "agreed")
