"""记账：随案件存、导出、撤销、删除；生日和长号码一个也不留。"""

import json

import pytest

from tests.chat.conversation_harness import Bench

TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")
SHOP = ("退货", "1", "1", "昨天", "1", "1")


async def raw_ledger(bench: Bench) -> str:
    (row,) = await bench.rows("SELECT ledger FROM refund_cases")
    return str(row["ledger"])


class TestLedger:
    async def test_payments_are_split_by_the_age_at_each_and_the_birthday_is_not_kept(self, bench: Bench) -> None:
        await bench.private(*TIP)
        said = await bench.private("记账")
        assert "也可以贴账单" in said[0]
        said = await bench.private("5月 8500 苹果，6月 6200 快手")
        assert "共 2 笔、14,700 元" in said[0]
        together = "".join(await bench.private("2018-06-10"))
        for expected in (
            "8 岁生日以前，苹果付的：1 笔 8,500 元",
            "那个月正好过生日",
            "最晚 2029年5月1日",
            "合计 14,700 元",
        ):
            assert expected in together
        (dump,) = [json.dumps(dict(row), default=str) for row in await bench.rows("SELECT * FROM refund_cases")]
        assert "2018-06-10" not in dump

    async def test_it_opens_by_itself_from_several_payments(self, bench: Bench) -> None:
        await bench.private(*TIP)
        said = await bench.private("这几笔：5月3日 648 苹果，5月4日 328 苹果")
        assert "记下 2 笔" in said[0]
        said = await bench.private("不说")
        assert "没分年龄" in "".join(said)

    async def test_long_numbers_are_dropped(self, bench: Bench) -> None:
        await bench.private(*TIP)
        said = await bench.private("记账 5月3日 648 苹果 单号 4200001234202605031234567890")
        assert "1 串八位以上的数，没有留" in said[0]
        assert "42000012" not in await raw_ledger(bench)

    async def test_it_is_taken_back_exported_and_deleted_with_the_case(self, bench: Bench) -> None:
        await bench.private(*TIP)
        await bench.private("记账 5月3日 648 苹果", "撤销")
        assert await raw_ledger(bench) == "[]"
        await bench.private("记账 5月3日 648 苹果")
        exported = json.loads(next(text for text in await bench.private("导出") if text.startswith("{")))
        assert exported["cases"][0]["ledger"][0]["amount"] == "648.00"
        await bench.private("删除我的数据", "确认删除")
        assert await bench.rows("SELECT ledger FROM refund_cases") == []

    async def test_the_total_becomes_the_claim_and_is_written_into_the_papers(self, bench: Bench) -> None:
        await bench.private(*TIP)
        await bench.private("记账 5月3日 8000 苹果，5月4日 1000 快手", "2016-05-10")
        assert "退打赏款：9,000 元" in (await bench.private("能要多少"))[0]
        await bench.private("文书")
        text = "\n".join(await bench.private("退款申请说明"))
        assert "8 到 15 岁，苹果付的：1 笔 8,000 元" in text
        assert "2026年5月4日：1,000 元，快手付的" in text

    async def test_a_case_of_goods_keeps_no_ledger(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        assert "不用记账" in (await bench.private("记账"))[0]


@pytest.mark.parametrize("question", ["怎么分开算", "为啥要生日", "那是按几岁算的"])
async def test_asked_back_about_the_birthday_the_split_is_told_and_the_birthday_still_taken(
    bench: Bench, question: str
) -> None:
    await bench.private(*TIP, "记账", "2月3号500 6月1号3000")
    told = "\n".join(await bench.private(question))
    split = "\n".join(await bench.private("2015年5月2号"))

    assert "8 岁生日前的不看金额" in told
    assert "合计" in split


async def test_a_day_told_in_passing_is_no_question(bench: Bench) -> None:
    await bench.private(*TIP)
    told = "\n".join(await bench.private("最后一次刷是上个月15号"))

    assert "没有现成的答案" not in told
