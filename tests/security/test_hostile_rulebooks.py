"""操作者文件夹里的怪东西：管道、设备、指到外面的链接、越算越大的数、往外跑的名字，都拒绝得干脆。"""

import os
import tracemalloc
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.findings import Finding, RulebookError
from nonebot_plugin_refund.rulebook.loader import load_folders
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import MAX_BYTES, parse_yaml, read_yaml
from tests.rulebook.small_book import PlantedBook

posix_only = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这个系统没有管道文件和设备文件")


def refused(path: Path) -> Finding:
    with pytest.raises(RulebookError) as caught:
        read_yaml(path)
    (finding,) = caught.value.findings
    return finding


@posix_only
def test_a_pipe_that_nobody_writes_to_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    assert "不是普通的文件" in refused(path).message


@posix_only
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_an_endless_device_is_refused_without_reading(tmp_path: Path, device: str) -> None:
    path = tmp_path / "endless.yaml"
    path.symlink_to(device)
    assert "不是普通的文件" in refused(path).message


def test_no_more_than_the_limit_is_read_of_a_huge_file(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as opened:
        opened.truncate(40 * MAX_BYTES)  # 空洞文件，占不了多少盘
    tracemalloc.start()
    finding = refused(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert finding.check == "too-large"
    assert most < 4 * MAX_BYTES


def test_sixty_levels_are_too_deep() -> None:
    with pytest.raises(RulebookError) as caught:
        parse_yaml("[" * 60 + "]" * 60, "book.yaml")
    assert "层" in caught.value.findings[0].message


@pytest.mark.parametrize(
    "number",
    ["1" + ":59" * 100_000, "1" + ":59" * 100_000 + ".5", "9" * 400_000, "0x" + "f" * 400_000, "0b" + "1" * 400_000],
    ids=["sexagesimal", "sexagesimal-float", "decimal", "hexadecimal", "binary"],
)
def test_a_number_without_end_is_not_computed(number: str) -> None:
    with pytest.raises(RulebookError) as caught:
        parse_yaml(f"a: {number}\n", "book.yaml")
    assert "太长" in caught.value.findings[0].message


@posix_only
class TestLinks:
    def test_a_link_out_of_the_folder_is_refused(self, book: PlantedBook, tmp_path: Path) -> None:
        outside = tmp_path / "elsewhere.yaml"
        (book.folder / "small.yaml").rename(outside)
        (book.folder / "small.yaml").symlink_to(outside)
        (found,) = book.findings()
        assert (Path(found.file).name, found.check) == ("small.yaml", "unreadable")
        assert "外面" in found.message

    def test_a_link_to_itself_is_refused(self, book: PlantedBook) -> None:
        (book.folder / "loop.yaml").symlink_to("loop.yaml")
        assert any("找不到" in found.message for found in book.findings())

    def test_a_link_inside_the_folder_is_followed(self, book: PlantedBook) -> None:
        """容器里挂进来的配置就是这样放的。"""
        hidden = book.folder / "..data"
        hidden.mkdir()
        (book.folder / "small.yaml").rename(hidden / "small.yaml")
        (book.folder / "small.yaml").symlink_to(Path("..data") / "small.yaml")
        assert [scenario.id for scenario in load_folders([book.folder]).scenarios] == ["small"]


@pytest.mark.parametrize("name", ["../../outside", "/etc/passwd", "a/b", "C:small", "..", "small.yaml", "小 事"])
def test_an_id_cannot_be_a_path(book: PlantedBook, name: str) -> None:
    """图、文书、留底的文件名都由 id 来：它只能是小写字母、数字和连字符。"""
    book.plant("id: small\n", f"id: '{name}'\n")
    assert any(found.check == "schema" and "id" in found.message for found in book.findings())
