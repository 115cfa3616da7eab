"""流程图：``graph`` 画一个场景，``maps`` 把全部场景画进一个文件夹。

排位置和量字的库是附加依赖，只在画 SVG、PNG 时才导入：不装也不影响别的工具。
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ...render.mermaid import mermaid
from ...rulebook.scenario_models.models import Scenario
from ..output import emit_text, fail, say
from .assessments import open_edition
from .books import RulebookOption, open_rulebook


class GraphFormat(StrEnum):
    """画成什么。"""

    MERMAID = "mermaid"
    SVG = "svg"
    PNG = "png"


def register(app: typer.Typer) -> None:
    """把这两个命令挂到 ``refund`` 上。"""
    app.command("graph")(graph)
    app.command("maps")(maps)


def graph(
    scenario: Annotated[str, typer.Argument(help="场景 id，见 refund scenarios。")],
    form: Annotated[
        GraphFormat, typer.Option("--format", help="画成什么；svg 与 png 要装附加依赖 maps，png 是二进制。")
    ] = GraphFormat.MERMAID,
    rulebook: RulebookOption = None,
) -> None:
    """画出一个场景：问题、条件、结论、阶段、时限。"""
    found = open_edition(scenario, rulebook).scenario
    match form:
        case GraphFormat.MERMAID:
            emit_text(mermaid(found).rstrip("\n"))
        case GraphFormat.SVG:
            emit_text(map_svg(found).rstrip("\n"))
        case GraphFormat.PNG:
            drawing = map_svg(found)
            sys.stdout.buffer.write(_png(drawing))
            sys.stdout.buffer.flush()


def maps(
    output: Annotated[Path, typer.Option("--output", help="放进哪个文件夹，没有就建。")],
    rulebook: RulebookOption = None,
) -> None:
    """每个场景画一张 SVG，连同一页目录放进一个文件夹。"""
    output.mkdir(parents=True, exist_ok=True)
    scenarios = open_rulebook(rulebook).scenarios
    for scenario in scenarios:
        (output / f"{scenario.id}.svg").write_text(map_svg(scenario), encoding="utf-8", newline="\n")
    (output / "README.md").write_text(maps_page(scenarios), encoding="utf-8", newline="\n")
    say(f"画好 {len(scenarios)} 张，在 {output}")


def maps_page(scenarios: tuple[Scenario, ...]) -> str:
    """目录页：怎么读，怎么重画，每张图一节。"""
    pictures = "\n\n".join(f"## {one.title}\n\n![{one.title}的流程图]({one.id}.svg)" for one in scenarios)
    return (
        "# 流程图\n\n"
        "每个场景一张，由规则手册画出，不手改。从左往右读：灰色的是问题，一行一种条件，线通向下一个问题或结论；\n"
        "结论按好坏分颜色，小字是规则编号，小旗写着案件走哪条路线。下面几块是各条路线的阶段和时限：\n"
        "圆头的小框是了结，方头的小框转到写着同一个名字的卡片。\n\n"
        "改了手册以后重画：\n\n"
        "```\nuv run --extra maps refund maps --output docs/maps\n```\n\n"
        f"{pictures}\n"
    )


def map_svg(scenario: Scenario) -> str:
    """一个场景的流程图；画图的附加依赖没装、排不开，说清楚并以退出码 2 结束。"""
    try:
        from ...render.maps.drawing import svg
        from ...render.maps.placing.layout import LayoutError
        from ...render.maps.scenario_map import scenario_map
    except ModuleNotFoundError as error:
        fail(f'画图要先装上附加依赖：pip install "nonebot-plugin-refund[maps]"（缺 {error.name}）')
    try:
        return svg(scenario_map(scenario))
    except LayoutError as error:
        fail(f'{error}；附加依赖没装的话：pip install "nonebot-plugin-refund[maps]"')


def _png(drawing: str) -> bytes:
    from ...render.maps.picture import png
    from ...render.typesetting import Typesetter, TypesettingError

    try:
        return png(drawing, Typesetter())
    except TypesettingError as error:
        fail(str(error))
