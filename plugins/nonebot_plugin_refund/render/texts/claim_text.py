"""能要多少：各项和合计，各凭什么，不要写什么。"""

from decimal import Decimal

from ...domain.claims.claim import Claim, ClaimLine
from ...domain.claims.interest import Interest
from ...rulebook.money_models.claim_models import ClaimRole, Claims, InterestWords
from ..dates import written_day
from .offer_text import packed, yuan

_MOST_GROUNDS = 4


def claim_messages(
    claims: Claims, code: str, claim: Claim, interest: Interest | None = None, came: Decimal = Decimal()
) -> list[str]:
    """先是数，再是条件和凭据；``interest`` 是值得一提的利息，``came`` 是先前说过到了多少。"""
    messages = claims.messages
    told = () if interest is None else claims.interest.lines  # 下面说数，不再说怎么写
    shown = [line for line in claim.lines if line.words.id not in told]
    lines = [messages.head.format(code=code), *(_line(claims, line) for line in shown)]
    if claim.total > 0:
        lines.append(messages.total.format(total=yuan(claim.total)))
    is_in_total = any(line.words.role is ClaimRole.REFUND and line.amount is not None for line in claim.lines)
    if is_in_total and 0 < came < claim.total:
        lines.append(messages.came.format(came=yuan(came), left=yuan(claim.total - came)))
    if interest is not None:
        lines.append(_estimate(claims.interest, interest))
    if claim.others:
        others = "，".join(f"{title}{amount}" for title, amount in claim_facts(claim.others))
        lines.append(messages.others.format(others=others))
    grounds = [
        messages.how.format(title=line.words.title, condition=line.words.condition, proof=line.words.proof)
        for line in claim.lines
        if line.amount is not None
    ]
    more = [messages.more] if any(line.words.id == "price" for line in claim.lines) else []
    return ["\n".join(lines), *packed([*grounds[:_MOST_GROUNDS], messages.not_asked, *more])]


def _estimate(words: InterestWords, interest: Interest) -> str:
    so_far = ""
    if interest.since is not None and interest.so_far is not None:
        so_far = words.so_far.format(since=written_day(interest.since), sum=yuan(interest.so_far))
    percent = f"{interest.percent.normalize():f}"
    return words.estimate.format(percent=percent, day=yuan(interest.a_day), year=yuan(interest.a_year), so_far=so_far)


def interest_facts(words: InterestWords, interest: Interest) -> tuple[str, str]:
    """写进文书的一行：只写怎么算，不写数，利率以公布的为准。"""
    since = f"自{written_day(interest.since)}" if interest.since is not None else words.from_payment
    return words.title, words.in_paper.format(since=since)


def claim_facts(lines: tuple[ClaimLine, ...]) -> tuple[tuple[str, str], ...]:
    """写得出数的各项：名称和钱数。"""
    return tuple((line.words.title, yuan(line.amount)) for line in lines if line.amount is not None)


def _line(claims: Claims, line: ClaimLine) -> str:
    messages, words = claims.messages, line.words
    if line.amount is None:
        return messages.line_without_sum.format(title=words.title, condition=words.condition)
    return messages.line.format(title=words.title, amount=yuan(line.amount))
