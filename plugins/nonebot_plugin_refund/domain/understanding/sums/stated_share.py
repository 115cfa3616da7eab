"""说了几成、又说了合多少元的（“只给退微信那块的一半 3390”）：说出来的那个数算数。"""

import re
from decimal import Decimal

from .moved_sums import SUM_SAID
from .offered_sums import SUM_WRITTEN, OfferedSum, read_offered

_STATED = re.compile(
    r"(?:的?(?:钱|款))?[ ,(（:]{0,2}"
    r"(?:也?就是|大概|大约|差不多|约|合计?|算下来|算出来|一共|总共|共|是|才|只有|拢共){0,2}\s?"
    rf"(?P<sum>{SUM_SAID})(?!的|\s?(?:运费|邮费|手续费|违约金))"
)

_OF = re.compile(rf"\s?(?:块钱?|元)?的(?P<share>{SUM_WRITTEN})")
"""“9236的一半”。"""


def share_of(text: str, whole: str) -> str:
    """``whole`` 后面跟着“的一半”“的七成”：那几成怎么写的；没跟为空。"""
    place = text.find(whole)
    match = _OF.match(text, place + len(whole)) if place >= 0 else None
    read = read_offered(match["share"]) if match is not None else None
    return match["share"] if match is not None and read is not None and read.is_share else ""


def stated_beside(text: str, share: str, known: frozenset[Decimal]) -> OfferedSum | None:
    """``text`` 里紧跟在 ``share`` 后面说的数；没说、说的是几成、正是早就说过的数（要的、到了的）为空。"""
    place = text.find(share)
    match = _STATED.match(text, place + len(share)) if place >= 0 else None
    read = read_offered(match["sum"]) if match is not None else None
    return None if read is None or read.is_share or read.low in known else read
