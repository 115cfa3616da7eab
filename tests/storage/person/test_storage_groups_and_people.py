"""群设置与用户设置。"""

from datetime import datetime, time, timedelta
from typing import cast

import pytest
from sqlalchemy import select

from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.keyword_level import KeywordLevel
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import groups, people
from nonebot_plugin_refund.storage.person.groups import NOTHING_CHOSEN, Chosen, GroupChoices
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.tables import PersonRow

EVERYTHING = Chosen(
    keywords=KeywordLevel.EAGER,
    cooldown=timedelta(seconds=90),
    pictures=False,
    mentions=False,
    quiet=QuietHours(time(23), time(7, 30)),
)


async def test_a_group_that_chose_nothing_has_nothing_chosen(database: Database) -> None:
    async with database.session() as session:
        assert await groups.get(session, "onebot", "5000") == GroupChoices()
        assert await groups.changed_since(session, None) == {}


async def test_what_a_group_chose_comes_back_and_belongs_to_it_alone(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert await groups.choose(session, "onebot", "5000", now, **EVERYTHING) == GroupChoices(**EVERYTHING)
        await groups.choose(session, "onebot", "5001", now, keywords=KeywordLevel.OFF)
    async with database.session() as session:
        assert await groups.get(session, "onebot", "5000") == GroupChoices(**EVERYTHING)
        assert await groups.get(session, "console", "5000") == GroupChoices()
        assert await groups.get(session, "onebot", "5002") == GroupChoices()
        assert await groups.changed_since(session, None) == {
            ("onebot", "5000"): GroupChoices(**EVERYTHING),
            ("onebot", "5001"): GroupChoices(keywords=KeywordLevel.OFF),
        }


@pytest.mark.parametrize("name", sorted(EVERYTHING))
async def test_choosing_one_thing_leaves_the_others_and_each_goes_back_alone(
    database: Database, now: datetime, name: str
) -> None:
    async with database.transaction() as session:
        await groups.choose(session, "onebot", "5000", now, **cast("Chosen", {name: EVERYTHING[name]}))
        only = await groups.get(session, "onebot", "5000")
        await groups.choose(session, "onebot", "5000", now, **EVERYTHING)
        await groups.choose(session, "onebot", "5000", now, **cast("Chosen", {name: None}))
        without = await groups.get(session, "onebot", "5000")
    chosen = {field for field in EVERYTHING if getattr(only, field) is not None}
    kept = {field for field in EVERYTHING if getattr(without, field) is not None}
    assert (chosen, kept) == ({name}, set(EVERYTHING) - {name})


async def test_a_group_that_goes_back_to_the_defaults_is_still_told_of(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await groups.choose(session, "onebot", "5000", now, **EVERYTHING)
        await groups.choose(session, "onebot", "5000", now + timedelta(hours=1), **NOTHING_CHOSEN)
        await groups.choose(session, "onebot", "5001", now, pictures=True)
    async with database.session() as session:
        changed = await groups.changed_since(session, now + timedelta(minutes=1))
        assert changed == {("onebot", "5000"): GroupChoices()}
        assert set(await groups.changed_since(session, now)) == {("onebot", "5000"), ("onebot", "5001")}


async def test_a_person_who_said_nothing_about_pictures_has_no_switch(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
        await people.set_pictures(session, bob, False, now)
        await people.touch(session, bob, now)
    async with database.session() as session:
        silent, spoken = await people.get(session, alice), await people.get(session, bob)
    assert silent is not None
    assert spoken is not None
    assert (silent.pictures, spoken.pictures) == (None, False)


async def test_the_first_visit_stays_the_first_and_consent_is_remembered(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
        await people.touch(session, alice, now + timedelta(hours=1))
        seen = (await session.execute(select(PersonRow.first_seen_at, PersonRow.seen_at))).one()
        asked_nothing = await people.get(session, alice)
        await people.set_mention_consent(session, alice, False, now)
        await people.set_reminders_stopped(session, bob, True, now)
    async with database.session() as session:
        first, second = await people.get(session, alice), await people.get(session, bob)
    assert tuple(seen) == (now, now + timedelta(hours=1))
    assert asked_nothing is not None
    assert first is not None
    assert second is not None
    assert (asked_nothing.mention_consent, first.mention_consent) == (None, False)
    assert (first.reminders_stopped, second.reminders_stopped) == (False, True)
