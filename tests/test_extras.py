"""附加依赖装上就够：要它的那些模块一打开就导入的库，都写在它名下。测试的环境里样样都装着，少写一样看不出来。"""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parents[1] / "plugins" / "nonebot_plugin_refund"
EXTRAS = tomllib.loads((PLUGIN.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
ENTRIES = {"workshop": "workshop/web/serving.py", "maps": "render/maps/drawing.py"}
FOLLOWED = {Path(entry).parts[0] for entry in ENTRIES.values()}
"""往下看的文件夹；别的层不装附加依赖也导入得了，``.ci/check-wheel`` 看着。"""


def named(extra: str) -> set[str]:
    """一样附加依赖名下的包；``nonebot-plugin-refund[…]`` 是另一样的全部。"""
    found = set[str]()
    for requirement in EXTRAS[extra]:
        if inner := re.match(r"nonebot-plugin-refund\[([\w,]+)\]", requirement):
            found.update(*(named(one) for one in inner.group(1).split(",")))
        else:
            found.add(re.split(r"[^\w-]", requirement)[0])
    return found


def imported(path: Path) -> Iterator[str | Path]:
    """一个文件最外层导入的：自己的写成文件，别人的写成包名。"""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module).partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            yield from (base, *(base / alias.name for alias in node.names))


def needed(entry: Path) -> set[str]:
    """从一个文件往下，最外层导入的别人的库，写成发布的包名。"""
    seen, waiting, outside = set[Path](), [entry], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for name in imported(path):
            if isinstance(name, str):
                outside.add(name)
            elif any(PLUGIN / folder in name.parents for folder in FOLLOWED):
                waiting += [file for file in (name.with_suffix(".py"), name / "__init__.py") if file.is_file()]
    installed = packages_distributions()
    return {distribution for name in outside for distribution in installed.get(name, [])}


@pytest.mark.parametrize("extra", ENTRIES)
def test_an_extra_brings_everything_its_modules_import(extra: str) -> None:
    optional = set[str]().union(*(named(one) for one in EXTRAS))
    found = needed(PLUGIN / ENTRIES[extra]) & optional

    assert found, "入口挪了地方，什么也没看到"
    assert found - named(extra) == set()
