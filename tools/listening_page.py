"""``docs/listening.md``：话由人写，两张表（先听谁的、记下和问的门槛）由程序做。"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from nonebot_plugin_refund.dialogue.reading.progress import news, told_pieces
from nonebot_plugin_refund.dialogue.reading.read import READERS
from nonebot_plugin_refund.domain.hearing.options import answer_forms
from nonebot_plugin_refund.domain.understanding.meaning import Thresholds

PAGE = "listening.md"
_BANDS: Mapping[str, Thresholds] = {
    "访谈里的回答": answer_forms.BANDS,
    "案件的新闻，没人问就说的": told_pieces.BANDS,
    "案件的新闻，刚问过或列过的": news.ASKED_BANDS,
}


def readers_table() -> str:
    """先听谁的：序号、名字、听的是什么。"""
    rows = [f"| {number} | `{name}` | {hears} |" for number, (name, hears, _) in enumerate(READERS, start=1)]
    return "\n".join(["| 先后 | 名字 | 听的是什么 |", "|---:|---|---|", *rows])


def bands_table() -> str:
    """从多大把握起记下、起问一句。"""
    rows = [f"| {said} | {bands.record:.2f} | {bands.confirm:.2f} |" for said, bands in _BANDS.items()]
    return "\n".join(["| 听的是 | 记下，从 | 先问，从 |", "|---|---:|---:|", *rows])


_TABLES: Mapping[str, Callable[[], str]] = {"readers": readers_table, "bands": bands_table}


def with_tables(page: str) -> str:
    """换上现在的表；表写在 ``<!-- 名字 -->`` 与 ``<!-- /名字 -->`` 之间，缺一张抛 ``ValueError``。"""
    for name, table in _TABLES.items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        page, count = place.subn(rf"\g<1>{table()}\n\g<2>", page)
        if count != 1:
            raise ValueError(f"{PAGE} 里放“{name}”的地方应有一处，有 {count} 处")
    return page


def listening_page(docs: Path) -> Mapping[str, bytes]:
    """这一页该有的内容；没有这一页的为空。"""
    path = docs / PAGE
    return {PAGE: with_tables(path.read_text(encoding="utf-8")).encode()} if path.is_file() else {}
