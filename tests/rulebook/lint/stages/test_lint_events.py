"""检查：事件不在目录里、没人用、说法不能用、同一个阶段里分不清、会不会结束写得对不对。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.dialogue.reading.commands import Command, parse_command
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.controls import parse_control
from nonebot_plugin_refund.rulebook.wording_models.reserved_words import RESERVED
from nonebot_plugin_refund.rulebook.wording_models.spoken import load_spoken
from tests.rulebook.small_book import PlantedBook

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
STOP = "  - {id: stop, label: 不退了, by: me, ends: true, gives_up: true}"


def test_an_event_nobody_wrote_down_is_refused_where_it_is_used(book: PlantedBook) -> None:
    book.plant("{on: applied, to: waiting}", "{on: aplied, to: waiting}")

    finding = book.expect("unknown-event", "aplied", "      - {on: aplied")

    assert "events.yaml" in finding.message


def test_an_event_written_twice_is_found(book: PlantedBook) -> None:
    book.plant(STOP, f"{STOP}\n  - {{id: stop, label: 算啦, by: me}}")

    book.expect("duplicate-id", "stop", "  - {id: stop, label: 算啦")


def test_an_event_of_ones_own_that_no_stage_uses_is_found(book: PlantedBook) -> None:
    book.plant(STOP, f"{STOP}\n  - {{id: waited, label: 等了很久, by: merchant}}")

    assert "用上它" in book.expect("unused-id", "waited", "  - {id: waited").message


@pytest.mark.parametrize("saying", ["进度", "算了", "更新", "HELP", "２"])
def test_a_saying_that_means_something_else_is_found(book: PlantedBook, saying: str) -> None:
    book.plant("said: [申请了]", f'said: [申请了, "{saying}"]')

    finding = book.expect("reserved-saying", "applied", "  - {id: applied")

    assert saying in finding.message
    assert "换一种说法" in finding.message


def test_a_saying_on_a_line_of_its_own_is_pointed_at(book: PlantedBook) -> None:
    book.plant("said: [申请了]}", 'said: [申请了,\n      "三"]}')

    book.expect("reserved-saying", "applied", '      "三"')


def test_the_reserved_words_are_the_commands_and_the_control_words() -> None:
    """命令和控制语的词只写在 spoken.yaml 里：读得懂的，事件的说法都不能用。"""
    spoken = load_spoken()
    commands = [word for words in spoken.commands.by_id().values() for word in words]
    controls = [word for words in spoken.controls.by_id().values() for word in words]
    assert {*commands, *controls} <= RESERVED
    assert [word for word in commands if not isinstance(parse_command(word, {}), Command)] == []
    assert [word for word in controls if parse_control(word, NOW) is None] == []
    assert {"进度", "算了", "推迟"} <= RESERVED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by: me, ends: true, gives_up: true}", "by: me, ends: true, gives_up: true, said: [申请了]}"),
        ("label: 不退了, by: me", "label: 申请了, by: me"),
    ],
)
def test_two_events_of_one_stage_may_not_share_a_saying(book: PlantedBook, old: str, new: str) -> None:
    book.plant(old, new)

    finding = book.expect("shared-saying", "stop", "      - {on: stop")

    assert "applied" in finding.message
    assert "说得具体些" in finding.message


def test_two_sayings_that_meet_only_through_a_concept_are_found(book: PlantedBook) -> None:
    book.plant("said: [申请了]", "said: [跟<家长>说了]")
    book.plant("gives_up: true}", "gives_up: true, said: [跟妈妈说了]}")

    assert "跟妈妈说了" in book.expect("shared-saying", "stop", "      - {on: stop").message


def test_events_listed_on_different_tracks_may_share_a_saying(book: PlantedBook) -> None:
    book.plant("gives_up: true}", "gives_up: true, said: [申请了]}")
    book.plant("  - {id: claim, start: ask}", "  - {id: claim, start: apply}")
    book.plant("{on: applied, to: waiting}", "{on: applied, to: ask, when: {track: claim}}")
    book.plant("{on: stop, to: withdrawn}", "{on: stop, to: withdrawn, when: {track: return}}")

    assert "shared-saying" not in {finding.check for finding in book.findings()}


def test_an_event_listed_twice_in_one_stage_is_found(book: PlantedBook) -> None:
    book.plant(
        "{on: stop, to: withdrawn}", "{on: stop, to: withdrawn}\n      - {on: stop, to: refunded, label: 又不退了}"
    )

    assert "when" in book.expect("duplicate-id", "stop", "      - {on: stop, to: refunded").message


def test_an_event_that_closes_the_case_wherever_it_is_used_must_say_that_it_ends(book: PlantedBook) -> None:
    book.plant("label: 同意了, by: merchant, ends: true}", "label: 同意了, by: merchant}")

    finding = book.expect("event-flag", "agreed", "  - {id: agreed")

    assert "ends: true" in finding.message


def test_an_event_that_closes_the_case_in_some_places_only_need_not_say_so(book: PlantedBook) -> None:
    """“拒绝了”有一处只是换个地方接着谈；真到终点的那几处，记之前本来就会问。"""
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")

    assert "{on: refused, to: arbitration}" in text
    assert "{on: refused, to: lost}" in text
    assert "{id: refused, label: 拒绝了, by: merchant}" in text
    assert book.findings() == []


def test_giving_up_counts_as_ending(book: PlantedBook) -> None:
    book.plant("by: me, ends: true, gives_up: true}", "by: me, gives_up: true}")

    assert book.findings() == []


def test_an_event_that_says_it_ends_but_never_does_is_found(book: PlantedBook) -> None:
    book.plant("by: me, said: [申请了]}", "by: me, ends: true, said: [申请了]}")

    assert "删掉" in book.expect("event-flag", "applied", "  - {id: applied").message
