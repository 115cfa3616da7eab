"""手册换了版：能换的案件换过去，日期和提醒一条不少一条不多；要本人拿主意的告诉他一次；其余照旧。"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.dialogue.rulebooks import mover
from nonebot_plugin_refund.render.texts.reminder_text import FOLLOWED_UP
from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.loader import LoadedScenario, Rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Option, Question, QuestionKind, TimerKind, Verdict
from tests.chat.conversation_harness import MORNING, USER, Bench, rulebook

TO_A_VERDICT = ("打赏", "1", "10", "1", "5000", "1", "昨天")
UPDATED = "这类事的规则更新了"


def book_with(scenario_id: str, **update: object) -> Rulebook:
    """只改了一个场景的手册。"""
    book = rulebook()
    loaded = [
        LoadedScenario(item.scenario.model_copy(update=update), item.document)
        if item.scenario.id == scenario_id
        else item
        for item in book.loaded
    ]
    return Rulebook(tuple(loaded), book.shared_sources)


def reworded() -> Rulebook:
    return book_with("live-tip", opening="换了一句开场。")


async def decided_rule(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT rule_id FROM refund_cases")
    return row["rule_id"]


def with_rule(rule_id: str, **update: object) -> Rulebook:
    rules = rulebook().edition("live-tip").scenario.rules
    changed = tuple(rule.model_copy(update=update) if rule.id == rule_id else rule for rule in rules)
    return book_with("live-tip", rules=changed)


def with_options(question_id: str, options: tuple[Option, ...]) -> Rulebook:
    questions = tuple(
        item.model_copy(update={"options": options}) if item.id == question_id else item
        for item in rulebook().edition("live-tip").scenario.questions
    )
    return book_with("live-tip", questions=questions)


async def judged(bench: Bench) -> str:
    """一件打赏案件，问到有结论为止。"""
    await bench.private(*TO_A_VERDICT)
    return await bench.only_code()


async def moved(bench: Bench) -> int:
    """换版做到底；返回做了几批。"""
    batches = 0
    while await bench.assembly.mover.step(bench.clock.now()):
        batches += 1
    return batches


async def standing(bench: Bench) -> list[Mapping[str, Any]]:
    """时限和提醒的全部行：换版前后应当一模一样。"""
    timers = await bench.rows(
        "SELECT id, timer_id, timer_version, due_at, safe, state FROM refund_case_timers ORDER BY id"
    )
    reminders = await bench.rows("SELECT id, timer_id, offset, due_at, state FROM refund_reminders ORDER BY id")
    return [*timers, *reminders]


async def case_row(bench: Bench) -> Mapping[str, Any]:
    (row,) = await bench.rows("SELECT * FROM refund_cases")
    return row


def current(book: Rulebook) -> Edition:
    return book.edition("live-tip")


async def test_wording_that_changed_moves_cases_and_touches_no_date_and_no_reminder(bench: Bench) -> None:
    await judged(bench)
    before, case = await standing(bench), await case_row(bench)
    assert before
    await bench.restart(reworded())

    assert await moved(bench) == 1
    assert await moved(bench) == 0

    after = await case_row(bench)
    assert after["rulebook_digest"] == current(bench.rulebook).digest != case["rulebook_digest"]
    assert after["answers"] == case["answers"]
    assert await standing(bench) == before
    (event,) = await bench.rows("SELECT event_id FROM refund_case_events")
    assert event["event_id"] == "edition_adopted"
    await bench.assembly.worker.run_once()
    assert bench.platform.received_by(USER) == []


def without_check_ins() -> Rulebook:
    """新版里一句问候也没有。"""
    stages = tuple(
        stage.model_copy(
            update={"timers": tuple(timer for timer in stage.timers if timer.kind is not TimerKind.CHECK_IN)}
        )
        for stage in rulebook().edition("live-tip").scenario.stages
    )
    return book_with("live-tip", stages=stages)


async def test_a_check_in_that_is_new_or_gone_is_no_date_that_changed(bench: Bench) -> None:
    kept = "SELECT kind FROM refund_case_timers WHERE state = 'open' AND kind = 'check_in'"
    await judged(bench)
    assert len(await bench.rows(kept)) == 1
    await bench.restart(without_check_ins())
    assert await moved(bench) == 1
    assert await bench.rows(kept) == []
    await bench.restart(rulebook())
    assert await moved(bench) == 1
    assert len(await bench.rows(kept)) == 1
    await bench.assembly.worker.run_once()
    assert bench.platform.received_by(USER) == []
    assert len(await bench.advance(days=3, hours=1)) == 1


async def test_a_follow_up_planned_before_the_move_still_comes(bench: Bench) -> None:
    """提醒都发完了、还没回访的时候换版：回访不丢。"""
    await judged(bench)
    await bench.private("更新 1")
    told = await bench.advance(days=8)
    await bench.restart(reworded())
    assert await moved(bench) == 1
    asked = await bench.advance(days=2, hours=1)
    assert "平台答复" in told[0]
    assert FOLLOWED_UP in asked[0]


async def test_a_reminder_due_but_not_yet_sent_is_still_sent_once_after_the_move(bench: Bench) -> None:
    await judged(bench)
    bench.platform.online = False
    await bench.restart(reworded())
    (first,) = await bench.rows("SELECT min(due_at) AS at FROM refund_reminders WHERE state = 'pending'")
    bench.clock.moment = datetime.fromisoformat(first["at"]).replace(tzinfo=UTC) + timedelta(hours=1)
    await moved(bench)
    assert (await case_row(bench))["rulebook_digest"] == current(bench.rulebook).digest
    bench.platform.online = True
    for _ in range(2):
        await bench.assembly.worker.run_once()
    assert len(bench.platform.received_by(USER)) == 1


async def test_moving_twice_or_in_two_processes_records_it_once(bench: Bench) -> None:
    await judged(bench)
    await bench.restart(reworded())
    first = bench.assembly
    await bench.start()
    while any([await first.mover.step(bench.clock.now()), await bench.assembly.mover.step(bench.clock.now())]):
        pass
    assert len(await bench.rows("SELECT id FROM refund_case_events")) == 1


async def test_killed_half_way_it_goes_on_where_it_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for user in ("41", "42", "43"):
        await bench.private(*TO_A_VERDICT, user=user)
    monkeypatch.setattr(mover, "BATCH", 2)
    await bench.restart(reworded())
    assert await bench.assembly.mover.step(bench.clock.now())
    assert len(await bench.rows("SELECT id FROM refund_case_events")) == 2

    await bench.restart()
    assert await moved(bench) == 1

    events = await bench.rows("SELECT case_id FROM refund_case_events ORDER BY case_id")
    assert [row["case_id"] for row in events] == [1, 2, 3]


async def test_a_process_with_an_older_book_does_not_take_cases_back(bench: Bench) -> None:
    await judged(bench)
    older = bench.assembly
    await older.mover.step(bench.clock.now())
    bench.rulebook = reworded()
    await bench.start()
    await moved(bench)
    case = await case_row(bench)

    assert not await older.mover.step(bench.clock.now())
    assert await case_row(bench) == case


async def test_one_case_that_fails_does_not_hold_up_the_others(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for user in ("41", "42"):
        await bench.private(*TO_A_VERDICT, user=user)
    await bench.restart(reworded())
    keep = bench.assembly.mover.editions.keep
    failures = iter([True, False])

    async def failing(*arguments: Any) -> None:
        if next(failures, False):
            raise ArithmeticError
        await keep(*arguments)

    monkeypatch.setattr(bench.assembly.mover.editions, "keep", failing)
    await moved(bench)
    assert [row["case_id"] for row in await bench.rows("SELECT case_id FROM refund_case_events")] == [2]
    assert (await bench.private("我的", user="41"))[0]


class TestTheOwnerDecides:
    @pytest.fixture
    async def harsher(self, bench: Bench) -> str:
        """结论变了的新手册已经换上，案件还照旧的。"""
        code = await judged(bench)
        await bench.restart(with_rule(await decided_rule(bench), verdict=Verdict.UNLIKELY, version=99))
        await moved(bench)
        return code

    async def test_is_told_once_and_the_case_goes_on_as_before(self, bench: Bench, harsher: str) -> None:
        case = await case_row(bench)
        for _ in range(3):
            await moved(bench)
            await bench.assembly.worker.run_once()
        (told,) = bench.platform.received_by(USER)
        assert UPDATED in told
        assert f"重看 {harsher}" in told
        assert await case_row(bench) == case
        await bench.restart()
        await moved(bench)
        await bench.assembly.worker.run_once()
        assert len(bench.platform.received_by(USER)) == 1
        assert harsher in (await bench.private("进度"))[0]

    async def test_saying_so_judges_again_with_every_answer_kept(self, bench: Bench, harsher: str) -> None:
        before = await case_row(bench)
        said = await bench.private(f"重看 {harsher.lower()}")
        assert "结论由" in said[0]
        after = await case_row(bench)
        assert (after["code"], after["answers"], after["verdict"]) == (harsher, before["answers"], "unlikely")
        assert after["rulebook_digest"] == current(bench.rulebook).digest
        assert "已经是最新的" in (await bench.private("重看"))[0]

    async def test_who_answered_before_the_notice_went_out_is_not_told_any_more(
        self, bench: Bench, harsher: str
    ) -> None:
        await bench.private("/退款 重看")
        await bench.advance(hours=2)
        assert UPDATED not in "".join(bench.platform.received_by(USER))

    @pytest.mark.usefixtures("harsher")
    async def test_a_notice_is_no_date_of_the_case(self, bench: Bench) -> None:
        assert "规则有更新" in (await bench.private("提醒"))[0]
        assert "rules-changed" not in str(await bench.private("日历"))
        await bench.assembly.worker.run_once()
        assert "最近没有发过提醒" in (await bench.private("完成"))[0]

    @pytest.mark.usefixtures("harsher")
    async def test_a_second_change_takes_the_place_of_the_first_not_yet_told(self, bench: Bench) -> None:
        await bench.restart(with_rule(await decided_rule(bench), verdict=Verdict.REDIRECT, version=100))
        await moved(bench)
        await bench.assembly.worker.run_once()
        assert len(bench.platform.received_by(USER)) == 1


async def test_nobody_is_woken_at_night(bench: Bench) -> None:
    await judged(bench)
    await bench.restart(with_rule(await decided_rule(bench), verdict=Verdict.UNLIKELY))
    bench.clock.moment = MORNING.replace(hour=23)
    await moved(bench)
    await bench.assembly.worker.run_once()
    assert bench.platform.received_by(USER) == []
    told = await bench.advance(MORNING.replace(day=24, hour=8, minute=1))
    assert any(UPDATED in text for text in told)


async def test_people_who_stopped_reminders_are_not_disturbed(bench: Bench) -> None:
    await judged(bench)
    await bench.private("停止提醒")
    await bench.restart(with_rule(await decided_rule(bench), verdict=Verdict.UNLIKELY))
    await moved(bench)
    await bench.assembly.worker.run_once()
    assert bench.platform.received_by(USER) == []


async def test_somebody_who_cannot_be_reached_finds_it_on_top_of_the_next_answer(bench: Bench) -> None:
    await judged(bench)
    bench.platform.strangers_are_friends = False
    await bench.restart(with_rule(await decided_rule(bench), verdict=Verdict.UNLIKELY))
    await moved(bench)
    await bench.assembly.worker.run_once()
    assert bench.platform.received_by(USER) == []
    assert UPDATED in (await bench.private("我的"))[0]
    assert UPDATED not in (await bench.private("我的"))[0]


async def test_a_new_question_is_the_only_thing_asked_again(bench: Bench) -> None:
    code = await judged(bench)
    scenario = rulebook().edition("live-tip").scenario
    rule = scenario.rule(await decided_rule(bench))
    asked = Question(
        id="brand-new", text="平台回过话吗？", why="新规则要看。", kind=QuestionKind.YESNO, short="平台回话"
    )
    yes = tuple({**clause, "brand-new": frozenset({"yes"})} for clause in rule.when)
    other = tuple({**clause, "brand-new": frozenset({"no", "unsure"})} for clause in rule.when)
    rules = (
        *(item for item in scenario.rules if item.id != rule.id),
        rule.model_copy(update={"when": yes}),
        rule.model_copy(update={"id": "no-word", "when": other}),
    )
    await bench.restart(book_with("live-tip", questions=(*scenario.questions, asked), rules=rules))
    await moved(bench)
    said = await bench.private(f"重看 {code}")
    assert "答过的都带着" in said[0]
    assert "平台回过话吗？" in said[0]
    said = await bench.private("是")
    assert "结论没变" in said[0]
    assert await bench.only_code() == code


class TestPinned:
    async def test_what_only_holds_for_later_events_is_said_and_changes_nothing(self, bench: Bench) -> None:
        code = await judged(bench)
        case = await case_row(bench)
        await bench.restart(with_rule(await decided_rule(bench), effective_from=date(2027, 1, 1), version=99))
        await moved(bench)
        await bench.assembly.worker.run_once()
        (told,) = bench.platform.received_by(USER)
        assert "仍照原来的走" in told
        assert await case_row(bench) == case
        assert "仍照原来的规则走" in (await bench.private(f"重看 {code}"))[0]

    async def test_a_withdrawn_scenario_goes_on_silently_and_answers_can_still_be_changed(self, bench: Bench) -> None:
        code = await judged(bench)
        book = rulebook()
        await bench.restart(
            Rulebook(tuple(item for item in book.loaded if item.scenario.id != "live-tip"), book.shared_sources)
        )
        await moved(bench)
        await bench.assembly.worker.run_once()
        assert bench.platform.received_by(USER) == []
        assert code in (await bench.private("进度"))[0]
        await bench.private("修改 2")
        assert "结论" in "".join(await bench.private("12"))


class TestInterviewUnderWay:
    async def test_the_old_numbering_is_not_read_with_the_new_options(self, bench: Bench) -> None:
        await bench.private("打赏")
        question = rulebook().edition("live-tip").scenario.question("situation")
        await bench.restart(with_options("situation", question.options[::-1]))
        said = (await bench.private("1"))[0]
        assert "规则手册刚更新过" in said
        assert await bench.answers() == {}
        await bench.private("1")
        assert await bench.answers() == {"situation": question.options[-1].id}

    async def test_only_what_no_longer_applies_is_asked_again_and_said(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10")
        question = rulebook().edition("live-tip").scenario.question("situation")
        await bench.restart(with_options("situation", question.options[1:]))
        said = (await bench.private("1"))[0]
        assert f"「{question.short}」要再答一次" in said
        assert (await bench.answers())["age"] == 10.0

    async def test_answers_of_a_question_that_vanished_are_there_when_it_comes_back(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10")
        scenario = rulebook().edition("live-tip").scenario
        without = tuple(item for item in scenario.questions if item.id != "age")
        facts = tuple(fact for fact in scenario.facts if fact.question != "age")
        await bench.restart(book_with("live-tip", questions=without, facts=facts))
        await bench.private("1", "1")
        await bench.restart(rulebook())
        assert (await bench.answers())["age"] == 10.0
