"""等着 12315 答复时说“立案了”：12315 受理也叫立案，没说是法院的，不当成起诉。"""

import re

from ....domain.case.heard.news import HeardEvent
from ..context import OpenMatter
from ..utterance import Utterance

_FILED = "立案"
_COURT = re.compile(r"法院|法庭|法官|起诉|诉|告|仲裁|案号|小额|简易|普通程序|开庭|传票|缴费|交费|诉讼费")
_SUED, _ACCEPTED = "sued", "accepted"


def who_filed(matter: OpenMatter, utterance: Utterance, heard: HeardEvent) -> tuple[str, ...]:
    """两样都像：12315 受理了、起诉立案了，问他是哪一样；说了是哪家的、没在等 12315 的为空。"""
    if heard.event.id != _SUED or _FILED not in utterance.text or _COURT.search(utterance.text) is not None:
        return ()
    return (_ACCEPTED, _SUED) if matter.stage.event(_ACCEPTED) is not None else ()
