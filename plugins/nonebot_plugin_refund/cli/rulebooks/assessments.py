"""直接判断：``assess``，给出全部答案，得到结论。"""

import json
from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from ...domain.days.calendar import SHANGHAI, WorkCalendar
from ...domain.days.due import EARLIEST_START_YEAR
from ...domain.days.timers import TimerPlan
from ...domain.interview.answers import Answer, answers_to_plain, facts_from, parse_iso_day
from ...domain.interview.assessment import Assessment, assess
from ...domain.interview.interview import Misread, next_step, read_answer
from ...render.texts.verdict_text import verdict_messages
from ...rulebook.derived.deciding import Ask, Settled
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Question, QuestionKind, Rule, Scenario
from ..output import NowOption, emit, fail, moment
from .books import RulebookOption, open_rulebook

UNSURE_WORDS = {"unsure", "不清楚"}


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("assess")(assess_command)


def open_edition(scenario_id: str, own: Path | None = None) -> Edition:
    """按 id 取场景，给了 ``own`` 就连自己的手册一起找；没有就列出有哪些，并以退出码 2 结束。"""
    rulebook = open_rulebook(own)
    try:
        return rulebook.edition(scenario_id)
    except KeyError:
        known = "、".join(scenario.id for scenario in rulebook.scenarios)
        fail(f"没有叫“{scenario_id}”的场景；有：{known}")


def assess_command(
    scenario: Annotated[str, typer.Argument(help="场景 id，见 refund scenarios。")],
    answers: Annotated[
        Path, typer.Option("--answers", help="JSON 文件：问题 id 到答案，写值或口语都行；- 是标准输入。")
    ],
    now: NowOption = None,
    rulebook: RulebookOption = None,
) -> None:
    """给出答案，得到结论（JSON）；还不够时给出下一个问题。"""
    edition = open_edition(scenario, rulebook)
    at = moment(now)
    given = read_answers(edition.scenario, _load(answers), at)
    emit(outcome(edition, given, at, WorkCalendar()))


