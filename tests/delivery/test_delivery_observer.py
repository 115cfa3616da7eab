"""旁观者：提交之后才听到，听到的与库里一样。"""

from collections.abc import Callable
from typing import Any

import pytest

from nonebot_plugin_refund.delivery.messenger import NotConnected, OutcomeUnknown, Rejected
from nonebot_plugin_refund.delivery.spacing import Spacing
from nonebot_plugin_refund.delivery.worker import DeliveryWorker
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState

World = Any


class Watching:
    """记下听到的。"""

    def __init__(self) -> None:
        self.endings: list[ReminderState] = []
        self.failures: list[str] = []

    def reminder_ended(self, ending: ReminderState) -> None:
        self.endings.append(ending)

    def delivery_failed(self, kind: str) -> None:
        self.failures.append(kind)


def _watched(world: World, watching: Watching) -> DeliveryWorker:
    spacing = Spacing(world.settings.spacing, world.settings.jitter, sleep=world.time.sleep)
    parts = (world.database, world.messenger, world.composer, world.clock, world.settings)
    return DeliveryWorker(*parts, spacing=spacing, observer=watching)


async def test_every_reminder_of_a_merged_message_is_told(world: World) -> None:
    await world.open_case(hours=(0, 1))
    world.clock.advance(hours=1)
    watching = Watching()
    await _watched(world, watching).run_once()
    assert (watching.endings, watching.failures) == ([ReminderState.SENT] * 2, [])


@pytest.mark.parametrize("kind", ["transient", "unreachable", "permanent"])
async def test_a_rejection_is_told_by_its_kind(world: World, rejected: Callable[[str], Rejected], kind: str) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [rejected(kind)]
    watching = Watching()
    await _watched(world, watching).run_once()
    assert watching.failures == [kind]
    assert watching.endings == ([ReminderState.DEAD] if kind == "permanent" else [])
    assert await world.states() == ["dead" if kind == "permanent" else "pending"]


@pytest.mark.parametrize(
    ("outcome", "kind"), [(OutcomeUnknown("timeout"), "unknown"), (NotConnected(), "not_connected")]
)
async def test_silence_and_a_lost_line_are_told(world: World, outcome: Exception, kind: str) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [outcome]
    watching = Watching()
    await _watched(world, watching).run_once()
    assert (watching.endings, watching.failures) == ([], [kind])


async def test_waiting_for_the_person_is_told(world: World) -> None:
    await world.open_case()
    world.messenger.friends["10001"] = False
    watching = Watching()
    await _watched(world, watching).run_once()
    assert watching.endings == [ReminderState.WAITING]


async def test_what_was_not_committed_is_not_told(world: World, crash_plan: Callable[..., Any]) -> None:
    """了结的事务没提交成就不算：崩在它提交之前。"""
    await world.open_case()
    plan = crash_plan()
    world.restart(plan)
    await _watched(world, Watching()).run_once()
    settling = len(plan.steps) - plan.steps[::-1].index("before receipt") + 2
    await world.open_case("2")
    plan = crash_plan(at=settling)
    world.restart(plan)
    watching = Watching()
    await _watched(world, watching).run_once()
    assert (plan.crashed, plan.steps[-1]) == (True, "before commit")
    assert watching.endings == []
