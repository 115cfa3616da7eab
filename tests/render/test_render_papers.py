"""文书的文字与 PDF：用 PDF 库打开，字提得出来、字体嵌着、与发的文字相同。"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import docx
import pypdf
import pytest

from nonebot_plugin_refund.domain.case.papers import BLANK_LINE, Paragraph, Title, WrittenPaper, blank
from nonebot_plugin_refund.render.paper_docx import paper_docx
from nonebot_plugin_refund.render.paper_pdf import paper_pdf
from nonebot_plugin_refund.render.texts.paper_text import (
    LONGEST_MESSAGE,
    introduction,
    own_note,
    paper_messages,
    papers_message,
)
from tests.domain.case.test_papers import SCENARIOS, every_paper

SHORT = WrittenPaper("小纸", "自己留着。", (Title("经过"), Paragraph(f"我是{blank('姓名')}。"), Paragraph("完。")))
BANNED = ("一定能退", "包退", "全额退", "保证")


def one_of_each(scenario_id: str) -> Iterator[WrittenPaper]:
    """一个场景的每份文书各写一份。"""
    seen: set[str] = set()
    for paper, _, written, _ in every_paper(scenario_id):
        if paper.id not in seen:
            seen.add(paper.id)
            yield written


def opened(content: bytes) -> pypdf.PdfReader:
    """用 PDF 库打开。"""
    return pypdf.PdfReader(io.BytesIO(content), strict=True)


def squeezed(text: str) -> str:
    """不看空白和换行；页码也去掉。"""
    return re.sub(r"\s", "", re.sub(r"(?m)^\d+ / \d+$", "", text))


def fonts_of(reader: pypdf.PdfReader) -> list[tuple[str, bool]]:
    """用到的字体：名字，和有没有嵌在文件里。"""
    found: list[tuple[str, bool]] = []
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]  # pypdf 的对象没有类型
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found.append((str(descendant["/BaseFont"]), embedded))
    return found


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_pdf_opens_with_its_fonts_inside_and_the_same_text_as_was_sent(scenario_id: str) -> None:
    for written in one_of_each(scenario_id):
        reader = opened(paper_pdf(written))
        fonts = fonts_of(reader)
        shown = squeezed("\n".join(page.extract_text() for page in reader.pages))

        assert fonts
        assert all("NotoSansSC" in name and embedded for name, embedded in fonts), fonts
        *_, last = reader.pages
        assert squeezed(last.extract_text()) != squeezed(own_note(written)), "只有一行给本人看的，另占了一页"
        assert shown == squeezed(written.title + "".join(paper_messages(written)) + own_note(written))


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_message_fits_and_none_promises_or_marks_up(scenario_id: str) -> None:
    for _, _, written, _ in every_paper(scenario_id):
        messages = paper_messages(written)
        together = "\n".join([introduction(written), *messages])

        assert all(0 < len(message) <= LONGEST_MESSAGE for message in messages)
        assert not any(word in together for word in BANNED)
        assert not re.search(r"\*\*|`|https?://|[{}]", together)


def test_a_long_paper_is_split_between_lines_and_loses_nothing() -> None:
    line = "这是一行话，" * 20
    long = replace(SHORT, blocks=tuple(Paragraph(f"{number}{line}") for number in range(30)))
    messages = paper_messages(long)

    assert len(messages) > 1
    assert all(len(message) <= LONGEST_MESSAGE for message in messages)
    assert "\n".join(messages).splitlines() == [f"{number}{line}" for number in range(30)]


def test_one_says_how_to_fill_in_only_where_something_is_blank() -> None:
    filled = replace(SHORT, blocks=(Paragraph("完。"),))

    assert "自己填" in introduction(SHORT)
    assert "自己填" not in introduction(filled)


def test_typesetting_instructions_in_a_paper_are_only_text() -> None:
    written = replace(SHORT, blocks=(Paragraph("#panic() $x$ *星* \\ [括号] @引用"),))
    (page,) = opened(paper_pdf(written)).pages

    assert squeezed("#panic() $x$ *星* \\ [括号] @引用") in squeezed(page.extract_text())


def test_the_same_paper_is_the_same_file_and_tells_nothing_of_its_maker() -> None:
    first, again = paper_pdf(SHORT), paper_pdf(SHORT)
    metadata = opened(first).metadata

    assert first == again
    assert metadata is None or metadata.author is None


def test_the_menu_numbers_the_papers_and_says_when_there_are_none() -> None:
    papers = [paper for paper, *_ in every_paper("contact")][:1]

    assert papers_message("K7Q2", papers).splitlines()[1:] == ["1. 发给客服的说明"]
    assert "没有适合写的文书" in papers_message("K7Q2", [])


def test_what_a_blank_is_for_stands_on_the_same_line_as_the_blank() -> None:
    said = f"订单{blank('订单号')}，商品{blank('商品名称')}，联系电话：{blank('联系电话')}。"
    (page,) = opened(paper_pdf(replace(SHORT, blocks=(Paragraph(said),)))).pages
    lines = [line.strip() for line in page.extract_text().splitlines()]

    assert not [line for line in lines if line.endswith(("商品", "联系电话："))], lines


def as_written(shown: str) -> str:
    """Word 里画的线长短不一，正文里都是四个字。"""
    return re.sub("＿+", BLANK_LINE, shown)


@pytest.mark.parametrize(
    ("hint", "least"), [("住址", 6), ("收到通知的地址", 18), ("几个", 6), ("对方哪里没做到，写具体", 18)]
)
def test_a_line_to_write_on_is_long_enough_in_word(hint: str, least: int) -> None:
    paper = replace(SHORT, blocks=(Paragraph(f"写在这里：{blank(hint)}。"),))
    line = docx.Document(io.BytesIO(paper_docx(paper))).paragraphs[1].text

    assert line.count("＿") >= least


def test_a_word_file_says_the_same_and_names_no_maker() -> None:
    content = paper_docx(SHORT)
    document = docx.Document(io.BytesIO(content))

    assert [as_written(line.text) for line in document.paragraphs] == [
        "小纸",
        *"\n".join(paper_messages(SHORT)).splitlines(),
        own_note(SHORT),
    ]
    assert document.core_properties.author == ""


@pytest.mark.parametrize("scenario_id", ["appeal", "live-tip", "shop-return"])
def test_every_paper_to_fill_in_can_be_written_for_word(scenario_id: str) -> None:
    to_fill = [written for written in one_of_each(scenario_id) if written.to_fill_in]

    assert to_fill
    for written in to_fill:
        shown = as_written("".join(line.text for line in docx.Document(io.BytesIO(paper_docx(written))).paragraphs))
        assert squeezed(shown) == squeezed(written.title + "".join(paper_messages(written)) + own_note(written))
