"""文字：太长、许了诺、留了电话或不该有的链接。"""

import re
from collections.abc import Iterator

from ...findings import Location
from ...scenario_models.models import Scenario, Timer
from ...scenario_models.paper_models import Heading, Timeline, Wording
from ..report import Report

LIMITS = {
    "question": 60,
    "option": 24,
    "why": 60,
    "headline": 30,
    "because": 110,
    "law": 110,
    "platform": 110,
    "step": 50,
    "would_change": 80,
    "risks": 80,
    "evidence_title": 24,
    "evidence_why": 50,
    "evidence_how": 60,
    "evidence_may_vanish": 40,
    "stage": 80,
    "timer_title": 20,
    "timer_text": 80,
    "event": 24,
    "group_answer": 100,
    "opening": 60,
    "summary": 24,
    "title": 12,
    "paper_title": 16,
    "paper_use": 60,
    "paper_text": 120,
    "paper_blank": 16,
}
"""各种文字最多多少字；合起来一条 QQ 消息约 200 字。"""

_PROMISES = ("一定能退", "一定可以退", "一定退", "包退", "全额退", "保证退", "百分百", "100%退", "肯定能退")
_PAUSE = re.compile("[，。；！？、,;!?]")
"""停顿之前的否定管不到后面：“没到账，包退”仍是许诺。"""
_NEGATIONS = ("不", "没", "别", "非", "未", "无", "谎", "骗", "“", "「")
_OFFICIAL = ("kuaishou.com", "12315.cn", "samr.gov.cn", "12377.cn", "court.gov.cn", "apple.com")
_LINK = re.compile(
    r"https?://([^\s/?#:，。；、）]+)"
    r"|((?:[a-z0-9-]{1,63}\.){1,8}(?:com|cn|net|org|gov|edu|top|xyz|io|cc|me|co|vip|shop|club|site|info|link|app|wang))\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|400[- ]?\d{3,4}[- ]?\d{3,4}|0\d{2,3}[- ]\d{7,8}|95\d{3,4}|951\d{5})(?!\d)")
_MARKDOWN = re.compile(r"\*\*|^#+ |^\s*[-*] |\]\(|`", re.MULTILINE)


def check(report: Report) -> None:
    """检查一个场景里用户读到的每一段文字。"""
    for kind, item_id, location, text in texts_of(report.scenario):
        for fault, message in faults_of(text, LIMITS[kind]):
            report.add(fault, item_id, location, message)


def faults_of(text: str, limit: int) -> Iterator[tuple[str, str]]:
    """一段用户读到的文字有哪些毛病：检查项的名字，和哪里不对、怎么改。``limit`` 是最多多少字。"""
    if len(text) > limit:
        yield "text-too-long", f"有 {len(text)} 字，最多 {limit} 字"
    for promise in _promises(text):
        yield "promise", f"“{promise}”像在打包票，请换个说法"
    if phone := _PHONE.search(text):
        yield "phone-number", f"不写电话号码（{phone.group()}），让用户在 App 里自己看"
    for host in _foreign_hosts(text):
        yield "link", f"只能写官方网址，{host} 不在名单里"
    if _MARKDOWN.search(text):
        yield "markdown", "QQ 不显示 Markdown，请写成普通文字"


def _promises(text: str) -> Iterator[str]:
    """找出许诺的话；前面紧挨着否定（“不能包退”“别信包退”）的不算。"""
    for promise in _PROMISES:
        start = text.find(promise)
        while start >= 0:
            before = _PAUSE.split(text[max(0, start - 4) : start])[-1]
            if not any(mark in before for mark in _NEGATIONS):
                yield promise
                break
            start = text.find(promise, start + 1)


def _foreign_hosts(text: str) -> Iterator[str]:
    """不在官方名单里的网址；`fakekuaishou.com` 这种只是结尾像的也不算官方。"""
    for link in _LINK.finditer(text):
        host = (link.group(1) or link.group(2)).lower()
        if not any(host == official or host.endswith(f".{official}") for official in _OFFICIAL):
            yield host


