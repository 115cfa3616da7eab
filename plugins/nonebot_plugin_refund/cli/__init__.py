"""操作者和手册编辑者的工具：一条命令 ``refund``。

机器读的内容写到标准输出，给人看的提示写到标准错误；退出码 0 成功、1 查出问题、2 用法或输入有误。
"""

import typer

from . import backups, doctor, stats
from .hearing import evaluating, language, reading
from .rehearsing import galleries, replaying, talking
from .rulebooks import assessments, books, deadlines, graphs, overlays, workbench, workshop
from .usage import ChineseGroup

app = typer.Typer(
    name="refund",
    cls=ChineseGroup,
    help="退款助手的工具：检查规则手册、试走访谈、计算期限。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_TOOLS = (
    books,
    workshop,
    overlays,
    language,
    reading,
    evaluating,
    deadlines,
    assessments,
    stats,
    talking,
    replaying,
    galleries,
    graphs,
    backups,
    doctor,
    workbench,
)
for tool in _TOOLS:
    tool.register(app)


def main() -> None:
    """控制台入口。"""
    app()
