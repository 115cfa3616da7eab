"""日志里没有用户的话和账号；主人要留原文时，像证件、手机、卡号、验证码的数字仍遮住。"""

from collections.abc import Iterator
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import MessageSegment
from nonebot.adapters.onebot.v11.event import FriendRequestEvent
from nonebot.log import logger

from nonebot_plugin_refund.chat.log_guard import guard_log, guarded, pseudonym

from .events import GROUP_ID, USER_ID, console_message, group_message, private_message

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


def _as_nonebot_does(event: Any) -> None:
    logger.opt(colors=True).success(f"<m>OneBot V11 10001</m> | {event.get_log_string()}")


@pytest.mark.parametrize(
    "event",
    [
        private_message(f"{WORDS}<b>粗</b>"),
        private_message(MessageSegment.text(WORDS) + MessageSegment.image("https://example.invalid/a.png")),
        group_message(WORDS),
        console_message(WORDS, private=True),
    ],
)
def test_a_message_is_logged_by_its_length_without_words_or_account(lines: list[str], event: Any) -> None:
    guard_log(keep_text=False)
    _as_nonebot_does(event)
    (line,) = lines
    assert "[message" in line
    assert "字" in line
    assert all(secret not in line for secret in (WORDS, str(USER_ID), str(GROUP_ID), "example.invalid"))


def test_one_person_can_still_be_followed_through_one_run(lines: list[str]) -> None:
    guard_log(keep_text=False)
    _as_nonebot_does(private_message("一"))
    _as_nonebot_does(private_message("二"))
    _as_nonebot_does(private_message("三", user_id=30002))
    assert [pseudonym(str(USER_ID)) in line for line in lines] == [True, True, False]


def test_a_friend_request_is_logged_without_its_remark(lines: list[str]) -> None:
    guard_log(keep_text=False)
    request = FriendRequestEvent(
        time=0, self_id=1, post_type="request", request_type="friend", user_id=USER_ID, comment=WORDS, flag="f"
    )
    _as_nonebot_does(request)
    assert WORDS not in lines[0]
    assert str(USER_ID) not in lines[0]


@pytest.mark.parametrize("keep_text", [False, True])
def test_private_numbers_are_masked_in_every_line_either_way(lines: list[str], keep_text: bool) -> None:
    guard_log(keep_text=keep_text)
    _as_nonebot_does(private_message("我的手机 138 0013 8000"))
    logger.error("插件说：身份证 11010519491231002X 验证码 482913")
    assert all(secret not in line for line in lines for secret in ("0013 8000", "11010519491231002", "482913"))


def test_the_words_are_kept_when_the_host_wants_them(lines: list[str]) -> None:
    guard_log(keep_text=True)
    _as_nonebot_does(private_message(WORDS))
    assert WORDS in lines[0]


def test_what_the_host_did_to_the_log_still_happens_and_guarding_twice_is_guarding_once(lines: list[str]) -> None:
    logger.configure(patcher=lambda record: record.update(message=record["message"].replace("甲", "乙")))
    guard_log(keep_text=True)
    guard_log(keep_text=False)
    _as_nonebot_does(private_message(WORDS))
    logger.info("甲")
    assert WORDS not in lines[0]
    assert lines[1].strip() == "乙"


@pytest.mark.parametrize(
    "line",
    [
        "Failed to parse event. Raw: {'raw_message': '%s'}",
        "Matcher(type='message') run with incoming args: bot=…, event=PrivateMessageEvent(%s)",
        "Dependent(call=_befriend) skipped due to [TypeMisMatch(value=PrivateMessageEvent(%s))]",
    ],
)
def test_lines_that_hold_a_whole_event_lose_it(line: str) -> None:
    assert WORDS not in guarded(line % WORDS)


def test_other_lines_stay_as_they_are() -> None:
    line = "Bot 10001 connected | 已就绪：7 个场景"
    assert guarded(line) == line
