"""日志里的异常：只写是哪种、在哪几行，不写它说的话——那里面常有整个事件、要写进库的值。"""

import traceback
from collections.abc import Iterator

_WITHHELD = "（异常的话不记）"


def withheld(error: BaseException) -> BaseException:
    """代替它写进日志的一个：名字相同，话换成出错的位置；没有调用栈，也就没有哪个变量的值可写。"""
    kind = type(error)
    stand_in = type(kind.__name__, (Exception,), {"__module__": kind.__module__})
    return stand_in("\n".join([_WITHHELD, *_whole_story(error)]))


def _whole_story(error: BaseException) -> Iterator[str]:
    """它自己、引起它的、合在一组里的，各一段。"""
    left: list[tuple[str, BaseException]] = [("", error)]
    seen: set[int] = set()
    while left:
        why, each = left.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        if why:
            yield f"{why} {type(each).__module__}.{type(each).__qualname__}"
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        cause = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        if cause is not None:
            left.append(("起因：", cause))
        if isinstance(each, BaseExceptionGroup):
            left.extend(("其中：", one) for one in each.exceptions)
