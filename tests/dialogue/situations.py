"""听一句话时的各种情形：等着什么、问着哪种题、有没有案件；都由随包的手册搭成，不碰数据库。"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import get_args

from nonebot_plugin_refund.cli.hearing.stated_context import CASE_CODE, Stated, StatedReader
from nonebot_plugin_refund.dialogue.reading import awaits
from nonebot_plugin_refund.dialogue.reading.awaits import Awaited
from nonebot_plugin_refund.dialogue.reading.context import Context
from nonebot_plugin_refund.dialogue.reading.intents import Reading
from nonebot_plugin_refund.dialogue.reading.read import read
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.options.answer_forms import options_of
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, QuestionKind

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
OTHER_CODE = "M4XW"
SHOP_STAGE = "waiting"


@cache
def reader() -> StatedReader:
    """照随包手册的台面。"""
    return StatedReader.of(load_rulebook())


@cache
def in_stage(scenario: str, stage: str, *, asked: bool) -> Context:
    """一件案件站在这个阶段；``asked`` 是刚列过能报告的事。"""
    return reader().context(Stated(NOW, scenario, stage=stage, case=True, asked_for_news=asked))


def case_open() -> Context:
    """一件小店退货的案件，等商家处理。"""
    return in_stage("shop-return", SHOP_STAGE, asked=False)


def asking(scenario: str, question: str) -> Context:
    """访谈正问着这一题，名下没有案件。"""
    return reader().context(Stated(NOW, scenario, question))


@cache
def question_of(kind: QuestionKind) -> tuple[str, Question]:
    """手册里这一种的第一题，和它的场景。"""
    return next(
        (scenario.id, question)
        for scenario in load_rulebook().scenarios
        for question in scenario.questions
        if question.kind is kind
    )


@cache
def bases() -> Mapping[str, Context]:
    """没有在等什么的情形：空着、有案件、问着每一种题、有案件又问着题。"""
    found = {"空着": reader().context(Stated(NOW)), "有案件": case_open()}
    for kind in QuestionKind:
        scenario, question = question_of(kind)
        found[f"问着 {kind.value}"] = asking(scenario, question.id)
    scenario, question = question_of(QuestionKind.YESNO)
    both = replace(case_open(), open_question=asking(scenario, question.id).open_question)
    return found | {"有案件又问着 yesno": both}


def awaited_samples() -> tuple[Awaited, ...]:
    """每一种等着的话各一个；列了东西的，列三样。"""
    matter = case_open().matter
    assert matter is not None
    events = tuple(event.id for event in matter.stage.events[:3])
    scenarios = tuple(scenario.id for scenario in reader().book.scenarios[:3])
    _, choice = question_of(QuestionKind.CHOICE)
    return (
        awaits.PickScenario(scenarios=scenarios),
        awaits.SwitchMatter(scenario="live-tip"),
        awaits.AfterDanger(danger="illness", scenario="shop-return"),
        awaits.AfterVerdict(case=CASE_CODE),
        awaits.PickCase(action="progress", codes=(CASE_CODE, OTHER_CODE, "P9T3")),
        awaits.PickEvent(case=CASE_CODE, events=events),
        awaits.PickOutcome(case=CASE_CODE),
        awaits.PickEvidence(case=CASE_CODE, item="order-page"),
        awaits.PickPaper(case=CASE_CODE, titles=("申请理由", "平台介入说明", "12315 投诉书")),
        awaits.PickTopic(topics=("freight", "how-long", "where-to-apply")),
        awaits.ConfirmDelete(),
        awaits.ConfirmReport(case=CASE_CODE, event="refunded", happened_at=NOW),
        awaits.PickMeaning(case=CASE_CODE, events=events),
        awaits.PickAnswer(question=choice.id, options=tuple(option.id for option in choice.options[:3])),
        awaits.ConfirmChange(question=choice.id, answer={"value": choice.options[0].id}),
        awaits.ConfirmUndo(),
        awaits.AskDay(case=CASE_CODE),
        awaits.AskAmount(case=CASE_CODE),
        awaits.AskPayments(case=CASE_CODE),
        awaits.AskBirthday(case=CASE_CODE),
        awaits.NextMatter(scenario="live-tip"),
    )


def every_awaited_class() -> frozenset[type]:
    """等着的话一共有哪几种。"""
    union, *_ = get_args(Awaited)
    return frozenset(get_args(union))


def listed_in(context: Context, awaited: Awaited | None) -> tuple[str, ...]:
    """刚编了号列出来的，按编号；没有列的为空。没听准答案时列的几样，编号还是那一题里的编号。"""
    match awaited:
        case awaits.PickScenario(scenarios=listed):
            return listed
        case awaits.PickCase(codes=listed):
            return listed
        case awaits.PickEvent(events=listed) | awaits.PickMeaning(events=listed):
            return listed
        case awaits.PickAnswer(question=question):
            asked = context.open_question
            if asked is None or asked.question.id != question:
                return ()
            return tuple(option.id for option in options_of(asked.question))
        case awaits.ConfirmUndo():
            return ("yes", "no")
        case awaits.ConfirmChange():
            return () if context.open_question is None else ("yes", "no")
        case awaits.PickPaper(titles=listed):
            return listed
        case awaits.PickTopic(topics=listed):
            return listed
        case _:
            return ()


def heard(context: Context, text: str, awaited: Awaited | None = None) -> Reading:
    """这句话在这个情形里的听法。"""
    return read(replace(context, awaits=awaited or context.awaits), Utterance(text))
