"""字的读音：语音输入、打错的字常是同音的，“退火”听起来就是“退货”。

读音表是 ``pinyin`` 文件夹里的数据，由 ``tools/sounds.py`` 生成；第一次用到时才读。
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def sounds_of(text: Iterable[str]) -> tuple[str, ...]:
    """每个字一个读音，不带声调；不是汉字的、表里没有的，就是那个字自己。已经分好了的，一段一个，不止一个字的不变。"""
    find = _table().get
    return tuple([find(character, character) for character in text])


@cache
def _table() -> dict[str, str]:
    """字 → 读音；口音里常混的音（平翘舌、前后鼻音）记作一个。"""
    folder = files("nonebot_plugin_refund.domain.understanding.meaning").joinpath("pinyin")
    lines = folder.joinpath("syllables.txt").read_text(encoding="utf-8").splitlines()
    table: dict[str, str] = {}
    for line in lines:
        syllable, characters = line.split(" ")
        table |= dict.fromkeys(characters, _blended(syllable))
    return table


def _blended(syllable: str) -> str:
    start = syllable[0] + syllable[2:] if syllable[:2] in ("zh", "ch", "sh") else syllable
    return start[:-1] if start.endswith(("ing", "eng", "ang")) else start
