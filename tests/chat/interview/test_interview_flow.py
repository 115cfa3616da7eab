"""私聊里的访谈：怎么开始、怎么回答、怎么改、断了怎么接着问。"""

import asyncio

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.rulebook.loader import LoadedScenario, Rulebook
from tests.chat.conversation_harness import Bench, rulebook

WHO_TIPPED = "这笔打赏是谁刷的"
HOW_OLD = "孩子满几周岁"
PARENT = "家长这边"
HOW_MUCH = "一共打赏了大约多少元"
TO_A_VERDICT = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")
"""一场说到结论的访谈。"""


class TestStart:
    async def test_by_menu_number(self, bench: Bench) -> None:
        (menu,) = await bench.private("退款")
        assert "3. 直播打赏" in menu
        (said,) = await bench.private("3")
        assert WHO_TIPPED in said

    @pytest.mark.parametrize(
        "text",
        [
            "给主播打赏了三千，想退",
            "退款 直播打赏三千块想退",
            "/退款 直播打赏三千块想退",
            "/退款 场景 直播打赏",
            "退款 场景 live-tip",
            "场景 打赏",
            "/退款 3",
        ],
    )
    async def test_by_description_name_or_number(self, bench: Bench, text: str) -> None:
        (said,) = await bench.private(text)
        assert WHO_TIPPED in said

    @pytest.mark.parametrize(
        "text",
        [
            "孩子拿我手机给主播打赏了三千",
            "娃拿我手机给主播刷了五千多 能要回来不",
            "退款 孩子打赏主播三千块想退",
            "/退款 闺女背着我给主播刷了好多礼物",
        ],
    )
    async def test_who_tipped_is_not_asked_of_somebody_who_began_by_saying_it(self, bench: Bench, text: str) -> None:
        (said,) = await bench.private(text)
        assert WHO_TIPPED not in said
        assert "孩子刷的" in said
        assert "孩子满几周岁" in said

    async def test_a_vague_wish_gets_the_menu_whose_number_then_counts(self, bench: Bench) -> None:
        (menu,) = await bench.private("我想退款")
        assert "1. 快手小店退货退款" in menu
        assert WHO_TIPPED in (await bench.private("3"))[0]

    async def test_small_talk_gets_one_short_line(self, bench: Bench) -> None:
        (said,) = await bench.private("今天天气不错")
        assert said == wording.SMALL_TALK
        assert len(said) <= 60

    @pytest.mark.parametrize(
        ("text", "answer"), [("谢谢啦", wording.THANKED), ("好的", wording.ACKNOWLEDGED), ("OK", wording.ACKNOWLEDGED)]
    )
    async def test_thanks_and_nods_are_answered_in_kind(self, bench: Bench, text: str, answer: str) -> None:
        assert await bench.private(text) == [answer]

    async def test_first_question_is_committed_before_it_is_said(self, bench: Bench) -> None:
        await bench.private("打赏")
        assert await bench.answers() == {}


