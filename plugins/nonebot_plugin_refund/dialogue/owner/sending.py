"""管理里的推送：看哪些没送到、重试，暂停和恢复。只有案件号和原因，没有案情，也没有谁。"""

import re
from datetime import datetime

from ...delivery.queue import dead_letters
from ...delivery.queue.dead_letters import DeadCase
from ...render.dates import moment_in_words
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.case.case_codes import normalise_code
from ...storage.owner import controls
from ...storage.reminding.reminder_states import IDLE
from ..base.turn import Turn
from .numbers import CODE_MEANINGS

_SHOWN = 6
"""一次列几件；重试过的就不在了，接着看后面的。"""
_EVERYTHING = frozenset(load_spoken().administration.everything)
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_.-]{1,24}")
"""对方给的码照写；不像码的（里面可能有号码）不写。"""

NONE_DEAD = "没有没送到的提醒。"
LISTED = "没送到的提醒（案件号、为什么、从什么时候起）："
MORE = "还有别的，先办完这些。"
HOW_TO_RETRY = "重试：「{command} 管理 重试 {code}」或「{command} 管理 重试 全部」。本人来说话时也会先告诉他。"
RETRIED = "重新排上了 {count} 条，马上就试；案件已经变了、不用再提醒的会自己作废。"
RETRIED_PAUSED = "重新排上了 {count} 条。推送还停着，恢复之后才发。"
NOTHING_TO_RETRY = "没有要重试的：案件 {code} 没有没送到的提醒。"
RETRY_WHAT = "重试哪个？写案件号或「全部」，比如「{command} 管理 重试 全部」。"
PAUSED = "推送停了。到时的提醒都留着；本人来说话时，欠他的照样先告诉他。恢复发「{command} 管理 恢复推送」。"
PAUSED_ALREADY = "推送早就停着了，从{since}起。恢复发「{command} 管理 恢复推送」。"
RESUMED = "推送恢复了。积下的会按人合并、隔开着发，过了日子的照实说。"
NOT_PAUSED = "推送没有停着。"

_REASONS = {
    "rejected": "对方拒收",
    "too_many_failures": "试了几次都没成",
    "person_never_came": "等了很久，本人没来",
    "refused_together": "附在回复上被拒",
    "refused_with_reply": "附在回复上被拒",
    "outcome_unknown": "不知道到没到",
    "lease_expired": "发到一半停了机",
    "not_connected": "QQ 掉线，连上就送",
    "friend_lookup": "查不到好友，还在试",
    "retry": "还在试",
}


async def undelivered(turn: Turn) -> list[str]:
    """``管理 没送到``。"""
    listed = await dead_letters.listed_by_case(turn.session, turn.now, limit=_SHOWN + 1)
    if not listed:
        return [NONE_DEAD]
    lines = [LISTED, *(_line(one, turn.now) for one in listed[:_SHOWN])]
    if len(listed) > _SHOWN:
        lines.append(MORE)
    return ["\n".join(lines), HOW_TO_RETRY.format(command=turn.services.command, code=listed[0].case_code)]


async def retry(turn: Turn, words: list[str]) -> list[str]:
    """``管理 重试 K7Q2|全部``：再说一遍也无妨，排上了的不会再排一次。"""
    wanted = " ".join(words)
    code = normalise_code(wanted)
    if wanted not in _EVERYTHING and code is None:
        return [RETRY_WHAT.format(command=turn.services.command)]
    count = await dead_letters.retry(turn.session, turn.now, case_code=code if wanted not in _EVERYTHING else None)
    if not count:
        return [NOTHING_TO_RETRY.format(code=code) if code else NONE_DEAD]
    turn.wake_delivery()
    paused = await controls.sending_paused_since(turn.session)
    return [(RETRIED_PAUSED if paused else RETRIED).format(count=count)]


async def pause(turn: Turn) -> list[str]:
    """``管理 暂停推送``。"""
    if await controls.pause_sending(turn.session, turn.now):
        return [PAUSED.format(command=turn.services.command)]
    since = await controls.sending_paused_since(turn.session)
    in_words = moment_in_words(since or turn.now, turn.now)
    return [PAUSED_ALREADY.format(since=in_words, command=turn.services.command)]


async def resume(turn: Turn) -> list[str]:
    """``管理 恢复推送``：提交之后叫醒送提醒的循环；别的进程几秒内自己看到。"""
    if not await controls.resume_sending(turn.session):
        return [NOT_PAUSED]
    turn.wake_delivery()
    return [RESUMED]


def _line(dead: DeadCase, now: datetime) -> str:
    is_trying = dead.state in IDLE
    reason = _REASONS.get(dead.reason, "到时还没送" if is_trying else "没送到")
    meaning = CODE_MEANINGS.get(dead.code)
    shows_code = not is_trying and _PLAIN_CODE.fullmatch(dead.code)
    code = f"（{meaning or f'码 {dead.code}'}）" if shows_code else ""
    several = f" {dead.count} 条" if dead.count > 1 else ""
    since = f" {moment_in_words(dead.since, now)}" if dead.since else ""
    return f"{dead.case_code}{several} {reason}{code}{since}"
