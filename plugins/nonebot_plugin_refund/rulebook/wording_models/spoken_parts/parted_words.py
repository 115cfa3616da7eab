"""``spoken.yaml`` 里分着听的词：一句里说了几件事，哪一截是自己不追了，哪一截只是材料交给了法院。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class PartedWords(Strict):
    """一截一截看的词。"""

    lets_go: Words
    """一截里有它，是说不追了；先问一句再了结。"""
    holds_on: Words
    """一截里还有它，就不是不追了。"""
    urging: Words
    """和一个人一起说（“我爸说算了”）：是那个人的意思。"""
    urged_by: Words
    """不是亲友，也会说“算了吧”的人。"""
    handed_in: Words
    """材料交给了法院：立没立上还不知道。"""
    filed: Words
    """法院已经立上了，或已经到了后面的步骤。"""
