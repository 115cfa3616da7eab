"""流程图：``graph``。"""

from enum import StrEnum
from typing import Annotated

import typer

from ..render.mermaid import mermaid
from .assessments import open_edition
from .output import emit_text


class GraphFormat(StrEnum):
    """画成什么。"""

    MERMAID = "mermaid"


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("graph")(graph)


def graph(
    scenario: Annotated[str, typer.Argument(help="场景 id，见 refund scenarios。")],
    form: Annotated[GraphFormat, typer.Option("--format", help="画成什么。")] = GraphFormat.MERMAID,
) -> None:
    """画出一个场景：问题、条件、结论、阶段、时限。"""
    renderers = {GraphFormat.MERMAID: mermaid}
    emit_text(renderers[form](open_edition(scenario).scenario).rstrip("\n"))
