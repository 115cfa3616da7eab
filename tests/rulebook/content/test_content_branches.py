"""短支路里要紧的判断：封号、受伤、运费、拒收、抢发货、定金、包过、券、扣违约金、不受理的各种原因。

日期照条文手算，不由被测的代码得出。
"""

from datetime import date
from typing import Any

import pytest

from nonebot_plugin_refund.domain.case.cases import outcome_of, report_event, starting_position
from nonebot_plugin_refund.rulebook.scenario_models.models import Outcome, Rule, Verdict
from tests.rulebook.content.shop_interviews import TODAY, Settlement, at, rulebook, settle

OLD = date(2026, 10, 1)
"""早过了七天的一天。"""


def rule_words(rule: Rule) -> str:
    """一条规则里说给人听的话。"""
    return "".join((rule.headline, rule.because, rule.law, rule.platform, *rule.steps, rule.would_change, rule.risks))


def told(scenario_id: str, **said: Any) -> Settlement:
    """一次访谈；题目的 id 里有连字符的，写下划线也行。"""
    both = {**said, **{key.replace("_", "-"): value for key, value in said.items()}}
    return settle(scenario_id, both)


# 封号


def test_coins_in_a_banned_account_are_called_hard_and_paid_unbanning_a_fraud() -> None:
    rule = told("top-up", problem="unused", paid_by="others", unused_why="banned", ban_money="paid").rule

    assert rule.verdict is Verdict.UNLIKELY
    assert "人工复核" in rule.steps[1]
    assert "骗子" in rule.risks


def test_a_streamers_income_is_another_matter_than_a_top_up() -> None:
    rule = told("top-up", problem="unused", paid_by="others", unused_why="banned", ban_money="income").rule

    assert (rule.id, rule.verdict) == ("banned-income", Verdict.REDIRECT)


# 受伤


def test_someone_hurt_hears_of_the_doctor_before_the_money_and_has_two_years() -> None:
    case = told("shop-return", progress="not-applied", reason="food", harm="yes", hurt_on=date(2026, 11, 10))

    assert "看医生" in case.rule.headline
    assert "医生" in case.rule.steps[0]
    assert "别寄回" in case.rule.steps[1]
    assert case.due("injury-limit") == date(2028, 11, 10)


# 运费和退货包裹


@pytest.mark.parametrize(
    ("said", "rule_id", "verdict"),
    [
        ("settled", "agreed-in-time", Verdict.ELIGIBLE),
        ("fault-mine", "agreed-freight-fault", Verdict.ELIGIBLE),
        ("first-kilo", "agreed-first-kilo", Verdict.CONDITIONAL),
    ],
)
def test_who_pays_the_way_back_is_settled_before_sending(said: str, rule_id: str, verdict: Verdict) -> None:
    case = told("shop-return", progress="agreed", agreed_on=date(2026, 11, 21), freight_said=said)

    assert (case.rule.id, case.rule.verdict) == (rule_id, verdict)
    assert case.due("since-agreed") == date(2026, 11, 28)


@pytest.mark.parametrize("rule_id", ["agreed-freight-fault", "short-freight-fault"])
def test_freight_for_a_faulty_thing_is_never_argued_with_the_article_against_the_buyer(rule_id: str) -> None:
    said = {"freight_said": "fault-mine", "agreed_on": date(2026, 11, 21), "progress": "agreed"}
    if rule_id == "short-freight-fault":
        said = {"progress": "paid", "money_problem": "short", "short_of": "freight", "reason": "quality"}
    rule = told("shop-return", **said).rule

    assert rule.id == rule_id
    assert "consumer-law-24" in rule.sources
    assert not {"consumer-law-25", "seven-day-measures-18"} & set(rule.sources)


@pytest.mark.parametrize(
    ("short_of", "reason", "rule_id"),
    [
        ("freight", "no-reason", "short-freight-mine"),
        ("worn", None, "short-worn"),
        ("discount", None, "refund-short"),
    ],
)
def test_what_was_kept_back_decides_whether_it_may_be_kept(short_of: str, reason: str | None, rule_id: str) -> None:
    case = told("shop-return", progress="paid", money_problem="short", short_of=short_of, reason=reason)

    assert case.rule.id == rule_id


def test_a_refused_parcel_is_not_sent_twice() -> None:
    rule = told("shop-return", progress="sent", merchant_signed="no", parcel="rejected").rule

    assert rule.verdict is Verdict.ELIGIBLE
    assert "civil-code-589" in rule.sources
    assert "平台介入" in rule.steps[1]


def test_a_lost_parcel_depends_on_why_it_went_back() -> None:
    rule = told("shop-return", progress="sent", merchant_signed="no", parcel="lost").rule

    assert rule.verdict is Verdict.CONDITIONAL
    assert {"civil-code-610", "civil-code-832"} <= set(rule.sources)


# 抢发货、定金


def test_goods_shipped_after_the_application_need_not_be_taken_in() -> None:
    case = told("refund-only", situation="in-transit", applied="waiting", rushed="yes", applied_on=OLD)

    assert case.rule.id == "rushed-shipping"
    assert "申请" in case.rule.steps[0]
    assert "发货" in case.rule.steps[0]


