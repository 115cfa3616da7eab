"""问过是不是，没有光说“是”：话里总有应的字、或问的那件事的字，才算应了。"""

from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import ReportableEvent

_COMING = set("到退收返账钱款齐够拿")
"""说钱到了总有其中一个字。"""
_YES_FIRST = tuple("是对嗯恩哦好行中得确没可当肯")
_BEFORE_YES = "就那我你这也真"
_SAYS_NOTHING = frozenset("了的是我在有就都也一个")


def echoes(event: ReportableEvent, text: str) -> bool:
    """“收到了收到了”“交上去了”应的是问的那件事；“主播把聊天记录全删了”不是。"""
    said = normalise(text)
    if says_yes_first(text):
        return True
    own = set(event.label) | (_COMING if event.id.startswith("arrived") else set[str]())
    return bool((set(said) - _SAYS_NOTHING) & own)


def says_yes_first(text: str) -> bool:
    """开头就应了：“是”“对”“嗯嗯”“那行”。"""
    return normalise(text).lstrip(_BEFORE_YES).startswith(_YES_FIRST)


def echoes_words(event: ReportableEvent, text: str) -> bool:
    """把问的那件事用它的说法又说了一遍：“不退了”“算了吧”。"""
    said = normalise(text)
    return any(normalise(word) in said for word in event.event.said) or event.label in said
