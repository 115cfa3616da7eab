"""群设置与用户设置。"""

from datetime import datetime

from nonebot_plugin_refund.storage import groups, people
from nonebot_plugin_refund.storage.database import Database
from nonebot_plugin_refund.storage.records import Person


async def test_only_groups_that_changed_the_switch_are_remembered(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await groups.set_keywords(session, "onebot", "5000", False, now)
        await groups.set_keywords(session, "onebot", "5001", False, now)
        await groups.set_keywords(session, "onebot", "5001", True, now)
    async with database.session() as session:
        assert await groups.keywords_overrides(session) == {("onebot", "5000"): False, ("onebot", "5001"): True}


async def test_a_person_is_new_once_and_consent_is_remembered(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        assert await people.touch(session, alice, now) is True
        assert await people.touch(session, alice, now) is False
        asked_nothing = await people.get(session, alice)
        await people.set_mention_consent(session, alice, False, now)
        await people.set_reminders_stopped(session, bob, True, now)
    async with database.session() as session:
        first, second = await people.get(session, alice), await people.get(session, bob)
    assert asked_nothing is not None
    assert first is not None
    assert second is not None
    assert (asked_nothing.mention_consent, first.mention_consent) == (None, False)
    assert (first.reminders_stopped, second.reminders_stopped) == (False, True)