@pytest.mark.parametrize(
    ("shipping", "deposit", "rule_id"),
    [
        ("will-not", "earnest", "deposit-merchant"),
        ("will-not", "advance", "not-shipped-will-not"),
        ("in-time", "earnest", "deposit-mine"),
        ("in-time", "advance", "advance-mine"),
        ("in-time", "full", "not-shipped-in-time"),
    ],
)
def test_earnest_money_and_an_advance_are_different_things(shipping: str, deposit: str, rule_id: str) -> None:
    case = told("refund-only", situation="not-shipped", applied="not-yet", shipping=shipping, deposit=deposit)

    assert case.rule.id == rule_id


# 课程、券


@pytest.mark.parametrize(
    ("kind", "rule_id", "source"),
    [("result", "promise-result", "advertising-law-24"), ("voucher", "voucher", "group-buying-2012")],
)
def test_a_promised_result_and_a_voucher_have_their_own_conditions(kind: str, rule_id: str, source: str) -> None:
    rule = told("paid-content", problem="promise", promise_kind=kind).rule

    assert (rule.id, rule.verdict) == (rule_id, Verdict.CONDITIONAL)
    assert source in rule.sources


def test_a_clause_that_keeps_most_of_the_fee_is_doubted_and_a_part_may_be_taken_under_reserve() -> None:
    rule = told("paid-content", problem="regret", form="series", paid_on=OLD, series_offer="cut").rule

    assert rule.id == "series-cut"
    assert "civil-code-585" in rule.sources
    assert "其余不放弃" in rule.steps[2]


# 12315 不受理、判了不付


@pytest.mark.parametrize(
    ("why", "rule_id", "source"),
    [
        ("other-office", "other-office", "complaint-order121-41"),
        ("no-address", "no-address", "consumer-law-44"),
        ("not-proven", "refile-with-proof", "complaint-order121-17"),
        ("too-old", "sue-late", "appeal-civil-code-195"),
    ],
)
def test_each_reason_for_declining_has_its_own_remedy(why: str, rule_id: str, source: str) -> None:
    rule = told(
        "appeal", matter="order", reached="ended", why_ended="out-of-scope", scope_why=why, **{"known_on": None}
    ).rule

    assert rule.id == rule_id
    assert source in rule.sources


def test_a_judgment_not_paid_has_two_years() -> None:
    case = told(
        "appeal",
        matter="order",
        reached="ended",
        why_ended=None,
        scope_why="judged",
        payment_due_on=date(2026, 11, 2),
    )

    assert case.rule.id == "enforce"
    assert case.due("execution-due") == date(2028, 11, 2)


# 几个常见的套路


@pytest.mark.parametrize(
    ("scenario_id", "said", "trap"),
    [
        ("shop-return", {"progress": "waiting", "applied_on": date(2026, 11, 22)}, "先撤销"),
        ("shop-return", {"progress": "waiting", "applied_on": date(2026, 11, 22)}, "加微信"),
        ("refund-only", {"situation": "received", "merchant_says": "part"}, "补你 20 元"),
        (
            "appeal",
            {
                "matter": "order",
                "reached": "complained",
                "where_complained": "regulator-accepted",
                "accepted_on": None,
            },
            "先撤 12315",
        ),
    ],
)
def test_the_common_traps_are_named_where_they_are_met(scenario_id: str, said: dict[str, Any], trap: str) -> None:
    assert trap in rule_words(told(scenario_id, **said).rule)


# 商家出价、平台要补凭证


def stage_after(scenario_id: str, track: str, *events: str) -> str:
    """从一条路的开头依次报告几件事，走到的阶段。"""
    scenario = rulebook().edition(scenario_id).scenario
    position = starting_position(scenario, track, at(TODAY))
    for event in events:
        position = report_event(scenario, position, event, at(TODAY)).position
    return position.stage_id


@pytest.mark.parametrize(("scenario_id", "track"), [("shop-return", "return"), ("refund-only", "not-received")])
def test_a_merchants_offer_is_not_yet_money_and_may_be_refused(scenario_id: str, track: str) -> None:
    assert stage_after(scenario_id, track, "applied", "offered-part") == "offer"
    assert stage_after(scenario_id, track, "applied", "offered-part", "accepted-part") == "arriving"
    assert stage_after(scenario_id, track, "applied", "offered-part", "platform-asked") == "platform"


@pytest.mark.parametrize(("scenario_id", "track"), [("shop-return", "return"), ("refund-only", "not-received")])
def test_the_platform_asking_for_proof_is_watched_and_leads_back(scenario_id: str, track: str) -> None:
    asked = ("applied", "platform-asked", "asked-more")

    assert stage_after(scenario_id, track, *asked) == "platform-supplement"
    assert stage_after(scenario_id, track, *asked, "sent-more") == "platform"


def test_an_unpaid_judgment_ends_with_the_money_or_part_of_it() -> None:
    scenario = rulebook().edition("appeal").scenario
    position = starting_position(scenario, "enforcement", at(TODAY))

    assert outcome_of(scenario, report_event(scenario, position, "arrived", at(TODAY)).position) is Outcome.REFUNDED
