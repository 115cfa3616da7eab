"""直播打赏里要紧的判断：谁刷的、家长知不知情、能不能说明是孩子操作，成年人又如何。

答案都用口语写，和用户在 QQ 里说的一样；日期照条文手算，不由被测的代码得出。
"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.case.cases import current_stage, outcome_of, report_event, starting_position
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.assessment import stage_timers
from nonebot_plugin_refund.domain.interview.interview import read_answer
from nonebot_plugin_refund.rulebook.scenario_models.models import Outcome, Verdict
from tests.rulebook.spoken_interview import CALENDAR, NOW, due_day, rule_for, scenario_of, settle, verdict_for, words_of

CHILD = {"situation": "孩子刷的", "guardian": "完全不知道", "amount": "五千", "tipped-on": "11月10日"}
"""家长不知情、孩子刷了五千元；年龄和证据各个例子自己写。"""


# 打赏：孩子


def test_a_child_under_eight_gets_back_whatever_the_amount() -> None:
    said = {**CHILD, "age": "七岁", "traces": "孩子和主播的聊天"}
    assessment, asked = settle("live-tip", said)

    assert assessment.rule.verdict is Verdict.ELIGIBLE
    assert "amount" not in asked
    assert "一百四十四" in assessment.rule.law


def test_the_eighth_birthday_is_the_line() -> None:
    assert (
        rule_for("live-tip", {**CHILD, "age": "8岁", "crossed": "没有", "traces": "孩子的平板"}).id
        == "minor-child-trace"
    )


def test_a_large_unknown_tip_on_the_childs_own_device_is_eligible_yet_maybe_only_in_part() -> None:
    rule = rule_for("live-tip", {**CHILD, "age": "十岁", "traces": "孩子的平板"})

    assert rule.verdict is Verdict.ELIGIBLE
    assert "不一定是全部" in rule.platform
    assert "tip-case-range" in rule.sources


@pytest.mark.parametrize(
    ("traces", "expected"),
    [
        ("聊天记录和监控", "minor-adult-phone-shown"),
        ("只有账单", "minor-adult-phone-unproved"),
        ("用的是我的手机", "minor-adult-phone-unproved"),
        ("不清楚", "minor-adult-phone-unproved"),
    ],
)
def test_on_an_adults_phone_it_depends_on_showing_that_the_child_acted(traces: str, expected: str) -> None:
    rule = rule_for("live-tip", {**CHILD, "age": "九岁", "traces": traces})

    assert rule.id == expected
    assert rule.verdict is Verdict.CONDITIONAL


def test_a_few_yuan_may_suit_the_age_and_the_line_is_not_called_law() -> None:
    rule = rule_for("live-tip", {**CHILD, "age": "十四岁", "amount": "60块"})

    assert rule.id == "minor-small-amount"
    assert "没有法定数字" in rule.law


@pytest.mark.parametrize(
    ("guardian", "expected"),
    [
        ("知道会刷一点，没想到这么多", Verdict.CONDITIONAL),
        ("同意过", Verdict.UNLIKELY),
        ("以前退过一次", Verdict.UNLIKELY),
    ],
)
def test_what_the_guardian_knew_decides_from_eight_on(guardian: str, expected: Verdict) -> None:
    assert verdict_for("live-tip", {**CHILD, "age": "12", "guardian": guardian}) is expected


def test_a_guardian_cannot_make_a_tip_under_eight_valid_but_shares_the_fault() -> None:
    rule = rule_for("live-tip", {**CHILD, "age": "6岁", "guardian": "当时同意过"})

    assert rule.verdict is Verdict.CONDITIONAL
    assert "一部分" in rule.headline


def test_sixteen_living_on_own_wages_counts_as_adult() -> None:
    said = {**CHILD, "age": "16岁", "traces": "孩子的手机"}

    assert verdict_for("live-tip", {**said, "own-income": "上班了"}) is Verdict.UNLIKELY
    assert verdict_for("live-tip", {**said, "own-income": "还在上学"}) is Verdict.ELIGIBLE


def test_the_age_at_the_time_counts_and_earlier_tips_can_be_split_off() -> None:
    rule = rule_for("live-tip", {**CHILD, "age": "18岁", "crossed": "没有"})

    assert rule.verdict is Verdict.UNLIKELY
    assert "18 岁生日之前" in rule.would_change


@pytest.mark.parametrize(("age", "expected"), [("8岁", "crossed-eight"), ("18岁", "crossed-eighteen")])
def test_payments_on_both_sides_of_a_birthday_are_claimed_in_two_parts(age: str, expected: str) -> None:
    assessment, asked = settle("live-tip", {**CHILD, "age": age, "crossed": "有"})

    assert assessment.rule.id == expected
    assert "付款那一刻的年龄" in assessment.rule.because
    assert "guardian" not in asked


@pytest.mark.parametrize(("age", "expected"), [("8岁", "crossed-eight-unsure"), ("18岁", "crossed-eighteen-unsure")])
def test_a_birthday_not_told_apart_leaves_a_verdict_that_says_what_hangs_on_it(age: str, expected: str) -> None:
    assessment, asked = settle("live-tip", {**CHILD, "age": age, "crossed": "记不清"})

    assert assessment.rule.id == expected
    assert "生日" in assessment.rule.would_change
    assert "guardian" not in asked


@pytest.mark.parametrize("age", ["七岁", "9岁", "17岁", "19岁"])
def test_nobody_is_asked_about_a_birthday_that_cannot_help(age: str) -> None:
    said = {**CHILD, "age": age, "own-income": "还在上学", "traces": "孩子的平板"}

    assert "crossed" not in settle("live-tip", said)[1]


def test_someone_other_than_the_parents_needs_their_authority() -> None:
    assessment, _ = settle("live-tip", {**CHILD, "age": "十岁", "traces": "孩子的平板"})

    assert "authorisation" in {item.id for item in assessment.evidence}
    assert any("爸爸或妈妈" in step for step in assessment.rule.steps)
    assert "civil-code-27" in assessment.rule.sources


def test_a_minor_asking_alone_is_told_to_tell_a_guardian_and_asked_nothing_more() -> None:
    assessment, asked = settle("live-tip", {"situation": "我自己未成年", "own-income": "还在上学"})

    assert asked == ["situation", "own-income"]
    assert "爸妈" in assessment.rule.headline
    assert not any(item.official_only and item.id.startswith("guardian") for item in assessment.evidence)


def test_a_worker_of_sixteen_asking_for_himself_is_judged_as_an_adult() -> None:
    rule = rule_for("live-tip", {"situation": "我自己未成年", "own-income": "自己挣钱"})

    assert rule.id == "minor-own-income"


def test_i_tipped_myself_is_not_taken_for_an_adult() -> None:
    question = scenario_of("live-tip").question("situation")

    assert not isinstance(read_answer(question, "我自己刷的", NOW), Answer)
    assert read_answer(question, "我成年了，自己刷的", NOW) != Answer("self-minor")


def test_a_parents_case_watches_three_years_from_the_first_tip() -> None:
    assessment, _ = settle("live-tip", {**CHILD, "age": "十岁", "traces": "孩子的平板"})

    assert due_day(assessment, "limitation") == date(2029, 11, 10)


def test_papers_about_people_go_to_official_channels_only() -> None:
    assessment, _ = settle("live-tip", {**CHILD, "age": "十岁", "traces": "聊天"})
    official = {item.id for item in assessment.evidence if item.official_only}

    assert {"child-identity", "guardianship", "guardian-identity", "payment-bill"} <= official
    assert "child-trace" not in official


def test_the_2026_notice_is_not_cited_for_an_earlier_tip() -> None:
    earlier, _ = settle("live-tip", {**CHILD, "age": "十岁", "traces": "孩子的平板", "tipped-on": "2026年3月1日"})
    later, _ = settle("live-tip", {**CHILD, "age": "十岁", "traces": "孩子的平板"})

    assert "cac-live-tip-notice-2026" not in {cited.source.id for cited in earlier.sources}
    assert "cac-live-tip-notice-2026" in {cited.source.id for cited in later.sources}


def test_supplementing_too_late_starts_over_and_is_watched() -> None:
    scenario = scenario_of("live-tip")
    position = starting_position(scenario, "guardian-claim", NOW)
    for event in ("applied", "asked-more"):
        position = report_event(scenario, position, event, NOW).position
    (timer,) = stage_timers(current_stage(scenario, position), {}, position.entered_at, CALENDAR)

    assert timer.timer_id == "supplement"
    assert timer.safe == date(2026, 11, 25)
    assert report_event(scenario, position, "expired", NOW).position.stage_id == "prepare"


def test_a_partial_offer_can_be_taken_or_contested_up_to_court() -> None:
    scenario = scenario_of("live-tip")
    position = starting_position(scenario, "guardian-claim", NOW)
    for event in ("applied", "offered-part"):
        position = report_event(scenario, position, event, NOW).position
    taken = report_event(scenario, position, "accepted-part", NOW).position
    taken = report_event(scenario, taken, "arrived-part", NOW).position
    for event in ("ask-more", "refused", "complained", "accepted", "no-agreement", "sued", "won", "arrived"):
        position = report_event(scenario, position, event, NOW).position

    assert outcome_of(scenario, taken) is Outcome.PARTLY_REFUNDED
    assert outcome_of(scenario, position) is Outcome.REFUNDED


# 打赏：成年人


def test_an_adult_who_regrets_usually_gets_nothing_back() -> None:
    assert verdict_for("live-tip", {"situation": "我成年了", "reason": "后悔了"}) is Verdict.INELIGIBLE


def test_posing_as_a_minor_is_refused_with_what_it_costs() -> None:
    rule = rule_for("live-tip", {"situation": "我成年了", "reason": "有人说能按未成年弄"})

    assert rule.verdict is Verdict.INELIGIBLE
    assert "罚款 1 万元" in rule.law
    assert "诈骗罪" in rule.law
    assert "adult-posing-cases" in rule.sources


@pytest.mark.parametrize(
    ("slipped", "expected"),
    [("8月25日", "adult-slip"), ("8月20日", "adult-slip-late"), ("不清楚", "adult-slip")],
)
def test_a_slip_of_the_finger_has_ninety_days(slipped: str, expected: str) -> None:
    """2026-08-25 起第 90 日是 11-23；8-20 起是 11-18。"""
    assert rule_for("live-tip", {"situation": "我成年了", "reason": "手滑", "slipped-on": slipped}).id == expected


@pytest.mark.parametrize(
    ("known", "expected"), [("2025年11月24日", "adult-deceived"), ("2025年11月1日", "adult-deceived-late")]
)
def test_deceit_and_threats_have_one_year_from_knowing(known: str, expected: str) -> None:
    assert rule_for("live-tip", {"situation": "我成年了", "reason": "被骗", "known-on": known}).id == expected


def test_even_late_deceit_can_still_be_reported_to_the_police() -> None:
    rule = rule_for("live-tip", {"situation": "我成年了", "reason": "被骗", "known-on": "2025年1月1日"})

    assert "报案" in rule.steps[0]


SPOUSE = {"situation": "老公", "family-how": "他自己愿意刷的"}


def test_an_affair_with_the_streamer_is_asked_about_only_once_it_was_told() -> None:
    _, asked = settle("live-tip", {**SPOUSE, "marriage": "没打算离"})

    assert "relation" not in asked


def test_an_affair_proven_may_be_sued_for_and_a_mere_suspicion_is_hard() -> None:
    told = {"situation": "老公", "family-how": "和主播有私情"}
    improper = rule_for("live-tip", {**told, "relation": "有"})

    assert improper.verdict is Verdict.CONDITIONAL
    assert "起诉" in improper.headline
    assert "family-interpretation-2-7" in improper.sources
    assert verdict_for("live-tip", {**told, "relation": "没有"}) is Verdict.UNLIKELY


@pytest.mark.parametrize(
    ("marriage", "rule_id", "source"),
    [
        ("没打算离", "family-married", "civil-code-1066"),
        ("正在离婚", "family-divorcing", "civil-code-1092"),
        ("不是夫妻，是我妈", "family-consumption", "elderly-law-22"),
    ],
)
def test_a_willing_spouses_tips_are_settled_between_the_two(marriage: str, rule_id: str, source: str) -> None:
    rule = rule_for("live-tip", {**SPOUSE, "marriage": marriage})

    assert (rule.id, rule.verdict) == (rule_id, Verdict.UNLIKELY)
    assert source in rule.sources


def test_tips_found_after_the_divorce_have_three_years_from_the_finding() -> None:
    assessment, _ = settle("live-tip", {**SPOUSE, "marriage": "已经离婚", "found-on": "11月10日"})

    assert assessment.rule.id == "family-divorced"
    assert due_day(assessment, "divorced-share") == date(2029, 11, 10)


@pytest.mark.parametrize(
    ("how", "rest", "rule_id"),
    [
        ("被骗了", {"known-on": "11月1日"}, "family-deceived"),
        ("被骗了", {"known-on": "2025年1月1日"}, "adult-deceived-late"),
        ("点错了", {}, "family-slipped"),
        ("老年痴呆", {"capacity-proof": "有病历", "tipped-on": "11月1日"}, "reduced-capacity"),
    ],
)
def test_a_relative_may_have_been_deceived_confused_or_clumsy(how: str, rest: dict[str, str], rule_id: str) -> None:
    assert rule_for("live-tip", {"situation": "我妈刷的", "family-how": how, **rest}).id == rule_id


ILL = [
    {"situation": "我弟有精神残疾证", "tipped-on": "11月1日"},
    {"situation": "我成年了", "reason": "抑郁，有病历", "tipped-on": "11月1日"},
]


@pytest.mark.parametrize("said", ILL)
@pytest.mark.parametrize(
    ("proof", "verdict"),
    [("法院认定过", Verdict.ELIGIBLE), ("有诊断书", Verdict.CONDITIONAL), ("没看过病", Verdict.UNLIKELY)],
)
def test_reduced_capacity_needs_more_than_a_diagnosis(said: dict[str, str], proof: str, verdict: Verdict) -> None:
    rule = rule_for("live-tip", {**said, "capacity-proof": proof})

    assert rule.verdict is verdict
    assert "认定" in words_of(rule)


def test_a_stolen_account_first_stops_the_loss() -> None:
    rule = rule_for("live-tip", {"situation": "账号被盗", "whose-money": "盗刷", "tipped-on": "昨天"})

    assert "改密码" in rule.steps[0]
    assert "110" in rule.steps[1]


def test_money_of_a_company_is_for_the_police_and_not_for_the_refund_form() -> None:
    said = {"situation": "公司的钱", "whose-money": "员工拿公司或单位的钱刷的", "tipped-on": "昨天"}
    rule = rule_for("live-tip", said)

    assert "criminal-law-64" in rule.sources
    assert any("报案" in step for step in rule.steps)
    assert "受理" in (rule.platform or "")


def test_a_system_fault_seen_in_the_record_is_paid_back() -> None:
    said = {"situation": "礼物扣了两次", "tipped-on": "昨天"}

    assert verdict_for("live-tip", {**said, "record": "能看到"}) is Verdict.ELIGIBLE
    assert verdict_for("live-tip", {**said, "record": "看不到"}) is Verdict.CONDITIONAL
