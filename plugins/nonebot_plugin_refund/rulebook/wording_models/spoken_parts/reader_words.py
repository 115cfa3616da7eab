"""``spoken.yaml`` 里只给一两种听法用的词：撤了又交、给不给证件、没说过没做过、去做了。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class FiledAnewWords(Strict):
    """填错了、撤了，又重新交上去。"""

    taken_out: Words
    """撤了、作废了。"""
    filling: Words
    """后面跟着“错”，是填错了：“公司名写错”。"""
    anew: Words
    """后面跟着交：又交了一遍。"""
    handing: Words
    done: Words
    """交的后面跟着它，是交完了。"""
    not_done: Words
    """有其中一个，就不是自己已经撤了又交。"""


class WhetherWords(Strict):
    """要证件、要签字，问给不给。"""

    giving: Words
    """给的各种做法。"""
    may: Words
    """紧挨在 ``giving`` 前面，就是在问给不给。"""
    wanted: Words
    """是对方要的。"""
    formal: Words
    """写明是补材料的：照进展记，问的一并答。"""


class DisownedWords(Strict):
    """“我没（去、说）过”：没说过刚记下的话，没做过记着的事。"""

    me: Words
    stressing: Words
    """“我”和“没”之间加重的字。"""
    never: Words
    """没。"""
    when: Words
    """反问什么时候，就是说没有过。"""
    saying: Words
    that: Words
    """说的是它，不是哪一件事。"""
    so: Words
    """“这么”“跟你”：夹在“没”和“说”之间。"""
    who_said: Words
    """反问谁说的，也是说没有过。"""
    wrote: Words
    """机器人记下的：“你咋写报警了”。"""
    ending: Words
    """句尾的语气字。"""
    beside: Words
    """和“没说过”一起说的、不另有意思的：“等等”“你记错了”。"""


class WentWords(Strict):
    """“我去打了12315”：去做了，不是打算。"""

    before: Words
    """紧挨在“去”前面的字；在一截开头的不用。"""
    places: Words
    """“去”后面可以先说的地方。"""
    doing: Words
    """做了什么，后面跟着“了”“过”。"""
    not_done: Words
    """有其中一个，是打算、是问、是没去。"""


class SpokeWords(Strict):
    """“昨天跟老板讲过了”：去说了、催了，还没说对方怎么回。"""

    toward: Words
    """跟、给、找：后面是找的人。"""
    merchants: Words
    """找的是收钱的一方。"""
    platforms: Words
    """找的是平台、客服。"""
    acts: Words
    """做了什么：说、催、打电话。"""
    after: Words
    """后面接着的字。"""
    unless: Words
    """有其中一个，说的不只是去说了：对方怎么回的、交了申请、投诉。"""


class LookWords(Strict):
    """“你看看这图”：整句只请它看图。"""

    look: Words
    """看。"""
    pictures: Words
    """看的东西。"""
    around: Words
    """前后带的字；还有别的字，就不只是请它看图。"""
