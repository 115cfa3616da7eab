"""访谈里没在答，说的是别的：能记的记着、短短说回，题再问一遍；问到的时候提一句，有了结论记进案件。"""

from collections.abc import Mapping
from dataclasses import replace

from ...domain.hearing.beside.likely_options import LEAST_LIKELY, likely_beside, likely_of
from ...domain.hearing.cues import VALUED
from ...domain.hearing.hearing import Heard
from ...domain.hearing.told_beside import NOTHING_BESIDE, may_tell_beside, told_beside
from ...domain.interview.dialogue import Dialogue, Repeated
from ...domain.interview.interview import MisreadReason
from ...domain.understanding.meaning import NONE, read_option
from ...domain.understanding.meaning.options import trained_head
from ...render.dates import day_in_words
from ...render.texts.interview_text import asked_shortly
from ...render.texts.offer_text import yuan
from ...rulebook.scenario_models.models import Question, QuestionKind
from ..base.turn import Reply, replies
from ..interview import interviewing
from ..interview.telling import listener_for
from ..interview.under_way import OpenInterview
from ..reading import intents
from ..reading.before_verdict.told_beside import price_beside
from ..reading.context import OpenQuestion
from ..reading.intents import Reading
from ..reading.meanings.beside_intents import BesideTold
from ..scene import Scene
from .told_price import asks_sum, cost_in_words, rough_in_words

NOTED = "好，记着了：{told}。"
PROOFS = "{proofs}留好，原件别删。"
LIKELY = "好，听到了：{short}像是「{labels}」，问到时再跟你对一下。"
UNASKED = "好，听到了：{short}像是「{labels}」。结论用不着这一项，申请里照实写上就好。"
STILL = "还差这一题："
_ASIDES = (intents.Asked, intents.Talk, intents.Unclear, intents.EarlyNews)
"""没在答的几种话。"""
_SURE_ENOUGH = 0.85
"""要说出口的，得这么像。"""
_DONE = "了"
"""“截了图”说的是做过的事，不是一样东西。"""


async def hear(scene: Scene, intent: BesideTold) -> list[Reply]:
    """记着，说回，题再短短问一遍。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    scene.turn.changed("answer", "顺带说的")
    after = with_likely(scene, interview, _with_told(interview, intent))
    await interviewing.keep(scene.turn, interview.at(after))
    return replies(f"{_in_words(interview, intent)}{STILL}\n{asked_shortly(opened.question, after)}")


async def hear_likely(scene: Scene, heard: Heard) -> list[Reply]:
    """没听懂是这一题的哪一项，却像是说到了后面的一题：说一声，问到时再对；不是这样返回空。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None or opened.is_revision or not isinstance(heard.result, Repeated):
        return []
    missed = heard.result.misread
    is_open = missed.reason is MisreadReason.NOT_UNDERSTOOD and not missed.options
    if scene.utterance.asks or not (is_open or _is_hardly_an_answer(opened, scene.utterance.raw)):
        return []
    before = interview.dialogue
    after = with_likely(scene, interview, before, least=_SURE_ENOUGH)
    found = [key for key, told in after.likely.items() if before.likely.get(key) != told]
    if not found and heard.changed is None:
        return _never_asked(scene, interview, opened)
    if len(found) != 1:
        return []
    question = interview.edition.scenario.question(found[0])
    scene.turn.changed("answer", "顺带说的")
    await interviewing.keep(scene.turn, interview.at(after))
    told = LIKELY.format(short=question.short, labels=_labels(question, after.likely))
    return replies(f"{told}{STILL}\n{asked_shortly(opened.question, after)}")


def _never_asked(scene: Scene, interview: OpenInterview, opened: OpenQuestion) -> list[Reply]:
    """说的是这条路不会问到的一题：说一声听到了，什么也不记；听不准的返回空。"""
    if opened.question.kind not in VALUED:
        return []
    scenario, dialogue = interview.edition.scenario, interview.dialogue
    known = {**dialogue.answers, **dialogue.held, **dialogue.likely}
    others = [one for one in scenario.questions if one.id not in known and one.id != opened.question.id]
    told = likely_beside(scenario, others, scene.utterance.raw, least=_SURE_ENOUGH)
    if len(told) != 1:
        return []
    question = scenario.question(next(iter(told)))
    labels = _labels(question, told)
    return replies(
        f"{UNASKED.format(short=question.short, labels=labels)}{STILL}\n{asked_shortly(opened.question, dialogue)}"
    )


