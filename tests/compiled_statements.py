"""编译好的 SQL 在各个测试的数据库之间共用。

每个测试都新建一个引擎，SQLAlchemy 的编译缓存跟着引擎走，同样的一百来条语句就要重新编译几千遍，占去一场的一成多。
各个引擎的方言、设置都一样，编译的结果也一样，只是缓存的键里有方言这个对象；换成它的类，就能共用。
"""

from typing import Any

from sqlalchemy import Connection, Engine, event


class SharedStatements(dict[Any, Any]):
    """照方言的类、不照方言这个对象找编译好的语句。"""

    def get(self, key: Any, default: Any = None) -> Any:
        """编译好的；没有为 ``default``。"""
        return super().get(_by_class(key), default)

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_by_class(key))

    def __contains__(self, key: object) -> bool:
        return super().__contains__(_by_class(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_by_class(key), value)


def _by_class(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), *rest)


def share() -> None:
    """从此每条新连接都用同一份缓存。"""
    shared = SharedStatements()

    @event.listens_for(Engine, "engine_connect")
    def use_shared(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)
