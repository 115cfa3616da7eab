"""能要多少：各项和合计，各凭什么，不要写什么。"""

from ...domain.claims.claim import Claim, ClaimLine
from ...rulebook.scenario_models.claim_models import Claims
from .offer_text import packed, yuan

_MOST_GROUNDS = 4


def claim_messages(claims: Claims, code: str, claim: Claim) -> list[str]:
    """先是数，再是条件和凭据。"""
    messages = claims.messages
    lines = [messages.head.format(code=code), *(_line(claims, line) for line in claim.lines)]
    if claim.total > 0:
        lines.append(messages.total.format(total=yuan(claim.total)))
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


def claim_facts(lines: tuple[ClaimLine, ...]) -> tuple[tuple[str, str], ...]:
    """写得出数的各项：名称和钱数。"""
    return tuple((line.words.title, yuan(line.amount)) for line in lines if line.amount is not None)


def _line(claims: Claims, line: ClaimLine) -> str:
    messages, words = claims.messages, line.words
    if line.amount is None:
        return messages.line_without_sum.format(title=words.title, condition=words.condition)
    return messages.line.format(title=words.title, amount=yuan(line.amount))
