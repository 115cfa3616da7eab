"""一句话前一半说了进展、后一半问“要是……会怎样”：进展记下（没有停顿的先问），问的那一半也答。"""

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.reading.utterance import Utterance
from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import (
    RETURN_AGREED,
    RETURN_APPLIED,
    RETURN_DISPUTED,
    RETURN_REFUSED,
    RETURN_SENT,
    TIPS_SUBMITTED,
    said,
    steps,
)


@pytest.mark.parametrize(
    ("before", "line", "event", "answer"),
    [
        (RETURN_DISPUTED, "平台让我三天内补材料 这要是晚了会怎样", "asked-more", "还能找客服"),
        (RETURN_DISPUTED, "平台叫我补凭证 我要是超了时间会咋样", "asked-more", "还能找客服"),
        (RETURN_APPLIED, "商家驳回了 要是我不去申请介入会怎么样", "merchant-refused", "申请平台介入"),
        (TIPS_SUBMITTED, "客服让补户口本照片 万一我补不上会怎样", "asked-more", wording.NOT_KNOWN_BESIDE),
        (RETURN_SENT, "商家签收了 这要是一直拖着不打款会怎样", "merchant-signed", "拖过 15 日"),
        (RETURN_REFUSED, "已经点了介入 假如平台也不帮我怎么办", "platform-asked", "你要做的"),
        (RETURN_AGREED, "东西寄出去了 要是商家说没收到怎么办", "sent-back", "你要做的"),
        (RETURN_SENT, "钱只到了一半 剩下的他们一直不给咋办", "arrived-part", "你要做的"),
    ],
)
async def test_both_halves_are_heard(bench: Bench, before: tuple[str, ...], line: str, event: str, answer: str) -> None:
    await bench.private(*before)

    answered = await said(bench, line)

    assert (await steps(bench))[-1] == event
    assert answer in answered


@pytest.mark.parametrize(
    ("before", "line", "label", "answer"),
    [
        (RETURN_APPLIED, "商家拒了我现在要是不申诉会咋样", "「商家拒绝了」", wording.NOT_KNOWN_BESIDE),
        (RETURN_APPLIED, "商家同意退了我现在要是晚几天再寄会不会有影响", "「商家同意退货」", "倒计时"),
        (RETURN_SENT, "钱退了一半剩下的不给怎么办", "「只退了一部分」", "收一部分不等于放弃其余"),
        (TIPS_SUBMITTED, "他们说只退三成我要是不答应后面还能要回来吗", "「只同意退一部分」", "其余不放弃"),
        (TIPS_SUBMITTED, "申请被驳回了我要是不管它会怎么样", "「被拒了」", wording.NOT_KNOWN_BESIDE),
        (TIPS_SUBMITTED, "平台说证据不够给我驳了我再补一次还行不行", "「被拒了」", "补上新材料再提"),
        (RETURN_APPLIED, "商家拒绝了我该怎么办", "「商家拒绝了」", "是说"),
    ],
)
async def test_without_a_pause_the_news_is_asked_about(
    bench: Bench, before: tuple[str, ...], line: str, label: str, answer: str
) -> None:
    await bench.private(*before)
    known = await steps(bench)

    answered = await said(bench, line)

    assert f"是说{label}吗" in answered
    assert answer in answered
    assert await steps(bench) == known


@pytest.mark.parametrize(
    "line",
    [
        "要是商家拒绝了会怎样",
        "商家不同意的话怎么办",
        "如果平台不支持我还能找谁",
        "平台介入要是判商家赢还有救吗",
        "商家拒收的话快递会给我打电话吗",
    ],
)
async def test_only_supposed_is_not_news(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_APPLIED)

    answered = await said(bench, line)

    assert "是说「" not in answered
    assert await steps(bench) == ["applied"]


async def test_a_question_with_no_answer_of_its_own_is_said_to_have_none(bench: Bench) -> None:
    await bench.private(*RETURN_APPLIED)

    answered = await said(bench, "商家拒绝了 我该怎么办")

    assert wording.NOT_KNOWN_BESIDE not in answered, "该怎么办，这一步要做的就是答"
    assert "你要做的" in answered


@pytest.mark.parametrize(
    ("line", "halves"),
    [
        ("商家拒了我现在要是不申诉会咋样", ["商家拒了", "我现在要是不申诉会咋样"]),
        ("平台让补材料 这要是晚了会怎样", ["平台让补材料", "这要是晚了会怎样"]),
        ("退货的话运费谁出", ["退货的话运费谁出"]),
        ("孩子刷的一万一分没少", ["孩子刷的一万一分没少"]),
        ("我想问一下要是商家拒了会怎样", ["我想问一下要是商家拒了会怎样"]),
        ("客服跟我说如果不补就关了", ["客服跟我说如果不补就关了"]),
        ("监护人一定要是爸爸吗", ["监护人一定要是爸爸吗"]),
    ],
)
def test_where_a_line_turns_to_asking(line: str, halves: list[str]) -> None:
    assert [clause.text for clause in Utterance(line).clauses] == halves
