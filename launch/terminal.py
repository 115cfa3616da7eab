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
from textual.driver import Driver as TerminalDriver
from textual.geometry import Offset
from textual.screen import Screen as WidgetScreen
from textual.widget import Widget
from textual.widgets import ListView

from .terminal_gone import forgiving, leave_when_hung_up
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


class SteadyScreen(WidgetScreen):
    """点在刚撤下、还没擦掉的东西上不算数：左边的列表一来新话就重排，textual 在那上面选字会出错退出。"""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """屏幕上那一格是什么。"""
        widget, offset = super().get_widget_and_offset_at(x, y)
        return (None, None) if widget is None or widget.parent is None else (widget, offset)


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

    def get_default_screen(self) -> WidgetScreen:
        """放下全部东西的那一屏。"""
        return SteadyScreen(id="_default")

    def get_driver_class(self) -> type[TerminalDriver]:
        """画屏的驱动：终端没了也收得了尾。"""
        return forgiving(super().get_driver_class())

    def action_next_room(self) -> None:
        """换到下一个聊天，和用鼠标点左边那一行一样。"""
        selector = self.query_one(ChannelSelector)
        # 来了新话，左边的列表要重排；排到它自己的队里去，重排到一半时按的键才不会落空
        selector.call_next(self._choose_next_room, selector)

    async def _choose_next_room(self, selector: ChannelSelector) -> None:
        rooms = [
            DIRECT.id if room.id.startswith("private:") else room.id for room in await self.backend.list_channels()
        ]
        here = DIRECT.id if self.backend.is_direct else self.backend.current_channel.id
        following = rooms[(rooms.index(here) + 1) % len(rooms)] if here in rooms else rooms[0]
        chosen, _ = selector.channel_items[following]
        listed = selector.query_one("#channel-list", ListView)
        await selector.on_list_view_selected(ListView.Selected(listed, chosen, list(listed.children).index(chosen)))

    def action_page_up(self) -> None:
        """看前面的话；来了新话，画面也不动。"""
        self.query_one(ChatHistory).scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """回到后面的话；到了最后一句，画面又跟着新话走。"""
        history = self.query_one(ChatHistory)
        if history.scroll_y + history.scrollable_content_region.height >= history.max_scroll_y:
            history.anchor()
        else:
            history.scroll_page_down(animate=False)

    async def action_clear(self) -> None:
        """清掉这个聊天在屏幕上的话；案件和问答都还在。"""
        await self.query_one(ChatHistory).action_clear_history()

    def follow_newest(self) -> None:
        """画面跟着最新的一句走：界面自己只在用户说话时往下滚。"""
        for history in self.query(ChatHistory):
            if not history.is_anchored:
                history.anchor()


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
            leave_when_hung_up(driver.exit)

    async def _call_api(self, bot: Bot, api: str, **data: Any) -> Any:
        """话折好行再上屏。"""
        if api != "send_msg":
            return await super()._call_api(bot, api, **data)
        self._screen.follow_newest()
        return await super()._call_api(bot, api, **data | {"content": _in_whole_lines(data["content"])})


def _in_whole_lines(content: Message | ConsoleMessage) -> ConsoleMessage:
    said = content.to_console_message() if isinstance(content, Message) else content
    return ConsoleMessage([WholeLines(each.text) if isinstance(each, Text) else each for each in said])
