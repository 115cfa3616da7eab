"""发件箱的每一道防线，和把它拆掉要改的那几个字。"""

from dataclasses import dataclass
from typing import Protocol

_OUTBOX = "delivery/outbox.py"
_CLAIMING = "delivery/claiming.py"
_SENDER = "delivery/sender.py"
_PREPARING = "delivery/preparing.py"
_STATES = "storage/reminder_states.py"
_NEXT_MESSAGE = "delivery/next_message.py"
_PRESENCE = "delivery/presence.py"
_OUTAGE_TESTS = ("tests/delivery/test_delivery_outages.py",)
_TAKING_BACK = "delivery/taking_back.py"
_ENDINGS = "delivery/endings.py"
_MENTIONING = "delivery/mentioning.py"
_RESTORED = "delivery/restored.py"
_BACKUP_TESTS = ("tests/storage/test_storage_backups.py", "tests/storage/test_storage_restoring.py")
_RESTORED_TESTS = ("tests/delivery/test_delivery_restored.py",)


class Removal(Protocol):
    """拆掉一处：改哪个文件，怎么改。"""

    @property
    def file(self) -> str:
        """包里的文件。"""
        ...

    def applied_to(self, text: str) -> str:
        """改好的文件。"""
        ...


@dataclass(frozen=True)
class Edit:
    """把包里 ``file`` 的 ``old`` 换成 ``new``；``old`` 必须恰好出现一次。"""

    file: str
    old: str
    new: str

    def applied_to(self, text: str) -> str:
        """换好的文件。

        Raises:
            ValueError: 要换的字不是恰好出现一次：代码变了，清单要跟着改。
        """
        if text.count(self.old) != 1:
            raise ValueError(f"“{self.old.strip()}”在 {self.file} 里出现了 {text.count(self.old)} 次")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Guard:
    """一道防线：是什么，怎么拆，哪些测试文件该发现。"""

    name: str
    edits: tuple[Removal, ...]
    tests: tuple[str, ...] = ("tests/delivery/test_delivery_outbox.py",)
    campaigns: bool = True
    """短战役看不看得着它：只有提醒的防线看得着。"""
    needs_postgres: bool = False
    """行锁的事：SQLite 写的时候只许一个，拆掉了也看不出来，要有 PostgreSQL 的测试才发现得了。"""


