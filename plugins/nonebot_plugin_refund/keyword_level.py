"""群里没人叫我们时，话该有多少：关、谨慎、积极三档。设置、数据库和聊天都用它。"""

from enum import StrEnum


class KeywordLevel(StrEnum):
    """主动接话的档次；值是用户打的词，也是设置里的写法。"""

    OFF = "关"
    """从不主动接话，只回命令和 @。"""
    CAREFUL = "谨慎"
    """很有把握才接。"""
    EAGER = "积极"
    """听出是哪种退款就接。"""


_OTHER_WORDS = {
    "关闭": KeywordLevel.OFF,
    "关掉": KeywordLevel.OFF,
    "off": KeywordLevel.OFF,
    "开": KeywordLevel.CAREFUL,
    "打开": KeywordLevel.CAREFUL,
    "开启": KeywordLevel.CAREFUL,
    "on": KeywordLevel.CAREFUL,
    "careful": KeywordLevel.CAREFUL,
    "eager": KeywordLevel.EAGER,
}
_WORDS = {level.value: level for level in KeywordLevel} | _OTHER_WORDS
CHOICES = "、".join(KeywordLevel)
"""三档的写法，给人看。"""


def read_level(word: str) -> KeywordLevel | None:
    """一个词说的是哪一档；不是其中任何一档为空。"""
    return _WORDS.get(word.strip().casefold())
