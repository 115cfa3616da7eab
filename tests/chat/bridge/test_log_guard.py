"""日志里没有用户的话和账号；主人要留原文时，像证件、手机、卡号、验证码的数字仍遮住。"""

import asyncio
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import nonebot.message
import pytest
from nonebot.adapters import Event
from nonebot.adapters.onebot.v11 import Adapter, MessageSegment
from nonebot.adapters.onebot.v11.event import FriendRequestEvent
from nonebot.log import logger
from nonebot.matcher import Matcher

from nonebot_plugin_refund.chat.logs.log_guard import guard_log, guarded, pseudonym
from tests.chat.events import GROUP_ID, USER_ID, console_message, group_message, private_message

WORDS = "孩子打赏了主播"


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """写下的日志；结束时日志照原样放回去。"""
    written: list[str] = []
    before = logger._core.patcher  # type: ignore[attr-defined]  # loguru 没有公开的办法取它
    sink = logger.add(written.append, level=0, format="{message}")
    yield written
    logger.remove(sink)
    logger.configure(patcher=before)


class _Account:
    """一个账号：写进日志的只有类型和号。"""

    type = "OneBot V11"
    self_id = "10001"


@pytest.fixture(autouse=True)
def matchers(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[Any]]:
    """NoneBot 的全部响应器：一个也没有，测试自己加。"""
    none: dict[int, list[Any]] = {}
    monkeypatch.setattr(nonebot.message, "matchers", none)
    return none


async def _as_nonebot_does(event: Any) -> None:
    """NoneBot 自己处理一个事件，从记下它开始。"""
    await nonebot.message.handle_event(_Account(), event)  # type: ignore[arg-type]  # 用到的只有类型和号


def _from(origin: str, line: str) -> str:
    return guarded(line, origin)


@pytest.mark.parametrize(
    "event",
    [
        private_message(f"{WORDS}<b>粗</b>"),
        private_message(MessageSegment.text(WORDS) + MessageSegment.image("https://example.invalid/a.png")),
        group_message(WORDS),
        console_message(WORDS, private=True),
    ],
)
async def test_a_message_is_logged_by_its_length_without_words_or_account(lines: list[str], event: Any) -> None:
    guard_log(keep_text=False)
    await _as_nonebot_does(event)
    (line,) = [line for line in lines if " | [" in line]
    assert "[message" in line
    assert "字" in line
    assert all(secret not in line for secret in (WORDS, str(USER_ID), str(GROUP_ID), "example.invalid"))


async def test_one_person_can_still_be_followed_through_one_run(lines: list[str]) -> None:
    guard_log(keep_text=False)
    await _as_nonebot_does(private_message("一"))
    await _as_nonebot_does(private_message("二"))
    await _as_nonebot_does(private_message("三", user_id=30002))
    told = [line for line in lines if " | [" in line]
    assert [pseudonym(str(USER_ID)) in line for line in told] == [True, True, False]


async def test_a_friend_request_is_logged_without_its_remark(lines: list[str]) -> None:
    guard_log(keep_text=False)
    request = FriendRequestEvent(
        time=0, self_id=1, post_type="request", request_type="friend", user_id=USER_ID, comment=WORDS, flag="f"
    )
    await _as_nonebot_does(request)
    assert WORDS not in lines[0]
    assert str(USER_ID) not in lines[0]


@pytest.mark.parametrize("keep_text", [False, True])
async def test_private_numbers_are_masked_in_every_line_either_way(lines: list[str], keep_text: bool) -> None:
    guard_log(keep_text=keep_text)
    await _as_nonebot_does(private_message("我的手机 138 0013 8000"))
    logger.error("插件说：身份证 11010519491231002X 验证码 482913")
    assert all(secret not in line for line in lines for secret in ("0013 8000", "11010519491231002", "482913"))


async def test_the_words_are_kept_when_the_host_wants_them(lines: list[str]) -> None:
    guard_log(keep_text=True)
    await _as_nonebot_does(private_message(WORDS))
    assert any(WORDS in line for line in lines)


async def test_what_the_host_did_to_the_log_still_happens_and_guarding_twice_is_guarding_once(lines: list[str]) -> None:
    logger.configure(patcher=lambda record: record.update(message=record["message"].replace("甲", "乙")))
    guard_log(keep_text=True)
    guard_log(keep_text=False)
    await _as_nonebot_does(private_message(WORDS))
    logger.info("甲")
    assert not any(WORDS in line for line in lines)
    assert lines[-1].strip() == "乙"


@pytest.mark.parametrize(
    "line",
    [
        "Failed to parse event. Raw: {'raw_message': '%s'}",
        "Matcher(type='message') run with incoming args: bot=…, event=PrivateMessageEvent(%s)",
        "Dependent(call=_befriend) skipped due to [TypeMisMatch(value=PrivateMessageEvent(%s))]",
        "OneBot V11 | Error when getting message reply info: ValidationError(%s)",
        "Event will be handled by Matcher(type='message')\n%s",
        "Rule conditions not met for Matcher(type='message'): %s",
        "OneBot V11 10001 | [message.private.friend] %s",
        "OneBot V11 10001 | [whatever]: {'text': '%s'}",
        "OneBot V11 10001 | [message.%s]: ",
        "%s",
    ],
)
@pytest.mark.parametrize(
    "origin", ["nonebot.message", "nonebot.utils", "nonebot.internal.matcher.matcher", "asyncio.x"]
)
def test_whoever_handles_messages_may_write_known_lines_only(origin: str, line: str) -> None:
    assert WORDS not in _from(origin, line % WORDS)


