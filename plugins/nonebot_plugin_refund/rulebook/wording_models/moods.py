"""``moods.yaml`` 的数据模型：靠哪些词听出语气和谁做的。"""

from functools import cache

from pydantic import Field

from ..file_names import LEXICON_FILE, MOODS_FILE
from ..scenario_models.base_models import Strict, Word
from ..scenario_models.event_models import Actor
from ..yaml_reading.packaged_yaml import packaged_yaml
from .lexicon import Lexicon, all_spelled_out


class MoodWords(Strict):
    """听出语气用的词。"""

    version: int = Field(gt=0)
    question_ends: tuple[Word, ...]
    """句尾的疑问词：“同意了没”。"""
    denied_by: tuple[Word, ...]
    """句尾的“没”前面是这些，说的是没有，不是在问：“啥都没”“一直没”。"""
    question_words: tuple[Word, ...]
    """出现在句中任何地方的疑问词。"""
    indefinite_after: tuple[Word, ...]
    """疑问词后面紧跟着这些，就不是在问：“怎么都不退”。"""
    not_knowing: tuple[Word, ...]
    """疑问词前面有这些，说的是不知道：“不知道怎么弄”。"""
    if_words: tuple[Word, ...]
    plan_words: tuple[Word, ...]
    plan_done: tuple[Word, ...]
    """打算的话后面以这些结尾，多半已经做了。"""
    not_yet: tuple[Word, ...]
    """还没有：事情没发生。"""
    hearsay: tuple[Word, ...]
    """在说别人的事。"""
    saying_verbs: tuple[Word, ...]
    """谁“说”的：引述的话算说话的人做的。"""
    actors: dict[Actor, tuple[Word, ...]]
    """谁做的；一个都没提到的当作本人。"""


@cache
def load_moods() -> MoodWords:
    """随包的那一份，只读一次；概念已换成每一种词。

    文件不合规定抛 ``pydantic.ValidationError``。
    """
    lexicon = Lexicon.model_validate(packaged_yaml(LEXICON_FILE))
    words = {concept.name: concept.words for concept in lexicon.concepts}
    moods = MoodWords.model_validate(packaged_yaml(MOODS_FILE))
    actors = {actor: all_spelled_out(said, words) for actor, said in moods.actors.items()}
    return moods.model_copy(update={"actors": actors})
