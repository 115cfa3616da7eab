"""*table*：把结果里的总数印成 Markdown 表，好放进文档。"""

from typing import Annotated

import typer

from .ledger import Ledger, Summary
from .persons import people_report

_PEOPLE = "people"
"""量的是占多少、中位数的战役：账另有一种写法。"""


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("table")(table)


def table(
    campaign: Annotated[str, typer.Argument(help="战役的名字")],
    seed: Annotated[int, typer.Option(help="种子")] = 1,
) -> None:
    """印出一个战役到目前为止的总数。"""
    results = list(Ledger(campaign, seed, resume=True).results().values())
    is_people = campaign.partition("-")[0] == _PEOPLE
    typer.echo(people_report.markdown(results) if is_people else markdown(Summary.of(results)))


def markdown(summary: Summary) -> str:
    """一行一个数目，最后是违反承诺的次数。"""
    lines = ["| 数的是什么 | 数目 |", "|---|---:|", f"| 运行 | {summary.runs} |"]
    lines += [f"| {name} | {count} |" for name, count in summary.counts.items()]
    return "\n".join([*lines, f"| **违反承诺** | **{len(summary.violations)}** |"])
