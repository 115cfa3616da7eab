"""要填的文书怎样写成 Word 文件：字与 PDF 相同，好在电脑上填。要附加依赖 ``docx``。"""

import io
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..domain.case.papers import Title, WrittenPaper
from .texts.paper_text import block_lines, own_note

if TYPE_CHECKING:
    from docx.document import Document

LIBRARY = "docx"
"""写 Word 文件的库叫什么。"""
MEDIA_SUFFIX = ".docx"
"""文件的扩展名。"""
_FONT = "SimSun"
_BODY_SIZE, _TITLE_SIZE, _NOTE_SIZE = 12, 18, 9
_MARGIN = 25
_BLANK = re.compile(r"「(?P<line>＿{1,40})(?P<hint>（[^）]{0,60}）)」")
_LONG = re.compile(r"地址|住所|名称|身份证|单号|写具体|什么|怎么")
_SHORT_HINT, _LONG_HINT = 4, 7
_SHORT_LINE, _MIDDLE_LINE, _LONG_LINE = 6, 11, 18
"""画的线各有几个字宽，一个字四毫米多：和 ``templates/paper.typ`` 里的一样长，够手写。"""


def can_write() -> bool:
    """装没装写 Word 文件的库。"""
    return find_spec(LIBRARY) is not None


def paper_docx(paper: WrittenPaper) -> bytes:
    """一份文书的 Word 文件，A4。

    要几十毫秒处理器时间：在事件循环里请用 ``asyncio.to_thread``。

    Raises:
        ImportError: 没装附加依赖 ``docx``。
    """
    from docx import Document  # 附加依赖，用到才导入

    document = Document()
    _lay_out(document)
    _write_title(document, paper.title)
    for block in paper.blocks:
        for line in block_lines(block):
            _write_line(document, line, is_title=isinstance(block, Title))
    _write_note(document, own_note(paper))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def line_length(hint: str) -> int:
    """括号里写着这些的空白，线画几个字长：地址、名称、号码、要写一句话的长，只写一个数的短。"""
    if hint.startswith("（几") or len(hint) <= _SHORT_HINT:
        return _SHORT_LINE
    return _LONG_LINE if _LONG.search(hint) or len(hint) > _LONG_HINT else _MIDDLE_LINE


def _lay_out(document: "Document") -> None:
    """纸张、字体；不留是谁做的。"""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt
    from docx.styles.style import ParagraphStyle

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for style in document.styles:
        if isinstance(style, ParagraphStyle) and style.name == "Normal":
            style.font.name = _FONT
            style.font.size = Pt(_BODY_SIZE)
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _write_line(document: "Document", line: str, *, is_title: bool) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    place = 0
    for blank in _BLANK.finditer(line):
        paragraph.add_run(f"{line[place : blank.start()]}「").bold = is_title
        paragraph.add_run("＿" * line_length(blank["hint"]))
        paragraph.add_run(f"{blank['hint']}」").font.size = Pt(_NOTE_SIZE)
        place = blank.end()
    paragraph.add_run(line[place:]).bold = is_title
    spacing = paragraph.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(8 if is_title else 0), Pt(4), 1.3
    spacing.keep_with_next = is_title


def _write_note(document: "Document", note: str) -> None:
    """给本人看的一行：小一号，灰色。"""
    from docx.shared import Pt, RGBColor

    run = document.add_paragraph().add_run(note)
    run.font.size, run.font.color.rgb = Pt(_NOTE_SIZE), RGBColor(0x80, 0x80, 0x80)


def _write_title(document: "Document", title: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold = True
    run.font.size = Pt(_TITLE_SIZE)
