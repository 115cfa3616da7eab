"""内部出错时记什么：哪种错、走到哪一行；不记异常的消息，里面可能有用户的话。"""

import traceback


def describe(error: BaseException) -> str:
    """一个异常和引起它的那些异常：种类与经过的行，由外到里。"""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        path = " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
        parts.append(f"{type(current).__module__}.{type(current).__name__}（{path}）")
        current = current.__cause__ or current.__context__
    return "；起因 ".join(parts)


def _short(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").rsplit("/", 2)[-2:])
