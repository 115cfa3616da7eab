"""用自己的话要的几样：接着提醒、推迟、删数据、把结了的再打开、照着列出来的名字选；看一眼、谢一声不冲掉刚问的。"""

import pytest

from tests.chat.conversation_harness import Bench

TIP = ("孩子十二岁偷偷打赏主播三千二 我们完全不知道", "用他自己的手机 有聊天", "上周五刷的")


async def _verdict(bench: Bench) -> None:
    await bench.private(*TIP)


async def test_reminders_are_turned_on_not_off(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("停止")

    (said,) = await bench.private("我还是不放心 你把提醒打开吧")

    assert "恢复了" in said


async def test_all_data_is_deleted_after_one_more_yes(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("进度")

    (asked,) = await bench.private("我的数据全部删除")
    assert "确认删除" in asked
    await bench.private("确认删除")

    assert await bench.rows("SELECT id FROM refund_cases") == []


async def test_deleting_one_case_is_explained(bench: Bench) -> None:
    await _verdict(bench)

    (said,) = await bench.private("删除这个案子 我想删了重来")

    assert "删除我的数据" in said


@pytest.mark.parametrize("said", ["我又反悔了 还是要告", "恢复那个"])
async def test_a_closed_case_is_opened_again(bench: Bench, said: str) -> None:
    await _verdict(bench)
    await bench.private("算了不追了", "是")
    assert [row["closed_at"] for row in await bench.rows("SELECT closed_at FROM refund_cases")] != [None]

    (asked,) = await bench.private(said)
    assert "撤掉吗" in asked
    await bench.private("是")

    assert [row["closed_at"] for row in await bench.rows("SELECT closed_at FROM refund_cases")] == [None]


async def test_a_closed_case_is_opened_by_the_word_it_was_told(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("算了不追了", "是")

    assert "撤销了" in "".join(await bench.private("重新打开"))

    assert [row["closed_at"] for row in await bench.rows("SELECT closed_at FROM refund_cases")] == [None]


async def test_looking_and_thanking_do_not_drop_what_was_asked(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("钱都到了")

    *_, again = await bench.private("进度")

    assert "还差你一句：「钱已经退了」" in again or "还差你一句" in again
    assert "不客气" in (await bench.private("谢了"))[0]


async def test_after_a_case_is_closed_progress_says_which(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("算了不追了", "是")

    (said,) = await bench.private("进度")

    assert "没有在办的案件" in said
    assert "直播打赏" in said


async def test_a_complaint_is_no_answer(bench: Bench) -> None:
    await bench.private("我在快手买的鞋想退")

    told = "\n".join(await bench.private("你还没回我 你是快手官方的吗"))

    assert "好，进度" not in told
    assert "不是快手官方" in told


async def test_a_paper_is_named_the_way_people_do(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("文书")

    told = "\n".join(await bench.private("监护人那个情况说明"))

    assert "《" in told
    assert "回编号，我发文字和 PDF" not in told


@pytest.mark.parametrize("said", ["进度", "看看你都记了啥", "还有几题"])
async def test_before_there_is_a_case_progress_lists_what_was_answered(bench: Bench, said: str) -> None:
    await bench.private("退货", "还没申请")
    told = await bench.private(said)
    assert "还没申请" in told[0]
    assert len(told) == 2
    assert "因为什么想退" in told[1]


async def test_a_late_yes_that_says_it_again_is_not_asked_once_more(bench: Bench) -> None:
    await _verdict(bench)
    await bench.private("申请交上去了", "同意退了", "钱都到了 三千二", "那以后怎么防他再刷")
    said = "".join(await bench.private("是的 钱都到了 三千二都到了"))
    assert "吗？" not in said


@pytest.mark.parametrize("said", ["诉讼费25 是谁出 赢了能要回来吗", "告谁啊 老师真名我都不知道"])
async def test_what_only_contains_yes_or_no_is_no_answer_to_the_question_whether(bench: Bench, said: str) -> None:
    await bench.private("课程", "老师跑路了", "在快手里付的", "9月12号")
    await bench.private("我起诉了")
    await bench.private(said)
    assert (await bench.rows("SELECT stage_id FROM refund_cases"))[0]["stage_id"] == "prepare"


@pytest.mark.parametrize("said", ["没上课的16节 按比例应该是3184吧", "我该退多少 上了4节一共20节 3980"])
async def test_reckoning_what_should_come_back_is_no_arrival(bench: Bench, said: str) -> None:
    await bench.private("课程", "老师跑路了", "在快手里付的", "9月12号")
    told = "".join(await bench.private(said))
    assert "到账" not in told
    assert "已经退了" not in told


async def test_asking_whether_it_was_noted_shows_what_was_noted(bench: Bench) -> None:
    await _verdict(bench)
    assert "打赏总额" in "".join(await bench.private("我说的是三千二你记没记"))
