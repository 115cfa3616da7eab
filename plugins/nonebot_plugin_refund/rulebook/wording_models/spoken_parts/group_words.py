"""``spoken.yaml`` 里设置用的词：开关，群里能设的几项，「管理」后面的。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class SwitchWords(Strict):
    """开关。"""

    on: Words
    off: Words


class GroupOptionWords(Strict):
    """群里能设的几项；每条第一个是写给人看的。"""

    keywords: Words
    cooldown: Words
    pictures: Words
    mentions: Words
    quiet: Words

    def by_id(self) -> dict[str, tuple[str, ...]]:
        """各项的 id → 它的各种词，按列出来的先后。"""
        return dict(self)


class LevelWords(Strict):
    """关键词的三档。"""

    off: Words
    careful: Words
    eager: Words

    def by_id(self) -> dict[str, tuple[str, ...]]:
        """档次的 id → 它的各种词。"""
        return dict(self)


class GroupWords(Strict):
    """群里说的。"""

    options: GroupOptionWords
    levels: LevelWords
    reset: Words
    """全部改回默认。"""
    default: Words
    """一项改回默认。"""
    no_limit: Words
    """不限、不要。"""
    others: Words
    """别人：话头说的是他们，没在问，就不是来问退款的。"""
    mine: Words
    """说到自己：前面转述了别人，后面说的还是自己的事。"""
    refund_talk: Words
    """话里有这些，才算在聊退款的事。"""


class AdministrationWords(Strict):
    """「管理」后面的词；每条第一个是写给人看的。"""

    cases: Words
    verdicts: Words
    reminders: Words
    failures: Words
    undelivered: Words
    retry: Words
    pause: Words
    resume: Words
    rulebook: Words
    reload: Words
    confirm: Words
    """「重载」之后的确认。"""
    everything: Words
    """重试全部。"""