def _labels(question: Question, told: Mapping[str, str]) -> str:
    return "、".join(option.label for option in likely_of(question, told)) or "是"


def _is_hardly_an_answer(opened: OpenQuestion, said: str) -> bool:
    """选择题，最像的是没在答：列出来的几项只是凑数。"""
    question = opened.question
    if question.kind is not QuestionKind.CHOICE or trained_head(opened.scenario.id, question) is None:
        return False
    return read_option(opened.scenario.id, question, said)[0].id == NONE


_NOT_OURS = frozenset({intents.TalkKind.OTHERS, intents.TalkKind.ELSEWHERE})
"""说的是别人那件、别的平台上的：什么都不留。"""


async def settle(scene: Scene, reading: Reading) -> None:
    """还在问答：这句话顺带说的价钱、另花的钱留着；没在答的一句，说到的那天、像是说到的也留着。"""
    turn = scene.turn
    if not turn.incoming.text or turn.known.opened is not None or isinstance(reading.first, BesideTold):
        return
    if isinstance(reading.first, intents.Talk) and reading.first.kind in _NOT_OURS:
        return
    if scene.interview is None and scene.cases:
        return
    price = price_beside(scene.context, scene.utterance)
    told = told_beside(scene.utterance.raw, turn.said_at) if may_tell_beside(scene.utterance.raw) else NOTHING_BESIDE
    is_aside = scene.context.open_question is not None and isinstance(reading.first, _ASIDES)
    if price is None and not told and not is_aside:
        return
    interview = await interviewing.active(turn)
    if interview is None:
        return
    before = interview.dialogue
    spent = str(price) if price is not None and not asks_sum(interview.edition.scenario) else None
    costs = {**{word: str(value) for word, value in told.costs.items()}, **before.costs}
    rough = {**before.rough, **{word: str(value) for word, value in told.rough.items()}}
    after = replace(before, spent=before.spent or spent, costs=costs, rough=rough)
    if is_aside:
        is_news = isinstance(reading.first, intents.EarlyNews)  # 日子是那件进展的
        day = before.mentioned if is_news else told.day or before.mentioned
        least = _SURE_ENOUGH if isinstance(reading.first, intents.Unclear) else LEAST_LIKELY
        after = with_likely(scene, interview, replace(after, mentioned=day), least=least)
    if after != before:
        await interviewing.keep(turn, interview.at(after))


def with_likely(scene: Scene, interview: OpenInterview, dialogue: Dialogue, *, least: float = LEAST_LIKELY) -> Dialogue:
    """连同这句话里像是说到的别的题：问到时提一句。"""
    opened = scene.context.open_question
    if opened is None:
        return dialogue
    listener = listener_for(scene.turn, interview.edition, interview.as_of)
    asking = listener.may_ask(dialogue, opened.question)
    found = likely_beside(interview.edition.scenario, asking, scene.utterance.raw, least=least)
    return replace(dialogue, likely={**dialogue.likely, **found}) if found else dialogue


def _with_told(interview: OpenInterview, intent: BesideTold) -> Dialogue:
    told, dialogue = intent.told, interview.dialogue
    costs = {**dialogue.costs, **{word: str(value) for word, value in told.costs.items()}}
    paid = told.paid if asks_sum(interview.edition.scenario) else intent.price or told.paid
    spent = dialogue.spent if paid is None else str(paid)
    rough = {**dialogue.rough, **{word: str(value) for word, value in told.rough.items()}}
    return replace(dialogue, costs=costs, rough=rough, spent=spent, mentioned=told.day or dialogue.mentioned)


def _in_words(interview: OpenInterview, intent: BesideTold) -> str:
    told = intent.told
    is_asked = asks_sum(interview.edition.scenario)
    paid = told.paid if is_asked else intent.price or told.paid
    sums = [f"{'一共' if is_asked else '这单'} {yuan(paid)}"] if paid is not None else []
    sums += [cost_in_words(word, value) for word, value in told.costs.items()]
    days = [day_in_words(told.day, told.day)] if told.day is not None else []
    noted = NOTED.format(told="，".join((*sums, *days))) if sums or days else ""
    nouns = "、".join(word for word in told.proofs if _DONE not in word) or "这些凭证"
    proofs = PROOFS.format(proofs=nouns) if told.proofs else ""
    noted += "".join(rough_in_words(word, value) for word, value in told.rough.items())
    return noted + (proofs if noted or not proofs else f"好，{proofs}")
