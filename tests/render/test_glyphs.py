"""字体里没有的字换成看得见的写法。"""

import pytest

from nonebot_plugin_refund.render.glyphs import covered, readable, readable_data
from nonebot_plugin_refund.render.typesetting import Typesetter


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("退款 7 天（签收次日起）", "退款 7 天（签收次日起）"),
        ("😀✓○①⏰", "😀✓○①⏰"),
        ("𠮷野家", "〔U+20BB7〕野家"),
        ("龘靐", "龘靐"),
        ("👨\u200d👩", "👨👩"),
        ("左\u202e右\x07", "左右"),
        ("一\r\n二\t三", "一\n二    三"),
        ("e\u0301", "é"),
        ("plain ascii", "plain ascii"),
        ("a" * 30, "aaaaaaaaaaaa\u200baaaaaaaaaaaa\u200baaaaaa"),
    ],
)
def test_characters_without_a_glyph_are_described(written: str, shown: str) -> None:
    assert readable(written) == shown


def test_everything_readable_has_a_glyph_in_the_packaged_fonts() -> None:
    everything = "".join(chr(point) for point in range(0x20, 0x3400) if not 0xD800 <= point <= 0xDFFF)

    assert {ord(character) for character in readable(everything)} <= covered() | {ord("\n"), ord("\u200b")}


def test_data_is_cleaned_all_the_way_down() -> None:
    assert readable_data({"lines": ["𠮷", {"a": ("x\x00", 3)}], "flag": True}) == {
        "lines": ["〔U+20BB7〕", {"a": ["x", 3]}],
        "flag": True,
    }


def test_only_packaged_fonts_are_used() -> None:
    assert Typesetter.families() == {"Noto Sans SC", "Noto Emoji"}
