"""``refresh``：手册改了以后，把由它做出来的全部重做一遍；``--check`` 只看有没有过时的。"""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from nonebot_plugin_refund.rulebook.loader import load_rulebook

from .coverage_page import missing_from
from .derived import Derived, apply, changes_of
from .products import products

ROOT = Path(__file__).resolve().parents[1]
FITTING = ROOT / "tests" / "domain" / "understanding" / "fit_signals.py"
COVERAGE = "coverage"


def refresh(
    check: Annotated[bool, typer.Option("--check", help="什么都不写；有过时的就逐个说出来并退出 1。")] = False,
    weights: Annotated[bool, typer.Option("--weights", help="先重新拟合识别的权重（几分钟）。")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="只做这一样，可写几次：schema、conversations、stories、gallery、listening、maps、coverage。"
        ),
    ] = None,
    docs: Annotated[Path, typer.Option("--docs", help="文档的文件夹。")] = ROOT / "docs",
) -> None:
    """由规则手册和程序做出来的全部文件：Schema、文档里的对话、画廊、听话的两张表、流程图；覆盖对照表是人写的，只查编号。"""
    wanted = [one for one in products(docs) if only is None or one.name in only]
    known = {COVERAGE, *(one.name for one in products(docs))}
    if unknown := sorted(set(only or ()) - known):
        _fail(f"没有叫“{'、'.join(unknown)}”的；有：{'、'.join(sorted(known))}", 2)
    if weights and check:
        _fail("--check 不写任何文件，不能和 --weights 一起用", 2)
    if weights:
        subprocess.run([sys.executable, str(FITTING)], check=True)
        typer.echo("weights：拟合好了")
    stale = sum(_refreshed(one, check=check) for one in wanted)
    if check and stale:
        typer.echo(f"过时的文件 {stale} 个；重做：uv run --group test python -m tools refresh", err=True)
    missing = _missing(docs / "coverage.md") if only is None or COVERAGE in only else 0
    if missing or (check and stale):
        raise typer.Exit(1)


def _refreshed(derived: Derived, *, check: bool) -> int:
    """做一样，说出哪些文件变了；返回变了几个。"""
    changes = changes_of(derived)
    for change in changes:
        typer.echo(f"{derived.name}：{change.in_words} {change.path.name}")
        if not check:
            apply(change)
    if not changes:
        typer.echo(f"{derived.name}：没有变")
    return len(changes)


def _missing(page: Path) -> int:
    """覆盖对照表里有几个编号手册里没有了；这一页要人来改。"""
    missing = missing_from(page, load_rulebook())
    for item in missing:
        typer.echo(f"{COVERAGE}：{page.name} 写到的 {item} 手册里没有了，请改那一行")
    if not missing:
        typer.echo(f"{COVERAGE}：没有变")
    return len(missing)


def _fail(message: str, code: int) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(code)
