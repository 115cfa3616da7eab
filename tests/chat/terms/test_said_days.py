"""话里的钟点和日子都是北京时间；编号后面的日子不与编号混在一起。"""

import pytest

from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import Bench
from tests.chat.terms.test_reminder_answers import reminded


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("推迟到明天中午", "明天 12:00"),
        ("明天早上再提醒我", "明天 "),
        ("晚上八点提醒我", "今天 20:00"),
        ("今晚九点提醒我", "今天 21:00"),
        ("明天下午三点提醒我", "明天 15:00"),
        ("后天上午十点提醒我", "10:00"),
        ("推迟 3小时", "今天 13:00"),
        ("过两个小时再提醒我", "今天 12:00"),
    ],
)
async def test_a_snooze_says_the_hour_in_shanghai(bench: Bench, said: str, moment: str) -> None:
    await reminded(bench)

    assert moment in (await bench.private(said))[0]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1 22号", "11月22日"),
        ("1 昨天", "11月22日"),
        ("1 11月22", "11月22日"),
        ("1 前天", "11月21日"),
        ("第一个 昨天", "11月22日"),
    ],
)
async def test_a_day_after_the_number_is_the_day_it_happened(bench: Bench, said: str, day: str) -> None:
    bench.clock.moment = bench.clock.moment.replace(day=20)
    await bench.private(*SHOP)
    bench.clock.moment = bench.clock.moment.replace(day=23)
    await bench.private("更新", said)

    assert f"{day} 申请交上去了" in "".join(await bench.private("进度"))


async def test_what_happened_before_the_case_was_opened_counts_from_its_own_day(bench: Bench) -> None:
    """期限从真发生那天数，不从说的那天数：晚一天就可能误事。"""
    await bench.private("孩子13岁偷偷给快手主播刷了9236块 我们不知道", "有孩子和主播的聊天", "最早8月26号")

    told = "\n".join(await bench.private("昨天已经在app里提交了"))
    seen = "\n".join(await bench.private("进度"))

    assert "平台答复：到 11月29日" in told
    assert "11月22日 已在 App 里提交；11月23日 立案" in seen


async def test_what_was_offered_counts_from_the_day_it_was_said(bench: Bench) -> None:
    await bench.private("孩子13岁偷偷给快手主播刷了9236块 我们不知道", "有孩子和主播的聊天", "最早8月26号")
    await bench.private("前天在app里提交了", "客服昨天回我了 说只退一半")

    assert "11月22日 只同意退一部分" in "\n".join(await bench.private("进度"))
