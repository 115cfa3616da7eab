"""文档里的对话就是现在的流程会说的话：逐字重放。"""

import asyncio
from pathlib import Path

import pytest

from nonebot_plugin_refund.cli.replaying import transcribe
from nonebot_plugin_refund.rulebook.loader import load_rulebook

FOLDER = Path(__file__).parent.parent / "docs" / "conversations"
FILES = sorted(FOLDER.glob("*.txt"))
LONGEST = 420
"""一条消息的上限：结论后的第二条最长，含三步、防骗、日期和案件号。"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_documented_conversation_is_what_the_flows_say(path: Path) -> None:
    script = path.read_text(encoding="utf-8")

    assert asyncio.run(transcribe(script)) == script


def test_every_scenario_has_a_conversation() -> None:
    assert {path.stem for path in FILES} >= {scenario.id for scenario in load_rulebook().scenarios}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_message_in_a_conversation_is_long(path: Path) -> None:
    said = path.read_text(encoding="utf-8").split("    退款助手：")[1:]
    messages = [part.split("\n私聊：")[0].split("\n群里：")[0].split("\n[")[0] for part in said]

    assert max(len(message) for message in messages) <= LONGEST
