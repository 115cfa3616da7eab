"""付费内容和充值里要紧的判断，以及打赏、付费内容、充值三个场景都要守的事。

答案都用口语写，和用户在 QQ 里说的一样；日期照条文手算，不由被测的代码得出。
"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import read_answer
from nonebot_plugin_refund.domain.understanding.options import match_options
from nonebot_plugin_refund.rulebook.derived.paths import walk_paths
from nonebot_plugin_refund.rulebook.derived.stage_graph import reachable_stages
from nonebot_plugin_refund.rulebook.derived.stage_view import first_stage, stage_on
from nonebot_plugin_refund.rulebook.scenario_models.models import Option, TimerKind, Verdict
from tests.rulebook.spoken_interview import (
    NOW,
    due_day,
    rule_for,
    scenario_of,
    settle,
    stages_on_every_track,
    verdict_for,
    words_of,
)

SCENARIOS = ("live-tip", "paid-content", "top-up")


# 付费内容


@pytest.mark.parametrize(("progress", "expected"), [("看了3节", Verdict.ELIGIBLE), ("看完了", Verdict.CONDITIONAL)])
def test_a_course_unlike_its_promise_depends_on_how_much_was_used(progress: str, expected: Verdict) -> None:
    said = {"problem": "和宣传不一样", "claim-proof": "有录屏", "progress": progress, "paid-on": "10月2日"}

    assert verdict_for("paid-content", said) is expected


def test_without_the_old_advertisement_it_is_first_to_be_found() -> None:
    rule = rule_for("paid-content", {"problem": "虚假宣传", "claim-proof": "没有", "paid-on": "10月2日"})

    assert rule.verdict is Verdict.CONDITIONAL
    assert "回放" in rule.platform


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"access-problem": "下架了"}, Verdict.ELIGIBLE),
        ({"access-problem": "黑屏", "tried": "都试过，还是看不了"}, Verdict.ELIGIBLE),
        ({"access-problem": "黑屏", "tried": "没试"}, Verdict.CONDITIONAL),
        ({"access-problem": "没赶上直播", "replay-promised": "说过有回放"}, Verdict.CONDITIONAL),
        ({"access-problem": "没赶上直播", "replay-promised": "没提回放"}, Verdict.UNLIKELY),
    ],
)
def test_content_out_of_reach(said: dict[str, str], expected: Verdict) -> None:
    assert verdict_for("paid-content", {"problem": "看不了", "paid-on": "11月1日", **said}) is expected


def test_a_vanished_teacher_is_the_platforms_matter_only_if_paid_inside() -> None:
    said = {"problem": "老师跑路了", "paid-on": "11月1日"}
    outside = rule_for("paid-content", {**said, "paid-where": "微信转账"})

    assert verdict_for("paid-content", {**said, "paid-where": "快手里付的"}) is Verdict.ELIGIBLE
    assert outside.verdict is Verdict.REDIRECT
    assert "报警" in outside.steps[0]


@pytest.mark.parametrize(
    ("paid", "expected"),
    [("11月16日", Verdict.ELIGIBLE), ("11月10日", Verdict.UNLIKELY), ("不清楚", Verdict.CONDITIONAL)],
)
def test_a_creators_own_seven_days_are_kept(paid: str, expected: Verdict) -> None:
    """11-16 付款，第 7 天是 11-23 今天。"""
    said = {"problem": "写了7天可退", "promise-kind": "几天内可退", "promise-period": "7天", "paid-on": paid}

    assert verdict_for("paid-content", said) is expected


def test_the_promised_days_are_watched_to_the_last() -> None:
    said = {"problem": "写了7天可退", "promise-kind": "几天内可退", "promise-period": "7天", "paid-on": "11月20日"}
    assessment, _ = settle("paid-content", said)

    assert due_day(assessment, "promise-seven-days") == date(2026, 11, 27)


def test_a_camp_regretted_within_seven_days_of_paying_may_be_returned_but_that_is_unsettled() -> None:
    said = {"problem": "后悔了", "form": "训练营", "paid-on": "11月22日"}
    assessment, _ = settle("paid-content", said)

    assert assessment.rule.verdict is Verdict.CONDITIONAL
    assert "没有定论" in assessment.rule.because
    assert due_day(assessment, "series-seven-days") == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("paid", "expected"), [("2025年5月1日", "series-late"), ("2025年4月30日", "series-late-before-2025-05")]
)
def test_the_prepaid_interpretation_holds_from_may_2025_only(paid: str, expected: str) -> None:
    rule = rule_for(
        "paid-content", {"problem": "不想上了", "form": "训练营", "paid-on": paid, "series-offer": "还没问"}
    )

    assert rule.id == expected
    assert ("prepaid-interpretation-2025-13" in rule.sources) is (expected == "series-late")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"problem": "孩子买的", "paid-on": "11月1日"}, "child-paid-apple"),
        ({"problem": "后悔了", "form": "录播课"}, "recorded-apple"),
    ],
)
def test_content_paid_through_apple_is_asked_back_from_apple_as_well(said: dict[str, str], expected: str) -> None:
    rule = rule_for("paid-content", {**said, "billed-by": "苹果"})

    assert rule.id == expected
    assert "reportaproblem.apple.com" in rule.steps[1]


def test_recorded_lessons_regretted_are_hard_and_the_law_is_called_unsettled() -> None:
    rule = rule_for("paid-content", {"problem": "后悔了", "form": "录播课", "billed-by": "微信"})

    assert rule.verdict is Verdict.UNLIKELY
    assert "没有明文" in rule.law


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"billed-by": "苹果"}, Verdict.REDIRECT),
        ({"billed-by": "微信", "reminded": "没收到"}, Verdict.CONDITIONAL),
        ({"billed-by": "微信", "reminded": "收到过"}, Verdict.UNLIKELY),
    ],
)
def test_a_renewal_turns_on_who_charged_and_whether_it_warned(said: dict[str, str], expected: Verdict) -> None:
    assert verdict_for("paid-content", {"problem": "自动续费", **said}) is expected


def test_nobody_is_told_of_five_days_before_a_renewal() -> None:
    renewals = [rule for rule in scenario_of("paid-content").rules if rule.id.startswith("renewal")]

    assert len(renewals) == 3
    assert not any("五日" in words_of(rule) or "5 天" in words_of(rule) for rule in renewals)


# 充值

PAID_BY_WECHAT = {"paid-by": "微信"}


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ("今天上午9点", "not-credited-waiting"),
        ("昨天下午四点", "not-credited-waiting"),
        ("昨天下午两点", "not-credited"),
        ("11月20日", "not-credited"),
    ],
)
def test_missing_coins_are_waited_for_twenty_four_hours(paid: str, expected: str) -> None:
    said = {"problem": "没到账", **PAID_BY_WECHAT, "bill": "支付成功", "paid-on": paid}

    assert rule_for("top-up", said).id == expected


def test_waiting_ends_to_the_hour() -> None:
    said = {"problem": "没到账", **PAID_BY_WECHAT, "bill": "支付成功", "paid-on": "今天上午9点"}
    assessment, _ = settle("top-up", said)
    (timer,) = assessment.timers

    assert timer.kind is TimerKind.EXPECTATION
    assert timer.due_local == datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)


def test_a_payment_that_failed_is_looked_up_at_the_payment_app() -> None:
    assert rule_for("top-up", {"problem": "没到账", **PAID_BY_WECHAT, "bill": "处理中"}).id == "not-charged"


@pytest.mark.parametrize(("bills", "expected"), [("两笔都成功", Verdict.ELIGIBLE), ("一笔", Verdict.CONDITIONAL)])
def test_a_double_charge_needs_two_successful_bills(bills: str, expected: Verdict) -> None:
    said = {"problem": "扣了两次", **PAID_BY_WECHAT, "two-bills": bills, "paid-on": "11月20日"}

    assert verdict_for("top-up", said) is expected


@pytest.mark.parametrize(("paid", "expected"), [("11月1日", Verdict.CONDITIONAL), ("5月1日", Verdict.UNLIKELY)])
def test_coins_sent_to_a_stranger_get_harder_with_time(paid: str, expected: Verdict) -> None:
    said = {"problem": "充错了", "wrong-kind": "充到别人号", **PAID_BY_WECHAT, "paid-on": paid}

    assert verdict_for("top-up", said) is expected


def test_a_wrong_amount_not_yet_spent_watches_ninety_days() -> None:
    said = {"problem": "充多了", "wrong-kind": "金额点错", **PAID_BY_WECHAT, "spent": "没花", "paid-on": "11月1日"}
    assessment, _ = settle("top-up", said)

    assert assessment.rule.verdict is Verdict.CONDITIONAL
    assert due_day(assessment, "mistake-revocation") == date(2027, 1, 30)


def test_a_wrong_amount_already_spent_is_hard() -> None:
    said = {"problem": "充多了", "wrong-kind": "金额点错", **PAID_BY_WECHAT, "spent": "花了"}

    assert verdict_for("top-up", said) is Verdict.UNLIKELY


def test_for_unused_coins_it_says_that_no_official_rule_was_found() -> None:
    rule = rule_for("top-up", {"problem": "没用完想退", **PAID_BY_WECHAT, "unused-why": "不想用了"})

    assert rule.verdict is Verdict.UNLIKELY
    assert "没有查到快手的官方规定" in rule.because


@pytest.mark.parametrize("problem", ["没到账", "扣了两次", "没用完想退", "充错了"])
def test_what_apple_charged_is_asked_back_from_apple(problem: str) -> None:
    rule = rule_for("top-up", {"problem": problem, "wrong-kind": "充多了", "paid-by": "苹果"})

    assert rule.verdict is Verdict.REDIRECT
    assert "reportaproblem.apple.com" in rule.steps[0]


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ({"problem": "孩子充的", **PAID_BY_WECHAT}, "live-tip"),
        ({"problem": "孩子充的", "paid-by": "苹果"}, "live-tip"),
        ({"problem": "自动扣费", "unwanted-kind": "自动续费"}, "paid-content"),
    ],
)
def test_matters_of_another_scenario_are_sent_there(said: dict[str, str], target: str) -> None:
    assert rule_for("top-up", said).redirect_to == target


def test_a_childs_top_up_through_apple_is_claimed_from_both_and_no_share_is_guessed() -> None:
    rule = rule_for("top-up", {"problem": "孩子充的", "paid-by": "苹果"})

    assert "reportaproblem.apple.com" in "".join(rule.steps)
    assert "差额" in rule.platform
    assert "30" not in words_of(rule)


def test_a_private_seller_is_not_the_platforms_matter() -> None:
    rule = rule_for("top-up", {"problem": "找人代充"})

    assert rule.verdict is Verdict.REDIRECT
    assert rule.redirect_to is None
    assert "110" in "".join(rule.steps)


# 三个场景都要守的


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_hopeful_verdict_leads_to_a_case(scenario_id: str) -> None:
    hopeful = {Verdict.ELIGIBLE, Verdict.CONDITIONAL, Verdict.UNLIKELY}

    assert not [rule.id for rule in scenario_of(scenario_id).rules if rule.verdict in hopeful and not rule.track]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_case_never_starts_with_a_date_nobody_asked_for(scenario_id: str) -> None:
    scenario = scenario_of(scenario_id)
    missing: set[tuple[str, str]] = set()
    for path in walk_paths(scenario):
        assert path.rule is not None
        if path.rule.track is None:
            continue
        asked = {step.question.id for step in path.steps}
        starts = {timer.start for timer in first_stage(scenario, path.rule.track).timers if timer.start}
        missing |= {(path.rule.id, start) for start in starts - asked}

    assert not missing


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_headline_does_not_repeat_the_verdict_word(scenario_id: str) -> None:
    labels = ("符合条件", "有条件", "较难", "通常不予退款", "不归这里")

    assert not [rule.headline for rule in scenario_of(scenario_id).rules if rule.headline.startswith(labels)]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_words_of_one_option_never_pick_another(scenario_id: str) -> None:
    """一个选项的说法，要么读成它自己，要么说分不清，绝不读成别的选项。"""
    misread: list[tuple[str, str]] = []
    for question in scenario_of(scenario_id).questions:
        for option in question.options:
            for phrase in (option.label, *option.aliases):
                read = read_answer(question, phrase, NOW)
                if isinstance(read, Answer) and read.value not in (option.id, (option.id,)):
                    misread.append((question.id, phrase))

    assert not misread


@pytest.mark.parametrize(
    ("scenario_id", "track_id", "timer_id"),
    [
        ("live-tip", "slip-claim", "slip-revocation"),
        ("live-tip", "deceived-claim", "deceit-revocation"),
        ("top-up", "mistake-claim", "mistake-revocation"),
    ],
)
def test_asking_or_complaining_does_not_stop_the_limit_for_revocation(
    scenario_id: str, track_id: str, timer_id: str
) -> None:
    """民法典第一百五十二条：撤销权要向法院或仲裁机构行使，找客服、投诉都不算，起诉了才停。"""
    scenario = scenario_of(scenario_id)
    on_the_way = reachable_stages(scenario, [scenario.track(track_id).start], track_id) - {"paying", "in-court"}
    stages = [stage_on(scenario, stage_id, track_id) for stage_id in on_the_way]
    still_asking = [stage for stage in stages if stage.outcome is None]
    unwatched = [stage.id for stage in still_asking if timer_id not in {timer.id for timer in stage.timers}]

    assert len(still_asking) >= 6
    assert not unwatched


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_words_of_one_event_never_report_another(scenario_id: str) -> None:
    misread: list[tuple[str, str]] = []
    for stage in stages_on_every_track(scenario_of(scenario_id)):
        options = tuple(Option(id=event.id, label=event.label, aliases=event.said) for event in stage.events)
        for option in options:
            for phrase in (option.label, *option.aliases):
                match = match_options(phrase, options, multi=False)
                if match.ids and match.ids != (option.id,):
                    misread.append((stage.id, phrase))

    assert not misread
