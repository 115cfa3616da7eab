"""贴来的账单：微信、支付宝、苹果、短信几种样子都读得出一笔笔；尾号、单号、余额、退回来的不算，也不留。"""

import json
import re

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.money.test_ledger import TIP, raw_ledger

WECHAT = """北京快手科技有限公司
-648.00
当前状态 支付成功
支付时间 2026年5月3日 12:30:11
商户全称 北京快手科技有限公司
支付方式 招商银行信用卡(1234)
交易单号 4200002234202605031234567890
商户单号 2026050322001412345678901234"""
WECHAT_LIST = (
    "快手\n5月3日 12:30\n-648.00\n已全额退款\n快手\n5月4日 08:02\n-328.00\n转账-给小红\n5月5日 09:00\n-2000.00"
)
ALIPAY = """2026-05-03 12:30:11,充值缴费,北京快手科技有限公司,kua***@kuaishou.com,快币充值,支出,648.00,花呗,交易成功
2026-05-04 12:30:11,转账红包,小红,139******11,转账,支出,1500.00,余额宝,交易成功"""
APPLE = """收据
APPLE 账户 abc@example.com
开票日期 2026年5月3日
快手
648元快币包 (App 内购买)
¥648.00
总计 ¥648.00"""
MESSAGES = """您尾号1234的信用卡5月3日12:30消费648.00元
您账户1234于05月06日10:11支付支出人民币98.00元，余额3021.55元"""


@pytest.mark.parametrize(
    ("bill", "noted", "channels"),
    [
        (WECHAT, "共 1 笔、648 元", ["kuaishou"]),
        (WECHAT_LIST, "共 2 笔、2,328 元", ["kuaishou", "transfer"]),
        (ALIPAY, "共 2 笔、2,148 元", ["kuaishou", "transfer"]),
        (APPLE, "共 1 笔、648 元", ["apple"]),
        (MESSAGES, "共 2 笔、746 元", ["card", None]),
    ],
)
async def test_a_pasted_bill_is_kept_line_by_line_and_no_number_of_an_account(
    bench: Bench, bill: str, noted: str, channels: list[str | None]
) -> None:
    await bench.private(*TIP, "记账")
    said = "\n".join(await bench.private(bill))
    assert noted in said
    kept = await raw_ledger(bench)
    assert not re.search(r"1234|3021|139|[0-9]{8}", kept)
    assert [entry["channel"] for entry in json.loads(kept)] == channels


async def test_sums_by_how_they_were_paid_are_kept_without_days(bench: Bench) -> None:
    await bench.private(*TIP, "记账")
    said = "\n".join(await bench.private("支付宝1200 微信800 信用卡300"))
    assert "记下 3 笔" in said
    assert "2,300 元" in said
    assert "哪年哪月哪日生" not in said
    kept = json.loads(await raw_ledger(bench))
    assert [(entry["channel"], entry["amount"]) for entry in kept] == [
        ("alipay", "1200.00"),
        ("wechat", "800.00"),
        ("card", "300.00"),
    ]


async def test_they_are_heard_out_of_the_blue_too(bench: Bench) -> None:
    await bench.private(*TIP)
    assert "记下 3 笔" in "\n".join(await bench.private("微信付了800，支付宝1200，苹果的300"))


@pytest.mark.parametrize(
    "said",
    [
        "支付宝退了1200 微信退了800",
        "客服说支付宝1200 微信800都能退吗",
        "微信那800到账了 支付宝1200没到",
        "快手给补800 苹果给补300",
        "支付宝1200",
        "没有账",
    ],
)
async def test_what_is_no_list_of_payments_is_not_kept(bench: Bench, said: str) -> None:
    await bench.private(*TIP)
    await bench.private(said)
    assert await raw_ledger(bench) == "[]"


async def test_the_total_said_after_its_parts_is_not_counted_twice(bench: Bench) -> None:
    await bench.private(*TIP, "记账")
    assert "共 2 笔、976 元" in "\n".join(await bench.private("5月3日 648，5月4日 328，一共976"))
