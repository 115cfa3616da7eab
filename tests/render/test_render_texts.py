"""措辞：结论、依据、材料、日期、没读懂，都说得短而准。"""

from datetime import UTC, date, datetime, timedelta

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.days.due import end_of_day
from nonebot_plugin_refund.domain.days.timers import TimerPlan, plan_timer
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.assessment import Assessment, assess
from nonebot_plugin_refund.domain.interview.interview import Misread, Settled, next_step, read_answer
from nonebot_plugin_refund.render.dates import day_in_words, moment_in_words
from nonebot_plugin_refund.render.texts.case_text import (
    CaseLine,
    case_list_message,
    events_message,
    evidence_list_message,
    moments_in_words,
    progress_message,
    reminders_message,
    stage_message,
)
from nonebot_plugin_refund.render.texts.interview_text import (
    answer_changed_message,
    answers_message,
    question_message,
    repeat_message,
    why_message,
)
from nonebot_plugin_refund.render.texts.verdict_text import (
    SCAM_LINE,
    dates_message,
    evidence_message,
    explanation_message,
    sources_message,
    steps_message,
    timer_in_words,
    verdict_message,
    verdict_messages,
)
from nonebot_plugin_refund.rulebook.derived.stage_view import stage_on
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule, Outcome, TimerKind
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
TODAY = NOW.date()
CALENDAR = WorkCalendar()
EDITION = small_edition()
SCENARIO = EDITION.scenario
WAITING = stage_on(SCENARIO, "waiting", "return")


def judged(now: datetime = NOW, **values: AnswerValue) -> Assessment:
    """照这些答案判断；问题 id 里的 - 写成 _。"""
    answers = {key.replace("_", "-"): Answer(value) for key, value in values.items()}
    step = next_step(SCENARIO, answers, now, CALENDAR)
    assert isinstance(step, Settled)
    return assess(EDITION, step.rule, answers, now, CALENDAR)


def timer(
    kind: TimerKind, safe: date, due: datetime | None = None, arguable: date | None = None, certain: bool = True
) -> TimerPlan:
    """一个算好的时限。"""
    return TimerPlan(
        timer_id="t",
        version=1,
        kind=kind,
        title="答复",
        rule=LimitRule.CALENDAR_DAYS,
        starts=TODAY,
        due_at=(due or end_of_day(safe)).astimezone(UTC),
        safe=safe,
        arguable=arguable,
        certain=certain,
        explain=("起算：某天", "结果：某天"),
        sources=(),
    )


# 结论


def test_the_verdict_names_outcome_reason_deciding_facts_and_source() -> None:
    message = verdict_message(judged(goal="regret", bought_on=date(2026, 11, 20), opened="no"))

    assert message.startswith("【符合条件】没拆封，七天内可以退\n还在期限里")
    assert "拆没拆" in message
    assert "《七天退货办法》第一条（2017-03-15 起施行，2026-11-01 核对）" in message


def test_all_that_must_be_said_is_said_in_short_messages() -> None:
    messages = verdict_messages(judged(goal="broken", price=5000.0))
    together = "\n".join(messages)

    for part in ("法律怎么说", "平台通常怎么做", "你现在点哪里", "要准备的材料", "什么会改变结论", "留意", SCAM_LINE):
        assert part in together
    assert max(map(len, messages)) <= 350
    assert "" not in messages


def test_steps_are_numbered_and_warn_of_scams_only_where_money_or_papers_are_involved() -> None:
    assessment = judged(goal="broken", price=5000.0)
    quiet = Assessment(
        **{
            **{name: getattr(assessment, name) for name in Assessment.__slots__},
            "rule": assessment.rule.model_copy(update={"warn_scam": False}),
        }
    )

    assert steps_message(assessment).splitlines()[1:3] == ["1. 打开订单", "2. 点退款"]
    assert SCAM_LINE in steps_message(assessment)
    assert SCAM_LINE not in steps_message(quiet)


def test_an_overdue_source_says_so() -> None:
    late = judged(now=datetime(2027, 3, 1, 12, tzinfo=SHANGHAI), goal="broken", price=5000.0)

    assert "该重新核对了" in sources_message(late)
    assert "该重新核对了" in verdict_message(late)
    assert "该重新核对了" not in sources_message(judged(goal="broken", price=5000.0))


def test_an_uncertain_source_says_so_and_its_kind() -> None:
    message = sources_message(judged(goal="broken", price=5000.0))

    assert "经验：大额退款的经验" in message
    assert "说法不一" in message


def test_the_articles_of_one_document_are_listed_together() -> None:
    assessment = judged(goal="regret", bought_on=date(2026, 11, 20), opened="no")
    (cited,) = assessment.sources
    second = type(cited)(cited.source.model_copy(update={"id": "other", "article": "第三条", "says": "别的"}), False)
    both = Assessment(
        **{**{name: getattr(assessment, name) for name in Assessment.__slots__}, "sources": (cited, second)}
    )

    assert "第一条、第三条" in sources_message(both)
    assert "2." not in sources_message(both)


