"""先到了一部分：不当成出价；说好补的记着，补到了和先前的合起来，“都齐了”不再问少了什么。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, RETURN_REFUSED, RETURN_SENT, TIPS_SUBMITTED, said

SIGNED = (*RETURN_SENT, "商家昨天签收了")
PART_CAME = (*RETURN_REFUSED, "400到账了 少58")


async def stage(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    return str(row["stage_id"])


@pytest.mark.parametrize(
    "told",
    [
        "退了 但只退了400 少58 说扣折旧",
        "只给我退回来200 剩下那些不吭声了",
        "已经打给我二百六了 没打全",
        "不是他肯给 是已经退到我账上400了 还差58",
        "退是退了 可只打回来312块 说洗过了要扣钱",
        "昨晚上钱到了一部分 260 他说要扣包装费",
    ],
)
async def test_less_money_that_came_is_no_offer(bench: Bench, told: str) -> None:
    await bench.private(*SIGNED)

    heard = await said(bench, told)

    assert "对方肯给" not in heard
    assert await stage(bench) == "money-check"


@pytest.mark.parametrize("told", ["商家说最多退400", "客服说可以退我400 剩下的扣折旧", "他答应退400了 还没到"])
async def test_what_they_say_they_would_pay_stays_an_offer(bench: Bench, told: str) -> None:
    await bench.private(*SIGNED)

    heard = await said(bench, told)

    assert "对方肯给400 元" in heard
    assert "到账 400" not in heard


@pytest.mark.parametrize(
    "told", ["去年那次只退了我一半", "听她讲钱到了一半 另一半没影", "他说已经退了400 我没看到", "要是只退了400咋办"]
)
async def test_what_came_to_nobody_moves_nothing(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_DISPUTED)
    await bench.private(told)

    assert await stage(bench) == "platform"


async def test_what_came_and_what_is_short_make_the_claim(bench: Bench) -> None:
    await bench.private(*SIGNED)

    assert "你要的是 458 元，还差 58 元" in await said(bench, "退了 但只退了400 少58 说扣折旧")


@pytest.mark.parametrize(
    "told", ["平台判商家再补我58", "客服说剩下那58也给我退", "商家松口了 说再退58", "他答应把剩下的补齐"]
)
async def test_the_promised_rest_is_added_to_what_came(bench: Bench, told: str) -> None:
    await bench.private(*PART_CAME)

    heard = await said(bench, told)

    assert "再给 58 元" in heard
    assert "一共 458 元" in heard
    assert "记过了" not in heard


@pytest.mark.parametrize("told", ["不是 剩下的还要接着要", "我要他把少的补上", "怎么让他补剩下的", "剩下的58还没给我"])
async def test_the_rest_i_still_want_is_not_promised(bench: Bench, told: str) -> None:
    await bench.private(*PART_CAME)

    assert "说好再给" not in await said(bench, told)


@pytest.mark.parametrize(
    "told",
    [
        "58补到了 加邮费18也给了 齐了",
        "后面的58也到账 现在一分不差了",
        "前面400 后来补了58 都到手了",
        "你搞错了 不是商家肯退 是先到400 后来58也到 现在都齐了",
        "欠的那58给清了 全部到齐",
    ],
)
async def test_all_in_is_all_in(bench: Bench, told: str) -> None:
    await bench.private(*PART_CAME)

    heard = await said(bench, told)

    assert "钱对上了，到账了" in heard
    assert "是哪一种" not in heard
    assert "已结案" in await said(bench, "是", "我的")


@pytest.mark.parametrize("told", ["还没齐 就差58", "要是58到了就齐了", "他说再补我10块行不行"])
async def test_what_is_not_all_in_closes_nothing(bench: Bench, told: str) -> None:
    await bench.private(*PART_CAME)

    assert "到此了结" not in await said(bench, told)


@pytest.mark.parametrize("told", ["到账8000 剩下的不要了", "8000到微信了 差的就算了"])
async def test_renouncing_the_rest_needs_one_yes(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)
    await bench.private(told)

    assert "退了一部分" in await said(bench, "是")


async def test_thanks_is_the_yes_when_the_sum_is_the_claim(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)

    assert "是 9,236 元" in await said(bench, "钱到了 9236一分不少")
    assert "已退款" in await said(bench, "谢谢恁")


async def test_thanks_is_no_yes_when_no_sum_was_said(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)
    await bench.private("钱到了")

    assert "已退款" not in await said(bench, "谢谢")


@pytest.mark.parametrize("told", ["苹果那笔也申请了 在等", "微信那边也提交了", "信用卡中心那边也报了"])
async def test_asking_elsewhere_too_is_not_said_to_be_noted_before(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)

    heard = await said(bench, told)

    assert "那边也在办" in heard
    assert "记过了" not in heard


async def test_saying_all_in_once_more_is_the_yes(bench: Bench) -> None:
    await bench.private(*PART_CAME, "58补到了 加邮费18也给了 齐了", "进度")

    told = "你记错了 不是商家肯退一部分 是只到账400 后来平台判补58也到了 现在全齐了"
    assert "退款到账" in await said(bench, told)


async def test_progress_says_what_came(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "苹果那边退了1500到卡里了", "不是 还要接着要")

    assert "到账 1,500 元" in await said(bench, "进度")


@pytest.mark.parametrize("told", ["三百二 一个电饭煲", "一双鞋 289", "总共花了460 两件"])
async def test_the_price_of_the_goods_is_no_offer(bench: Bench, told: str) -> None:
    await bench.private(*RETURN_REFUSED)

    heard = await said(bench, told)

    assert "对方肯给" not in heard
    assert "退货款" in heard


async def test_a_sum_denied_to_be_an_offer_is_the_price(bench: Bench) -> None:
    await bench.private(*RETURN_DISPUTED)
    asked = await said(bench, "一百二 他退我")
    await bench.private("不是 那是我买东西花的钱 320")

    assert "对方肯给120 元" in asked
    assert "320 元" in await said(bench, "能要多少")
    assert "120" not in await said(bench, "进度")
