"""正向 WebSocket 连不上：各种原因各说一句中文，认得出口令不对。"""

from types import SimpleNamespace
from typing import Any

import pytest
from launch.onebot.forward import WRONG_TOKEN, BridgeRefused, parsed, raise_if_refused, why_not_connected
from nonebot.exception import WebSocketClosed


class InvalidStatus(Exception):
    """握手时那边答的状态码，样子同 websockets 的。"""

    def __init__(self, status: int) -> None:
        self.response = SimpleNamespace(status_code=status)


class InvalidProxyStatus(Exception): ...


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BridgeRefused(WRONG_TOKEN), "口令不对"),
        (InvalidStatus(401), "口令不对"),
        (InvalidStatus(403), "口令不对"),
        (InvalidStatus(404), "地址的后半截不对"),
        (InvalidProxyStatus(), "NO_PROXY"),
        (ConnectionRefusedError(111, "refused"), "没有开，或端口不对"),
        (TimeoutError(), "没有回音"),
        (OSError(113, "No route to host"), "网络不通"),
        (WebSocketClosed(1006, ""), "连接断了"),
        (RuntimeError("秘密"), "出错（RuntimeError）"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_every_reason_is_one_sentence(error: Exception, said: str) -> None:
    why = why_not_connected(error)
    assert said in why
    assert "秘密" not in why
    assert "\n" not in why


@pytest.mark.parametrize(
    "frame", ['{"status": "failed", "retcode": 1403, "message": "token"}', '{"retcode": 1403, "echo": null}']
)
def test_a_bridge_that_lets_in_and_then_refuses_the_token_is_understood(frame: str) -> None:
    with pytest.raises(BridgeRefused, match="口令不对"):
        raise_if_refused(parsed(frame))


@pytest.mark.parametrize(
    "frame", ['{"retcode": 1403, "echo": "7"}', '{"post_type": "message"}', "[1403]", "1403", "坏的"]
)
def test_an_answer_to_a_call_and_other_frames_turn_nobody_away(frame: str) -> None:
    raise_if_refused(parsed(frame))


def test_what_is_no_json_is_nothing() -> None:
    nothing: Any = parsed("{")
    assert nothing is None
