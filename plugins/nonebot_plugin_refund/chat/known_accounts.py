"""机器人自己的账号什么时候连上的，记一笔：``refund doctor`` 另起一个进程，看得到连着的是哪个账号。"""

import logging

from sqlalchemy.exc import DBAPIError

from ..clock import Clock
from ..delivery.messenger import Account
from ..dialogue.base.failure import describe
from ..log_lines import about
from ..storage.connection.database import Database
from ..storage.owner import controls

logger = logging.getLogger(__name__)


async def note_connected(database: Database, account: Account, clock: Clock) -> None:
    """记下这个账号此刻连着。库一时写不进去只记日志，连上以后的事照常。"""
    try:
        async with database.transaction() as session:
            await controls.note_account(session, account.platform, account.self_id, clock.now())
    except DBAPIError as error:
        logger.warning("账号连上了没有记下：%s", describe(error), extra=about("account_not_noted"))
