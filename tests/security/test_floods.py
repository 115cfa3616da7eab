"""一个人刷屏：他自己慢下来，别人照常，内存不涨；平常人说得再急也碰不到。"""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from nonebot_plugin_refund.dialogue import private_talk
from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.base.incoming import Incoming
from nonebot_plugin_refund.dialogue.base.turn import Reply, Turn
from nonebot_plugin_refund.dialogue.limits.allowance import Allowance
from nonebot_plugin_refund.dialogue.limits.flood import FloodGuard, Limits, Ruling
from tests.chat.bot.test_answer_cost import statements
from tests.chat.conversation_harness import GROUP, OTHER, OTHER_GROUP, USER, Bench, FakeClock
from tests.chat.events import private_message
from tests.chat.platform_harness import Platform

SHOP = ("退货", "1", "1", "昨天", "1", "1")
FLOOD = 1000


def messages(bench: Bench, text: str, count: int, **changes: Any) -> list[Incoming]:
    made = [bench.incoming(text, **changes) for _ in range(count)]
    return [incoming for incoming in made if incoming is not None]


async def all_at_once(bench: Bench, incoming: list[Incoming]) -> list[str]:
    said = await asyncio.gather(*map(bench.assembly.reception.receive, incoming))
    return [reply.text for replies in said for reply in replies]


def guard(clock: FakeClock, **limits: Any) -> FloodGuard:
    return FloodGuard(Limits(**limits), clock)


def said_by(user: str, group_id: str | None = None, kind: str = "private") -> Incoming:
    return cast("Any", SimpleNamespace(platform="QQ", user_id=user, group_id=group_id, kind=kind))


class TestOrdinaryPeople:
    async def test_ten_messages_in_ten_seconds_are_all_answered(self, limited: Bench) -> None:
        for _ in range(10):
            assert await limited.private("退款") != [wording.TOO_FAST]
            await limited.advance(seconds=1)

    async def test_six_answers_in_six_seconds_end_in_a_case(self, limited: Bench) -> None:
        for said in SHOP:
            await limited.private(said)
            await limited.advance(seconds=1)
        assert await limited.only_code()

    async def test_ten_short_messages_sent_at_once_are_all_answered(self, limited: Bench) -> None:
        said = await all_at_once(limited, messages(limited, "退款", 10))
        assert len(said) == 10
        assert wording.TOO_FAST not in said

    async def test_ten_commands_of_one_person_in_a_group_in_ten_seconds_are_answered(self, limited: Bench) -> None:
        for _ in range(10):
            assert await limited.group("/退款") != [wording.TOO_FAST_GROUP]
            await limited.advance(seconds=1)


