"""用口语答完一场访谈：内容的例子共用。"""

from datetime import date, datetime
from functools import cache

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.assessment import Assessment, assess
from nonebot_plugin_refund.domain.interview.interview import Ask, Settled, next_step, read_answer
from nonebot_plugin_refund.rulebook.derived.stage_graph import reached_by_tracks
from nonebot_plugin_refund.rulebook.derived.stage_view import StageView, stage_on
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Rule, Scenario, Verdict

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=SHANGHAI)
CALENDAR = WorkCalendar()


@cache
def rulebook() -> Rulebook:
    """随包的手册，整个文件只读一次。"""
    return load_rulebook()


def scenario_of(scenario_id: str) -> Scenario:
    """按 id 取场景。"""
    return rulebook().edition(scenario_id).scenario


def stages_on_every_track(scenario: Scenario) -> list[StageView]:
    """每条路走得到的每个阶段，照那条路看到的样子。"""
    reached = reached_by_tracks(scenario)
    return [
        stage_on(scenario, stage_id, track_id) for track_id, stages in reached.items() for stage_id in sorted(stages)
    ]


def settle(scenario_id: str, said: dict[str, str], now: datetime = NOW) -> tuple[Assessment, list[str]]:
    """照 ``said`` 里的口语答到结论为止，返回判断和问过的问题；问到没准备的问题就抛 ``KeyError``。"""
    edition = rulebook().edition(scenario_id)
    answers: dict[str, Answer] = {}
    while isinstance(step := next_step(edition.scenario, answers, now, CALENDAR), Ask):
        read = read_answer(step.question, said[step.question.id], now)
        assert isinstance(read, Answer), f"没读懂“{said[step.question.id]}”"
        answers[step.question.id] = read
    assert isinstance(step, Settled)
    return assess(edition, step.rule, answers, now, CALENDAR), list(answers)


def rule_for(scenario_id: str, said: dict[str, str], now: datetime = NOW) -> Rule:
    """照 ``said`` 答到结论时的规则。"""
    return settle(scenario_id, said, now)[0].rule


def verdict_for(scenario_id: str, said: dict[str, str], now: datetime = NOW) -> Verdict:
    """照 ``said`` 答到结论时的结论。"""
    return rule_for(scenario_id, said, now).verdict


def due_day(assessment: Assessment, timer_id: str) -> date:
    """一个时限的安全日期。"""
    return next(timer.safe for timer in assessment.timers if timer.timer_id == timer_id)


def words_of(rule: Rule) -> str:
    """一条规则里用户会读到的全部文字。"""
    return "".join((rule.headline, rule.because, rule.law, rule.platform, *rule.steps, rule.would_change, rule.risks))
