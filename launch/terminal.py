"""终端界面：不用 QQ 也能试。改的是外面那层（适配器和 nonechat 的界面），插件不知道有它。

键盘就能用：``PageUp``、``PageDown`` 翻看前面的话，``Ctrl+N`` 换到下一个聊天，``Ctrl+Q`` 退出；下面一栏写着。
"""

import asyncio
from typing import Any, ClassVar

from nonebot.adapters.console import Adapter, Bot, Message
from nonebot.adapters.console.backend import AdapterConsoleBackend
from nonebot.drivers.none import Driver
from nonechat import ConsoleSetting, Frontend
from nonechat.components.channel_selector import ChannelSelector
from nonechat.components.chatroom.history import ChatHistory
from nonechat.message import ConsoleMessage, Element, Text
from nonechat.model import DIRECT
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text as RichText
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.widgets import ListView

from .terminal_lines import fit, longest_unit, widest_line

NAME = "退款助手"


class WholeLines(Element):
    """一段文字，折行时不拆开编号、日期、钟点和金额。"""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def rich(self) -> RichText:
        """没有折行的原文。"""
        return RichText(self.text, end="")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """按现在的宽度折好。"""
        yield RichText("\n".join(fit(self.text, options.max_width)), end="")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """最窄放得下最长的一截，最宽是最长的一行。"""
        return Measurement(longest_unit(self.text), widest_line(self.text)).with_maximum(options.max_width)


class Screen(Frontend[AdapterConsoleBackend], inherit_bindings=False):
    """终端里的界面：键的说明是中文，用不着的键不占地方。"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next_room", "换聊天", priority=True),
        Binding("pageup", "page_up", "往上翻", priority=True),
        Binding("pagedown", "page_down", "往下翻", priority=True),
        Binding("ctrl+l", "clear", "清屏", priority=True),
        Binding("ctrl+d", "toggle_dark", "深浅", priority=True),
        Binding("ctrl+q", "quit", "退出", priority=True),
        Binding("ctrl+underscore", "focus_input", "回到输入框", key_display="ctrl+/", show=False),
    ]
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "Input"
    """一打开就能打字，不必先用鼠标去点输入框。"""
    looks_back = False
    """正在翻看前面的话：新的一句来了也不把画面拉走。"""

    async def action_next_room(self) -> None:
        """换到下一个聊天，和用鼠标点左边那一行一样。"""
        rooms = [
            DIRECT.id if room.id.startswith("private:") else room.id for room in await self.backend.list_channels()
        ]
        here = DIRECT.id if self.backend.is_direct else self.backend.current_channel.id
        following = rooms[(rooms.index(here) + 1) % len(rooms)] if here in rooms else rooms[0]
        selector = self.query_one(ChannelSelector)
        chosen, _ = selector.channel_items[following]
        listed = selector.query_one("#channel-list", ListView)
        listed.index = list(listed.children).index(chosen)
        listed.action_select_cursor()

    def action_page_up(self) -> None:
        """看前面的话。"""
        self.looks_back = True
        self.query_one(ChatHistory).scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """回到后面的话。"""
        history = self.query_one(ChatHistory)
        history.scroll_page_down(animate=False)
        self.looks_back = history.scroll_target_y < history.max_scroll_y

    async def action_post_message(self, message: str) -> str:
        """自己说了话，就回到最新的一句。"""
        self.looks_back = False
        return await super().action_post_message(message)

    async def action_clear(self) -> None:
        """清掉这个聊天在屏幕上的话；案件和问答都还在。"""
        await self.query_one(ChatHistory).action_clear_history()

    def show_newest(self) -> None:
        """滚到最新的一句；正在往前翻的不动。"""
        for history in () if self.looks_back else self.query(ChatHistory):
            history.scroll_end(animate=False)


class TerminalAdapter(Adapter):
    """先让插件启动完再画界面：启动时的错误才看得见，不会被界面盖住。界面关掉，程序就退出。"""

    def setup(self) -> None:
        """把开界面排到全部启动步骤之后。"""
        if not self.console_config.console_headless_mode:
            self.on_ready(self._start)
            self.driver.on_shutdown(self._shutdown)

    async def _start(self) -> None:
        setting = ConsoleSetting(
            title=NAME, sub_title="不用 QQ 试一试", toolbar_exit="❌", icon_color=Color.parse("#EA5252")
        )
        self._screen = self._frontend = Screen(AdapterConsoleBackend, setting)
        backend = self._screen.backend
        backend.set_adapter(self)
        backend.current_bot.id = self.console_config.console_bot_id
        backend.current_bot.nickname = self.console_config.console_bot_name
        self._task = asyncio.create_task(self._screen.run_async())
        driver = self.driver
        if isinstance(driver, Driver):
            self._task.add_done_callback(lambda _: driver.exit())

    async def _call_api(self, bot: Bot, api: str, **data: Any) -> Any:
        """话折好行再上屏，说完让画面滚到最新的一句：界面自己只在用户说话时往下滚。"""
        if api != "send_msg":
            return await super()._call_api(bot, api, **data)
        answer = await super()._call_api(bot, api, **data | {"content": _in_whole_lines(data["content"])})
        # 新的一句要过一会儿才排进画面，机器忙时更久
        loop = asyncio.get_running_loop()
        for seconds in (0.2, 1.0, 3.0):
            loop.call_later(seconds, self._screen.call_later, self._screen.show_newest)
        return answer


def _in_whole_lines(content: Message | ConsoleMessage) -> ConsoleMessage:
    said = content.to_console_message() if isinstance(content, Message) else content
    return ConsoleMessage([WholeLines(each.text) if isinstance(each, Text) else each for each in said])
