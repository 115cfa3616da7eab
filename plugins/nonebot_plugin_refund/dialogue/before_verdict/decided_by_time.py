"""问答放着的几天里日子过了期限，剩下的一问不用再问：先给结论、立案、记上途中说起的进展，再听这句话。"""

from ..base.turn import Reply
from ..interview import interviewing, under_way
from ..reading import intents
from ..reading.intents import Intent
from ..scene import Scene
from . import early_news
from .two_messages import folded

_NOT_WAITING = (intents.Danger, intents.PrivateNumbers, intents.Command, intents.Control)
"""这些话照它自己办，结论不抢在前面。"""
LABEL = "问答的结论"


def is_due(scene: Scene, first: Intent) -> bool:
    """没有一问还等着；在改案件答案的、不该打断的不算。"""
    interview = scene.interview
    if interview is None or interview.record.case_id is not None or isinstance(first, _NOT_WAITING):
        return False
    return under_way.pending_of(scene.turn, interview) is None


async def conclude(scene: Scene) -> list[Reply]:
    """结论，和记上的进展。"""
    assert scene.interview is not None
    said = await interviewing.go_on(scene.turn, scene.interview, "")
    news = await early_news.put_in(scene.turn, scene.interview.dialogue.early)
    return folded(said, news, (), has_moved=bool(news), has_offer=False)
