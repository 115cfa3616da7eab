"""手册里的东西（选项、题、场景）不变，由它算出来的也不变：每个算一次，记住。"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


def once_for_each(most: int) -> Callable[[Callable[[_Owner], _Value]], Callable[[_Owner], _Value]]:
    """装饰只看一个不变的对象的函数：同一个对象只算一次，最多记住 ``most`` 个，满了从头记起。

    就是同一个才算同一个，不去比内容：比一遍内容、算一遍散列，比要算的东西还慢。
    """

    def decorated(compute: Callable[[_Owner], _Value]) -> Callable[[_Owner], _Value]:
        kept: dict[int, tuple[_Owner, _Value]] = {}

        @wraps(compute)
        def look(owner: _Owner) -> _Value:
            found = kept.get(id(owner))
            if found is None:
                if len(kept) >= most:
                    kept.clear()
                # 对象也记着：它还在，它的 id 就不会是别的对象的
                found = kept[id(owner)] = owner, compute(owner)
            return found[1]

        return look

    return decorated
