"""“没有去法院做过认定”：没和那件事隔着几个字，说的是没做过，不是做过。"""

import re

from ....rulebook.scenario_models.models import Option
from ...understanding.writing.text import normalise

_DEEDS = "认定|鉴定|检测|看病|报警|报案|投诉|起诉|公证|改装"
_NOT_MEANT = "想到|想过|办法|多久|几天|意思|关系|问题|等"
_DONE = "过"
_DEED = re.compile(_DEEDS)
_NEVER = re.compile(rf"(?<![有不])[没未](?:有)?(?!{_NOT_MEANT})[^,，。;不没 ]{{0,8}}?(?P<deed>{_DEEDS})")
_NEGATIVE = re.compile(r"[不没未无]")


def never_done(option: Option, said: str) -> bool:
    """这一项的名称说的是做过什么，话里说没去做过。"""
    label = normalise(option.label)
    if _DONE not in label or _NEGATIVE.search(label) is not None:
        return False
    deeds = set(_DEED.findall(label))
    return bool(deeds) and any(found["deed"] in deeds for found in _NEVER.finditer(said))
