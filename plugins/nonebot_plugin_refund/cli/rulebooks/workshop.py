"""写手册的人的工具：``copy`` 抄一份随包的场景来改，``schema`` 给编辑器用的 JSON Schema。"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from ...rulebook.yaml_reading.json_schema import SchemaKind, file_name, json_schema
from ..output import emit_text, fail, say


def register(app: typer.Typer) -> None:
    """把这两个命令挂到 ``refund`` 上。"""
    app.command("copy")(copy)
    app.command("schema")(schema)


def copy(
    scenario: Annotated[str, typer.Argument(help="随包场景的 id，见 refund scenarios。")],
    folder: Annotated[Path, typer.Argument(help="抄进哪个文件夹，没有就建。")],
) -> None:
    """把随包的一个场景抄进自己的文件夹，好照着改；已有同名文件时不动它。"""
    content = files("nonebot_plugin_refund.rulebook").joinpath("content")
    known = sorted(
        item.name.removesuffix(".yaml")
        for item in content.iterdir()
        if item.name.endswith(".yaml") and item.read_text(encoding="utf-8").find("\nquestions:") > 0
    )
    if scenario not in known:
        fail(f"没有叫“{scenario}”的场景；有：{'、'.join(known)}")
    target = folder / f"{scenario}.yaml"
    if target.exists():
        fail(f"{target} 已经有了，没有动它；要重新抄，先把它改名或删掉")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(content.joinpath(target.name).read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    say(f"抄好了：{target.as_posix()}")


def schema(
    kind: Annotated[SchemaKind, typer.Argument(help="哪一种文件。")] = SchemaKind.SCENARIO,
    output: Annotated[
        Path | None, typer.Option("--output", help="把每一种都写进这个文件夹，没有就建；不写则印出一种。")
    ] = None,
) -> None:
    """手册文件的 JSON Schema：编辑器照着它补全和画红线。"""
    if output is None:
        emit_text(schema_text(kind).rstrip("\n"))
        return
    output.mkdir(parents=True, exist_ok=True)
    for one in SchemaKind:
        (output / file_name(one)).write_text(schema_text(one), encoding="utf-8", newline="\n")
    say(f"写好 {len(SchemaKind)} 份，在 {output.as_posix()}")


def schema_text(kind: SchemaKind) -> str:
    """一种文件的 JSON Schema，存成文件的样子。"""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=1) + "\n"
