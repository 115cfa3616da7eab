"""包的页面：README 的链接照项目主页换成打得开的，仓库里的不动；没有主页就什么也不改。"""

import re
import tomllib
from pathlib import Path

import pytest
from tools.package_page import package, with_urls, with_whole_links

ROOT = Path(__file__).parents[2]
HOME = "https://code.example/refund/helper"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_link_of_the_readme_opens_from_anywhere() -> None:
    page = with_whole_links(README, HOME + "/")

    targets = re.findall(r"\]\(([^)\s]+)\)|<img\b[^>]*\bsrc=\"([^\"]+)\"", page)
    assert [link for pair in targets for link in pair if link and not link.startswith(("#", f"{HOME}/"))] == []
    assert page.count(f"{HOME}/raw/main/docs/gallery/") == 2
    files = {link.removeprefix(f"{HOME}/blob/main/").partition("#")[0] for link, _ in targets if "/blob/main/" in link}
    assert len(files) > 20
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert with_whole_links(page, HOME) == page, "换过的不再换"


def test_the_address_of_the_project_is_written_once() -> None:
    again = with_urls(with_urls(PROJECT, "https://code.example/old"), HOME)

    assert tomllib.loads(again)["project"]["urls"] == {
        "Homepage": HOME,
        "Changelog": f"{HOME}/blob/main/CHANGELOG.md",
    }


@pytest.mark.parametrize("homepage", ["", HOME])
def test_only_the_copy_is_changed_and_only_with_an_address(tmp_path: Path, homepage: str) -> None:
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")

    package(tmp_path, homepage)

    assert ((tmp_path / "README.md").read_text(encoding="utf-8") == README) is (homepage == "")
    assert ((tmp_path / "pyproject.toml").read_text(encoding="utf-8") == PROJECT) is (homepage == "")
    assert (ROOT / "README.md").read_text(encoding="utf-8") == README
