"""文书怎样排成文字：照抄用的全文、选哪一份的菜单、随文书说的话。PDF 用的也是这里的一行行字。"""

from collections.abc import Iterator, Sequence

from ...domain.case.papers import BLANK_LINE, Block, EvidenceItems, Facts, History, Laws, Paragraph, Title, WrittenPaper
from ...rulebook.scenario_models.models import Source
from ...rulebook.scenario_models.paper_models import Paper

NO_PAPERS = "{code} 现在没有适合写的文书。材料和进度照常可以看：「材料」「进度」。"
PDF_NOT_SENT = "PDF 没发出去，内容和上面的文字一样，照着抄就行。"
WORD_FILE = "这份要填的多，再给一个 Word 文件，可以在电脑上填。"
WORD_NOT_SENT = "Word 文件没发出去，用 PDF 打印手填，或把上面的文字复制去填，都一样。"
WORD_MISSING = "Word 版这里没装上，用 PDF 打印手填，或复制上面的文字去填，都一样。机器人的主人装上附加依赖 docx 就有。"
_FILL_IN = "带＿＿＿＿的自己填，后来有变化的改好再用。填好后别发回给我，也别发群里。"
_TO_FILL = "画线的地方自己填，括号里写着填什么。"
_CHECK = "写的都是你说过的；有不对的改好再用。"
_LACKING = "还没备好的：{items}。"
_BY_WHEN = "要赶的日子：{day}。"
_OWN_NOTE = "（写给自己看的，交之前裁掉：{said}）"
LONGEST_MESSAGE = 1200
"""一条消息最多多少字：有的实现过一千五百字就转成合并转发，不好抄。"""


def papers_message(code: str, papers: Sequence[Paper]) -> str:
    """可以写的文书，编号选。"""
    if not papers:
        return NO_PAPERS.format(code=code)
    lines = [f"{number}. {paper.title}" for number, paper in enumerate(papers, start=1)]
    return "\n".join([f"{code} 可以写这几份，回编号，我发文字和 PDF：", *lines])


def introduction(paper: WrittenPaper) -> str:
    """正文之前的一条：这是什么、怎么用、哪里要自己填。"""
    lacking = "、".join(_lacking(paper))
    lines = [
        f"《{paper.title}》：{paper.use}",
        _BY_WHEN.format(day=paper.by_when) if paper.by_when else "",
        _LACKING.format(items=lacking) if lacking else "",
        _FILL_IN if _has_blanks(paper) else _CHECK,
    ]
    return "\n".join(line for line in lines if line)


def own_note(paper: WrittenPaper) -> str:
    """印在文件最后、给本人看的一行：交给谁、到哪天、哪里要填。"""
    said = [paper.use, _BY_WHEN.format(day=paper.by_when) if paper.by_when else ""]
    return _OWN_NOTE.format(said="".join([*said, _TO_FILL if _has_blanks(paper) else ""]))


def _has_blanks(paper: WrittenPaper) -> bool:
    return any(BLANK_LINE in line for line in _lines(paper))


def _lacking(paper: WrittenPaper) -> Iterator[str]:
    """还没备好的材料；纸上只列名称，不写备没备好。"""
    for block in paper.blocks:
        if isinstance(block, EvidenceItems):
            yield from (item.title for item, is_ready in block.items if not is_ready)


def paper_messages(paper: WrittenPaper) -> list[str]:
    """正文，照抄用；太长的在两行之间分开。"""
    messages: list[str] = []
    current = ""
    for line in _lines(paper):
        if current and len(current) + 1 + len(line) > LONGEST_MESSAGE:
            messages.append(current)
            current = line
        else:
            current = f"{current}\n{line}" if current else line
    return [*messages, current]


def block_lines(block: Block) -> list[str]:
    """一块的一行行字。"""
    match block:
        case Paragraph():
            return [block.text]
        case Title():
            return [f"{block.text}："]
        case Facts():
            return [f"{name}：{value}" for name, value in block.items]
        case Laws():
            return [f"{number}. {_law(source)}" for number, source in enumerate(block.items, start=1)]
        case EvidenceItems():
            return [f"{number}. {item.title}" for number, (item, _) in enumerate(block.items, start=1)]
        case History():
            return [f"{when}：{what}" for when, what in block.items]


def _lines(paper: WrittenPaper) -> Iterator[str]:
    for block in paper.blocks:
        yield from block_lines(block)


def _law(source: Source) -> str:
    """一条法律依据：名称、条号、大意。"""
    title = source.title if source.title.startswith("《") else f"《{source.title}》"
    return f"{title}{source.article}：{source.says}"
