"""群里的几件记在内存里的事：每个群的设置，上次主动说话是什么时候，谁从哪个群来。

设置在数据库里，启动时整个读进来，别的进程改了的由 :mod:`....group_news` 跟上：每条群消息都要看，不能每次查库。
冷却和“从哪个群来”只记在内存里：重启后最多早说一次、少一条备用的提醒渠道，不值得每条消息为它写盘。
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time, timedelta

from ...config import Config
from ...domain.days.reminders import QuietHours
from ...keyword_level import KeywordLevel
from ...storage.person.groups import GroupChoices, GroupKey

NEVER_QUIET = QuietHours(time(0), time(0))
"""没有安静时段。"""
_KEPT_COOLDOWNS = 10_000
_KEPT_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """一个群现在照着办的设置：管理员设过的，加上没设过的默认值。"""

    keywords: KeywordLevel = KeywordLevel.CAREFUL
    """主动接话的档次。"""
    cooldown: timedelta = timedelta(minutes=5)
    """这个群里两次主动接话至少隔多久。"""
    pictures: bool = True
    """要不要图片。"""
    mentions: bool = True
    """提醒私聊送不到时，可不可以点名。"""
    quiet: QuietHours = NEVER_QUIET
    """不主动出声、也不点名的时段。"""

    def with_choices(self, choices: GroupChoices) -> "GroupSettings":
        """设过的换成设的，没设过的照旧。"""
        made = {one.name: getattr(choices, one.name) for one in fields(choices)}
        return replace(self, **{name: value for name, value in made.items() if value is not None})


@dataclass
class GroupMemory:
    """设置和冷却。"""

    defaults: GroupSettings = GroupSettings()
    """没设过的群照它办。"""
    person_cooldown: timedelta = timedelta(hours=1)
    """对同一个人两次主动接话至少隔多久，不论哪个群。"""
    settings: dict[GroupKey, GroupSettings] = field(default_factory=dict[GroupKey, GroupSettings])
    """设过什么的群。"""
    read_at: datetime | None = None
    """上次从数据库读设置是什么时候；还没读过为空。"""

    also_forget: list[Callable[[str, str], None]] = field(default_factory=list[Callable[[str, str], None]])
    """别处也记着人的（:class:`~.human_talk.HumanTalk`），一同忘掉：平台、账号。"""

    _spoke_in: dict[GroupKey, datetime] = field(default_factory=dict[GroupKey, datetime])
    _spoke_to: dict[tuple[str, str], datetime] = field(default_factory=dict[tuple[str, str], datetime])
    _came_from: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    @classmethod
    def configured(cls, configuration: Config) -> "GroupMemory":
        """按设置里的默认值。"""
        defaults = GroupSettings(
            keywords=configuration.refund_keywords_level,
            cooldown=timedelta(seconds=configuration.refund_keyword_group_cooldown_seconds),
            pictures=configuration.refund_pictures,
            mentions=configuration.refund_group_mentions,
        )
        return cls(defaults, timedelta(seconds=configuration.refund_keyword_user_cooldown_seconds))

    def remember(self, group: GroupKey, choices: GroupChoices) -> None:
        """记下这个群设过什么。"""
        self.settings[group] = self.defaults.with_choices(choices)

    def of(self, platform: str, group_id: str) -> GroupSettings:
        """这个群现在照着办的设置。"""
        return self.settings.get((platform, group_id), self.defaults)

    def level(self, platform: str, group_id: str) -> KeywordLevel:
        """这个群主动接话的档次。每条群消息都要问，只许查一次字典。"""
        return self.settings.get((platform, group_id), self.defaults).keywords

    def shows_pictures(self, platform: str, group_id: str) -> bool:
        """这个群要不要图片。"""
        return self.of(platform, group_id).pictures

    def may_speak(self, platform: str, group_id: str, user_id: str, now: datetime) -> bool:
        """没人叫我们，现在能不能出声：不在安静时段，两样冷却都过了。"""
        settings = self.of(platform, group_id)
        return (
            not settings.quiet.covers(now)
            and _rested(self._spoke_in.get((platform, group_id)), settings.cooldown, now)
            and _rested(self._spoke_to.get((platform, user_id)), self.person_cooldown, now)
        )

    def spoke(self, platform: str, group_id: str, user_id: str, now: datetime) -> None:
        """记下刚主动接过话。"""
        self._spoke_in[platform, group_id] = now
        self._spoke_to[platform, user_id] = now
        if len(self._spoke_in) > _KEPT_COOLDOWNS:
            self._spoke_in = {
                key: spoke for key, spoke in self._spoke_in.items() if not _rested(spoke, self.of(*key).cooldown, now)
            }
        if len(self._spoke_to) > _KEPT_COOLDOWNS:
            self._spoke_to = {
                key: spoke for key, spoke in self._spoke_to.items() if not _rested(spoke, self.person_cooldown, now)
            }

    def met(self, platform: str, group_id: str, user_id: str) -> None:
        """他在这个群里叫过我们。"""
        self._came_from.pop((platform, user_id), None)
        self._came_from[platform, user_id] = group_id
        if len(self._came_from) > _KEPT_PEOPLE:
            del self._came_from[next(iter(self._came_from))]

    def forget(self, platform: str, user_id: str) -> None:
        """他删了数据：忘掉他从哪个群来、对他接过话、跟谁搭过话。"""
        self._came_from.pop((platform, user_id), None)
        self._spoke_to.pop((platform, user_id), None)
        for forget in self.also_forget:
            forget(platform, user_id)

    def origin_of(self, platform: str, user_id: str) -> str | None:
        """他最近从哪个群来；不知道为空。"""
        return self._came_from.get((platform, user_id))


def _rested(spoke: datetime | None, gap: timedelta, now: datetime) -> bool:
    return spoke is None or now - spoke >= gap
