"""冻结一个发行版：``python -m tests.releases.freeze 版本号 源码文件夹``。

源码文件夹是那个发行版的 ``git archive``；用它自己的程序把文档里的对话放一遍，记下每一步、没结案的案件、规则全文，
写进 ``tests/releases/版本号/frozen.json.gz``。怎么用见 ``docs/upgrades.md``。
"""

import asyncio
import dataclasses
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_INSIDE = "import sys, pathlib; from tests.releases import freeze; print(freeze.frozen_text(pathlib.Path(sys.argv[1])))"
"""在那个发行版的程序里跑的一句；``PYTHONPATH`` 让它先找到发行版自己的包。"""


def main(arguments: list[str]) -> None:
    """命令行入口。"""
    if len(arguments) != 2:
        sys.exit("用法：python -m tests.releases.freeze 版本号 源码文件夹")
    version, source = arguments[0], Path(arguments[1]).resolve()
    environment = {**os.environ, "PYTHONPATH": f"{source / 'plugins'}{os.pathsep}{HERE.parent.parent}"}
    done = subprocess.run(
        [sys.executable, "-c", _INSIDE, str(source / "docs" / "conversations")],
        env=environment,
        cwd=tempfile.gettempdir(),
        stdout=subprocess.PIPE,
        check=True,
    )
    folder = HERE / version
    folder.mkdir(exist_ok=True)
    (folder / "frozen.json.gz").write_bytes(gzip.compress(done.stdout, 9, mtime=0))
    declared = folder / "declared-changes.yaml"
    if not declared.exists():
        declared.write_text(HEADER, encoding="utf-8")


HEADER = """\
# 与这个发行版相比，文档里的对话有意变了什么。没写在这里的变化，测试会指出来。
# 一项一处：conversation 是对话文件名（不带 .txt），said 是说完哪句话之后（照抄那一行），
# changed 是变了的部分（asked、rule、verdict、stage、timers、reminders、answers、outcome、cases），why 是为什么。
# 从某句话起整段都不同了，写一项 from_here: true，之后的不再逐句对照。
changes: []
"""


async def recorded(conversations: list[Path]) -> dict[str, Any]:
    """把这些对话都放一遍。"""
    from tests.releases.recording import current_book, editions_of, record

    book = current_book()
    frozen: dict[str, Any] = {"editions": editions_of(book), "conversations": {}}
    for path in conversations:
        script = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            played = await record(script, book, Path(folder) / "replay.sqlite3", keep_database=True)
        frozen["conversations"][path.stem] = dataclasses.asdict(played)
    return frozen


def frozen_text(conversations: Path) -> str:
    """冻结下来的全部内容，写成 JSON。"""
    everything = asyncio.run(recorded(sorted(conversations.glob("*.txt"))))
    return json.dumps(everything, ensure_ascii=False, sort_keys=True, indent=1)


if __name__ == "__main__":
    main(sys.argv[1:])
