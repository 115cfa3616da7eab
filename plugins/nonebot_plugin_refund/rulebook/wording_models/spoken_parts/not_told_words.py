"""提到了、不是在说自己这件的话：听来的、别人家的、问意思的、打算的。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class NotToldWords(Strict):
    """提到了、不是在说自己这件的几种说法。"""

    asked_what: Words
    """问一个词是什么意思，开头的、末尾的：“啥叫驳回”“驳回啥意思”。"""
    asked_whether: Words
    """问算不算一样：“洗过一次算不算用过”。"""
    of_others: Words
    """开头是它，说的是别人家的、大家都说的：“听说没发货能退”。"""
    about_to: Words
    """开头是它，说的是还没做的：“准备打12315”。"""
