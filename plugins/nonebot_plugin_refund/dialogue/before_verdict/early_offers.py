"""问答途中对方出的数：先说怎么应付、记着，有了结论和要的一比；没答应的说清没答应。"""

from dataclasses import replace

from ...domain.hearing.hearing import Heard
from ...domain.interview.early import EarlyOffer
from ...render.texts.interview_text import asked_shortly
from ...render.texts.offer_text import offered_in_words
from ..base import prompts
from ..base.turn import Reply, replies
from ..case import casework, topics
from ..case.money import agreeing, offering
from ..interview import interviewing
from ..interview.under_way import OpenInterview
from ..reading import intents
from ..reading.awaits import ConfirmReport
from ..reading.intents import Reading
from ..reading.money.offers import may_record
from ..scene import Scene
from . import early_news

TOPIC = "early-offer"
"""手册里的一种打听：还没有结论，对方就出了数。"""
KEPT = "对方出的 {offered}，先记着。还差这一题：\n{question}"
KEPT_TOO = "对方出的 {offered}，先记着。"
NEWS = "好，先记着：{label}。"
BEFORE = "你前面说对方出过 {offered}。"
REFUSED = "好，先记着：对方出过 {offered}，你没答应。有了结论我一起记上。还差这一题：\n{question}"


async def hear(scene: Scene, intent: intents.EarlyOffered) -> list[Reply]:
    """记着，题再短短问一遍；又出了一个数的，以后说的为准。"""
    interview, opened, turn = scene.interview, scene.context.open_question, scene.turn
    if interview is None or opened is None:
        return []
    turn.changed("answer", f"对方出的 {offered_in_words(intent.sum)}")
    offer = EarlyOffer(intent.sum, intent.refused)
    if intent.heard is not None:
        return await _answered_too(scene, interview, offer, intent.heard)
    early = interview.dialogue.early if intent.news is None else early_news.told_early(interview, turn, intent.news)
    await interviewing.keep(turn, interview.at(replace(interview.dialogue, offer=offer, early=early)))
    news = "" if intent.news is None else NEWS.format(label=early_news.dated_label(turn, intent.news))
    asked = asked_shortly(opened.question, opened.dialogue)
    words = offered_in_words(intent.sum)
    if intent.refused:
        return replies(news + REFUSED.format(offered=words, question=asked))
    return replies(topics.answer_to(turn, TOPIC), news + KEPT.format(offered=words, question=asked))


async def _answered_too(scene: Scene, interview: OpenInterview, offer: EarlyOffer, heard: Heard) -> list[Reply]:
    """同一句里答了正问着的那一题：出的数先记着，那一题照答，往下问。"""
    result = replace(heard.result, dialogue=replace(heard.result.dialogue, offer=offer))
    at = interview.at(replace(interview.dialogue, offer=offer))
    taken = await interviewing.take(scene.turn, at, replace(heard, result=result), exact=False)
    if scene.turn.known.opened is not None:
        return taken  # 有了结论，出的数记进案件时说
    kept = KEPT_TOO.format(offered=offered_in_words(offer.sum))
    return [*replies(*([] if offer.refused else [topics.answer_to(scene.turn, TOPIC)]), kept), *taken]


async def settle(scene: Scene, reading: Reading) -> list[Reply]:
    """这句话有了结论、立了案：途中出的数、这句话里出的数记进去；刚问了一句是不是的，只记没答应的。"""
    turn, interview, first = scene.turn, scene.interview, reading.first
    offer = interview.dialogue.offer if interview is not None else None
    if isinstance(first, intents.EarlyOffered):
        offer = EarlyOffer(first.sum, first.refused)
    if offer is None or turn.known.opened is None:
        return []
    case = next((case for case in await casework.open_cases(turn) if case.record.id == turn.known.opened), None)
    if case is None or case.position is None:
        return []
    matter = casework.matter_of(case, turn.services.calendar)
    told = intents.Offered(case.record.code, offer.sum, "", refused=offer.refused)
    if offer.refused:
        said = await agreeing.hear(turn, told)
        before = BEFORE.format(offered=offered_in_words(offer.sum))
        return [replace(said[0], text=f"{before}{said[0].text}"), *said[1:]] if said else []
    if isinstance(await prompts.pending(turn), ConfirmReport):
        return []
    return await offering.offered(turn, replace(told, sure=may_record(matter, ruled=False)))
