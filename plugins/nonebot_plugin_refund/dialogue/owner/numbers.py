"""管理里的数目：案件、结论、提醒、失败各多少，短短几条。少数几个人的并在「其余」里，见 ``domain/small_groups.py``。"""

from collections.abc import Callable, Mapping, Sequence

from ...domain.small_groups import LEAST_PEOPLE, Block
from ...render.dates import moment_in_words
from ...render.texts.case_text import OUTCOME_NAMES
from ...render.texts.verdict_text import VERDICT_NAMES
from ...storage.owner.statistics import CLOSED, FAILURES_WITHIN, OPEN, PENDING, Numbers
from ..base.turn import Turn
from ..rulebooks.editions import Editions

_LONGEST = 200
"""一条话大约这么长，再长就另起一条。"""

PAUSED = "【推送停着】从{since}起，到时的提醒一条也没发。要恢复就发「{command} 管理 恢复推送」。"
TOO_FEW = f"不到 {LEAST_PEOPLE} 个人，不报数"
UNDIVIDED = "再分就看得出少数几个人，不分了"
REST = "其余"
NOTE = f"不到 {LEAST_PEOPLE} 个人的不单独报，并在「{REST}」里；数目一天数一次。"
NO_DEAD = "没有没送到的提醒。"
SOME_DEAD = "有没送到的提醒，发「{command} 管理 没送到」看。"

_STATES = {PENDING: "排着", "sent": "送到", "cancelled": "作废", "waiting": "等本人来"}
_STATE_DETAILS = {
    "private": "私聊",
    "group_mention": "群里点名",
    "on_next_message": "他来时说的",
    "case_closed": "结案了",
    "done": "办完了",
    "snoozed": "推迟了",
    "stopped": "他说停",
    "replanned": "改了时刻",
    "timer_changed": "改了日期",
    "timer_gone": "换了阶段",
    "superseded": "有新的替它",
    "timer_settled": "那个日子没了",
    "timer_not_in_rulebook": "手册里没有了",
    "nothing_to_say": "没什么要说",
    "unreachable": "加不上、不是好友",
    "rejected": "被拒收",
    "outcome_unknown": "不知道到没到",
    "lease_expired": "发到一半停了机",
    "not_connected": "掉线",
    "consent_withdrawn": "不让点名了",
    "compose_error": "没写成",
}
_FAILURES = {
    "rejected": "被拒收",
    "unknown": "没有回音",
    "not_sent": "没发出去",
    "absent_in_history": "查过没到",
}
CODE_MEANINGS = {
    "16": "要先加好友",
    "34": "太长",
    "102": "不在共同的群",
    "110": "被移出群",
    "120": "被禁言",
    "241": "太频繁",
    "299": "群里发得太多",
    "1400": "参数不对",
    "1403": "口令不对",
    "1404": "没有这个接口",
    "404": "没有这个接口",
    "9000": "没拿到序号",
    "timeout": "超时",
}
"""对方给的码是什么意思；认得的才写，其余照写原码。码的来历见 ``delivery/faults/classify_failure.py``。"""


def overview(turn: Turn, numbers: Numbers) -> list[str]:
    """总览：停没停推送、几个总数、有没有没送到的。"""
    lines = [*_paused(turn, numbers), _case_line(numbers.cases), _reminder_line(numbers.reminders)]
    dead = SOME_DEAD.format(command=turn.services.command) if numbers.anything_dead else NO_DEAD
    days = FAILURES_WITHIN.days
    lines += [dead, f"推送没成（{days} 天内）：{_count(numbers.failures, '次')}", NOTE]
    return ["\n".join(lines)]


def cases(turn: Turn, numbers: Numbers) -> list[str]:
    """案件：没结案的按场景、阶段，结了的按结局。"""
    root = numbers.cases
    if root is None:
        return [f"案件：{TOO_FEW}。"]
    by_status = {part.name: part for part in root.parts}
    lines: list[str] = []
    if OPEN not in by_status and CLOSED not in by_status:
        lines += [f"案件 {root.count} 件（没结和已结不分开报）", *_scenario_lines(turn.services.editions, root)]
    if OPEN in by_status:
        still_open = by_status[OPEN]
        lines += [f"没结案 {still_open.count} 件", *_scenario_lines(turn.services.editions, still_open)]
    if CLOSED in by_status:
        lines.append(_line("已结案", by_status[CLOSED], _outcome, "件"))
    return _messages(lines)


