"""掉线、查不成、被退回来：提醒都有下一步；回来以后送到，没送到的主人看得见。"""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from nonebot_plugin_refund.delivery.messenger import (
    Account,
    NotConnected,
    OutcomeUnknown,
    Receipt,
    Rejected,
    RejectionKind,
)
from nonebot_plugin_refund.delivery.queue import dead_letters
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.storage.owner import controls
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding.undelivered import OVERDUE, undelivered_count

World = Any
ALICE = Person("onebot", "10001")
TIMEOUT = OutcomeUnknown("Timeout: NTEvent", "1200")
TURNED_DOWN = OutcomeUnknown("消息里有不让发的词", "1200", answered=True)


def refused(kind: RejectionKind, code: str) -> Rejected:
    return Rejected(kind, code, "")


class Talk:
    """与本人的私聊；``breaks`` 决定这一句发不发得出去。"""

    def __init__(self, breaks: Callable[[str | None], Exception | None] = lambda _: None) -> None:
        self.breaks = breaks
        self.heard: list[str | None] = []

    async def __call__(self, on_top: str | None) -> Receipt:
        error = self.breaks(on_top)
        if error is not None:
            raise error
        self.heard.append(on_top)
        return Receipt("m")


async def _speak(world: World, worker: Any, account: Account, talk: Talk) -> None:
    try:
        await worker.next_message.deliver_with_reply(account, ALICE, talk)
    except (Rejected, OutcomeUnknown, NotConnected):
        return


