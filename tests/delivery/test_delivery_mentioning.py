"""在群里点名还要群里许：关了点名的不点，安静时段里等到它结束，等就会误事的换下一条路。"""

from datetime import time, timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.person import groups
from nonebot_plugin_refund.storage.person.groups import Chosen
from nonebot_plugin_refund.storage.records import Person

World = Any

UNTIL_TWO = QuietHours(time(11), time(14))
"""上海时间 12:00（测试开始的时候）在里面。"""


async def choose(world: World, group: str = "5000", **chosen: Any) -> None:
    """群里改了设置，也许是在别的进程里。"""
    async with world.database.transaction() as session:
        await groups.choose(session, "onebot", group, world.clock.now(), **Chosen(**chosen))


@pytest.fixture
async def stranger(world: World) -> World:
    """同意过点名、却不是好友的人。"""
    await world.consent()
    world.messenger.friends["10001"] = False
    return world


async def test_a_group_that_said_no_sees_no_mention(stranger: World) -> None:
    await choose(stranger, mentions=False)
    await stranger.open_case()
    await stranger.worker().run_once()
    reminder = await stranger.only_reminder()
    assert (reminder.state, reminder.reason, stranger.messenger.calls) == ("waiting", "unreachable", [])


@pytest.mark.parametrize(("by_default", "said", "mentioned"), [(False, None, 0), (False, True, 1), (True, None, 1)])
async def test_what_the_group_said_goes_before_the_operators_default(
    stranger: World, by_default: bool, said: bool | None, mentioned: int
) -> None:
    await choose(stranger, mentions=said)
    await stranger.open_case()
    await stranger.worker(mentions=by_default).run_once()
    assert len(stranger.messenger.calls) == mentioned


async def test_another_group_the_person_came_from_may_do(stranger: World) -> None:
    await choose(stranger, mentions=False)
    await stranger.open_case()
    await stranger.open_case(group="5001")
    await stranger.worker().run_once()
    assert [where for where, _, _ in stranger.messenger.calls] == ["group 5001"]
    assert {delivery.group_id for delivery in await stranger.deliveries()} == {"5001"}


async def test_a_change_of_mind_while_waiting_for_the_slot_counts(
    stranger: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stranger.open_case()
    worker, waits = stranger.worker(), 0

    async def forbid_at_the_second_wait(account: Account) -> None:
        nonlocal waits
        waits += 1
        if waits == 2:  # 头一次是出手之前，第二次是点名之前
            await choose(stranger, mentions=False)

    monkeypatch.setattr(worker._spacing, "wait", forbid_at_the_second_wait)
    await worker.run_once()
    reminder = await stranger.only_reminder()
    assert (waits, stranger.messenger.calls) == (2, [])
    assert (reminder.state, reminder.reason) == ("waiting", "group_declined")


async def test_in_the_groups_quiet_hours_the_mention_waits_for_their_end(stranger: World) -> None:
    await choose(stranger, quiet=UNTIL_TWO)
    await stranger.open_case()
    worker = stranger.worker()
    await worker.run_once()
    reminder = await stranger.only_reminder()
    end = stranger.clock.now() + timedelta(hours=2)
    assert (reminder.state, reminder.reason, reminder.next_try_at) == ("pending", "postponed", end)
    stranger.clock.moment = end
    await worker.run_once()
    assert [where for where, _, _ in stranger.messenger.calls] == ["group 5000"]
    assert await stranger.states() == ["sent"]


@pytest.mark.parametrize("due_in", [1, 2])
async def test_waiting_that_would_pass_the_deadline_means_no_mention_and_the_next_message(
    stranger: World, account: Account, due_in: float
) -> None:
    await choose(stranger, quiet=UNTIL_TWO)
    await stranger.open_case(due_in=due_in)
    worker = stranger.worker()
    await worker.run_once()
    reminder = await stranger.only_reminder()
    assert (reminder.state, reminder.reason, stranger.messenger.calls) == ("waiting", "group_quiet", [])
    assert await worker.next_message.pending(Person("onebot", "10001")) == 1


async def test_after_the_deadline_waiting_costs_nothing_more(stranger: World) -> None:
    await choose(stranger, quiet=UNTIL_TWO)
    await stranger.open_case(due_in=0)
    await stranger.worker().run_once()
    assert (await stranger.only_reminder()).next_try_at == stranger.clock.now() + timedelta(hours=2)


async def test_the_bots_own_quiet_hours_hold_as_well(stranger: World) -> None:
    await choose(stranger, quiet=UNTIL_TWO)
    await stranger.open_case()
    await stranger.worker(quiet=QuietHours(time(11), time(15))).run_once()
    assert (await stranger.only_reminder()).next_try_at == stranger.clock.now() + timedelta(hours=3)


async def test_a_friend_is_told_in_private_whatever_the_group_wants(world: World) -> None:
    await choose(world, mentions=False, quiet=UNTIL_TWO)
    await world.open_case()
    await world.worker().run_once()
    assert [where for where, _, _ in world.messenger.calls] == ["private"]


async def test_outside_its_quiet_hours_a_group_hears_the_mention(stranger: World) -> None:
    await choose(stranger, quiet=QuietHours(time(12, 1), time(11)))
    stranger.clock.advance(seconds=-1)
    await stranger.open_case()
    stranger.clock.advance(seconds=1)
    await stranger.worker().run_once()
    assert [where for where, _, _ in stranger.messenger.calls] == ["group 5000"]
