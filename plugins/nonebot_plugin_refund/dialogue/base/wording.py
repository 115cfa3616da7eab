"""聊天里的话：菜单、帮助、寒暄、各种“不能这样”。

关于退款本身的话都在规则手册里；这里只有怎么打招呼、怎么引路。`{command}` 是命令的写法，如 ``/退款``。
"""

from collections.abc import Iterable, Sequence

from ...domain.understanding.private_data.private import PrivateKind
from ...rulebook.scenario_models.models import Scenario

ADD_FRIEND_FIRST = "这种临时会话里我不方便说你的事。请先加我好友，再私聊我说「退款」。"
ONLY_IN_PRIVATE = "这个只在私聊里说，免得别人看到。请加我好友，私聊我发「退款 {word}」。"
IN_DANGER_IN_GROUP = {
    "self-harm": "先缓一缓，有人愿意听你说：12356；眼下就危险，打 120。",
    "violence": "先到安全的地方去，打 110。",
    "fraud": "先停一停，别再往下操作；拿不准打 96110，要报警打 110。",
    "illness": "身体要紧，难受就去医院，或打 120。",
}
"""群里听出危险时只说这一句：一个字也不提是什么事。"""
HOW_TO_START = "想一步步来：加我好友，私聊说「退款」。"
NOT_RECOGNISED_GROUP = "没听出是哪种退款。说具体点，比如「{command} 孩子打赏了主播」，或发「{command}」看菜单。"
NOT_RECOGNISED = "没听出是哪种退款。说具体点（买的东西、打赏、课程还是充值），或发「退款」看菜单。"
SORRY = "对不住，是我没听明白。最要紧的是哪一句？短短再说一遍；记错了说「撤销」。急的话打 12315、12348 问人。"
CLOSED_TALK = "你先前的案件发「我的」看；了结了的不再提醒，要接着办就说「重新打开」。是另外的事，直接说怎么回事。"
CLOSED_QUESTION = (
    "这一句我没有现成的答案，急的话问 12315、12348。先前那件发「我的」看，要接着办说「重新打开」；"
    "另有一件要退，直接说怎么回事。"
)
SMALL_TALK = "我是退款助手。遇到快手退款的事，直接说怎么回事就行；看菜单发「退款」。"
THANKED = "不客气。有进展、有疑问，随时跟我说。"
ACKNOWLEDGED = "好。有进展、有疑问，随时跟我说。"
PROOF_NOTED = "好，这些都留着，原件别删。要对一遍还差哪几样，发「材料」。"
LEFT_AS_IT_WAS = "好，不改，还照原来的。有动静跟我说一声。"
SENT_ON_DELIVERY = "寄的是到付：他可能不收，退回来的运费就要你出。问他肯不肯付，不肯就找快递改成寄付；底单和聊天留着。"
DETAIL_NOTED = "好，知道了。有了动静（答应、拒绝、到账、受理这些）跟我说一声，我接着往下走。"
SPOKE_TO = (
    "好，知道了，跟{whom}说过了。怎么回的（答应、不肯、一直不回）跟我说一声，我好往下记。\n"
    "{code} 还是「{stage}」：{todo}"
)
ANOTHERS_WISH = "他们是心疼你。停不停由你定：想停说「不追了」；没说，日子和提醒都还在。"
ALSO_ELSEWHERE = (
    "好，{where}那边也在办，知道了；进度里记的还是快手这边。那边退了、拒了都跟我说一声，到账多少说个数，我合起来算。"
)
EARLY_NEWS = "好，先记着：{label}。有了结论我一起记上，不用再说。现在还差这一题：\n{question}"
EARLY_KEPT = "好，先记着：{label}。"
EARLY_MAYBE = "好，听着像「{label}」，先记着；有了结论我再问你一句是不是。现在还差这一题：\n{question}"
EARLY_END = "好，听到了：{label}。都清了就不用再答，回「退出」；还要记成案件就接着答：\n{question}"
NEWS_IN_INTERVIEW = "好，听到了。等问完有了结论，再说一遍这个进展我就记上。现在还差这一题：\n{question}"
TAKEN_AS_UNSURE = "「{short}」先按不清楚算，不耽误往下走；想起来了说「改答案」。"
TOLD_AGES = {
    "nominal": (
        "{said}，一般是周岁 {low} 到 {high}：那时过了当年生日的是 {high}，没过的是 {low}。当时满几周岁？回个数就行。"
    ),
    "grade": "{said}，多半是周岁 {low} 到 {high}。当时满几周岁？回个数就行。",
    "born": "{said}，到今天满 {told} 周岁，看当时生日过没过。当时满几周岁？回个数就行。",
    "now": "{said}，往前推到那时大约 {low} 周岁，没过当年生日的再减一岁。当时满几周岁？回个数就行。",
    "under": "好，{said}。8 岁前后规矩不一样，还得知道刷的时候满几周岁：回个数就行，记不清回「不清楚」。",
    "nearly": "没到 {full} 岁生日的，算 {low} 周岁。当时就是 {low} 的话，回个「{low}」就行。",
}
"""没有直说满几周岁，换算好了再问。"""
SEVERAL_GOODS = "你说了 {count} 样，一件一件来：先看{first}，{others}我记着，这件问完接着看。"
KEPT_GOODS = "{things}的先记着，等这件问完再看。"
LATER_GOODS = "你先前还说到「{thing}」，要接着看那件就回「好」。"
ASSENT_TO_NOTHING = "光一个「{said}」对不上这一题，要照题里问的答。"
OTHERS_CASE = (
    "听着是别人的另一件，没记进这里。要看那件，问完这件另外说起就行；说的就是这件，不提是谁的再说一遍。"
    "现在还差这一题：{question}"
)
OTHERS_NOTED = "好，是别人那件，没记进你这里。你这件有了动静再跟我说。"
DETAIL_IN_INTERVIEW = "好，知道了。这一题还差一句：\n{question}"
NEAR_MISS = "没有「{written}」这个命令。你是想说「{command} {meant}」吗？"
ONLY_TEXT = "我只看得懂文字，图片、表情、语音和文件都看不了，用文字说就行。"
EMPTY = "你想问哪种退款？直接说怎么回事，或发「退款」看菜单。"
TOO_LONG = "这条太长了，我只读了前面一段。拣要紧的短短说就行。"
TOO_FAST = "你说得太快了，我先答前面的，后面几句没来得及看。等我答完，再接着说没看到的就行。"
TOO_FAST_GROUP = "说得太快了，我看不过来，歇一会儿再叫我。着急的话加我好友私聊说「退款」。"
PRIVATE_NUMBERS = "你发的像是{kinds}，我没有保存。请尽快撤回；这类信息只交官方入口。"
FAILED = "这一步我没办成，你说过的都还在。请再说一遍；还不行就过会儿再试。"
FAILED_CASE = "案件 {code} 这一步我没办成，已有的都还在。请再说一遍；还不行就过会儿再试。"
SAID_LATE = "刚才有句话没发到你那里，补上："
SENT_TOO_SOON = "这句是在看到我上一句之前发的，先没有算。看了再回一次就行。"
FAILED_UNSURE = "刚才那句办没办成，我一时说不准，先别重发。过一两分钟跟我说句话，我告诉你办没办成。"
DATABASE_DOWN = "我存东西的地方暂时用不了，这句没有办成，先前的都没有动。过几分钟再说一遍就行。"
HUMAN = "我是机器人，没有人工坐席。快手官方客服在 App 里：我 → 设置 → 帮助与反馈。发「退款 客服」看怎么找。"
QUIT = "好，先到这里。答过的都留着，想接着说就发「继续」。"
NOTHING_TO_QUIT = "现在没有进行中的问答。发「退款」看菜单。"
NOTHING_TO_RESUME = "没有搁着的问答。直接说怎么回事，或发「退款」看菜单。"
ALREADY_FIRST = "已经是第一个问题了。"
ANOTHER_MATTER = "听着是另外一件事，手头这件我照样记着。是下面哪一种？都不是就当我没问，接着说。"
APART = "好，另外记一件，手头的照样记着。是下面哪一种？回编号，或直接说怎么回事，比如「充电宝没发货」。"
NO_SWITCH = "好，那就接着说眼下这件。"
CANNOT_SAY_YET = "这个要看具体情况，先把下面这一问弄清楚，我才好说。"
NOT_KNOWN_BESIDE = "你问的那一句我没有现成的答案，先说这件。"
THEN_AGED = "那就照当时算。"
DAY_MOVED = "好，改过来了：先前说的那天是 {day}。"
DAY_DROPPED = "好，先前说的那天不算了，问到时说准就行。"
WHAT_TO_CORRECT = "要改哪一处？把对的那句说全，比如「孩子是 12 岁」「是昨天拒的」；要撤回上一件就说「撤销」。"
NOT_UNDERSTOOD = "这句我没听明白。{code} 有新进展就直接说，比如「{event}」；想看全部说法发「更新」。"
SAY_IT_SHORTLY = "还是没听明白，抱歉。挑一个编号，或者短短一句，比如「{event}」。"
LATER_SWITCH = "你刚才还说到「{title}」，要接着看那件就回「换」。"
KEPT_FOR_LATER = (
    "「{title}」那件我记着，等下接着问。先回刚才的：{code}「{label}」，是不是？"
    "回「是」或「不是」；想先说那件就回「换」。"
)
LATER_OFFER = "你先前还说到「{title}」，要接着看那件就回「好」。"
STILL_OPEN = "刚才的问题还开着：\n{question}"
CONCLUDED = (
    "好，知道了。「{title}」这件的结论先前给过，是归那边去办或没有别的步骤，我这儿不再记进展；"
    "有什么要问的接着问。想再看一遍回「1」，答案变了说「改答案」，另有一件就直接说是什么事。"
)
AFTER_DANGER_NOTED = "好，知道了。别急，有回执、单号的都留着；要问什么就问，要说退款的事随时说。"
GO_ON_LATER = "缓过来了发「继续」，我们接着说。"
SWITCH_OFFER = "听着像另一件事：{title}。要换过去就回「换」，不换就接着答上一个问题。"
REDIRECT_OFFER = "这件事归「{title}」，要接着问就回「换」。"
EARLY_TOLD = "也听到了：{label}。"
OFFER_NOTED = "对方出的 {offered}，也先记着。"
CASE_OPENED = "已记成案件 {code}。"
REMINDERS_STOPPED = "你说过不要提醒，这件我也不提醒；想要就发「恢复提醒」。"
WILL_REMIND = "我会提醒你：{moments}。不想要就回「停止」。"
CALENDAR_OFFER = "想放进手机日历，发「日历」。"
PAPERS_OFFER = "要我写好申请理由这类文书，发「文书」。"
VERDICT_MENU = "回编号细看：1 依据 2 材料 3 风险 4 日期算法 5 改答案"
VERDICT_MENU_WITH_CLAIM = VERDICT_MENU + " 6 能要多少"
AFTER_VERDICT = "有新进展就直接告诉我，比如「{event}」。"
FILE_LIES_HERE = "文件放在这里，七天后会清掉：\n{path}"
PRIVATE_NEEDS_FRIEND = "（私聊之前先加我好友）"


