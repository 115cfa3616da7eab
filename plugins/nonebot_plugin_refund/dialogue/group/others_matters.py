"""群里说的是别人的事（“我同事说她在快手买的课退成了”“听楼上大姐讲退货很慢”）：没在问，我们不接。"""

import re

from ...domain.understanding.writing.text import normalise
from ...rulebook.wording_models.spoken import load_spoken
from ..reading.asking.topics import is_asking
from ..reading.utterance import Utterance

_GROUP = load_spoken().group
_OTHERS = "|".join(map(re.escape, _GROUP.others))
_MINE = "|".join(map(re.escape, _GROUP.mine))
_TOLD = re.compile(rf"(?:听[^\s,。!?]{{1,6}}?[说讲]|(?:{_OTHERS})(?![们\s,。!?:]))")
"""转述，或话头上说的就是别人；“朋友们”“邻居 …”是在招呼群里的人。"""
_OPENS = 6
"""别人要在话头这么几个字里说到，说的才是别人的事。"""


def tells_of_others(text: str) -> bool:
    """没叫我们、没在问，说的是别人的事；后面又说到自己的不算（“我同事说我这单能退”）。"""
    said = normalise(text)
    found = _TOLD.search(said)
    if found is None or found.start() > _OPENS or re.search(_MINE, said[found.end() :]) is not None:
        return False
    return not is_asking(Utterance(said))
