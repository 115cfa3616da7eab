"""一句里说了两样：没答应和后来做的、对方出的数和别的进展、谁要材料和几天内、做完了一步又问别的，两样都在。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import (
    RETURN_APPLIED,
    RETURN_DISPUTED,
    RETURN_REFUSED,
    RETURN_SENT,
    TIPS_SUBMITTED,
    said,
    steps,
    steps_with_days,
)

_YESTERDAY, _TODAY = "2026-11-22", "2026-11-23"
_OFFERED = (*RETURN_APPLIED, "商家说只退我300")
_COMPLAINED = (*RETURN_DISPUTED, "昨天平台没支持我", "今天打12315投诉了")


@pytest.mark.parametrize(
    ("line", "recorded"),
    [
        (
            "没答应 昨天晚上申请售后被拒了 今天上午点的平台介入",
            [("ask-more", _TODAY), ("merchant-refused", _YESTERDAY), ("platform-asked", _TODAY)],
        ),
        ("我不同意 昨天已经点了平台介入", [("ask-more", _YESTERDAY), ("platform-asked", _YESTERDAY)]),
        ("没答应", [("ask-more", _TODAY)]),
        ("没答应 他说那就耗着", [("ask-more", _TODAY)]),
    ],
)
async def test_what_followed_a_refused_offer_is_recorded_too(
    bench: Bench, line: str, recorded: list[tuple[str, str]]
) -> None:
    await bench.private(*_OFFERED)
    known = await steps_with_days(bench)

    await said(bench, line)

    assert (await steps_with_days(bench))[len(known) :] == recorded


async def test_a_refusal_and_a_new_sum_undo_nothing(bench: Bench) -> None:
    await bench.private(*_OFFERED)
    heard = await said(bench, "没同意 商家今天又说可以给400")
    assert "撤销了" not in heard
    assert "对方肯给400" in heard


async def test_an_offer_during_a_complaint_leaves_the_complaint_where_it_is(bench: Bench) -> None:
    await bench.private(*_COMPLAINED)
    heard = await said(bench, "市场局今天打电话说受理了 店家松口给1200 五天内打过来")
    assert "记下：受理了" in heard
    assert "对方肯给1,200 元" in heard
    assert "最晚11月28日" in heard
    assert "行政调解中" in await said(bench, "进度")


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("平台介入了 今天点的 平台说三天内给证据", "补凭证：最晚 11月26日"),
        ("今天点了介入 平台让我两天之内把证据交上去", "补凭证：最晚 11月25日"),
        ("今天点了介入 平台说三天内给结果", "平台介入答复：到 11月26日"),
    ],
)
async def test_who_must_keep_the_limit_is_told_by_what_must_be_given(bench: Bench, line: str, due: str) -> None:
    await bench.private(*RETURN_REFUSED)
    assert due in await said(bench, line)


async def test_a_limit_to_hand_in_a_report_asks_for_papers(bench: Bench) -> None:
    await bench.private(*RETURN_DISPUTED)
    assert "记下：平台让我补凭证" in await said(bench, "客服让48小时内补鉴定报告 不然关闭")
    heard = await said(bench, "传了 那鞋要不要先留着")
    assert "记下：凭证补好了" in heard
    assert "留" in heard


@pytest.mark.parametrize("line", ["还没传 视频太大了咋弄", "传了吗 我怎么看", "要是传了 他不认咋办"])
async def test_what_is_not_done_yet_is_not_recorded(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_DISPUTED, "平台让补证据")
    known = await steps(bench)
    await said(bench, line)
    assert await steps(bench) == known


async def test_signed_for_and_a_cut_are_two_steps(bench: Bench) -> None:
    await bench.private(*RETURN_SENT)
    known = await steps(bench)
    await said(bench, "店里昨天签收的 今天说鞋有穿痕要扣30")
    assert (await steps(bench))[len(known) :] == ["merchant-signed", "offered-part"]


async def test_yes_to_an_offer_that_is_not_taken_records_both(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)
    asked = await said(bench, "客服说退2500 但是让我先把投诉撤了")
    assert "钱原路到账再撤" in asked
