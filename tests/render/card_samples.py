"""测试用的卡片：每种一张，外加长文字和怪字符。"""

from nonebot_plugin_refund.render.cards import (
    Card,
    CaseCard,
    DateLine,
    DoneStep,
    EvidenceCard,
    EvidenceLine,
    GroupAnswerCard,
    HelpCard,
    MenuCard,
    ReminderCard,
    Tone,
    VerdictCard,
)

SAMPLES: dict[str, Card] = {
    "menu": MenuCard("遇到的是哪一种？", (("退货退款", "收到货了，想退"), ("直播打赏", "")), ("回编号就行。",)),
    "verdict": VerdictCard(
        "退货退款",
        Tone.ELIGIBLE,
        "符合条件",
        "符合七天无理由退货",
        "还在签收后 7 天内，东西也完好。",
        ("还没申请", "签收日期 11月17日（还在签收后 7 天内）"),
        "《中华人民共和国消费者权益保护法》第二十五条",
        (DateLine("提交退货申请：最晚 11月24日（周二）24 点"), DateLine("寄回：11月20日（周五）24 点已经过了", True)),
        preface="结论没变：符合条件。",
    ),
    "case": CaseCard(
        "K7Q2",
        "退货退款",
        (DoneStep("11月23日", "立案"), DoneStep("11月24日", "申请交上去了")),
        "等商家处理",
        "申请已提交。",
        "别撤销申请。",
        ("商家同意了", "商家拒绝了"),
        (DateLine("商家处理：到 11月26日（周四）12:00", counting=("起算：当即开始计时", "数法：连续数 48 小时")),),
    ),
    "evidence": EvidenceCard(
        "K7Q2 的材料",
        (EvidenceLine("订单截图", True), EvidenceLine("※账单", False, ("注销后可能看不到",))),
        ("有了就回编号打勾。",),
    ),
    "answer": GroupAnswerCard("直播打赏", ("孩子打赏可以申请退。", "先停手，账号别删。"), ("（先加我好友）",)),
    "help": HelpCard("能做什么", (("群里", "看菜单。"), ("", "我不收证件。"))),
    "reminder": ReminderCard("K7Q2 的提醒", (("明天 10:00", "提交退货申请"),), ("没送到：对方拒收",)),
}

LONG = "很长的一句话没有停顿" * 30
UNBROKEN = "https://www.12315.cn/" + "W" * 300
ODD = "😀👨\u200d👩\u200d👧🇨🇳 𠮷野家 龘 ﷽ ก็ é\u0301 \u202eabc\u202c \x00 𝟙 ①"


def stuffed(text: str) -> list[Card]:
    """每种卡片每一处都塞进 ``text``。"""
    dates = (DateLine(text, counting=(text, text)),)
    return [
        MenuCard(text, ((text, text), (text, "")), (text,)),
        VerdictCard(text, Tone.REDIRECT, text, text, text, (text, text), text, dates, preface=text),
        CaseCard(text, text, (DoneStep("2026年11月23日", text),), text, text, text, (text, text), dates, closed=True),
        EvidenceCard(text, (EvidenceLine(text, True, (text,)), EvidenceLine(text, False)), (text,)),
        GroupAnswerCard(text, (text, text), (text,)),
        HelpCard(text, ((text, text), ("", text))),
        ReminderCard(text, ((text, text),), (text,)),
    ]
