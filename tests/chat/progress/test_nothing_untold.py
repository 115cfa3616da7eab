"""没说过的不记：了结不补出几步；还没成的、只是肯给的、还没立上的不算；哪天的照说这件事的那一截。"""

import pytest

from tests.chat.conversation_harness import Bench

SHOES = "在快手小店买的鞋想退 还没申请 不想要了 昨天签收的 完好 普通鞋子"
TIP = ("孩子十二岁偷偷打赏主播三千二 我们完全不知道", "用他自己的手机 有聊天", "上周五刷的")
REGULATOR = (
    "快手小店买的靴子 商家拒绝退款 我打了12315投诉了",
    "12315已经受理了 还没调解",
    "昨天受理的",
)


async def _told(bench: Bench) -> list[str]:
    return [row["event_id"] for row in await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")]


async def test_an_ending_implies_no_steps_nobody_told(bench: Bench) -> None:
    await bench.private(*TIP)
    await bench.private("已在 App 里提交", "被拒了")

    said = "\n".join(await bench.private("钱到了 全到了", "是"))

    assert "一并记成" not in said
    assert await _told(bench) == ["applied", "refused", "arrived"]


async def test_what_goes_without_saying_is_still_noted_and_said(bench: Bench) -> None:
    await bench.private(*TIP)

    said = "\n".join(await bench.private("客服说不给退 拒了"))

    assert "一并记成已经办了" in said
    assert await _told(bench) == ["applied", "refused"]


@pytest.mark.parametrize("said", ["商家只肯赔一百 我没答应", "调解员说商家只愿意给两百"])
async def test_a_small_offer_is_no_failed_mediation(bench: Bench, said: str) -> None:
    await bench.private(*REGULATOR)

    await bench.private(said)

    assert "no-agreement" not in await _told(bench)


async def test_not_accepted_is_not_accepted(bench: Bench) -> None:
    said = "\n".join(
        await bench.private("我在快手小店买了双靴子 商家拒绝退款 打了12315投诉 今天收到说不予受理 说地址不符")
    )

    assert "已经受理" not in said
    assert "投诉没受理或没调成" in said


async def test_the_day_is_taken_from_the_part_that_tells_the_event(bench: Bench) -> None:
    await bench.private(SHOES, "提交了")
    await bench.advance(hours=72)

    said = "\n".join(await bench.private("我申请上周就交了 商家昨天拒绝了 说有色差"))

    assert "好，记下：商家拒绝了（昨天）" in said


async def test_a_day_to_come_is_not_taken_for_last_year(bench: Bench) -> None:
    await bench.private(SHOES, "提交了")

    await bench.private("平台让我补凭证 截止是12月29号")

    found = await bench.rows("SELECT detail FROM refund_case_events")
    assert all("2025" not in row["detail"] for row in found)


async def test_asking_about_a_lawsuit_files_none(bench: Bench) -> None:
    await bench.private(*REGULATOR)
    await bench.private("没谈成 终止了")

    await bench.private("那我去法院起诉 要多少钱 去哪个法院")

    assert "sued" not in await _told(bench)


async def test_part_of_the_money_and_no_more_is_not_nothing(bench: Bench) -> None:
    await bench.private(*TIP)
    await bench.private("已在 App 里提交")

    (asked,) = await bench.private("到了2560 剩下的不要了 认栽")
    assert "2,560" in asked
    await bench.private("是")

    assert (await _told(bench))[-1] == "arrived-part"


async def test_a_denial_with_a_sum_is_no_yes(bench: Bench) -> None:
    await bench.private(*TIP)
    await bench.private("已在 App 里提交", "钱到账了")

    await bench.private("不是 只到了256 剩下的不追了")

    assert "arrived" not in await _told(bench)


async def test_a_day_told_with_the_yes_is_taken(bench: Bench) -> None:
    await bench.private(*TIP)
    await bench.private("已在 App 里提交")
    await bench.advance(hours=72)
    (asked,) = await bench.private("钱到账了")
    assert "回「是」" in asked

    await bench.private("是 昨天到的")

    found = await bench.rows("SELECT detail FROM refund_case_events ORDER BY id DESC")
    assert "2026-11-25" in found[0]["detail"]


@pytest.mark.parametrize(
    ("said", "events"),
    [
        ("我今天上午申请就交了 商家刚才拒绝了", ["applied", "merchant-refused"]),
        ("商家昨天把我拒了 我今天点了平台介入", ["merchant-refused", "platform-asked"]),
        ("商家昨天把我拒了", ["merchant-refused"]),
    ],
)
async def test_two_pieces_of_news_in_one_sentence_are_both_noted(bench: Bench, said: str, events: list[str]) -> None:
    await bench.private(SHOES)

    told = "\n".join(await bench.private(said))

    assert await _told(bench) == events
    assert told.count("好，记下：") == len(events)


async def test_each_of_two_pieces_of_news_keeps_its_own_day(bench: Bench) -> None:
    await bench.private(SHOES, "提交了")
    await bench.advance(hours=72)

    told = "\n".join(await bench.private("商家昨天拒了 我刚点了平台介入"))

    assert "好，记下：商家拒绝了（昨天）" in told
    assert "好，记下：已申请平台介入（昨天）" not in told
    found = await bench.rows("SELECT event_id, detail FROM refund_case_events ORDER BY id")
    assert [row["event_id"] for row in found][-2:] == ["merchant-refused", "platform-asked"]
    assert "2026-11-25" in found[-2]["detail"]
    assert "2026-11-25" not in found[-1]["detail"]


@pytest.mark.parametrize("said", ["昨天打电话说过了", "我跟客服讲过了", "又给他们发消息说了"])
async def test_what_i_told_them_is_not_their_agreement(bench: Bench, said: str) -> None:
    await bench.private(*TIP, "已在 App 里提交")

    await bench.private(said)

    assert "agreed" not in await _told(bench)


async def test_their_answer_told_beside_it_is_recorded(bench: Bench) -> None:
    await bench.private(*TIP, "已在 App 里提交")

    await bench.private("我跟客服讲过了 他答应退")

    assert await _told(bench) == ["applied", "agreed"]
