"""门外：刷屏的人多出来的话不解析就放下，别人的、别的事件一概照收。"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from launch.onebot.onebot_adapter import BURST, PER_SECOND, LimitedAdapter
from nonebot.adapters.onebot.v11 import GroupMessageEvent, PrivateMessageEvent
from nonebot.log import logger

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def adapter() -> type[LimitedAdapter]:
    """额度还没有人用过的一扇门。"""

    class Fresh(LimitedAdapter):
        pass

    return Fresh


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    """这期间的警告。"""
    lines: list[str] = []
    sink = logger.add(lambda message: lines.append(message.record["message"]), level="WARNING")
    yield lines
    logger.remove(sink)


def message(user_id: int, **changes: Any) -> dict[str, Any]:
    """收到的一句话，还没有解析。"""
    said = {"post_type": "message", "message_type": "private", "self_id": 10001, "user_id": user_id}
    return said | changes


def let_in(adapter: type[LimitedAdapter], count: int, now: datetime, user_id: int = 1) -> int:
    return sum(not adapter.is_too_much(message(user_id), now) for _ in range(count))


def test_of_a_thousand_at_once_only_the_first_come_in(adapter: type[LimitedAdapter]) -> None:
    assert let_in(adapter, 1000, NOW) == BURST


def test_others_come_in_while_one_person_floods(adapter: type[LimitedAdapter]) -> None:
    let_in(adapter, 1000, NOW)
    assert let_in(adapter, BURST, NOW, user_id=2) == BURST


def test_the_allowance_comes_back_with_time(adapter: type[LimitedAdapter]) -> None:
    let_in(adapter, 1000, NOW)
    assert let_in(adapter, 1000, NOW + timedelta(seconds=4)) == 4 * PER_SECOND


def test_whoever_types_as_fast_as_people_can_is_never_held_up(adapter: type[LimitedAdapter]) -> None:
    said = [not adapter.is_too_much(message(1), NOW + timedelta(seconds=n / 4)) for n in range(600)]
    assert all(said)


def test_groups_and_private_chat_count_together_for_one_person_only(adapter: type[LimitedAdapter]) -> None:
    for number in range(1000):
        adapter.is_too_much(message(1, message_type="group", group_id=number), NOW)
    assert let_in(adapter, 1, NOW) == 0
    assert not adapter.is_too_much(message(2, message_type="group", group_id=1), NOW)


@pytest.mark.parametrize(
    "data",
    [
        {"post_type": "meta_event", "self_id": 10001},
        {"post_type": "request", "self_id": 10001, "user_id": 1},
        {"echo": "1", "status": "ok", "retcode": 0, "data": None},
        [],
        None,
    ],
)
def test_what_is_no_message_always_comes_in(adapter: type[LimitedAdapter], data: Any) -> None:
    let_in(adapter, 1000, NOW)
    assert not any(adapter.is_too_much(data, NOW) for _ in range(BURST * 2))


def test_a_message_without_a_sender_breaks_nothing(adapter: type[LimitedAdapter]) -> None:
    assert adapter.is_too_much({"post_type": "message"}, NOW) is False
    assert adapter.is_too_much(message(1) | {"user_id": ["不是", "号"]}, NOW) is False


def test_the_log_says_so_once_a_minute_and_names_nobody(adapter: type[LimitedAdapter], warnings: list[str]) -> None:
    let_in(adapter, 1000, NOW, user_id=30001)
    assert len(warnings) == 1
    assert "30001" not in warnings[0]
    let_in(adapter, 1000, NOW + timedelta(minutes=2), user_id=30001)
    assert len(warnings) == 2


def test_what_is_dropped_becomes_no_event_and_the_rest_does(adapter: type[LimitedAdapter]) -> None:
    said = message(
        1,
        sub_type="friend",
        time=1_795_400_000,
        message_id=1,
        message=[{"type": "text", "data": {"text": "退款"}}],
        raw_message="退款",
        font=0,
        sender={"user_id": 1},
    )
    events = [adapter.json_to_event(said) for _ in range(BURST + 5)]
    assert all(event is not None for event in events[:BURST])
    assert events[-1] is None


SAID = {
    "time": 1_795_400_000, "self_id": 10001, "post_type": "message", "message_type": "private", "sub_type": "friend",
    "user_id": 30001, "message_id": -1, "message": [{"type": "text", "data": {"text": "退货"}}], "raw_message": "退货",
    "font": 14, "sender": {"user_id": 30001, "nickname": "群友", "role": "admin"},
}  # fmt: skip
IN_GROUP = SAID | {"message_type": "group", "sub_type": "normal", "group_id": 20001, "anonymous": None}


@pytest.mark.parametrize("said", [SAID, IN_GROUP], ids=["private", "group"])
@pytest.mark.parametrize(
    "changes",
    [
        *({name: None} for name in ("font", "raw_message", "sender", "message_id", "time")),
        {"time": 1_795_400_000.5},
        {"message_id": "abc"},
        {"sender": {"user_id": 30001, "age": "", "nickname": None, "role": "admin"}},
        {"message": ["退货", 3, {"data": {}}]},
        {"message": None},
        {"anonymous": {}},
        {"anonymous": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("absent", [True, False])
def test_a_message_with_fields_nobody_reads_missing_or_spoilt_is_understood(
    adapter: type[LimitedAdapter], said: dict[str, Any], changes: dict[str, Any], absent: bool
) -> None:
    report = said | changes
    if absent:
        report = {name: value for name, value in report.items() if name not in changes or changes[name] is not None}
    event = adapter.json_to_event(report)
    assert isinstance(event, GroupMessageEvent if said is IN_GROUP else PrivateMessageEvent)
    assert event.get_plaintext() == "退货"
    assert event.sub_type == said["sub_type"]
    assert "sender" in changes or event.sender.role == "admin"


def test_what_is_doubtful_is_filled_in_with_less(adapter: type[LimitedAdapter]) -> None:
    unknown = adapter.json_to_event({name: value for name, value in SAID.items() if name != "sub_type"})
    assert isinstance(unknown, PrivateMessageEvent)
    assert unknown.sub_type != "friend"
    anonymous = adapter.json_to_event(IN_GROUP | {"anonymous": {"name": "某人"}})
    assert isinstance(anonymous, GroupMessageEvent)
    assert anonymous.anonymous is not None
    for name in ("user_id", "group_id"):
        assert not isinstance(adapter.json_to_event(IN_GROUP | {name: None}), GroupMessageEvent)


def test_two_messages_without_a_number_are_two(adapter: type[LimitedAdapter]) -> None:
    events = [adapter.json_to_event(SAID | {"message_id": None, "message": text}) for text in ("一", "二", "一")]
    first, second, again = (event.message_id for event in events if isinstance(event, PrivateMessageEvent))
    assert first == again != second
