"""终端：群和私聊都能说话，开场白教人怎么开始。"""

from pathlib import Path

import pytest
from nonebot.adapters import console

from tests.chat.events import console_message
from tests.chat.platform_harness import connected


async def test_group_and_private_chat_are_answered_where_they_were_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(console.Adapter, tmp_path, monkeypatch) as terminal:
        await terminal.bot.handle_event(console_message("/退款", private=False))
        await terminal.bot.handle_event(console_message("打赏", private=True))
        in_group, in_private = [
            call
            for call in terminal.calls.sent
            if "直播打赏" in str(call["content"]) or "这笔打赏" in str(call["content"])
        ][-2:]
        assert in_group["channel"].id == "general"
        assert in_private["channel"].id == "private:user"
        assert "这笔打赏是谁刷的" in str(in_private["content"])


async def test_the_export_lies_in_a_file_whose_path_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connected(console.Adapter, tmp_path, monkeypatch) as terminal:
        await terminal.bot.handle_event(console_message("导出", private=True))
        (file,) = (tmp_path / "files").rglob("*.json")
        assert '"owner"' in file.read_text(encoding="utf-8")
        assert any(str(file) in str(call["content"]) for call in terminal.calls.sent)
