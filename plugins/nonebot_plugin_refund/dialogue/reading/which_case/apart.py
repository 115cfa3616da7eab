"""明说了另外记一件：直接开始那件，听不出是哪种的列出来请他选，手头的照旧。"""

import re

from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import PickScenario
from ..context import Context
from ..intents import Band, Reading
from ..recognising import by_goods, recognised
from ..utterance import Utterance

_APART = re.compile(rf"(?<![让叫催])(?:{'|'.join(re.escape(word) for word in load_spoken().matters.apart)})")
_ASKS_HOW = re.compile(r"怎么|咋|如何|能不能|可不可以|可以|行不行|[吗不么]$")
_FILLING = re.compile(r"[个件单案事儿吧啊呀了呢嘛给我你帮再把就要想也 ,，。!！?？]")
_SAYS_WHAT = 2
HOW_APART = "record-apart"
"""手册里的一种打听：几件事怎么分开记。"""


def read_apart(context: Context, utterance: Utterance) -> Reading | None:
    """“坚果另外记一件”“新的一件 充电宝没收到货”；光问怎么分开记的，告诉他怎么说。"""
    if context.spoken_of is None or context.is_command or utterance.is_bare:
        return None
    is_listed = isinstance(context.awaits, PickScenario) and context.awaits.apart
    said = _APART.search(utterance.text)
    if said is None and not is_listed:
        return None
    rest = _APART.sub(" ", utterance.text).strip()
    is_told = len(_FILLING.sub("", rest)) >= _SAYS_WHAT
    asks_how = said is not None and _ASKS_HOW.search(utterance.text) and not _names_goods(context, rest)
    if asks_how:
        return Reading((intents.Asked(HOW_APART, utterance.raw),), Band.RECORD, 0.7, ("问怎么另外记",))
    book = context.book
    found = recognised(book.classifier, rest, first=True) if is_told else None
    scenario = found and (found.scenario or by_goods(book.classifier, book.scenarios, rest))
    if found is None or scenario is None:
        menu = intents.WantsMenu(another=True, apart=True)
        return Reading((menu,), Band.ASK, 0.6, ("要另外记一件，没说是哪种",)) if said is not None else None
    matter = intents.NewMatter(scenario, rest, sure=True, instead=True)
    return Reading((matter,), Band.RECORD, found.score, ("要另外记一件",))


def _names_goods(context: Context, said: str) -> bool:
    return "goods" in context.book.classifier.features(said)[0]
