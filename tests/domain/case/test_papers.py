"""文书：写出来的每一处，不是手册里的话，就是用户说过的事，或者留着的空白。"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import pytest

from nonebot_plugin_refund.domain.case.papers import (
    EvidenceItems,
    Facts,
    Happening,
    History,
    Laws,
    PaperCase,
    Paragraph,
    Title,
    WrittenPaper,
    blank,
    papers_for,
    write_paper,
)
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.assessment import answer_in_words, assess
from nonebot_plugin_refund.rulebook.derived.paths import rule_eras, walk_paths
from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind
from nonebot_plugin_refund.rulebook.scenario_models.paper_models import AnswerSlot, BlankSlot, FactList, Paper, Timeline
from tests.rulebook.concrete_answers import CALENDAR, NOWS, answers_by_class, rulebook
from tests.rulebook.small_book import small_edition

NOW = NOWS[0]
SCENARIOS = ("shop-return", "refund-only", "live-tip", "paid-content", "top-up", "contact", "appeal")
PATHS_A_RULE = 3
BEFORE_MAY_2025 = datetime(2025, 4, 20, 15, tzinfo=SHANGHAI)
"""预付式消费的司法解释还没施行的时候。"""
NOTHING_TO_WRITE = {
    ("live-tip", "adult-as-minor"),
    ("live-tip", "adult-regret"),
    ("live-tip", "adult-induced"),
    ("live-tip", "was-adult"),
    ("live-tip", "minor-own-income"),
    ("live-tip", "self-minor"),
    ("live-tip", "family-consumption"),
    ("live-tip", "family-married"),
    ("live-tip", "family-divorcing"),
    ("live-tip", "situation-unknown"),
    ("top-up", "auto-renewal"),
    ("top-up", "child-top-up"),
    ("top-up", "banned-income"),
    ("contact", "scam-paid"),
    ("contact", "scam-exposed"),
    ("contact", "scam-ignored"),
    ("contact", "seller-service"),
    ("contact", "no-phone"),
    ("appeal", "police"),
    ("appeal", "report-harmful"),
    ("appeal", "report-performance"),
    ("appeal", "report-seller"),
    ("appeal", "report-spam"),
    ("appeal", "report-unsure"),
    ("appeal", "start-with-seller"),
    ("appeal", "start-with-creator"),
    ("appeal", "start-with-tip-service"),
    ("appeal", "start-with-topup-service"),
    ("appeal", "start-with-service"),
}
"""写什么纸都帮不上、或还不知道是什么事的结论。"""


def case_of(
    edition: Edition,
    rule_id: str,
    values: dict[str, AnswerValue],
    *,
    stage: str | None = None,
    closed: bool = False,
    ticked: frozenset[str] = frozenset(),
    happenings: tuple[Happening, ...] = (),
    now: datetime = NOW,
) -> PaperCase:
    """一件案件：得出 ``rule_id``，答过 ``values``。"""
    answers = {key: Answer(value) for key, value in values.items()}
    assessment = assess(edition, edition.scenario.rule(rule_id), answers, now, CALENDAR)
    return PaperCase(assessment, answers, now, stage, closed, ticked, happenings)


def small(rule_id: str, stage: str | None = None, closed: bool = False, **values: AnswerValue) -> PaperCase:
    """小手册里的一件；问题 id 里的 - 写成 _。"""
    answers = {key.replace("_", "-"): value for key, value in values.items()}
    return case_of(small_edition(), rule_id, answers, stage=stage, closed=closed)


def written(case: PaperCase, paper_id: str) -> WrittenPaper:
    """这件案件的一份文书。"""
    (paper,) = [paper for paper in papers_for(case) if paper.id == paper_id]
    return write_paper(paper, case, CALENDAR)


def prose(paper: WrittenPaper) -> list[str]:
    """其中的一段段话。"""
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


BOUGHT = date(2026, 11, 20)


# 哪几份


def test_papers_are_those_of_the_verdict_and_the_stage() -> None:
    unopened = {"goal": "regret", "bought_on": BOUGHT, "opened": "no"}

    assert [paper.id for paper in papers_for(small("unopened", "apply", **unopened))] == ["ask", "complain", "story"]
    assert [paper.id for paper in papers_for(small("unopened", "arbitration", **unopened))] == ["complain", "story"]
    assert [paper.id for paper in papers_for(small("too-late", None, goal="regret", bought_on=BOUGHT))] == []


def test_a_closed_case_keeps_only_what_is_declared_for_it() -> None:
    case = small("unopened", "refunded", closed=True, goal="regret", bought_on=BOUGHT, opened="no")

    assert [paper.id for paper in papers_for(case)] == ["story"]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_verdict_has_papers_or_is_known_to_need_none(scenario_id: str) -> None:
    scenario = rulebook().edition(scenario_id).scenario
    assert scenario.papers is not None
    written_for = {rule for paper in scenario.papers.items for rule in paper.rules}

    without = {(scenario_id, rule.id) for rule in scenario.rules if rule.id not in written_for}
    assert without == {pair for pair in NOTHING_TO_WRITE if pair[0] == scenario_id}


def test_nothing_is_ever_written_for_an_adult_passing_as_a_child() -> None:
    edition = rulebook().edition("live-tip")
    case = case_of(edition, "adult-as-minor", {"situation": "adult", "reason": "as-minor"})

    assert papers_for(case) == ()


def test_only_verdicts_on_a_childs_tips_have_a_guardians_statement() -> None:
    scenario = rulebook().edition("live-tip").scenario
    assert scenario.papers is not None
    (statement,) = [paper for paper in scenario.papers.items if paper.id == "guardian-statement"]
    for path in walk_paths(scenario):
        if path.rule is not None and path.rule.id in statement.rules:
            assert path.facts["situation"] == "minor"


# 写什么


def test_sentences_run_on_and_lines_start_anew() -> None:
    case = small("unopened", "apply", goal="regret", bought_on=BOUGHT, opened="no")

    assert prose(written(case, "ask")) == ["我是「＿＿＿＿（姓名）」。2026年11月20日收到的。", "没有拆封。"]


def test_a_fact_that_was_not_given_leaves_the_sentence_out_or_a_blank() -> None:
    unsure = small("broken-cheap", "ask", goal="broken", price=None)
    told = small("broken-cheap", "ask", goal="broken", price=88.0)

    assert prose(written(unsure, "ask")) == ["我是「＿＿＿＿（姓名）」。", "花了「＿＿＿＿（金额）」。"]
    assert prose(written(told, "ask")) == ["我是「＿＿＿＿（姓名）」。", "花了88 元。"]


def test_an_answer_that_no_longer_applies_is_not_a_fact() -> None:
    case = small("broken-cheap", "ask", goal="broken", price=88.0, bought_on=BOUGHT, opened="no")

    assert "2026" not in "".join(prose(written(case, "ask")))
    assert [block.items for block in written(case, "ask").blocks if isinstance(block, Facts)] == [(("金额", "88 元"),)]


def test_a_heading_without_content_is_left_out() -> None:
    case = small("broken-cheap", "ask", goal="broken", price=None)

    assert [block.text for block in written(case, "ask").blocks if isinstance(block, Title)] == ["材料"]


def test_the_timeline_is_in_order_and_says_how_sure_a_day_is() -> None:
    edition = small_edition()
    happenings = (
        Happening("已申请", date(2026, 11, 22), is_exact=True),
        Happening("拒绝了", date(2026, 11, 23), is_exact=False),
    )
    values: dict[str, AnswerValue] = {"goal": "regret", "bought-on": BOUGHT, "opened": "no"}
    case = case_of(edition, "unopened", values, happenings=happenings)

    (history,) = [block for block in written(case, "story").blocks if isinstance(block, History)]
    assert history.items == (
        ("2026年11月20日", "收到东西"),
        ("2026年11月22日", "已申请"),
        ("不晚于2026年11月23日", "拒绝了"),
    )


def test_the_evidence_says_what_is_ticked_and_what_is_not() -> None:
    values: dict[str, AnswerValue] = {"goal": "regret", "bought-on": BOUGHT, "opened": "yes", "parts": ("nothing",)}
    case = case_of(small_edition(), "complete", values, stage="apply", ticked=frozenset({"photo"}))

    (items,) = [block.items for block in written(case, "ask").blocks if isinstance(block, EvidenceItems)]
    assert [(item.id, ready) for item, ready in items] == [("receipt", False), ("photo", True)]


def test_the_law_is_that_of_the_day_of_the_event() -> None:
    edition = rulebook().edition("appeal")

    def titles(day: date) -> str:
        answers = {"matter": "order", "reached": "complained", "where_complained": "hotline", "complained_on": day}
        case = case_of(edition, "via-hotline", dict[str, AnswerValue](answers), stage="preparing")
        blocks = written(case, "complaint").blocks
        return "".join(source.title for block in blocks if isinstance(block, Laws) for source in block.items)

    assert "总局令第121号" in titles(date(2026, 11, 1))
    assert "总局令第121号" not in titles(date(2026, 4, 14))


# 随包的全部文书：每个结论走几条路


@cache
def sampled(scenario_id: str) -> tuple[tuple[str, dict[str, AnswerValue], datetime, dict[str, str]], ...]:
    """每个结论几条不同的路：结论、具体的答案、那时的时刻、路上的事实。"""
    scenario = rulebook().edition(scenario_id).scenario
    found: dict[str, list[tuple[str, dict[str, AnswerValue], datetime, dict[str, str]]]] = {}
    for era, path in ((day, path) for day in rule_eras(scenario) for path in walk_paths(scenario, event_on=day)):
        assert path.rule is not None
        kept = found.setdefault(path.rule.id, [])
        if len(kept) >= PATHS_A_RULE:
            continue
        for now in (*NOWS, BEFORE_MAY_2025):
            values: dict[str, AnswerValue] = {}
            for step in path.steps:
                spoken = answers_by_class(scenario_id, step.question.id, now, era).get(frozenset(step.answer.items()))
                if spoken is None:
                    break
                values[step.question.id] = spoken[len(kept) % len(spoken)].value
            else:
                kept.append((path.rule.id, values, now, dict(path.facts)))
                break
    return tuple(some for kept in found.values() for some in kept)


def every_paper(scenario_id: str) -> Iterator[tuple[Paper, PaperCase, WrittenPaper, dict[str, str]]]:
    """抽到的每条路上，能写的每一份。"""
    edition = rulebook().edition(scenario_id)
    happenings = (Happening("说过的进展", date(2026, 11, 23), is_exact=False),)
    for rule_id, values, now, facts in sampled(scenario_id):
        evidence = edition.scenario.rule(rule_id).evidence
        for stage in {stage for paper in _papers(edition) for stage in paper.stages[:1]} or {None}:
            case = case_of(
                edition, rule_id, values, stage=stage, ticked=frozenset(evidence[::2]), happenings=happenings, now=now
            )
            for paper in papers_for(case):
                yield paper, case, write_paper(paper, case, CALENDAR), facts


def _papers(edition: Edition) -> tuple[Paper, ...]:
    assert edition.scenario.papers is not None
    return edition.scenario.papers.items


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_rule_is_sampled_and_every_paper_written(scenario_id: str) -> None:
    edition = rulebook().edition(scenario_id)

    assert {rule for rule, *_ in sampled(scenario_id)} == {rule.id for rule in edition.scenario.rules}
    assert {paper.id for paper, *_ in every_paper(scenario_id)} == {paper.id for paper in _papers(edition)}


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_word_of_a_paper_is_the_rulebooks_the_persons_or_a_blank(scenario_id: str) -> None:
    """把每一句手册里的话的空填成任何该填的值，写出来的段落恰好由这些句子接成。"""
    scenario = rulebook().edition(scenario_id).scenario
    assert scenario.papers is not None
    slots = {slot.id: slot for slot in scenario.papers.slots}
    for paper, case, result, facts in every_paper(scenario_id):
        sentences: list[str] = []
        for wording in paper.wordings:
            if not any(all(facts.get(fact) in some for fact, some in clause.items()) for clause in wording.when):
                continue
            filled = wording.text
            for slot_id in wording.slots:
                slot = slots[slot_id]
                answer = case.answers.get(slot.question) if isinstance(slot, AnswerSlot) else None
                if isinstance(slot, AnswerSlot) and answer is not None and not answer.is_unsure:
                    filled = filled.replace(f"{{{slot_id}}}", answer_in_words(scenario.question(slot.question), answer))
                elif isinstance(slot, BlankSlot) or slot.if_missing == "blank":
                    filled = filled.replace(f"{{{slot_id}}}", blank(slot.label))
                else:
                    filled = ""
                    break
            sentences.append(filled)
        assert "".join(prose(result)) == "".join(sentences), (paper.id, case.answers)
        assert not re.search(r"[{}]", "".join(prose(result)))
        assert prose(result), paper.id


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_lists_hold_exactly_what_was_said_cited_and_ticked(scenario_id: str) -> None:
    scenario = rulebook().edition(scenario_id).scenario
    for paper, case, result, _ in every_paper(scenario_id):
        told = {key: answer for key, answer in case.answers.items() if not answer.is_unsure}
        for part in paper.parts:
            if isinstance(part, FactList):
                expected = tuple(
                    (scenario.question(key).short, answer_in_words(scenario.question(key), told[key]))
                    for key in part.questions
                    if key in told
                )
                assert [block.items for block in result.blocks if isinstance(block, Facts)] == [expected] * bool(
                    expected
                )
            if isinstance(part, Timeline):
                (history,) = [block.items for block in result.blocks if isinstance(block, History)]
                dated = [part.moments[key] for key in part.moments if key in told]
                assert sorted(what for _, what in history) == sorted([*dated, "说过的进展"])
        for block in result.blocks:
            if isinstance(block, EvidenceItems):
                assert [(item.id, ready) for item, ready in block.items] == [
                    (item.id, item.id in case.ticked) for item in case.assessment.evidence
                ]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_names_numbers_and_addresses_are_always_blanks(scenario_id: str) -> None:
    """证件、电话、账号这些空只能手填，不接任何答案；接答案的只有选择、日期、金额、岁数。"""
    scenario = rulebook().edition(scenario_id).scenario
    assert scenario.papers is not None
    for slot in scenario.papers.slots:
        if isinstance(slot, AnswerSlot):
            kind = scenario.question(slot.question).kind
            assert kind in (QuestionKind.DATE, QuestionKind.AMOUNT, QuestionKind.NUMBER)
            assert not any(word in slot.label for word in ("姓名", "身份", "电话", "地址", "单号", "快手号"))
    for wording in (word for paper in scenario.papers.items for word in paper.wordings):
        for label in ("投诉人：", "联系电话：", "通讯地址：", "签名：", "身份证号", "订单号", "商户单号"):
            if label in wording.text:
                assert re.search(re.escape(label) + r"(?:[^{]{0,3})\{", wording.text), wording.text


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_what_may_be_stale_is_not_told_as_standing(scenario_id: str) -> None:
    """“申请到哪一步”“钱到没到”会变：清单里不列，免得纸上写着旧的。"""
    for paper in _papers(rulebook().edition(scenario_id)):
        for part in paper.parts:
            if isinstance(part, FactList):
                assert not {"applied", "reached", "money_problem", "merchant_says"} & set(part.questions)
                assert scenario_id != "shop-return" or "progress" not in part.questions


def test_a_time_of_day_is_told_in_shanghai_time() -> None:
    edition = rulebook().edition("top-up")
    values: dict[str, AnswerValue] = {
        "problem": "double",
        "paid-by": "others",
        "two-bills": "two",
        "paid-on": datetime(2026, 11, 20, 17, 30, tzinfo=UTC),
    }
    case = case_of(edition, "double-charged", values, stage="prepare-topup-claim-dated")

    assert "付款时间：2026年11月21日 01:30。" in prose(written(case, "form-reason"))


@pytest.mark.parametrize(
    ("scenario_id", "paper_id", "facts", "said", "not_said"),
    [
        ("appeal", "lawsuit", {"matter": "tip"}, "附起诉状副本「＿＿＿＿（几个被告就几份）」份", "双方约定"),
        ("appeal", "lawsuit", {"matter": "order"}, "双方约定", "先问立案庭"),
        ("live-tip", "to-apple", {"guardian": "unaware"}, "付款前没有得到监护人同意", "家长知道"),
        ("live-tip", "to-apple", {"guardian": "knew-a-little"}, "家长知道孩子会刷一点", "没有得到监护人同意"),
        ("paid-content", "to-apple", {"problem": "child-paid"}, "付款前没有得到监护人同意", "照实写"),
        ("top-up", "to-apple", {"problem": "child"}, "付款前监护人：「＿＿＿＿（", "没有得到监护人同意"),
        ("shop-return", "complaint", {"merchant_signed": "yes"}, "退货已由商家签收", "退货已寄回"),
        ("shop-return", "to-merchant", {"authenticity": "appraised"}, "增加赔偿也请一并支付", "哪里有问题"),
        ("refund-only", "complaint", {"shipping": "overdue"}, "已过承诺的发货时间，还没发货", "货到哪了"),
        ("refund-only", "to-service", {"merchant_says": "part"}, "货收到了，问题是：「＿＿＿＿（", "货到哪了"),
    ],
)
def test_a_paper_says_what_is_so_in_this_case_and_not_what_nobody_said(
    scenario_id: str, paper_id: str, facts: dict[str, str], said: str, not_said: str
) -> None:
    seen = 0
    for paper, _, result, known in every_paper(scenario_id):
        if paper.id == paper_id and facts.items() <= known.items():
            seen += 1
            listed = [block.items for block in result.blocks if isinstance(block, Facts)]
            whole = "\n".join([*prose(result), *(f"{name}：{value}" for items in listed for name, value in items)])
            assert said in whole, whole
            assert not_said not in whole, whole
    assert seen
