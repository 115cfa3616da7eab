"""机器人看到的时间：真的时间加上一个写在文件里的偏移。"""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def advance_clock(offset_file: Path, by: timedelta) -> None:
    """把机器人看到的时间往后拨；重启以后仍然有效。"""
    offset = float(offset_file.read_text(encoding="utf-8")) + by.total_seconds()
    # 先写新文件再改名：机器人随时在读，不能读到半截
    fresh = offset_file.with_suffix(".new")
    fresh.write_text(str(offset), encoding="utf-8")
    fresh.replace(offset_file)


def until_noon(days: int) -> timedelta:
    """从现在到 ``days`` 天之后的上海中午 12 点。"""
    now = datetime.now(UTC)
    day = now.astimezone(SHANGHAI).date() + timedelta(days=days)
    return datetime.combine(day, time(12), SHANGHAI) - now
