"""走哪条路：好友私聊，同意过才在群里点名（不带案情），否则等本人下次说话。"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, OutcomeUnknown, Receipt, Rejected
from nonebot_plugin_refund.delivery.queue.preparing import DUPLICATE_PREFIX
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.records import Person

World = Any
ALICE = Person("onebot", "10001")


class Reply:
    """回复：记下放在最上面的提醒。"""

    def __init__(self, failure: Exception | None = None) -> None:
        self.on_top: list[str | None] = []
        self.failure = failure

    async def __call__(self, on_top: str | None) -> Receipt:
        self.on_top.append(on_top)
        if self.failure is not None:
            raise self.failure
        return Receipt("m9")


async def test_a_stranger_without_consent_gets_nothing_pushed(world: World) -> None:
    await world.open_case()
    await world.consent(agreed=False)
    world.messenger.friends["10001"] = False
    await world.worker().run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.last_code, world.messenger.calls) == ("waiting", "not_friend", [])


async def test_a_stranger_who_agreed_is_mentioned_once_in_the_group_without_any_detail(world: World) -> None:
    await world.open_case(hours=(0, 1))
    await world.consent()
    world.clock.advance(hours=1)
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    await worker.run_once()
    assert world.messenger.received == [("group 5000", "10001", "有一条提醒，请私聊我查看")]
    assert await world.states() == ["sent", "sent"]
    assert {(r.channel, r.detail_owed) for r in await world.reminders()} == {("group_mention", True)}


async def test_who_came_in_private_cannot_be_mentioned_anywhere(world: World) -> None:
    await world.open_case(group=None)
    await world.consent()
    world.messenger.friends["10001"] = False
    await world.worker().run_once()
    assert (await world.states(), world.messenger.calls) == (["waiting"], [])


async def test_a_friend_who_cannot_be_reached_is_tried_again_before_the_group(
    world: World, rejected: Callable[[str], Rejected]
) -> None:
    await world.open_case()
    await world.consent()
    world.messenger.behaviours["10001"] = [rejected("unreachable")] * 3
    await world.run_until_settled()
    assert [where for where, _, _ in world.messenger.calls] == ["private"] * 3 + ["group 5000"]
    assert await world.states() == ["sent"]


@pytest.mark.parametrize("failure", ["transient", "unreachable", "permanent", "lose", "deliver_then_lose"])
async def test_a_mention_that_fails_is_never_repeated(
    world: World, rejected: Callable[[str], Rejected], failure: str
) -> None:
    await world.open_case()
    await world.consent()
    world.messenger.friends["10001"] = False
    world.messenger.behaviours["10001"] = [failure if "lose" in failure else rejected(failure)]
    await world.run_until_settled()
    assert (await world.states(), len(world.messenger.calls)) == (["waiting"], 1)


@pytest.mark.parametrize("answer", [None, OSError("lookup failed")])
async def test_no_detail_is_sent_while_nobody_knows_whether_it_is_a_friend(
    world: World, answer: Exception | None
) -> None:
    await world.open_case()
    world.messenger.friends["10001"] = answer
    worker = world.worker()
    await worker.run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.last_code, world.messenger.calls) == ("pending", "friend_lookup", [])
    world.messenger.friends["10001"] = True
    world.clock.advance(hours=1)
    await worker.run_once()
    assert await world.states() == ["sent"]


@pytest.fixture
async def waiting(world: World) -> Any:
    """一条推送不到、等本人说话的提醒。"""
    await world.open_case()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    await worker.run_once()
    assert await world.states() == ["waiting"]
    return worker


async def test_what_waited_is_on_top_of_the_next_reply_once(world: World, waiting: Any, account: Account) -> None:
    reply = Reply()
    assert await waiting.next_message.pending(ALICE) == 1
    await waiting.next_message.deliver_with_reply(account, ALICE, reply)
    await waiting.next_message.deliver_with_reply(account, ALICE, reply)
    reminder = await world.only_reminder()
    assert reply.on_top == [f"<{reminder.id}>", None]
    assert (reminder.state, reminder.channel) == ("sent", "on_next_message")
    assert await waiting.next_message.pending(ALICE) == 0


async def test_nobody_elses_reminder_is_on_top(world: World, waiting: Any, account: Account) -> None:
    for stranger in (Person("onebot", "10002"), Person("console", "10001")):
        reply = Reply()
        await waiting.next_message.deliver_with_reply(account, stranger, reply)
        assert reply.on_top == [None]
    assert await world.states() == ["waiting"]


async def test_what_is_overdue_but_not_yet_pushed_comes_with_the_reply(world: World, account: Account) -> None:
    await world.open_case(hours=(0, 9))
    reply, worker = Reply(), world.worker()
    await worker.next_message.deliver_with_reply(account, ALICE, reply)
    await worker.run_once()
    first, second = await world.reminders()
    assert (reply.on_top, first.state, second.state) == ([f"<{first.id}>"], "sent", "pending")
    assert world.messenger.calls == []


async def test_a_mention_is_followed_by_its_detail_in_private(world: World, account: Account) -> None:
    await world.open_case()
    await world.consent()
    world.messenger.friends["10001"] = False
    worker, reply = world.worker(), Reply()
    await worker.run_once()
    await worker.next_message.deliver_with_reply(account, ALICE, reply)
    await worker.next_message.deliver_with_reply(account, ALICE, reply)
    reminder = await world.only_reminder()
    assert reply.on_top == [f"<{reminder.id}>", None]
    assert (reminder.state, reminder.detail_owed) == ("sent", False)


async def test_the_detail_that_may_have_been_told_before_the_mention_is_marked(world: World, account: Account) -> None:
    await world.open_case()
    await world.consent()
    worker, lost, reply = world.worker(), Reply(OutcomeUnknown("没有回音")), Reply()
    with pytest.raises(OutcomeUnknown):
        await worker.next_message.deliver_with_reply(account, ALICE, lost)
    world.messenger.friends["10001"] = False
    world.clock.advance(hours=4)
    await worker.run_once()
    assert world.messenger.received == [("group 5000", "10001", "有一条提醒，请私聊我查看")]
    await worker.next_message.deliver_with_reply(account, ALICE, reply)
    reminder = await world.only_reminder()
    assert reply.on_top == [f"{DUPLICATE_PREFIX}<{reminder.id}>"]
    assert (reminder.detail_owed, reminder.possible_duplicate) == (False, False)


@pytest.mark.parametrize(
    ("failure", "marked"),
    [
        (OutcomeUnknown("没有回音"), DUPLICATE_PREFIX),
        (NotConnected(), ""),
    ],
)
async def test_after_a_mention_a_detail_is_marked_only_if_it_may_have_been_told(
    world: World, account: Account, failure: Exception, marked: str
) -> None:
    await world.open_case()
    await world.consent()
    world.messenger.friends["10001"] = False
    worker, reply = world.worker(), Reply()
    await worker.run_once()
    with pytest.raises(type(failure)):
        await worker.next_message.deliver_with_reply(account, ALICE, Reply(failure))
    await worker.next_message.deliver_with_reply(account, ALICE, reply)
    reminder = await world.only_reminder()
    assert reply.on_top == [f"{marked}<{reminder.id}>"]


async def test_a_reply_that_was_refused_keeps_the_reminder_for_the_next(
    world: World, waiting: Any, account: Account, rejected: Callable[[str], Rejected]
) -> None:
    with pytest.raises(Rejected):
        await waiting.next_message.deliver_with_reply(account, ALICE, Reply(rejected("transient")))
    assert await world.states() == ["waiting"]
    reply = Reply()
    await waiting.next_message.deliver_with_reply(account, ALICE, reply)
    assert reply.on_top == [f"<{(await world.only_reminder()).id}>"]


async def test_a_reply_with_unknown_outcome_says_possible_duplicate_next_time(
    world: World, waiting: Any, account: Account
) -> None:
    with pytest.raises(OutcomeUnknown):
        await waiting.next_message.deliver_with_reply(account, ALICE, Reply(OutcomeUnknown("timeout")))
    assert await world.states() == ["unknown"]
    world.clock.advance(minutes=5)
    await waiting.run_once()
    reply = Reply()
    await waiting.next_message.deliver_with_reply(account, ALICE, reply)
    reminder = await world.only_reminder()
    assert (reply.on_top, reminder.state) == ([f"（可能重复）<{reminder.id}>"], "sent")


async def test_a_dead_letter_is_shown_to_its_owner(
    world: World, account: Account, rejected: Callable[[str], Rejected]
) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [rejected("permanent")]
    worker, reply = world.worker(), Reply()
    await worker.run_once()
    assert await world.states() == ["dead"]
    await worker.next_message.deliver_with_reply(account, ALICE, reply)
    reminder = await world.only_reminder()
    assert (reply.on_top, reminder.state) == ([f"<{reminder.id}>"], "sent")


async def test_what_waited_is_dropped_when_the_case_was_closed_meanwhile(
    world: World, waiting: Any, account: Account
) -> None:
    async with world.database.transaction() as session:
        (case,) = await cases.listed(session, ALICE)
        await cases.close(session, case, "refunded", world.clock.now())
    reply = Reply()
    await waiting.next_message.deliver_with_reply(account, ALICE, reply)
    assert (reply.on_top, await world.states()) == ([None], ["cancelled"])


async def test_a_reminder_that_cannot_be_written_never_costs_the_person_the_reply(
    world: World, waiting: Any, account: Account
) -> None:
    world.composer.broken = {(await world.only_reminder()).id}
    reply = Reply()
    await waiting.next_message.deliver_with_reply(account, ALICE, reply)
    assert (reply.on_top, await world.states()) == ([None], ["waiting"])


async def test_waiting_ends_as_a_dead_letter_after_its_time(world: World, waiting: Any) -> None:
    world.clock.advance(days=59)
    await waiting.run_once()
    assert await world.states() == ["waiting"]
    world.clock.moment += timedelta(days=2)
    await waiting.run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason) == ("dead", "person_never_came")
