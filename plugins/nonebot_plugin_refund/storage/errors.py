"""存储这一层会抛出的错误。"""

from sqlalchemy.exc import DBAPIError

_LOST_TO_ANOTHER = frozenset({"40001", "40P01"})
"""PostgreSQL 的 serialization_failure 与 deadlock_detected：事务已整个撤销，重做一遍就好。"""


class StorageError(Exception):
    """数据库打不开或升级不了。消息是中文，写明是哪个文件、怎么解决，可以直接给部署的人看。"""


class StaleVersionError(Exception):
    """要改的这一行已被别处改过（乐观锁不符），或已经不在了；重新读出来再改。"""


def is_worth_another_try(error: Exception) -> bool:
    """只是与别的进程撞上了吗：事务什么也没留下，从头重做一遍多半就成。"""
    if isinstance(error, DBAPIError):
        return getattr(error.orig, "sqlstate", None) in _LOST_TO_ANOTHER
    return isinstance(error, StaleVersionError)