GUARDS = (
    Guard("围栏号：每次写入都要对得上", (Edit(_OUTBOX, "            ReminderRow.attempt == reminder.attempt,\n", ""),)),
    Guard(
        "围栏号：每领取一次加一",
        (Edit(_CLAIMING, "            attempt=ReminderRow.attempt + 1,\n", ""),),
    ),
    Guard(
        "一个人的不分到两个进程",
        (Edit(_CLAIMING, ", ~_has_an_earlier_one())", ")"),),
        tests=("tests/delivery/test_delivery_processes.py",),
        needs_postgres=True,
    ),
    Guard("写入要看状态", (Edit(_STATES, ".where(compared.in_([str(source) for source in sources]))", ""),)),
    Guard(
        "出手之前先写明要发",
        (
            Edit(
                _OUTBOX,
                "moving(ReminderState.SENDING, (ReminderState.CLAIMED,)",
                "moving(ReminderState.CLAIMED, (ReminderState.CLAIMED,)",
            ),
            Edit(
                _OUTBOX,
                "states: Collection[ReminderState] = (ReminderState.SENDING,),",
                "states: Collection[ReminderState] = (ReminderState.SENDING, ReminderState.CLAIMED),",
            ),
        ),
        tests=("tests/delivery/test_delivery_crashes.py",),
    ),
    Guard("租约过了不许写明要发", (Edit(_OUTBOX, "        ReminderRow.lease_until > now,\n", ""),)),
    Guard(
        "租约过了不许出手",
        (Edit(_SENDER, "if self._clock.now() >= message.lease_until:", "if False:"),),
        tests=("tests/delivery/test_delivery_processes.py",),
    ),
    Guard(
        "租约没过不收回",
        (
            Edit(
                _TAKING_BACK,
                "expired = or_(ReminderRow.lease_until <= now, ReminderRow.lease_until > now + lease * 2)",
                "expired = ReminderRow.id > 0",
            ),
        ),
    ),
    Guard(
        "钟往回拨过，远在将来的租约也收回",
        (
            Edit(
                _TAKING_BACK,
                "expired = or_(ReminderRow.lease_until <= now, ReminderRow.lease_until > now + lease * 2)",
                "expired = ReminderRow.lease_until <= now",
            ),
        ),
    ),
    Guard(
        "复核：案件没结",
        (Edit(_OUTBOX, "        case_is_open(),\n        timer_is_living(),", "        timer_is_living(),"),),
    ),
    Guard(
        "复核：时限还是这一版",
        (Edit(_OUTBOX, "        timer_is_living(),\n        nobody_stopped(),", "        nobody_stopped(),"),),
    ),
    Guard(
        "复核：没人说停止",
        (Edit(_OUTBOX, "        timer_is_living(),\n        nobody_stopped(),", "        timer_is_living(),"),),
    ),
    Guard(
        "复核：问过文案那一层",
        (Edit(_PREPARING, "verdict = await self._composer.recheck(session, reminder, now)", "verdict = None"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "唯一键（案件、时限、版本、位置）",
        (
            Edit(
                "storage/migrations/versions/0001_first.py",
                '"case_id", "timer_id", "timer_version", "offset", name=',
                '"id", "case_id", "timer_id", "timer_version", "offset", name=',
            ),
            Edit(
                "storage/tables/reminders.py",
                '"case_id", "timer_id", "timer_version", "offset", name=',
                '"id", "case_id", "timer_id", "timer_version", "offset", name=',
            ),
        ),
        ("tests/storage/test_storage_timers.py",),
    ),
    Guard(
        "死在路上的算结果不明",
        (Edit(_TAKING_BACK, "            possible_duplicate=True,\n", ""),),
        tests=("tests/delivery/test_delivery_outbox.py",),
    ),
    Guard(
        "停机时只交回仍归自己的",
        (
            Edit(
                _TAKING_BACK,
                "tuple_(ReminderRow.id, ReminderRow.attempt).in_([(held.id, held.attempt) for held in reminders])",
                "ReminderRow.id.in_([held.id for held in reminders])",
            ),
        ),
    ),
    Guard(
        "再发时注明可能重复",
        (Edit(_PREPARING, 'f"{DUPLICATE_PREFIX}{text}" if doubtful', "text if doubtful"),),
        tests=("tests/delivery/test_delivery_crashes.py",),
    ),
    Guard(
        "不明的先查记录",
        (Edit(_SENDER, "            if not reminder.possible_duplicate:", "            if True:"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "不明几次之后不再推",
        (Edit(_ENDINGS, "reminder.unknowns - reminder.disproved >= settings.max_unknowns", "False"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "群里点名不重发",
        (Edit(_ENDINGS, "give_up = channel is Channel.GROUP_MENTION", "give_up = False"),),
        tests=("tests/delivery/test_delivery_channels.py",),
    ),
    Guard(
        "只对好友说案情",
        (Edit(_SENDER, "        elif friend:", "        elif True:"),),
        tests=("tests/delivery/test_delivery_channels.py",),
    ),
    Guard(
        "同意过才点名",
        (Edit(_MENTIONING, "person is not None and bool(person.mention_consent)", "person is not None"),),
        tests=("tests/delivery/test_delivery_channels.py",),
    ),
    Guard(
        "点名那一刻还同意",
        (Edit(_MENTIONING, "if not await _agrees(session, reminder):", "if False:"),),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "群里不许就不点名",
        (
            Edit(_MENTIONING, "            if _allows(group, allowed_by_default):", "            if True:"),
            Edit(_MENTIONING, "    if not _allows(group, allowed_by_default):", "    if False:"),
        ),
        tests=("tests/delivery/test_delivery_mentioning.py",),
    ),
    Guard(
        "点名那一刻群里还许",
        (Edit(_MENTIONING, "    if not _allows(group, allowed_by_default):", "    if False:"),),
        tests=("tests/delivery/test_delivery_mentioning.py",),
    ),
    Guard(
        "群的安静时段里不点名",
        (Edit(_MENTIONING, "group.quiet is None or not group.quiet.covers(now)", "True"),),
        tests=("tests/delivery/test_delivery_mentioning.py",),
    ),
    Guard(
        "安静时段",
        (Edit(_PREPARING, "        if channel is not Channel.ON_NEXT_MESSAGE:", "        if False:"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "掉线不算失败",
        (Edit(_SENDER, "friend is None and account not in self._messenger.connected_accounts()", "False"),),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "推迟也作废送不出去的",
        (Edit("storage/reminders.py", "states=(*CANCELLABLE, ReminderState.DEAD),", "states=CANCELLABLE,"),),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "意外的错算不明，不算没发",
        (Edit(_SENDER, "return OutcomeUnknown(where_it_broke(error), type(error).__name__)", "return NotConnected()"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "查不到好友不算被拒",
        (
            Edit(
                _SENDER,
                'ending_without_lookup(reminder, trying, "friend_lookup"',
                'ending_after_failure(reminder, trying, "friend_lookup"',
            ),
        ),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "日子没到就一直试",
        (Edit(_ENDINGS, "failures >= trying.settings.max_failures and now >= trying.deadline", "failures >= 8"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "越近日子试得越密",
        (Edit(_ENDINGS, "    if now < trying.deadline:", "    if False:"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "历史证明没送到的，不明的次数不算",
        (Edit(_OUTBOX, "        disproved=ReminderRow.unknowns,\n", ""),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "掉了线查不成的，等连上",
        (Edit(_SENDER, "elif account not in self._messenger.connected_accounts():", "elif False:"),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "回复没发成，回到原来的地方",
        (
            Edit(
                _ENDINGS,
                "Ending(state_when_idle(reminder), next_try_at=later, reason=home.reason)",
                "Ending(ReminderState.WAITING, next_try_at=later, reason=home.reason)",
            ),
        ),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "被退的提醒不拖住回复",
        (Edit(_NEXT_MESSAGE, "if _is_turned_down(outcome) else None", "if False else None"),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "附着被退过的不再附",
        (Edit(_NEXT_MESSAGE, '    func.coalesce(ReminderRow.reason, "") != REFUSED_WITH_REPLY,\n', ""),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "合着被拒的分开发",
        (Edit(_SENDER, "message.channel is Channel.PRIVATE and len(message.reminders) > 1", "False"),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "掉了线的不发",
        (Edit(_PRESENCE, "        if self.is_away(account):\n            return False\n", ""),),
        tests=("tests/delivery/test_delivery_presence.py",),
        campaigns=False,
    ),
    Guard(
        "怪字换掉再存",
        (Edit(_OUTBOX, 'text.encode("utf-8", "replace").decode("utf-8")', "text"),),
        tests=_OUTAGE_TESTS,
        campaigns=False,
    ),
    Guard(
        "恢复以后，可能送过的算结果不明",
        (Edit(_RESTORED, "ReminderRow.next_try_at <= now)", "ReminderRow.next_try_at > now)"),),
        tests=_RESTORED_TESTS,
    ),
    Guard(
        "恢复以后，等本人来的也注明",
        (Edit(_RESTORED, ".values(possible_duplicate=True)", ".values(possible_duplicate=False)"),),
        tests=_RESTORED_TESTS,
    ),
    Guard(
        "恢复以后，旧的那次没送到不等于没送过",
        (Edit("delivery/reconcile.py", "    if not delivery.text:", "    if False:"),),
        tests=_RESTORED_TESTS,
    ),
    Guard(
        "机器人开着不许恢复",
        (Edit("storage/exclusive.py", "        if _locked_out(connection):", "        if False:"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "备份先落盘再改名",
        (
            Edit(
                "storage/backups.py", "    sync_file(packed)\n    packed.replace(target)", "    packed.replace(target)"
            ),
        ),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "恢复之前对校验和",
        (Edit("storage/restoring.py", "    if computed.hexdigest() != digest:", "    if False:"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "留着现在的数据",
        (Edit("storage/restoring.py", "        _keep(place.database, aside)\n", "        pass\n"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "推送停着就不领",
        (Edit(_CLAIMING, "    if await controls.sending_paused_since(session):\n        return []\n", ""),),
        tests=("tests/delivery/test_delivery_pause.py",),
    ),
    Guard(
        "领到之后才停的也不发",
        (
            Edit(
                _PREPARING,
                "if channel is not Channel.ON_NEXT_MESSAGE and await controls.sending_paused_since(session):",
                "if False:",
            ),
        ),
        tests=("tests/delivery/test_delivery_pause.py",),
    ),
)
"""全部防线。"""
