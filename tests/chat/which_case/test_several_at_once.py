"""一句话说了好几样，和访谈途中的闲话：记下了什么要说出来，编号真能改，问题照旧开着。"""

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from tests.chat.bot.test_answer_cost import statements
from tests.chat.conversation_harness import OTHER, Bench

PROGRESS = "这单退货现在走到哪一步了"
GOODS = "买的是哪一类东西"


class TestSeveralAnswers:
    async def test_the_first_message_starts_the_matter_and_notes_what_it_says(self, bench: Bench) -> None:
        (said,) = await bench.private("快手买的毛衣不合适，昨天签收的，想退")
        assert "退货原因 不想要、不合适、拍错了" in said
        assert "签收日期 11月22日" in said
        assert PROGRESS in said
        assert await bench.answers() == {}

    async def test_what_was_noted_early_is_used_with_its_number_when_its_turn_comes(self, bench: Bench) -> None:
        (said,) = await bench.private("快手买的毛衣不合适，昨天签收的，想退", "还没申请")
        assert "2. 退货原因 不想要、不合适、拍错了；3. 签收日期 11月22日；4. 商品类别 普通商品" in said
        assert "东西现在什么样" in said

    async def test_an_answer_that_says_more_notes_it_before_the_next_question(self, bench: Bench) -> None:
        (said,) = await bench.private("退货", "还没申请，昨天签收的，不合适")
        answered, noted, question = said.splitlines()[:3]
        assert answered == "好，进度：还没申请。"
        assert noted == ("还记下了：2. 退货原因 不想要、不合适、拍错了；3. 签收日期 11月22日。不对就说「修改 2」这样。")
        assert GOODS in question

    async def test_the_number_it_names_is_the_one_that_revise_understands(self, bench: Bench) -> None:
        (said,) = await bench.private("退货", "1", "昨天签收的，不合适", "修改 3")
        assert "物流显示哪天签收的" in said
        (said,) = await bench.private("前天")
        assert "由「11月22日」改成「11月21日」" in said

    async def test_step_back_returns_to_an_answer_that_was_noted(self, bench: Bench) -> None:
        (said,) = await bench.private("退货", "还没申请，昨天签收的，不合适", "上一步")
        assert "物流显示哪天签收的" in said

    async def test_the_verdict_says_it_as_well(self, bench: Bench) -> None:
        said = await bench.private("退货", "1", "1", "昨天", "普通商品，吊牌还在 没穿过")
        assert said[0].splitlines()[1].startswith("还记下了：商品状态 完好")
        assert "【符合条件】" in said[0]

    async def test_what_is_never_asked_is_neither_listed_nor_kept_with_the_case(self, bench: Bench) -> None:
        await bench.private("快手买的毛衣昨天签收的，想退", "2")
        assert list(await bench.answers()) == ["progress"]
        await bench.private("今天上午9点")
        (row,) = await bench.rows("SELECT state FROM refund_interviews")
        assert "received_on" not in row["state"]
        (row,) = await bench.rows("SELECT answers FROM refund_cases")
        assert "received_on" not in row["answers"]

    async def test_noted_answers_survive_a_restart(self, bench: Bench) -> None:
        await bench.private("退货", "昨天签收的")
        await bench.restart()
        (said,) = await bench.private("还没申请，不合适")
        assert "签收日期 11月22日" in said
        assert GOODS in said

    async def test_words_are_not_kept(self, bench: Bench) -> None:
        await bench.private("退货", "还没申请，昨天我家皮猴子签收的，不合适")
        assert "皮猴子".encode() not in bench.bytes_on_disk()

    async def test_private_numbers_are_refused_whatever_else_is_said(self, bench: Bench) -> None:
        said = await bench.private("退货", "还没申请，昨天签收的，我电话13800138000")
        assert "没有保存" in said[0]
        assert await bench.answers() == {}

    async def test_saying_more_costs_no_more_statements(self, bench: Bench) -> None:
        await bench.private("退货", "1", "上一步")
        with statements(bench) as plain:
            await bench.private("还没申请")
        await bench.private("上一步")
        with statements(bench) as more:
            await bench.private("还没申请，昨天签收的，不合适")
        assert len(more) <= len(plain)


class TestAsides:
    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            ("你是机器人吗", "一个机器人"),
            ("要多久啊", "以页面写的为准"),
            ("要花钱吗", "不收钱"),
            ("你们电话多少", "帮助与反馈"),
            ("12315怎么打", "12315.cn"),
            ("你好", "我在"),
            ("谢谢", "不客气"),
            ("气死我了这什么破平台", "生气"),
            ("我那个案子怎么样了", "我的"),
        ],
    )
    async def test_one_short_line_and_then_the_question_again(self, bench: Bench, text: str, answer: str) -> None:
        first, still_open = await bench.private("打赏", "1", text)
        assert answer in first
        assert len(first) <= 200
        assert "孩子满几周岁" in still_open
        assert await bench.answers() == {"situation": "minor"}

    async def test_asides_are_never_counted_as_misreads(self, bench: Bench) -> None:
        await bench.private("打赏", "咕噜咕噜", "呱呱呱", "你是机器人吗", "要花钱吗", "谢谢")
        rows = await bench.rows("SELECT state FROM refund_interviews")
        assert '"misreads": 2' in rows[0]["state"].replace('"misreads":2', '"misreads": 2')

    async def test_another_matter_is_offered_and_not_counted_as_a_misread(self, bench: Bench) -> None:
        (offer,) = await bench.private("打赏", "1", "快手小店买的鞋开胶了想退货退款")
        assert offer == wording.SWITCH_OFFER.format(title="快手小店退货退款")
        rows = await bench.rows("SELECT state FROM refund_interviews")
        assert '"misreads":0' in rows[0]["state"].replace(" ", "")

    async def test_questions_on_the_matter_are_answered_by_that_scenario(self, bench: Bench) -> None:
        (freight, _) = await bench.private("退货", "运费谁出")
        assert "运费险" in freight
        said = await bench.private("打赏", "运费谁出", user=OTHER)
        assert "运费险" not in said[0]

    async def test_an_answer_beside_an_aside_gets_both(self, bench: Bench) -> None:
        freight, said = await bench.private("退货", "还没申请，运费谁出")
        assert freight.startswith("看为什么退")
        assert "主要是因为什么想退" in said

    async def test_a_date_of_something_else_is_not_taken_for_the_one_asked(self, bench: Bench) -> None:
        (said,) = await bench.private("退货", "1", "1", "昨天申请的")
        assert "先记着：售后申请交上去了" in said
        assert "received_on" not in await bench.answers()
