"""欠着的回答：取走就没有了，过期不算，一个人至多几条，删了数据的人不欠。"""

from datetime import datetime, timedelta

from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import owed_replies, people
from nonebot_plugin_refund.storage.person.owed_replies import KEPT_FOR, MOST, OwedPerson
from nonebot_plugin_refund.storage.records import Person


async def _keep(database: Database, person: Person, texts: list[str], at: datetime) -> bool:
    async with database.transaction() as session:
        await people.touch(session, person, at)
        return await owed_replies.keep(session, person, "9000", texts, at)


async def _take(database: Database, person: Person, at: datetime) -> list[str]:
    async with database.transaction() as session:
        return await owed_replies.take(session, person, at)


async def test_taken_once_in_order_and_only_by_whom_it_is_owed(
    database: Database, alice: Person, stranger: Person, now: datetime
) -> None:
    await _keep(database, alice, ["一", "二"], now)
    await _keep(database, stranger, ["别人的"], now)
    assert await _take(database, alice, now) == ["一", "二"]
    assert await _take(database, alice, now) == []
    assert await _take(database, stranger, now) == ["别人的"]


async def test_of_many_only_the_last_few_are_kept(database: Database, alice: Person, now: datetime) -> None:
    for number in range(MOST + 3):
        await _keep(database, alice, [str(number)], now)
    assert await _take(database, alice, now) == [str(number) for number in range(3, MOST + 3)]


async def test_what_is_a_day_old_is_neither_listed_nor_given(database: Database, alice: Person, now: datetime) -> None:
    await _keep(database, alice, ["旧的"], now)
    async with database.session() as session:
        assert await owed_replies.creditors(session, now + KEPT_FOR - timedelta(seconds=1)) == [
            OwedPerson(alice, "9000", now)
        ]
        assert await owed_replies.creditors(session, now + KEPT_FOR) == []
    assert await _take(database, alice, now + KEPT_FOR) == []


async def test_whoever_is_not_known_any_more_is_owed_nothing(
    database: Database, alice: Person, stranger: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, stranger, now)
        assert await owed_replies.keep(session, alice, "9000", ["给谁"], now) is False
    assert await _take(database, alice, now) == []
