"""提醒：看还会提醒几次，回“完成 / 推迟 / 停止”，同意或不同意在群里点名。"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ...domain.days.check_ins import FOLLOW_UP
from ...domain.days.reminders import snooze_until
from ...domain.understanding.controls import Control, ControlKind
from ...render.case_cards import reminder_card
from ...render.dates import moment_in_words
from ...render.texts.case_text import reminders_message
from ...rulebook.scenario_models.models import TimerKind
from ...storage.case import cases
from ...storage.person import groups, people
from ...storage.records import CaseRecord, ReminderRecord, TimerRecord
from ...storage.reminding import reminders, timers
from ...storage.reminding.reminders import ReminderState
from ...storage.reminding.rule_notices import NOTICE_TIMER
from ..base.turn import Picture, Reply, Turn, replies
from ..case.case_state import OpenedCase
from ..reading.intents import Setting
from .finishing import finish

_DEFAULT_SNOOZE = timedelta(hours=2)
NOTHING_TO_ANSWER = "最近没有发过提醒。看排着的提醒发「提醒」。"
SNOOZED = "好，{moment} 再提醒你。"
ADDED = "好，{moment} 提醒你一次：{title}（{code}）。原来排的照旧。"
NOT_AT_NIGHT = "夜里我不发消息，挪到了这个钟点；一定要那时候，定个手机闹钟更稳。"
NOT_SNOOZABLE = "这件的提醒已经用不着了。"
STOPPED_SO_NOT_SNOOZED = "你说过停止，提醒都停着，推迟了也不会发。先发「恢复提醒」，再说推迟多久。"
STOPPED = "好，不再提醒了。想恢复发「恢复提醒」；日期还是要自己记着。"
RESUMED = "恢复了，还有 {count} 次提醒排着。"
NOTHING_TO_RESUME = "提醒开着，没有停掉的要恢复。各件的日子发「我的」看。"
MENTION_ON = (
    "记下了：私聊送不到时，我会在你来的那个群里 @ 你一句，不提案情；那个群不让点名，就等你下次找我。"
    "不想要就说「不要群提醒」。"
)
MENTION_OFF = "记下了：不在群里 @ 你。私聊送不到的，等你下次找我时告诉你。"
ABOUT_MENTION = "私聊万一送不到，要不要在群里 @ 你一句（不提案情）？要就回「同意群提醒」。"
RULES_CHANGED = "规则有更新"
_FRESH = timedelta(days=2)
"""提醒发出去这么久以内，“完成”“停止”才当作是回它的。"""


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """一件案件排着的提醒，和没送到的。"""
    rows = await reminders.of_case(turn.session, turn.person, case.record.id)
    titles = {timer.timer_id: timer.title for timer in await timers.current_timers(turn.session, case.record.id)}
    titles[NOTICE_TIMER] = RULES_CHANGED
    # 看一眼排着哪些，不算说到这件案件；回访问不问还不一定，不列
    turn.known.spoken_of.pop(case.record.id, None)
    rows = [row for row in rows if row.offset != FOLLOW_UP]
    ahead = [row for row in rows if row.state not in (ReminderState.SENT, ReminderState.CANCELLED, ReminderState.DEAD)]
    pending = [(titles.get(row.timer_id, "提醒"), row.next_try_at) for row in ahead]
    failed = [_why_dead(row) for row in rows if row.state == ReminderState.DEAD]
    text = reminders_message(case.record.code, pending, failed, turn.now)
    person = await people.get(turn.session, turn.person)
    asked = person is not None and person.mention_consent is not None
    if not asked and await _group_allows_mentions(turn, case.record.origin_group_id):
        # 要他回话的一句总是文字，好照着打
        return replies(f"{text}\n{ABOUT_MENTION}")
    picture = Picture(reminder_card(case.record.code, pending, failed, turn.now)) if pending else None
    return [Reply(text, picture)]


async def _group_allows_mentions(turn: Turn, group_id: str | None) -> bool:
    """他来的那个群许不许点名；不从群里来的，没有可点名的地方。"""
    if group_id is None:
        return False
    choices = await groups.get(turn.session, turn.person.platform, group_id)
    return turn.services.groups.defaults.with_choices(choices).mentions


async def set_to(turn: Turn, setting: Setting) -> list[Reply]:
    """“恢复提醒”“同意群提醒”这些整句的话。"""
    match setting:
        case Setting.RESUME_REMINDERS:
            turn.changed("setting", "恢复提醒")
            count = await reminders.resume(turn.session, turn.person, turn.now)
            turn.wake_delivery()
            return replies(RESUMED.format(count=count) if count else NOTHING_TO_RESUME)
        case Setting.MENTION_ON:
            turn.changed("setting", "同意群提醒")
            await people.set_mention_consent(turn.session, turn.person, True, turn.now)
            return replies(MENTION_ON)
        case Setting.MENTION_OFF:
            turn.changed("setting", "不要群提醒")
            await people.set_mention_consent(turn.session, turn.person, False, turn.now)
            return replies(MENTION_OFF)


async def is_answerable(turn: Turn, since: datetime | None, last_delivery: int | None) -> bool:
    """引用了一条提醒，或刚发过提醒、而且比正在问的问题更近：这时“完成”“推迟”“停止”说的是提醒。"""
    if await _quoted(turn):
        return True
    if last_delivery is None:
        return False
    sent = await reminders.in_delivery(turn.session, turn.person, last_delivery)
    latest = max((row.settled_at for row in sent if row.settled_at), default=None)
    if latest is None or turn.now - latest > _FRESH:
        return False
    return since is None or latest > since


async def answer(turn: Turn, control: Control, spoken_of: OpenedCase | None) -> list[Reply]:
    """回提醒：完成、推迟、停止。没有可回的，又说了什么时候叫他，就给说着的那件 ``spoken_of`` 添一次。"""
    if control.kind is ControlKind.STOP:
        turn.changed("stop", "停止提醒")
        await reminders.stop(turn.session, turn.person, turn.now)
        return replies(STOPPED)
    targets = await _targets(turn, await _answered_reminders(turn))
    if not targets and control.kind is ControlKind.SNOOZE and control.delay is not None and spoken_of is not None:
        return await _add(turn, spoken_of.record, control.delay)
    if not targets:
        return replies(NOTHING_TO_ANSWER)
    if control.kind is ControlKind.DONE:
        return await finish(turn, targets)
    turn.changed("reminder", "回提醒", targets[0][0].id)
    return await _snooze(turn, targets, control.delay or _DEFAULT_SNOOZE)


async def _snooze(turn: Turn, targets: Sequence[tuple[CaseRecord, TimerRecord]], delay: timedelta) -> list[Reply]:
    moments: list[datetime] = []
    for case, timer in targets:
        # 问候没有到期可言，推到哪天就哪天
        due_at = turn.said_at if timer.kind == TimerKind.CHECK_IN else timer.due_at
        until = snooze_until(turn.said_at, delay, due_at, turn.services.quiet)
        if await reminders.snooze(turn.session, case, timer, until, turn.now) is not None:
            moments.append(until)
    if not moments:
        stopped = any([await reminders.is_stopped(turn.session, case) for case, _ in targets])
        return replies(STOPPED_SO_NOT_SNOOZED if stopped else NOT_SNOOZABLE)
    turn.wake_delivery()
    return replies(SNOOZED.format(moment=moment_in_words(min(moments), turn.now)) + _moved_out_of_night(turn, delay))


async def _add(turn: Turn, case: CaseRecord, delay: timedelta) -> list[Reply]:
    """到他说的时候，就最近的那个日子多提醒一次。"""
    ahead = [timer for timer in await timers.current_timers(turn.session, case.id) if timer.due_at > turn.now]
    dated = [timer for timer in ahead if timer.kind != TimerKind.CHECK_IN]
    if not dated:
        return replies(NOTHING_TO_ANSWER)
    nearest = min(dated, key=lambda timer: timer.due_at)
    # 自己的截止不能推过去；等对方的，过了那天再看也行
    until = nearest.due_at if nearest.kind == TimerKind.DEADLINE else turn.said_at
    at = snooze_until(turn.said_at, delay, until, turn.services.quiet)
    turn.changed("reminder", "添一次提醒", case.id)
    if not await reminders.add(turn.session, case, nearest, at, turn.now):
        return replies(STOPPED_SO_NOT_SNOOZED)
    turn.wake_delivery()
    said = ADDED.format(moment=moment_in_words(at, turn.now), title=nearest.title, code=case.code)
    return replies(said + _moved_out_of_night(turn, delay))


def _moved_out_of_night(turn: Turn, delay: timedelta) -> str:
    return "\n" + NOT_AT_NIGHT if turn.services.quiet.covers(turn.said_at + delay) else ""


async def _answered_reminders(turn: Turn) -> list[ReminderRecord]:
    """他引用了哪条提醒就是哪条，没引用就是最近一次送到的。"""
    return await _quoted(turn) or await reminders.last_sent(turn.session, turn.person)


async def _quoted(turn: Turn) -> list[ReminderRecord]:
    """他引用的那条消息里的提醒；没引用、引用的不是提醒，为空。"""
    incoming = turn.incoming
    if not incoming.reply_to:
        return []
    return await reminders.of_message(turn.session, turn.person, incoming.self_id, incoming.reply_to)


async def _targets(turn: Turn, rows: Sequence[ReminderRecord]) -> list[tuple[CaseRecord, TimerRecord]]:
    """这些提醒对应的、还没了结的时限。"""
    found: dict[int, tuple[CaseRecord, TimerRecord]] = {}
    for row in rows:
        case = await cases.get_by_id(turn.session, turn.person, row.case_id)
        if case is None:
            continue
        for timer in await timers.current_timers(turn.session, row.case_id):
            if timer.timer_id == row.timer_id:
                found[timer.id] = (case, timer)
    return list(found.values())


def _why_dead(row: ReminderRecord) -> str:
    return row.last_wording or row.reason or "原因不明"
