"""问着一题，说的是凭证、价钱、另花的钱、别的哪天：记着、说回，题短短再问；问到时提一句，有了结论用上。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

CHILD = "我女儿11岁 偷偷在快手给主播刷礼物 想退"
GUARDIAN = "家长这边，最接近哪种情况？"
SHOES = "快手小店买的皮鞋想退 还没申请"
REASON = "主要是因为什么想退？"


@pytest.mark.parametrize(
    "line",
    [
        "有她跟主播说自己上五年级的聊天",
        "那个主播问过她几年级 聊天截屏我都存着呢",
        "账单我都打印出来了 有视频",
        "微信里转账记录都还在",
    ],
)
async def test_a_proof_told_beside_the_question_is_said_back(bench: Bench, line: str) -> None:
    await bench.private(CHILD)

    told = await said(bench, line)

    assert "原件别删" in told
    assert GUARDIAN in told
    assert "没太看懂" not in told
    assert "完全不知道" not in told, "选项不再列一遍"


@pytest.mark.parametrize("line", ["他天天看视频 我管不住", "平台让我补视频", "没有聊天记录 都删了"])
async def test_what_is_no_proof_at_hand_is_not_called_one(bench: Bench, line: str) -> None:
    await bench.private(CHILD)

    assert "原件别删" not in await said(bench, line)


async def test_a_proof_is_offered_when_its_question_comes(bench: Bench) -> None:
    await bench.private(CHILD, "有她跟主播说自己上五年级的聊天", "完全不知道")

    asked = await said(bench, "三千块")

    assert "听着像「有孩子和主播、好友的聊天」" in asked
    await bench.private("是")
    assert "账号、手机和证据：有孩子和主播、好友的聊天" in await said(bench, "修改")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1600是货款 还有雇人栽的工钱600", ("1,600 元", "600 元（工钱）")),
        ("这双鞋实付376", ("376 元",)),
        ("两斤虾86块 运费我又搭了15", ("86 元", "15 元（运费）")),
        ("前两天花了80块找师傅看过 说是胶不行", ("80 元（师傅）",)),
    ],
)
async def test_sums_told_beside_the_question_are_said_back(bench: Bench, line: str, kept: tuple[str, ...]) -> None:
    await bench.private(SHOES)

    told = await said(bench, line)

    assert all(one in told for one in kept)
    assert REASON in told
    listed = await said(bench, "修改")
    assert all(one in listed for one in kept), "问记了什么，也列出来"


@pytest.mark.parametrize("line", ["客服说要扣我30块运费", "他让我出20块运费", "运费多少钱啊"])
async def test_sums_of_others_are_no_costs(bench: Bench, line: str) -> None:
    await bench.private(SHOES)

    assert "另花的" not in await said(bench, line)


async def test_another_order_is_not_taken_for_a_price(bench: Bench) -> None:
    await bench.private(SHOES)

    assert "记着了：这单" not in await said(bench, "另外我还充了快币没到账 花了648")


async def test_costs_told_before_are_in_the_claim(bench: Bench) -> None:
    await bench.private("快手小店买的皮鞋是假的 还没申请", "这双鞋实付376", "另外检测费我掏了120 打车46")

    verdict = await said(bench, "鉴定机构说是假的")

    assert "120 元（检测费）" in verdict
    assert "46 元（打车）" in verdict
    assert "鉴定费：120 元" in await said(bench, "能要多少")


async def test_a_day_told_beside_is_offered_when_a_day_is_asked(bench: Bench) -> None:
    await bench.private("快手小店买的皮鞋想退")
    assert "11月19日" in await said(bench, "我是上周四跟他掰扯的")

    asked = await said(bench, "商家拒绝了", "坏了", "有照片")

    assert "你前面说到 11月19日" in asked
    assert "驳回日期 11月19日" in await said(bench, "是", "1") or "11月19日" in await said(bench, "改答案")


@pytest.mark.parametrize("line", ["物流8号就没动过", "双十一下的单"])
async def test_days_of_other_things_are_not_offered(bench: Bench, line: str) -> None:
    await bench.private("快手小店买的皮鞋想退", line)

    assert "你前面说到" not in await said(bench, "商家拒绝了", "坏了", "有照片")


async def test_the_options_are_listed_again_only_when_asked_for(bench: Bench) -> None:
    await bench.private("快手小店买的锅想退")
    for line in ("运费谁出", "要多久"):
        told = await said(bench, line)
        assert "走到哪一步了" in told
        assert "2. 申请了" not in told

    assert "2. 申请了" in await said(bench, "选项")
    assert "2. 申请了" in await said(bench, "有哪些选项？")


async def test_after_a_while_the_options_are_listed(bench: Bench) -> None:
    await bench.private("快手小店买的锅想退")
    await bench.advance(hours=3)

    assert "2. 申请了" in await said(bench, "运费谁出")


async def test_a_hotline_is_no_price(bench: Bench) -> None:
    await bench.private("快手小店买的锅坏了 还没申请", "今天打了12315")

    assert "12,315" not in await said(bench, "坏了", "昨天到的", "没有照片")


async def test_the_name_of_the_app_before_a_sum_is_not_nearly(bench: Bench) -> None:
    assert "打赏总额 3000 元" in await said(bench, "我娃12岁打赏快手主播3000 我不知道")


async def test_what_this_way_never_asks_is_heard_and_the_question_stays(bench: Bench) -> None:
    await bench.private("孩子从七岁多刷到八岁多 一共8万 他是今年5月2号过的8岁生日")
    await bench.private("八岁")
    await bench.private("有一部分是生日以前刷的")

    told = await said(bench, "我不知情 他自己偷偷刷的")

    assert "完全不知道" in told
    assert "打赏是哪天？" in told
    assert "没太看懂" not in told
