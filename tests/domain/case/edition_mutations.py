"""把一个场景改来改去：换版测试用的改法，和随便答的答案。"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.scenario_models.models import Option, Question, QuestionKind, Rule, Verdict

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def changed(edition: Edition, **fields: Any) -> Edition:
    return Edition(edition.scenario.model_copy(update=fields), edition.sources)


def each_question(edition: Edition, question_id: str, **fields: Any) -> Edition:
    return changed(
        edition,
        questions=tuple(
            item.model_copy(update=fields) if item.id == question_id else item for item in edition.scenario.questions
        ),
    )


def each_rule(edition: Edition, rule_id: str, **fields: Any) -> Edition:
    return changed(
        edition,
        rules=tuple(item.model_copy(update=fields) if item.id == rule_id else item for item in edition.scenario.rules),
    )


def _longer(timer: Any) -> Any:
    lengths = tuple(
        length.model_copy(update={"limit": length.limit.model_copy(update={"n": length.limit.n + 1})})
        for length in timer.lengths
    )
    return timer.model_copy(update={"lengths": lengths})


def longer_clocks(edition: Edition) -> Edition:
    """时钟都长一天（月的长一个月）。"""
    return changed(edition, clocks=tuple(_longer(clock) for clock in edition.scenario.clocks))


def longer_timers(edition: Edition, stage_id: str) -> Edition:
    """这个阶段的时限都长一天（小时的长一小时）。"""
    stages = tuple(
        stage.model_copy(update={"timers": tuple(_longer(timer) for timer in stage.timers)})
        if stage.id == stage_id
        else stage
        for stage in edition.scenario.stages
    )
    return changed(edition, stages=stages)


def without_stage(edition: Edition, stage_id: str) -> Edition:
    return changed(edition, stages=tuple(stage for stage in edition.scenario.stages if stage.id != stage_id))


@st.composite
def any_answer(draw: st.DrawFn, question: Question) -> Answer:
    if question.offers_unsure and draw(st.integers(0, 5)) == 0:
        return Answer(None)
    match question.kind:
        case QuestionKind.CHOICE:
            return Answer(draw(st.sampled_from(question.options)).id)
        case QuestionKind.MULTI:
            some = [option.id for option in question.options if not option.exclusive]
            return Answer(tuple(draw(st.lists(st.sampled_from(some), min_size=1, unique=True))))
        case QuestionKind.DATE:
            return Answer(NOW.date() - timedelta(days=draw(st.integers(0, 400))))
        case QuestionKind.AMOUNT | QuestionKind.NUMBER:
            low, high = question.minimum or 0, question.maximum or 20000
            return Answer(float(draw(st.integers(int(low), int(high)))))
        case QuestionKind.YESNO:
            return Answer(draw(st.sampled_from(["yes", "no"])))


Mutation = Callable[[st.DrawFn, Edition, Sequence[str]], Edition]


def _pick(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Question:
    return edition.scenario.question(draw(st.sampled_from(asked)))


def _reword(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    return each_question(edition, _pick(draw, edition, asked).id, text="换一种问法？", short="换的称呼")


def _add_option(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    question = _pick(draw, edition, asked)
    if not question.options:
        return edition
    return each_question(edition, question.id, options=(Option(id="another", label="另一种"), *question.options))


def _remove_option(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    question = _pick(draw, edition, asked)
    if len(question.options) < 3:
        return edition
    gone = draw(st.sampled_from(question.options))
    return each_question(edition, question.id, options=tuple(item for item in question.options if item != gone))


def _other_kind(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    kind = draw(st.sampled_from([QuestionKind.YESNO, QuestionKind.DATE, QuestionKind.AMOUNT]))
    return each_question(edition, _pick(draw, edition, asked).id, kind=kind, options=())


def _add_question(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    added = Question(id="brand-new", text="新问的？", why="要看。", kind=QuestionKind.YESNO, short="新问的事")
    rule = draw(st.sampled_from(edition.scenario.rules))
    when = tuple({**clause, "brand-new": frozenset({"yes"})} for clause in rule.when)
    wider = changed(edition, questions=(*edition.scenario.questions, added))
    return each_rule(wider, rule.id, when=when)


def _remove_question(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    gone = _pick(draw, edition, asked)
    facts = tuple(fact for fact in edition.scenario.facts if fact.question != gone.id)
    questions = tuple(item for item in edition.scenario.questions if item.id != gone.id)
    return changed(edition, questions=questions, facts=facts)


def _rename_rule(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    return each_rule(edition, draw(st.sampled_from(edition.scenario.rules)).id, id="renamed-rule")


def _other_verdict(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    rule: Rule = draw(st.sampled_from(edition.scenario.rules))
    return each_rule(edition, rule.id, verdict=draw(st.sampled_from(list(Verdict))))


def _only_later(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    return each_rule(edition, draw(st.sampled_from(edition.scenario.rules)).id, effective_from=date(2027, 1, 1))


def _remove_rule(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    gone = draw(st.sampled_from(edition.scenario.rules))
    return changed(edition, rules=tuple(item for item in edition.scenario.rules if item != gone))


def _remove_stage(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    stages = edition.scenario.stages
    return without_stage(edition, draw(st.sampled_from(stages)).id) if stages else edition


def _longer_clocks(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    return longer_clocks(edition)


def _longer_timers(draw: st.DrawFn, edition: Edition, asked: Sequence[str]) -> Edition:
    stages = edition.scenario.stages
    return longer_timers(edition, draw(st.sampled_from(stages)).id) if stages else edition


MUTATIONS: list[Mutation] = [
    _reword,
    _add_option,
    _remove_option,
    _other_kind,
    _add_question,
    _remove_question,
    _rename_rule,
    _other_verdict,
    _only_later,
    _remove_rule,
    _remove_stage,
    _longer_clocks,
    _longer_timers,
]


@st.composite
def mutated(draw: st.DrawFn, edition: Edition, asked: Sequence[str], most: int) -> Edition:
    """``edition`` 接连改几处。"""
    for mutation in draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=most)):
        known = [question.id for question in edition.scenario.questions if question.id in asked]
        edition = mutation(draw, edition, known) if known else edition
    return edition
