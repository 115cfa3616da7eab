"""听出法院用哪种程序办：小额、简易、普通，各自多久审结（民事诉讼法第一百六十八、一百六十四、一百五十二条）。"""

import re

from ....rulebook.scenario_models.models import LimitRule
from ...case.told_limit import ToldLimit
from ..writing.text import normalise

_MONTHS = {"小额": 2, "简易": 3, "普通": 6}
_NAMED = re.compile(
    r"(?P<not>(?:不是|不算|不能算|不走|没走|不用|不适用|不按|没按|别按|由|从|不属于)\s?(?:按|走|用|的)?\s?)?"
    r"(?P<name>小额(?=诉讼|程序|的程序|速裁)|简易(?=程序|的程序|办|审)|普通(?=程序|的程序))"
)
_TURNED = re.compile(r"[转改变]")


def court_term(text: str) -> ToldLimit | None:
    """用的是哪种程序，多久审结；没说、说了几种又不是转过去的为空。小额也是简易的一种，两样都说的是小额。"""
    said = normalise(text)
    found = list(_NAMED.finditer(said))
    names = [match["name"] for match in found if not match["not"]]
    if len(set(names)) > 1:
        turned = _TURNED.search(said) is not None
        names = names[-1:] if turned else ["小额"] if set(names) == {"小额", "简易"} else []
    if not names:
        return None
    months = _MONTHS[names[0]]
    return ToldLimit(rule=LimitRule.MONTHS, least=months, most=months, term=True)
