"""能要多少：照案件的事实和说过的数列出各项；缺一样就问一样。"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ....domain.case.case_amounts import CLAIMED, stored
from ....domain.case.heard.called import known_sums
from ....domain.claims.claim import Claim, claim_of
from ....domain.claims.interest import Interest, interest_of
from ....domain.claims.said import read_inputs
from ....domain.claims.sums import prepaid_by_share
from ....domain.days.calendar import SHANGHAI
from ....domain.interview.answers import Answer, facts_from
from ....domain.understanding.sums.numbered import ordinal
from ....domain.understanding.sums.stated_sums import corrected_sum, denied_sum, stated_sum
from ....domain.understanding.writing.text import bare
from ....render.texts.claim_text import claim_facts, claim_messages, interest_facts
from ....render.texts.offer_text import yuan
from ....rulebook.derived.deciding import with_skipped
from ....rulebook.money_models.claim_models import ClaimInput, ClaimRole, load_claims
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case import cases
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading.awaits import AskAmount
from ..case_state import OpenedCase, opened
from ..casework import by_code
from . import amounts

_CLAIM = "claim"
_TOTALS = load_spoken().totals
_SUMS = load_spoken().sums
"""案件的钱数里，算能要多少用的那几样放在这里。"""
_TOLD = "claim_told"
"""说起过、这条路上没问到的几样（退货原因、运费怎么说）：算能要多少时照它。"""
_MATTERING = frozenset(
    fact
    for line in load_claims().lines
    if line.role in (ClaimRole.COST, ClaimRole.PUNITIVE)
    for when in line.scenarios.values()
    for clause in when
    for fact in clause
)
"""哪几样事实左右另花的钱、赔偿能不能要；退款怎么算只照问过的。"""
PRICES = ("price", "paid")
"""货款、交的学费：一件案件只用得上其中一样。"""
_LIST_PRICE = "list-price"
_COSTS = frozenset(name for line in load_claims().lines if line.role is ClaimRole.COST for name in line.needs)
"""另花的钱里，算能要多少用得上的几样。"""
_EITHER_WAY = frozenset({"运费", "邮费", "快递费"})
_COUNTED = frozenset({"lessons", "used", "days", "days-left", "times"})
"""数的不是钱。"""


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """能要的各项；退款还算不出来的，问缺的那一样。"""
    claims, claim = load_claims(), claim_for(turn, case)
    if claim.missing:
        name = claim.missing[0]
        await prompts.ask(turn, AskAmount(case=case.record.code, amount=name, plain=name in _COUNTED))
        asked = next((item.ask for item in claims.inputs if item.id == name), None)
        if name == _LIST_PRICE and (estimate := _estimate(inputs_of(case))) is not None:
            return replies(f"{estimate}\n{asked}")
        return replies(asked or claims.messages.ask_total)  # 打赏、充值缺的就是要的总数
    if not claim.lines:
        return replies(claims.messages.nothing.format(code=case.record.code))
    came = amounts.arrived_before(case)
    return replies(*claim_messages(claims, case.record.code, claim, _interest(turn, case, claim), came))


def _estimate(known: Mapping[str, Decimal]) -> str | None:
    """交了多少、一共几节、上了几节都知道：按均价先估一个；缺一样的为空。"""
    paid, lessons, used = (known.get(name) for name in ("paid", "lessons", "used"))
    if paid is None or used is None or not lessons or used >= lessons:
        return None
    left = prepaid_by_share(paid, lessons, used)
    return load_claims().messages.estimate.format(left=f"{(lessons - used).normalize():f}", sum=yuan(left))


async def hear(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """“能要多少 货款199 运费12”：记下说的几样再算；一样也没听出返回空。"""
    heard = read_inputs(load_claims(), said)
    if not heard:
        return []
    return await show(turn, await keep_inputs(turn, case, heard))


async def correct(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """明说了钱数记错了：货款、学费说过的改那一样，没说过的改要的总数；没说对的是多少返回空。

    “修改打赏总额 5150元”这样只报了个总数的也算。没说在改的（“微信还转过她 6200 是520那种”）不要交给它。
    """
    value, wrong = corrected_sum(said), denied_sum(said)
    known = known_sums(case.edition.scenario, case.answers, case.record.amounts)
    if wrong is not None and wrong not in known and not any(word in said for word in (*_TOTALS, *_SUMS)):
        return []  # “不是五千 是五千五”：五千不是记着的哪个数
    if value is None and any(word in said for word in _TOTALS):
        value = stated_sum(said)
    return [] if value is None else await correct_to(turn, case, value)


async def correct_to(turn: Turn, case: OpenedCase, value: Decimal) -> list[Reply]:
    """货款、学费说过的改成 ``value``，没说过的改要的总数；说回去。"""
    known = inputs_of(case)
    name = next((name for name in PRICES if name in known), CLAIMED)
    case = await keep_inputs(turn, case, {name: value})
    if name == CLAIMED or amounts.claimed_of(case) == known.get(name):
        await amounts.remember(turn, case, **{CLAIMED: value})
    return replies(load_claims().messages.corrected.format(total=yuan(value)))


def has_price(case: OpenedCase) -> bool:
    """货款、学费说过没有。"""
    return any(name in inputs_of(case) for name in PRICES)


async def keep_price(turn: Turn, case: OpenedCase, value: Decimal) -> OpenedCase:
    """这单花了多少：记作货款、学费；算不用这两样的原样。"""
    missing = claim_for(turn, case).missing
    name = missing[0] if missing and missing[0] in PRICES else ""
    return await keep_inputs(turn, case, {name: value}) if name else case


async def keep_told(turn: Turn, case: OpenedCase, told: Mapping[str, Answer]) -> OpenedCase:
    """说起过、这条路上没问到的，左右能要多少的记下。"""
    known = {question for question in told if question in _MATTERING and question not in case.answers}
    kept = {question: str(told[question].value) for question in known if isinstance(told[question].value, str)}
    if not kept:
        return case
    amounts_ = {**case.record.amounts, _TOLD: kept}
    return opened(await cases.save(turn.session, case.record, turn.now, amounts=amounts_), case.edition)


async def keep_costs(turn: Turn, case: OpenedCase, costs: Mapping[str, Decimal]) -> OpenedCase:
    """说起的另花的钱：算能要多少用得上的记下；光说“运费”的不知道是哪一程，不记。"""
    kept: dict[str, Decimal] = {}
    for word, value in costs.items():
        name = next((item.id for item in load_claims().inputs if item.id in _COSTS and _is_said(item, word)), None)
        if name is not None and word not in _EITHER_WAY:
            kept[name] = kept.get(name, Decimal()) + value
    return await keep_inputs(turn, case, kept) if kept else case


def counts(turn: Turn, case: OpenedCase, word: str) -> bool:
    """另花的这一样，这件案件里能不能一起要。"""
    wanted = {item.id for item in load_claims().inputs if item.id in _COSTS and _is_said(item, word)}
    lines = (line.words for line in claim_for(turn, case).lines if line.words.role is ClaimRole.COST)
    return any(wanted.intersection(line.needs) for line in lines)


def _is_said(item: ClaimInput, word: str) -> bool:
    return any(said in word or word in said for said in item.said)


async def note_price(turn: Turn, case: OpenedCase, value: Decimal) -> list[Reply]:
    """说了这单花了多少：记作货款、学费，还不知道要多少的也记作要的，再列能要的。"""
    case = await keep_price(turn, case, value)
    if amounts.claimed_of(case) is None:
        turn.changed("amount", f"要的是 {yuan(value)}", case.record.id)
        case = await amounts.remember(turn, case, **{CLAIMED: value})
    return await show(turn, case)


async def hear_asked(turn: Turn, code: str, name: str, said: str) -> list[Reply]:
    """问过缺的那一样，他说了一个数。"""
    case = await by_code(turn, code)
    if isinstance(case, list):
        return case
    number = ordinal(bare(said))
    heard = read_inputs(load_claims(), said)
    value = heard.get(name) or (amounts.sum_in(said) if number is None else Decimal(number))
    if value is None:
        return []
    await prompts.done(turn)
    return await show(turn, await keep_inputs(turn, case, {**heard, name: value}))


def claimed_lines(turn: Turn, case: OpenedCase) -> tuple[tuple[str, str], ...]:
    """写进文书的各项和合计，没说过算钱的数就不写，只有退款一项的正文里写着，也不写；和值得一提的利息。"""
    claim = claim_for(turn, case)
    lines = claim_facts(claim.lines) if inputs_of(case) else ()
    lines = lines if len(lines) > 1 else ()
    interest = _interest(turn, case, claim)
    apart = () if interest is None else (interest_facts(load_claims().interest, interest),)
    total = ((load_claims().messages.total_title, yuan(claim.total)),) if lines else ()
    return (*lines, *total, *apart)


def _interest(turn: Turn, case: OpenedCase, claim: Claim) -> Interest | None:
    """值得一提的利息；从付款那天算的，看他答的是哪天。"""
    claims = load_claims()
    answer = case.answers.get(claims.interest.since.get(case.edition.scenario.id, ""))
    since = answer.value if answer is not None and isinstance(answer.value, date) else None
    return interest_of(claims, claim, inputs_of(case), since, turn.now.astimezone(SHANGHAI).date())


def claim_for(turn: Turn, case: OpenedCase) -> Claim:
    """照案件现在知道的算。"""
    scenario = case.edition.scenario
    known, applicable = facts_from(scenario, case.answers, case.record.opened_at, turn.services.calendar)
    inputs = inputs_of(case)
    claimed = amounts.claimed_of(case)
    if claimed is not None:
        inputs.setdefault(CLAIMED, claimed)
    facts = {**with_skipped(scenario, known, applicable), **case.record.amounts.get(_TOLD, {})}
    return claim_of(load_claims(), scenario.id, facts, inputs)


async def keep_inputs(turn: Turn, case: OpenedCase, heard: Mapping[str, Decimal]) -> OpenedCase:
    """记下说的几样。"""
    turn.changed("amount", "算能要多少的数", case.record.id)
    said = {**inputs_of(case), **heard}
    kept = {**case.record.amounts, _CLAIM: {name: stored(value) for name, value in said.items()}}
    return opened(await cases.save(turn.session, case.record, turn.now, amounts=kept), case.edition)


def inputs_of(case: OpenedCase) -> dict[str, Decimal]:
    """说过的几样。"""
    written: dict[str, str] = case.record.amounts.get(_CLAIM, {})
    return {name: Decimal(value) for name, value in written.items()}
