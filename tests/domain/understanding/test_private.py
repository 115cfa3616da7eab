"""隐私数字：认得出、遮得住，订单号不受牵连。号码都是编的。"""

import pytest

from nonebot_plugin_refund.domain.understanding.private import MASK, PrivateKind, find_private_numbers, mask


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("我的身份证11010519491231002X", PrivateKind.IDENTITY_CARD, f"我的身份证{MASK}"),
        ("身份证号:110105194912310021", PrivateKind.IDENTITY_CARD, f"身份证号:{MASK}"),
        ("手机13800001234记一下", PrivateKind.PHONE, f"手机{MASK}记一下"),
        ("快递员电话13800001234", PrivateKind.PHONE, f"快递员电话{MASK}"),
        ("138 0000 1234", PrivateKind.PHONE, MASK),
        ("+8613800001234", PrivateKind.PHONE, MASK),
        ("１３８００００１２３４", PrivateKind.PHONE, MASK),
        ("卡号6222020200112233", PrivateKind.BANK_CARD, f"卡号{MASK}"),
        ("4111 1111 1111 1111", PrivateKind.BANK_CARD, MASK),
        ("验证码 123456", PrivateKind.VERIFICATION_CODE, f"验证码 {MASK}"),
        ("8848是您的登录验证码", PrivateKind.VERIFICATION_CODE, f"{MASK}是您的登录验证码"),
        ("密码是abc123", PrivateKind.PASSWORD, f"密码是{MASK}"),
        ("支付密码123456", PrivateKind.PASSWORD, f"支付密码{MASK}"),
    ],
)
def test_private_number_is_found_and_masked(text: str, kind: PrivateKind, masked: str) -> None:
    assert find_private_numbers(text) == {kind}
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "订单号 2026112012345678901",
        "订单编号13800001234",
        "2026112012345678",
        "110105194912310021",
        "快递单号 SF1234567890123",
        "验证码是多少",
        "密码忘了",
        "孩子记住了支付密码",
        "花了498块",
        "12315",
        "20261120",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_private_numbers(text) == frozenset()
    assert mask(text) == text


def test_everything_private_in_one_message_is_masked() -> None:
    masked = mask("我叫小明 手机13800001234 验证码是4321 昨天签收的")
    assert masked == f"我叫小明 手机{MASK} 验证码是{MASK} 昨天签收的"