def verdicts(_: Turn, numbers: Numbers) -> list[str]:
    """结论：同样这些案件按结论。"""
    names = {verdict.value: name for verdict, name in VERDICT_NAMES.items()}
    return [_line("案件的结论", numbers.verdicts, lambda verdict: names.get(verdict, verdict), "件")]


def reminders(turn: Turn, numbers: Numbers) -> list[str]:
    """提醒：各种结局，作废的、等着的按原因。"""
    lines = [*_paused(turn, numbers), f"提醒：{_count(numbers.reminders, '条')}"]
    lines += [_named(part, _STATES, _STATE_DETAILS) for part in _parts(numbers.reminders)]
    lines.append(SOME_DEAD.format(command=turn.services.command) if numbers.anything_dead else NO_DEAD)
    return _messages(lines)


def failures(_: Turn, numbers: Numbers) -> list[str]:
    """最近的推送失败：怎样没成、对方给的码。"""
    lines = [f"推送没成（{FAILURES_WITHIN.days} 天内）：{_count(numbers.failures, '次')}"]
    lines += [_named(part, _FAILURES, _codes(part)) for part in _parts(numbers.failures)]
    return _messages(lines)


def _paused(turn: Turn, numbers: Numbers) -> list[str]:
    if numbers.paused_since is None:
        return []
    since = moment_in_words(numbers.paused_since, turn.now)
    return [PAUSED.format(since=since, command=turn.services.command)]


def _case_line(root: Block | None) -> str:
    """没结的、已结的各多少；分不开时只报总数。"""
    statuses = {OPEN: "没结", CLOSED: "已结"}
    if root is None or not all(part.name in statuses for part in root.parts):
        return f"案件：{_count(root, '件')}"
    return _line("案件", root, lambda status: statuses[status], "件")


def _reminder_line(root: Block | None) -> str:
    return _line("提醒", root, lambda state: _STATES.get(state, state), "条")


def _line(title: str, root: Block | None, named: Callable[[str], str], unit: str) -> str:
    """``案件 80 件：直播打赏 50 · 其余 30``。"""
    if root is None:
        return f"{title}：{TOO_FEW}"
    divided = _divided(root, named)
    return f"{title} {root.count} {unit}：{divided}" if divided else f"{title} {root.count} {unit}"


def _divided(block: Block, named: Callable[[str], str]) -> str:
    if [part.name for part in block.parts] == [None]:
        return UNDIVIDED
    return " · ".join(f"{REST if part.name is None else named(part.name)} {part.count}" for part in block.parts)


def _named(block: Block, names: Mapping[str, str], details: Mapping[str, str]) -> str:
    """一行连同它往下分的；没有名字的是并在一起的其余。"""
    name = REST if block.name is None else names.get(block.name, block.name)
    divided = _divided(block, lambda detail: details.get(detail, detail) or "没说原因") if block.parts else ""
    return f"{name} {block.count}（{divided}）" if divided else f"{name} {block.count}"


def _scenario_lines(editions: Editions, block: Block) -> list[str]:
    if [part.name for part in block.parts] == [None]:
        return [UNDIVIDED]
    return [_scenario_line(editions, part) for part in block.parts]


def _scenario_line(editions: Editions, block: Block) -> str:
    if block.name is None:
        return f"{REST} {block.count}"
    edition = editions.current(block.name)
    scenario = edition.scenario if edition else None
    stages = {stage.id: stage.title for stage in scenario.stages} if scenario else {}
    title = scenario.title if scenario else block.name
    return _named(block, {block.name: title}, {"": "已有结论", CLOSED: "已结案"} | stages)


def _codes(block: Block) -> dict[str, str]:
    return {part.name: _code(part.name) for part in block.parts if part.name}


def _code(code: str) -> str:
    meaning = CODE_MEANINGS.get(code)
    return f"{code} {meaning}" if meaning else f"码 {code}"


def _outcome(outcome: str) -> str:
    return {known.value: name for known, name in OUTCOME_NAMES.items()}.get(outcome, outcome)


def _count(root: Block | None, unit: str) -> str:
    return TOO_FEW if root is None else f"{root.count} {unit}"


def _parts(root: Block | None) -> Sequence[Block]:
    return root.parts if root else ()


def _messages(lines: Sequence[str]) -> list[str]:
    """一行行排成几条，每条不超过约定的长度。"""
    messages: list[str] = []
    for line in lines:
        if messages and len(messages[-1]) + 1 + len(line) <= _LONGEST:
            messages[-1] += f"\n{line}"
        else:
            messages.append(line)
    return messages
