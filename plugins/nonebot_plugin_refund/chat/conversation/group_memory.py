"""群里的几件记在内存里的事：主动接话设在哪一档、要不要图片，上次主动说话是什么时候，谁从哪个群来。

档次和图片的开关在数据库里，启动时整个读进来：每条群消息都要看，不能每次查库。
冷却和“从哪个群来”只记在内存里：重启后最多早说一次、少一条备用的提醒渠道，不值得每条消息为它写盘。
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...config import Config
from ...keyword_level import KeywordLevel

GroupKey = tuple[str, str]
"""平台与群号。"""

_KEPT_COOLDOWNS = 10_000
_KEPT_PEOPLE = 10_000


@dataclass
class GroupMemory:
    """档次和冷却。"""

    default_level: KeywordLevel = KeywordLevel.CAREFUL
    group_cooldown: timedelta = timedelta(minutes=5)
    """同一个群里两次主动接话至少隔多久。"""
    person_cooldown: timedelta = timedelta(hours=1)
    """对同一个人两次主动接话至少隔多久。"""
    levels: dict[GroupKey, KeywordLevel] = field(default_factory=dict[GroupKey, KeywordLevel])
    """改过档次的群。"""
    default_pictures: bool = True
    """没有说过的群和人，要不要图片。"""
    pictures: dict[GroupKey, bool] = field(default_factory=dict[GroupKey, bool])
    """开关过图片的群。"""
    _silent_until: dict[tuple[str, ...], datetime] = field(default_factory=dict[tuple[str, ...], datetime])

    _came_from: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    @classmethod
    def configured(cls, configuration: Config) -> "GroupMemory":
        """按设置里的默认值。"""
        return cls(
            configuration.refund_keywords_level,
            timedelta(seconds=configuration.refund_keyword_group_cooldown_seconds),
            timedelta(seconds=configuration.refund_keyword_user_cooldown_seconds),
            default_pictures=configuration.refund_pictures,
        )

    def level(self, platform: str, group_id: str) -> KeywordLevel:
        """这个群主动接话的档次。"""
        return self.levels.get((platform, group_id), self.default_level)

    def shows_pictures(self, platform: str, group_id: str) -> bool:
        """这个群要不要图片。"""
        return self.pictures.get((platform, group_id), self.default_pictures)

    def may_speak(self, platform: str, group_id: str, user_id: str, now: datetime) -> bool:
        """冷却过了没有。"""
        return all(self._silent_until.get(key, now) <= now for key in _keys(platform, group_id, user_id))

    def spoke(self, platform: str, group_id: str, user_id: str, now: datetime) -> None:
        """记下刚主动接过话。"""
        group_key, person_key = _keys(platform, group_id, user_id)
        self._silent_until[group_key] = now + self.group_cooldown
        self._silent_until[person_key] = now + self.person_cooldown
        if len(self._silent_until) > _KEPT_COOLDOWNS:
            self._silent_until = {key: until for key, until in self._silent_until.items() if until > now}

    def met(self, platform: str, group_id: str, user_id: str) -> None:
        """他在这个群里叫过我们。"""
        self._came_from.pop((platform, user_id), None)
        self._came_from[platform, user_id] = group_id
        if len(self._came_from) > _KEPT_PEOPLE:
            del self._came_from[next(iter(self._came_from))]

    def forget(self, platform: str, user_id: str) -> None:
        """忘掉他从哪个群来。"""
        self._came_from.pop((platform, user_id), None)

    def origin_of(self, platform: str, user_id: str) -> str | None:
        """他最近从哪个群来；不知道为空。"""
        return self._came_from.get((platform, user_id))


def _keys(platform: str, group_id: str, user_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ("group", platform, group_id), ("person", platform, user_id)
