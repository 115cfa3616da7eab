"""案件：要写一份文书，说了是哪一份、写给谁。"""

import re
from dataclasses import replace

from ....domain.case.papers import asked_for
from ....domain.understanding.sums.numbered import ordinal
from ....domain.understanding.writing.listed_words import either
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import bare, normalise, shared_run
from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.paper_models import PaperSet
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..asking.topics import hear_topic
from ..commands import Command, CommandName
from ..context import Context, OpenMatter
from ..intents import Reading
from ..utterance import Utterance

_SPOKEN = load_spoken()
SHORTEST_PAPER_NAME = 3
"""说名字要一份文书，至少说三个字。"""


_HOW_WRITTEN = re.compile(
    rf"(?P<piece>{either(_SPOKEN.pieces_written)})(?:我们?|到底|应该|该|要|又|具体|得|可以|能)?{either(_SPOKEN.how_written)}"
)
_WRITING = re.compile(either(_SPOKEN.writing))
_VAGUE = frozenset({"那个", "那东西", "话", "内容"})
"""光这样说，不知道是不是一份文书，要说了写给谁、叫什么。"""
_WRITE = "写"


def read_named_paper(context: Context, utterance: Utterance) -> Reading | None:
    """“帮我写个申请说明”“给苹果的信咋写”，和隔了几句才回的“1 申请说明”。"""
    matter = context.matter
    papers = matter.scenario.papers if matter is not None else None
    if matter is None or papers is None:
        return None
    titles = _titles_of(papers)
    wanted = Reading((intents.Command(Command(CommandName.PAPERS)),), explain=("要一份文书",))
    number, _, rest = utterance.word.partition(" ")
    if ordinal(number) is not None and len(rest) >= SHORTEST_PAPER_NAME and any(bare(rest) in each for each in titles):
        return wanted
    said = bare(utterance.raw)
    if len(said) >= SHORTEST_PAPER_NAME and any(said in each for each in titles):
        return wanted
    if _asks_how(matter, utterance, said):
        return wanted
    if _WRITING.search(utterance.text) is None:
        return None
    if max(shared_run(each, said) for each in titles) < SHORTEST_PAPER_NAME:
        return None
    return replace(wanted, intents=(*wanted.intents, *_asked_beside_a_paper(context, utterance)))


@once_for_each(64)
def _titles_of(papers: PaperSet) -> tuple[str, ...]:
    """各份文书的名字，去掉标点。"""
    return tuple(bare(paper.title) for paper in papers.items)


def _asked_beside_a_paper(context: Context, utterance: Utterance) -> tuple[intents.Asked, ...]:
    """“小额诉讼怎么弄 起诉状能帮我写吗”：要文书的那一截之外，还问了手册里的一种。"""
    pieces = pieces_of(utterance.raw)
    rest = [piece for piece in pieces if _WRITE not in piece and _WRITING.search(piece) is None]
    other = Utterance(" ".join(rest))
    heard = hear_topic(context, other, surely_asking=True) if rest and other.asks else None
    return (intents.Asked(heard.id, other.raw),) if heard is not None and heard.id is not None else ()


def _asks_how(matter: OpenMatter, utterance: Utterance, said: str) -> bool:
    """问一份东西怎么写，眼下正好有这一份：写给谁、叫什么对得上，或名字里一样的字够多。"""
    asked = _HOW_WRITTEN.search(utterance.text)
    if asked is None or matter.scenario.papers is None:
        return False
    if asked["piece"] in _VAGUE and _WRITE not in utterance.text:
        return False  # “到法院的话怎么说”
    stage = matter.position.stage_id
    papers = [paper for paper in matter.scenario.papers.items if not paper.stages or stage in paper.stages]
    return bool(asked_for(papers, said, asked["piece"]))


def piece_asked(text: str) -> str:
    """问怎么写的，只说是一份什么东西的字（“申请”“信”）；没问怎么写为空。"""
    asked = _HOW_WRITTEN.search(normalise(text))
    return "" if asked is None else asked["piece"]
