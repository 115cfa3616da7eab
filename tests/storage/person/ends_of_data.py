"""每张有人的数据的表怎样到头。新加的表不写进来，测试就过不去。"""

ENDS = {
    "refund_people": "很久没来、名下什么也没有了",
    "refund_interviews": "很久没动，不论问完没有",
    "refund_notes": "等的那句话过期",
    "refund_owed_replies": "说到了，或过了一天",
    "refund_cases": "结案满期限；没结案但三年没动、没有要送的提醒",
    "refund_case_events": "随案件",
    "refund_evidence_ticks": "随案件",
    "refund_case_timers": "随案件",
    "refund_reminders": "随案件；送不到、等着的也是",
    "refund_changes": "随案件，且最久半年",
    "refund_deliveries": "随案件，且最久不过期限",
    "refund_delivery_items": "随提醒或送达",
    "refund_handled_messages": "三天",
}
