"""人写的说明里，每个相对链接、每张图都在；带 # 的，那一节也在。包的说明和仓库首页上没有编出来的地址。"""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^)\s]+)\)|<img\b[^>]*\bsrc=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
ELSEWHERE = ("http://", "https://", "mailto:")


def links(text: str) -> list[str]:
    """一页里的链接和图；代码块、行内代码里的不算。"""
    prose = CODE.sub("`code`", FENCE.sub("", text))
    return [link or image for link, image in LINK.findall(prose)]


def anchors(text: str) -> set[str]:
    """一页里各节的锚：小写，去掉标点，空格换成连字符。"""
    titles = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(page: Path, text: str) -> list[str]:
    """指到没有的文件、没有的节的链接。"""
    inside = [link for link in links(text) if not link.startswith(ELSEWHERE)]
    return [link for link in inside if not leads_somewhere(page, text, *unquote(link).partition("#")[::2])]


def leads_somewhere(page: Path, text: str, path: str, anchor: str) -> bool:
    """那个文件在仓库里，写了 # 的那一节也在。"""
    target = (page.parent / path).resolve() if path else page
    if path and not (target.exists() and target.is_relative_to(ROOT)):
        return False
    return not anchor or anchor in anchors(text if target == page else target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert broken(page, page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("[a](no-such-file.md)", 1),
        ("[a](README.md#no-such-part)", 1),
        ("[a](#没有这一节)", 1),
        ('<img src="docs/gallery/no-such.png" width="3">', 1),
        ("[a](../../etc/hosts)", 1),
        ("`[a](no-such-file.md)`", 0),
        ("## 有 这一节\n\n[a](#有-这一节) [b](README.md#试一试)", 0),
    ],
)
def test_a_broken_link_is_found(written: str, count: int) -> None:
    assert len(broken(ROOT / "x.md", written)) == count


def test_the_readme_shows_two_pictures_of_the_gallery() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"<img src=\"(docs/gallery/[\w-]+\.png)\"", readme)

    assert len(pictures) == 2


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        for link in links(page.read_text(encoding="utf-8")):
            if not link.startswith((*ELSEWHERE, "#")):
                waiting.append((page.parent / unquote(link).partition("#")[0]).resolve())
    assert set(PAGES) - reached == set()


def test_no_address_is_made_up_for_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    outside = {link for link in links(readme) if link.startswith(ELSEWHERE)}
    assert outside <= set(project.get("urls", {}).values())
