"""一件坏了的案件、一份读不出来的留底、一条退不掉的话：别人的、同一个人别的，都照常。"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed
from sqlalchemy import text as sql

from nonebot_plugin_refund.chat import rounds as rounds_module
from nonebot_plugin_refund.chat.rounds import Rounds
from nonebot_plugin_refund.chat.sending.outgoing import ReplySender
from nonebot_plugin_refund.clock_watch import ClockWatch
from nonebot_plugin_refund.dialogue.base.turn import Reply
from nonebot_plugin_refund.dialogue.reminders import due_changes as due_changes
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.storage.connection.file_watch import FileWatch
from nonebot_plugin_refund.storage.person.retention import Job
from tests.chat.bridge.test_outgoing import _heard, _shown
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import OTHER, USER, Bench
from tests.chat.events import USER_ID, private_message
from tests.chat.platform_harness import Platform, connected

FIRST_REMINDER = datetime(2026, 11, 27, 10, 0, tzinfo=SHANGHAI)
BROKEN_SNAPSHOT = (
    "INSERT INTO refund_rulebook_snapshots (digest, scenario_id, body, saved_at)"
    " SELECT 'broken', scenario_id, '{\"broken\": true}', opened_at FROM refund_cases WHERE user_id = :user LIMIT 1"
)


async def _change(bench: Bench, statement: str, **values: Any) -> None:
    async with bench.assembly.database.transaction() as session:
        await session.execute(sql(statement), values)


async def _stages(bench: Bench) -> dict[str, str]:
    return {row["user_id"]: row["stage_id"] for row in await bench.rows("SELECT user_id, stage_id FROM refund_cases")}


async def test_one_kind_of_data_that_cannot_be_cleared_leaves_the_clearing_of_the_others(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared: list[int] = []

    def job(number: int) -> Job:
        async def purge(*_: object) -> int:
            if number == 0:
                raise OverflowError
            cleared.append(number)
            return 0

        return Job(purge, None)

    monkeypatch.setattr(due_changes, "JOBS", tuple(map(job, range(3))))
    with pytest.raises(OverflowError):
        await bench.assembly.due_changes.tidy(bench.clock.now())
    assert cleared == [1, 2]


async def test_one_case_that_cannot_be_dated_again_leaves_the_others_to_be(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (SimpleNamespace(code=code) for code in ("A1", "B2"))

    async def uncertain(_: object) -> list[Any]:
        return [(first, None), (second, None)]

    async def redate(_: object, case: Any, *others: object) -> Any:
        if case is first:
            raise OverflowError
        return case

    monkeypatch.setattr(due_changes.timers, "uncertain_timers", uncertain)
    monkeypatch.setattr(due_changes.DueChanges, "_redate", redate)
    assert await bench.assembly.due_changes.redate_uncertain(bench.clock.now()) == [second]


@pytest.mark.parametrize("batch", [1, 50])
async def test_one_case_whose_dates_cannot_be_computed_stops_nobody_elses(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, batch: int
) -> None:
    compute = due_changes.clock_change

    def overflow(scenario: Any, position: Any, *others: Any) -> Any:
        """日历算不到那么远。"""
        if position.entered_at.year == 2095:
            raise OverflowError
        return compute(scenario, position, *others)

    monkeypatch.setattr(due_changes, "_BATCH", batch)
    monkeypatch.setattr(due_changes, "clock_change", overflow)
    for user in (USER, OTHER):
        await bench.private(*SHOP, user=user)
    before = await _stages(bench)
    entered = "UPDATE refund_cases SET stage_entered_at = '2095-01-01 00:00:00.000000' WHERE user_id = :user"
    await _change(bench, entered, user=USER)
    # 它的时限先到期，排在前面
    (case,) = await bench.rows("SELECT id FROM refund_cases WHERE user_id = :user", user=USER)
    early = "UPDATE refund_case_timers SET due_at = '2026-11-23 00:00:00.000000' WHERE case_id = :case"
    await _change(bench, early, case=case["id"])
    await bench.advance(days=20)
    assert "的日子没有算成" in caplog.text, "真的坏了"
    after = await _stages(bench)
    assert after[USER] == before[USER]
    states = await bench.rows(
        "SELECT DISTINCT t.state FROM refund_case_timers t JOIN refund_cases c ON c.id = t.case_id"
        " WHERE c.user_id = :user AND t.due_at <= :now",
        user=OTHER,
        now=f"{bench.clock.now():%Y-%m-%d %H:%M:%S}.000000",
    )
    assert "open" not in {row["state"] for row in states}, "别人的到期了就是到期了"


@pytest.mark.parametrize("comes_first", [False, True])
async def test_one_unreadable_edition_leaves_the_same_persons_other_reminders_alone(
    bench: Bench, comes_first: bool
) -> None:
    for user in (USER, OTHER):
        await bench.private(*SHOP, user=user)
    for table in ("refund_cases", "refund_reminders"):
        await _change(bench, f"UPDATE {table} SET user_id = :user", user=USER)
    codes = [row["code"] for row in await bench.rows("SELECT code FROM refund_cases ORDER BY id")]
    await _change(bench, BROKEN_SNAPSHOT, user=USER)
    await _change(bench, "UPDATE refund_cases SET rulebook_digest = 'broken' WHERE code = :code", code=codes[0])
    if comes_first:
        bench.clock.moment = FIRST_REMINDER + timedelta(hours=1)
        said = await bench.private("帮助")
    else:
        said = await bench.advance(to=FIRST_REMINDER + timedelta(hours=1))
    assert codes[1] in said[0]
    assert codes[0] not in said[0]
    rows = await bench.rows("SELECT state FROM refund_reminders WHERE case_id = 1 AND due_at <= '2026-11-27 03:00'")
    assert {row["state"] for row in rows} == {"pending"}, "坏的那条还排着，修好了就送"


class _Worker:
    def poke(self) -> None: ...


class _OwedAnswers:
    async def push(self) -> None: ...


class _Step:
    """一样按时办的事：记下办过没有，该坏的就坏。"""

    def __init__(self, broken: str) -> None:
        self.broken, self.done = broken, list[str]()

    def __call__(self, name: str) -> Any:
        async def step(*_: Any) -> bool:
            if name == self.broken:
                raise LookupError(name)
            self.done.append(name)
            return False

        return step


@pytest.mark.parametrize("broken", ["pass_due_timers", "redate_uncertain", "tidy", "follow", "step"])
async def test_one_thing_that_fails_in_a_round_keeps_none_of_the_others_from_being_done(
    bench: Bench, broken: str
) -> None:
    step = _Step(broken)
    steps = ("pass_due_timers", "redate_uncertain", "tidy")
    opened: Any = type(
        "Assembly", (), {"database": bench.assembly.database, "worker": _Worker(), "owed_answers": _OwedAnswers()}
    )()
    opened.due_changes = type("DueChanges", (), {name: staticmethod(step(name)) for name in steps})
    opened.mover = type("Mover", (), {"step": staticmethod(step("step"))})
    in_force: Any = type("InForce", (), {"loaded_at": None, "follow": staticmethod(step("follow"))})
    watch = ClockWatch(bench.clock, lambda: bench.clock.moment.timestamp())
    rounds = Rounds(opened, in_force, bench.memory, watch)
    await rounds.go(bench.clock.now())
    assert set(step.done) == {*steps, "follow", "step"} - {broken}


async def test_a_database_swapped_under_the_bot_is_told_in_the_log_with_its_cure(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = Rounds(bench.assembly, _in_force(), bench.memory, ClockWatch(bench.clock, lambda: 0.0))
    monkeypatch.setattr(FileWatch, "swapped", lambda self: Path("refund.sqlite3-wal"))
    await rounds.go(bench.clock.now())
    (line,) = [one.getMessage() for one in caplog.records if "被换掉或删掉" in one.getMessage()]
    assert "refund.sqlite3-wal" in line
    assert "马上停下机器人" in line


def _in_force() -> Any:
    async def follow(*_: Any) -> None: ...

    return type("InForce", (), {"loaded_at": None, "follow": staticmethod(follow)})


async def test_memory_is_settled_once_for_each_thing_that_came_to_stay(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[None] = []
    read = [0]
    monkeypatch.setattr(rounds_module, "settle_memory", lambda: settled.append(None))
    monkeypatch.setattr(rounds_module, "weights_read", lambda: read[0])
    in_force = _in_force()
    rounds = Rounds(bench.assembly, in_force, bench.memory, ClockWatch(bench.clock, lambda: 0.0))
    counts: list[int] = []
    for weights, loaded_at in ((0, None), (3, None), (3, None), (3, bench.clock.now()), (3, bench.clock.now())):
        read[0], in_force.loaded_at = weights, loaded_at
        await rounds.go(bench.clock.now())
        counts.append(len(settled))
    assert counts == [0, 1, 1, 2, 2]


async def test_in_a_round_nothing_is_passed_or_deleted_while_the_clock_has_jumped(bench: Bench) -> None:
    step, seconds = _Step(""), [0.0]
    steps = ("pass_due_timers", "redate_uncertain", "tidy")
    opened: Any = type(
        "Assembly", (), {"database": bench.assembly.database, "worker": _Worker(), "owed_answers": _OwedAnswers()}
    )()
    opened.due_changes = type("DueChanges", (), {name: staticmethod(step(name)) for name in steps})
    opened.mover = type("Mover", (), {"step": staticmethod(step("step"))})
    in_force: Any = type("InForce", (), {"loaded_at": None, "follow": staticmethod(step("follow"))})
    rounds = Rounds(opened, in_force, bench.memory, ClockWatch(bench.clock, lambda: seconds[0]))
    bench.clock.moment += timedelta(days=200)
    await rounds.go(bench.clock.now())
    assert step.done == ["follow"]
    bench.clock.moment -= timedelta(days=200)
    await rounds.go(bench.clock.now())
    assert "pass_due_timers" in step.done
    assert "tidy" not in step.done, "跳远过，一天里不删"
    seconds[0] += 2 * 86_400
    bench.clock.moment += timedelta(days=2)
    await rounds.go(bench.clock.now())
    assert "tidy" in step.done


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


async def test_a_bot_whose_clock_jumped_pushes_nothing_until_the_days_have_really_passed(qq: Platform) -> None:
    opened = qq.runtime.opened
    assert opened is not None
    for text in SHOP:
        await qq.receive(private_message(text))
    before, elapsed = len(qq.calls.sent), [qq.clock.moment.timestamp()]
    qq.runtime.watch._elapsed = lambda: elapsed[0]
    qq.clock.moment += timedelta(days=200)
    await opened.worker.run_once()
    assert len(qq.calls.sent) == before
    qq.clock.moment += timedelta(days=10) - timedelta(days=200)
    elapsed[0] += timedelta(days=10).total_seconds()
    await opened.worker.run_once()
    assert len(qq.calls.sent) == before + 1


class Owing:
    """有一条欠着的提醒，说 ``owed``；被拒就去掉它再叫一次。"""

    def __init__(self, owed: str) -> None:
        self.owed = owed

    async def deliver_with_reply(self, account: Any, person: Any, reply: Any) -> Any:
        try:
            return await reply(self.owed)
        except Exception:
            return await reply(None)


def _owing(qq: Platform, monkeypatch: pytest.MonkeyPatch, owed: str) -> None:
    assert qq.runtime.opened is not None
    monkeypatch.setattr(type(qq.runtime.opened), "next_message", Owing(owed))


async def test_what_is_owed_and_the_answer_go_apart_when_together_they_would_be_too_long(
    qq: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    _owing(qq, monkeypatch, "欠" * 900)
    await ReplySender(qq.runtime).say(_heard(), [Reply("答" * 900)])
    assert _shown(qq.calls.sent) == ["欠" * 900, "答" * 900]


@pytest.mark.parametrize("length", [10, 900])
async def test_the_answer_is_said_once_when_what_is_owed_was_refused(
    qq: Platform, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    _owing(qq, monkeypatch, "欠" * length)

    def refuse(data: dict[str, Any]) -> Any:
        if "欠" in str(data["message"]):
            raise ActionFailed(status="failed", retcode=34, message="")
        return {"message_id": 1}

    qq.calls.answers["send_msg"] = refuse
    await ReplySender(qq.runtime).say(_heard(), [Reply("答" * 900)])
    assert [said for said in _shown(qq.calls.sent) if "欠" not in said] == ["答" * 900]


async def test_the_person_is_the_one_who_spoke(qq: Platform) -> None:
    assert await qq.receive(private_message("帮助", user_id=USER_ID))
