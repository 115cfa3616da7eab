"""答题途中说的进展：第一次应一声；那一题还是没有答案、又说了进展的，先按不清楚给出结论，进展照记。"""

from ..domain.cues import VALUED
from .base import wording
from .base.turn import Reply, replies
from .case import reporting
from .interview import interviewing
from .reading import intents
from .reading.read import read
from .scene import Scene, load

_BEFORE_GIVING_UP = 2
"""选择题要多一次：没答上多半是没听懂他的话；日子、数目的题多半是他记不清。"""


async def hear(scene: Scene, intent: intents.Talk) -> list[Reply]:
    """应一声并数着；数够了、这一题又允许不清楚的，按不清楚给出结论，再把这句进展记进新立的案件。"""
    turn, interview, opened = scene.turn, scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    question = opened.question
    patience = 1 if question.kind in VALUED else _BEFORE_GIVING_UP
    if interview.dialogue.misreads < patience or not question.offers_unsure or opened.is_revision:
        await interviewing.note_miss(turn, interview)
        return replies(wording.NEWS_IN_INTERVIEW.format(question=question.text))
    said = await interviewing.take_unsure(turn, interview, question)
    if turn.known.opened is None:
        return said
    now = await load(turn, intent.said, is_command=False)
    heard = read(now.context, now.utterance).first
    return [*said, *(await reporting.report(turn, heard) if isinstance(heard, intents.Reported) else [])]
