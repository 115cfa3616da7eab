"""新手写 ``.env`` 会犯的错：每一种都说得出哪个文件、第几行、怎么改；写对了的一句不说。"""

import subprocess
import sys
from pathlib import Path

import pytest
from launch.settings import LaunchSettings
from pydantic import ValidationError

from nonebot_plugin_refund.env_file import problems_in, told

ROOT = Path(__file__).parents[2]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / ".env"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("REFUND_QUITE_START=23:00", "是不是 REFUND_QUIET_START"),
        ("REFUND_PICTURE=true", "是不是 REFUND_PICTURES"),
        ("REFUND_WHATEVER_THIS_IS=1", "用不着就删掉这一行"),
        ('SUPERUSER=["123456"]', "写成 SUPERUSERS"),
        ("SUPERUSERS=[123456]", '写成 SUPERUSERS=["123456"]'),
        ("SUPERUSERS=123456", '写成 SUPERUSERS=["123456"]'),
        ("SUPERUSERS=[“123456”]", '换成英文引号：SUPERUSERS=["123456"]'),
        ("SUPERUSERS=[123456", '写成 JSON，如 SUPERUSERS=["123456"]'),
        ('COMMAND_START=["/"', "COMMAND_START 读不懂，现在是 ["),
        ("REFUND_QUIET_START=“23:00”", "REFUND_QUIET_START=23:00"),
        ("REFUND_QUIET_START＝23:00", "等号是全角的"),
        ("REFUND_QUIET_START", "没有等号"),
    ],
)
def test_a_slip_is_named_with_its_line_and_cure(tmp_path: Path, line: str, says: str) -> None:
    (found,) = problems_in(written(tmp_path, f"# 我的设置\nHOST=127.0.0.1\n{line}\n"))

    assert found.where.endswith(".env 第 3 行")
    assert says in str(found)


@pytest.mark.parametrize(
    "line",
    [
        'SUPERUSERS=["123456"]',
        "SUPERUSERS='[\"123456\"]'  # 我",
        "SUPERUSERS=",
        "SUPERUSERS='[\n  \"123456\"\n]'",
        "# REFUND_QUITE_START=23:00",
        "export REFUND_QUIET_START=23:00 # 夜里",
        "REFUND_ADAPTER=onebot",
        'NICKNAME=["退款助手"]',
        "MY_OWN_PLUGIN=随便",
    ],
)
def test_what_is_written_right_is_left_in_peace(tmp_path: Path, line: str) -> None:
    assert problems_in(written(tmp_path, f"{line}\n")) == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_another_encoding_is_named_plainly(tmp_path: Path, encoding: str) -> None:
    (found,) = problems_in(written(tmp_path, "# 我的设置\nHOST=127.0.0.1\n", encoding))

    assert "不是 UTF-8" in found.what
    assert "另存为" in found.cure


def test_a_file_notepad_renamed_is_found(tmp_path: Path) -> None:
    (tmp_path / ".env.txt").write_text("HOST=127.0.0.1\n", encoding="utf-8")

    (found,) = problems_in(tmp_path / ".env")

    assert ("改名成 .env" in found.cure, ".env.txt" in found.what) == (True, True)
    assert problems_in(tmp_path / ".env.prod") == []


def test_a_token_is_not_printed(tmp_path: Path) -> None:
    found = problems_in(written(tmp_path, "ONEBOT_ACCESS_TOKEN=“hunter2”\n"))

    assert "hunter2" not in told(found)


@pytest.mark.parametrize(
    ("level", "read"),
    [("debug", "DEBUG"), ("详细", "DEBUG"), ("普通", "INFO"), ("Warn", "WARNING"), ("错误", "ERROR"), ("20", "20")],
)
def test_a_log_level_is_read_in_any_words(tmp_path: Path, level: str, read: str) -> None:
    settings = LaunchSettings((written(tmp_path, f"LOG_LEVEL={level}\n"),))

    assert settings.log_level == read
    assert settings.defaults()["log_level"] == (int(read) if read.isdecimal() else read)


def test_a_log_level_that_is_none_is_refused_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="只能写 TRACE"):
        LaunchSettings((written(tmp_path, "LOG_LEVEL=很多\n"),))


@pytest.mark.parametrize(
    ("text", "encoding", "says"),
    [
        ("# 设置\nSUPERUSERS=[123456]\nREFUND_QUITE_START=1\n", "utf-8", "REFUND_QUIET_START"),
        pytest.param("# 设置\nHOST=127.0.0.1\n", "gbk", "不是 UTF-8", marks=pytest.mark.thorough),
        pytest.param("LOG_LEVEL=很多\n", "utf-8", "只能写 TRACE", marks=pytest.mark.thorough),
    ],
)
def test_the_bot_refuses_to_start_with_one_plain_message(tmp_path: Path, text: str, encoding: str, says: str) -> None:
    written(tmp_path, text, encoding)

    ran = subprocess.run(
        [sys.executable, str(ROOT / "bot.py")], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith("设置有误，没有启动，也没有改动任何文件：")
    assert says in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".env"]
