"""群里问到手册里的一种打听：听准了就答那一种，不立案、不问话；听不准的留给场景的简短回答。"""

from ...render.texts.topic_text import topic_message
from ..base.turn import Services

SURE = 0.5
"""最像的那一种要有这么大把握。"""
FAMILIAR = 1.0
"""话里的词要有这么熟：人人都看得到，答错不如不答。"""


def answer(services: Services, text: str, scenario_id: str | None) -> str:
    """听准了的一种打听的回答，连同依据；听不准为空。

    Args:
        services: 手册。
        text: 群里的话。
        scenario_id: 听出来的场景；没听出来的，各个场景的打听都比一遍。
    """
    shelf = services.shelf
    at_hand = (scenario_id,) if scenario_id else tuple(scenario.id for scenario in shelf.scenarios)
    found = shelf.topics.read(text, at_hand)
    heard = found.verbatim
    if heard is None and found.familiar >= FAMILIAR and found.likeliest and found.likeliest[0].score >= SURE:
        heard = found.likeliest[0].id
    scoped = next((one for one in shelf.rulebook.topics if one.id == heard), None)
    if scoped is None:
        return ""
    known = {source.id: source for source in shelf.rulebook.shared_sources}
    sources = [known[source] for source in scoped.topic.sources if source in known]
    return topic_message(scoped.topic, sources, {})
