"""*mutations*：一道道拆掉防线，看测试和短战役发现没有。拆的是一份临时的拷贝，仓库里什么也不改。"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from .defences.guards import GUARDS
from .defences.security_guards import SECURITY_GUARDS
from .defences.sql_conditions import caught as caught_before
from .defences.sql_conditions import keep_caught, sql_guards
from .defences.taking_out import Guard
from .ledger import Ledger

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("plugins/nonebot_plugin_refund")
SHORT_CAMPAIGNS = ("crash", "faults")
_COPIED = ("plugins", "tests", "campaigns", "docs", "pyproject.toml", "bot.py", "launch", "README.md", ".env.example")
_FAILED_TEST = re.compile(r"^(?:FAILED|ERROR) ([^\s:]+::[^\s\[]+)", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """拆掉一道防线之后：哪个测试发现了，哪些战役发现了（在第几次）。"""

    guard: str
    test: str | None
    campaigns: dict[str, int]

    @property
    def caught(self) -> bool:
        """有谁发现了吗。"""
        return self.test is not None or bool(self.campaigns)


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("mutations")(mutations)


def mutations(
    runs: Annotated[int, typer.Option(help="短战役各跑几次；0 不跑")] = 60,
    seed: Annotated[int, typer.Option(help="短战役的种子")] = 1,
    only: Annotated[str, typer.Option(help="只拆名字里有这几个字的")] = "",
    security: Annotated[bool, typer.Option("--security", help="拆安全的防线，不拆提醒的")] = False,
    sql: Annotated[bool, typer.Option("--sql", help="拆数据库里关于谁、哪个平台、第几次、什么时候的每个条件")] = False,
    new: Annotated[bool, typer.Option("--new", help="--sql 里还没拆过的，只拆这些")] = False,
) -> None:
    """拆掉每一道防线，都要有测试或战役发现。"""
    listed = sql_guards(ROOT / PACKAGE) if sql else SECURITY_GUARDS if security else GUARDS
    done = caught_before() if sql and new else {}
    guards = [guard for guard in listed if only in guard.name and guard.name not in done]
    findings: list[Finding] = []
    for guard in track(guards, "拆防线"):
        findings.append(try_without(guard, runs, seed))
        if not findings[-1].caught:
            Console(stderr=True).print(f"[red]没人发现：{guard.name}")
        if sql and (test := findings[-1].test) is not None:
            keep_caught({guard.name: test}, ROOT / PACKAGE)
    which = "--sql" if sql else "--security" if security else f"--runs {runs} --seed {seed}"
    table = Table(title=f"uv run --group test python -m campaigns mutations {which}")
    for heading in ("拆掉的防线", "发现它的测试", *SHORT_CAMPAIGNS):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        where = [
            f"第 {finding.campaigns[name] + 1} 次" if name in finding.campaigns else "" for name in SHORT_CAMPAIGNS
        ]
        table.add_row(finding.guard, finding.test or "", *where, style=None if finding.caught else "red")
    Console().print(table)
    caught = sum(finding.caught for finding in findings)
    Console().print(f"拆了 {len(findings)} 道，发现 {caught} 道")
    missed = [finding.guard for finding in findings if not finding.caught]
    if missed:
        raise typer.Exit(1)


def try_without(guard: Guard, runs: int, seed: int) -> Finding:
    """在临时的拷贝里拆掉一道防线，跑它的测试和短战役。"""
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        copy = Path(name)
        remove(guard, copy)
        known = _located(guard.known_by, copy)
        test = _first_failing_test(copy, guard, known) if known else None
        test = test or _first_failing_test(copy, guard, guard.tests)
        found = {
            campaign: _first_violation(copy, campaign, runs, seed)
            for campaign in SHORT_CAMPAIGNS
            if runs and guard.campaigns
        }
    return Finding(guard.name, test, {campaign: index for campaign, index in found.items() if index is not None})


def remove(guard: Guard, copy: Path) -> None:
    """把仓库拷到 ``copy``，拆掉防线。

    Raises:
        ValueError: 要换的字不是恰好出现一次：代码变了，防线的清单要跟着改。
    """
    for name in _COPIED:
        source, target = ROOT / name, copy / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "results"))
        else:
            shutil.copy(source, target)
    for edit in guard.edits:
        file = copy / PACKAGE / edit.file
        file.write_text(edit.applied_to(file.read_text(encoding="utf-8")), encoding="utf-8")


def _located(test: str, copy: Path) -> tuple[str, ...]:
    """记着的“文件名::测试”现在在哪里；没有记、不在了为空。"""
    name, _, function = test.partition("::")
    found = [path.relative_to(copy).as_posix() for path in (copy / "tests").rglob(name)] if name else []
    return tuple(f"{path}::{function}" for path in found)


def _run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # 装好的包指着仓库；放在最前面的路径盖过它
    environment = os.environ | {"PYTHONPATH": str(copy / "plugins")}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def _first_failing_test(copy: Path, guard: Guard, tests: tuple[str, ...]) -> str | None:
    # 防线两种数据库共用；一般只跑 SQLite 的，不必每道防线都起一个 PostgreSQL
    chosen = () if guard.needs_postgres else ("-k", "not postgres")
    # 看着它的测试里有平时不跑的（跑得久的）
    every = ("-m", "thorough or not thorough")
    done = _run(copy, "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *every, *chosen, *tests)
    found = _FAILED_TEST.search(done.stdout)
    if found is None and done.returncode != 0 and tests == guard.tests:
        raise RuntimeError(f"测试没跑起来：{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return None if found is None else found[1]


def _first_violation(copy: Path, campaign: str, runs: int, seed: int) -> int | None:
    _run(copy, "campaigns", campaign, "--runs", str(runs), "--seed", str(seed), "--workers", "1")
    results = Ledger(campaign, seed, resume=True, folder=copy / "campaigns" / "results").results()
    if len(results) < runs:
        # 战役自己也跑不下去，同样是发现了
        return len(results)
    return min((index for index, result in results.items() if result.violations), default=None)
