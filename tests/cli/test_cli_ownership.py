"""用 root 跑的备份、恢复：写出来的归数据文件夹的主人，别处的一个不动；不归主人的 doctor 看得出来。"""

import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nonebot_plugin_refund.cli.checks.storage import check_storage
from nonebot_plugin_refund.cli.ownership import hand_over, nearest, strangers_in

SERVICE = 12345
pytestmark = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="要换文件的主人，得是 root；流水线的容器里是"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """服务账户的数据文件夹。"""
    folder = tmp_path / "project" / "data"
    (folder / "plugin").mkdir(parents=True)
    for path in (folder, folder / "plugin"):
        os.chown(path, SERVICE, SERVICE)
    return folder / "plugin"


def _owner(path: Path) -> int:
    return path.lstat().st_uid


def test_what_root_wrote_beside_the_data_goes_to_their_owner(data: Path, tmp_path: Path) -> None:
    inside, outside = data.parent / "backups", tmp_path / "elsewhere"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.zip").touch()
    link = data / "link"
    link.symlink_to(outside / "a.zip")
    hand_over(data, [inside, inside / "a.zip", outside, outside / "a.zip", tmp_path, link, data / "not-there"])
    assert [_owner(path) for path in (inside, inside / "a.zip")] == [SERVICE, SERVICE]
    assert [_owner(path) for path in (outside, outside / "a.zip", tmp_path)] == [0, 0, 0]


def test_nothing_is_given_away_where_root_runs_the_bot_itself(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "file").touch()
    hand_over(tmp_path / "data", [tmp_path / "data" / "file"])
    assert _owner(tmp_path / "data" / "file") == 0


def test_another_account_gives_nothing_away(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "file").touch()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    hand_over(data, [data / "file"])
    assert _owner(data / "file") == 0


def test_a_file_of_another_account_among_the_data_is_a_finding_with_its_cure(data: Path) -> None:
    checked: Any = SimpleNamespace(
        now=datetime(2026, 11, 30, tzinfo=UTC),
        installation=SimpleNamespace(data=data, database_file=data / "no.sqlite3"),
    )
    assert "owner" not in [result.check for result in check_storage(checked)]
    (data / "refund.sqlite3").touch()
    assert strangers_in(data) == [data / "refund.sqlite3"]
    (found,) = [result for result in check_storage(checked) if result.check == "owner"]
    assert (found.health, found.cure) == ("fail", f"sudo chown -R {SERVICE}:{SERVICE} {data.parent}")


def test_a_folder_of_backups_that_root_made_is_a_finding_too(data: Path) -> None:
    folder = data.parent / "backups"
    folder.mkdir()
    assert strangers_in(data, folder) == [folder]
    os.chown(folder, SERVICE, SERVICE)
    assert strangers_in(data, folder, data.parent.parent, data.parent / "none") == []


def test_a_folder_not_made_yet_goes_by_the_one_it_will_be_in(data: Path) -> None:
    assert nearest(data / "a" / "b") == data
