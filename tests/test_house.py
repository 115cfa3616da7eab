"""房子的规矩：楼层、文件大小、说明文字、设置与文档一致、仓库里不该出现的字样。"""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nonebot
import pytest
from launch.settings import LaunchSettings
from nonebot.plugin import Plugin

import nonebot_plugin_refund
from nonebot_plugin_refund.config import Config

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "nonebot_plugin_refund"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONGEST_FILE = 400
FULLEST_ROOM = 12
PURE = ("domain", "rulebook")
BESIDE_THE_PACKAGE = ("benchmarks", "campaigns", "launch", "tools")


@cache
def parsed(path: Path) -> ast.Module:
    """一个 Python 文件的语法树。"""
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def written_files() -> list[Path]:
    """仓库里人写的文本文件（受版本管理或将要受管理的）。"""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """模块里公开的类、函数，以及公开类里的公开方法；函数里面的不算。"""
    queue: list[ast.AST] = [tree]
    while queue:
        for node in ast.iter_child_nodes(queue.pop()):
            if isinstance(node, ast.If):
                queue.append(node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if node.name.startswith("_"):
                    continue
                yield node
                if isinstance(node, ast.ClassDef):
                    queue.append(node)


def imports_in(path: Path) -> Iterator[tuple[int, str]]:
    """每条导入语句在第几行、写的模块名，照原样。"""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def test_floors_only_lean_on_floors_below() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["domain", "rulebook", "cli"])
def test_pure_floors_and_the_tool_run_without_nonebot(module: str) -> None:
    program = (
        f"import sys, nonebot_plugin_refund.{module}; "
        "print([name for name in sys.modules if name == 'nonebot' or name.startswith('nonebot.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_pure_floors_have_no_clock_of_their_own() -> None:
    """`domain` 与 `rulebook` 里现在几点由外面传进来。"""
    offenders = []
    for floor in PURE:
        for path in sources(PACKAGE / floor):
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today"):
                    owner = ast.unparse(node.value)
                    if owner.split(".")[-1] in ("datetime", "date"):
                        offenders.append(f"{path.relative_to(ROOT)}:{node.lineno}")
                if isinstance(node, ast.Import) and any(name.name == "time" for name in node.names):
                    offenders.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert offenders == []


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in (PACKAGE, *(ROOT / name for name in ("tests", *BESIDE_THE_PACKAGE)))
        for path in sources(folder)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_room_is_too_full() -> None:
    rooms = Counter(path.parent for path in sources(PACKAGE) if path.name != "__init__.py")
    full = {str(room.relative_to(ROOT)): files for room, files in rooms.items() if files > FULLEST_ROOM}
    assert full == {}


def test_everything_public_says_in_chinese_what_it_is_for() -> None:
    silent = []
    told = [
        *sources(PACKAGE),
        *(path for name in BESIDE_THE_PACKAGE for path in sources(ROOT / name)),
    ]
    for path in [*told, ROOT / "bot.py"]:
        tree = parsed(path)
        if not CHINESE.search(ast.get_docstring(tree) or ""):
            silent.append(f"{path.relative_to(ROOT)}：模块")
        for node in definitions(tree):
            if not CHINESE.search(ast.get_docstring(node) or ""):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def test_the_tests_import_each_other_by_their_full_names() -> None:
    folders = {path.parent for path in sources(ROOT / "tests")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
    beside = set(sources(ROOT / "tests"))
    short = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources(ROOT / "tests")
        for line, name in imports_in(path)
        if name.startswith(".") or path.with_name(f"{name}.py") in beside
    ]
    assert short == []


def test_every_switched_off_check_says_why() -> None:
    switch = re.compile(
        r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^\]]*\])?|pyright:\s*ignore(?:\[[^\]]*\])?)"
    )
    bare = []
    for path in [
        *sources(PACKAGE),
        *(path for folder in ("tests", *BESIDE_THE_PACKAGE) for path in sources(ROOT / folder)),
        ROOT / "bot.py",
    ]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = switch.search(line)
            if found and "re.compile" not in line and not CHINESE.search(line[found.end() :]):
                bare.append(f"{path.relative_to(ROOT)}:{number}")
    assert bare == []


def test_nothing_written_names_a_registry_or_this_workplace() -> None:
    # 分开写，免得这份文件自己命中
    forbidden = ["py" + "pi.org", "pythonhosted" + ".org", "/wo" + "rk/", "/tmp" + "/h", "../sha" + "red"]
    found = []
    for path in written_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}：{word}" for word in forbidden if word in text]
    assert found == []


def test_every_setting_is_in_the_example_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^#? ?(REFUND_[A-Z_]+)=(.*)$", example, flags=re.MULTILINE))
    for name in LaunchSettings.model_fields:
        shown.pop(name.upper(), None)  # 属于 bot.py，见 test_deploy_files.py
    assert set(shown) == {name.upper() for name in Config.model_fields}
    for name, written in shown.items():
        default = getattr(Config(), name.lower())
        if isinstance(default, list):
            expected = str(default).replace("'", '"')
        elif isinstance(default, bool):
            expected = str(default).lower()
        else:
            expected = default.strftime("%H:%M") if hasattr(default, "strftime") else str(default)
        assert written == expected, name


def test_every_setting_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sources(PACKAGE) if path.name != "config.py")
    assert [name for name in Config.model_fields if name not in code] == []


def test_readme_names_both_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run bot.py" in readme
    assert "pip install uv && uv run --group test pytest" in readme


def test_plugin_loads_from_pyproject(refund_plugin: Plugin) -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["nonebot"]["plugins"]
    assert [refund_plugin.module_name] in listed.values()
    assert refund_plugin.metadata is not None
    assert refund_plugin.metadata.config is Config
    # 主页只填一处：没填的是空，不是一个假地址
    assert refund_plugin.metadata.homepage == (nonebot_plugin_refund.HOMEPAGE or None)
    assert refund_plugin.metadata.supported_adapters == {"nonebot.adapters.onebot.v11", "nonebot.adapters.console"}


def test_one_matcher_in_the_whole_plugin(refund_plugin: Plugin) -> None:
    """每多一个响应器，哪怕只管好友申请，群里每条无关的话也多一份开销。"""
    assert len(refund_plugin.matcher) == 1


def test_required_plugins_are_loaded(refund_plugin: Plugin) -> None:
    for name in ("nonebot_plugin_alconna", "nonebot_plugin_localstore"):
        assert nonebot.get_plugin(name) is not None
