"""答打听：手册里的话，案件知道的填进空里；听不准的列出来，等他回编号。"""

from ...domain.days.calendar import SHANGHAI
from ...domain.days.timers import next_date
from ...render.texts.topic_text import topic_message, topic_offer
from ...render.texts.verdict_text import timer_in_words, verdict_line
from ...rulebook.scenario_models.topics import ScopedTopic
from ..base import prompts
from ..base.turn import Reply, Turn, replies
from ..reading.awaits import ConfirmReport, PickTopic
from .answering import waiting_for
from .case_state import OpenedCase

_BOTH = 300
"""两种打听的回答合起来至多这么多字，就一并答。"""


def answer_to(turn: Turn, asked: str, case: OpenedCase | None = None) -> str:
    """一种打听、一句闲话的回答；手册里已经没有了的为空。"""
    rulebook = turn.services.editions.rulebook
    scoped = _topic(turn, asked)
    if scoped is None:
        return next((aside.answer for aside in rulebook.asides if aside.id == asked), "")
    known = {source.id: source for source in rulebook.shared_sources}
    for scenario in rulebook.scenarios:
        known |= {source.id: source for source in scenario.sources}
    sources = [known[source] for source in scoped.topic.sources if source in known]
    return topic_message(scoped.topic, sources, {} if case is None else _known(turn, case))


async def offer(turn: Turn, topics: tuple[str, ...], *, alike: bool, case: OpenedCase | None = None) -> list[Reply]:
    """列出最像的几种，等一个编号；两种差不多一样像的一并答；一种都没有了返回空。"""
    listed = [scoped for asked in topics if (scoped := _topic(turn, asked)) is not None]
    if not listed:
        return []
    if alike and len(listed) == 2:
        both = [answer_to(turn, scoped.id, case) for scoped in listed]
        if sum(map(len, both)) <= _BOTH:
            lines = dict.fromkeys(reversed("\n".join(both).split("\n")))  # 同一行（依据、案件的结论）只在最后说一遍
            return replies("\n".join(reversed(lines)))  # 像的只有两种，都不长：一并答，不用他再挑
    titles = tuple(scoped.topic.title for scoped in listed)
    before = await prompts.pending(turn)
    kept = before if isinstance(before, ConfirmReport) else before.kept if isinstance(before, PickTopic) else None
    await prompts.ask(turn, PickTopic(topics=tuple(scoped.id for scoped in listed), titles=titles, kept=kept))
    return replies(topic_offer(titles))


def _topic(turn: Turn, asked: str) -> ScopedTopic | None:
    return next((scoped for scoped in turn.services.editions.rulebook.topics if scoped.id == asked), None)


def _known(turn: Turn, case: OpenedCase) -> dict[str, str]:
    """案件知道的，按空的名字；不知道的不写。了结了的什么都不写。"""
    if case.stage is not None and case.stage.outcome is not None:
        return {}
    known: dict[str, str] = {"code": case.record.code}
    rule = next((rule for rule in case.edition.scenario.rules if rule.id == case.record.rule_id), None)
    if rule is not None:
        known |= {"verdict": verdict_line(rule), "because": rule.because}
    if case.stage is None:
        return known
    known |= {"stage": case.stage.title, "todo": case.stage.todo}
    today = turn.now.astimezone(SHANGHAI).date()
    nearest = next_date(case.timers(turn.services.calendar), turn.now)
    if nearest is not None:
        known["next_date"] = timer_in_words(nearest, today)
    waiting = waiting_for(turn, case)
    if waiting is not None:
        known["waiting"] = timer_in_words(waiting, today)
    return known
