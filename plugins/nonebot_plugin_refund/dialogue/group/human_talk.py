"""群里的人正不正在互相答：记着最近谁说到过退款、谁跟谁在搭话。

只记账号和时刻，不记内容；全在内存里，条数有上限，先忘最久没动静的。重启就忘：最多多接一句话。
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from ...domain.understanding.writing.text import simplify
from ...rulebook.wording_models.spoken import load_spoken
from ..base.incoming import EVERYBODY, SOMEBODY, Remark

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_REFUND_TALK = load_spoken().group.refund_talk
"""说到这些，才算在聊退款的事。识别器的预查宽得多（鞋、锅、娃都算），拿它当“有人在答”，热闹的群里就永远插不上话。"""
_KEPT_GROUPS = 2048
_KEPT_PEOPLE = 4096
_MOST_NAMED = 20
"""一句话里最多记 @ 了几个人：一条 @ 几千人的消息，不该挤掉别的群里记着的。"""


@dataclass(frozen=True, slots=True)
class _LastSpeakers:
    """一个群里最近说到退款的人，和除他以外最近的一次：问“有没有别人说过”，记这两样就够。"""

    user_id: str
    at: datetime
    others_at: datetime | None

    def followed_by(self, user_id: str, now: datetime) -> "_LastSpeakers":
        """又有人说了一句。"""
        return _LastSpeakers(user_id, now, self.others_at if user_id == self.user_id else self.at)

    def last_by_somebody_else(self, user_id: str) -> datetime | None:
        """除了他，最近一次是什么时候。"""
        return self.others_at if user_id == self.user_id else self.at


@dataclass
class HumanTalk:
    """人与人之间的来往。"""

    _speakers: dict[tuple[str, str], _LastSpeakers] = field(default_factory=dict[tuple[str, str], _LastSpeakers])
    """按 ``(平台, 群)``。"""
    _engaged: dict[tuple[str, str, str], datetime] = field(default_factory=dict[tuple[str, str, str], datetime])
    """按 ``(平台, 群, 人)``：最近一次有人跟他搭话，或他就退款的事跟人搭话。"""

    def hear(self, remark: Remark, patience: timedelta, now: datetime) -> bool:
        """记下一句没叫我们的话；返回轮不轮得到我们接。

        轮不到的：冲着别人说的；有人正在答——不到 ``patience`` 之前，别人也说到过退款，或有人跟他搭过话。

        Args:
            remark: 那句话。
            patience: 有人在答时等多久，从那人最后一句算起。
            now: 现在，带时区。
        """
        being_answered = any(
            moment is not None and now - moment < patience for moment in self._signs_of_an_answer(remark)
        )
        self._note(remark, now)
        return not remark.others and not being_answered

    def forget(self, platform: str, user_id: str) -> None:
        """忘掉他说过退款、跟人搭过话；同一个群里别人最近说到退款的时刻也一并忘了。"""
        self._speakers = {
            group: last for group, last in self._speakers.items() if group[0] != platform or last.user_id != user_id
        }
        self._engaged = {key: at for key, at in self._engaged.items() if (key[0], key[2]) != (platform, user_id)}

    def _signs_of_an_answer(self, remark: Remark) -> tuple[datetime | None, datetime | None]:
        last = self._speakers.get((remark.platform, remark.group_id))
        return (
            last.last_by_somebody_else(remark.user_id) if last else None,
            self._engaged.get((remark.platform, remark.group_id, remark.user_id)),
        )

    def _note(self, remark: Remark, now: datetime) -> None:
        group = (remark.platform, remark.group_id)
        about_refund = is_about_refund(remark.text)
        if about_refund:
            last = self._speakers.get(group)
            spoken = last.followed_by(remark.user_id, now) if last else _LastSpeakers(remark.user_id, now, None)
            _remember(self._speakers, group, spoken, _KEPT_GROUPS)
        for user_id in _engaged_by(remark, about_refund):
            _remember(self._engaged, (*group, user_id), now, _KEPT_PEOPLE)


def is_about_refund(text: str) -> bool:
    """是不是在聊退款的事。"""
    simplified = simplify(text)
    return any(word in simplified for word in _REFUND_TALK)


def _engaged_by(remark: Remark, about_refund: bool) -> list[str]:
    """这句话让谁成了正在跟人搭话的人。说退款又冲着别人的，是在答别人：他接下来的话也不必我们接。"""
    named = [user_id for user_id in remark.others if user_id not in (SOMEBODY, EVERYBODY)][:_MOST_NAMED]
    return [*named, remark.user_id] if about_refund and remark.others else named


def _remember(kept: dict[_Key, _Value], key: _Key, value: _Value, limit: int) -> None:
    """放到最后；多了就忘掉最前面、最久没动静的。"""
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > limit:
        del kept[next(iter(kept))]
