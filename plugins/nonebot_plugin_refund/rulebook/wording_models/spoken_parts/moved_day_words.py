"""``spoken.yaml`` 里约好的日子改了的词：开庭、调解推迟到哪天，改期了还没定。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class MovedDayWords(Strict):
    """说约好的那天改了。"""

    moved: Words
    """改了日子。"""
    put_off: Words
    """没说新的日子，光有它就是旧的那天不算了。"""
    sooner: Words
    """提前的：新的日子可以在旧的之前。"""
    another_person: Words
    """换了法官、调解员；日子另说。"""
    occasions: Words
    """约的是什么。"""
    told_by: Words
    """谁通知的。"""
    not_moved: Words
    """改的是别的，或已经开过、谈过了。"""
