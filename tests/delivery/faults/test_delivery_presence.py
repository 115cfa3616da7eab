"""QQ 在不在线：桥的话、发送的回答、接连没有回音，各说明什么；掉了线怎样试、怎样回来。"""

import pytest

from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.delivery.presence import (
    FIRST_PROBE,
    LONGEST_BETWEEN_PROBES,
    REPORT_HOLDS,
    Presence,
)

ONE, OTHER = Account("onebot", "1"), Account("onebot", "2")


class Ticks:
    def __init__(self) -> None:
        self.seconds = 0.0
        self.returns = 0

    def returned(self) -> None:
        self.returns += 1


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def presence(ticks: Ticks) -> Presence:
    return Presence(lambda: ticks.seconds, ticks.returned)


def test_an_account_is_online_until_something_says_otherwise(presence: Presence) -> None:
    assert presence.admits(ONE)
    presence.reported_away(ONE)
    assert presence.is_away(ONE)
    assert not presence.admits(ONE)
    assert presence.admits(OTHER)


def test_while_the_bridge_keeps_saying_offline_nothing_is_tried(presence: Presence, ticks: Ticks) -> None:
    for _ in range(200):
        presence.reported_away(ONE)
        assert not presence.admits(ONE)
        ticks.seconds += REPORT_HOLDS.total_seconds() - 1
    presence.is_back(ONE)
    assert presence.admits(ONE)
    assert ticks.returns == 1


def test_a_bridge_that_fell_silent_about_it_is_probed_in_the_end(presence: Presence, ticks: Ticks) -> None:
    presence.reported_away(ONE)
    ticks.seconds += REPORT_HOLDS.total_seconds()
    assert presence.admits(ONE)


def test_only_one_message_probes_and_each_failure_doubles_the_wait(presence: Presence, ticks: Ticks) -> None:
    presence.lost(ONE)
    waits = []
    for _ in range(8):
        began = ticks.seconds
        while not presence.admits(ONE):
            ticks.seconds += 1
        waits.append(ticks.seconds - began)
        assert not presence.admits(ONE), "正有一条在试"
        presence.lost(ONE)
        presence.lost(ONE)
    first, longest = FIRST_PROBE.total_seconds(), LONGEST_BETWEEN_PROBES.total_seconds()
    assert waits[:3] == [first, 2 * first, 4 * first]
    assert waits[-1] == longest


def test_silence_from_one_person_is_theirs_from_two_it_is_the_accounts(presence: Presence) -> None:
    presence.silent(ONE, "a")
    presence.silent(ONE, "a")
    assert not presence.is_away(ONE)
    presence.silent(ONE, "b")
    assert presence.is_away(ONE)


def test_an_answer_in_between_clears_the_suspicion_and_wakes_nobody(presence: Presence, ticks: Ticks) -> None:
    presence.silent(ONE, "a")
    presence.is_back(ONE)
    presence.silent(ONE, "b")
    assert not presence.is_away(ONE)
    assert ticks.returns == 0


def test_a_probe_with_an_unclear_end_lets_the_next_one_try(presence: Presence, ticks: Ticks) -> None:
    presence.lost(ONE)
    ticks.seconds += FIRST_PROBE.total_seconds()
    assert presence.admits(ONE)
    presence.unclear(ONE)
    assert presence.is_away(ONE)
    ticks.seconds += 2 * FIRST_PROBE.total_seconds()
    assert presence.admits(ONE)
