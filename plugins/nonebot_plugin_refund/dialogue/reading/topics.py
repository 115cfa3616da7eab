"""听打听：问的是手册里的哪一种；听得准直接答，听着像的列出来给人选。"""

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.understanding.meaning import read_mood
from ...domain.understanding.meaning.scored import Scored
from ...domain.understanding.moods import Mood
from .context import Context
from .utterance import Utterance

CERTAIN = 0.75
"""这么像，不在问也算。"""
ANSWER = 0.42
"""在问，又这么像，就直接答。"""
AHEAD = 0.05
"""直接答的，还要比第二像的高出这么多。"""
OFFER = 0.26
"""在问，有这么像，就列出来。"""
_NEAR = 0.6
"""列出来的，至少要有最像的那一种的几成像。"""
_MOST_OFFERED = 3
_ASKING = 0.5
"""学来的语气有这么大把握是在问：“介入要钱不”没有问号，也没有疑问词。"""


@dataclass(frozen=True, slots=True)
class HeardTopic:
    """听到的打听。"""

    id: str | None
    """听准了的；听不准为空。"""
    offered: tuple[str, ...]
    """听不准时最像的几种，像的在前。"""
    score: float


def hear_topic(context: Context, utterance: Utterance) -> HeardTopic | None:
    """问的是手头这件事的哪一种打听；没在问、哪种都不像为 ``None``。"""
    found = likeliest_topics(context, utterance)
    if not found or found[0].score < OFFER:
        return None
    best = found[0]
    if best.score >= CERTAIN:
        return HeardTopic(best.id, (), best.score)
    if not is_asking(utterance):
        return None
    sure = _sure_one(found)
    if sure is not None:
        return HeardTopic(sure, (), best.score)
    near = tuple(one.id for one in found[:_MOST_OFFERED] if one.score >= _NEAR * best.score)
    return HeardTopic(None, near, best.score)


def asked_beside(context: Context, utterance: Utterance) -> str | None:
    """一句话里别的小句在说事、在回答，还有小句在打听：听准了的才算。"""
    asking = [clause.text for clause in utterance.clauses if clause.mood is Mood.QUESTION]
    if not asking or len(asking) == len(utterance.clauses):
        return None
    return _sure_one(context.book.topics.read(" ".join(asking), scenarios_at_hand(context)))


def likeliest_topics(context: Context, utterance: Utterance) -> tuple[Scored, ...]:
    """各种打听有多像，像的在前；话里还有别的小句的，只拿在问的那些再比一遍，取更像的。"""
    reader, at_hand = context.book.topics, scenarios_at_hand(context)
    found = reader.read(utterance.text, at_hand)
    asking = [clause.text for clause in utterance.clauses if clause.mood is Mood.QUESTION]
    if asking and len(asking) < len(utterance.clauses):
        part = reader.read(" ".join(asking), at_hand)
        if part and (not found or part[0].score > found[0].score):
            return part
    return found


def scenarios_at_hand(context: Context) -> tuple[str, ...]:
    """手头说着的场景：正问着的、没结案的案件的。"""
    asked = (context.open_question.scenario.id,) if context.open_question is not None else ()
    return tuple(dict.fromkeys((*asked, *(matter.scenario.id for matter in context.matters))))


def is_asking(utterance: Utterance) -> bool:
    """在不在问：照词看，再照学来的语气看。"""
    return utterance.asks or read_mood(utterance.raw).get("question", 0.0) >= _ASKING


def _sure_one(found: Sequence[Scored]) -> str | None:
    """听准了的那一种：够像，又比第二像的高出一截。"""
    if not found or found[0].score < ANSWER:
        return None
    second = found[1].score if len(found) > 1 else 0.0
    return found[0].id if found[0].score - second >= AHEAD else None