def texts_of(scenario: Scenario) -> Iterator[tuple[str, str, Location, str]]:
    """一个场景里用户读到的全部文字：种类、所属 id、位置、文字。"""
    yield "title", scenario.id, ("title",), scenario.title
    yield "summary", scenario.id, ("summary",), scenario.summary
    yield "group_answer", scenario.id, ("group_answer",), scenario.group_answer
    yield "opening", scenario.id, ("opening",), scenario.opening
    yield from _question_texts(scenario)
    yield from _rule_texts(scenario)
    for index, item in enumerate(scenario.evidence):
        spot: Location = ("evidence", index)
        yield "evidence_title", item.id, (*spot, "title"), item.title
        yield "evidence_why", item.id, (*spot, "why"), item.why
        yield "evidence_how", item.id, (*spot, "how"), item.how
        yield "evidence_may_vanish", item.id, (*spot, "may_vanish"), item.may_vanish
    yield from _stage_texts(scenario)
    yield from _paper_texts(scenario)


def _question_texts(scenario: Scenario) -> Iterator[tuple[str, str, Location, str]]:
    for index, question in enumerate(scenario.questions):
        yield "question", question.id, ("questions", index, "text"), question.text
        yield "why", question.id, ("questions", index, "why"), question.why
        for position, option in enumerate(question.options):
            yield "option", option.id, ("questions", index, "options", position), option.label


def _rule_texts(scenario: Scenario) -> Iterator[tuple[str, str, Location, str]]:
    for index, rule in enumerate(scenario.rules):
        for kind in ("headline", "because", "law", "platform", "would_change", "risks"):
            yield kind, rule.id, ("rules", index, kind), str(getattr(rule, kind))
        for position, step in enumerate(rule.steps):
            yield "step", rule.id, ("rules", index, "steps", position), step


def _stage_texts(scenario: Scenario) -> Iterator[tuple[str, str, Location, str]]:
    for stage_index, stage in enumerate(scenario.stages):
        spot: Location = ("stages", stage_index)
        yield "stage", stage.id, (*spot, "happening"), stage.happening
        yield "stage", stage.id, (*spot, "todo"), stage.todo
        for index, variant in enumerate(stage.variants):
            yield "stage", stage.id, (*spot, "variants", index, "happening"), variant.happening or ""
            yield "stage", stage.id, (*spot, "variants", index, "todo"), variant.todo or ""
        for index, event in enumerate(stage.events):
            yield "event", event.on, (*spot, "events", index), event.label or ""
        for index, timer in enumerate(stage.timers):
            yield from _timer_texts(timer, (*spot, "timers", index))
    for index, clock in enumerate(scenario.clocks):
        yield from _timer_texts(clock, ("clocks", index))
    for index, event in enumerate(scenario.events):
        yield "event", event.id, ("events", index, "label"), event.label


def _timer_texts(timer: Timer, spot: Location) -> Iterator[tuple[str, str, Location, str]]:
    yield "timer_title", timer.id, (*spot, "title"), timer.title
    yield "timer_text", timer.id, (*spot, "before"), timer.before
    yield "timer_text", timer.id, (*spot, "after"), timer.after


def _paper_texts(scenario: Scenario) -> Iterator[tuple[str, str, Location, str]]:
    if scenario.papers is None:
        return
    for index, slot in enumerate(scenario.papers.slots):
        yield "paper_blank", slot.id, ("papers", "slots", index, "label"), slot.label
    for index, paper in enumerate(scenario.papers.items):
        spot: Location = ("papers", "items", index)
        yield "paper_title", paper.id, (*spot, "title"), paper.title
        yield "paper_use", paper.id, (*spot, "use"), paper.use
        for position, part in enumerate(paper.parts):
            if isinstance(part, (Wording, Heading)):
                yield "paper_text", paper.id, (*spot, "parts", position, "text"), part.text
            elif isinstance(part, Timeline):
                for question, what in part.moments.items():
                    yield "paper_text", paper.id, (*spot, "parts", position, "moments", question), what
