"""排版：把数据套进模板，得到图片（PNG）或文书（PDF）。只用随包带的字体。

数据以 JSON 从 ``sys.inputs.data`` 进模板，用户说的话因此永远是文字，不会被当成排版指令。
排版库占七 MB，用到才装，几毫秒。
排一张图要几毫秒处理器时间：在事件循环里调用的，请用 ``asyncio.to_thread``。
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from .glyphs import FONT_FOLDER, readable_data

if TYPE_CHECKING:
    import typst

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
CARD_PPI = 100
"""卡片的清晰度：400 点宽的图 556 像素，正文一字 21 像素，手机上一屏宽看得清楚。

时间大半花在压缩 PNG 上，随像素数涨：再清楚两成就要多花两成多的时间。
"""

_FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""写进 PDF 的制作时间：固定下来，同样的内容每次得到同样的文件，也不泄露何时制作。"""


class TypesettingError(Exception):
    """模板排不出来。不带内容，可以写进日志。"""


class Typesetter:
    """排版。每个模板留一个热着的编译器，同一时刻一个模板只排一份。"""

    def __init__(self) -> None:
        self._compilers: dict[str, tuple[typst.Compiler, Lock]] = {}
        self._opening = Lock()

    @staticmethod
    def families() -> set[str]:
        """能用的字体族。"""
        return set(_fonts().families())

    def png(self, template: str, data: Mapping[str, Any], *, ppi: float = CARD_PPI) -> bytes:
        """排成一张图。

        Args:
            template: 模板名，如 ``verdict``，对应 ``templates/verdict.typ``。
            data: 能写成 JSON 的数据。
            ppi: 每英寸多少像素；一点是 1/72 英寸。

        Raises:
            TypesettingError: 排不出来，或排出来不止一页。
        """
        made = self._compile(template, data, "png", ppi=ppi)
        if not isinstance(made, bytes):
            raise TypesettingError(f"{template}：图片不止一页")
        return made

    def pdf(self, template: str, data: Mapping[str, Any]) -> bytes:
        """排成 PDF，字体嵌在里面；同样的数据得到同样的文件。

        Raises:
            TypesettingError: 排不出来。
        """
        made = self._compile(template, data, "pdf", timestamp=_FIXED_TIME)
        if not isinstance(made, bytes):
            raise TypesettingError(f"{template}：没有排出 PDF")
        return made

    def _compile(self, template: str, data: Mapping[str, Any], form: Any, **options: Any) -> bytes | list[bytes] | None:
        import typst

        compiler, turn = self._compiler(template)
        inputs = {"data": json.dumps(readable_data(data), ensure_ascii=False)}
        with turn:
            try:
                return compiler.compile(format=form, sys_inputs=inputs, **options)
            except typst.TypstError:
                # 诊断里会引用数据：只说是哪个模板，不留原来的差错
                raise TypesettingError(f"模板 {template} 排不出来") from None

    def _compiler(self, template: str) -> "tuple[typst.Compiler, Lock]":
        with self._opening:
            if template not in self._compilers:
                self._compilers[template] = (_compiler(TEMPLATE_FOLDER / f"{template}.typ"), Lock())
            return self._compilers[template]


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])


def _compiler(template: Path) -> "typst.Compiler":
    import typst

    return typst.Compiler(template, root=TEMPLATE_FOLDER, font_paths=_fonts(), ignore_system_fonts=True)
