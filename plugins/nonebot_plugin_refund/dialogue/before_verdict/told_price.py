"""问答里说起的价钱、另花的钱：有了结论记进案件，免得再问一遍。"""

from collections.abc import Mapping
from decimal import Decimal

from ...domain.case.case_amounts import CLAIMED
from ...domain.hearing.told_beside import may_tell_beside, told_beside
from ...domain.interview.dialogue import Dialogue
from ...render.texts.offer_text import yuan
from ...rulebook.scenario_models.models import QuestionKind, Scenario
from ..base.turn import Reply, Turn, replies
from ..case import casework, told_for_papers
from ..case.case_state import OpenedCase
from ..case.money import amounts, claiming
from ..reading.before_verdict.told_beside import price_beside
from ..scene import Scene

COSTS = "你还说过{costs}：票据留好。算得进去的发「能要多少」看，算不进去的谈的时候另提。"
ROUGH = "{word}约 {about}，先不当准数；看到准数再说一遍，我就记上。"
KEPT_TOTAL = "你说过一共 {price}，先照它算、照它写；不对就说「记错了 是多少」。"
KEPT = "你说过这单 {price}，先照它比、照它算；不对就说「价格记错了 是多少」。"


async def settle(scene: Scene) -> list[Reply]:
    """这句话有了结论、立了案的，把说起的价钱、另花的钱记进去说回去；还没有结论的为空。"""
    turn = scene.turn
    if turn.known.opened is None:
        return []
    told = price_beside(scene.context, scene.utterance) if turn.incoming.text else None
    interview = scene.interview
    dialogue = interview.dialogue if interview is not None else None
    if interview is not None and asks_sum(interview.edition.scenario):
        told = None  # 这一句里的钱数，说是一共多少的才算，另记着
    before = dialogue.spent if dialogue is not None else None
    price = Decimal(before) if before is not None else told
    if dialogue is not None and dialogue.held:
        await _keep_total(turn, dialogue)
        if (case := await _opened(turn)) is not None:
            case = await claiming.keep_told(turn, case, dialogue.held)
            await told_for_papers.keep(turn, case, dialogue.held)
    costs = _costs(scene)
    said = [] if price is None and not costs else await _into_case(turn, price, costs)
    return [*said, *replies(_rough(scene, costs))]


async def _keep_total(turn: Turn, dialogue: Dialogue) -> None:
    """先说起过一共多少（当时说回给他听过），这条路上没问到那一题：也记作要的。"""
    case = await _opened(turn)
    if case is None or amounts.claimed_of(case) is not None:
        return
    asked = (one.id for one in case.edition.scenario.questions if one.kind is QuestionKind.AMOUNT)
    told = [dialogue.held[key].value for key in asked if key in dialogue.held]
    if len(told) == 1 and isinstance(told[0], (int, float)) and told[0] > 0:
        await amounts.remember(turn, case, **{CLAIMED: Decimal(str(told[0]))})


async def _opened(turn: Turn) -> OpenedCase | None:
    opened = await casework.open_cases(turn)
    case = next((case for case in opened if case.record.id == turn.known.opened), None)
    return case if isinstance(case, OpenedCase) and case.position is not None else None


def asks_sum(scenario: Scenario) -> bool:
    """这种问答自己就问钱数。"""
    return any(question.kind is QuestionKind.AMOUNT for question in scenario.questions)


def cost_in_words(word: str, value: Decimal) -> str:
    """另花的一笔：多少、花在哪。"""
    return f"另花的 {yuan(value)}（{word}）"


def rough_in_words(word: str, value: Decimal) -> str:
    """另花的一笔，只说了约数。"""
    return ROUGH.format(word=word, about=yuan(value))


def _costs(scene: Scene) -> Mapping[str, Decimal]:
    """问答里说起的另花的钱，连同这句话说的。"""
    costs: dict[str, Decimal] = {}
    if scene.interview is not None:
        costs |= {word: Decimal(value) for word, value in scene.interview.dialogue.costs.items()}
    if scene.turn.incoming.text and may_tell_beside(scene.utterance.raw):
        costs |= told_beside(scene.utterance.raw, scene.turn.said_at).costs
    return costs


def _rough(scene: Scene, costs: Mapping[str, Decimal]) -> str:
    """说起过、只有约数的：提一句；后来说了准数的不提。"""
    rough = {} if scene.interview is None else dict(scene.interview.dialogue.rough)
    if scene.turn.incoming.text and may_tell_beside(scene.utterance.raw):
        now = told_beside(scene.utterance.raw, scene.turn.said_at).rough
        rough |= {word: str(value) for word, value in now.items()}
    return "".join(rough_in_words(word, Decimal(value)) for word, value in rough.items() if word not in costs)


async def _into_case(turn: Turn, price: Decimal | None, costs: Mapping[str, Decimal]) -> list[Reply]:
    case = await _opened(turn)
    if case is None:
        return []
    said: list[str] = []
    if price is not None and amounts.claimed_of(case) is None:
        is_total = asks_sum(case.edition.scenario)
        case = case if is_total else await claiming.keep_price(turn, case, price)
        case = await amounts.remember(turn, case, **{CLAIMED: price})
        said.append((KEPT_TOTAL if is_total else KEPT).format(price=yuan(price)))
    if costs:
        await claiming.keep_costs(turn, case, costs)
        said.append(COSTS.format(costs="、".join(cost_in_words(word, value) for word, value in costs.items())))
    return replies("\n".join(said))
