"""繁简对照：与 OpenCC 的字表一致，简体的话一个字也不动。"""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from tools import traditional

from nonebot_plugin_refund.domain.understanding.writing.folding import folded_into, folding_table
from nonebot_plugin_refund.domain.understanding.writing.text import normalise, simplify

ROOT = Path(__file__).resolve().parents[4]
FOLDER = files("nonebot_plugin_refund.rulebook").joinpath("content")
CONTENT = sorted(path.name for path in FOLDER.iterdir() if path.name.endswith(".yaml"))
TRADITIONAL_AFTER_ALL = ["怎麽退款吖"]
"""每个字国标里都有、其实是繁体的话：“麽”是“么”的异体。"""


def changed(text: str) -> list[str]:
    """换了写法的汉字。"""
    return [letter for letter in text if "\u4e00" <= letter <= "\u9fff" and simplify(letter) != letter]


def is_simplified(text: str) -> bool:
    """句子里的汉字国标 GB 2312 里都有。"""
    try:
        "".join(letter for letter in text if "\u4e00" <= letter <= "\u9fff").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def test_the_packaged_table_is_what_the_tool_makes() -> None:
    assert traditional.TARGET.read_text(encoding="utf-8") == traditional.written()


def test_every_character_stays_in_its_place() -> None:
    old, new = traditional.TARGET.read_text(encoding="utf-8").split()
    assert len(old) == len(new) == len(set(old))
    assert not set(old) & set(new)
    assert simplify(old) == new


@pytest.mark.parametrize(
    ("traditional_text", "simplified_text"),
    [
        ("刪除我的數據", "删除我的数据"),
        ("文書", "文书"),
        ("結案", "结案"),
        ("恢復提醒", "恢复提醒"),
        ("我要舉報這個主播", "我要举报这个主播"),
        ("帳號裏的錢，臺灣、香港的寫法：裡、衞、粧", "账号里的钱,台湾、香港的写法:里、卫、妆"),
        ("乾淨、頭髮、以後、關於", "干净、头发、以后、关于"),
    ],
)
def test_traditional_writing_becomes_simplified(traditional_text: str, simplified_text: str) -> None:
    assert normalise(traditional_text) == simplified_text


@pytest.mark.parametrize("text", ["著名", "噚日", "喺", "瞭望", "覆盖", "凭藉", "沈阳", "什么", "余额", "皇后"])
def test_words_of_their_own_are_kept(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("name", CONTENT)
def test_the_rulebook_is_written_in_simplified(name: str) -> None:
    assert changed(FOLDER.joinpath(name).read_text(encoding="utf-8")) == []


def test_simplified_utterances_keep_every_character() -> None:
    said = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "tests" / "data").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    simplified = [text for text in said if is_simplified(text)]
    assert len(simplified) > 10_000
    assert [text for text in simplified if changed(text)] == TRADITIONAL_AFTER_ALL


def test_the_table_covers_the_basic_plane_and_nothing_else_is_touched() -> None:
    assert len(folding_table()) == 0x10000
    assert simplify("𠮷😀") == "𠮷😀"


def test_a_text_in_which_nothing_folds_into_the_letters_says_them_the_same_folded_or_not() -> None:
    folding = folded_into("退款a")
    for letter in map(chr, range(0x10000)):
        folded = simplify(letter)
        assert bool(folding.search(letter)) == (folded != letter and folded in ("", "退", "款", "a"))
    assert not folding.search("請問，這個ＯＫ嗎😀")
    assert folding.search("要\u200b退\u200b款")
