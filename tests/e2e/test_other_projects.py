"""别人自己的 NoneBot 项目（nb-cli 生成的、pip 装的）：启动时说得出东西都在哪里，命令行找到的是同一处。"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from nonebot_plugin_refund.cli.installation import find_installation
from tests.e2e.harness.bot_process import BotProcess

PYPROJECT = '[tool.nonebot]\nplugins = ["nonebot_plugin_refund"]\n'


class PlainBot(BotProcess):
    """nb-cli 生成的项目里的机器人。"""

    program = Path(__file__).parent / "harness" / "plain_bot.py"

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        super().__init__(folder, {"DRIVER": "~fastapi", **settings})
        (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({}, "users-own/nonebot2"),
        pytest.param({"LOCALSTORE_USE_CWD": "true"}, "project/data", marks=pytest.mark.thorough),
        pytest.param({"LOCALSTORE_DATA_DIR": "elsewhere"}, "project/elsewhere", marks=pytest.mark.thorough),
    ],
)
async def test_the_places_are_named_at_start_and_the_commands_find_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], place: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "users-own"))
    bot = PlainBot(tmp_path / "project", settings)
    data = tmp_path / place / "nonebot_plugin_refund"
    own = data / "rulebook"

    await bot.start()
    await bot.stop()
    assert f"数据在 {data}；自己的手册从 {own} 读（还没有这个文件夹）" in bot.text
    assert (data / "refund.sqlite3").is_file()
    found = find_installation(folder=bot.folder)
    assert (found.data.resolve(), found.rulebook.resolve()) == (data, own)

    own.mkdir()
    (own / "mine.yaml").write_text("scenario: top-up\nsummary: 充值的事\n", encoding="utf-8")
    (own / "second.yaml.txt").write_text("", encoding="utf-8")
    await bot.start()
    await bot.stop()
    assert f"自己的手册从 {own} 读（1 个文件）" in bot.text
    assert "没读 second.yaml.txt：" in bot.text


async def test_a_misspelt_setting_is_told_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "users-own"))
    bot = PlainBot(tmp_path / "project", {"REFUND_QUITE_START": "23:00", "SOME_OTHER_PLUGIN": "“随它怎么写”"})

    await bot.start()
    await bot.stop()

    told = [line for line in bot.output if "WARNING" in line]
    assert len([line for line in told if "没有 REFUND_QUITE_START 这个设置" in line]) == 1
    assert not any("SOME_OTHER_PLUGIN" in line for line in told)


def test_before_the_first_start_the_workshop_says_that_the_folder_is_a_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "users-own"))

    guessed = find_installation(folder=tmp_path)
    (tmp_path / ".env").write_text("LOCALSTORE_USE_CWD=true\n", encoding="utf-8")
    named = find_installation(folder=tmp_path)

    assert (guessed.is_guess, named.is_guess, guessed.data == named.data) == (True, False, True)
    guessed.data.mkdir(parents=True)
    (guessed.data / "refund.sqlite3").touch()
    (tmp_path / ".env").unlink()
    assert not find_installation(folder=tmp_path).is_guess
