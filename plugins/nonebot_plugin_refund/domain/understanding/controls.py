"""访谈和提醒里的控制语：上一步、修改第2题、为什么、推迟2小时……

只认整句就是控制语的消息，免得把答案吃掉（“退出直播间之后扣的”不是要退出）。
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from .clock_times import Clarity, find_clock_times
from .numerals import read_small_integer
from .text import normalise, trim_punctuation


class ControlKind(StrEnum):
    """用户想让访谈或提醒做什么。"""

    BACK = "back"
    CHANGE = "change"
    WHY = "why"
    UNSURE = "unsure"
    PROGRESS = "progress"
    QUIT = "quit"
    HUMAN = "human"
    HELP = "help"
    MENU = "menu"
    DONE = "done"
    SNOOZE = "snooze"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Control:
    """一条控制语。``number`` 是“修改第几题”；``delay`` 是推迟多久，没说时为 ``None``。"""

    kind: ControlKind
    number: int | None = None
    delay: timedelta | None = None


_MAX_TEXT = 40
_MAX_DELAY = timedelta(days=60)
"""推迟得比任何期限都长就不是推迟了。"""
_MORNING = 9
"""“明天上午”按几点算。"""
_HOURS_OF_DAY = {"早上": 9, "早": 9, "上午": 9, "中午": 12, "下午": 14, "傍晚": 18, "晚上": 20, "晚": 20}

_WORDS: dict[ControlKind, str] = {
    ControlKind.BACK: "上一步 上一题 上一个 上一个问题 返回上一步 返回上一题 回上一步 回到上一步 回到上一题 退回上一步 后退 倒回去 返回 撤回上一步 back 前一题 往回退一步 回退 重新答上一题 上题 上一部 上衣步 刚才答错了 刚答错了 上一题答错了 上一步错了 选错了 答错了",
    ControlKind.CHANGE: "修改 改答案 修改答案 我要改答案 更改 我要修改 改一下 我要改 改一改 改一下答案 改下答案",
    ControlKind.WHY: "为什么 为啥 为何 为什么问这个 为啥问这个 问这个干嘛 问这个干啥 问这个做什么 问这个做啥 为什么要问这个 为什么要问 干嘛问这个 这个有什么用 问这有啥用 为什么这么问 为什么问 为啥要问这个 为啥要问 为什么要问这个问题 为啥要知道这个 为什么要知道这个 点解 点解问呢个 问呢个做咩 咋问这个 咋要问这个 这跟退款有什么关系 这有关系吗 有什么关系 有啥关系 why",
    ControlKind.UNSURE: "不清楚 不知道 不确定 不晓得 记不清 记不清了 不记得 不记得了 忘了 不太清楚 唔知 唔知道 唔清楚 我不知道 我不清楚 不知 不造 跳过 下一题 略过 跳过这题 先跳过",
    ControlKind.PROGRESS: "进度 查进度 看进度 查看进度 我的进度 查一下进度 看看进度 看下进度 查询进度 到哪了 到哪一步了 进行到哪了 我到哪一步了 目前进度 现在到哪一步了 进展 还有几题 还剩几题 还有多少题 还有几个问题 还要问几个 还要问多少",
    ControlKind.QUIT: "退出 结束 退出访谈 不问了 不弄了 不想弄了 不答了 算了 算了吧 取消 先不弄了 先这样 先这样吧 停 停止访谈 quit exit 不聊了 下次再说 改天再说 以后再说 结束对话 结束访谈 退出对话 我要退出 不玩了 先退出 先停一下 关掉 关闭 不回答了 拉倒 拉倒吧 中止 终止",
    ControlKind.HUMAN: "人工 转人工 人工客服 找人工 我要人工 要人工 真人 真人客服 我要找人工 转人工客服 有人吗 找真人 人工服务 接人工 叫个人来 有没有人工 能转人工吗 有真人吗 我要找真人 我要人工客服 换人工 请转人工",
    ControlKind.HELP: "帮助 help 怎么用 怎么用啊 使用帮助 指令 命令 说明 使用说明 咋用 有什么功能 你能干啥 你能干嘛 你会啥 你能做什么 你会什么 能干什么 怎么玩 ? h",
    ControlKind.MENU: "菜单 主菜单 目录 返回菜单 回菜单 menu 首页 功能 回到菜单 功能列表 列表 返回主菜单",
    ControlKind.DONE: "完成 已完成 完成了 办完了 办好了 做完了 做好了 搞定 搞定了 弄好了 弄完了 已经弄好了 已经办了 已处理 处理好了 处理完了 已办 done 完事 完事了 已经完成 已经完成了 已经做了 都弄好了 已搞定 好了 办妥了 已经办好了 做过了",
    ControlKind.STOP: "停止 停止提醒 别提醒了 不要提醒 不要提醒了 不用提醒 不用提醒了 别再提醒 别再提醒了 取消提醒 关闭提醒 不要再提醒 不要再提醒了 stop 退订 别发了 别提醒 不需要提醒 不需要提醒了 别烦我 不用再提醒 不用再提醒了 关掉提醒 停掉提醒 td",
    ControlKind.SNOOZE: "推迟 延后 稍后 稍后提醒 晚点 晚点提醒 晚点再提醒 一会儿再提醒 等会再提醒 等下再提醒 过会儿再提醒 过会再提醒 稍后再提醒 迟点再提醒 晚点再说 待会再提醒 等会儿 待会儿 等一下 稍等 一会儿提醒 推迟提醒 晚些时候 晚点儿 snooze 延迟 延期 再等等 晚点叫我 等会叫我 迟点 待会",
}
_EXACT = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_COURTESY = re.compile(
    r"^(?:请|麻烦|帮我|我想|我要|能不能|可以|给我|那就|那|先|/)+|(?:一下|吧|呢|啊|呀|谢谢|哈|了啦|哦|嘛|下)+$"
)
_NUMBER = r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_CHANGE = re.compile(
    rf"(?:我?(?:要|想)?(?:修改|更改|改一?下|重答|重新回答|重新答|重填|重选|改|回到|回)(?:一下|下|答案)?\s*(?:第|问题|题目|题)?\s*{_NUMBER}\s*(?:题|个|问|道题?|条|号题?|步|个问题|个答案|题的?答案)?)|"
    r"(?:第\s*(?P<n2>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:题|个|问|个问题|道题)(?:我)?(?:要改|改一下|改下|修改|答错了|选错了|错了|填错了|写错了|重答|重选|想改|要修改|重来))"
)
_SNOOZE_LEAD = r"(?:推迟到?|延后到?|延迟到?|延期到?|推后到?|推到|晚|迟|过|等|再过|再等|稍后|隔|改到|改成|放到|等到|到)?"
_SNOOZE_TAIL = r"(?:之?后)?(?:再)?(?:提醒(?:我)?|说|叫我|通知我|告诉我|弄|看)?(?:一下|吧)?"
_SNOOZE_FOR = re.compile(
    rf"{_SNOOZE_LEAD}\s*(?P<n>半|[0-9]{{1,3}}(?:\.5)?|[一二两三四五六七八九十]{{1,3}})\s*个?(?P<half>半)?\s*(?P<unit>小时|钟头|分钟|分|刻钟|天|日|周|星期|礼拜|h|min|d)(?P<half2>半)?{_SNOOZE_TAIL}"
)
_SNOOZE_UNTIL = re.compile(
    rf"{_SNOOZE_LEAD}\s*(?P<day>今天|今|明天|明儿|明|后天|大后天)?(?P<period>早上|上午|中午|下午|傍晚|晚上|早|晚)?(?P<clock>(?:[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:点半?|:[0-9]{{2}}))?{_SNOOZE_TAIL}"
)
_DAYS = {"今天": 0, "今": 0, "明天": 1, "明儿": 1, "明": 1, "后天": 2, "大后天": 3}


def parse_control(text: str, now: datetime | None = None) -> Control | None:
    """整句是控制语时给出它，否则 ``None``。

    ``now``（带时区）只用来把“推迟到明天上午”换成时长；不给时这种说法的 ``delay`` 为 ``None``。
    """
    prepared = normalise(text, _MAX_TEXT + 1)
    if not prepared or len(prepared) > _MAX_TEXT:
        return None
    core = re.sub(r"[?？]+$", "", trim_punctuation(prepared)).strip() or ("?" if prepared == "?" else "")
    for candidate in (core, core.replace(" ", ""), _COURTESY.sub("", core).replace(" ", "")):
        if candidate in _EXACT:
            return Control(_EXACT[candidate])
    return _change(core) or _snooze(_COURTESY.sub("", core) or core, now)


def _change(core: str) -> Control | None:
    match = _CHANGE.fullmatch(core)
    if not match:
        return None
    number = read_small_integer(match["n"] or match["n2"])
    return Control(ControlKind.CHANGE, number=number) if number else None


def _snooze(core: str, now: datetime | None) -> Control | None:
    asked = re.match(r"推|延|晚|迟|稍|改|再|过|等|放|到", core) or re.search(r"提醒|再说|叫我|通知我|告诉我", core)
    if not asked:
        return None
    if match := _SNOOZE_FOR.fullmatch(core):
        delay = _duration(match)
        return Control(ControlKind.SNOOZE, delay=delay) if delay else None
    match = _SNOOZE_UNTIL.fullmatch(core)
    if match and (match["day"] or match["period"] or match["clock"]):
        delay = _until(match, now) if now else None
        return Control(ControlKind.SNOOZE, delay=delay) if delay or not now else None
    return None


def _duration(match: re.Match[str]) -> timedelta | None:
    token = match["n"]
    count = 0.5 if token == "半" else float(token) if token[0].isdigit() else float(read_small_integer(token) or 0)
    if match["half"] or match["half2"]:
        count += 0.5
    hours = {
        "小时": 1.0,
        "钟头": 1.0,
        "h": 1.0,
        "分钟": 1 / 60,
        "分": 1 / 60,
        "min": 1 / 60,
        "刻钟": 0.25,
        "天": 24.0,
        "日": 24.0,
        "d": 24.0,
        "周": 168.0,
        "星期": 168.0,
        "礼拜": 168.0,
    }[match["unit"]]
    delay = timedelta(hours=count * hours)
    return delay if timedelta(0) < delay <= _MAX_DELAY else None


def _until(match: re.Match[str], now: datetime) -> timedelta | None:
    hour, minute = _HOURS_OF_DAY.get(match["period"] or "", _MORNING), 0
    if match["clock"]:
        clocks = find_clock_times((match["period"] or "") + match["clock"])
        if len(clocks) != 1 or clocks[0].clarity is Clarity.IMPOSSIBLE:
            return None
        hour, minute = clocks[0].hour, clocks[0].minute
    target = datetime.combine(
        now.date() + timedelta(days=_DAYS.get(match["day"] or "", 0)), time(hour, minute), now.tzinfo
    )
    if not match["day"] and target <= now:
        target += timedelta(days=1)
    delay = target - now
    return delay if timedelta(0) < delay <= _MAX_DELAY else None
