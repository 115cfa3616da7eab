"""要看的流水、家里人之间转的钱是凭证，不是正在被骗；要刷流水、转到别处的照样拦住。"""

import pytest

from nonebot_plugin_refund.domain.understanding.danger import danger_reader


@pytest.mark.parametrize(
    "said",
    [
        "要看微信流水 里头有我给我妈转的钱",
        "他说要查我流水 我把我和我媳妇互相转账的都打了码",
        "法院叫我打一份银行流水 说要看钱转给谁了",
        "客服要我提供银行流水 上面有我老婆转给我的生活费",
        "平台让交三个月流水 里面有给儿子转的学费 要遮吗",
        "平台说要核对微信流水 我把给我妈转的两千也截了",
        "微信账单和流水记录都发了 里面有跟我老公转账的",
        "法官让我补交转账流水",
        "人家说要扣八百手续费",
        "开庭那天我爸陪我去 楼上第三法庭",
        "客服说退不了现金",
        "机构那边说不支持退现金 让我转课",
    ],
)
def test_statements_asked_for_and_money_moved_in_the_family_are_proof(said: str) -> None:
    assert danger_reader().find(said, veiled=True) is None


@pytest.mark.parametrize(
    "said",
    [
        "客服让我先刷流水才能退",
        "说我流水不够 要我再转两笔走个流水",
        "让我往指定账户转五千做银行流水",
        "要先交保证金流水才给解冻",
        "他说银行流水对不上 让我转一万核对再返",
        "他叫我把钱转给他 说是核实流水记录",
        "卖家说不能退现金 要先收我100手续费才退",
    ],
)
def test_statements_to_be_made_by_paying_are_stopped(said: str) -> None:
    found = danger_reader().find(said, veiled=True)

    assert found is not None
    assert found.id == "fraud"
