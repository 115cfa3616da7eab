"""管理规则手册：机器人的主人在私聊里看现在用的是哪一版，不重启就换上改好的。"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from ...domain.case.edition_changes import ChangeClass
from ...domain.days.calendar import SHANGHAI
from ...rulebook.findings import Finding, RulebookError
from ...rulebook.scenario_models.models import Source
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.owner import reloads
from ..base.turn import Reply, Turn, replies
from .editions import Editions
from .in_force import CONFIRM_WITHIN, RulebookInForce
from .trial import TrialReport, report_on

_SPOKEN = load_spoken().administration
WORDS = (*_SPOKEN.rulebook, *_SPOKEN.reload)
"""「管理」后面的这些词归这里办。"""
NO_OWN_FOLDER = "这里没有自己的手册文件夹，换不了。"
SAME = "文件夹里的和现在用的一样，不用换。"
CONFIRMED = (
    "换上了，所有人马上都用新的。没结案的案件接着一批批换过去，要本人拿主意的会私聊告诉他；别的进程二十秒左右跟上。"
)
NOT_CONFIRMED = "没有换：要先发「管理 重载」看一遍，{minutes} 分钟内、文件没再动过才能确认。"
HOW_TO_CONFIRM = "现在什么都还没换。要换，{minutes} 分钟内发「管理 重载 确认」。"
REFUSED = "有 {count} 处要改，没有换，现在用的照旧："
ON_LAST_GOOD = "启动时自己的文件有 {count} 处问题，现在用的是上一次能用的那份。改好后发「管理 重载」。"
_SHOWN_FINDINGS = 3
_TITLES_SHOWN = 3
_DIGEST_SHOWN = 6
"""指纹写前几位就分得清。"""
_CLASS_NAMES = {
    ChangeClass.COMPATIBLE: "直接换过去（结论、日期不变）",
    ChangeClass.MUST_RE_ASK: "告诉本人，由他决定重看",
    ChangeClass.PINNED: "照原来的走",
}


async def hear(turn: Turn, words: list[str]) -> list[Reply]:
    """``管理 手册``：各场景的版本，和到期没核对的依据。``管理 重载``：先看会怎样，``管理 重载 确认`` 才换。

    Args:
        turn: 这一轮；看和试只读，确认要在能写的事务里。
        words: 「管理」后面的全部词，第一个在 :data:`WORDS` 里；发话人已经查过是主人。
    """
    in_force = turn.services.in_force
    if words[0] in _SPOKEN.rulebook:
        return replies(_editions(turn.services.editions, in_force), _overdue(turn.services.editions, _today(turn)))
    if in_force is None:
        return replies(NO_OWN_FOLDER)
    return await _reload(turn, in_force) if _confirms(words[1:]) else await _try_out(turn, in_force)


def _confirms(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0] in _SPOKEN.confirm


async def _try_out(turn: Turn, in_force: RulebookInForce) -> list[Reply]:
    try:
        book = await in_force.try_out(turn.now)
    except RulebookError as error:
        return replies(_findings(error.findings))
    if book.digest == in_force.digest and not in_force.broken:
        return replies(SAME)
    report = await report_on(turn.session, in_force.editions, book.rulebook, turn.services.calendar)
    return replies("\n".join([*report_lines(report), HOW_TO_CONFIRM.format(minutes=_minutes())]))


async def _reload(turn: Turn, in_force: RulebookInForce) -> list[Reply]:
    book = await in_force.confirmed(turn.now)
    if book is None:
        return replies(NOT_CONFIRMED.format(minutes=_minutes()))
    await in_force.keep()
    await reloads.announce(turn.session, book.digest, turn.now)
    # 提交之后才换：没提交成就谁也没换
    turn.after_commit.append(partial(in_force.adopt, book, turn.now))
    return replies(CONFIRMED)


def _minutes() -> int:
    return int(CONFIRM_WITHIN.total_seconds() // 60)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(SHANGHAI).date()


def report_lines(report: TrialReport) -> list[str]:
    """试换的结果，一行一样。"""
    if report.is_empty:
        return ["读得进来，内容和现在用的一样。"]
    lines = ["读得进来，也查过了。换上以后："]
    named = (("多了", report.added), ("改了", report.changed), ("没有了", report.removed))
    lines.extend(f"{how}：{'、'.join(titles)}" for how, titles in named if titles)
    if report.words_changed:
        lines.append("识别用的词、闲话也换")
    lines.extend(f"{report.cases[kind]} 件案件{name}" for kind, name in _CLASS_NAMES.items() if report.cases[kind])
    if report.untried:
        lines.append(f"另有 {report.untried} 件太多了没有一件件试，换上后照样分")
    return lines


def _findings(findings: Sequence[Finding]) -> str:
    lines = [REFUSED.format(count=len(findings))]
    lines.extend(f"{Path(item.file).name} 第 {item.line} 行：{item.message}" for item in findings[:_SHOWN_FINDINGS])
    if len(findings) > _SHOWN_FINDINGS:
        lines.append(f"还有 {len(findings) - _SHOWN_FINDINGS} 处，用 refund lint 看全部。")
    return "\n".join(lines)


def _editions(editions: Editions, in_force: RulebookInForce | None) -> str:
    lines = ["现在用的手册（场景、是谁的、版本的前几位）："]
    own = (str(in_force.own), str(in_force.last_good)) if in_force else ()
    for loaded in editions.rulebook.loaded:
        whose = "自己的" if own and loaded.document.file.startswith(own) else "随包"
        digest = editions.rulebook.edition(loaded.scenario.id).digest
        lines.append(f"{loaded.scenario.title}（{whose}）{digest[:_DIGEST_SHOWN]}")
    if in_force is not None:
        lines.append(f"自己的文件夹：{in_force.own}{'' if in_force.own.is_dir() else '（还没有）'}")
        if in_force.broken:
            lines.append(ON_LAST_GOOD.format(count=len(in_force.broken)))
    return "\n".join(lines)


def _overdue(editions: Editions, today: date) -> str:
    overdue = [source for source in _sources(editions) if source.is_check_overdue(today)]
    if not overdue:
        return "依据都在核对期内。"
    lines = [f"{len(overdue)} 条依据到期该重新核对了，照样能用，结论里会写明："]
    lines.extend(
        f"{source.title}{source.article}（{source.last_checked_on} 核对）" for source in overdue[:_TITLES_SHOWN]
    )
    if len(overdue) > _TITLES_SHOWN:
        lines.append("其余用 refund lint 看。")
    return "\n".join(lines)


def _sources(editions: Editions) -> list[Source]:
    """各场景用到的依据，几个场景共用的只算一条；核对得最早的在前。"""
    listed = [editions.current(scenario.id) for scenario in editions.scenarios]
    sources = {source: None for edition in listed if edition for source in edition.sources.values()}
    return sorted(sources, key=lambda source: (source.last_checked_on, source.id))
