"""给主人看的数目：数得准，少数几个人的不单独报，两种数据库数得一样。"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from nonebot_plugin_refund.domain.small_groups import Block
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.owner import controls
from nonebot_plugin_refund.storage.owner.statistics import FAILURES_WITHIN, Numbers, count_all, read_gauges
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.reminding.undelivered import OVERDUE
from nonebot_plugin_refund.storage.tables import DeliveryRow, ReminderRow

Shape = tuple[str | None, int, tuple[Any, ...]]


def _shape(block: Block | None) -> Shape | None:
    return block and (block.name, block.count, tuple(_shape(part) for part in block.parts))


class Office:
    """立案、结案、记失败的捷径。"""

    def __init__(self, database: Database, now: datetime, draft: CaseDraft, timer: Callable[..., TimerDraft]) -> None:
        self.database, self.now, self.draft, self.timer = database, now, draft, timer
        self._next = 0

    async def open(self, how_many: int, *, closed: str = "", person: Person | None = None, **changes: Any) -> None:
        """``how_many`` 件，每件一个新的人；``closed`` 是结局。每件一条提醒。"""
        async with self.database.transaction() as session:
            for _ in range(how_many):
                self._next += 1
                owner = person or Person("onebot", f"{self._next}")
                await people.touch(session, owner, self.now)
                case = await cases.create(session, owner, replace(self.draft, **changes), self.now)
                reminder = ReminderDraft("seven-days", "h0", self.now + timedelta(days=1))
                await timers.replace_timers(session, case, [self.timer()], [reminder], self.now)
                if closed:
                    await cases.close(session, case, closed, self.now)

    async def fail(self, person: str, code: str, outcome: str = "rejected", *, ago: timedelta = timedelta()) -> None:
        """他的一次推送没成。"""
        values = {"platform": "onebot", "self_id": "9000", "user_id": person, "channel": "private", "text": "…"}
        ended = {"outcome": outcome, "code": code, "marked_duplicate": False, "started_at": self.now - ago}
        async with self.database.transaction() as session:
            await session.execute(insert(DeliveryRow).values(**values, **ended))

    async def do(self, statement: str) -> None:
        async with self.database.transaction() as session:
            await session.execute(text(statement))

    async def count(self) -> Numbers:
        async with self.database.session() as session:
            return await count_all(session, self.now)


@pytest.fixture
def office(database: Database, now: datetime, case_draft: CaseDraft, timer_draft: Callable[..., TimerDraft]) -> Office:
    return Office(database, now, case_draft, timer_draft)


async def test_an_empty_database_has_nothing_to_show(office: Office) -> None:
    assert await office.count() == Numbers(None, None, None, None, anything_dead=False, paused_since=None)


async def test_cases_are_counted_by_scenario_and_stage_and_by_how_they_ended(office: Office) -> None:
    await office.open(6, stage_id="applied")
    await office.open(5, stage_id="shipped")
    await office.open(7, scenario_id="live-tip", stage_id=None, verdict="conditional")
    await office.open(5, closed="refunded")
    numbers = await office.count()
    tip = ("live-tip", 7, (("", 7, ()),))
    shop = ("shop-return", 11, (("applied", 6, ()), ("shipped", 5, ())))
    still_open, closed = ("open", 18, (shop, tip)), ("closed", 5, (("refunded", 5, ()),))
    assert _shape(numbers.cases) == (None, 23, (still_open, closed))
    assert _shape(numbers.verdicts) == (None, 23, (("eligible", 16, ()), ("conditional", 7, ())))


async def test_few_closed_cases_are_not_told_apart_from_the_open_ones(office: Office) -> None:
    await office.open(6)
    await office.open(8, scenario_id="live-tip")
    await office.open(2, closed="refunded")
    numbers = await office.count()
    shop, tip = ("shop-return", 8, ((None, 8, ()),)), ("live-tip", 8, (("applied", 8, ()),))
    assert _shape(numbers.cases) == (None, 16, (tip, shop))


async def test_the_verdicts_do_not_give_away_what_the_scenarios_would_hide(office: Office) -> None:
    await office.open(8, verdict="eligible")
    await office.open(2, verdict="unlikely")
    await office.open(7, verdict="unlikely", scenario_id="live-tip")
    await office.open(7, verdict="ineligible", scenario_id="live-tip")
    numbers = await office.count()
    assert numbers.cases is not None
    (still_open,) = numbers.cases.parts
    assert [(part.name, part.count) for part in still_open.parts] == [("live-tip", 14), ("shop-return", 10)]
    assert numbers.verdicts is not None
    assert [(part.name, part.count) for part in numbers.verdicts.parts] == [("unlikely", 9), (None, 15)]


async def test_one_person_on_two_platforms_is_two_and_with_ten_cases_is_one(office: Office) -> None:
    await office.open(10, person=Person("onebot", "1"))
    for number in range(1, 4):
        await office.open(1, person=Person("onebot", f"{number}"))
    assert (await office.count()).cases is None
    await office.open(1, person=Person("console", "1"))
    assert (await office.count()).cases is None, "四个人"
    await office.open(1, person=Person("console", "2"))
    assert _shape((await office.count()).verdicts) == (None, 15, (("eligible", 15, ()),))


async def test_reminders_are_counted_by_ending_and_reason(office: Office) -> None:
    await office.open(6)
    await office.open(5, closed="refunded")
    await office.open(12)
    change = "UPDATE refund_reminders SET state = {} WHERE CAST(user_id AS INTEGER) {}"
    await office.do(change.format("'sent', channel = 'private'", "BETWEEN 12 AND 17"))
    await office.do(change.format("'sending', lease_until = created_at", "= 1"))
    await office.do(change.format("'waiting', reason = 'unreachable'", "> 18"))
    await office.do(change.format("'dead'", "= 18"))
    numbers = await office.count()
    sent, cancelled = ("sent", 6, (("private", 6, ()),)), ("cancelled", 5, (("case_closed", 5, ()),))
    waiting = ("waiting", 5, (("unreachable", 5, ()),))
    shape = _shape(numbers.reminders)
    assert shape is not None
    assert shape[:2] == (None, 22), "没送到的另外列"
    assert set(shape[2]) == {("pending", 6, ()), sent, cancelled, waiting}
    assert numbers.anything_dead is True


async def test_failures_are_those_of_late_by_outcome_and_code(office: Office) -> None:
    for person in range(6):
        await office.fail(f"{person}", "16")
        await office.fail(f"{person}", "timeout", "unknown")
        await office.fail(f"{person}", "16", "accepted")
        await office.fail(f"{person}", "120", ago=FAILURES_WITHIN + timedelta(hours=1))
    shape = _shape((await office.count()).failures)
    rejected, unknown = ("rejected", 6, (("16", 6, ()),)), ("unknown", 6, (("timeout", 6, ()),))
    assert shape == (None, 12, (rejected, unknown))


async def test_those_whose_cases_are_listed_as_undelivered_do_not_make_up_the_five(office: Office) -> None:
    """「没送到」逐条列着两件，从六次失败里减掉，剩下四个人的。"""
    await office.open(6)
    for person in range(1, 7):
        await office.fail(f"{person}", "34")
    assert (await office.count()).failures is not None
    await office.do("UPDATE refund_reminders SET state = 'dead' WHERE user_id IN ('1', '2')")
    assert (await office.count()).failures is None


@pytest.mark.parametrize(
    "listed", [[Person("onebot", "7"), Person("onebot", "8")], [Person("console", "1"), Person("console", "2")]]
)
async def test_failures_of_six_are_shown_whatever_is_listed_of_strangers(office: Office, listed: list[Person]) -> None:
    for person in range(1, 7):
        await office.fail(f"{person}", "34")
    for stranger in listed:
        await office.open(1, person=stranger)
    await office.do("UPDATE refund_reminders SET state = 'dead'")
    assert _shape((await office.count()).failures) == (None, 6, (("rejected", 6, (("34", 6, ()),)),))


async def test_the_pause_is_part_of_the_numbers(office: Office) -> None:
    async with office.database.transaction() as session:
        await controls.pause_sending(session, office.now)
    assert (await office.count()).paused_since == office.now


class TestGauges:
    async def test_few_people_are_not_counted_neither_open_nor_by_subtraction(self, office: Office) -> None:
        async def shown() -> int | None:
            async with office.database.session() as session:
                return (await read_gauges(session, office.now)).open_cases

        await office.open(4)
        assert await shown() is None
        await office.open(1)
        assert await shown() == 5
        await office.open(4, closed="refunded")
        assert await shown() is None
        await office.open(1, closed="refunded")
        assert await shown() == 5

    async def test_people_whose_cases_are_closed_do_not_make_up_the_five_of_the_open(self, office: Office) -> None:
        await office.open(3)
        await office.open(5, closed="refunded")
        async with office.database.session() as session:
            assert (await read_gauges(session, office.now)).open_cases is None

    async def test_what_is_overdue_and_the_pause_are_seen(self, office: Office) -> None:
        await office.open(3)
        async with office.database.transaction() as session:
            await controls.pause_sending(session, office.now)
            before = await read_gauges(session, office.now)
            after = await read_gauges(session, office.now + timedelta(days=1))
        assert (before.due_reminders, after.due_reminders, after.sending_is_paused) == (0, 3, True)

    @pytest.mark.parametrize(("reason", "put_off"), [(None, timedelta()), ("retry", timedelta(days=1))])
    async def test_what_is_still_tried_counts_as_undelivered_an_hour_after_its_moment(
        self, office: Office, reason: str | None, put_off: timedelta
    ) -> None:
        await office.open(1)
        due_at = office.now + timedelta(days=1)
        async with office.database.transaction() as session:
            await session.execute(update(ReminderRow).values(reason=reason, next_try_at=due_at + put_off))
            almost = await read_gauges(session, due_at + OVERDUE - timedelta(seconds=1))
            overdue = await read_gauges(session, due_at + OVERDUE)
        assert (almost.undelivered_reminders, overdue.undelivered_reminders) == (0, 1)
