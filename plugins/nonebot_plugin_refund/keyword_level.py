"""群里没人叫我们时，话该有多少：关、谨慎、积极三档。设置、数据库和聊天都用它。"""

from enum import StrEnum

from .rulebook.wording_models.spoken import load_spoken


class KeywordLevel(StrEnum):
    """主动接话的档次；值是设置里的写法，也是写给人看的；各种说法在 ``spoken.yaml``。"""

    OFF = "关"
    """从不主动接话，只回命令和 @。"""
    CAREFUL = "谨慎"
    """很有把握才接。"""
    EAGER = "积极"
    """听出是哪种退款就接。"""


_WORDS = {
    word: KeywordLevel[name.upper()] for name, words in load_spoken().group.levels.by_id().items() for word in words
}
_WORDS = {
    word: KeywordLevel[name.upper()] for name, words in load_spoken().group.levels.by_id().items() for word in words
}
CHOICES = "、".join(KeywordLevel)
"""三档的写法，给人看。"""


def read_level(word: str) -> KeywordLevel | None:
    """一个词说的是哪一档；不是其中任何一档为空。"""
    return _WORDS.get(word.strip().casefold())
