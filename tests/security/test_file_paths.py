"""文件名里的把戏：不管谁起的名字，都落在该放的文件夹里。"""

import hashlib
import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from struct import Struct
from zipfile import ZIP_DEFLATED, ZIP_STORED

import pytest

from nonebot_plugin_refund.chat.sending.file_folder import FileFolder
from nonebot_plugin_refund.storage.backup import restoring
from nonebot_plugin_refund.storage.backup.backup_manifest import MANIFEST, RULEBOOK
from nonebot_plugin_refund.storage.backup.backups import Subject, make_backup
from nonebot_plugin_refund.storage.backup.restoring import Place, inspect_source, staged
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.records import Person
from tests.chat.conversation_harness import Bench, FakeClock

SHOP = ("退货", "1", "1", "昨天", "1", "1")
OWNER = Person("../..", "../../30001")
TRICKS = ("../../secret.txt", "/etc/passwd", "..\\..\\secret.txt", "C:\\secret.txt", "a/../../b", "..", ".", "")


@pytest.mark.parametrize("name", TRICKS)
def test_the_shelf_keeps_every_name_inside(tmp_path: Path, name: str) -> None:
    editions = FileFolder(tmp_path / "files", FakeClock())
    with suppress(OSError):  # 「..」「.」和空名字：系统自己就不让写
        assert editions.put(OWNER, name, b"x").parent.parent == (tmp_path / "files").resolve()
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
        self, given: Path, tmp_path: Path, member: str
    ) -> None:
        _add(given, member.format(folder=tmp_path), b"id: outside\n")
        place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
        with pytest.raises(StorageError), staged(inspect_source(given), place):
            pass
        assert not any("outside" in path.name or path.name == "bot.py" for path in tmp_path.rglob("*"))

    @pytest.fixture
    def given(self, sqlite_template: Path, tmp_path: Path) -> Path:
        """别人给的一份好备份。"""
        packed = tmp_path / "given.zip"
        make_backup(Subject(sqlite_template, tmp_path / "none", "0"), packed, FakeClock().now())
        return packed

    def test_a_member_whose_content_was_changed_is_refused(self, given: Path, tmp_path: Path) -> None:
        _add(given, f"{RULEBOOK}mine.yaml", b"id: mine\n", claimed=b"id: other\n")
        place = Place(tmp_path / "here" / "refund.sqlite3", tmp_path / "here" / "rulebook")
        with pytest.raises(StorageError), staged(inspect_source(given), place):
            pass

    def test_a_bomb_that_hides_its_size_is_unpacked_no_further_than_it_says(self, given: Path, tmp_path: Path) -> None:
        member = f"{RULEBOOK}bomb.yaml"
        _add(given, member, bytes(8 << 20), compression=ZIP_DEFLATED)
        packed = given.read_bytes()
        assert packed.count(_SIZE.pack(8 << 20)) == 2  # 文件前面一处，中央目录一处
        given.write_bytes(packed.replace(_SIZE.pack(8 << 20), _SIZE.pack(1000)))
        _assert_refused(given, tmp_path / "here", "坏了")

    def test_what_does_not_fit_on_the_disk_is_refused(
        self, given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _add(given, f"{RULEBOOK}large.yaml", bytes(64 << 20), compression=ZIP_DEFLATED)
        assert given.stat().st_size < 1 << 20
        free = shutil._ntuple_diskusage(1 << 40, 0, 60 << 20)
        monkeypatch.setattr(restoring.shutil, "disk_usage", lambda _: free)
        _assert_refused(given, tmp_path / "here", "请腾出空间")
        assert not (tmp_path / "here").exists()


_SIZE = Struct("<L")


def _assert_refused(packed: Path, folder: Path, words: str) -> None:
    """拒绝，说清楚，一个文件、文件夹也没有留下。"""
    with (
        pytest.raises(StorageError, match=words),
        staged(inspect_source(packed), Place(folder / "refund.sqlite3", folder / "rulebook")),
    ):
        pass
    assert not folder.exists() or list(folder.iterdir()) == []


def _add(
    packed: Path, member: str, content: bytes, claimed: bytes | None = None, compression: int = ZIP_STORED
) -> None:
    """往备份里塞一个文件，清单也改得对得上；``claimed`` 是清单声称的内容。"""
    with zipfile.ZipFile(packed) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(kept[MANIFEST])
    manifest["files"][member] = hashlib.sha256(claimed or content).hexdigest()
    kept[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in (kept | {member: content}).items():
            archive.writestr(name, body, compression)
