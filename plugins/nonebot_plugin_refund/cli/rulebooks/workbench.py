"""在浏览器里改手册、和改过的聊：``workshop``。网页的库是附加依赖，运行这条命令时才导入。"""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ...dialogue.reading.context import Context
from ...dialogue.reading.intents import NewMatter, Reading
from ...domain.hearing.hearing import Listener
from ...rulebook.findings import RulebookError
from ...rulebook.loader import Rulebook
from ..hearing.reading_json import reading_json
from ..installation import SettingsUnreadable, find_installation
from ..output import NowOption, fail, moment, say
from ..rehearsing.rehearsal import rehearse
from ..rehearsing.replaying import play_with

_PORT = 8765
_GUESSED = (
    "机器人在这里还没有启动过，下面的文件夹是照本项目的 bot.py 猜的。用自己的 NoneBot 项目的，"
    "先启动一次，日志里会说“自己的手册从……读”；不一样就用 --own 写明"
)
_CONVERSATIONS = Path("docs/conversations")
NOT_INSTALLED = '工作台要先装上附加依赖：pip install "nonebot-plugin-refund[workshop]"（缺 {name}）'


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("workshop")(workshop)


def workshop(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="网页的端口，只有本机打得开。")] = _PORT,
    own: Annotated[
        Path | None, typer.Option("--own", metavar="文件夹", help="自己的手册文件夹；不写就照当前目录的 .env 找。")
    ] = None,
    conversations: Annotated[
        Path | None,
        typer.Option(
            "--conversations",
            metavar="文件夹",
            help="放对话文件的文件夹，看一看里比较改前改后；不写就是当前目录的 docs/conversations。",
        ),
    ] = None,
    now: NowOption = None,
) -> None:
    """开一个只有本机打得开的网页：试着聊、改手册、看改了什么；存下的才写进自己的手册文件夹。"""
    try:
        from ...workshop.editing.own_folder import OwnFolder
        from ...workshop.state import State
        from ...workshop.tools import Tools
        from ...workshop.web.gate import new_secret
        from ...workshop.web.serving import serve
    except ModuleNotFoundError as error:
        fail(NOT_INSTALLED.format(name=error.name))
    folder = own if own is not None else _own_folder()
    if folder.exists() and not folder.is_dir():
        fail(f"{folder} 不是文件夹")
    if conversations is not None and not conversations.is_dir():
        fail(f"{conversations} 不是文件夹；应是放对话文件（*.txt）的文件夹")
    _refuse_taken(port)
    try:
        state = State.opened(
            OwnFolder(folder.absolute()),
            Tools(rehearse, described, replayed),
            moment(now),
            conversations if conversations is not None else _CONVERSATIONS,
        )
    except (RulebookError, OSError) as error:
        fail(f"手册读不进来：\n{error}")
    say(f"自己的手册在 {folder.absolute()}")
    serve(state, port, new_secret(), lambda address: say(f"用浏览器打开（钥匙只能用一次）：{address}\n按 Ctrl+C 结束"))


def described(context: Context, reading: Reading) -> Mapping[str, Any]:
    """``refund read --json`` 的一行。"""
    matter = next((intent for intent in reading.intents if isinstance(intent, NewMatter)), None)
    scenario = next((one for one in context.book.scenarios if matter and one.id == matter.scenario), None)
    if matter is None or scenario is None:
        return reading_json(context, reading, {})
    listener = Listener(scenario, context.book.calendar, context.now, context.now, context.book.asides)
    return reading_json(context, reading, listener.everything(matter.said))


async def replayed(script: str, book: Rulebook) -> str:
    """``refund replay`` 印出的一段。"""
    return (await play_with(script, book)).transcript


def _own_folder() -> Path:
    try:
        found = find_installation()
    except SettingsUnreadable as error:
        fail(f"{error}；也可以用 --own 直接写明文件夹")
    if found.is_guess:
        say(_GUESSED)
    return found.rulebook


def _refuse_taken(port: int) -> None:
    """端口先试一下：占着的说清楚，不等网页的库报英文。"""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            fail(f"端口 {port} 有别的程序占着（或不让用）；换一个：refund workshop --port {port + 1}")
