"""说记着的哪一件没有这回事，要撤掉：“把只退了一部分那条给我撤了 他一分没退”“哪来的拒绝 给我删了”。"""

import re

from ....domain.case.heard.likely import Likely
from ....domain.case.heard.news import hear_news
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..money.arrivals import read_money
from ..progress.denied import denied_of_mine
from ..progress.told_pieces import likely_in
from ..utterance import Utterance
from .corrections import names_a_sum

_UNDO = frozenset(load_spoken().undo)
_TAKE_OUT = r"(?:撤销|撤回|撤消|撤|删除|删|去掉|划|抹|取消)(?:了|掉|去)?(?:一下)?(?:它|吧|啊|了)*"
_TAKES_OUT = re.compile(r"撤|取消|回退|恢复|还原|改回|不算|undo|没有这回事")
"""“不对”“说错了”后面接着说了对的，不是要撤。"""
_RECORD = r"(?:那|这|上|前|刚才|刚刚|刚记|记)[一的]?(?:条|个|笔|步|次|下|句|件)"
_ASKED_OUT = re.compile(
    rf"^(?:你?[快帮给]?我?)?把?(?P<what>.{{0,12}}?)(?:{_RECORD}(?:记录|进展)?|的?(?:记录|进展))(?:给我|帮我|也|都|先)*{_TAKE_OUT}$"
    rf"|^{_TAKE_OUT}(?:刚才|刚刚|上面|前面)?的?(?:那|这|上一)?[个条句]?(?:记录|进展)?$"
    rf"|^(?:快?给我|帮我|麻烦){_TAKE_OUT}$"
)
"""小句里要把一条记录拿掉。“把投诉撤了”没说是哪条记录，说的是他自己去撤了投诉，不算。"""
_NEVER = re.compile(
    r"没有?(?:过?这回?事|过?这码事|这档子事)|哪来的|哪有的事|[瞎乱胡]记|(?:全|都|记)(?:是)?错|压根没|从来没有?|从没"
)
_ACCUSES = re.compile(r"[瞎乱胡]记|(?:全|都|记)(?:是)?错")
_ACCUSES_BY_ASKING = re.compile(
    r"谁说|谁[^,。]{1,6}了|哪一?个[^,。]{1,6}了|(?:啥|什么)时候?[^,。]{1,6}过|几时[^,。]{1,6}过|[瞎乱胡][说讲编]|哪里[^,。]{1,8}了|(?:怎么|咋)(?:写|记)|这事没有|没去|没说|没有[^,。]{1,6}[啊呀哦]"
)
_NOT = re.compile(r"[还都也从可]?(?:没有?|未|不曾)(?:来)?过?|哪来的?|谁说(?:的|他|她|我)*")
_LAST = re.compile(r"上一?[条个笔步次句]|刚[才刚记]|最后[那一]")
_RIGHT = ("是", "其实", "应该", "改成", "我已", "已经", "我是")
_LATELY = 4
_NAMES_IT, _NAMES_A_RECORD = 0.45, 0.3
_SAYS_LITTLE = 2