def test_articles_checked_on_different_days_share_one_line_and_the_span_is_named() -> None:
    assessment = judged(goal="regret", bought_on=date(2026, 11, 20), opened="no")
    (cited,) = assessment.sources
    day = cited.source.last_checked_on + timedelta(days=5)
    second = type(cited)(
        cited.source.model_copy(update={"id": "other", "article": "第三条", "last_checked_on": day}), False
    )
    both = Assessment(
        **{**{name: getattr(assessment, name) for name in Assessment.__slots__}, "sources": (cited, second)}
    )
    message = sources_message(both)

    assert message.splitlines()[0] == f"依据（在 {cited.source.last_checked_on} 到 {day} 之间核对过）："
    assert "第一条、第三条" in message
    assert message.count("核对") == 1


def test_evidence_that_may_vanish_or_is_for_officials_only_is_marked() -> None:
    assessment = judged(goal="broken", price=5000.0)
    lines = evidence_message(assessment.evidence).splitlines()
    photo = next(line for line in lines if "照片" in line)
    identity = next(line for line in lines if "身份材料" in line)
    receipt = next(line for line in lines if "订单截图" in line)

    assert "寄回之后就拍不到了" in photo
    assert "※" in identity or "官方" in identity
    assert "※" not in receipt + photo
    assert any("官方入口" in line for line in lines)
    assert evidence_message(()) == ""


# 日期


def test_a_deadline_names_its_last_day_and_the_arguable_day() -> None:
    words = timer_in_words(timer(TimerKind.DEADLINE, date(2026, 11, 28), arguable=date(2026, 11, 30)), TODAY)

    assert "11月28日（周六）" in words
    assert "最晚" in words
    assert "第二百零三条" in words
    assert "11月30日（周一）" in words


def test_an_expectation_shows_no_arguable_day() -> None:
    words = timer_in_words(timer(TimerKind.EXPECTATION, date(2026, 11, 28), arguable=date(2026, 11, 30)), TODAY)

    assert "11月30日" not in words


def test_an_uncertain_expectation_names_the_latest_day_as_reminded() -> None:
    """数不准时，应答期的提醒按最晚那天，写出来的也是那天。"""
    uncertain = timer(TimerKind.EXPECTATION, date(2027, 1, 5), due=end_of_day(date(2027, 1, 8)), certain=False)

    words = timer_in_words(uncertain, TODAY)

    assert "2027年1月8日" in words
    assert "1月5日" not in words
    assert "还没公布" in words


def test_a_timer_by_the_hour_names_the_hour() -> None:
    due = datetime(2026, 11, 25, 15, 0, tzinfo=SHANGHAI)

    assert "15:00" in timer_in_words(timer(TimerKind.EXPECTATION, due.date(), due=due), TODAY)


def test_a_passed_timer_says_so() -> None:
    assert "已经过了" in timer_in_words(timer(TimerKind.DEADLINE, date(2026, 11, 20)), TODAY)


def test_dates_are_listed_by_due_moment_and_nothing_is_said_without_any() -> None:
    later, sooner = timer(TimerKind.DEADLINE, date(2026, 12, 9)), timer(TimerKind.DEADLINE, date(2026, 11, 25))
    message = dates_message([later, sooner], TODAY)

    assert message.index("11月25日") < message.index("12月9日")
    assert dates_message([], TODAY) == ""


def test_how_a_date_was_counted_is_told_line_by_line() -> None:
    assert explanation_message(timer(TimerKind.DEADLINE, TODAY)).splitlines()[1:] == ["起算：某天", "结果：某天"]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 7, 30, tzinfo=UTC), "今天 15:30"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "明天 00:00"),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), "昨天 23:00"),
        (datetime(2026, 11, 30, 2, 0, tzinfo=UTC), "11月30日（周一）10:00"),
        (datetime(2027, 1, 1, 2, 0, tzinfo=UTC), "2027年1月1日（周五）10:00"),
    ],
)
def test_a_moment_is_told_in_shanghai_time(moment: datetime, words: str) -> None:
    assert moment_in_words(moment, NOW) == words


def test_a_day_of_another_year_is_told_with_the_year() -> None:
    assert day_in_words(date(2025, 12, 31), TODAY) == "2025年12月31日（周三）"


# 访谈


def test_a_question_lists_its_options_and_the_printed_numbers_are_understood() -> None:
    for question in SCENARIO.questions:
        printed = [line for line in question_message(question).splitlines() if line[:1].isdigit()]
        for line in printed:
            number, _, label = line.partition(". ")
            read = read_answer(question, number, NOW)
            assert isinstance(read, Answer), line
            assert read.is_unsure is (label == "不清楚")