@pytest.mark.parametrize(
    "origin", ["websockets.client", "httpcore._trace", "sqlalchemy.engine.Engine", "aiosqlite.core"]
)
def test_the_libraries_below_write_no_frames_and_no_parameters(origin: str) -> None:
    assert WORDS not in _from(origin, f"> TEXT '{WORDS}' [12 bytes]")


@pytest.mark.parametrize(
    "line",
    [
        "Checking for matchers in priority 10...",
        "Rule conditions not met for Matcher(type='', module=nonebot_plugin_refund.chat.incoming.gate, lineno=172)",
        "Event will be handled by Matcher(type='message', module=demo, lineno=3)",
        "Running handler Dependent(call=_answer)",
        "OneBot V11 | Bot 10001 connected",
        "OneBot V11 | WebSocket for Bot 10001 closed by peer",
        "OneBot V11 | Authorization Header is invalid",
        "OneBot V11 | Calling API send_msg",
    ],
)
def test_what_says_only_what_goes_on_stays(line: str) -> None:
    assert _from("nonebot.utils", line) == line


async def test_names_of_events_are_no_way_in(lines: list[str]) -> None:
    guard_log(keep_text=False)
    event = private_message("一")
    event.sub_type = "canary"
    await _as_nonebot_does(event)
    assert not any("canary" in line for line in lines)
    assert any("[message.private.?]" in line for line in lines)


@pytest.mark.parametrize("fault", [ValueError(WORDS), ExceptionGroup(WORDS, [ValueError(WORDS)])])
async def test_an_error_in_a_matcher_tells_its_kind_and_place_only(
    lines: list[str], matchers: dict[int, list[Any]], fault: Exception
) -> None:
    async def broken(event: Event) -> None:
        try:
            raise KeyError(event.get_plaintext())
        except KeyError as error:
            raise fault from error

    matchers[1] = [Matcher.new(handlers=[broken])]
    diagnosed: list[str] = []
    sink = logger.add(diagnosed.append, level=0, diagnose=True)
    guard_log(keep_text=False)
    await _as_nonebot_does(private_message(WORDS))
    logger.remove(sink)
    written = "".join([*lines, *diagnosed])
    assert "ValueError" in written
    assert "KeyError" in written
    assert "test_log_guard.py" in written
    assert WORDS not in written


async def test_a_report_nobody_can_read_leaves_no_word(lines: list[str]) -> None:
    guard_log(keep_text=False)
    for broken in ({"font": WORDS}, {"sender": WORDS}, {"post_type": WORDS}, {"post_type": None}, {"time": WORDS}):
        report = {"post_type": "message", "message_type": "private", "raw_message": WORDS, "message": WORDS} | broken
        event = Adapter.json_to_event(report)
        if event is not None:
            await _as_nonebot_does(event)
    assert lines
    assert not any(WORDS in line for line in lines)


async def test_an_error_nobody_caught_is_written_without_words(lines: list[str]) -> None:
    guard_log(keep_text=False)
    written = StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("asyncio").addHandler(handler)
    asyncio.get_running_loop().call_exception_handler(
        {"message": f"Task exception was never retrieved {WORDS}", "exception": ValueError(WORDS)}
    )
    logging.getLogger("asyncio").removeHandler(handler)
    assert "ValueError" in written.getvalue()
    assert WORDS not in written.getvalue()


@pytest.mark.parametrize("keep_text", [False, True])
@pytest.mark.parametrize("origin", ["nonebot.utils", "uvicorn.protocols.http", "httpx", "some_plugin"])
@pytest.mark.parametrize(
    "line",
    [
        '127.0.0.1:1 - "POST /onebot/v11/?access_token=%s HTTP/1.1" 401',
        '127.0.0.1:1 - "POST /onebot/v11/?%s HTTP/1.1" 401',
        "OneBot V11 | WebSocket Connection to ws://127.0.0.1:3001/?access_token=%s established",
        "OneBot V11 | WebSocket Connection to ws://bot:%s@127.0.0.1:3001/ established",
        "headers={'Authorization': 'Bearer %s'}",
        "authorization: %s",
        "access_token=%s",
    ],
)
@pytest.mark.parametrize("token", ["s3cr3t-t0ken", "%73%33cr%33t", "a%2Fb%3D"])
def test_queries_and_tokens_are_blank_at_any_level(line: str, token: str, origin: str, keep_text: bool) -> None:
    assert token not in guarded(line.replace("%s", token), origin, keep_text=keep_text)


def test_other_lines_stay_as_they_are() -> None:
    for line in ("Bot 10001 connected | 已就绪：7 个场景", "要不要/退款?", "看 https://example.invalid/a"):
        assert _from("some_plugin", line) == line
