"""文件名里的把戏：不管谁起的名字，都落在该放的文件夹里。"""

import hashlib
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from tests.chat.conversation_harness import Bench, FakeClock

from nonebot_plugin_refund.chat.file_shelf import FileShelf
from nonebot_plugin_refund.storage.backup_manifest import MANIFEST, RULEBOOK
from nonebot_plugin_refund.storage.backups import Subject, make_backup
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.restoring import Place, inspect_source, staged

SHOP = ("退货", "1", "1", "昨天", "1", "1")
OWNER = Person("../..", "../../30001")
TRICKS = ("../../secret.txt", "/etc/passwd", "..\\..\\secret.txt", "C:\\secret.txt", "a/../../b", "..", ".", "")


@pytest.mark.parametrize("name", TRICKS)
def test_the_shelf_keeps_every_name_inside(tmp_path: Path, name: str) -> None:
    shelf = FileShelf(tmp_path / "files", FakeClock())
    with suppress(OSError):  # 「..」「.」和空名字：系统自己就不让写
        assert shelf.put(OWNER, name, b"x").parent.parent == (tmp_path / "files").resolve()
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


async def test_names_of_attachments_hold_nothing_but_our_own_words(bench: Bench) -> None:
    await bench.private(*SHOP)
    attachments = [
        reply.attachment
        for text in ("日历", "导出", "文书 1")
        for reply in await bench.replies(text)
        if reply.attachment is not None
    ]
    assert len(attachments) >= 2
    assert not any(letter in attachment.name for attachment in attachments for letter in '/\\:*?"<>|\0\n')


class TestRestoring:
    """备份文件可能是别人给的：里面的路径不许跑到外面去。"""

    @pytest.mark.parametrize(
        "member",
        [
            f"{RULEBOOK}../../outside.yaml",
            f"{RULEBOOK}..\\..\\outside.yaml",
            "../outside.yaml",
            "{folder}/outside.yaml",
            f"{RULEBOOK}C:outside.yaml",
            "bot.py",
        ],
    )
    def test_a_member_that_leads_out_is_refused_and_nothing_is_written(
        self, sqlite_template: Path, tmp_path: Path, member: str
    ) -> None:
        packed = tmp_path / "given.zip"
        make_backup(Subject(sqlite_template, tmp_path / "none", "0"), packed, FakeClock().now())
        _add(packed, member.format(folder=tmp_path), b"id: outside\n")
        place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
        with pytest.raises(StorageError), staged(inspect_source(packed), place):
            pass
        assert not any("outside" in path.name or path.name == "bot.py" for path in tmp_path.rglob("*"))

    def test_a_member_whose_content_was_changed_is_refused(self, sqlite_template: Path, tmp_path: Path) -> None:
        packed = tmp_path / "given.zip"
        make_backup(Subject(sqlite_template, tmp_path / "none", "0"), packed, FakeClock().now())
        _add(packed, f"{RULEBOOK}mine.yaml", b"id: mine\n", claimed=b"id: other\n")
        place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
        with pytest.raises(StorageError), staged(inspect_source(packed), place):
            pass


def _add(packed: Path, member: str, content: bytes, claimed: bytes | None = None) -> None:
    """往备份里塞一个文件，清单也改得对得上；``claimed`` 是清单声称的内容。"""
    with zipfile.ZipFile(packed) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(kept[MANIFEST])
    manifest["files"][member] = hashlib.sha256(claimed or content).hexdigest()
    kept[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in (kept | {member: content}).items():
            archive.writestr(name, body)
