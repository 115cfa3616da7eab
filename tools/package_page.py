"""``package``：发布用的一份：包的页面上没有仓库，README 里的相对链接换成以项目主页开头的，主页写进 ``[project.urls]``。

主页只填一处：``nonebot_plugin_refund.HOMEPAGE``。仓库里的 README 不动，改的是给出的那份副本；打包见 ``.ci/release``。
"""

import re
from pathlib import Path
from typing import Annotated

import typer

from nonebot_plugin_refund import HOMEPAGE

BRANCH = "main"
_LINK = re.compile(
    r"(?P<before>\]\()(?P<path>[^)\s#:][^)\s:]*)(?=\))|(?P<image><img\b[^>]*\bsrc=\")(?P<source>[^\":]+)(?=\")"
)
_SECTION = re.compile(r"^\[project\.urls\]\n(?:[^\[\n].*\n)*\n?", re.MULTILINE)
_BEFORE = "[project.optional-dependencies]"


def with_whole_links(readme: str, homepage: str, branch: str = BRANCH) -> str:
    """README 里指到仓库里的链接和图，换成打得开的地址；页内的、本来就完整的不动。"""
    home = homepage.rstrip("/")

    def whole(found: re.Match[str]) -> str:
        if found["path"] is not None:
            return f"{found['before']}{home}/blob/{branch}/{found['path']}"
        return f"{found['image']}{home}/raw/{branch}/{found['source']}"

    return _LINK.sub(whole, readme)


def with_urls(project: str, homepage: str, branch: str = BRANCH) -> str:
    """``pyproject.toml`` 写上项目的地址；原来写着的换掉。"""
    home = homepage.rstrip("/")
    urls = f'[project.urls]\nHomepage = "{home}"\nChangelog = "{home}/blob/{branch}/CHANGELOG.md"\n\n'
    return _SECTION.sub("", project).replace(_BEFORE, urls + _BEFORE, 1)


def package(
    folder: Annotated[Path, typer.Argument(help="项目的一份副本，里面的 README.md 和 pyproject.toml 会改。")],
    homepage: Annotated[str, typer.Option("--homepage", help="项目主页；不写就用包里填的那一处。")] = HOMEPAGE,
) -> None:
    """把一份副本改成发布用的样子：README 的链接、项目的地址。"""
    if not homepage:
        typer.echo(
            "还没有主页（__init__.py 的 HOMEPAGE 是空的）：README 的链接在包的页面上点不开，也没有项目的地址", err=True
        )
        return
    for name, changed in (("README.md", with_whole_links), ("pyproject.toml", with_urls)):
        file = folder / name
        file.write_text(changed(file.read_text(encoding="utf-8"), homepage), encoding="utf-8")
