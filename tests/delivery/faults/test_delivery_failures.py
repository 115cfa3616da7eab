"""认得各家实现的失败；退避与间隔算得对。"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.delivery.faults.classify_failure import FailureKind, classify_failure
from nonebot_plugin_refund.delivery.messenger import Account, OutcomeUnknown, Rejected, RejectionKind
from nonebot_plugin_refund.delivery.queue.backoff import retry_delay
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.delivery.spacing import Spacing

NAPCAT = (
    "Error: EventChecker Failed: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg\n"
    'EventRet:\n{{"result": {result},"errMsg": "{words}"}}'
)
NAPCAT_TIMEOUT = (
    "Error: Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg ListenerName:NodeIKernelMsgListener/"
    'onMsgInfoListUpdate EventRet:\n{"result": 0,"errMsg": ""}\n'
)


@pytest.mark.parametrize(
    ("retcode", "wording", "kind", "code"),
    [
        (1200, NAPCAT.format(result=16, words="发送失败，请先添加对方为好友"), FailureKind.UNREACHABLE, "16"),
        (1200, NAPCAT.format(result=110, words="你已被移出该群"), FailureKind.UNREACHABLE, "110"),
        (1200, NAPCAT.format(result=120, words=""), FailureKind.TRANSIENT, "120"),
        (1200, NAPCAT.format(result=34, words=""), FailureKind.PERMANENT, "34"),
        (1200, NAPCAT.format(result=1006514, words="network error"), FailureKind.OFFLINE, "1006514"),
        (1200, "网络连接异常!", FailureKind.OFFLINE, "1200"),
        (100, "帐号已离线", FailureKind.OFFLINE, "100"),
        (1200, NAPCAT_TIMEOUT, FailureKind.UNKNOWN, "1200"),
        (1200, "无法获取用户信息", FailureKind.UNREACHABLE, "1200"),
        (1200, "-1 rich media transfer failed", FailureKind.TRANSIENT, "1200"),
        (1200, "发送消息失败 (code=16): 发送失败，请先添加对方为好友", FailureKind.UNREACHABLE, "16"),
        (1200, "发送消息失败 (code=241): ", FailureKind.TRANSIENT, "241"),
        (1200, "当前处于被禁言状态", FailureKind.TRANSIENT, "1200"),
        (1200, "waitForSelfEcho timeout", FailureKind.UNKNOWN, "1200"),
        (100, "send private message rejected: result=16 err=", FailureKind.UNREACHABLE, "16"),
        (100, "SEND_MSG_API_ERROR 请参考 go-cqhttp 端输出", FailureKind.UNKNOWN, "100"),
        (16, "", FailureKind.UNREACHABLE, "16"),
        (102, "", FailureKind.UNREACHABLE, "102"),
        (299, "", FailureKind.TRANSIENT, "299"),
        (9000, "", FailureKind.UNKNOWN, "9000"),
        (1400, "user_id 不能为空", FailureKind.PERMANENT, "1400"),
        (1404, "不支持的API send_private_msg", FailureKind.PERMANENT, "1404"),
        (404, "API_NOT_FOUND", FailureKind.PERMANENT, "404"),
        (1200, "Cannot read properties of undefined", FailureKind.UNKNOWN, "1200"),
        (1200, "", FailureKind.UNKNOWN, "1200"),
        (None, "", FailureKind.UNKNOWN, "None"),
    ],
)
def test_real_failures_are_told_apart_by_their_text(
    retcode: object, wording: str, kind: FailureKind, code: str
) -> None:
    failure = classify_failure(retcode, wording)
    assert (failure.kind, failure.code, failure.wording) == (kind, code, wording)


@given(st.one_of(st.integers(), st.text(), st.none()), st.text())
def test_any_answer_is_classified_and_keeps_its_wording(retcode: object, wording: str) -> None:
    error = classify_failure(retcode, wording).as_error()
    assert isinstance(error, Rejected | OutcomeUnknown)
    assert error.wording == wording


def test_a_rejection_becomes_the_error_of_its_kind() -> None:
    error = classify_failure(16, "").as_error()
    assert isinstance(error, Rejected)
    assert error.kind is RejectionKind.UNREACHABLE


@given(st.integers(1, 1000), st.floats(0, 1, exclude_max=True))
def test_retries_wait_longer_up_to_a_cap(failures: int, drawn: float) -> None:
    settings = DeliverySettings()
    delay = retry_delay(failures, settings, lambda: drawn)
    assert timedelta(seconds=30) <= delay <= settings.backoff_cap * 1.5
    assert delay <= retry_delay(failures + 1, settings, lambda: drawn)


async def test_a_slot_is_taken_before_sleeping_and_idle_time_is_not_saved_up() -> None:
    slept: list[float] = []
    now = [100.0]

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    spacing = Spacing(timedelta(seconds=2), timedelta(0), sleep=sleep, monotonic=lambda: now[0], draw=lambda: 0.0)
    one, other = Account("onebot", "1"), Account("onebot", "2")
    for account in (one, one, one, other):
        await spacing.wait(account)
    assert slept == [2.0, 4.0]
    now[0] = 1000.0
    for _ in range(2):
        await spacing.wait(one)
    assert slept == [2.0, 4.0, 2.0]
