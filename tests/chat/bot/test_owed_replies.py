"""回答欠着，直到说到：没发出去的留着，随下一句、或账号回来时补上，各只一次；没看到的问题，不算他答过。"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError
from sqlalchemy import text as sql
from sqlalchemy.exc import OperationalError

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.limits import outage
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.records import Person
from tests.chat.events import USER_ID, group_message, private_message
from tests.chat.platform_harness import Platform, connected

TOO_OFTEN = ActionFailed(status="failed", retcode=1200, wording='{"result":241,"errMsg":"请勿频繁发送"}')
NO_ANSWER = NetworkError("WebSocket call api send_msg timeout")
OFFLINE = ActionFailed(status="failed", retcode=1200, wording='{"result":1006514,"errMsg":"网络连接异常!"}')
FAILURES = pytest.mark.parametrize("failure", [TOO_OFTEN, NO_ANSWER, OFFLINE], ids=["241", "timeout", "offline"])
SHOP = ("退货", "1", "1", "昨天", "1", "1")
ME = Person("OneBot V11", str(USER_ID))
TOLD_LATE = f"{wording.SAID_LATE}\n"


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


async def _say(qq: Platform, *texts: str, **changes: Any) -> list[str]:
    said: list[str] = []
    for text in texts:
        said = await qq.receive(private_message(text, **changes))
    return said


async def _lose(qq: Platform, text: str, failure: Exception) -> None:
    """说一句，回答发不出去。"""
    qq.calls.answers["send_msg"] = failure
    await qq.receive(private_message(text))
    del qq.calls.answers["send_msg"]
    # 掉线的，等到再试的时候
    qq.runtime.messenger.presence._away.clear()


async def _count(qq: Platform, table: str) -> int:
    opened = qq.runtime.opened
    assert opened is not None
    async with opened.database.session() as session:
        return (await session.scalar(sql(f"SELECT count(*) FROM {table}"))) or 0


async def _push(qq: Platform) -> list[str]:
    opened = qq.runtime.opened
    assert opened is not None
    before = len(qq.calls.sent)
    await opened.owed_answers.push()
    return [str(data.get("message")) for data in qq.calls.sent[before:]]


@FAILURES
async def test_after_a_lost_verdict_going_on_shows_it_and_opens_no_second_case(
    qq: Platform, failure: Exception
) -> None:
    await _say(qq, *SHOP[:-1])
    await _lose(qq, SHOP[-1], failure)
    first, second = await _say(qq, "继续")
    assert first.startswith(TOLD_LATE)
    assert "符合七天无理由退货" in first
    assert "已记成案件" in second
    assert wording.NOTHING_TO_RESUME not in first + second
    assert await _count(qq, "refund_cases") == 1
    assert await _count(qq, "refund_owed_replies") == 0
    assert not [said for said in await _say(qq, "我的") if TOLD_LATE in said]


@FAILURES
async def test_the_answer_said_again_does_not_answer_the_question_that_was_lost(
    qq: Platform, failure: Exception
) -> None:
    await _say(qq, "退货")
    await _lose(qq, "1", failure)
    answers = await _answers(qq)
    (again,) = await _say(qq, "1")
    assert again.startswith(TOLD_LATE)
    assert await _answers(qq) == answers
    await _say(qq, "1")
    assert len(await _answers(qq)) == len(answers) + 1


async def test_even_after_a_restart(qq: Platform) -> None:
    await _say(qq, "退货")
    await _lose(qq, "1", TOO_OFTEN)
    answers = await _answers(qq)
    folder = qq.runtime.files._folder.parent  # type: ignore[union-attr]  # 已经开好
    await qq.runtime.close()
    qq.runtime.winding_down = type(qq.runtime.winding_down)()
    await qq.runtime.open(lambda: folder)
    (again,) = await _say(qq, "2")
    assert again.startswith(TOLD_LATE)
    assert await _answers(qq) == answers


async def _answers(qq: Platform) -> dict[str, Any]:
    opened = qq.runtime.opened
    assert opened is not None
    async with opened.database.session() as session:
        state = await session.scalar(sql("SELECT state FROM refund_interviews WHERE status = 'active'"))
    return json.loads(state)["answers"]


@FAILURES
async def test_what_was_lost_comes_once_when_the_account_is_back(qq: Platform, failure: Exception) -> None:
    await _say(qq, *SHOP[:-1])
    await _lose(qq, SHOP[-1], failure)
    qq.runtime.wake()
    said = await _push(qq)
    assert [("符合七天无理由退货" in said[0], "已记成案件" in said[1], len(said))] == [(True, True, 2)]
    qq.runtime.wake()
    assert await _push(qq) == []
    assert not [one for one in await _say(qq, "我的") if TOLD_LATE in one]


async def test_what_the_bridge_keeps_refusing_is_tried_once_each_time_the_account_returns(qq: Platform) -> None:
    await _say(qq, *SHOP[:-1])
    await _lose(qq, SHOP[-1], TOO_OFTEN)
    qq.calls.answers["send_msg"] = TOO_OFTEN
    qq.runtime.wake()
    assert len(await _push(qq)) == 1
    assert len(await _push(qq)) == 0
    qq.runtime.wake()
    assert len(await _push(qq)) == 1
    assert await _count(qq, "refund_owed_replies") == 2


async def test_a_bridge_that_never_answers_gets_it_twice_at_most_and_the_talk_goes_on(qq: Platform) -> None:
    await _say(qq, "退货")
    qq.calls.answers["send_msg"] = NO_ANSWER
    qq.runtime.messenger.presence.silent = lambda *_: None  # type: ignore[method-assign]  # 只有一个人在说话，不算掉线
    before = len(await _answers(qq))
    told = [await _say(qq, "1") for _ in range(3)]
    assert [TOLD_LATE in said for (said, *_) in told] == [False, True, False]
    assert len(await _answers(qq)) == before + 2


async def test_at_night_only_who_is_still_talking_is_told(qq: Platform) -> None:
    await _say(qq, *SHOP[:-1])
    await _lose(qq, SHOP[-1], TOO_OFTEN)
    qq.clock.moment = qq.clock.moment.replace(hour=23)
    qq.runtime.wake()
    assert await _push(qq) == []
    qq.clock.moment += timedelta(hours=10)
    assert len(await _push(qq)) == 2


async def test_who_is_no_friend_any_more_is_told_nothing(qq: Platform) -> None:
    await _say(qq, *SHOP[:-1])
    await _lose(qq, SHOP[-1], TOO_OFTEN)
    qq.calls.answers["get_friend_list"] = [{"user_id": 1}]
    qq.runtime.wake()
    assert await _push(qq) == []
    assert await _count(qq, "refund_owed_replies") == 2


async def test_after_a_day_it_is_too_late(qq: Platform) -> None:
    await _say(qq, *SHOP[:-1])
    await _lose(qq, SHOP[-1], TOO_OFTEN)
    qq.clock.moment += timedelta(days=1, minutes=1)
    assert not [one for one in await _say(qq, "我的") if TOLD_LATE in one]
    assert await _count(qq, "refund_owed_replies") == 0


async def test_what_changes_nothing_is_not_owed(qq: Platform) -> None:
    await _lose(qq, "谢谢", TOO_OFTEN)
    assert await _count(qq, "refund_owed_replies") == 0


async def test_nothing_is_owed_to_somebody_who_deleted_everything(qq: Platform) -> None:
    await _say(qq, *SHOP)
    await _say(qq, "删除我的数据")
    await _lose(qq, "确认删除", TOO_OFTEN)
    assert await _count(qq, "refund_owed_replies") == 0


@pytest.mark.parametrize("taps", [2, 3, 4])
async def test_tapping_the_same_option_again_before_the_next_question_is_there_answers_once(
    qq: Platform, taps: int
) -> None:
    await _say(qq, "退货")
    before = len(await _answers(qq))
    on_screen = asyncio.Event()
    qq.calls.answers["send_msg"] = lambda _: {"message_id": 1}
    original = qq.calls.call

    async def slow(bot: Any, api: str, **data: Any) -> Any:
        if api == "send_msg":
            await on_screen.wait()
        return await original(bot, api, **data)

    qq.bot.adapter._call_api = slow
    handling = [asyncio.create_task(qq.bot.handle_event(private_message("1"))) for _ in range(taps)]
    await asyncio.sleep(0.3)
    on_screen.set()
    await asyncio.gather(*handling)
    assert len(await _answers(qq)) == before + 1
    assert len(qq.calls.sent) == 2


async def test_another_option_sent_before_the_question_was_there_is_not_counted_either(qq: Platform) -> None:
    await _say(qq, "退货")
    opened = qq.runtime.opened
    assert opened is not None
    before = len(await _answers(qq))
    number = opened.owed_answers.last_shown.sending(ME, "退货")
    told = await _say(qq, "2")
    assert told[0] == wording.SENT_TOO_SOON
    assert "刚才的问题还开着" in told[1]
    assert len(await _answers(qq)) == before
    opened.owed_answers.last_shown.shown(ME, number, qq.clock.now())
    await _say(qq, "2")
    assert len(await _answers(qq)) == before + 1


async def test_taps_that_waited_in_the_bridge_answer_no_later_question(qq: Platform) -> None:
    earlier = int(qq.clock.moment.timestamp()) - 3600
    await _say(qq, "退货", "1")
    before = await _answers(qq)
    await _say(qq, "1", "2", time=earlier)
    assert await _answers(qq) == before


def _after(monkeypatch: pytest.MonkeyPatch, qq: Platform, then: Callable[[], Awaitable[None]]) -> None:
    """提交之后、听到回音之前出事；只对下一句话，后台按时办的事不算。"""
    opened = qq.runtime.opened
    assert opened is not None
    database = opened.database
    real = database.transaction
    background = asyncio.all_tasks() - {asyncio.current_task()}

    @asynccontextmanager
    async def lost() -> AsyncGenerator[Any]:
        async with real() as session:
            yield session
        if asyncio.current_task() in background:
            return
        monkeypatch.setattr(database, "transaction", real)
        await then()
        raise OperationalError("COMMIT", {}, ConnectionResetError())

    monkeypatch.setattr(database, "transaction", lost)


async def test_a_commit_whose_acknowledgement_was_lost_is_looked_up_and_answered(
    qq: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _say(qq, "退货")
    before = len(await _answers(qq))

    async def nothing() -> None:
        return

    _after(monkeypatch, qq, nothing)
    (said,) = await _say(qq, "1")
    assert said not in (wording.FAILED, wording.DATABASE_DOWN, wording.FAILED_UNSURE)
    assert len(await _answers(qq)) == before + 1


async def test_when_it_cannot_be_looked_up_the_repeat_does_not_answer_the_next_question(
    qq: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _say(qq, "退货")
    before = len(await _answers(qq))
    opened = qq.runtime.opened
    assert opened is not None

    async def cut_off() -> None:
        monkeypatch.setattr(Database, "session", _unreachable)

    with monkeypatch.context():
        real = Database.session
        _after(monkeypatch, qq, cut_off)
        assert await _say(qq, "1") == [wording.FAILED_UNSURE]
        monkeypatch.setattr(Database, "session", real)
    (again,) = await _say(qq, "1")
    assert again.startswith(TOLD_LATE)
    assert len(await _answers(qq)) == before + 1
    await _say(qq, "1")
    assert len(await _answers(qq)) == before + 2


def _unreachable(*_: Any) -> Any:
    raise OperationalError("BEGIN", {}, ConnectionRefusedError())


async def test_with_the_database_down_everybody_in_private_hears_it_once_and_groups_hear_nothing(
    qq: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _say(qq, "退货")
    monkeypatch.setattr(Database, "transaction", _unreachable)
    monkeypatch.setattr(Database, "session", _unreachable)
    assert await _say(qq, "1") == [wording.DATABASE_DOWN]
    assert await _say(qq, "1") == []
    assert await _say(qq, "1", user_id=USER_ID + 1) == [wording.DATABASE_DOWN]
    qq.clock.moment += outage.TOLD_EVERY
    assert await _say(qq, "1") == [wording.DATABASE_DOWN]
    nobody_told = USER_ID + 2
    sender = {"user_id": nobody_told, "role": "owner"}
    assert await qq.receive(group_message("/退款 设置", user_id=nobody_told, sender=sender)) == []
    assert await qq.receive(group_message("/退款"))


async def test_a_verdict_that_was_never_seen_because_of_a_crash_is_shown_on_going_on(qq: Platform) -> None:
    await _say(qq, *SHOP)
    first, second = await _say(qq, "继续")
    assert "符合七天无理由退货" in first
    assert "已记成案件" in second
    qq.clock.moment += timedelta(days=2)
    assert await _say(qq, "继续") == [wording.NOTHING_TO_RESUME]
    assert await _count(qq, "refund_cases") == 1
