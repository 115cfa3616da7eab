"""由 pypinyin 的单字读音表做出随包的读音表：``uv run --group tables python -m tools.sounds``。

只取国标 GB 2312 里的字，每个字一个最常用的读音，不带声调。
"""

from pathlib import Path

from pypinyin import Style, pinyin

TARGET = (
    Path(__file__).resolve().parents[1]
    / "plugins/nonebot_plugin_refund/domain/understanding/meaning/pinyin/syllables.txt"
)
"""做出来的文件：一行一个音节，空一格，读这个音的字。"""

_COMMON = range(0x4E00, 0xA000)
"""常用汉字的一区。"""


def syllables() -> dict[str, str]:
    """音节 → 读它的字，都按先后排好。"""
    found: dict[str, str] = {}
    for code in _COMMON:
        character = chr(code)
        if _is_simplified(character):
            syllable = pinyin(character, style=Style.NORMAL, errors="ignore")[0][0]
            found[syllable] = found.get(syllable, "") + character
    return dict(sorted(found.items()))


def written() -> str:
    """文件该有的内容。"""
    return "".join(f"{syllable} {characters}\n" for syllable, characters in syllables().items())


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
