"""把意外写进日志：只写哪种错、错在哪一行。异常的消息里可能有提醒的正文，不进日志也不给运营者看。"""

import traceback
from pathlib import Path


def where_it_broke(error: BaseException) -> str:
    """如 ``KeyError（sender.py:120）``。"""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"（{Path(frames[-1].filename).name}:{frames[-1].lineno}）" if frames else ""
    return f"{type(error).__name__}{place}"
