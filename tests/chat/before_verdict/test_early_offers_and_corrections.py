"""还没有结论就说的：对方出的数应没应、听不准的进展、说错了的进展，都带到结论里，不用再说一遍。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

POT = "快手买的锅坏了 还没申请"
TO_THE_END = ("坏了", "昨天到的", "没有照片")
CHILD = "我娃12岁打赏快手主播3000 我不知道"
TIPS_END = ("都没有 只有账单", "10月3号")


async def _events(bench: Bench) -> list[str]:
    return [row["event_id"] for row in await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("店家说补我20 我没干", "20 元"),
        ("他只肯退一半 我不要", "一半"),
        ("卖家给我打电话要赔50了事 我挂了", "50 元"),
        ("老板说退一百 我给拒了", "100 元"),
    ],
)
async def test_a_refused_offer_is_kept_as_refused(bench: Bench, line: str, offered: str) -> None:
    await bench.private(POT)

    assert f"对方出过 {offered}，你没答应" in await said(bench, line)
    verdict = await said(bench, *TO_THE_END)
    assert f"对方出过 {offered}" in verdict
    assert "没答应" in verdict
    assert await _events(bench) == []


async def test_an_offer_is_compared_once_there_is_a_verdict(bench: Bench) -> None:
    await bench.private(POT, "花了460")
    assert "先别答应" in await said(bench, "店家说补我20")

    verdict = await said(bench, *TO_THE_END)

    assert "对方肯给20 元，你要的是 460 元" in verdict


async def test_an_offer_said_anew_replaces_the_first_and_no_answer(bench: Bench) -> None:
    await bench.private(CHILD, "客服说给我退一千", "说错了 是说退一千五")

    verdict = await said(bench, *TIPS_END)

    assert "对方肯给1,500 元，你要的是 3,000 元" in verdict


@pytest.mark.parametrize("line", ["他说给我退560 让我先转100 会不会是骗子", "说退我五百 不会是骗人的吧"])
async def test_a_doubt_comes_before_the_offer(bench: Bench, line: str) -> None:
    await bench.private(POT)

    assert "先记着" not in await said(bench, line)


async def test_no_proof_at_hand_is_no_denial_of_news(bench: Bench) -> None:
    await bench.private(POT, "昨天跟平台申请介入了", "坏了", "昨天到的")

    assert "不记了" not in await said(bench, "没有照片")


async def test_a_refusal_is_no_correction_of_an_answer(bench: Bench) -> None:
    await bench.private(CHILD)

    assert "没有变" not in await said(bench, "客服说给我退一千 我没同意")


async def test_news_not_heard_for_sure_is_asked_about_at_the_verdict(bench: Bench) -> None:
    await bench.private(CHILD)
    assert "听着像「已在 App 里提交」" in await said(bench, "前天打客服报了")

    assert "是说「已在 App 里提交」吗" in await said(bench, *TIPS_END)
    await bench.private("是")
    assert await _events(bench) == ["applied"]


async def test_what_waits_behind_a_question_comes_after_it(bench: Bench) -> None:
    await bench.private(CHILD, "前天打客服报了", "今天叫我补材料", *TIPS_END)

    assert "是说「让我补材料」吗" in await said(bench, "是")
    await bench.private("是")
    assert await _events(bench) == ["applied", "asked-more"]


@pytest.mark.parametrize(
    ("news", "line", "day"),
    [
        ("昨天打12315登记了", "错了 不是昨天 是今天早上打的", "今天"),
        ("前天在app里交了申请", "不对 是大前天交的", "11月20日"),
        ("前天在app里交了申请", "记错了 昨晚交的", "昨天"),
    ],
)
async def test_the_day_of_early_news_is_put_right(bench: Bench, news: str, line: str, day: str) -> None:
    await bench.private(CHILD, news)

    told = await said(bench, line)

    assert "好，改过来了" in told
    assert day in told
    assert "要改哪一处" not in told


async def test_a_day_said_again_without_a_word_of_correcting(bench: Bench) -> None:
    await bench.private(POT, "昨天跟平台申请介入了")

    assert "已申请平台介入（11月20日" in await said(bench, "不是昨天 周五介入的")
    assert "11月20日" in await said(bench, *TO_THE_END)
    assert "platform-asked" in await _events(bench)


@pytest.mark.parametrize("line", ["搞错了 还没交", "说错了 没交呢"])
async def test_early_news_denied_is_not_put_in(bench: Bench, line: str) -> None:
    await bench.private(CHILD, "前天在app里交了申请")

    assert "不记了" in await said(bench, line)
    await bench.private(*TIPS_END)
    assert await _events(bench) == []


async def test_further_news_is_no_correction(bench: Bench) -> None:
    await bench.private(CHILD, "前天在app里交了申请")

    assert "先记着：被拒了" in await said(bench, "今天平台把我拒了")


async def test_a_correction_of_an_answer_is_still_one(bench: Bench) -> None:
    await bench.private(CHILD, "前天在app里交了申请")

    assert "改成「11岁」" in await said(bench, "说错了 孩子是11岁")


@pytest.mark.parametrize("line", ["说错了 他没同意", "搞错了 还没同意呢"])
async def test_a_change_asked_about_and_denied_changes_nothing(bench: Bench, line: str) -> None:
    await bench.private(POT, "商家同意退货了")

    assert "改好了" not in await said(bench, line)


async def test_the_day_of_news_is_not_the_day_asked_for_later(bench: Bench) -> None:
    await bench.private(CHILD)

    told = await said(bench, "昨天打12315登记了")

    assert "打赏日期" not in told
    assert "先记着" in told


async def test_several_steps_told_on_coming_back_are_all_kept(bench: Bench) -> None:
    await bench.private(POT)
    await bench.advance(days=5)

    told = await said(bench, "锅那个 我25号申请了 商家昨天拒了 接下来咋办")

    assert "售后申请交上去了、商家拒绝了" in told
    await bench.private("坏了", "22号到的", "没有照片")
    assert await _events(bench) == ["applied", "merchant-refused"]
