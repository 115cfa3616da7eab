"""``spoken.yaml`` 里说钱的词：应不应对方出的数，到了多少，剩下的还要不要。"""

from ...scenario_models.base_models import Strict
from ..word_lists import Words


class MoneyWords(Strict):
    """和一个数一起说、或记着对方出的数时才听的词。"""

    refuses: Words
    """明说了不接受对方出的数。"""
    wants_all: Words
    """自己要的是全部，不是对方答应了全退。"""
    too_little: Words
    """嫌少：多半是不接受，先问。"""
    not_by_me: Words
    """紧挨在 ``refuses`` 前面，说的就是别人没答应。"""
    part_only: Words
    """和已经到了的数一起说的：到的不是全部。"""
    all_in: Words
    """先前到过一部分，后来都到齐了。"""
    nothing_short: Words
    """到了多少旁边说的：一点没少。"""
    added_later: Words
    """又到的一笔：和先前到的合起来算。"""
    promises_rest: Words
    """先前到过一部分，说好把没到的补来。"""
    elsewhere: Words
    """快手以外，钱也可能退回来的地方。"""
    holds_back: Words
    """没到的那部分，对方不给：不是说好要补。"""
    came_wrongly: Words
    """质问到账怎么记的、说不对、要去掉。"""
    went_out: Words
    """花出去的字：记着的到账其实是花的。"""
    offering: Words
    """出价的是谁。"""
    channels: Words
    """从哪里付的：一句话里各报一笔。"""
    fees: Words
    """不是这单的价钱的：别的花费、别的地方买的。"""
    refuses_early: Words
    """访谈里说起对方出的数，自己没答应。"""
    own_costs: Words
    """为这件事自己另花的钱：检测、看病、来回跑。"""
    postage: Words
    """``own_costs`` 里说运费的；第一个是没说名称时记成的，``posted_back`` 是寄回那一程的。"""
    posted_back: Words
    couriers: Words
    """后面紧跟着一个数，说的就是运费：“顺丰花了18”。"""
    sending: Words
    """说到了寄：没写明是什么的一笔，就是运费。"""
    gone_back: Words
    """里面的“退”说的是货，不是钱。"""
    not_own_costs: Words
    """有其中一个，说的是对方扣的、退的、要他出的，不是自己花掉的。"""
    over: Words
    """钱到齐了，又说这件事完了：不再问是不是了结。"""
    of_the_rest: Words
    """说的是没到的那一部分，不是从没到过。"""
    also_applied: Words
    """那边也申请了。"""
