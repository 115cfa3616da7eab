"""测试共用的小手册：`fixtures/small/`，没有任何毛病；测试在它的副本里埋一处错，看检查认不认得出。

期望的行号由测试自己在文字里数，不用被测的代码去数。
"""

import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.findings import Finding, RulebookError
from nonebot_plugin_refund.rulebook.lint import lint_rulebook
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_folders

SMALL = Path(__file__).with_name("fixtures") / "small"
TODAY = date(2026, 11, 23)
"""小手册里的依据这一天都还不必重新核对。"""


@cache
def small_edition() -> Edition:
    """没有毛病的小手册里的那个场景。"""
    return load_folders([SMALL]).edition("small")


def read(folder: Path) -> Rulebook:
    """小手册作底本，加上 ``folder``。"""
    return load_folders([SMALL, folder])


def faults(folder: Path) -> list[Finding]:
    """只看 ``folder`` 里的毛病。"""
    try:
        return lint_rulebook(read(folder), TODAY, [folder])
    except RulebookError as error:
        return list(error.findings)


@dataclass(frozen=True)
class PlantedBook:
    """小手册的一份副本，可以往里埋错。"""

    folder: Path

    @classmethod
    def copied_to(cls, folder: Path) -> "PlantedBook":
        """把小手册抄一份到 ``folder`` 下。"""
        return cls(Path(shutil.copytree(SMALL, folder / "small")))

    def plant(self, old: str, new: str, file: str = "small.yaml") -> None:
        """把唯一出现的 ``old`` 换成 ``new``。"""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"“{old}”出现了 {text.count(old)} 次，埋不准"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line(self, snippet: str, file: str = "small.yaml") -> int:
        """``snippet`` 第一次出现在第几行（从 1 数）。"""
        text = (self.folder / file).read_text(encoding="utf-8")
        return text[: text.index(snippet)].count("\n") + 1

    def findings(self, today: date = TODAY) -> list[Finding]:
        """检查这份副本；读不进来时是读入时报的问题。"""
        try:
            return lint_rulebook(load_folders([self.folder]), today)
        except RulebookError as error:
            return list(error.findings)

    def expect(self, check: str, item_id: str, at: str, file: str = "small.yaml") -> Finding:
        """查出了 ``check``，指着 ``item_id`` 和 ``at`` 所在的那一行；返回这个问题。"""
        findings = self.findings()
        wanted = (str(self.folder / file), self.line(at, file), item_id, check)
        found = [item for item in findings if (item.file, item.line, item.id, item.check) == wanted]
        shown = "\n".join(map(str, findings)) or "什么都没查出来"
        assert found, f"应查出 {wanted}，查出的是：\n{shown}"
        return found[0]