def too_fast(*, private: bool) -> str:
    """没听的话，说一声为什么。"""
    return TOO_FAST if private else TOO_FAST_GROUP


def menu(scenarios: Sequence[Scenario], command: str, *, private: bool) -> str:
    """菜单：编号的场景，和怎么开始。"""
    lines = ["快手退款，你遇到的是哪一种？"]
    lines.extend(f"{number}. {scenario.title}" for number, scenario in enumerate(scenarios, start=1))
    if private:
        lines.append("回编号，或直接说怎么回事。已有案件发「我的」。")
    else:
        lines.append(f"{HOW_TO_START}\n在群里问一句：{command} 加一句话。")
    return "\n".join(lines)


RESUME_WORD = "继续"
"""接着问答的说法。"""
CONSOLE_PRIVATE_HELLO = "这里是私聊。直接说发生了什么就行，比如「孩子打赏了主播」；看菜单发「退款」。"


def console_hello(command: str) -> str:
    """终端界面刚打开时，群里的一句话。"""
    return f"这里是群。发「{command}」看菜单；按 Ctrl+N（或点左边的「私聊」），和我单独说发生了什么。"


def scenario_list(scenarios: Iterable[Scenario]) -> str:
    """全部场景各一行。"""
    return "\n".join(f"{scenario.title}：{scenario.summary}" for scenario in scenarios)


