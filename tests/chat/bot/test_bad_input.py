"""什么都可能发来：每一样都得到一句简短的中文，没有异常，答过的都还在。"""

import logging
import re

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from tests.chat.case.test_case_flow import SHOP, TIP
from tests.chat.conversation_harness import OTHER, Bench

ANYTHING = {
    "any text": "咕噜咕噜",
    "latin": "asdf qwer",
    "emoji": "😀🙏🏻👨‍👩‍👧",
    "one emoji": "👍",
    "punctuation": "。。。？？？！！",
    "question mark": "?",
    "CQ code": "[CQ:image,file=abc.png,url=http://evil.example]",
    "at all": "[CQ:at,qq=all]",
    "broken CQ code": "[CQ:at,qq=",
    "ten thousand": "退" * 10_000,
    "ten thousand mixed": "孩子打赏了主播，" * 1250,
    "ten thousand digits": "7" * 10_000,
    "future date": "2099年1月1日",
    "no such day": "2月30日",
    "out of range": "150",
    "huge": "9" * 60,
    "infinity": "1e400",
    "nan": "NaN",
    "negative": "-5",
    "zero": "0",
    "option out of range": "99",
    "arabic digits": "٣",
    "circled digits": "③",
    "half a command": "/退",
    "half a personal command": "/退款 进",
    "slash": "/",
    "format string": "{0} {command} %s %(x)s",
    "SQL": "'; DROP TABLE refund_cases; --",
    "null byte": "a\x00b",
    "control characters": "\x07\x08\x1b[31m",
    "right to left": "\u202e款退\u202c",
    "zero width": "\u200b\u200d\ufeff",
    "lone surrogate": "\ud83d",
    "newlines": "1\n2\n3",
    "tabs": "\t1\t",
    "template": "{{7*7}}${7*7}",
    "html": "<b>1</b>",
}
DEPTHS = {
    "nothing": (),
    "menu": ("退款",),
    "choice": ("打赏",),
    "number": ("打赏", "1"),
    "amount": TIP[:4],
    "multi": TIP[:5],
    "date": TIP[:6],
    "yes or no": ("打赏", "4"),
    "verdict": SHOP,
    "events": (*SHOP, "更新"),
    "evidence": (*SHOP, "材料"),
    "outcome": (*SHOP, "结案"),
    "deleting": (*SHOP, "删除"),
}


@pytest.fixture(autouse=True)
def _nothing_went_wrong(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, logger="nonebot_plugin_refund")


@pytest.mark.parametrize("depth", DEPTHS)
async def test_anything_gets_a_short_chinese_answer_and_keeps_the_answers(
    bench: Bench, depth: str, caplog: pytest.LogCaptureFixture
) -> None:
    user, place = "", None
    for number, (name, text) in enumerate(ANYTHING.items()):
        if place is None or await _place(bench, user) != place:  # 上一句正好算数，换个人重新走到这里
            user = f"5{number:04}"
            await bench.private(*DEPTHS[depth], user=user)
            place = await _place(bench, user)
        before = await _kept(bench, user)
        said = await bench.private(text, user=user)
        assert said, name
        assert all(len(part) <= 700 for part in said), name
        assert re.search(r"[\u4e00-\u9fff]", said[0]), name
        assert not any("这一步我没办成" in part for part in said), name
        after = await _kept(bench, user)
        assert before.items() <= after.items(), name
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("明年3月1日", "还没到"),
        ("2月30日", "没有这一天"),
        ("13月5日", "没有这一天"),
        ("5", "没太看懂"),
    ],
)
async def test_a_wrong_date_is_told_why(bench: Bench, text: str, answer: str) -> None:
    (said,) = await bench.private(*TIP[:6], text)
    assert answer in said


async def test_a_number_out_of_range_is_told_the_range(bench: Bench) -> None:
    (said,) = await bench.private("打赏", "1", "150")
    assert "1–99" in said
    assert "99" in (await bench.private("0"))[0]


async def test_an_option_number_too_high_is_not_taken(bench: Bench) -> None:
    (said,) = await bench.private("打赏", "9")
    assert "没太看懂" in said
    assert await bench.answers() == {}


async def test_somebody_elses_code_looks_like_no_code_at_all(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    theirs = await bench.private(f"进度 {code}", user=OTHER)
    nobodys = await bench.private("进度 A2A2", user=OTHER)
    assert theirs[0].replace(code, "A2A2") == nobodys[0]


@pytest.mark.parametrize(
    "segments", [("image",), ("face",), ("record",), ("forward",), ("json",), ("file",), ("mface",)]
)
async def test_what_is_not_text_is_said_to_be_unreadable(bench: Bench, segments: tuple[str, ...]) -> None:
    assert await bench.private("", segments=segments) == [wording.ONLY_TEXT]
    await bench.private("打赏", "1")
    said = await bench.private("", segments=segments)
    assert said[0] == wording.ONLY_TEXT
    assert "孩子满几周岁" in said[1]


async def test_an_empty_message_is_asked_what_it_is_about(bench: Bench) -> None:
    assert await bench.private("") == [wording.EMPTY]
    assert await bench.private("   \n ") == [wording.EMPTY]


async def test_a_very_long_message_is_read_in_part_and_says_so(bench: Bench) -> None:
    said = await bench.private("孩子打赏了主播三千想退。" * 400)
    assert said[0] == wording.TOO_LONG
    assert "孩子满几周岁" in said[1]


async def _kept(bench: Bench, user: str) -> dict[str, object]:
    """答过的：进行中的问答和各案件里的答案。"""
    kept: dict[str, object] = {}
    for row in await bench.rows("SELECT id, state FROM refund_interviews WHERE user_id = :user", user=user):
        kept |= {f"{row['id']} {key}": value for key, value in bench.plain_answers(row["state"]).items()}
    for row in await bench.rows("SELECT code, answers FROM refund_cases WHERE user_id = :user", user=user):
        kept[row["code"]] = row["answers"]
    return kept


async def _place(bench: Bench, user: str) -> object:
    """他在对话里的位置：问到哪了，在等什么。"""
    return (
        await _kept(bench, user),
        await bench.rows("SELECT scenario_id, status FROM refund_interviews WHERE user_id = :user", user=user),
        await bench.rows("SELECT kind, payload FROM refund_notes WHERE user_id = :user", user=user),
    )
