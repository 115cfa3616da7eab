"""接上 NoneBot：唯一的消息响应器、账号上下线、起停。"""

import logging

from nonebot import get_driver
from nonebot.adapters import Bot, Event
from nonebot.adapters.onebot.v11 import ActionFailed, ApiNotAvailable, FriendRequestEvent, NetworkError
from nonebot.adapters.onebot.v11 import Bot as OneBot
from nonebot.matcher import Matcher

from ...clock import SystemClock
from ...delivery.messenger import Account
from ...dialogue.base.incoming import CONSOLE
from ...dialogue.group.listening import Listener
from ...dialogue.group.memory import GroupMemory
from ...domain.understanding.scenarios import Classifier
from ...log_lines import about
from ...render.cards import Theme
from ...render.pictures import CardPainter
from ...rulebook.findings import RulebookError
from ...rulebook.wording_models.signals import load_signals
from ...storage.errors import StorageError
from ..configuration import read_configuration
from ..data_folder import data_folder
from ..health.aliveness import answer_at
from ..health.loop_lag import LoopLag
from ..health.metrics import Looked, choose_metrics, keep_measuring, timing
from ..known_accounts import note_connected
from ..logs.log_bridge import carry_to_nonebot
from ..logs.log_guard import guard_log
from ..logs.log_levels import drop_unseen_lines_early
from ..runtime import Runtime
from ..sending.outgoing import ReplySender
from ..terminal_opening import open_terminal
from .gate import CurrentIncoming, Gate, build_gate
from .presence_events import note_presence

logger = logging.getLogger(__name__)

carry_to_nonebot()
driver = get_driver()
configuration = read_configuration()
classifier = Classifier(load_signals())
memory = GroupMemory.configured(configuration)
clock = SystemClock()
metrics = choose_metrics(wanted=configuration.refund_metrics)
listener = Listener(memory, classifier, clock)
command_start = "/" if "/" in driver.config.command_start else min(driver.config.command_start, default="/")
runtime = Runtime(
    configuration,
    classifier,
    memory,
    clock,
    command=f"{command_start}{configuration.refund_command_words[0]}",
    observer=metrics,
)
lag = LoopLag(
    lambda seconds: logger.warning("事件循环卡了 %.1f 秒，这段时间谁的话都没有答", seconds, extra=about("loop_lagged"))
)
answer_at(lag)
sayer = ReplySender(runtime, CardPainter(Theme(configuration.refund_picture_theme)).paint)
gate = Gate(
    command_words=configuration.refund_command_words,
    command_starts=driver.config.command_start,
    listens=listener.listens,
    worth_reading=listener.worth_reading,
    hear=listener.hear,
    has_something_to_say=listener.has_something_to_say,
    ignores=lambda incoming: runtime.opened is not None and runtime.opened.reception.ignores(incoming),
)
plugin_matcher = build_gate(
    gate,
    # 好友申请也由这个响应器收：每多一个响应器，每条群消息都要多付一份
    other_events=(FriendRequestEvent,),
    watch=lambda bot, event: _watch(bot, event),
)


@driver.on_startup
async def _open() -> None:
    """手册或数据库有问题就不启动：只说是什么、怎么改，不留一屏调用栈。"""
    # 到这时别的插件和主人都接好了自己的日志
    guard_log(keep_text=configuration.refund_log_messages)
    drop_unseen_lines_early()
    try:
        await runtime.open(data_folder)
    except (RulebookError, StorageError) as error:
        raise SystemExit(f"退款助手没有启动，盘上的东西都没有动：\n{error}") from None
    winding_down = runtime.winding_down
    winding_down.keep(lag.keep_watching(winding_down.stop), waited_for=False)
    if metrics.measures and runtime.opened is not None:
        looked = Looked(lag, lambda: gate.messages, lambda worker=runtime.opened.worker: worker.last_pass)
        winding_down.keep(keep_measuring(metrics, runtime.opened.database, clock, winding_down.stop, looked))


@driver.on_shutdown
async def _close() -> None:
    await runtime.close()


@driver.on_bot_connect
async def _connected(bot: Bot) -> None:
    account = Account(bot.adapter.get_name(), bot.self_id)
    runtime.messenger.forget_friends(account)
    runtime.messenger.presence.is_back(account)
    runtime.wake()
    if runtime.opened is not None:
        await note_connected(runtime.opened.database, account, clock)
    if account.platform == CONSOLE:
        await open_terminal(bot, account, runtime, sayer)


@plugin_matcher.handle()
async def _answer(matcher: Matcher, incoming: CurrentIncoming) -> None:
    """办完、提交，再把要说的话说出去；说了话就不让后面的插件再答。"""
    if runtime.opened is None or not runtime.winding_down.takes_on_more:
        return
    with runtime.winding_down.answering(), timing(metrics, incoming.kind) as stopwatch:
        said = await runtime.opened.reception.receive(incoming)
        if said:
            matcher.stop_propagation()
            await sayer.say(incoming, said)
            stopwatch.stop()


@plugin_matcher.handle()
async def _befriend(bot: OneBot, event: FriendRequestEvent) -> None:
    """案情只对好友说，所以好友申请要有人通过；设置里可以关掉。"""
    if not configuration.refund_accept_friend_requests:
        return
    account = Account(bot.adapter.get_name(), bot.self_id)
    if not await runtime.new_friends.may_approve(account, event):
        return
    try:
        await event.approve(bot)
        runtime.new_friends.added(account, str(event.user_id))
    except (ActionFailed, NetworkError, ApiNotAvailable) as error:
        runtime.new_friends.failed(account, event)
        logger.warning("没能通过好友申请：%s", type(error).__name__, extra=about("friend_request_failed"))


def _watch(bot: Bot, event: Event) -> None:
    """心跳、通知，和归我们管的消息：看看在不在线、禁没禁言、添没添好友。"""
    account = Account(bot.adapter.get_name(), bot.self_id)
    note_presence(runtime.messenger.presence, bot, event)
    runtime.messenger.muted.note(account, event)
    if runtime.new_friends.note(account, event):
        runtime.messenger.forget_friends(account)
