"""一项项怎么算。钱都是元，结果到分。"""

from decimal import Decimal

from ..case.case_amounts import in_cents

LEAST_TREBLE = Decimal(500)
LEAST_TENFOLD = Decimal(1000)
MOST_DEPOSIT = Decimal("0.2")
"""定金至多是总价的几成。"""


def treble(price: Decimal) -> Decimal:
    """欺诈：价款的三倍，不足五百元按五百元；退款之外另算。"""
    return in_cents(max(price * 3, LEAST_TREBLE))


def tenfold(price: Decimal, loss: Decimal = Decimal(0)) -> Decimal:
    """食品不合安全标准：价款的十倍，或损失的三倍，取多的，不足一千元按一千元；退款之外另算。"""
    return in_cents(max(price * 10, loss * 3, LEAST_TENFOLD))


def promised(price: Decimal, times: Decimal, *, refund_included: bool) -> Decimal:
    """“假一赔四”：退款之外再要多少；``refund_included`` 是把退的那一份也算在四倍里的读法。"""
    return in_cents(price * (max(Decimal(0), times - 1) if refund_included else times))


def deposit_doubled(deposit: Decimal, whole_price: Decimal | None = None) -> Decimal:
    """收定金的一方不履行：双倍返还；超过总价两成的部分不是定金，只退一倍。没说总价的全按定金算。"""
    within = deposit if whole_price is None else min(deposit, whole_price * MOST_DEPOSIT)
    return in_cents(deposit + within)


def prepaid_by_share(paid: Decimal, lessons: Decimal, used: Decimal) -> Decimal:
    """预付课程，不因你：扣掉用了的那几节，每节按打完折的均价。``lessons`` 要大于零。"""
    return _left(paid - paid * min(used, lessons) / lessons)


def prepaid_with_bonus(paid: Decimal, bonus: Decimal, used_at_list: Decimal) -> Decimal:
    """预付送额，不因你：用掉的按“实付占到账总额的比例”折算。``paid`` 要大于零。"""
    return _left(paid - used_at_list * paid / (paid + bonus))


def prepaid_by_list(paid: Decimal, used: Decimal, list_price: Decimal) -> Decimal:
    """预付课程，因你：用掉的按打折前的单价扣，扣完为止，不倒找。"""
    return _left(paid - used * list_price)


def prepaid_by_days(paid: Decimal, days: Decimal, days_left: Decimal) -> Decimal:
    """不限次的卡：按剩下的天数。``days`` 要大于零。"""
    return in_cents(paid * min(days_left, days) / days)


def _left(value: Decimal) -> Decimal:
    return in_cents(max(Decimal(0), value))
