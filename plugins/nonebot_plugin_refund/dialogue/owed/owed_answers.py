"""没发到的回答：留在库里，随下一句、或账号回来时补上，各只一次。

欠着谁记在内存里，平常的话不必为此多问一次库；启动时、每一轮从库里看一遍。
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from ...clock import Clock
from ...delivery.messenger import Account, Messenger, NotConnected, OutcomeUnknown, Rejected
from ...domain.days.reminders import QuietHours
from ...log_lines import about
from ...storage.connection.database import Database
from ...storage.person import owed_replies
from ...storage.records import Person
from ..base import wording
from ..base.turn import Reply
from .last_shown import LastShown

logger = logging.getLogger(__name__)

_STILL_AWAKE = timedelta(minutes=15)
"""刚说过话的人，夜里也不算打扰。"""

Undelivered = (Rejected, OutcomeUnknown, NotConnected)
"""一句话没有、或不知道有没有发到。"""


class OwedAnswers:
    """没发到的回答。"""

    def __init__(self, database: Database, messenger: Messenger, clock: Clock, quiet: QuietHours) -> None:
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._quiet = quiet
        self._owing: set[int] = set()
        self._returned = True
        self._tried: set[int] = set()
        """账号这次回来以后试过的人：又没发成的，等下一次。"""
        self.last_shown = LastShown()

    def owes(self, person: Person) -> bool:
        """可能欠着他；只看内存。"""
        return hash(person) in self._owing

    def account_returned(self) -> None:
        """有账号回来了：下一轮补上，每人试一次。"""
        self._returned = True
        self._tried.clear()

    async def take(self, session: AsyncSession, person: Person, now: datetime) -> tuple[str, ...]:
        """取走欠他的，与办这句话同一个事务：没办成的话还欠着。"""
        return tuple(await owed_replies.take(session, person, now)) if self.owes(person) else ()

    def settled(self, person: Person) -> None:
        """取走的事务提交了。"""
        self._owing.discard(hash(person))

    async def failed(
        self, person: Person, self_id: str, number: int, unsaid: Sequence[Reply], error: Exception
    ) -> None:
        """第 ``number`` 句没有说全：没说到的留下。补说的又没有回音，就当他看到了，不然他永远答不上来。"""
        await self.keep(person, self_id, unsaid, error)
        if isinstance(error, OutcomeUnknown) and all(one.is_late for one in unsaid if one.is_owed):
            self.last_shown.shown(person, number, self._clock.now())

    async def keep(self, person: Person, self_id: str, unsaid: Sequence[Reply], error: Exception) -> None:
        """没说到的留下；补说的又没有回音，就不再补第三回。库也写不了，只好算了。"""
        texts = [one.text for one in unsaid if one.is_owed and not (one.is_late and isinstance(error, OutcomeUnknown))]
        if not texts:
            return
        try:
            async with self._database.transaction() as session:
                kept = await owed_replies.keep(session, person, self_id, texts, self._clock.now())
        except Exception as failure:  # 回答本来就没发到，这里再出错也不能牵连别的；只记种类
            logger.error("没说到的话也没能留下：%s", type(failure).__name__, extra=about("reply_not_kept"))
            return
        if kept:
            self._owing.add(hash(person))

    async def learn(self) -> list[owed_replies.OwedPerson]:
        """从库里看一遍欠着谁：启动时、每一轮各一次。"""
        async with self._database.session() as session:
            creditors = await owed_replies.creditors(session, self._clock.now())
        self._owing |= {hash(creditor.person) for creditor in creditors}
        return creditors

    async def push(self) -> int:
        """账号回来了：把欠着的补上，一个人一条。夜里只补给刚说过话的人。返回补了几个人。"""
        now = self._clock.now()
        creditors = await self.learn()
        if not self._returned:
            return 0
        connected = self._messenger.connected_accounts()
        here = [each for each in creditors if Account(each.person.platform, each.self_id) in connected]
        untried = [each for each in here if hash(each.person) not in self._tried]
        awake = [each for each in untried if not self._quiet.covers(now) or each.kept_at > now - _STILL_AWAKE]
        self._tried |= {hash(each.person) for each in awake}
        # 还有夜里不便补的，天亮以后接着看
        self._returned = len(awake) < len(untried)
        return sum([await self._push_to(each.person, each.self_id, now) for each in awake])

    async def _push_to(self, person: Person, self_id: str, now: datetime) -> bool:
        if await self._messenger.is_friend(Account(person.platform, self_id), person.user_id) is False:
            return False
        async with self._database.transaction() as session:
            texts = await owed_replies.take(session, person, now)
        self.settled(person)
        if not texts:
            return False
        said = late(texts)
        number = self.last_shown.sending(person, "")
        try:
            for reply in said:
                await self._messenger.send_private(Account(person.platform, self_id), person.user_id, reply.text)
        except Undelivered as error:
            await self.failed(person, self_id, number, said, error)
            return False
        self.last_shown.shown(person, number, self._clock.now())
        return True


def late(texts: Sequence[str]) -> list[Reply]:
    """补说的话：第一条前面说一声为什么。"""
    told = [text.removeprefix(f"{wording.SAID_LATE}\n") for text in texts]
    return [
        Reply(f"{wording.SAID_LATE}\n{text}" if number == 0 else text, is_owed=True, is_late=True)
        for number, text in enumerate(told)
    ]