async def test_what_history_disproves_is_a_plain_retry_as_often_as_it_takes(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    world.messenger.history_offered = True
    world.messenger.behaviours["10001"] = ["lose"] * 6
    await world.run_until_settled()
    settled = await world.only_reminder()
    assert world.messenger.received_by("10001") == [f"<{reminder.id}>"], "查过都没送到：送一次，不注明重复"
    assert (settled.state, settled.unknowns, settled.disproved) == ("sent", 6, 6)


async def test_what_history_disproved_does_not_count_once_history_can_no_longer_be_read(world: World) -> None:
    await world.open_case()
    world.messenger.history_offered = True
    world.messenger.behaviours["10001"] = ["lose"] * 4
    worker = world.worker()
    for _ in range(40):
        await worker.run_once()
        world.clock.advance(minutes=30)
        world.messenger.history_offered = (await world.only_reminder()).unknowns < 4
    settled = await world.only_reminder()
    assert (settled.state, settled.unknowns) == ("sent", 4)
    assert world.messenger.received_by("10001") == [f"（可能重复）<{settled.id}>"], "只有最后一次查不清"


async def test_a_look_up_that_fails_because_qq_went_offline_waits_and_sends_nothing(
    world: World, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = ["lose"]
    worker = world.worker()
    await worker.run_once()

    async def drop(*_: object) -> None:
        world.messenger.connected = set()

    with monkeypatch.context() as patched:
        patched.setattr(world.messenger, "sent_recently", drop)
        for _ in range(10):
            world.clock.advance(minutes=10)
            world.messenger.connected = {account}
            await worker.run_once()
    assert (await world.states(), len(world.messenger.calls)) == (["unknown"], 1)
    world.messenger.connected = {account}
    world.messenger.history_offered = True
    world.clock.advance(minutes=10)
    await worker.run_once()
    assert (await world.states(), len(world.messenger.received)) == (["sent"], 1)


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize(
    "failure", [NotConnected("掉线"), refused(RejectionKind.TRANSIENT, "241"), refused(RejectionKind.UNREACHABLE, "16")]
)
@pytest.mark.parametrize("why", ["offline", "backoff", "due"])
async def test_a_reply_that_fails_leaves_what_was_queued_in_the_queue(
    world: World, account: Account, failure: Exception, why: str, paused: bool
) -> None:
    await world.open_case()
    worker = world.worker()
    if why == "backoff":
        world.messenger.behaviours["10001"] = [refused(RejectionKind.TRANSIENT, "241")]
        await worker.run_once()
    world.messenger.connected = set() if why == "offline" else {account}
    async with world.database.transaction() as session:
        if paused:
            await controls.pause_sending(session, world.clock.now())
    await _speak(world, worker, account, Talk(lambda _: failure))
    assert await world.states() == ["pending"]
    async with world.database.transaction() as session:
        await controls.resume_sending(session)
    world.messenger.connected = {account}
    world.clock.advance(minutes=5)
    await worker.run_once()
    assert await world.states() == ["sent"]


@pytest.mark.parametrize("failure", [refused(RejectionKind.PERMANENT, "34"), TURNED_DOWN])
async def test_a_reminder_the_bridge_refuses_never_costs_the_person_an_answer(
    world: World, account: Account, failure: Exception
) -> None:
    await world.open_case()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    assert await world.states() == ["waiting"]
    talk = Talk(lambda on_top: failure if on_top else None)
    for _ in range(3):
        await _speak(world, worker, account, talk)
    assert talk.heard == [None, None, None]
    assert (await world.only_reminder()).state == "waiting"
    async with world.database.session() as session:
        (listed,) = await dead_letters.listed_by_case(session, world.clock.now(), 9)
    assert listed.reason == "refused_with_reply"


@pytest.mark.parametrize(("failure", "most"), [(refused(RejectionKind.PERMANENT, "34"), 1), (TURNED_DOWN, 3)])
async def test_what_is_refused_beside_replies_is_soon_left_off_them(
    world: World, account: Account, failure: Exception, most: int
) -> None:
    await world.open_case()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    tried: list[str] = []

    def break_beside(on_top: str | None) -> Exception | None:
        tried.extend([on_top] if on_top else [])
        return failure if on_top else None

    talk = Talk(break_beside)
    for _ in range(6):
        await _speak(world, worker, account, talk)
    assert talk.heard == [None] * 6
    assert len(tried) <= most


async def test_one_unclear_answer_beside_a_reply_does_not_end_a_reminder(world: World, account: Account) -> None:
    """附在回复上说不清收没收，去掉它回答就发出去了：多半是碰巧，他下次说话再附一次。"""
    await world.open_case()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    flukes = [TURNED_DOWN]
    talk = Talk(lambda on_top: flukes.pop() if on_top and flukes else None)
    for _ in range(2):
        await _speak(world, worker, account, talk)
    assert (await world.only_reminder()).state == "sent"


async def test_one_refused_reminder_does_not_keep_the_others_from_being_told(world: World, account: Account) -> None:
    for _ in range(3):
        await world.open_case()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    poison, *good = await world.reminders()
    failure = refused(RejectionKind.PERMANENT, "34")
    talk = Talk(lambda on_top: failure if on_top and f"<{poison.id}>" in on_top else None)
    for _ in range(5):
        await _speak(world, worker, account, talk)
    said = " ".join(on_top for on_top in talk.heard if on_top)
    assert len(talk.heard) == 5
    assert all(f"<{reminder.id}>" in said for reminder in good)
    assert [row.state for row in await world.reminders()] == ["waiting", "sent", "sent"]


@pytest.mark.parametrize("queued", [True, False])
async def test_one_reminder_that_cannot_be_written_is_left_where_it_was_and_the_others_are_told(
    world: World, account: Account, queued: bool
) -> None:
    for _ in range(3):
        await world.open_case()
    worker = world.worker()
    if not queued:
        world.messenger.friends["10001"] = False
        await worker.run_once()
    broken, *good = await world.reminders()
    world.composer.broken = {broken.id}
    talk = Talk()
    await _speak(world, worker, account, talk)
    assert talk.heard == [" ".join(f"<{reminder.id}>" for reminder in good)]
    assert [row.state for row in await world.reminders()] == ["pending" if queued else "waiting", "sent", "sent"]


async def test_many_due_together_are_told_in_pieces_that_fit(world: World, account: Account) -> None:
    for _ in range(20):
        await world.open_case()
    worker = world.worker(longest_text=40)
    talk = Talk()
    await _speak(world, worker, account, talk)
    assert talk.heard[0] is not None
    assert len(talk.heard[0]) <= 40
    await worker.run_once()
    assert all(len(said) <= 40 for said in world.messenger.received_by("10001"))
    assert set(await world.states()) == {"sent"}


async def test_one_refused_text_among_several_merged_ones_is_refused_alone(world: World) -> None:
    for _ in range(3):
        await world.open_case()
    poison, *_ = await world.reminders()

    async def refuse_the_poison() -> None:
        if f"<{poison.id}>" in world.messenger.calls[-1][2]:
            raise refused(RejectionKind.PERMANENT, "34")

    world.messenger.before_delivery = refuse_the_poison
    await world.worker().run_once()
    assert await world.states() == ["dead", "sent", "sent"]


async def test_a_merged_message_that_stays_unclear_is_taken_apart(world: World) -> None:
    for _ in range(2):
        await world.open_case()
    poison, good = await world.reminders()

    async def swallow_the_poison() -> None:
        if f"<{poison.id}>" in world.messenger.calls[-1][2]:
            raise TURNED_DOWN

    world.messenger.before_delivery = swallow_the_poison
    await world.run_until_settled()
    assert await world.states() == ["waiting", "sent"]
    assert world.times_received() == {good.id: 1}


@pytest.mark.parametrize("wording", ["坏\ud83d字", "零\0字"])
async def test_whatever_characters_the_bridge_answers_with_the_outcome_is_kept(world: World, wording: str) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [Rejected(RejectionKind.TRANSIENT, wording, wording)]
    worker = world.worker()
    await worker.run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.failures, reminder.unknowns) == ("pending", 1, 0)
    world.clock.advance(hours=1)
    await worker.run_once()
    assert await world.states() == ["sent"]


async def test_whatever_is_stuck_is_listed_and_can_be_retried(world: World, account: Account) -> None:
    """送不出去的、等不明的、没有账号的、一直被退的：都列着，重试以后都送到。"""
    stuck = {
        "dead": "state = 'dead', reason = 'rejected'",
        "doubted": "state = 'waiting', reason = 'outcome_unknown', possible_duplicate = TRUE, unknowns = 3",
        "unserved": "reason = NULL",
        "refused": "reason = 'retry', failures = 9, next_try_at = '2030-01-01 00:00:00.000000'",
        **{
            reason: f"reason = '{reason}', next_try_at = '2030-01-01 00:00:00.000000'"
            for reason in ("friend_lookup", "not_connected", "lease_expired")
        },
        "unknown": "state = 'unknown', reason = 'outcome_unknown', possible_duplicate = TRUE, unknowns = 1",
    }
    for number, change in enumerate(stuck.values()):
        await world.open_case(str(20_000 + number))
        async with world.database.transaction() as session:
            await session.execute(text(f"UPDATE refund_reminders SET {change} WHERE user_id = '{20_000 + number}'"))
    world.clock.moment += OVERDUE
    now = world.clock.now()
    async with world.database.transaction() as session:
        assert await undelivered_count(session, now) == len(stuck)
        assert len(await dead_letters.listed_by_case(session, now, 99)) == len(stuck)
        assert await dead_letters.retry(session, now) == len(stuck)
        assert await undelivered_count(session, now) == 0
        assert await dead_letters.retry(session, now) == 0
    await world.worker().run_once()
    assert set(await world.states()) == {"sent"}
    doubted = [said for _, _, said in world.messenger.received if said.startswith("（可能重复）")]
    assert len(doubted) == 2


async def test_who_is_no_friend_is_expected_to_wait_but_can_be_tried_by_name(world: World) -> None:
    case, _, _ = await world.open_case()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    world.clock.moment += OVERDUE
    async with world.database.transaction() as session:
        assert await undelivered_count(session, world.clock.now()) == 0
        assert await dead_letters.retry(session, world.clock.now()) == 0
        assert await dead_letters.retry(session, world.clock.now(), case_code=case.code) == 1
    world.messenger.friends["10001"] = True
    await worker.run_once()
    assert await world.states() == ["sent"]


async def test_what_the_owner_paused_and_what_waits_for_the_morning_is_not_called_stuck(world: World) -> None:
    await world.open_case()
    world.clock.moment += OVERDUE
    async with world.database.transaction() as session:
        await controls.pause_sending(session, world.clock.now())
        assert await undelivered_count(session, world.clock.now()) == 0
        await controls.resume_sending(session)
        postponed = "reason = 'postponed', next_try_at = '2030-01-01 00:00:00.000000'"
        assert await undelivered_count(session, world.clock.now()) == 1
        await session.execute(text(f"UPDATE refund_reminders SET {postponed}"))
        assert await undelivered_count(session, world.clock.now()) == 0


@pytest.mark.parametrize("seed", range(40))
def test_the_lease_outlasts_a_batch_for_every_allowed_pace(seed: int) -> None:
    chance = random.Random(seed)
    spacing, jitter = (timedelta(seconds=chance.choice([0, 0.1, 1.5, 30, 60, chance.uniform(0, 60)])) for _ in "ab")
    timeout = timedelta(seconds=chance.choice([0.1, 20, 120]))
    settings = DeliverySettings.paced(spacing, jitter, timeout)
    assert settings.batch >= 1
    assert settings.lease >= (spacing + jitter) * settings.batch * 2 + timeout * 3


@pytest.mark.parametrize("interval", [0, 1.5, 30, 60])
async def test_all_that_is_due_goes_out_within_its_number_of_intervals(world: World, interval: float) -> None:
    """钟跟着睡眠走：一个人一个间隔，不会因为租约先过了而重来。"""
    for number in range(30):
        await world.open_case(str(20_000 + number))
    settings = DeliverySettings.paced(timedelta(seconds=interval), timedelta(0), timedelta(seconds=20))
    worker = world.worker(spacing=settings.spacing, jitter=settings.jitter, batch=settings.batch, lease=settings.lease)
    began, sleep = world.clock.now(), world.time.sleep

    async def sleep_on_the_wall(seconds: float) -> None:
        # 正在路上的办完才过时间：假的钟一下就走了半分钟，真的数据库还没写完
        await asyncio.gather(*worker._in_flight)
        await sleep(seconds)
        world.clock.advance(seconds=seconds)

    worker._spacing._sleep = sleep_on_the_wall
    await worker.run_once()
    assert set(await world.states()) == {"sent"}
    assert world.clock.now() - began <= timedelta(seconds=interval * 30)
    assert len(world.messenger.calls) == 30
