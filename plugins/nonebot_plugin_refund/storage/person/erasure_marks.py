"""删除记号，和数据文件夹里记着它们的那个文件。

记号是账号加盐的慢散列和删除的时刻，不是账号；账号只有十来位数字，拿着文件一个个试仍猜得出来，所以算得慢、只许自己读、
到期就清。库里有一份，文件里也有一份：库被换成旧的，看得出少了哪些。
"""

import hashlib
import json
import logging
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..records import Person

logger = logging.getLogger(__name__)

FILE_NAME = "erasures.jsonl"
"""一行一个记号。"""

_SCRYPT = {"n": 2**11, "r": 8, "p": 1}
"""算一个账号约 5 毫秒：正常用只算几个，挨个试一百亿个账号要一年多。"""

_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Mark:
    """一个人的一次删除。"""

    salt: str
    """十六进制；各处安装的不同。"""
    digest: str
    at: datetime
    """UTC。"""


def mark_of(person: Person, salt: str, at: datetime) -> Mark:
    """``person`` 在 ``at``（带时区）删了数据。要几毫秒，在线程里算。"""
    return Mark(salt, digest_of(person, salt), at.astimezone(UTC))


def digest_of(person: Person, salt: str) -> str:
    """账号的慢散列。"""
    whole = f"{person.platform}\0{person.user_id}".encode()
    return hashlib.scrypt(whole, salt=bytes.fromhex(salt), dklen=16, **_SCRYPT).hex()


def read(folder: Path) -> frozenset[Mark]:
    """文件里的全部记号；没有文件为空，写到一半断了电的那行略过。

    Raises:
        OSError: 读不出来。
    """
    file = folder / FILE_NAME
    if not file.exists():
        return frozenset()
    lines = [line for line in file.read_text("utf-8").splitlines() if line]
    marks = [_parsed(line) for line in lines]
    if None in marks:
        logger.warning("%s 里有一行读不出来，略过", FILE_NAME)
    return frozenset(mark for mark in marks if mark is not None)


def add(folder: Path, marks: Iterable[Mark]) -> None:
    """添上文件里还没有的；返回时已落盘。没有文件夹就建。

    Raises:
        OSError: 写不进去。
    """
    with _writing:
        missing = sorted(frozenset(marks) - read(folder), key=_in_order)
        if missing:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / FILE_NAME
            # 上次断电可能留下半行：总是另起一行
            begins = [""] if file.exists() and file.stat().st_size else []
            _write(file, [*begins, *[_line(mark) for mark in missing]], os.O_APPEND)


def drop(folder: Path, before: datetime) -> int:
    """清掉 ``before`` 之前的。返回清了几个。

    Raises:
        OSError: 读不出来或写不进去。
    """
    with _writing:
        marks = read(folder)
        kept = [mark for mark in marks if mark.at >= before]
        if len(kept) < len(marks):
            fresh = folder / f"{FILE_NAME}.new"
            _write(fresh, [_line(mark) for mark in sorted(kept, key=_in_order)], os.O_TRUNC)
            fresh.replace(folder / FILE_NAME)
        return len(marks) - len(kept)


def _in_order(mark: Mark) -> tuple[datetime, str]:
    return mark.at, mark.digest


def _write(file: Path, lines: list[str], how: int) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with open(descriptor, "w", encoding="utf-8", newline="\n") as opened:
        opened.write("\n".join([*lines, ""]))
        opened.flush()
        os.fsync(descriptor)


def _line(mark: Mark) -> str:
    entry = {"salt": mark.salt, "erased": mark.digest, "at": mark.at.isoformat()}
    return json.dumps(entry, separators=(",", ":"))


def _parsed(line: str) -> Mark | None:
    try:
        entry: Any = json.loads(line)
        at = datetime.fromisoformat(entry["at"])
        bytes.fromhex(entry["salt"])
        return Mark(str(entry["salt"]), str(entry["erased"]), at.astimezone(UTC))
    except (ValueError, TypeError, KeyError):
        return None
