"""问答里说了、这条路不问的：不下结论，文书照写；改了总额的照改的写。"""

import pytest

from tests.chat.conversation_harness import Bench

EIGHT = ("刚满八岁", "生日前生日后都有", "最早是5月6号")


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        (("孩子偷着刷礼物 一共36800块", *EIGHT), "36800 元"),
        (("孩子偷着刷礼物", "八岁", "生日前生日后都有", "拢共一万二", "最早是5月6号"), "12000 元"),
        (("孩子偷着刷礼物 一共36800块", *EIGHT, "总额记错了 是35000"), "35000 元"),
    ],
)
async def test_the_sum_told_is_written_though_this_road_does_not_ask_it(
    bench: Bench, lines: tuple[str, ...], total: str
) -> None:
    await bench.private(*lines)

    told = "\n".join(await bench.private("申请怎么写"))

    assert f"打赏总额为{total}" in told


async def test_what_was_told_of_the_parents_is_written_and_does_not_decide(bench: Bench) -> None:
    verdict = "\n".join(await bench.private("孩子拿爷爷手机打赏 总共花了36800块 我是他妈 完全不知道", *EIGHT))
    told = "\n".join(await bench.private("监护人情况说明给我一份"))

    assert "跨过 8 岁生日" in verdict
    assert "家长知情情况 完全不知道" not in verdict.split("根据你说的")[-1]
    assert "本人完全不知道孩子打赏" in told


@pytest.mark.parametrize("told", ["一节没看", "还没开课呢", "就试听了十分钟"])
async def test_what_is_told_after_the_verdict_of_a_question_not_asked_is_written(bench: Bench, told: str) -> None:
    await bench.private("我妈58 今天晚上直播间报了个8800的课 分期付的 她后悔了")

    noted = "\n".join(await bench.private(told))
    written = "\n".join(await bench.private("文书", "给客服的"))

    assert "记下：学习进度 没看" in noted
    assert "学习进度：没看" in written


@pytest.mark.parametrize("told", ["老师不理我", "我再等等", "截图都有", "钱还没到"])
async def test_what_tells_no_such_question_is_not_noted(bench: Bench, told: str) -> None:
    await bench.private("我妈58 今天晚上直播间报了个8800的课 分期付的 她后悔了")

    assert "写材料时带上" not in "\n".join(await bench.private(told))
