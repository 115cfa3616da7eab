"""发件箱的每一道防线，和拆掉它要改哪个函数里的哪一处。"""

from .taking_out import Edit, Guard

_OUTBOX = "delivery/queue/outbox.py"
_CLAIMING = "delivery/queue/claiming.py"
_SENDER = "delivery/sender.py"
_PREPARING = "delivery/queue/preparing.py"
_STATES = "storage/reminding/reminder_states.py"
_NEXT_MESSAGE = "delivery/queue/next_message.py"
_PRESENCE = "delivery/presence.py"
_OUTAGE_TESTS = ("tests/delivery/faults/test_delivery_outages.py",)
_TAKING_BACK = "delivery/queue/taking_back.py"
_ENDINGS = "delivery/queue/endings.py"
_MENTIONING = "delivery/mentioning.py"
_RESTORED = "delivery/queue/restored.py"
_KEY = '"case_id", "timer_id", "timer_version", "offset", name="uq_refund_reminders_case_timer_version_offset"'
_BACKUP_TESTS = ("tests/storage/backup/test_storage_backups.py", "tests/storage/backup/test_storage_restoring.py")
_RESTORED_TESTS = ("tests/delivery/test_delivery_restored.py",)


GUARDS = (
    Guard("围栏号：每次写入都要对得上", (Edit(_OUTBOX, "_write", "ReminderRow.attempt == reminder.attempt", ""),)),
    Guard(
        "围栏号：每领取一次加一",
        (Edit(_CLAIMING, "claim_statement", "attempt=ReminderRow.attempt + 1", ""),),
    ),
    Guard(
        "一个人的不分到两个进程",
        (Edit(_CLAIMING, "claimable", "~_has_an_earlier_one()", ""),),
        tests=("tests/delivery/test_delivery_processes.py",),
        needs_postgres=True,
    ),
    Guard(
        "写入要看状态",
        (
            Edit(
                _STATES,
                "moving",
                "update(ReminderRow).where(compared.in_([str(source) for source in sources]))",
                "update(ReminderRow)",
            ),
        ),
    ),
    Guard(
        "出手之前先写明要发",
        (
            Edit(
                _OUTBOX,
                "mark_sending",
                "ReminderState.SENDING",
                "ReminderState.CLAIMED",
            ),
            Edit(
                _OUTBOX,
                "settle",
                "(ReminderState.SENDING,)",
                "(ReminderState.SENDING, ReminderState.CLAIMED)",
            ),
        ),
        tests=("tests/delivery/faults/test_delivery_crashes.py",),
    ),
    Guard("租约过了不许写明要发", (Edit(_OUTBOX, "mark_sending", "ReminderRow.lease_until > now", ""),)),
    Guard(
        "租约过了不许出手",
        (Edit(_SENDER, "Sender._push", "self._clock.now() >= message.lease_until", "False"),),
        tests=("tests/delivery/test_delivery_processes.py",),
    ),
    Guard(
        "租约没过不收回",
        (
            Edit(
                _TAKING_BACK,
                "reclaim",
                "or_(ReminderRow.lease_until <= now, ReminderRow.lease_until > now + lease * 2)",
                "ReminderRow.id > 0",
            ),
        ),
    ),
    Guard(
        "钟往回拨过，远在将来的租约也收回",
        (
            Edit(
                _TAKING_BACK,
                "reclaim",
                "or_(ReminderRow.lease_until <= now, ReminderRow.lease_until > now + lease * 2)",
                "ReminderRow.lease_until <= now",
            ),
        ),
    ),
    Guard(
        "复核：案件没结",
        (Edit(_OUTBOX, "mark_sending", "case_is_open()", ""),),
    ),
    Guard(
        "复核：时限还是这一版",
        (Edit(_OUTBOX, "mark_sending", "timer_is_living()", ""),),
    ),
    Guard(
        "复核：没人说停止",
        (Edit(_OUTBOX, "mark_sending", "nobody_stopped()", ""),),
    ),
    Guard(
        "复核：问过文案那一层",
        (Edit(_PREPARING, "Preparer._still_due", "await self._composer.recheck(session, reminder, now)", "None"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "唯一键（案件、时限、版本、位置）",
        (
            Edit(
                "storage/migrations/versions/0001_first.py",
                "upgrade",
                f"sa.UniqueConstraint({_KEY})",
                f'sa.UniqueConstraint("id", {_KEY})',
            ),
            Edit(
                "storage/tables/reminders.py",
                "ReminderRow",
                f"UniqueConstraint({_KEY})",
                f'UniqueConstraint("id", {_KEY})',
            ),
        ),
        ("tests/storage/reminding/test_storage_timers.py",),
    ),
    Guard(
        "死在路上的算结果不明",
        (Edit(_TAKING_BACK, "_take_back", "possible_duplicate=True", ""),),
        tests=("tests/delivery/test_delivery_outbox.py",),
    ),
    Guard(
        "停机时只交回仍归自己的",
        (
            Edit(
                _TAKING_BACK,
                "give_back",
                "tuple_(ReminderRow.id, ReminderRow.attempt).in_([(held.id, held.attempt) for held in reminders])",
                "ReminderRow.id.in_([held.id for held in reminders])",
            ),
        ),
    ),
    Guard(
        "再发时注明可能重复",
        (Edit(_PREPARING, "Preparer.prepare", 'f"{DUPLICATE_PREFIX}{text}"', "text"),),
        tests=("tests/delivery/faults/test_delivery_crashes.py",),
    ),
    Guard(
        "不明的先查记录",
        (Edit(_SENDER, "Sender._reconcile", "not reminder.possible_duplicate", "True"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "不明几次之后不再推",
        (
            Edit(
                _ENDINGS,
                "is_doubted_too_often",
                "reminder.unknowns - reminder.disproved >= settings.max_unknowns",
                "False",
            ),
        ),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "群里点名不重发",
        (Edit(_ENDINGS, "_after_unknown", "channel is Channel.GROUP_MENTION", "False"),),
        tests=("tests/delivery/test_delivery_channels.py",),
    ),
    Guard(
        "只对好友说案情",
        (Edit(_SENDER, "Sender.deliver", "if friend", "True"),),
        tests=("tests/delivery/test_delivery_channels.py",),
    ),
    Guard(
        "同意过才点名",
        (Edit(_MENTIONING, "_agrees", "person is not None and bool(person.mention_consent)", "person is not None"),),
        tests=("tests/delivery/test_delivery_channels.py",),
    ),
    Guard(
        "点名那一刻还同意",
        (Edit(_MENTIONING, "may_mention", "not await _agrees(session, reminder)", "False"),),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "群里不许就不点名",
        (
            Edit(_MENTIONING, "group_to_mention_in", "_allows(group, allowed_by_default)", "True"),
            Edit(_MENTIONING, "may_mention", "not _allows(group, allowed_by_default)", "False"),
        ),
        tests=("tests/delivery/test_delivery_mentioning.py",),
    ),
    Guard(
        "点名那一刻群里还许",
        (Edit(_MENTIONING, "may_mention", "not _allows(group, allowed_by_default)", "False"),),
        tests=("tests/delivery/test_delivery_mentioning.py",),
    ),
    Guard(
        "群的安静时段里不点名",
        (Edit(_MENTIONING, "may_mention", "group.quiet is None or not group.quiet.covers(now)", "True"),),
        tests=("tests/delivery/test_delivery_mentioning.py",),
    ),
    Guard(
        "安静时段",
        (Edit(_PREPARING, "Preparer._still_due", "channel is not Channel.ON_NEXT_MESSAGE", "False"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "掉线不算失败",
        (
            Edit(
                _SENDER,
                "Sender.deliver",
                "friend is None and account not in self._messenger.connected_accounts()",
                "False",
            ),
        ),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "推迟也作废送不出去的",
        (Edit("storage/reminding/reminders.py", "snooze", "(*CANCELLABLE, ReminderState.DEAD)", "CANCELLABLE"),),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "意外的错算不明，不算没发",
        (
            Edit(
                _SENDER,
                "Sender.attempt",
                "OutcomeUnknown(where_it_broke(error), type(error).__name__)",
                "NotConnected()",
            ),
        ),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "查不到好友不算被拒",
        (
            Edit(
                _SENDER,
                "Sender.deliver",
                'ending_without_lookup(reminder, trying, "friend_lookup", "查不到是不是好友")',
                'ending_after_failure(reminder, trying, "friend_lookup", "查不到是不是好友")',
            ),
        ),
        tests=("tests/delivery/test_delivery_campaign_findings.py",),
    ),
    Guard(
        "日子没到就一直试",
        (
            Edit(
                _ENDINGS,
                "ending_after_failure",
                "failures >= trying.settings.max_failures and now >= trying.deadline",
                "failures >= 8",
            ),
        ),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "越近日子试得越密",
        (Edit(_ENDINGS, "ending_after_failure", "now < trying.deadline", "False"),),
        tests=("tests/delivery/test_delivery_worker.py",),
    ),
    Guard(
        "历史证明没送到的，不明的次数不算",
        (Edit(_OUTBOX, "clear_doubt", "disproved=ReminderRow.unknowns", ""),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "掉了线查不成的，等连上",
        (Edit(_SENDER, "Sender._reconcile", "account not in self._messenger.connected_accounts()", "False"),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "回复没发成，回到原来的地方",
        (
            Edit(
                _ENDINGS,
                "_home_again",
                "state_when_idle(reminder)",
                "ReminderState.WAITING",
            ),
        ),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "被退的提醒不拖住回复",
        (Edit(_NEXT_MESSAGE, "NextMessage.deliver_with_reply", "_is_turned_down(outcome)", "False"),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "附着被退过的不再附",
        (Edit(_NEXT_MESSAGE, "", 'func.coalesce(ReminderRow.reason, "") != REFUSED_WITH_REPLY', ""),),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "合着被拒的分开发",
        (
            Edit(
                _SENDER,
                "_is_refused_together",
                "refused and message.channel is Channel.PRIVATE and len(message.reminders) > 1",
                "refused and False",
            ),
        ),
        tests=_OUTAGE_TESTS,
    ),
    Guard(
        "掉了线的不发",
        (Edit(_PRESENCE, "Presence.admits", "if self.is_away(account)", "False"),),
        tests=("tests/delivery/faults/test_delivery_presence.py",),
        campaigns=False,
    ),
    Guard(
        "怪字换掉再存",
        (Edit(_OUTBOX, "storable", 'text.encode("utf-8", "replace").decode("utf-8")', "text"),),
        tests=_OUTAGE_TESTS,
        campaigns=False,
    ),
    Guard(
        "恢复以后，可能送过的算结果不明",
        (Edit(_RESTORED, "_may_have_been_pushed", "ReminderRow.next_try_at <= now", "ReminderRow.next_try_at > now"),),
        tests=_RESTORED_TESTS,
    ),
    Guard(
        "恢复以后，等本人来的也注明",
        (Edit(_RESTORED, "_doubt_owed", "possible_duplicate=True", "possible_duplicate=False"),),
        tests=_RESTORED_TESTS,
    ),
    Guard(
        "恢复以后，旧的那次没送到不等于没送过",
        (Edit("delivery/queue/reconcile.py", "_look_up", "not delivery.text", "False"),),
        tests=_RESTORED_TESTS,
    ),
    Guard(
        "机器人开着不许恢复",
        (Edit("storage/backup/exclusive.py", "sole_use", "_locked_out(connection)", "False"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "备份先落盘再改名",
        (Edit("storage/backup/backups.py", "_publish", "sync_file(packed)", "None"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "恢复之前对校验和",
        (Edit("storage/backup/restoring.py", "_extract", "computed.hexdigest() != digest", "False"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "留着现在的数据",
        (Edit("storage/backup/restoring.py", "switch", "_keep(place.database, aside)", "None"),),
        tests=_BACKUP_TESTS,
    ),
    Guard(
        "推送停着就不领",
        (Edit(_CLAIMING, "claim", "if await controls.sending_paused_since(session)", "False"),),
        tests=("tests/delivery/faults/test_delivery_pause.py",),
    ),
    Guard(
        "领到之后才停的也不发",
        (
            Edit(
                _PREPARING,
                "Preparer.prepare",
                "channel is not Channel.ON_NEXT_MESSAGE and await controls.sending_paused_since(session)",
                "False",
            ),
        ),
        tests=("tests/delivery/faults/test_delivery_pause.py",),
    ),
)
"""全部防线。"""
