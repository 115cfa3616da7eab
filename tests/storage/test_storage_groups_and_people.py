"""群设置与用户设置。"""

from datetime import datetime, timedelta

from sqlalchemy import select

from nonebot_plugin_refund.keyword_level import KeywordLevel
from nonebot_plugin_refund.storage import groups, people
from nonebot_plugin_refund.storage.database import Database
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.tables import PersonRow


async def test_only_groups_that_changed_the_level_are_remembered(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await groups.set_keyword_level(session, "onebot", "5000", KeywordLevel.OFF, now)
        await groups.set_keyword_level(session, "onebot", "5001", KeywordLevel.OFF, now)
        await groups.set_keyword_level(session, "onebot", "5001", KeywordLevel.EAGER, now)
        await groups.set_keyword_level(session, "onebot", "5002", KeywordLevel.CAREFUL, now)
    async with database.session() as session:
        assert await groups.keyword_levels(session) == {
            ("onebot", "5000"): KeywordLevel.OFF,
            ("onebot", "5001"): KeywordLevel.EAGER,
            ("onebot", "5002"): KeywordLevel.CAREFUL,
        }


async def test_a_group_may_switch_pictures_without_choosing_a_level_and_the_other_way_round(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        await groups.set_pictures(session, "onebot", "5000", True, now)
        await groups.set_pictures(session, "onebot", "5000", False, now)
        await groups.set_keyword_level(session, "onebot", "5001", KeywordLevel.EAGER, now)
        await groups.set_pictures(session, "onebot", "5002", True, now)
        await groups.set_keyword_level(session, "onebot", "5002", KeywordLevel.OFF, now)
    async with database.session() as session:
        assert await groups.picture_switches(session) == {("onebot", "5000"): False, ("onebot", "5002"): True}
        assert await groups.keyword_levels(session) == {
            ("onebot", "5001"): KeywordLevel.EAGER,
            ("onebot", "5002"): KeywordLevel.OFF,
        }


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