def outcome(edition: Edition, answers: Mapping[str, Answer], now: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """结论的对象；结论未定时是下一个问题的对象。"""
    decision = next_step(edition.scenario, answers, now, calendar)
    if isinstance(decision, Ask):
        return {"question": question_json(decision.question)}
    if not isinstance(decision, Settled):
        fail("这些答案没有规则管；请用 refund lint 检查手册", 1)
    return settled_json(edition, decision.rule, answers, now, calendar)


def settled_json(
    edition: Edition, rule: Rule, answers: Mapping[str, Answer], now: datetime, calendar: WorkCalendar
) -> dict[str, Any]:
    """照这条规则的结论的对象。"""
    facts, applicable = facts_from(edition.scenario, answers, now, calendar)
    used = {key: answer for key, answer in answers.items() if key in applicable}
    return assessment_json(assess(edition, rule, answers, now, calendar), {**answer_values(used), **facts})


def answer_values(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """答案的值，写法同 ``--answers``；不清楚是 ``unsure``。"""
    plain = {key: value["value"] for key, value in answers_to_plain(answers).items()}
    return {key: "unsure" if value is None else value for key, value in plain.items()}


def assessment_json(assessment: Assessment, facts: Mapping[str, Any]) -> dict[str, Any]:
    """一次判断的 JSON。"""
    rule = assessment.rule
    return {
        "scenario": assessment.scenario.id,
        "verdict": rule.verdict.value,
        "rule": rule.id,
        "headline": rule.headline,
        "because": rule.because,
        "law": rule.law,
        "platform": rule.platform,
        "would_change": rule.would_change,
        "risks": rule.risks,
        "redirect_to": rule.redirect_to,
        "sources": [
            {**cited.source.model_dump(mode="json"), "check_overdue": cited.check_overdue}
            for cited in assessment.sources
        ],
        "facts": dict(facts),
        "decisive": [fact.id for fact in assessment.facts if fact.decisive],
        "evidence": [item.model_dump(mode="json") for item in assessment.evidence],
        "steps": list(rule.steps),
        "timers": [timer_json(timer) for timer in assessment.timers],
        "texts": verdict_messages(assessment),
    }


def timer_json(timer: TimerPlan) -> dict[str, Any]:
    """一个时限的 JSON；``due`` 是上海时间的时刻，``safe``、``arguable`` 是日期。"""
    return {
        "id": timer.timer_id,
        "kind": timer.kind.value,
        "title": timer.title,
        "due": timer.due_at.astimezone(SHANGHAI).isoformat(),
        "safe": timer.safe.isoformat(),
        "arguable": timer.arguable.isoformat() if timer.arguable else None,
        "certain": timer.certain,
        "explain": list(timer.explain),
    }


def question_json(question: Question) -> dict[str, Any]:
    """一个问题的 JSON；是非题和“不清楚”也列成选项，照着念就能答。"""
    options = [{"id": option.id, "label": option.label} for option in question.options]
    if question.kind is QuestionKind.YESNO:
        options = [{"id": "yes", "label": "是"}, {"id": "no", "label": "否"}]
    if question.offers_unsure:
        options.append({"id": "unsure", "label": "不清楚"})
    return {"id": question.id, "text": question.text, "kind": question.kind.value, "options": options}


def read_answers(scenario: Scenario, raw: Mapping[str, Any], now: datetime) -> dict[str, Answer]:
    """把文件里的答案读成答案；写了不认识的问题或读不懂的值，说清楚并以退出码 2 结束。"""
    known = {question.id: question for question in scenario.questions}
    for question_id in raw:
        if question_id not in known:
            fail(f"场景 {scenario.id} 没有问题“{question_id}”；有：{'、'.join(known)}")
    answers: dict[str, Answer] = {}
    for question in scenario.questions:
        if question.id in raw:
            answers[question.id] = _read(question, raw[question.id], now)
    return answers


def _read(question: Question, value: Any, now: datetime) -> Answer:
    exact = _exact(question, value, now)
    if exact is not None:
        return exact
    spoken = "、".join(str(item) for item in value) if isinstance(value, list) else str(value)
    result = read_answer(question, spoken, now)
    if isinstance(result, Misread):
        fail(f"问题“{question.id}”（{question.kind.value}）的答案读不懂：{value!r}（{result.reason.value}）")
    return result


def _exact(question: Question, value: Any, now: datetime) -> Answer | None:
    """值的写法：选项 id、true/false、数、ISO 日期、null；不是这些就当口语去读。"""
    if value is None or (isinstance(value, str) and value in UNSURE_WORDS):
        return Answer(None) if question.offers_unsure else None
    options = {option.id for option in question.options}
    match question.kind:
        case QuestionKind.YESNO:
            word = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
            return Answer(word) if isinstance(word, str) and word in {"yes", "no"} else None
        case QuestionKind.CHOICE:
            return Answer(value) if isinstance(value, str) and value in options else None
        case QuestionKind.MULTI:
            return _exact_selection(question, value)
        case QuestionKind.DATE:
            return _exact_day(value, now)
        case QuestionKind.AMOUNT | QuestionKind.NUMBER:
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
                return None
            return Answer(float(value)) if _in_range(question, value) else None


def _exact_selection(question: Question, value: Any) -> Answer | None:
    """多选：一个或一列选项 id；不能与别的一起选的混在里面就不收，交给口语的读法去说明原因。"""
    chosen = cast("list[Any]", value) if isinstance(value, list) else [value]
    exclusive = {option.id: option.exclusive for option in question.options}
    if not chosen or not all(isinstance(item, str) and item in exclusive for item in chosen):
        return None
    clashing = len(chosen) > 1 and any(exclusive[item] for item in chosen)
    return None if clashing else Answer(tuple(dict.fromkeys(chosen)))


def _exact_day(value: Any, now: datetime) -> Answer | None:
    """ISO 日期；将来的、早得算不了的不收，交给口语的读法去说明原因。"""
    try:
        day = parse_iso_day(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if day is None or day.year < EARLIEST_START_YEAR:
        return None
    future = day > now if isinstance(day, datetime) else day > now.astimezone(SHANGHAI).date()
    return None if future else Answer(day)


def _in_range(question: Question, value: float) -> bool:
    low = question.minimum is None or value >= question.minimum
    return low and (question.maximum is None or value <= question.maximum)


def _load(path: Path) -> dict[str, Any]:
    try:
        text = typer.get_text_stream("stdin").read() if str(path) == "-" else path.read_text(encoding="utf-8")
        raw = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"读不了答案文件 {path}：{error}")
    except json.JSONDecodeError as error:
        fail(f"答案文件 {path} 不是 JSON：第 {error.lineno} 行 {error.msg}")
    if not isinstance(raw, dict):
        fail(f'答案文件 {path} 应是一个对象，如 {{"reason": "no_reason"}}')
    return cast("dict[str, Any]", raw)
