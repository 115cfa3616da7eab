"""筛选消息：每条只在这里问一次「归不归我们管」，几微秒内答完。

NoneBot 对每个事件都要跑一遍每个响应器的规则，规则又各开一个任务。所以全插件只有一个消息响应器，
它改写了响应器最先走的查权限那一步，不走依赖注入。群里无关的话在这里就止步。
"""

from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from contextvars import ContextVar
from typing import Annotated, Any, ClassVar

from nonebot import get_bots
from nonebot.adapters import Bot, Event
from nonebot.exception import SkippedException
from nonebot.internal.matcher.matcher import MatcherMeta
from nonebot.matcher import Matcher, MatcherSource
from nonebot.params import Depends
from nonebot.plugin import get_plugin_by_module_name
from nonebot.plugin.on import store_matcher
from nonebot.typing import T_DependencyCache, T_State

from ...dialogue.base.incoming import Glance, Incoming, Kind, Remark
from .events import NOT_SAID, glance, idle_text, is_message, receive
from .seen_messages import SeenMessages

INCOMING_KEY = "refund_incoming"


class Gate:
    """决定一个事件归不归我们管。没有输入输出，只记得最近见过哪些消息。"""

    def __init__(
        self,
        *,
        command_words: Collection[str],
        command_starts: Collection[str],
        listens: Callable[[str, str], bool],
        worth_reading: Callable[[str], bool],
        hear: Callable[[Remark], bool],
        has_something_to_say: Callable[[Remark], bool],
        our_accounts: Callable[[], Collection[str]] = get_bots,
        ignores: Callable[[Incoming], bool] = lambda _: False,
    ) -> None:
        """
        Args:
            command_words: 命令词，例如 `["退款"]`。
            command_starts: 命令前缀，即 NoneBot 的 `COMMAND_START`；有 `/` 时也认全角的 `／`。
            listens: （适配器名，群号）-> 这个群里可不可以主动接话。只查内存，不能碰数据库。
            worth_reading: 文字里有没有像要退款的词、值不值得细看。便宜的预查，宁可多放过来。
            hear: 没叫我们、但可能沾退款或冲着别人说的一句话；记下来，并回答轮不轮得到我们接。只动内存。
            has_something_to_say: 轮到我们时，这句话我们有没有把握接。零点几毫秒；放进来再看，要多走一遍事件处理。
            our_accounts: 现在连着的全部机器人账号。
            ignores: 归我们管、但不会有回音的话（说得太快）。收消息时就放过，省下一遍事件处理；只问归我们管的。
        """
        starts = set(command_starts) | ({"／"} if "/" in command_starts else set())
        self._prefixed = tuple(start + word for start in starts if start for word in command_words)
        self._bare_words = frozenset(command_words)
        self._bare_allowed_in_groups = "" in starts
        self._listens = listens
        self._hear = hear
        self._has_something_to_say = has_something_to_say
        self._worth_reading = worth_reading
        self._our_accounts = our_accounts
        self._ignores = ignores
        self._seen = SeenMessages()
        self.messages = 0
        """从启动起收到过多少条消息，归不归我们管都算；给指标用。"""

    def passes_by(self, event: Event) -> bool:
        """一看就是群里的闲聊，不归我们管：没有命令，也不沾退款。

        这时 :meth:`admit` 的每一步都会说不归我们管，不必走；群里的话几乎都是这样，所以先问这一句。
        """
        text = idle_text(event)
        if text is None or self._bare_allowed_in_groups or text.startswith(self._prefixed) or self._worth_reading(text):
            return False
        self.messages += 1
        return True

    def admit(self, bot: Bot, event: Event) -> Incoming | None:
        """归我们管就返回 `Incoming`，否则返回 None。同一条消息只会放行一次。"""
        seen = glance(event)
        if seen is None:
            return None
        self.messages += 1
        if seen.ignored:
            return None
        decided = self._decide(bot, seen)
        if decided is None or self._belongs_to_another_bot(bot, seen) or self._seen.seen_before(event):
            return None
        kind, arguments = decided
        incoming = receive(bot, event, kind, seen.text, arguments)
        return None if self._ignores(incoming) else incoming

    def _decide(self, bot: Bot, seen: Glance) -> tuple[Kind, str | None] | None:
        """凭什么归我们管；附上命令词后面的话。"""
        text = seen.text
        if text.startswith(self._prefixed):
            return Kind.COMMAND, self._after_prefix(text)
        if seen.group_id is None:
            arguments = self._after_bare_word(text)
            return (Kind.PRIVATE, None) if arguments is None else (Kind.COMMAND, arguments)
        if seen.mentions_us:
            return Kind.MENTION, self._after_bare_word(text)
        if self._bare_allowed_in_groups and (arguments := self._after_bare_word(text)) is not None:
            return Kind.COMMAND, arguments
        platform = bot.adapter.get_name()
        if self._listens(platform, seen.group_id) and self._may_join_in(platform, seen.group_id, seen):
            return Kind.KEYWORD, None
        return None

    def _may_join_in(self, platform: str, group_id: str, seen: Glance) -> bool:
        """没叫我们的一句话值不值得细看、轮不轮得到我们接。不沾退款也不冲着谁的，什么都不记。"""
        worth_reading = self._worth_reading(seen.text)
        if not worth_reading and not seen.addressees:
            return False
        ours = self._our_accounts()
        if seen.user_id in ours:
            return False
        others = tuple(account for account in seen.addressees if account != seen.user_id and account not in ours)
        remark = Remark(platform, group_id, seen.user_id, others, seen.text)
        our_turn = self._hear(remark)
        return worth_reading and our_turn and self._has_something_to_say(remark)

    def _after_prefix(self, text: str) -> str:
        """去掉最长的「前缀加命令词」。`/退款进度` 这样不空格的写法也认。"""
        longest = max((prefix for prefix in self._prefixed if text.startswith(prefix)), key=len)
        return text[len(longest) :].strip()

    def _after_bare_word(self, text: str) -> str | None:
        """不带前缀的命令词必须独立成词：「退款 进度」是命令，「退款怎么还没到」是说话。"""
        words = text.split(maxsplit=1)
        if not words or words[0] not in self._bare_words:
            return None
        return words[1] if len(words) > 1 else ""

    def _belongs_to_another_bot(self, bot: Bot, seen: Glance) -> bool:
        """点名叫了、引用了我们的另一个账号，或者说话的就是我们的另一个账号。"""
        others = set(self._our_accounts()) - {bot.self_id}
        if not others:
            return False
        return seen.user_id in others or not others.isdisjoint(seen.addressees)


