"""案件：只有本人看得到；案件号不撞；改动不互相覆盖。"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.case_codes import ALPHABET, DIGITS, LETTERS, draw_code, normalise_code
from nonebot_plugin_refund.storage.case.cases import CaseDraft, EventDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.errors import StaleVersionError
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding import reminders, timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft


async def test_a_case_comes_back_as_it_was_opened(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        opened = await cases.create(session, alice, case_draft, now)
    async with database.session() as session:
        read = await cases.get(session, alice, opened.code)
    assert read == opened
    assert opened.answers == case_draft.answers
    assert opened.person == alice


async def test_nobody_else_finds_lists_changes_or_completes_a_case(
    database: Database,
    alice: Person,
    bob: Person,
    case_draft: CaseDraft,
    timer_draft: Callable[..., TimerDraft],
    now: datetime,
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        planned = [ReminderDraft("seven-days", "1d@10:00", now + timedelta(days=3))]
        (timer,) = await timers.replace_timers(session, case, [timer_draft()], planned, now)
    same_number_elsewhere = Person("console", alice.user_id)
    for stranger in (bob, same_number_elsewhere):
        async with database.transaction() as session:
            assert await cases.get(session, stranger, case.code) is None
            assert await cases.get_by_id(session, stranger, case.id) is None
            assert await cases.listed(session, stranger, include_closed=True) == []
            assert await reminders.of_case(session, stranger, case.id) == []
            assert await reminders.stop(session, stranger, now, case=case) == 0
            assert await timers.complete(session, stranger, timer, now) is False
    async with database.session() as session:
        (reminder,) = await reminders.of_case(session, alice, case.id)
    assert reminder.state == "pending"


async def test_a_taken_code_is_drawn_again_and_grows_when_short_ones_run_out(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    def always(text: str) -> Callable[[str], str]:
        characters: Iterator[str] = iter(text * 100)
        return lambda _: next(characters)

    async with database.transaction() as session:
        first = await cases.create(session, alice, case_draft, now, draw=always("K7Q2"))
        second = await cases.create(session, alice, case_draft, now, draw=always("K7Q2M3P4"))
        third = await cases.create(session, alice, case_draft, now, draw=always("K7Q2" * 8 + "K7Q2A"))
    assert [first.code, second.code, third.code] == ["K7Q2", "M3P4", "K7Q2A"]


async def test_the_slower_of_two_changes_is_refused(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
    async with database.transaction() as session:
        moved = await cases.save(session, case, now, stage_id="agreed", stage_entered_at=now)
    with pytest.raises(StaleVersionError):
        async with database.transaction() as session:
            await cases.close(session, case, "refunded", now)
    async with database.session() as session:
        assert await cases.get(session, alice, case.code) == moved


async def test_the_owner_of_a_case_cannot_be_changed(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        with pytest.raises(TypeError, match="user_id"):
            await cases.save(session, case, now, user_id="10002")


async def test_closing_settles_timers_and_reminders_with_it(
    database: Database,
    alice: Person,
    case_draft: CaseDraft,
    timer_draft: Callable[..., TimerDraft],
    now: datetime,
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        planned = [ReminderDraft("seven-days", "1d@10:00", now + timedelta(days=3))]
        await timers.replace_timers(session, case, [timer_draft()], planned, now)
        closed = await cases.close(session, case, "refunded", now)
    async with database.session() as session:
        assert await timers.current_timers(session, case.id) == []
        (reminder,) = await reminders.of_case(session, alice, case.id)
        assert await cases.listed(session, alice) == []
        assert await cases.listed(session, alice, include_closed=True) == [closed]
        assert await cases.open_count(session) == 0
        assert await cases.count_open(session, alice) == 0
    assert (reminder.state, reminder.reason) == ("cancelled", "case_closed")


async def test_events_are_kept_in_order_and_evidence_is_ticked_once(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        for event_id in ("opened", "merchant-agreed"):
            await cases.append_event(session, case, EventDraft(event_id, detail={"说": "同意了"}), now)
        assert await cases.tick_evidence(session, case, "order-shot", now) is True
        assert await cases.tick_evidence(session, case, "order-shot", now) is False
        assert await cases.ticked_evidence(session, case) == {"order-shot"}
        assert await cases.untick_evidence(session, case, "order-shot") is True
        assert await cases.untick_evidence(session, case, "order-shot") is False
        assert [event.event_id for event in await cases.events(session, case)] == ["opened", "merchant-agreed"]


@given(st.lists(st.sampled_from(ALPHABET), min_size=8, max_size=8), st.integers(4, 8))
def test_a_code_is_never_a_word_nor_a_number(characters: list[str], length: int) -> None:
    left = iter(characters)
    code = draw_code(length, lambda allowed: next((c for c in left if c in allowed), allowed[0]))
    assert len(code) == length
    assert code[0] in LETTERS
    assert any(character in DIGITS for character in code)
    assert normalise_code(code) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("k7q2", "K7Q2"), (" K7Q2 ", "K7Q2"), ("Ｋ７Ｑ２", "K7Q2"), ("#k7q2", "K7Q2")]
    + [(other, None) for other in ("", "1", "12", "7777", "TEXT", "K7Q", "K7O2", "退款", "K7Q2K7Q2K", "K7 Q2")],
)
def test_a_typed_code_is_recognised_or_left_alone(typed: str, code: str | None) -> None:
    assert normalise_code(typed) == code
