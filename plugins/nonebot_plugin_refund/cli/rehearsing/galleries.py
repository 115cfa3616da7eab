"""画廊：``gallery``。重放几段对话，把里面的卡片各画一张，放进一个文件夹。

每段对话每种卡片取最后一张，别的对话里有过一模一样的不再画；每种卡片另画一张深色的。
文件夹里另有 ``cards.json``（每张图是由什么画成的，供比较）和 ``README.md``（目录）。
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from ...render.cards import Card, Theme
from ...render.pictures import CardPainter
from ..output import emit_text, fail
from .replaying import play

INDEX = "cards.json"
_KINDS = {
    "menu": "菜单",
    "verdict": "结论",
    "case": "进度",
    "evidence": "材料",
    "answer": "群里的简短回答",
    "help": "帮助",
    "reminder": "提醒",
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """画廊里的一张。"""

    conversation: str
    """对话文件的名字，不带扩展名。"""
    said: str
    """是在回答哪句话。"""
    card: Card
    theme: Theme

    @property
    def file(self) -> str:
        """图片的文件名。"""
        dark = "-dark" if self.theme is Theme.DARK else ""
        return f"{self.conversation}-{self.card.kind}{dark}.png"


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("gallery")(gallery)


def gallery(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="对话文件。")],
    output: Annotated[Path, typer.Option("--output", "-o", help="放图片的文件夹；里面原有的 PNG 会清掉。")],
) -> None:
    """重放对话，把里面的卡片画成图片。"""
    exhibits = asyncio.run(_replayed(paths))
    if not exhibits:
        fail("这些对话里没有带图的回答")
    output.mkdir(parents=True, exist_ok=True)
    for old in output.glob("*.png"):
        old.unlink()
    painters = {theme: CardPainter(theme) for theme in Theme}
    for exhibit in exhibits:
        (output / exhibit.file).write_bytes(painters[exhibit.theme].paint(exhibit.card))
    (output / INDEX).write_text(index_text(exhibits), encoding="utf-8")
    (output / "README.md").write_text(contents_page(exhibits), encoding="utf-8")
    emit_text(f"{len(exhibits)} 张图片，在 {output}")


async def _replayed(paths: Iterable[Path]) -> list[Exhibit]:
    found: list[tuple[str, str, Card]] = []
    for path in sorted(paths):
        try:
            script = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            fail(f"读不了对话文件 {path}：{error}")
        found.extend((path.stem, said, card) for said, card in (await play(script)).cards)
    return list(choose(found))


def choose(found: Sequence[tuple[str, str, Card]]) -> Iterator[Exhibit]:
    """从（对话，听到的话，卡片）里挑出要画的：每段对话每种卡片的最后一张，内容与别处重样的不要。"""
    latest = {(conversation, card.kind): (said, card) for conversation, said, card in found}
    seen: set[Card] = set()
    kinds: set[str] = set()
    for (conversation, kind), (said, card) in latest.items():
        if card in seen:
            continue
        seen.add(card)
        yield Exhibit(conversation, said, card, Theme.LIGHT)
        if kind not in kinds:
            kinds.add(kind)
            yield Exhibit(conversation, said, card, Theme.DARK)


def index_of(exhibits: Iterable[Exhibit]) -> list[dict[str, Any]]:
    """每张图是由什么画成的，能写成 JSON。"""
    return [
        {
            "file": exhibit.file,
            "conversation": exhibit.conversation,
            "said": exhibit.said,
            "theme": exhibit.theme.value,
            "card": asdict(exhibit.card),
        }
        for exhibit in exhibits
    ]


def index_text(exhibits: Iterable[Exhibit]) -> str:
    """:func:`index_of` 存成文件的样子。"""
    return json.dumps(index_of(exhibits), ensure_ascii=False, indent=1) + "\n"


def contents_page(exhibits: Iterable[Exhibit]) -> str:
    """目录页。"""
    lines = [
        "# 画廊",
        "",
        "这些图由 [`../conversations/`](../conversations/) 里的对话重放画成，每一张都有同样内容的文字。更新：",
        "",
        "```bash",
        "uv run refund gallery docs/conversations/*.txt --output docs/gallery",
        "```",
        "",
    ]
    for exhibit in exhibits:
        dark = "（深色）" if exhibit.theme is Theme.DARK else ""
        lines += [
            f"## {_KINDS[exhibit.card.kind]}{dark}",
            "",
            f"[{exhibit.conversation}](../conversations/{exhibit.conversation}.txt)，{exhibit.said}",
            "",
            f'<img src="{exhibit.file}" width="400" alt="{_KINDS[exhibit.card.kind]}">',
            "",
        ]
    return "\n".join(lines).rstrip("\n") + "\n"
