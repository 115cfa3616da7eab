"""先前记成“不清楚”的，后来说了就直接改；问要多少之后，一句话里的数也算；换不换的“不”要短短地说。"""

from tests.chat.conversation_harness import Bench


async def test_what_was_unknown_is_changed_without_a_question(bench: Bench) -> None:
    await bench.private("退货", "商家拒绝了", "坏了", "不清楚")

    said = "\n".join(await bench.private("我有照片 拍得清清楚楚 还有开箱视频"))

    assert "要改吗" not in said
    assert "由「不清楚」改成「有，能看清问题」" in said


async def test_the_sum_one_wants_may_be_told_in_a_sentence(bench: Bench) -> None:
    await bench.private("退货", "1", "1", "昨天", "1", "1")
    await bench.private("我提交退货申请了")
    *_, asked = await bench.private("商家说只退一半")
    assert "你要的一共是多少" in asked

    (noted, *_) = await bench.private("一共三项呢 289加236加桌子820 你帮我加加")

    assert "1,345" in noted


async def test_a_long_sentence_with_a_no_in_it_does_not_answer_whether_to_change(bench: Bench) -> None:
    await bench.private("孩子十岁 偷拿我手机给快手主播打赏了65万 我们不知道", "他自己偷偷刷的 我们完全不知道")
    await bench.private("最早去年12月3号", "还没申请过", "没有其他证据 就这些")
    (offered, *_) = await bench.private("买的鞋子也有点问题")
    assert "回「换」" in offered

    said = "\n".join(await bench.private("他没说过不给退 你记错了吧"))

    assert "那就接着说眼下这件" not in said


async def test_asking_back_in_scorn_is_a_no(bench: Bench) -> None:
    await bench.private("孩子十岁 偷拿我手机给快手主播打赏了65万 我们不知道", "他自己偷偷刷的 我们完全不知道")
    await bench.private("最早去年12月3号", "还没申请过", "没有其他证据 就这些")
    await bench.private("买的鞋子也有点问题")

    await bench.private("换啥换")

    assert await bench.rows("SELECT id FROM refund_interviews WHERE status = 'active'") == []
