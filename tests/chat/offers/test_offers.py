"""对方出价、到账少了：和要的一比，说清答应了会放弃什么，记到哪天再问。"""

import pytest

from tests.chat.conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")


async def stage(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    return str(row["stage_id"])


async def tip_submitted(bench: Bench) -> None:
    await bench.private(*TIP)
    await bench.private("申请交上去了")


class TestOffer:
    async def test_a_share_is_compared_with_what_was_claimed_in_the_interview(self, bench: Bench) -> None:
        await tip_submitted(bench)
        said = await bench.private("快手只肯退70%，说苹果扣了30%")
        assert 1 <= len(said) <= 2
        assert all(len(text) <= 200 for text in said)
        together = "".join(said)
        for expected in (
            "70%（3,500 元）",
            "差 1,500 元",
            "苹果",
            "不再追究",
            "可以先收",
            "回复对方的出价",
            "11月26日",
        ):
            assert expected in together
        assert await stage(bench) == "offer"

    async def test_the_day_it_names_is_a_stored_reminder(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("客服说只退两千")
        rows = await bench.rows("SELECT min(due_at) AS due FROM refund_reminders WHERE state = 'pending'")
        assert rows[0]["due"][:10] == "2026-11-26"

    async def test_a_range_is_compared_at_both_ends(self, bench: Bench) -> None:
        await tip_submitted(bench)
        said = "".join(await bench.private("客服说退我七八百"))
        assert "700 到 800 元" in said
        assert "差 4,200 到 4,300 元" in said

    async def test_a_second_offer_replaces_the_first_and_asks_anew_three_days_later(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("快手只肯退70%")
        await bench.advance(days=1)
        said = "".join(await bench.private("快手又说退四千"))
        assert "差 1,000 元" in said
        assert "11月27日" in said
        assert await stage(bench) == "offer"

    async def test_an_unknown_claim_is_asked_for_once(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("我提交退货申请了")
        said = "".join(await bench.private("商家说退70% 说要扣折旧"))
        assert "你要的一共是多少" in said
        assert "折旧" in said
        said = "".join(await bench.private("500"))
        assert "70%（350 元）" in said
        assert "差 150 元" in said
        said = "".join(await bench.private("商家改口退四百"))
        assert "差 100 元" in said
        assert "一共是多少" not in said

    async def test_it_is_not_asked_for_twice(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("我提交退货申请了")
        await bench.private("商家说只退一半")
        said = "".join(await bench.private("商家说退三百"))
        assert "一共是多少" not in said

    async def test_an_offer_can_be_taken_back(self, bench: Bench) -> None:
        await tip_submitted(bench)
        before = await stage(bench)
        await bench.private("快手只肯退70%")
        await bench.private("撤销")
        assert await stage(bench) == before
        (row,) = await bench.rows("SELECT amounts FROM refund_cases")
        assert row["amounts"] == "{}"

    @pytest.mark.parametrize(
        ("offer", "advice"),
        [
            ("让我撤销就退", "先别撤"),
            ("商家说撤了12315就给我退", "到账再撤"),
            ("商家让我加微信才给退", "别给收款码"),
        ],
    )
    async def test_a_condition_is_answered_and_moves_nothing(self, bench: Bench, offer: str, advice: str) -> None:
        await bench.private(*SHOP)
        await bench.private("我提交退货申请了")
        before = await stage(bench)
        said = await bench.private(offer)
        assert advice in said[0]
        assert await stage(bench) == before

    async def test_own_consent_is_not_their_offer(self, bench: Bench) -> None:
        await tip_submitted(bench)
        before = await stage(bench)
        await bench.private("我同意退三千")
        assert await stage(bench) == before

    async def test_the_reply_paper_takes_the_part_and_keeps_the_rest(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("快手只肯退70%")
        await bench.private("文书")
        text = "\n".join(await bench.private("回复对方的出价"))
        assert "你方提出退70%（3,500 元），我要求退的是5,000 元" in text
        assert "其余1,500 元我不放弃" in text
        assert "2026年11月26日之前书面答复" in text


class TestArrived:
    async def test_less_than_claimed_is_never_noted_as_all(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("同意退了")
        said = await bench.private("到账了 3000")
        assert "还差 2,000 元" in said[0]
        assert "回「是」" in said[-1]
        assert await stage(bench) == "paying"
        await bench.private("不是")
        assert await stage(bench) == "paying"

    async def test_settling_for_less_is_noted_as_a_part(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("同意退了")
        await bench.private("到账了 3000", "是")
        assert await stage(bench) == "partly-refunded"

    async def test_where_a_part_does_not_end_the_case_it_is_noted_at_once(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("我提交退货申请了", "商家说只退一半", "500")
        said = await bench.private("到账了 300")
        assert len(said) <= 2
        assert "还差 200 元" in said[0]
        assert await stage(bench) == "money-check"

    async def test_all_of_it_still_asks_before_closing(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("同意退了")
        said = await bench.private("到账了")
        assert "你要的是 5,000 元" in said[0]
        said = await bench.private("到了 3000")
        assert "还差 2,000 元" in said[0]

    async def test_the_sum_agreed_on_is_all_of_it(self, bench: Bench) -> None:
        await tip_submitted(bench)
        await bench.private("快手只肯退70%", "接受这个数", "是")
        assert await stage(bench) == "paying"
        said = await bench.private("到账了 3500")
        assert "还差" not in said[0]


class TestDealt:
    """对方出的数，他在同一句里说已经答应了。"""

    @pytest.mark.parametrize(
        "said",
        [
            "快手说退四千 我同意了",
            "我跟他们说要四千五 他们说最多四千 我答应了",
            "平台最后答应退4000 我们谈妥了 明天打款",
            "客服说给我退四千 我点了同意",
        ],
    )
    async def test_the_sum_is_said_back_and_taking_it_is_asked_first(self, bench: Bench, said: str) -> None:
        await tip_submitted(bench)
        (asked,) = await bench.private(said)
        assert "4,000 元" in asked
        assert "接受这个数" in asked
        assert await stage(bench) == "submitted"
        await bench.private("是")
        assert await stage(bench) == "paying"

    @pytest.mark.parametrize(
        "said",
        ["快手说退四千 我没同意", "他说谈好了就退四千", "快手说退四千 我同意了是不是就要不到剩下的了"],
    )
    async def test_what_is_not_agreed_yet_is_only_an_offer(self, bench: Bench, said: str) -> None:
        await tip_submitted(bench)
        assert "接受这个数」吗" not in "".join(await bench.private(said))

    async def test_an_agreement_in_mediation_waits_for_that_sum(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("能要多少 货款1899", "商家拒绝了", "昨天打12315投诉了", "12315受理了")
        said = "".join(await bench.private("调解员打电话来 商家愿意退1700 我同意了 调解书签了"))
        assert "1,700 元" in said
        assert "谈成了" in said
        said = "".join(await bench.private("900到账了"))
        assert "还差 800 元" in said

    async def test_what_is_added_to_the_sum_and_the_day_of_the_deal_are_heard(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("商家拒绝了", "昨天打12315投诉了", "12315受理了")
        said = "".join(await bench.private("昨天调解好了 商家给18块运费再加20块补偿 先给18 月底再给20"))
        assert "38 元" in said
        assert "谈成了，同意退（昨天）" in said

    async def test_a_court_paper_waits_for_the_money_and_unpaid_leads_to_enforcement(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("商家拒绝了", "昨天打12315投诉了", "12315不受理", "今天起诉了")
        await bench.private("昨天法院让我俩调解 他们公司答应退200 说一个月内付 拿到调解书了 我签了")
        assert await stage(bench) == "enforcing"
        assert "强制执行" in "".join(await bench.private("说好月底给的 没给"))


class TestRuled:
    """平台看完了，只支持退一部分：是平台判的，不是商家出的价，也还没有了结。"""

    @pytest.mark.parametrize(
        "said",
        [
            "平台今天判了 说一人一半 退我949.5 我觉得不公平",
            "平台介入结果出来了，只支持退949.5元",
            "快手小店客服给的处理结果 退950块",
        ],
    )
    async def test_it_is_noted_as_the_platforms_result_and_stays_open(self, bench: Bench, said: str) -> None:
        await bench.private(*SHOP)
        await bench.private("商家拒绝了", "申请平台介入了")
        assert "商家只肯退" not in "".join(await bench.private(said))
        assert await stage(bench) == "platform-part"
        await bench.private("我不接受")
        assert await stage(bench) == "to-complain"

    async def test_who_takes_it_waits_for_the_money(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private("商家拒绝了", "申请平台介入了", "平台判了 退我949.5", "1899")
        await bench.private("接受这个数")
        await bench.private("是")
        assert await stage(bench) == "arriving"


async def test_a_full_offer_is_agreement_not_a_part(bench: Bench) -> None:
    await tip_submitted(bench)
    assert "同意退了" in "\n".join(await bench.private("平台昨天答应退我5000"))
