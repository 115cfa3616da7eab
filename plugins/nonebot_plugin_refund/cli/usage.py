"""命令打错了、看说明，都用中文：命令行库自己的英文换掉。"""

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any

from pydantic import ValidationError
from typer import rich_utils
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import ClickException, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperGroup

from ..rulebook.yaml_reading import shape_messages
from .output import say

_QUOTED = re.compile(r"'([^']*)'")
_HELP = "显示这页说明。"


class _Formatter(HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")


class _Context(Context):
    formatter_class = _Formatter


class ChineseGroup(TyperGroup):
    """一组命令：用法有误时说中文，退出码照旧是 2。"""

    context_class = _Context

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """找到的命令，说明也换成中文。"""
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            _in_chinese(found, ctx)
        return found

    def get_usage(self, ctx: Context) -> str:
        """用法那一行。"""
        _in_chinese(self, ctx)
        return super().get_usage(ctx)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """运行；用法有误的说清楚再退出。"""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            done = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except ClickException as error:
            say(explained(error))
            sys.exit(error.exit_code)
        sys.exit(done if isinstance(done, int) else 0)


def explained(error: ClickException) -> str:
    """哪里打错了、怎么打。"""
    where = error.ctx if isinstance(error, UsageError) else None
    command = where.command_path if where is not None else "refund"
    return f"命令打错了：{_what(error, where)}。怎么用：{command} --help"


def _what(error: ClickException, where: Context | None) -> str:
    if isinstance(error, NoSuchOption):
        known = [name for param in where.command.get_params(where) for name in param.opts] if where else []
        return f"没有 {error.option_name} 这个选项{_closest(error.option_name, known)}"
    param = getattr(error, "param", None)
    named = _named(param)
    if isinstance(error, MissingParameter):
        return f"少写了 {named}"
    quoted = _QUOTED.search(error.message)
    written = f"“{quoted.group(1)}”" if quoted else ""
    if param is None:
        known = list(getattr(where.command, "commands", ())) if where else []
        if "command" in error.message.lower() and quoted:
            return f"没有 {written} 这个命令{_closest(quoted.group(1), known)}"
        if "requires an argument" in error.message:
            return f"{written or '这个选项'} 后面要写一个值"
        return f"这样写读不懂 {written}".rstrip()
    annotation = param.get_runtime_param().annotation if hasattr(param, "get_runtime_param") else None
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return f"{named} 只能写约定好的几种值：{'、'.join(str(one.value) for one in annotation)}"
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        return f"{named}：{shape_messages.explained(dict(cause.errors()[0]))}"
    return f"{named} 写得不对 {written}".rstrip()


def _named(param: Any) -> str:
    if param is None:
        return ""
    names = [name for name in getattr(param, "opts", ()) if name.startswith("-")]
    return "、".join(names) or str(getattr(param, "human_readable_name", "") or getattr(param, "name", ""))


def _closest(written: str, known: Sequence[str]) -> str:
    close = get_close_matches(written, known, n=1, cutoff=0.5)
    return f"，是不是 {close[0]}" if close else ""


def _in_chinese(command: Command, ctx: Context) -> None:
    command.context_class = _Context
    command.options_metavar = "[选项]"
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = "命令 …"
    option = command.get_help_option(ctx)
    if option is not None:
        option.help = _HELP


rich_utils.ARGUMENTS_PANEL_TITLE = "要写的"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.DEFAULT_STRING = "[默认 {}]"
rich_utils.REQUIRED_LONG_STRING = "[必填]"
