"""一句话在一个事务里办完；先前没说到的话随它补上，提交了没有说不准的查清楚。"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from ..log_lines import about
from ..storage.errors import StaleVersionError, is_worth_another_try
from ..storage.owner import installation
from ..storage.person import handled
from ..storage.records import Person
from .base.failure import describe
from .base.incoming import Incoming
from .base.turn import Reply, Services, Turn
from .owed.doubts import Doubt, Doubts
from .owed.owed_answers import OwedAnswers, late

logger = logging.getLogger(__name__)

_TRIES = 3
"""别的进程同时改了同一件事时，重办几次。"""


class NotSureError(Exception):
    """提交的回音丢了，眼下又查不到：办没办成说不准。"""


@dataclass(slots=True)
class _Attempt:
    """办到哪里了。"""

    fingerprint: str
    said: list[Reply] = field(default_factory=list[Reply])
    after_commit: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list[Callable[[], Awaitable[None]]])
    is_ready: bool = False
    """全办完了，只差提交。"""


class Committing:
    """办一句话，提交。"""

    def __init__(
        self, services: Services, owed_answers: OwedAnswers, respond: Callable[[Turn], Awaitable[list[Reply]]]
    ) -> None:
        self._services = services
        self._owed_answers = owed_answers
        self._respond = respond
        self._doubts = Doubts()
        self._secret: bytes | None = None

    async def handle(self, incoming: Incoming, codes: list[str], seen: int) -> list[Reply]:
        """办完、提交，返回要说的话；与别的进程撞上了就重办。

        Args:
            incoming: 要办的话。
            codes: 动过的案件号记在这里。
            seen: 消息到时他收到第几句了，见 :class:`.owed.last_shown.LastShown`。

        Raises:
            NotSureError: 提交了没有说不准。
        """
        for _ in range(_TRIES - 1):
            try:
                return await self._attempt(incoming, codes, seen)
            except (StaleVersionError, DBAPIError) as error:
                if not is_worth_another_try(error):
                    raise
                codes.clear()
        return await self._attempt(incoming, codes, seen)

    async def _attempt(self, incoming: Incoming, codes: list[str], seen: int) -> list[Reply]:
        attempt = _Attempt(incoming.fingerprint(await self._known_secret()))
        try:
            async with self._services.database.transaction() as session:
                await self._in_one_transaction(session, incoming, codes, seen, attempt)
                attempt.is_ready = True
        except Exception as error:
            is_in_doubt = attempt.is_ready and not is_worth_another_try(error)
            if not is_in_doubt or not await self._came_through(incoming, attempt, error):
                raise
        for act in attempt.after_commit:
            act()
        for go_on in attempt.afterwards:
            await go_on()
        return attempt.said

    async def _known_secret(self) -> bytes:
        """这一处安装的密钥，只取一次。自成一个事务：几个进程同时抽它，不能占着锁去办别的。"""
        if self._secret is None:
            async with self._services.database.transaction() as session:
                self._secret = await installation.secret(session)
        return self._secret

    async def _in_one_transaction(
        self, session: AsyncSession, incoming: Incoming, codes: list[str], seen: int, attempt: _Attempt
    ) -> None:
        services, now = self._services, self._services.clock.now()
        if not await handled.first_time(session, incoming.platform, incoming.self_id, attempt.fingerprint, now):
            return
        if not incoming.is_private or incoming.is_temporary:
            turn = Turn(services, incoming, session, now, codes, attempt.after_commit, attempt.afterwards)
            attempt.said = await self._respond(turn)
            return
        owed = await self._owed(session, incoming, now, attempt)
        is_unseen, is_repeat = self._what_was_seen(incoming, now, seen, is_owed=bool(owed))
        turn = Turn(
            services,
            incoming,
            session,
            now,
            codes,
            attempt.after_commit,
            attempt.afterwards,
            owed=owed,
            is_unseen=is_unseen,
            is_repeat=is_repeat,
        )
        said = await self._respond(turn)
        attempt.said = [*late(owed), *[replace(one, is_owed=turn.is_answer_owed) for one in said]]

    async def _owed(
        self, session: AsyncSession, incoming: Incoming, now: datetime, attempt: _Attempt
    ) -> tuple[str, ...]:
        """先前没说到的话：欠着的，和当时说不准、现在查明办成了的。"""
        person = _speaker(incoming)
        owed = await self._owed_answers.take(session, person, now)
        attempt.after_commit.append(lambda: self._owed_answers.settled(person))
        doubt = self._doubts.of(person)
        if doubt is None:
            return owed
        attempt.after_commit.append(lambda: self._doubts.settled(person))
        if not await handled.is_known(session, incoming.platform, incoming.self_id, doubt.fingerprint):
            return owed
        attempt.after_commit.extend(doubt.after_commit)
        return (*owed, *[one.text for one in doubt.said])

    def _what_was_seen(self, incoming: Incoming, now: datetime, seen: int, *, is_owed: bool) -> tuple[bool, bool]:
        person, last_shown = _speaker(incoming), self._owed_answers.last_shown
        is_unseen = is_owed or last_shown.is_ahead_of(person, seen, incoming.said_at(now))
        return is_unseen, is_unseen and last_shown.answered_the_same(person, incoming.text)

    async def _came_through(self, incoming: Incoming, attempt: _Attempt, error: Exception) -> bool:
        """提交时出了错，也许只是回音丢了：看登记在不在。看不成就记下来，等下一句再看。"""
        logger.warning("提交时出错，看看办成了没有：%s", describe(error), extra=about("commit_in_doubt"))
        try:
            async with self._services.database.session() as session:
                return await handled.is_known(session, incoming.platform, incoming.self_id, attempt.fingerprint)
        except Exception as unreachable:
            if incoming.is_private and not incoming.is_temporary:
                doubt = Doubt(attempt.fingerprint, attempt.said, attempt.after_commit)
                self._doubts.put(_speaker(incoming), doubt)
                self._owed_answers.last_shown.sending(_speaker(incoming), incoming.text)
            raise NotSureError from unreachable


def _speaker(incoming: Incoming) -> Person:
    return Person(incoming.platform, incoming.user_id)