class TestAnswers:
    @pytest.mark.parametrize("text", ["1", "第1个", "孩子刷的（当时没满 18 岁）", "孩子刷的", "我儿子", "１"])
    async def test_by_number_label_or_speech(self, bench: Bench, text: str) -> None:
        await bench.private("打赏", text)
        assert await bench.answers() == {"situation": "minor"}

    async def test_several_numbers_for_a_multiple_choice(self, bench: Bench) -> None:
        await bench.private(*TO_A_VERDICT[:-1])
        assert (await bench.answers())["traces"] == ["child-account", "chats"]

    async def test_only_values_are_kept_not_words(self, bench: Bench) -> None:
        await bench.private("打赏", "就是我家那个皮猴子小明，孩子刷的")
        assert "皮猴子".encode() not in bench.bytes_on_disk()

    async def test_back_asks_the_question_before(self, bench: Bench) -> None:
        (said,) = await bench.private("打赏", "1", "10", "上一步")
        assert HOW_OLD in said
        assert WHO_TIPPED in (await bench.private("上一步"))[0]
        assert (await bench.private("上一步"))[0] == wording.ALREADY_FIRST

    async def test_change_keeps_the_other_answers(self, bench: Bench) -> None:
        (said,) = await bench.private("打赏", "1", "10", "1", "修改 2")
        assert HOW_OLD in said
        (said,) = await bench.private("12")
        assert "由「10岁」改成「12岁」" in said
        assert HOW_MUCH in said
        assert await bench.answers() == {"situation": "minor", "age": 12.0, "guardian": "unaware"}

    async def test_change_without_such_a_number_lists_the_answers(self, bench: Bench) -> None:
        listed, still_open = await bench.private("打赏", "1", "10", "修改 9")
        assert "2. 当时年龄：10岁" in listed
        assert PARENT in still_open

    async def test_a_number_after_the_list_answers_the_open_question(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10", "进度", "1")
        assert (await bench.answers())["guardian"] == "unaware"

    async def test_why_explains_and_asks_again(self, bench: Bench) -> None:
        (said,) = await bench.private("打赏", "1", "为什么")
        assert "8 岁和 18 岁是两道分界" in said
        assert HOW_OLD in said

    async def test_unsure_is_an_answer(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10", "不清楚")
        assert (await bench.answers())["guardian"] is None

    async def test_quit_and_go_on(self, bench: Bench) -> None:
        assert await bench.private("打赏", "1", "退出") == [wording.QUIT]
        assert await bench.private("早上好") == [wording.SMALL_TALK]
        (said,) = await bench.private("继续")
        assert "接着说「直播打赏」" in said
        assert HOW_OLD in said

    async def test_stop_in_an_interview_means_quit(self, bench: Bench) -> None:
        assert await bench.private("打赏", "1", "停止") == [wording.QUIT]

    async def test_stop_reminding_in_an_interview_stops_reminders_and_keeps_asking(self, bench: Bench) -> None:
        said = await bench.private("打赏", "1", "别提醒了")
        assert "不再提醒" in said[0]
        assert HOW_OLD in said[1]

    async def test_asking_for_a_human_tells_where_and_keeps_asking(self, bench: Bench) -> None:
        human, still_open = await bench.private("打赏", "1", "人工")
        assert human == wording.HUMAN
        assert HOW_OLD in still_open

    async def test_second_misread_gives_the_options_again_and_the_third_a_way_out(self, bench: Bench) -> None:
        first, second = (await bench.private("打赏", "咕噜咕噜"))[0], (await bench.private("呱呱呱"))[0]
        assert "1." not in first
        assert "1. 孩子刷的" in second
        (third,) = await bench.private("嘎嘎嘎")
        assert "退出" in third

    async def test_an_answer_resets_the_misreads(self, bench: Bench) -> None:
        await bench.private("打赏", "咕噜咕噜", "呱呱呱", "1")
        assert HOW_OLD not in (await bench.private("嘎嘎嘎"))[0]

    async def test_menu_shown_before_does_not_catch_a_later_number(self, bench: Bench) -> None:
        """说了“菜单”又接着答题，之后的“2”答的是题。"""
        await bench.private("打赏", "菜单", "孩子刷的", "10", "2")
        assert (await bench.answers())["guardian"] == "knew-a-little"

    @pytest.mark.parametrize("text", ["导出我的数据", "我的案件", "/退款 帮助"])
    async def test_commands_work_and_leave_the_question_open(self, bench: Bench, text: str) -> None:
        await bench.private("打赏", "1", text)
        await bench.private("10")
        assert (await bench.answers())["age"] == 10.0


class TestAnotherMatter:
    async def test_offers_to_switch_and_keeps_the_first(self, bench: Bench) -> None:
        (offer,) = await bench.private("打赏", "1", "快手小店买的鞋开胶了想退货退款")
        assert "快手小店" in offer
        assert "换" in offer
        (said,) = await bench.private("换")
        assert WHO_TIPPED not in said
        (resumed,) = await bench.private("退出", "继续")
        assert resumed
        rows = await bench.rows("SELECT scenario_id, status FROM refund_interviews ORDER BY id")
        assert [row["scenario_id"] for row in rows] == ["live-tip", "shop-return"]

    async def test_suspended_interview_can_be_resumed(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10", "退款", "1", "退出")
        rows = await bench.rows("SELECT scenario_id FROM refund_interviews WHERE status = 'suspended'")
        assert {row["scenario_id"] for row in rows} == {"live-tip", "shop-return"}
        await bench.private("/退款 继续")
        (active,) = await bench.rows("SELECT scenario_id FROM refund_interviews WHERE status = 'active'")
        assert active["scenario_id"] == "shop-return"

    async def test_going_on_answering_declines_the_offer(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "快手小店买的鞋开胶了想退货退款", "10")
        assert (await bench.answers())["age"] == 10.0

    async def test_yes_to_a_yes_no_question_is_an_answer_not_a_switch(self, bench: Bench) -> None:
        await bench.private("打赏", "4", "5", "快手小店买的鞋开胶了想退货退款", "是")
        (row,) = await bench.rows("SELECT scenario_id, status FROM refund_interviews")
        assert (row["scenario_id"], row["status"]) == ("live-tip", "finished")


class TestInterrupted:
    async def test_restart_goes_on_with_the_same_question(self, bench: Bench) -> None:
        (asked,) = await bench.private("打赏", "1", "10")
        await bench.restart()
        said = await bench.private("选项")
        assert asked.splitlines()[-1] in said[-1]
        assert HOW_MUCH in (await bench.private("1"))[0]

    async def test_days_of_silence_change_nothing(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10")
        await bench.advance(days=20)
        assert HOW_MUCH in (await bench.private("1"))[0]

    async def test_same_message_delivered_twice_is_answered_once(self, bench: Bench) -> None:
        await bench.private("打赏")
        assert await bench.private("1", message_id="-77") != []
        await bench.restart()
        assert await bench.private("1", message_id="-77") == []
        assert await bench.answers() == {"situation": "minor"}

    async def test_two_messages_of_one_person_are_handled_one_after_the_other(self, bench: Bench) -> None:
        await bench.private("打赏")
        await asyncio.gather(bench.private("1"), bench.private("10"), bench.private("1"))
        assert await bench.answers() == {"situation": "minor", "age": 10.0, "guardian": "unaware"}

    async def test_two_people_at_once_do_not_mix(self, bench: Bench) -> None:
        await asyncio.gather(*(bench.private("打赏", "1", str(age), user=f"4{age:04}") for age in range(8, 18)))
        for age in range(8, 16):
            assert (await bench.answers(f"4{age:04}"))["age"] == float(age)


class TestChangedRulebook:
    async def test_answers_are_kept_when_the_wording_changes(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10")
        await bench.restart(_with_new_text("guardian", "家长当时知道吗？"))
        assert "家长当时知道吗？" in (await bench.private("进度"))[-1]
        assert HOW_MUCH in (await bench.private("1"))[0]

    async def test_an_answer_that_is_no_longer_offered_is_asked_again(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10")
        await bench.restart(_without_option("situation", "minor"))
        assert WHO_TIPPED in (await bench.private("进度"))[-1]

    async def test_a_withdrawn_scenario_lets_the_person_start_anew(self, bench: Bench) -> None:
        await bench.private("打赏", "1", "10")
        await bench.restart(Rulebook(tuple(_other_scenarios("live-tip")), rulebook().shared_sources))
        assert "1. " in (await bench.private("退款"))[0]

    async def test_a_case_changed_after_the_stages_were_renamed_starts_its_track_again(self, bench: Bench) -> None:
        await bench.private(*TO_A_VERDICT)
        code = await bench.only_code()
        await bench.restart(_with_renamed_stages("live-tip"))
        await bench.private("修改 2")
        said = await bench.private("12")
        assert "结论没变" in said[0]
        (row,) = await bench.rows("SELECT stage_id FROM refund_cases WHERE code = :code", code=code)
        assert row["stage_id"].startswith("new-")


def _other_scenarios(left_out: str) -> list[LoadedScenario]:
    return [item for item in rulebook().loaded if item.scenario.id != left_out]


def _changed(scenario_id: str, **update: object) -> Rulebook:
    book = rulebook()
    (item,) = [item for item in book.loaded if item.scenario.id == scenario_id]
    changed = LoadedScenario(item.scenario.model_copy(update=update), item.document)
    loaded = [changed if other is item else other for other in book.loaded]
    return Rulebook(tuple(loaded), book.shared_sources)


def _questions_with(question_id: str, **update: object) -> Rulebook:
    (scenario,) = [item.scenario for item in rulebook().loaded if item.scenario.id == "live-tip"]
    questions = tuple(
        question.model_copy(update=update) if question.id == question_id else question
        for question in scenario.questions
    )
    return _changed("live-tip", questions=questions)


def _with_new_text(question_id: str, text: str) -> Rulebook:
    return _questions_with(question_id, text=text)


def _without_option(question_id: str, option_id: str) -> Rulebook:
    question = rulebook().edition("live-tip").scenario.question(question_id)
    return _questions_with(question_id, options=tuple(item for item in question.options if item.id != option_id))


def _with_renamed_stages(scenario_id: str) -> Rulebook:
    scenario = rulebook().edition(scenario_id).scenario
    stages = tuple(
        stage.model_copy(
            update={
                "id": f"new-{stage.id}",
                "events": tuple(event.model_copy(update={"to": f"new-{event.to}"}) for event in stage.events),
                "timers": tuple(
                    timer.model_copy(update={"next_stage": f"new-{timer.next_stage}"}) if timer.next_stage else timer
                    for timer in stage.timers
                ),
            }
        )
        for stage in scenario.stages
    )
    tracks = tuple(track.model_copy(update={"start": f"new-{track.start}"}) for track in scenario.tracks)
    return _changed(scenario_id, stages=stages, tracks=tracks)