class _ShortRepr(MatcherMeta):
    """响应器的类怎么写进日志：NoneBot 为每条消息都要写一遍，哪怕这一行不显示。"""

    def __repr__(cls) -> str:
        return "GatedMatcher()"


class GatedMatcher(Matcher, metaclass=_ShortRepr):
    """全插件唯一的响应器：先问 :class:`Gate`，不归我们管的在查权限那一步就止步，依赖注入、权限、规则都不走。"""

    gate: ClassVar[Gate]
    other_events: ClassVar[tuple[type[Event], ...]] = ()
    watch: ClassVar[Callable[[Bot, Event], None] | None] = None

    @classmethod
    async def check_perm(
        cls,
        bot: Bot,
        event: Event,
        stack: AsyncExitStack | None = None,
        dependency_cache: T_DependencyCache | None = None,
    ) -> bool:
        """归不归我们管；放行的消息留给紧接着的 `check_rule` 放进 state。"""
        if cls.gate.passes_by(event):
            return False
        incoming = cls.gate.admit(bot, event)
        if incoming is not None:
            if cls.watch is not None:
                cls.watch(bot, event)
            _admitted.set(incoming)
            return True
        if is_message(event):
            return False
        if cls.watch is not None and isinstance(event, NOT_SAID):
            cls.watch(bot, event)
        return isinstance(event, cls.other_events)

    @classmethod
    async def check_rule(
        cls,
        bot: Bot,
        event: Event,
        state: T_State,
        stack: AsyncExitStack | None = None,
        dependency_cache: T_DependencyCache | None = None,
    ) -> bool:
        """能走到这里的都归我们管；是消息就把 `Incoming` 放进 state。"""
        incoming = _admitted.get()
        if incoming is not None:
            state[INCOMING_KEY] = incoming
        return True


_admitted: ContextVar[Incoming | None] = ContextVar("refund_admitted", default=None)
"""刚放行的消息。NoneBot 给每个响应器各开一个任务，两步在同一个任务里，别的消息看不到。"""


def build_gate(
    gate: Gate,
    *,
    priority: int = 10,
    other_events: tuple[type[Event], ...] = (),
    watch: Callable[[Bot, Event], None] | None = None,
) -> type[GatedMatcher]:
    """建好全插件唯一的响应器。

    哪怕只管好友申请的响应器，群里每条消息也要为它付一份开销（约与这一个相当），所以消息以外的事件也从这里进。
    它不拦住别的插件：处理函数确实回答了，再自己 `matcher.stop_propagation()`。

    Args:
        gate: 消息归不归我们管。
        priority: NoneBot 的优先级，小的先。
        other_events: 消息以外还要放行的事件类。处理函数把 `event` 标注成其中的类，就只在这种事件上运行；
            标注了 `CurrentIncoming` 的处理函数只在消息上运行。
        watch: 心跳、通知这些不是消息的事件，和归我们管的消息，都让它看一眼；不走响应器，日志里也没有。
    """
    # 不用 `on(…)`：它为了记下出处，要把已经导入的几百个模块的文件逐个看一遍，启动要慢零点二秒
    plugin = get_plugin_by_module_name(__name__)
    matcher = GatedMatcher.new(
        priority=priority,
        source=MatcherSource(plugin_id=plugin.id_ if plugin is not None else None, module_name=__name__),
    )
    matcher.gate, matcher.other_events, matcher.watch = gate, other_events, watch
    store_matcher(matcher)
    return matcher


async def _incoming_of(state: T_State) -> Any:
    """放行的不是消息时，跳过要 `Incoming` 的处理函数。

    不是协程的话，NoneBot 会为它去一趟线程，每条话多花零点几毫秒。
    """
    if INCOMING_KEY not in state:
        raise SkippedException
    return state[INCOMING_KEY]


CurrentIncoming = Annotated[Incoming, Depends(_incoming_of)]
"""处理函数的参数标注：当前这条 `Incoming`。"""
