"""繁体、全角、带标点的话，与简体的一样办。"""

from collections.abc import Iterator

import pytest

from nonebot_plugin_refund.dialogue.person import personal_data
from nonebot_plugin_refund.domain.understanding.writing.text import bare
from nonebot_plugin_refund.rulebook.wording_models.spoken import every_list, load_spoken
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import OTHER, USER, Bench

SAME = [
    ("删除我的数据", "刪除我的數據"),
    ("文书", "文書"),
    ("结案", "結案"),
    ("恢复提醒", "恢復提醒"),
    ("我要举报这个主播", "我要舉報這個主播"),
    ("进度", "進度。"),
    ("不要群提醒", "「不要群提醒」"),
    ("退款 材料", "退款　材料！！！"),
    ("继续", "繼續。。。"),
    ("谢谢", "謝謝～"),
    ("设置 图片 关", "設置　圖片　關"),
    ("你好", "你\u200b好"),
]


@pytest.mark.parametrize(("simplified", "other"), SAME)
async def test_another_writing_is_answered_alike(bench: Bench, simplified: str, other: str) -> None:
    answers = []
    for user, said in ((USER, simplified), (OTHER, other)):
        await bench.private(*SHOP, user=user)
        code = await bench.only_code(user)
        answers.append([text.replace(code, "案件号") for text in await bench.private(said, user=user)])
    assert answers[0] == answers[1] != []


@pytest.mark.parametrize("written", ["進度 {}", "进度{}。", "進度　#{}", "退款 進度 {}"])
async def test_a_code_is_read_in_full_width_too(bench: Bench, written: str) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert [code in (await bench.private(written.format(it)))[0] for it in (code, code.lower(), wide)] == [True] * 3


async def test_deleting_is_confirmed_in_traditional_but_not_by_a_question(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private("刪除我的數據", "確認刪除？")
    assert await bench.rows("SELECT code FROM refund_cases") != []
    assert await bench.private("刪除我的數據", "「確認刪除」。") == [personal_data.DELETED]
    assert await bench.rows("SELECT code FROM refund_cases") == []


async def test_a_case_is_closed_in_traditional(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private("結案", "１。")
    assert await bench.rows("SELECT code FROM refund_cases WHERE closed_at IS NULL") == []


async def test_a_paper_is_picked_by_its_name_in_traditional(bench: Bench) -> None:
    await bench.private(*SHOP)
    by_name, by_quoted = await bench.private("文书", "时间经过"), await bench.private("文書", "《時間經過》。")
    assert by_name == by_quoted
    assert len(by_name) > 1


@pytest.mark.parametrize(
    ("simplified", "other"), [("文书", "文書"), ("结案", "結案"), ("我要举报这个主播", "我要舉報這個主播")]
)
async def test_in_a_group_alike(bench: Bench, simplified: str, other: str) -> None:
    assert await bench.group(f"/退款 {simplified}") == await bench.group(f"/退款 {other}") != []


async def test_only_emoji_is_no_command(bench: Bench) -> None:
    said = await bench.private("😀")
    assert await bench.private("\u200b") != await bench.private("退款")
    assert said != await bench.private("退款")
    assert await bench.private("……") == said


NOT_WHOLE = ("courtesy", "emoji", "faces")
"""这几列不是整句去掉标点来比的。"""


def words_compared() -> Iterator[str]:
    """整句来比的词。"""
    for name, words in every_list(load_spoken()):
        if not name.startswith(NOT_WHOLE):
            yield from words


def test_the_words_compared_are_bare_themselves() -> None:
    assert [word for word in words_compared() if bare(word) != word] == []
