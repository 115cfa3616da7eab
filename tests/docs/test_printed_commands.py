"""说明里印着的命令都有：``refund`` 的命令和选项、装依赖的组和附加依赖、要跑的脚本和模块；要的依赖也都写上了。"""

import importlib
import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from nonebot_plugin_refund.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
FENCE = re.compile(r"^[ ]*```(?:bash|powershell)?\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
OURS = re.compile(r"^(?:sudo |docker compose exec bot |py \S+ -m )?(?:\S*/)?(?:uv|refund)(?= |$)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
IMPORTED = re.compile(r"python -c \"from ([\w.]+) import (\w+)")
NEEDS = {
    r"pytest|lint-imports|tools refresh|campaigns mutations": "--group test",
    r"tools\.train|fit_signals": "--group training",
    r"tools\.(?:traditional|sounds)": "--group tables",
    r"benchmarks/reminders": "--group benchmark",
    r"campaigns several": "--extra postgres",
    r"refund maps": "--extra maps",
    r"refund workshop": "--extra workshop",
}
"""只装了机器人那一组跑不起来的 ``uv run``，各要加什么；一条条在只装了那一组的环境里跑过。"""


def commands_of(command: object) -> Mapping[str, Any]:
    """一组命令里的各条；不是一组的为空。"""
    return getattr(command, "commands", {})


def printed(text: str) -> list[str]:
    """一页里印着的我们的命令，一条一行；行内的和代码块里的都算。"""
    blocks = FENCE.findall(text)
    rest = FENCE.sub("\n", text)
    lines = [*(line for block in blocks for line in block.splitlines()), *INLINE.findall(rest)]
    commands = [part.strip() for line in lines for part in line.split("&&")]
    return [command for command in commands if OURS.match(command)]


def wrong(command: str) -> str | None:
    """这条命令哪里不对；对的为空。"""
    words = shlex.split(command.replace("\\|", "/"), comments=True)
    words = words[next(index for index, word in enumerate(words) if re.search(r"(?:^|/)(?:uv|refund)$", word)) :]
    if words[0].endswith("uv"):
        return _wrong_uv(words[1:])
    return _wrong_refund(words[1:])


def _wrong_uv(words: list[str]) -> str | None:
    for option, known in (
        ("--group", PROJECT["dependency-groups"]),
        ("--extra", PROJECT["project"]["optional-dependencies"]),
    ):
        for index, word in enumerate(words):
            if word == option and words[index + 1] not in known:
                return f"没有 {option} {words[index + 1]}"
    if not words or words[0] != "run":
        return None
    asked = _after_options(words[1:])
    for pattern, need in NEEDS.items():
        if re.search(pattern, " ".join(asked)) and need not in " ".join(words):
            return f"少了 {need}"
    if asked[:1] == ["refund"]:
        return _wrong_refund(asked[1:])
    return _wrong_script(asked)


def _after_options(words: list[str]) -> list[str]:
    """``uv run`` 自己的选项之后的话。"""
    while words and words[0].startswith("--"):
        words = words[2:] if words[0] in ("--group", "--extra") else words[1:]
    return words


def _wrong_script(words: list[str]) -> str | None:
    """``python -m 模块``、一个脚本、一个装着的程序。"""
    words = words[1:] if words[:1] == ["python"] else words
    if words[:1] == ["-m"]:
        module = ROOT / words[1].replace(".", "/")
        return None if module.is_dir() or module.with_suffix(".py").is_file() else f"没有模块 {words[1]}"
    if words and words[0].endswith(".py"):
        return None if (ROOT / words[0]).is_file() else f"没有 {words[0]}"
    return None if not words or words[0] in ("pytest", "ruff", "pyright", "lint-imports") else f"不认得 {words}"


def _wrong_refund(words: list[str]) -> str | None:
    command = get_command(app)
    while words and (known := commands_of(command)):
        if words[0] not in known:
            return None if words[0].startswith("-") else f"refund 没有 {words[0]}"
        command, words = known[words[0]], words[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    unknown = [word for word in re.findall(r"--[a-z-]+", " ".join(words)) if word not in known]
    return f"{command.name} 没有 {unknown}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_printed_command_exists(page: Path) -> None:
    found = printed(page.read_text(encoding="utf-8"))

    assert {command: why for command in found if (why := wrong(command)) is not None} == {}


def test_the_pages_print_many_commands() -> None:
    """认不出命令的写法变了，上面那条就什么也没看：至少要看到这么多。"""
    assert sum(len(printed(page.read_text(encoding="utf-8"))) for page in PAGES) > 100


@pytest.mark.parametrize("page", ["docs/deploy.md", "Dockerfile"])
def test_what_the_installation_imports_is_there(page: str) -> None:
    """装好以后的那几行里的 ``python -c``：文件挪了地方，照着装就会停在这里。"""
    imported = IMPORTED.findall((ROOT / page).read_text(encoding="utf-8"))

    assert imported
    assert [name for module, name in imported if not hasattr(importlib.import_module(module), name)] == []


def test_the_page_of_tools_has_every_command() -> None:
    page = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`refund ([a-z]+)", page)) == set(commands_of(get_command(app)))


@pytest.mark.parametrize(
    "command",
    [
        "uv run refund no-such-command",
        "refund restore x --no-such-option",
        "uv run --group nobody pytest",
        "uv sync --extra nothing",
        "uv run python -m campaigns.nothing",
        "uv run benchmarks/nothing.py",
        "uv run nothing",
        "uv run python -m tools refresh",
        "uv run refund workshop",
    ],
)
def test_a_command_that_is_not_there_is_found(command: str) -> None:
    assert printed(f"`{command}`") == [command]
    assert wrong(command) is not None
