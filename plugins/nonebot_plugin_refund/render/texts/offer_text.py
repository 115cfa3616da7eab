"""对方出了一个数：怎么说回去，装进至多两条短消息。"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ...domain.case.case_amounts import Comparison
from ...domain.understanding.sums.offered_sums import OfferedSum
from ...rulebook.money_models.offer_models import Offers

LONGEST = 200
"""一条消息至多这么多字。"""
_MOST_GROUNDS = 2
_HALF = Decimal("0.5")


def yuan(value: Decimal) -> str:
    """``1,234.5 元``：不带多余的零。"""
    return f"{plain(value)} 元"


def plain(value: Decimal) -> str:
    """``1,234.5``：到两位小数，不带多余的零。"""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def yuan_between(low: Decimal, high: Decimal) -> str:
    """一个数，或一个范围。"""
    return yuan(low) if low == high else f"{yuan(low).removesuffix(' 元')} 到 {yuan(high)}"


def offered_in_words(offered: OfferedSum, comparison: Comparison | None = None) -> str:
    """对方的数；说的是几成、又知道要的是多少的，写明合多少元。"""
    if not offered.is_share:
        return yuan_between(offered.low, offered.high)
    share = "一半" if offered.low == _HALF else f"{plain(offered.low * 100)}%"
    return share if comparison is None else f"{share}（{yuan(comparison.low)}）"


def comparison_lines(offers: Offers, offered: OfferedSum, comparison: Comparison | None) -> list[str]:
    """对方的数和要的一比；不知道要多少的，只说对方的数。"""
    words = offered_in_words(offered, comparison)
    if comparison is None:
        return [offers.messages.unknown.format(offered=words)]
    said = offers.messages.enough if comparison.is_enough else offers.messages.less
    return [
        said.format(
            offered=words,
            claimed=yuan(comparison.claimed),
            share=_share(comparison),
            short=yuan_between(comparison.short_low, comparison.short_high),
        )
    ]


def ground_lines(offers: Offers, grounds: Iterable[str]) -> list[str]:
    """对方给的理由、提的条件各值多少，至多两条。"""
    return [offers.answer_of(ground) for ground in grounds][:_MOST_GROUNDS]


def choice_lines(offers: Offers, comparison: Comparison | None, day: str) -> list[str]:
    """答应了会放弃什么、先收没争议的、写回复、下次什么时候问。"""
    messages = offers.messages
    upcoming = messages.next.format(day=day) if day else messages.next_undated
    if comparison is None:
        return [messages.gives_up_unsaid, upcoming]
    if comparison.is_enough:
        return [upcoming]
    short = yuan_between(comparison.short_low, comparison.short_high)
    offered = yuan_between(comparison.low, comparison.high)
    return [messages.gives_up.format(short=short), messages.undisputed.format(offered=offered), upcoming]


def arrived_lines(
    offers: Offers, arrived: Decimal, claimed: Decimal, *, settles: bool, dealt: bool = False
) -> list[str]:
    """到账的比要的少：差多少，还能怎样；``settles`` 是记下就会了结，``dealt`` 是比的是说好的数。"""
    short = yuan(claimed - arrived)
    short_of = offers.messages.arrived_short_of_deal if dealt else offers.messages.arrived_short
    said = short_of.format(arrived=yuan(arrived), claimed=yuan(claimed), short=short)
    last = [offers.messages.arrived_settle] if settles else []
    return [said, offers.messages.arrived_choices.format(short=short), *last]


def money_line(claimed: Decimal | None, offered: OfferedSum | None, arrived: Decimal, *, dealt: bool) -> str:
    """进度里的一行：要的、对方肯给的（``dealt`` 是说好了的）、到了的；没出过价、也没到过钱的为空。"""
    if offered is None and arrived <= 0:
        return ""
    said = [f"你要的 {yuan(claimed)}"] if claimed is not None else []
    if offered is not None:
        said.append(f"{'说好的是' if dealt else '对方肯给'} {offered_in_words(offered)}")
    return "钱：" + "；".join([*said, f"到账 {yuan(arrived)}" if arrived > 0 else "还没到账"])


def waiting_line(offers: Offers, arrived: Decimal, expected: Decimal, until: str) -> str:
    """分几次付的到了一次：还差多少，说好最晚哪天。"""
    return offers.messages.arrived_waiting.format(arrived=yuan(arrived), short=yuan(expected - arrived), until=until)


def packed(lines: Sequence[str], most: int = 2) -> list[str]:
    """按先后装进至多 ``most`` 条消息，每条不过两百字；装不下的一句略去，后面的接着装。"""
    messages: list[str] = []
    for line in lines:
        if messages and len(messages[-1]) + 1 + len(line) <= LONGEST:
            messages[-1] = f"{messages[-1]}\n{line}"
        elif len(messages) < most:
            messages.append(line)
    return messages


def _share(comparison: Comparison) -> str:
    low, high = comparison.share_low, comparison.share_high
    return f"{low}%" if low == high else f"{low}% 到 {high}%"
