"""举个例子说“有新进展就告诉我，比如……”：举还没发生的一件。"""

from collections.abc import Collection, Iterable

from ...rulebook.derived.stage_view import ReportableEvent, StageView
from ...rulebook.scenario_models.models import Scenario
from ..interview.answers import Answers

_ROAD = ("applied", "merchant-agreed", "sent-back")
"""买东西退钱的路上先后走过的几件；答过走到哪一步的，前面的都发生过了。"""
_REFUSED = "refused"
"""答了被拒的：申请过，没同意过。"""


def next_news(
    scenario: Scenario, stage: StageView, answers: Answers, *, walked: Iterable[str] = (), running: Collection[str] = ()
) -> ReportableEvent:
    """阶段里举得出的一件。

    Args:
        scenario: 案件的场景。
        stage: 案件所处的阶段，至少有一件可以报告的事。
        answers: 案件的答案。
        walked: 报告过的进展。
        running: 正在走的时限的 id；有做了就赶上的截止，先举它。
    """
    done = [timer.done for timer in stage.timers if timer.done and timer.id in running]
    for event_id in done:
        if (event := stage.event(event_id)) is not None:
            return event
    happened = {*walked, *_passed(scenario, answers)}
    ahead = (event for event in stage.events if event.id not in happened and not event.event.gives_up)
    return next(ahead, stage.events[0])


def _passed(scenario: Scenario, answers: Answers) -> tuple[str, ...]:
    """答过走到哪一步的，那之前的几件。"""
    if all(event.id != "merchant-agreed" for event in scenario.events):
        return ()
    for question in scenario.questions:
        answer = answers.get(question.id)
        if question.steps and answer is not None and answer.value == _REFUSED:
            return _ROAD[:1]
        if question.steps and answer is not None:
            return _ROAD[: next((at for at, step in enumerate(question.steps) if answer.value in step), 0)]
    return ()
