"""由规则手册和程序做出来的文件，按做的先后：Schema、文档里的对话和三十件事、画廊、听话的两张表、流程图。"""

import asyncio
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nonebot_plugin_refund.cli.rehearsing import galleries
from nonebot_plugin_refund.cli.rehearsing.replaying import Played, play
from nonebot_plugin_refund.cli.rulebooks.graphs import map_svg, maps_page
from nonebot_plugin_refund.cli.rulebooks.workshop import schema_text
from nonebot_plugin_refund.render.cards import Theme
from nonebot_plugin_refund.render.pictures import CardPainter
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.yaml_reading.json_schema import SchemaKind, file_name

from .derived import Derived
from .listening_page import listening_page


def products(docs: Path) -> tuple[Derived, ...]:
    """``docs`` 文件夹里做出来的全部东西，按做的先后。"""
    talks, stories = docs / "conversations", docs / "stories"
    return (
        Derived("schema", docs / "schema", ("*.schema.json",), _schemas),
        Derived("conversations", talks, (), lambda: _conversations(talks)),
        Derived("stories", stories, (), lambda: _conversations(stories)),
        Derived("gallery", docs / "gallery", ("*.png",), lambda: _gallery(talks)),
        Derived("listening", docs, (), lambda: listening_page(docs)),
        Derived("maps", docs / "maps", ("*.svg",), _maps),
    )


def _schemas() -> Mapping[str, bytes]:
    return {file_name(kind): schema_text(kind).encode() for kind in SchemaKind}


def _conversations(folder: Path) -> Mapping[str, bytes]:
    """每段对话照里面的话重放一遍。"""
    return {path.name: _played(path.read_text(encoding="utf-8")).transcript.encode() for path in _scripts(folder)}


def _gallery(folder: Path) -> Mapping[str, bytes]:
    found = [
        (path.stem, said, card)
        for path in _scripts(folder)
        for said, card in _played(path.read_text(encoding="utf-8")).cards
    ]
    exhibits = list(galleries.choose(found))
    painters = {theme: CardPainter(theme) for theme in Theme}
    pictures = {exhibit.file: painters[exhibit.theme].paint(exhibit.card) for exhibit in exhibits}
    pages = {galleries.INDEX: galleries.index_text(exhibits), "README.md": galleries.contents_page(exhibits)}
    return {**pictures, **{name: page.encode() for name, page in pages.items()}}


def _maps() -> Mapping[str, bytes]:
    scenarios = load_rulebook().scenarios
    drawn = {f"{scenario.id}.svg": map_svg(scenario).encode() for scenario in scenarios}
    return {**drawn, "README.md": maps_page(scenarios).encode()}


def _scripts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


@cache
def _played(script: str) -> Played:
    """对话和画廊都要放一遍同样的话。"""
    return asyncio.run(play(script))
