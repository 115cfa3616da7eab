"""冻结下来的发行版：``tests/releases/版本号/``。"""

import functools
import gzip
import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "frozen.json.gz").exists())


@dataclass(frozen=True)
class Declared:
    """写明了的一处变化，见 ``declared-changes.yaml`` 的开头。"""

    conversation: str
    said: str
    changed: tuple[str, ...]
    why: str
    from_here: bool = False


@dataclass(frozen=True)
class Frozen:
    """一个发行版。"""

    version: str
    editions: dict[str, Any]
    conversations: dict[str, dict[str, Any]]
    declared: tuple[Declared, ...] = field(default=())

    def changes_in(self, conversation: str) -> dict[str, Declared]:
        """一段对话里写明了的变化：说完哪句话之后 -> 变化。"""
        return {item.said: item for item in self.declared if item.conversation == conversation}

    def restore(self, conversation: str, file: Path) -> None:
        """把这段对话留下的数据库放回一个文件，就像发行版刚停下。"""
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.executescript(self.conversations[conversation]["database"])
        for digest, kept in self.editions.items():
            connection.execute(
                "INSERT INTO refund_rulebook_snapshots (digest, scenario_id, body, saved_at) VALUES (?, ?, ?, ?)",
                (digest, kept["scenario"], json.dumps(kept["body"], ensure_ascii=False), "2026-11-23 00:00:00.000000"),
            )
        connection.commit()
        connection.close()


@functools.cache
def frozen(version: str) -> Frozen:
    """读一个发行版。写明的变化写得不对抛 ``ValueError``，说明是哪一项。"""
    folder = HERE / version
    body = json.loads(gzip.decompress((folder / "frozen.json.gz").read_bytes()))
    written = yaml.safe_load((folder / "declared-changes.yaml").read_text(encoding="utf-8"))["changes"]
    return Frozen(version, body["editions"], body["conversations"], tuple(_declared(item) for item in written))


def _declared(item: dict[str, Any]) -> Declared:
    try:
        return Declared(
            item["conversation"],
            item["said"],
            tuple(item.get("changed", ())),
            item["why"],
            bool(item.get("from_here", False)),
        )
    except KeyError as missing:
        raise ValueError(f"declared-changes.yaml 里这一项少写了 {missing}：{item}") from missing
