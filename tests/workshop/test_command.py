"""命令：没装附加依赖说一句怎么装；端口占着、文件夹不对，说清楚；导入命令行不导入网页的库。"""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import refund


def test_not_installed_is_one_line_saying_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nicegui", None)
    for name in [name for name in sys.modules if name.startswith("nonebot_plugin_refund.workshop.")]:
        monkeypatch.delitem(sys.modules, name)

    ran = refund("workshop")

    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.splitlines() == [
        '工作台要先装上附加依赖：pip install "nonebot-plugin-refund[workshop]"（缺 nicegui）'
    ]


def test_the_command_line_does_not_import_the_web_library() -> None:
    program = (
        "import sys, nonebot_plugin_refund.cli, nonebot_plugin_refund.workshop; "
        "names = ('nicegui', 'fastapi', 'nonebot_plugin_refund.workshop.web.page'); "
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    pytest.importorskip("nicegui", reason="没装附加依赖 workshop")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ran = refund("workshop", "--own", str(tmp_path), "--port", str(port))

    assert ran.code == 2
    assert f"端口 {port} 有别的程序占着" in ran.err


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    pytest.importorskip("nicegui", reason="没装附加依赖 workshop")
    (tmp_path / "own.yaml").write_text("", encoding="utf-8")

    assert "不是文件夹" in refund("workshop", "--own", str(tmp_path / "own.yaml")).err
