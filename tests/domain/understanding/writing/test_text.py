"""统一写法：例子，和不管什么字都成立的性质。"""

from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.writing.emoji import NO_EMOJI, UNSURE_EMOJI, YES_EMOJI
from nonebot_plugin_refund.domain.understanding.writing.text import MAX_LENGTH, bare, normalise
from nonebot_plugin_refund.domain.understanding.yesno import parse_yesno
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from nonebot_plugin_refund.rulebook.wording_models.spoken import every_list, load_spoken
from nonebot_plugin_refund.storage.case.case_codes import draw_code, normalise_code

PIECES = (
    *"哈啊退款一三。.!?,、;:~…—·-*■ＡａＱ１，！？　 \t\n數據麼İΣσ\u0301\u0307\u0327",
    *"\u200b\u200f\u202e\u2066\u00ad\ufe0f\ufeff\u20e3\u3164\ud83d👌👍🏻😂🙆♂🇨①㎞ﷺ㍿½",
    *("[CQ:at,qq=1]", "[CQ:", "[C\u200bQ:face]", "哈哈哈", "。。。", "2...3", "１，０００", "1，000", "K7Q2", "AAA2"),
)
HOSTILE = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＫＳ　１２３", "ks 123"),
        ("[CQ:at,qq=1]退款", "退款"),
        ("退\u200b款\u202e\u2066\u00ad\ufe0f\ufeff", "退款"),
        ("退款。。。", "退款。"),
        ("退款！！！", "退款!"),
        ("真的？？", "真的?"),
        ("等等……", "等等."),
        ("哈哈哈哈", "哈哈"),
        ("啊啊啊啊啊退款", "啊啊退款"),
        ("天天 刚刚 谢谢", "天天 刚刚 谢谢"),
        ("  退 \t\n 款 ", "退 款"),
        ("没有😭😭真的", "没有 真的"),
        ("好👍🏻", "好👍"),
        ("1️⃣", "1"),
    ],
)
def test_one_way_of_writing(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "text", ["12315", "1000000", "aaa2", "emmmm", "三三三", "2...3", "1,,200", "■■■", "138****1234"]
)
def test_numbers_codes_and_masks_are_not_shortened(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1，000", "1、000"), ("１，０００", "1,000"), ("三万，2", "三万、2"), ("好，2", "好,2")],
)
def test_a_full_width_comma_between_plain_digits_lists_them(text: str, expected: str) -> None:
    assert normalise(text) == expected


@settings(max_examples=500, deadline=None)
@given(HOSTILE, st.sampled_from([1, 5, 40, MAX_LENGTH]))
@example("İ\u0327", 40)
@example("a!!b", 3)
@example("[C\u200bQ:face,id=1]", 40)
def test_once_is_enough_and_the_length_is_bounded(text: str, limit: int) -> None:
    once = normalise(text, limit)
    assert normalise(once, limit) == once
    assert len(once) <= limit


def test_every_character_settles_at_once() -> None:
    unsettled = [code for code in range(0x110000) if normalise(once := normalise(f"退{chr(code)}\u0301")) != once]
    assert unsettled == []


def test_long_runs_take_little_time() -> None:
    begun = perf_counter()
    for piece in ("。", "哈", "a.", "1.", "。.", "[CQ:", "😀", "，1", "哈啊", "\u0301"):
        normalise(piece * MAX_LENGTH)
    assert perf_counter() - begun < 1


@pytest.mark.parametrize("meaning", ["yes", "no", "unsure"])
def test_an_emoji_that_is_an_answer_is_kept_and_read(meaning: str) -> None:
    told = {"yes": YES_EMOJI, "no": NO_EMOJI, "unsure": UNSURE_EMOJI}[meaning]
    assert {normalise(emoji) for emoji in told} == set(told)
    assert {parse_yesno(f"{emoji}\ufe0f") for emoji in told} == {meaning}
    assert parse_yesno(f"{told[-1]}😂") == meaning


def test_the_words_that_are_compared_are_written_in_the_one_way() -> None:
    spoken = {word for _, words in every_list(load_spoken()) for word in words}
    signals = {word for group in load_signals().groups for word in group.words}
    words = spoken | signals
    assert [word for word in sorted(words) if normalise(word) != word] == []


@pytest.mark.parametrize("text", ["文書", "「文书」", "《文書》。", "文书！！！", " 文书～", "【文書】", "“文书”……"])
def test_the_bare_word(text: str) -> None:
    assert bare(text) == "文书"


def test_a_question_mark_and_a_minus_sign_are_kept() -> None:
    assert bare("确认删除？？") == "确认删除?"
    assert bare("依据？。", keep_question=False) == "依据"
    assert bare("-1。") == "-1"
    assert bare("好的呀") == "好的呀"


@given(st.randoms(use_true_random=False))
def test_case_codes_survive(chance: object) -> None:
    code = draw_code(4, chance.choice)  # pyright: ignore[reportAttributeAccessIssue] hypothesis 的随机数
    assert normalise_code(normalise(code)) == code
