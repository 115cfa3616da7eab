"""商家答应换货、补发以后：到了、又是坏的、没来、不想换了，各走到哪里；先说的日子算数。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import USER, Bench
from tests.chat.told_in_words import RETURN, said

AUTUMN = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
NEVER_CAME = ("快手小店付款五天了还没发货 想退款", "还没申请", "过了")


@pytest.fixture
async def refused(bench: Bench) -> Bench:
    """一件退货，商家拒绝了。"""
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN)
    return bench


@pytest.fixture
async def promised(refused: Bench) -> Bench:
    """商家又答应周五前换。"""
    await said(refused, "商家说周五前给我换一个新的")
    return refused


async def progress(bench: Bench) -> str:
    return await said(bench, "进度")


@pytest.mark.parametrize(
    "line",
    [
        "商家说给我换一个",
        "他们答应补发",
        "客服说三天内重新发货",
        "换货同意了 让我先寄回",
        "卖家愿意把缺的零件寄过来",
        "老板说再补我一份",
        "售后同意给我换 来回运费他出",
    ],
)
async def test_a_promise_to_exchange_is_heard(refused: Bench, line: str) -> None:
    heard = await said(refused, line)
    assert "记下：商家答应换、补发" in heard
    assert "等换货、补发" in heard
    assert "换不成就退款" in heard


@pytest.mark.parametrize(
    "line", ["能换货吗", "我想换货 商家不理我", "商家不肯换", "我打算让他换一个", "要是能换一个就好了", "换货要多久"]
)
async def test_what_is_asked_wished_or_refused_is_no_promise(refused: Bench, line: str) -> None:
    await said(refused, line)
    assert "等换货、补发" not in await progress(refused)


async def test_without_a_day_it_waits_fifteen_days(refused: Bench) -> None:
    assert "换的、补的到货：到 12月15日" in await said(refused, "商家说给我换一个")


async def test_the_day_they_said_counts(promised: Bench) -> None:
    assert "换的、补的到货：到 12月4日（周五）24 点" in await progress(promised)


async def test_sending_the_bad_one_back_goes_on_waiting(promised: Bench) -> None:
    await said(promised, "坏的寄回去了")
    await said(promised, "商家签收了寄回的")
    assert "等换货、补发" in await progress(promised)


async def test_the_new_one_on_its_way_goes_on_waiting(promised: Bench) -> None:
    assert "记下：换的、补的发出来了" in await said(promised, "换的发出来了 单号来了")
    assert "等换货、补发" in await progress(promised)


async def test_a_good_one_settles_it_without_a_refund(promised: Bench) -> None:
    assert "就到此了结" in await said(promised, "换的到了 没问题")
    assert "换好、补齐了" in await said(promised, "是的")
    assert await promised.rows("SELECT outcome FROM refund_cases") == [{"outcome": "replaced"}]


@pytest.mark.parametrize("line", ["换来的还是坏的", "补发的又发错了", "新换的这台开不了机"])
async def test_a_bad_one_again_leads_to_a_refund(promised: Bench, line: str) -> None:
    heard = await said(promised, line)
    assert "记下：换来的还是不行" in heard
    assert "换不成，要退款" in heard
    assert "申请平台介入" in heard


@pytest.mark.parametrize("line", ["不换了 我要退款", "等不及补发了 退钱给我", "换货太麻烦 我要求退款"])
async def test_one_may_rather_have_the_money(promised: Bench, line: str) -> None:
    heard = await said(promised, line)
    assert "记下：不换了，要退款" in heard
    assert "换不成，要退款" in heard


async def test_before_the_day_not_yet_is_only_waiting(promised: Bench) -> None:
    assert "那就再等等" in await said(promised, "换的还没到")
    assert "等换货、补发" in await progress(promised)


@pytest.mark.parametrize("line", ["换的还没到", "说好周五换 现在还没来", "新的一直没影"])
async def test_after_the_day_not_yet_leads_to_a_refund(promised: Bench, line: str) -> None:
    promised.clock.moment = datetime(2026, 12, 5, 10, 0, tzinfo=SHANGHAI)
    heard = await said(promised, line)
    assert "说好的12月4日（周五）已经过了" in heard
    assert "换不成，要退款" in heard


async def test_it_is_reminded_the_day_after(promised: Bench) -> None:
    promised.clock.moment = datetime(2026, 12, 5, 10, 1, tzinfo=SHANGHAI)
    await promised.assembly.worker.run_once()
    assert "对方说好的日子到了" in "".join(promised.platform.received_by(USER))


async def test_from_a_failed_exchange_the_usual_way_goes_on(promised: Bench) -> None:
    await said(promised, "换来的还是坏的", "申请平台介入了")
    assert "平台介入中" in await progress(promised)


async def test_it_may_be_promised_once_more(promised: Bench) -> None:
    await said(promised, "换来的还是坏的", "商家说再给我换一个")
    assert "等换货、补发" in await progress(promised)


async def test_only_mentioned_it_asks_which(promised: Bench) -> None:
    assert "换来的还是不行" in await said(promised, "换的那个到家了打开看了下")


async def test_undoing_the_promise_goes_back(promised: Bench) -> None:
    await said(promised, "撤销")
    assert "把要求提出来" in await progress(promised)


async def test_a_parcel_that_never_came_may_be_sent_again(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*NEVER_CAME)
    assert "等换货、补发" in await said(bench, "商家答应三天内补发")
    assert "换不成，要退款" in await said(bench, "不等补发了 退款")