class TestOnePersonFlooding:
    async def test_a_thousand_at_once_reach_the_database_a_few_times_only(self, limited: Bench) -> None:
        with statements(limited) as executed:
            said = await all_at_once(limited, messages(limited, "你好", FLOOD))
        registered = [line for line in executed if "refund_handled_messages" in line]
        assert len(registered) <= 1 + limited.limits.waiting
        assert said.count(wording.TOO_FAST) == 1

    async def test_it_is_told_once_a_minute_and_never_silently_the_first_time(self, limited: Bench) -> None:
        assert (await all_at_once(limited, messages(limited, "你好", 100))).count(wording.TOO_FAST) == 1
        limited.clock.moment += timedelta(seconds=30)
        assert wording.TOO_FAST not in await all_at_once(limited, messages(limited, "你好", 100))
        limited.clock.moment += timedelta(seconds=30)
        assert (await all_at_once(limited, messages(limited, "你好", 100))).count(wording.TOO_FAST) == 1

    async def test_a_steady_stream_is_slowed_to_one_a_second(self, limited: Bench) -> None:
        heard = 0
        for _ in range(600):
            heard += await limited.private("退款") not in ([wording.TOO_FAST], [])
            limited.clock.moment += timedelta(seconds=0.1)
        assert 60 <= heard <= 60 + limited.limits.in_private.burst

    async def test_others_are_answered_all_the_same(self, limited: Bench) -> None:
        flood = messages(limited, "你好", FLOOD)
        theirs = [incoming for said in SHOP for incoming in messages(limited, said, 1, user=OTHER)]

        async def interview() -> None:
            for incoming in theirs:
                await limited.assembly.reception.receive(incoming)

        await asyncio.gather(interview(), *map(limited.assembly.reception.receive, flood))
        assert await limited.only_code(OTHER)

    async def test_what_was_waiting_is_answered_and_then_the_person_may_go_on(self, limited: Bench) -> None:
        await all_at_once(limited, messages(limited, "你好", FLOOD))
        limited.clock.moment += timedelta(minutes=1)
        for said in SHOP:
            await limited.private(said)
        assert await limited.only_code()

    async def test_a_slow_answer_does_not_let_the_queue_grow(
        self, limited: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """额度够用也一样：办得慢的时候，等着的有上限。"""
        finish = asyncio.Event()

        async def slowly(turn: Turn) -> list[Reply]:
            del turn
            await finish.wait()
            return [Reply("好了")]

        monkeypatch.setattr(private_talk, "respond", slowly)
        running = [
            asyncio.create_task(limited.assembly.reception.receive(incoming))
            for incoming in messages(limited, "你好", limited.limits.in_private.burst - 1)
        ]
        await asyncio.sleep(0)
        unfinished = [task for task in running if not task.done()]
        assert len(unfinished) == 1 + limited.limits.waiting
        finish.set()
        said = [reply.text for replies in await asyncio.gather(*running) for reply in replies]
        assert said.count("好了") == 1 + limited.limits.waiting


class TestGroups:
    async def test_one_person_cannot_use_up_what_belongs_to_the_group(self, limited: Bench) -> None:
        for _ in range(100):  # 一句答完再来一句，不靠排队拦
            await limited.group("/退款")
        for number in range(10):
            assert await limited.group("/退款", user=f"7{number:04}") not in ([], [wording.TOO_FAST_GROUP])

    async def test_everybody_together_is_limited_in_that_group_only(self, limited: Bench) -> None:
        said = [await limited.group("/退款", user=f"7{number:04}") for number in range(200)]
        assert said.count([wording.TOO_FAST_GROUP]) == 1
        assert said.count([]) >= 100
        assert await limited.group("/退款", user=USER, group=OTHER_GROUP) not in ([], [wording.TOO_FAST_GROUP])

    async def test_in_private_one_is_heard_even_after_flooding_a_group(self, limited: Bench) -> None:
        await all_at_once(limited, messages(limited, "/退款", FLOOD, group_id=GROUP))
        assert await limited.private("退款") not in ([], [wording.TOO_FAST])

    async def test_chat_that_nobody_addressed_to_us_is_never_told_off(self, limited: Bench) -> None:
        sure = "孩子偷偷给主播打赏了三千，能退款吗"
        assert wording.TOO_FAST_GROUP not in await all_at_once(limited, messages(limited, sure, 50, group_id=GROUP))


class TestMemory:
    def test_a_crowd_of_strangers_leaves_a_bounded_trace(self) -> None:
        clock = FakeClock()
        flood = guard(clock, remembered=100)
        for number in range(5000):
            flood.ruling(said_by(str(number)), 0)
            flood.ruling(said_by(str(number), f"g{number}"), 0)
            flood.ruling(said_by(str(number)), 10**6)
        assert flood.remembered <= 4 * 100

    def test_who_has_been_quiet_is_forgotten(self) -> None:
        clock = FakeClock()
        flood = guard(clock)
        for number in range(50):
            flood.ruling(said_by(str(number)), 0)
        clock.moment += timedelta(hours=1)
        flood.ruling(said_by("last"), 0)
        assert flood.remembered == 1

    def test_a_clock_set_back_neither_locks_out_nor_lets_through(self) -> None:
        clock = FakeClock()
        flood = guard(clock, in_private=Allowance(2, 1.0))
        assert [flood.ruling(said_by(USER), 0) for _ in range(3)] == [Ruling.HEARD, Ruling.HEARD, Ruling.REFUSED]
        clock.moment -= timedelta(days=1)
        assert flood.ruling(said_by(USER), 0) is not Ruling.HEARD
        clock.moment += timedelta(seconds=1)
        assert flood.ruling(said_by(USER), 0) is Ruling.HEARD


async def test_what_gets_no_answer_anyway_is_left_at_the_door(qq: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qq.runtime.opened is not None
    reception, reached = qq.runtime.opened.reception, 0
    receive = reception.receive

    async def counted(incoming: Incoming) -> list[Reply]:
        nonlocal reached
        reached += 1
        return await receive(incoming)

    monkeypatch.setattr(reception, "receive", counted)
    said = [text for _ in range(60) for text in await qq.receive(private_message("你好"))]
    assert said.count(wording.TOO_FAST) == 1
    assert reached == Limits().in_private.burst + 1
