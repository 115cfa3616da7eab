"""部署用的文件与项目对得上：提到的设置、命令、文件都有，容器与服务里写的路径和变量不是凭空来的。"""

import configparser
import fnmatch
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from launch.settings import LaunchSettings
from typer.main import get_command

from nonebot_plugin_refund.cli import app
from nonebot_plugin_refund.config import Config

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy").iterdir())
NOT_OURS = {"PATH", "PYTHONUNBUFFERED", "UV_COMPILE_BYTECODE", "UV_PYTHON_DOWNLOADS", "UV_LINK_MODE"}


def settings() -> set[str]:
    """`.env.example` 里的全部设置名。"""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, flags=re.MULTILINE))


def instructions(name: str) -> list[str]:
    """Dockerfile 里某一种指令的参数。"""
    return [line.split(maxsplit=1)[1] for line in DOCKERFILE.splitlines() if line.startswith(f"{name} ")]


def compose() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE)


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # 键区分大小写，标准库就是这么改的
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def test_every_setting_the_guide_names_is_in_the_example() -> None:
    named = set(re.findall(r"\b((?:REFUND|ONEBOT|LOCALSTORE|CONSOLE|BRIDGE|BOT)_[A-Z_]+)\b", GUIDE))
    named |= set(re.findall(r"`(HOST|PORT|SUPERUSERS|LOG_LEVEL)\b", GUIDE))
    assert len(named) > 10
    assert named <= settings()


def test_every_refund_command_the_guide_names_exists() -> None:
    commands = set(getattr(get_command(app), "commands"))  # noqa: B009  # 类型里的基类没有这一项
    named = set(re.findall(r"(?:bin/|exec bot |`)refund ([a-z]+)", GUIDE))
    assert {"backup", "restore", "doctor", "lint"} <= named
    assert named <= commands


def test_every_file_the_guide_names_exists() -> None:
    named = set(re.findall(r"\bdeploy/[\w.-]+", GUIDE)) | {"Dockerfile", "compose.yaml", ".env.example", "bot.py"}
    assert {name for name in named if not (ROOT / name).is_file()} == set()
    assert {f"deploy/{path.name}" for path in UNITS} <= named


def test_the_launch_settings_are_in_the_example_with_their_defaults() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, field in LaunchSettings.model_fields.items():
        if name.startswith("refund_"):
            assert re.search(rf"^# {name.upper()}={re.escape(str(field.default))}$", example, flags=re.MULTILINE), name


def test_the_image_copies_what_exists_and_what_the_build_may_see() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in lines if line.startswith("!")}
    copied = {source for line in instructions("COPY") for source in line.split()[:-1]}
    assert copied == allowed
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert "*" in lines
    assert not any(fnmatch.fnmatch(".env", pattern) for pattern in allowed)
    assert "COPY .env.example ./.env" in DOCKERFILE
    assert {"bot.py", "launch"} <= copied


def test_the_image_installs_groups_and_extras_that_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (sync,) = (line for line in instructions("RUN") if line.startswith("uv sync"))
    assert set(re.findall(r"--group (\S+)", sync)) <= set(project["dependency-groups"])
    assert set(re.findall(r"--extra (\S+)", sync)) <= set(project["project"]["optional-dependencies"])
    assert "--no-default-groups" in sync


def test_the_image_sets_known_settings_and_does_not_run_as_root_or_in_a_shell() -> None:
    names = {name for line in instructions("ENV") for name in re.findall(r"([A-Z_]+)=", line)}
    assert names - NOT_OURS <= settings()
    Config.model_validate({})
    assert instructions("USER") == ["refund"]
    assert json.loads(instructions("CMD")[-1]) == ["python", "bot.py"]


def test_compose_takes_its_variables_from_the_example() -> None:
    named = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE)) | set(compose()["services"]["bot"]["environment"])
    assert named <= settings()


def test_only_the_bridge_reaches_the_outside_and_the_token_is_required() -> None:
    services, networks = compose()["services"], compose()["networks"]
    assert services["bot"]["networks"] == ["inside"]
    assert networks["inside"] == {"internal": True}
    assert set(services["bridge"]["networks"]) == set(networks)
    assert not any("ports" in service for service in services.values())
    assert services["bot"]["environment"]["ONEBOT_ACCESS_TOKEN"].startswith("${ONEBOT_ACCESS_TOKEN:?")
    assert {volume.split(":")[0] for volume in services["bridge"]["volumes"]} == set(compose()["volumes"])
    assert "./.env:/app/.env:ro" in services["bot"]["volumes"], "NoneBot 只认 .env 里写了名字的环境变量"
    assert "没有在真的容器引擎上运行过" in COMPOSE


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_the_sections_of_its_kind(path: Path) -> None:
    sections = set(unit(path).sections())
    assert "Unit" in sections
    assert ("Timer" if path.suffix == ".timer" else "Service") in sections


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_service_runs_what_the_project_has(path: Path) -> None:
    service = unit(path)["Service"]
    program, *arguments = service["ExecStart"].split()
    assert program.startswith(f"{service['WorkingDirectory']}/.venv/bin/")
    if Path(program).name == "python":
        assert [(ROOT / name).is_file() for name in arguments] == [True]
        assert float(service["TimeoutStopSec"]) > 5
    else:
        assert Path(program).name == "refund"
        assert arguments[0] in set(getattr(get_command(app), "commands"))  # noqa: B009  # 同上


def test_the_image_keeps_bytecode_for_a_user_who_cannot_write_it() -> None:
    """少了哪样，容器每次启动都要把全部模块从头编译。"""
    assert "UV_COMPILE_BYTECODE=1" in instructions("ENV")[0]
    assert "PYTHONDONTWRITEBYTECODE" not in DOCKERFILE
    assert any("compileall" in line and "refund lint" in line for line in instructions("RUN"))
