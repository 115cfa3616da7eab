"""放文件的地方：放进去看得到，放久了会清掉，名字里的怪字不会放到别处去。"""

import os
from pathlib import Path

from nonebot_plugin_refund.chat.sending.file_folder import KEPT_FOR, FileFolder
from nonebot_plugin_refund.storage.records import Person
from tests.chat.conversation_harness import FakeClock

OWNER = Person("Console", "user")


def test_old_files_are_cleared_when_a_new_one_is_put(tmp_path: Path) -> None:
    clock = FakeClock()
    editions = FileFolder(tmp_path / "files", clock)
    old, fresh = editions.put(OWNER, "旧.ics", b"old"), editions.put(OWNER, "新.ics", b"fresh")
    now = clock.now().timestamp()
    os.utime(old, (now, now - KEPT_FOR.total_seconds() - 1))
    os.utime(fresh, (now, now - KEPT_FOR.total_seconds() + 60))
    editions.put(OWNER, "另一个.ics", b"another")
    assert sorted(path.name for path in (tmp_path / "files").rglob("*.ics")) == ["另一个.ics", "新.ics"]


def test_the_same_name_again_holds_the_new_content(tmp_path: Path) -> None:
    editions = FileFolder(tmp_path, FakeClock())
    editions.put(OWNER, "一.ics", b"first")
    assert editions.put(OWNER, "一.ics", b"second").read_bytes() == b"second"


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    file = FileFolder(tmp_path / "files", FakeClock()).put(OWNER, "../../机密.txt", b"x")
    assert file.parent.parent == (tmp_path / "files").resolve()