def group_answer(scenario: Scenario) -> str:
    """群里的简短回答：手册里的两行，加一句怎么开始。"""
    return f"{scenario.group_answer}\n{PRIVATE_NEEDS_FRIEND}"


def group_topic(answer: str) -> str:
    """群里打听的回答，加一句怎么开始。"""
    return f"{answer}\n{PRIVATE_NEEDS_FRIEND}"


def keyword_topic(answer: str) -> str:
    """没被点名时打听的回答，只说第一行。"""
    return f"{answer.splitlines()[0]}\n（要细看可以加我好友私聊说「退款」）"


def keyword_answer(scenario: Scenario) -> str:
    """没被点名时的回答，最多两行。"""
    first = scenario.group_answer.splitlines()[0]
    return f"{first}\n（要细看可以加我好友私聊说「退款」）"


def help_text(command: str) -> str:
    """私聊和群里都能看的帮助。"""
    return "\n".join(
        [
            f"群里：{command} 看菜单；{command} 加一句话，得到简短回答。",
            "私聊：直接说发生了什么，回数字或用自己的话都行。",
            "问答里可以说：上一步、修改 2、为什么、不清楚、进度、退出。",
            "案件：我的、进度、更新、材料、能要多少、记账、文书、日历、提醒、结案，后面可加案件号。",
            "你的数据：导出我的数据、删除我的数据。",
            "我不收证件、卡号、验证码，也不保证结果。",
        ]
    )


_PRIVATE_KINDS = {
    PrivateKind.IDENTITY_CARD: "身份证号",
    PrivateKind.PHONE: "手机号",
    PrivateKind.BANK_CARD: "银行卡号",
    PrivateKind.VERIFICATION_CODE: "验证码",
    PrivateKind.PASSWORD: "密码",
    PrivateKind.DOCUMENT: "证件号",
    PrivateKind.ACCOUNT: "微信号或 QQ 号",
}


def private_numbers(kinds: Iterable[PrivateKind]) -> str:
    """用户发来了不该发的号码：没存，请撤回。"""
    return PRIVATE_NUMBERS.format(kinds="、".join(sorted(_PRIVATE_KINDS[kind] for kind in set(kinds))))
