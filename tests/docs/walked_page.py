"""照着一页说明书做：读出 Markdown 里的代码块和它前面那句话，写文件、改文件、运行命令、比对输出。

约定读者也看得懂，块前面那句话说做什么：

- 「新建文件 `路径`：」把块写成这个文件；
- 「在 `路径` 里找到：」接着「换成：」或「在后面加上：」，改那个文件，找到的地方必须正好一处；
- 「在 `路径` 末尾加上：」；
- 「运行：」块里一行一条 ``uv run refund …``，可以用 ``< 文件`` 从文件里读；可以接「一行一行输入：」；
- 再接「会看到：」，与真正印出来的一字不差；「会看到（开头几行）：」只比开头；
- 只写了文件名的 ``.yaml`` 在说好的那个文件夹里。

块前面不是这几句的，只给人看。
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from nonebot_plugin_refund.cli import app

_TIMED = {"lint", "talk", "assess"}
"""能用 ``--now`` 说现在几点的命令；页面上不写，由走的人补上。"""
_RUN = "uv run refund "


@dataclass(frozen=True)
class Block:
    """一个代码块。"""

    line: int
    lead: str
    """块前面最近的一行字。"""
    text: str


def blocks_of(page: str) -> Iterator[Block]:
    """页面里的全部代码块，按先后。"""
    lead, inside, fence = "", None, ""
    start = 0
    for number, line in enumerate(page.splitlines(), 1):
        if inside is not None:
            if line.strip() == fence:
                yield Block(start, lead, "".join(f"{one}\n" for one in inside))
                inside, lead = None, ""
            else:
                inside.append(line)
        elif (opened := re.match(r"(`{3,})\w*$", line)) is not None:
            inside, fence, start = [], opened.group(1), number
        elif line.strip():
            lead = line.strip()
    assert inside is None, f"第 {start} 行的代码块没有收尾"


@dataclass
class Walker:
    """照着页面一块块做的人；当前文件夹就是他启动机器人的那个文件夹。"""

    now: str
    folder: Path = Path()
    """只写了文件名的 ``.yaml`` 在哪个文件夹里。"""
    done: int = 0
    """做了多少块。"""
    only_shown: list[str] = field(default_factory=list[str])
    """不认得、当作只给人看的那些块，各自前面那句话。"""
    _found: tuple[Path, str] | None = None
    _pending: list[str] = field(default_factory=list[str])
    _typed: str = ""

    def follow(self, page: str) -> None:
        """从头做到尾；哪一块做不下去，报出行号。"""
        for block in blocks_of(page):
            try:
                if self._do(block):
                    self.done += 1
                else:
                    self.only_shown.append(block.lead)
            except AssertionError as error:
                raise AssertionError(f"第 {block.line} 行的代码块（{block.lead}）：{error}") from error
        self._run_pending()

    def _do(self, block: Block) -> bool:
        lead = block.lead
        if lead == "运行：":
            self._run_pending()
            self._pending = block.text.splitlines()
        elif lead == "一行一行输入：":
            self._typed = block.text
        elif lead in ("会看到：", "会看到（开头几行）："):
            printed = self._run_pending(may_find_faults=True)
            _compare(printed, block.text.rstrip("\n"), only_the_start="开头" in lead)
        elif lead in ("换成：", "在后面加上："):
            self._edit(block.text, keep=lead != "换成：")
        elif (named := re.fullmatch(r"(新建文件|在) `([^`]+)`( 里找到| 末尾加上)?：", lead)) is not None:
            self._run_pending()
            self._write(self._place(named.group(2)), named.group(1) + (named.group(3) or ""), block.text)
        else:
            return False
        return True

    def _place(self, written: str) -> Path:
        path = Path(written)
        return self.folder / path if path.name == written and path.suffix == ".yaml" else path

    def _write(self, path: Path, what: str, text: str) -> None:
        if what == "新建文件":
            assert not path.exists(), f"{path} 已经有了"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif what == "在 末尾加上":
            path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        else:
            times = path.read_text(encoding="utf-8").count(text)
            assert times == 1, f"{path} 里要找的这几行出现了 {times} 次"
            self._found = (path, text)

    def _edit(self, text: str, *, keep: bool) -> None:
        assert self._found is not None, "前面没有说在哪里找"
        path, old = self._found
        new = old + text if keep else text
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        self._found = None

    def _run_pending(self, *, may_find_faults: bool = False) -> str:
        """把等着的命令都运行了，返回印出来的话；没有等着的就是页面写错了，除非不要输出。"""
        assert self._pending or not may_find_faults, "前面没有要运行的命令"
        printed = ""
        for line in self._pending:
            assert line.startswith(_RUN), f"不认得的命令：{line}"
            arguments = shlex.split(line.removeprefix(_RUN))
            if arguments[0] in _TIMED and "--now" not in arguments:
                arguments += ["--now", self.now]
            typed = self._typed
            if "<" in arguments:
                *arguments, _, source = arguments
                typed = Path(source).read_text(encoding="utf-8")
            result = CliRunner().invoke(app, arguments, input=typed)
            if result.exception is not None and not isinstance(result.exception, SystemExit):
                raise result.exception
            assert result.exit_code == 0 or may_find_faults, f"{line} 没有做成：\n{result.output}"
            printed += result.output
        self._pending, self._typed = [], ""
        return printed.rstrip("\n")


def _compare(printed: str, written: str, *, only_the_start: bool) -> None:
    seen = "\n".join(printed.splitlines()[: len(written.splitlines())]) if only_the_start else printed
    assert seen == written, f"页面上写的与真正印出来的不一样，真正的是：\n{printed}"