def read_taking_back(context: Context, utterance: Utterance) -> Reading | None:
    """要拿掉一条记录，或说记着的没有这回事：撤掉说到的那件；没明说要撤的、没说是哪件的，先问一句。"""
    matter = context.matter
    if not context.can_undo or context.open_question is not None or matter is None or not matter.walked:
        return None
    pieces = [normalise(piece) for piece in pieces_of(utterance.raw)]
    undone = [piece for piece in pieces if piece in _UNDO and _TAKES_OUT.search(piece)]
    asked = [piece for piece in pieces if piece not in _UNDO and _ASKED_OUT.match(piece)]
    if not asked and not (undone and len(undone) < len(pieces)) and _NEVER.search(utterance.text) is None:
        return _denied(matter, utterance)
    if undone and not asked and (right := _right_after(pieces)):
        return Reading((intents.Corrected(right),), explain=("撤销之后说了对的",))
    sure = bool(asked or undone)
    if not sure and names_a_sum(context, utterance):
        return None  # “价格记错了 是269”：改的是钱数
    if not sure and read_money(context, utterance) is not None:
        return None  # “你记错了……后来补58也到了 现在全齐了”：钱到没到说清楚了
    what = next((match["what"] for piece in asked if (match := _ASKED_OUT.match(piece)) and match["what"]), "")
    named = _named(matter, Utterance(what) if len(what) > 1 else utterance, surely_recorded=sure)
    if named is not None:
        undo = intents.Undo(named.label, named.id, sure=sure)
        return Reading((undo,), _band(sure), 0.7, (f"说“{named.label}”没有这回事",))
    if len(what) > 1:
        return Reading((intents.Undo(what),), Band.RECORD, 0.7, ("要撤掉说到的一件",))
    if sure:
        return Reading((intents.Undo(sure=False),), Band.CONFIRM, 0.6, ("要撤掉，没听出是哪件",))
    return None


def _denied(matter: OpenMatter, utterance: Utterance) -> Reading | None:
    """反问着说没做过记下的那件（“谁说报警了”“没去报警 你怎么写报警了”）：问要不要撤。"""
    event = denied_of_mine(matter, utterance.raw) if _ACCUSES_BY_ASKING.search(utterance.text) else None
    if event is None:
        return None
    return Reading((intents.Undo(event.label, event.id, sure=False),), Band.CONFIRM, 0.6, (f"否认“{event.label}”",))


def _band(sure: bool) -> Band:
    return Band.RECORD if sure else Band.CONFIRM


def _right_after(pieces: list[str]) -> str:
    """撤销之后接着说的对的那件；没接着说的、说还没有的为空。"""
    right = [piece for piece in pieces if piece not in _UNDO]
    goes_on = pieces[0] in _UNDO and right[0].startswith(_RIGHT) and not _NOT.search(right[0])
    return " ".join(right) if goes_on else ""


def _named(matter: OpenMatter, utterance: Utterance, *, surely_recorded: bool) -> ReportableEvent | None:
    """话里说的是最近报告过的哪一件：先看名称和说法，再照意思听；一件也不像为 ``None``。

    ``surely_recorded`` 是明说了要拿掉一条记录：只在记着的里面找；没明说的，还要不像别的事。
    """
    lately, likely = matter.walked[-_LATELY:], likely_in(matter)
    recorded = {event: prior for event, prior in likely.items() if event.id in lately}
    told = _told_of_it(pieces_of(utterance.raw), every=surely_recorded)
    written = [event for event in recorded if _is_written(event, told)]
    if len(written) == 1:
        return written[0]
    if _LAST.search(utterance.text):
        return next((event for event in recorded if event.id == lately[-1]), None)
    only_recorded = surely_recorded or _ACCUSES.search(utterance.text) is not None
    among, least = (Likely(recorded, part_of=likely), _NAMES_A_RECORD) if only_recorded else (likely, _NAMES_IT)
    heard = hear_news(told, mood_reader().clauses(told), among).events if told and recorded else ()
    best = heard[0] if heard else None
    return best.event if best is not None and best.score >= least and best.event in recorded else None


def _is_written(event: ReportableEvent, told: str) -> bool:
    return any(len(name) > 1 and name in told for name in (event.label, *event.said))


def _told_of_it(pieces: tuple[str, ...], *, every: bool) -> str:
    """去掉“没有”“撤了”这些，剩下说的是哪一件；不是 ``every`` 的只看说没有的那一截，那一截什么也没剩的看别的。"""
    left = {piece: _NEVER.sub("", _NOT.sub("", _ASKED_OUT.sub(r"\g<what>", piece))).strip() for piece in pieces}
    denying = [left[piece] for piece in pieces if _NEVER.search(piece) and len(left[piece]) > _SAYS_LITTLE]
    return " ".join(denying if denying and not every else filter(None, left.values()))
