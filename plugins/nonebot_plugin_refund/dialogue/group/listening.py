"""群里没叫我们的话收不收，看四件事：这个群听不听，值不值得细看，轮不轮得到我们接，有没有把握接。只动内存。"""

from dataclasses import dataclass, field

from ...clock import Clock
from ...domain.understanding.scenarios import Classifier
from ...keyword_level import KeywordLevel
from ..base.incoming import Remark
from . import endangered, speaking_up
from .human_talk import HumanTalk, is_about_refund
from .memory import GroupMemory
from .others_matters import tells_of_others

_SHORTEST = 5
"""不到这么多字的（“收到”“能退吗”）不接：说得太少，没叫我们就不该猜；群里这样的话又最多。"""


@dataclass
class Listener:
    """把群的档次、人们的来往和钟合在一起。"""

    memory: GroupMemory
    classifier: Classifier
    clock: Clock
    talk: HumanTalk = field(default_factory=HumanTalk)

    def __post_init__(self) -> None:
        self.memory.also_forget.append(lambda platform, user_id: self.talk.forget(platform, user_id))

    def listens(self, platform: str, group_id: str) -> bool:
        """这个群里可不可以主动接话。"""
        return self.memory.level(platform, group_id) is not KeywordLevel.OFF

    def worth_reading(self, text: str) -> bool:
        """像要退款、值得细看；短得不会接、也没有什么要记的不算。宁可多放过来，便宜才要紧。"""
        # 先问最可能说“没有”的：群里的话几乎都到此为止
        if not self.classifier.refund_word_present(text):
            return False
        return len(text) >= _SHORTEST or is_about_refund(text) or endangered.may_be(text)

    def hear(self, remark: Remark) -> bool:
        """记下这句话；返回轮不轮得到我们接。听出危险的，有人在答也接。"""
        level = self.memory.level(remark.platform, remark.group_id)
        our_turn = self.talk.hear(remark, speaking_up.patience(level), self.clock.now())
        return our_turn or (not remark.others and bool(endangered.answer(remark.text)))

    def has_something_to_say(self, remark: Remark) -> bool:
        """冷却过了，把握也够这个群的档次；听出危险的不论这些。"""
        if endangered.answer(remark.text):
            return True
        if len(remark.text) < _SHORTEST:
            return False
        if not self.memory.may_speak(remark.platform, remark.group_id, remark.user_id, self.clock.now()):
            return False
        level = self.memory.level(remark.platform, remark.group_id)
        if not speaking_up.sure_enough(level, self.classifier.classify(remark.text), remark.text):
            return False
        return not tells_of_others(remark.text)