def test_why_is_answered_and_the_question_asked_again() -> None:
    question = SCENARIO.question("opened")

    assert why_message(question).startswith(question.why)
    assert why_message(question).endswith(question_message(question))


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("goal", "1 2", "后悔了"),
        ("goal", "不清楚", "总要先说说是哪种情况"),
        ("bought-on", "明天", "还没到"),
        ("bought-on", "2月30日", "没有这一天"),
        ("bought-on", "15号或16号", "1. 11月15日（周日）\n2. 11月16日（周一）"),
        ("bought-on", "上周", "几月几日"),
        ("price", "300到500", "300 到 500 元之间"),
        ("price", "20万", "1–100000"),
        ("parts", "1 3", "什么都不缺"),
        ("opened", "哈哈", "是"),
    ],
)
def test_a_misread_says_what_was_wrong_and_what_is_expected(question: str, text: str, said: str) -> None:
    asked = SCENARIO.question(question)
    misread = read_answer(asked, text, NOW)
    assert isinstance(misread, Misread)

    first, second, third = (repeat_message(asked, misread, times=times) for times in (1, 2, 3))

    assert said in first
    assert question_message(asked) not in first
    assert question_message(asked) in second
    assert question_message(asked) not in third
    assert "退出" in third


def test_a_change_tells_before_and_after() -> None:
    message = answer_changed_message(SCENARIO.question("price"), Answer(50.0), Answer(None), 2026)

    assert "50 元" in message
    assert "不清楚" in message


def test_given_answers_are_numbered_for_revising() -> None:
    message = answers_message([(SCENARIO.question("goal"), Answer("regret"))])

    assert "1. 退的原因：后悔了" in message
    assert "修改 1" in message
    assert "还没有" in answers_message([])


# 案件


def test_the_case_list_shows_stage_and_next_date_or_the_outcome() -> None:
    open_case = CaseLine("K7Q2", SCENARIO, WAITING, timer(TimerKind.DEADLINE, date(2026, 11, 28)))
    closed = CaseLine("M4XW", SCENARIO, None, None, Outcome.REFUNDED)
    lines = case_list_message([open_case, closed], TODAY).splitlines()

    assert "K7Q2" in lines[1]
    assert "等商家" in lines[1]
    assert "11月28日" in lines[1]
    assert "已结案：已退款" in lines[2]


def test_the_case_list_names_a_passed_deadline_and_the_day_that_may_be_argued() -> None:
    passed = timer(TimerKind.DEADLINE, date(2026, 11, 21), arguable=date(2026, 11, 23))
    message = case_list_message(
        [CaseLine("K7Q2", SCENARIO, stage_on(SCENARIO, "apply", SCENARIO.tracks[0].id), passed)], TODAY
    )

    assert "答复 11月21日（周六）已过，还可主张到 11月23日（周一）" in message


def test_the_case_list_names_the_day_reminded_for_an_uncertain_expectation() -> None:
    uncertain = timer(TimerKind.EXPECTATION, date(2027, 1, 5), due=end_of_day(date(2027, 1, 8)), certain=False)
    message = case_list_message([CaseLine("K7Q2", SCENARIO, WAITING, uncertain)], TODAY)

    assert "1月8日" in message
    assert "1月5日" not in message


def test_progress_and_a_new_stage_tell_what_happens_and_what_to_do() -> None:
    stage = WAITING
    plans = [timer(TimerKind.EXPECTATION, date(2026, 11, 25))]

    for message in (
        progress_message("K7Q2", SCENARIO, stage, plans, TODAY),
        stage_message("K7Q2", stage, plans, TODAY),
    ):
        assert stage.happening in message
        assert stage.todo in message
        assert "11月25日" in message


def test_how_a_far_clock_is_counted_is_said_only_where_no_nearer_day_stands() -> None:
    tip = load_rulebook().edition("live-tip").scenario
    start = date(2026, 10, 28)
    clock = plan_timer(tip.clock("limitation"), start, WorkCalendar())
    (supplement,) = tip.stage("supplement").timers
    near = plan_timer(supplement, TODAY, WorkCalendar())
    stage = stage_on(tip, "supplement", "guardian-claim")
    both = progress_message("K7Q2", tip, stage, [near, clock], TODAY)

    assert "三年诉讼时效：最晚 2029年10月28日" in both
    assert "连续数 2 天" in both
    assert "数 36 个月" not in both
    assert "数 36 个月" in progress_message("K7Q2", tip, stage, [clock], TODAY)


def test_progress_says_which_deadlines_were_missed() -> None:
    missed = ["签收日期 11月14日：11月21日已过，还可主张到 11月23日"]

    assert missed[0] in progress_message("K7Q2", SCENARIO, WAITING, [], TODAY, (), missed)


def test_events_and_evidence_are_numbered() -> None:
    assert "1. 同意了" in events_message("K7Q2", WAITING)
    message = evidence_list_message("K7Q2", SCENARIO.evidence, {"photo"})

    assert "1. ○ 订单截图" in message
    assert "2. ✓ 照片" in message
    assert "没有" in evidence_list_message("K7Q2", (), set())


def test_pending_and_failed_reminders_are_listed() -> None:
    message = reminders_message("K7Q2", [("七天期限", NOW + timedelta(days=1))], ["对方拒收"], NOW)

    assert "明天 15:00 七天期限" in message
    assert "没送到：对方拒收" in message
    assert "没有排着" in reminders_message("K7Q2", [], [], NOW)


def test_many_moments_are_summed_up() -> None:
    moments = [NOW + timedelta(days=day) for day in range(5)]

    assert moments_in_words(moments[:3], NOW).count("、") == 2
    assert "等 5 个" in moments_in_words(moments, NOW)
