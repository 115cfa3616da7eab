"""从头说起时说了的日子：问到日子那题时提一句，回“是”就是它；说的是另一单、另一件的不算这件的。"""

from tests.chat.conversation_harness import Bench

DRUNK = "手滑点错了一个礼物 1314块 我自己点的 前天晚上同学聚会喝多了"
SHOES = "在快手小店买的鞋想退 还没申请 不想要了 昨天签收的 完好 普通鞋子"


async def test_the_day_told_before_is_offered_and_taken(bench: Bench) -> None:
    asked = "\n".join(await bench.private(DRUNK))
    assert "你前面说到 11月21日" in asked

    told = "\n".join(await bench.private("是"))

    assert "点错日期 11月21日" in told


async def test_another_day_said_instead_counts(bench: Bench) -> None:
    await bench.private(DRUNK)

    told = "\n".join(await bench.private("是昨天"))

    assert "点错日期 11月22日" in told


async def test_where_the_day_was_heard_it_is_not_offered_again(bench: Bench) -> None:
    told = "\n".join(await bench.private("在快手小店买的鞋想退 昨天签收的"))

    assert "你前面说到 11月" not in told


async def test_the_day_of_another_order_changes_nothing_here(bench: Bench) -> None:
    await bench.private(SHOES)

    await bench.private("不对不对 还有一单 奶粉 上周二签收的 那个鞋的还在等")

    (row,) = await bench.rows("SELECT answers FROM refund_cases")
    assert "2026-11-22" in row["answers"]


async def test_a_price_of_ones_own_is_no_offer(bench: Bench) -> None:
    await bench.private(SHOES, "提交了")

    told = "\n".join(await bench.private("没拆封的五罐也能退吗 还是只退那一罐 一罐298"))

    assert "对方肯给" not in told


async def test_a_day_this_road_does_not_ask_for_is_said_to_be_left_out(bench: Bench) -> None:
    await bench.private("充快币充了 没到账 11月5号晚上充的")

    told = "\n".join(await bench.private("苹果"))

    assert "付款时间 11月5日（周四），这条路上用不着" in told


async def test_a_day_this_road_does_not_ask_for_is_written_on_the_papers_that_tell_it(bench: Bench) -> None:
    await bench.private("退货", "11月5号签收的", "申请了 在等商家")

    told = "\n".join(await bench.private("昨天下午三点", "给商家的话怎么写"))

    assert "这条路上用不着" not in told
    assert "2026年11月5日签收" in told


async def test_a_birthday_is_not_offered_as_the_day_of_a_tip(bench: Bench) -> None:
    opening = "孩子从七岁多刷到八岁多 一共8万 他是今年5月2号过的8岁生日"
    told = await bench.each_private(opening, "八岁", "有一部分是生日以前刷的")
    assert not any("你前面说到" in reply for replies in told for reply in replies)
