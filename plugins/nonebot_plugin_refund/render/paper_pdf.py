"""文书怎样排成 PDF：A4，黑白，可以打印手填。"""

from functools import cache
from typing import Any

from ..domain.case.papers import Block, Title, WrittenPaper
from .texts.paper_text import block_lines, own_note
from .typesetting import Typesetter

_TEMPLATE = "paper"


def paper_pdf(paper: WrittenPaper) -> bytes:
    """一份文书的 PDF，字与发的文字相同。

    要几十毫秒处理器时间：在事件循环里请用 ``asyncio.to_thread``。

    Raises:
        TypesettingError: 排不出来。
    """
    return _typesetter().pdf(_TEMPLATE, _data(paper))


@cache
def _typesetter() -> Typesetter:
    return Typesetter()


def _data(paper: WrittenPaper) -> dict[str, Any]:
    return {"title": paper.title, "blocks": [_plain(block) for block in paper.blocks], "note": own_note(paper)}


def _plain(block: Block) -> dict[str, Any]:
    return {"heading": isinstance(block, Title), "lines": block_lines(block)}
