"""听一句话之前要知道他名下有没有什么：几样一条语句问完，每句话都要问。"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..case.cases import ANY_CASE
from ..case.changes import ANY_CHANGE
from ..records import Person
from ..reminding.reminders import LAST_SENT


@dataclass(frozen=True, slots=True)
class Standing:
    """他名下有没有什么。"""

    has_cases: bool
    """有案件，结了案的也算。"""
    has_changes: bool
    """有还没撤销的改动。"""
    last_delivery: int | None
    """最近一次送到他的提醒，是哪一次送的；没送到过为空。"""


_ASKED = select(ANY_CASE.exists(), ANY_CHANGE.exists(), LAST_SENT.scalar_subquery())


async def of(session: AsyncSession, person: Person) -> Standing:
    """这个人名下的。"""
    found = await session.execute(_ASKED, {"platform": person.platform, "user_id": person.user_id})
    has_cases, has_changes, last_delivery = found.one()
    return Standing(bool(has_cases), bool(has_changes), last_delivery)
