"""存储这一层会抛出的错误。"""

from sqlalchemy.exc import DBAPIError

_NO_CONNECTION = frozenset({"08", "28", "57", "3D"})
"""PostgreSQL 的错误类：连接没建起来、口令不对、正在启动或关闭、没有这个库。"""
_LOST_TO_ANOTHER = frozenset({"40001", "40P01"})
"""PostgreSQL 的 serialization_failure 与 deadlock_detected：事务已整个撤销，重做一遍就好。"""


SERVER_DOWN = "看 PostgreSQL 开没开、地址和口令对不对，开好了再启动；数据还在服务器上，不用恢复备份"
"""连不上服务器时怎么办。"""


class StorageError(Exception):
    """数据库打不开或升级不了。两句都是中文，可以直接给部署的人看。"""

    def __init__(self, what: str, cure: str = "") -> None:
        self.what = what
        """哪个文件怎么了。"""
        self.cure = cure
        """怎么解决；说不上来的为空。"""
        super().__init__(f"{what}：{cure}" if cure else what)


class StaleVersionError(Exception):
    """要改的这一行已被别处改过（乐观锁不符），或已经不在了；重新读出来再改。"""


def is_out_of_reach(error: Exception) -> bool:
    """是连不上服务器，而不是连上以后出的错。"""
    if isinstance(error, DBAPIError):
        cause = error.orig
        state = str(getattr(cause, "sqlstate", None) or "")
        return error.connection_invalidated or isinstance(cause, OSError) or state[:2] in _NO_CONNECTION
    return isinstance(error, OSError)


def is_worth_another_try(error: Exception) -> bool:
    """只是与别的进程撞上了吗：事务什么也没留下，从头重做一遍多半就成。"""
    if isinstance(error, DBAPIError):
        return getattr(error.orig, "sqlstate", None) in _LOST_TO_ANOTHER
    return isinstance(error, StaleVersionError)
