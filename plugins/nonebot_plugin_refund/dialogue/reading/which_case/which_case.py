"""刚记下、刚问的说的是另一件案件：“我说的是我自己那个 不是弟弟的”“记错了 是1280那笔”。"""

import re
from dataclasses import replace

from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import case_of
from ..context import Context, OpenMatter
from ..intents import Reading
from ..utterance import Utterance
from .whose import VALUE, meant, says_more_than_one

_SEVERAL = 2
_OF = re.compile(
    r"[我说指讲问聊弄办退到账意应拒绝交批收过来](?:了)?的(?:就|都|可|应该|其实)?是(?P<which>[^,，。!！?？;；]{1,24})"
)
"""“同意退的是我那个”：后面说的是哪一件。"""
_STARTS = re.compile(
    r"[哎诶唉啊呀哦噢嗯不对\s,，]{0,6}(?:(?:这|那)(?:个|笔|条|件)?|刚才(?:那个|说的)?)?(?:就|应该|其实)?(?:不?是|算)"
)
"""开头就在说是哪一件、不是哪一件。"""
_DID_IT = re.compile(r"[刷充买付花][的了](?![那这])")
"""“不是我充的 是弟弟充的”：说的是谁做的，也许在改答案。"""
_LONGEST = 24
_DONE_WITH = re.compile(r"[充刷买付](?=的?[那这])")
"""“充的那个”里的“充”。"""
_NAMING_WORDS = ("打赏", "没关系", "案件", *(word for words in load_spoken().things.values() for word in words))
_NAMING_CHARACTERS = frozenset(
    "你我俺他她它是算记不的头名下哎诶唉嗯那这个笔件单次份条事案说指讲应该就才对吧嘛了呢啊呀啦哈哦噢其实刚才上面自己钱块元跟"
    "0123456789abcdefghijklmnopqrstuvwxyz零一二三四五六七八九十百千万 ,，。.!！"
)
"""整句除了说是哪一件，没有说别的：只有这些字。"""
_WRONG = load_spoken().which_wrong
_PEOPLE = sorted((*load_spoken().people.children, *load_spoken().people.family), key=len, reverse=True)


def read_which_case(context: Context, utterance: Utterance) -> Reading | None:
    """说刚记下的、刚问的是另一件的：挪过去。"""
    if len(context.matters) < _SEVERAL or context.open_question is not None or context.is_command:
        return None
    if utterance.asks or utterance.is_bare or says_more_than_one(utterance) or VALUE.search(utterance.text):
        return None
    moved = _said_to_be(context, utterance) or _only_named(context, utterance)
    return None if moved is None else Reading((moved,), score=0.8, explain=("说的是另一件案件",))


def _said_to_be(context: Context, utterance: Utterance) -> intents.Moved | None:
    """明说了是哪一件、不是哪一件，或说记错了；没有这样说的为 ``None``。"""
    text = utterance.text
    if (of := _OF.search(text)) is not None and (matter := _plainly(context, of["which"])) is not None:
        return intents.Moved(matter.code, utterance.raw)
    matter = _plainly(context, utterance.raw)
    if matter is None or len(text) > _LONGEST or _DID_IT.search(text) is not None:
        return None
    is_short = _says_no_more(text)
    if any(word in text for word in _WRONG) or (is_short and _STARTS.match(text) is not None):
        return intents.Moved(matter.code, utterance.raw)
    return None


def _only_named(context: Context, utterance: Utterance) -> intents.Moved | None:
    """问着、列着一件的，整句只提到另一件：“弟弟那个呢”。"""
    waits_for = case_of(context.awaits)
    if waits_for is None or len(utterance.text) > _LONGEST or not _says_no_more(utterance.text):
        return None
    matter = _plainly(context, utterance.raw)
    return (
        None if matter is None or matter.code == waits_for else intents.Moved(matter.code, utterance.raw, plainly=False)
    )


def _says_no_more(text: str) -> bool:
    """除了说是哪一件，没有说别的。"""
    rest = _DONE_WITH.sub("", text)
    for word in (*_NAMING_WORDS, *_PEOPLE):
        rest = rest.replace(word, "")
    return _NAMING_CHARACTERS.issuperset(rest)


def _plainly(context: Context, said: str) -> OpenMatter | None:
    found = meant(replace(context, awaits=None), Utterance(said))
    return None if found.is_faint else found.matter
