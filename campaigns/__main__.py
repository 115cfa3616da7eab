"""战役的命令：每个战役一个子命令，写在各自的模块里，由 ``register`` 挂上来。"""

import importlib
import importlib.util

import typer

CAMPAIGNS = (
    "kill",
    "crash",
    "faults",
    "outage",
    "clock",
    "poison",
    "several",
    "backup",
    "people",
    "mutations",
    "table",
)
"""子命令所在的模块，按这个次序列在帮助里。"""


def main() -> None:
    """挂上全部战役，然后交给命令行。"""
    app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(_several_commands)
    for name in CAMPAIGNS:
        module = f"campaigns.{name}"
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module).register(app)
    app()


def _several_commands() -> None:
    """可靠性战役：每次运行由种子与序号决定，结果一行一条记在 campaigns/results/ 里，中断后可以接着跑。"""


if __name__ == "__main__":
    main()
