"""`docs/privacy.md` 说的与代码一致：点到的测试都在，导出的各项、留存的天数都写对了。"""

import json
import re
from pathlib import Path

from nonebot_plugin_refund.chat.sending.file_folder import KEPT_FOR
from nonebot_plugin_refund.config import Config
from nonebot_plugin_refund.dialogue.base import prompts
from nonebot_plugin_refund.storage.person import erasures, retention
from tests.chat.conversation_harness import Bench

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "privacy.md").read_text("utf-8")
_TEST = re.compile(r"`((?:chat|domain|storage|delivery|security)/[\w/]+\.py)((?:::\w+)*)`")


def test_every_test_it_names_exists() -> None:
    named = _TEST.findall(PAGE)
    assert len(named) > 15
    for file, path in named:
        source = (ROOT / "tests" / file).read_text("utf-8")
        for part in path.split("::")[1:]:
            assert re.search(rf"(?:def|class) {part}\b", source), f"{file}{path}"


async def test_the_keys_of_the_export_are_those_in_the_table(bench: Bench) -> None:
    exported = json.loads((await bench.private("导出"))[-1])
    table = PAGE.split("JSON 里有这些", 1)[1].split("[`", 1)[0]
    assert set(exported) == set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_the_times_it_gives_are_those_in_force() -> None:
    assert f"默认 {Config().refund_retention_days} |" in PAGE
    assert f"| 等着你接的话 | {prompts._KEPT_FOR.total_seconds() / 3600:.0f} 小时" in PAGE
    assert f"| 消息的散列 | {retention.DUPLICATES_KEPT.days} 天 |" in PAGE
    assert f"（`files/`） | {KEPT_FOR.days} 天 |" in PAGE
    assert retention.SILENT_CASES_KEPT.days // 366 == 3
    assert "三年没动" in PAGE
    assert erasures.KEPT_AT_LEAST.days // 365 == 1
    assert f"（`{erasures.FILE_NAME}`） | 至少 1 年" in PAGE


def test_every_setting_it_names_exists() -> None:
    for name in set(re.findall(r"REFUND_\w+", PAGE)):
        assert name.lower() in Config.model_fields, name
