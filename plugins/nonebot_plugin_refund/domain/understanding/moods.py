"""语气：一句话是在说发生了什么，还是在问、假设、打算、说还没有、讲别人的事；谁做的，由话里提到谁定。

一句话先断成小句，各看各的：“商家同意了，运费谁出”前半句是陈述，后半句是问。
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from ...rulebook.scenario_models.event_models import Actor
from ...rulebook.wording_models.moods import MoodWords, load_moods
from .writing.text import normalise
from .writing.words import Words


class Mood(StrEnum):
    """语气。"""

    STATEMENT = "statement"
    QUESTION = "question"
    IF = "if"
    PLAN = "plan"
    NOT_YET = "negation"
    """说还没发生、没有这回事。"""
    HEARSAY = "hearsay"
    """讲的是别人的事。"""


@dataclass(frozen=True, slots=True)
class Clause:
    """一个小句。"""

    text: str
    """统一写法之后的字，不带句末标点。"""
    mood: Mood
    actor: Actor
    """谁做的。"""
    is_quoted: bool
    """转述了谁说的话：“商家说不退了”，做这件事的是商家。"""


_BREAK = re.compile(r"[,，。;；!！\n~…、]+|(?<=[?？])")
_LONGEST = 400
"""只看前这么多字的语气。"""
_YES_NO_TAIL = re.compile(r"[一-龥](?:了|过|完|到|好)(?:没|没有|吗|么|嘛|不)(?: |$)")
_A_NOT_A = re.compile(r"(?P<word>[退行能会要是有对好到用得成肯给补赔管换同愿支接])[不没](?P=word)")


_TELLING = re.compile(r"[了过没不在给只好完到的]")
_INTRODUCING = re.compile(r"请问|想问|问下|问一下|想知道|听说|据说|帮我看|如果|要是|万一")
_SHORTEST_TOLD = 4
"""说得上发生了什么的一截：够长，有说完成、有无的字，不是“我想问一下”这样引出问题的。"""
_CHECKING = re.compile(
    r"(?:这)?(?:是吗|对吗|对吧|对不对|是不是|真的吗|真的假的|是真的吗|靠谱吗|可信吗|没有?|怎么回事|啥意思|什么意思)[?？]*"
)
"""问的就是前一半对不对、是不是真的。"""
_LEADING_IN = re.compile(
    r"(?:[那可但]|那么|可是|但是)?(?:我们?|他们?|她们?|它|商家|平台|这|那)?(?:现在|以后|后面|之后|再)?$"
)
"""假设的字前面属于后一半的几个字：“商家拒了｜我现在要是”。"""
_LONGEST_LEAD = 8
_TURNING = re.compile(
    r"剩下|剩的|其余|余下|接下来|下一步|[那可]?我(?:现在|该|再|还能|能不能|可不可以|可以|要不要|是不是|应该|需要)|那现在"
)
"""说完一件事，没有停顿就问起来，问的那一半多半从这里起。"""
_SUPPOSING = re.compile(
    r"(?<![主只需不定还])要是|如果|假如|假设|若是|倘若|假使"
    r"|(?<![0-9一二两三四五六七八九十])万一(?![0-9一二两三四五六七八九十千百块])"
)
"""后一半从它起：“退货的话”说的是前一半，不算；“三万一”是数。"""
_FINISHED = re.compile(r"[了过]")
_TOLD_OF = re.compile(r"[了过说让叫]")
_NOT_TOLD_YET = re.compile(r"[说讲问道怕想]$|担心$|觉得$|知道$")
"""前一半以这些结尾，后一半是他说的、想的：“客服说如果不补就关”。"""
_SHORTEST_ASKED = 4


_Kind = str
"""一种词：下面的几种，和每个 :class:`Actor`。"""
_QUESTION, _IF, _PLAN, _NOT_YET, _HEARSAY = "question word", "if word", "plan word", "not yet word", "hearsay word"


class MoodReader:
    """照一份词表听语气；做一次，反复用。"""

    def __init__(self, words: MoodWords) -> None:
        self._words = words
        self._indefinite = re.compile(
            f"(?:{_alternatives(words.question_words)})[^,。?]{{0,3}}(?:{_alternatives(words.indefinite_after)})"
        )
        self._not_knowing = re.compile(
            f"(?:{_alternatives(words.not_knowing)})[^,。?]{{0,6}}(?:{_alternatives(words.question_words)})"
        )
        self._ends = tuple(sorted(words.question_ends, key=len, reverse=True))
        # 各种词在一句里有没有，一遍扫过
        self._kinds = Words[_Kind](
            (word, kind)
            for kind, said in (
                (_QUESTION, words.question_words),
                (_IF, words.if_words),
                (_PLAN, words.plan_words),
                (_NOT_YET, words.not_yet),
                (_HEARSAY, words.hearsay),
                *words.actors.items(),
            )
            for word in said
        )
        self._actors = {actor: _any_of(said) for actor, said in words.actors.items()}
        self._saying = _any_of(words.saying_verbs)
        # 同一句话几种听法都要问，记住最近的几句
        self.clauses = lru_cache(maxsize=64)(self._clauses)

    def _clauses(self, text: str) -> tuple[Clause, ...]:
        """断成小句，各带语气；前一句的主语管到后面没提主语的小句。"""
        pieces = [part for piece in _BREAK.split(normalise(text)[:_LONGEST]) for part in self._parted(piece.strip())]
        found: list[Clause] = []
        actor: Actor | None = None
        about_others = False
        for piece in pieces:
            core = piece.strip(" .")
            if not core.strip("?？ "):
                continue
            kinds = self._kinds.owners_in(core)
            named = self._named(core, kinds)
            actor = min(named, key=lambda one: named[one].start()) if named else actor
            about_others = about_others or _HEARSAY in kinds
            mood = self._mood(core, kinds)
            if about_others and mood is Mood.STATEMENT:
                mood = Mood.HEARSAY
            found.append(Clause(core.rstrip("?？ "), mood, actor or Actor.ME, self._is_quoted(core, named)))
        return tuple(found)

    def _parted(self, piece: str) -> tuple[str, ...]:
        """“平台同意退了 多久到账”：空格前后一半在说、一半在问，断成两句；问的是前一半对不对的不断。"""
        words = piece.split(" ")
        if len(words) > 1 and _CHECKING.fullmatch(words[-1]) is not None:
            words = [*words[:-2], f"{words[-2]} {words[-1]}"]
        if len(words) == 1 or self._mood(piece) is not Mood.QUESTION or "还是" in piece:
            return (piece,)
        parts: list[str] = []
        telling: bool | None = None
        for word in words:
            tells = not self._asks(word) and _tells(word)
            if tells is telling:
                parts[-1] = f"{parts[-1]} {word}"
            else:
                parts.append(word)
            telling = tells
        return tuple(parts)

    def in_two(self, clause: Clause) -> tuple[Clause, ...]:
        """“商家拒了我现在要是不申诉会咋样”：前一半在说、后一半在假设或在问的，断成两句；断不开的照旧一句。"""
        place = self._turn_in(clause)
        told, asked = clause.text[:place].strip(), clause.text[place:].strip()
        if len(told) < _SHORTEST_TOLD or len(asked) < _SHORTEST_ASKED or self._asks(told):
            return (clause,)
        if _INTRODUCING.search(told) is not None or _NOT_TOLD_YET.search(told) is not None:
            return (clause,)
        asking = Mood.QUESTION if self._asks(asked) else Mood.IF
        return replace(clause, text=told, mood=self._mood(told)), replace(clause, text=asked, mood=asking)

    def _turn_in(self, clause: Clause) -> int:
        """后一半从第几个字起；没有后一半为 0。没有停顿的，前一半要说完了一件事。"""
        said = clause.text
        if clause.mood is Mood.IF and (supposing := _SUPPOSING.search(said)) is not None:
            led = max(0, supposing.start() - _LONGEST_LEAD)
            lead = _LEADING_IN.search(said, led, supposing.start())
            place = supposing.start() if lead is None else lead.start()
            pauses = said[:place].endswith(" ")
            ends = _FINISHED.search(said, max(0, place - 1), place) is not None
            return place if pauses or ends or (said[place] in "我这" and _TOLD_OF.search(said, 0, place)) else 0
        if clause.mood is not Mood.QUESTION or (turn := _TURNING.search(said)) is None:
            return 0
        is_told = _FINISHED.search(said, 0, turn.start()) is not None
        return turn.start() if is_told and self._asks(said[turn.start() :]) else 0

    def told_part(self, text: str) -> str:
        """又说又问、又说又假设的一句里，空格断开、在说的那几截：“平台让补材料 我没拍视频咋办”里的“平台让补材料”。

        假设从说了“要是”的那一截起，后面的都是；最后问对不对的，前面的也不算在说。没有、整句都在说的为空。
        """
        words = [word for piece in _BREAK.split(normalise(text)[:_LONGEST]) for word in piece.split(" ") if word]
        if not words or _CHECKING.fullmatch(words[-1]) is not None:
            return ""
        told: list[str] = []
        for word in words:
            if _IF in self._kinds.owners_in(word):
                break
            if not self._asks(word):
                told.append(word)
        return " ".join(told) if len(told) < len(words) else ""

    def is_question(self, text: str) -> bool:
        """整句里有没有在问的小句。"""
        return any(clause.mood is Mood.QUESTION for clause in self.clauses(text))

    def asks_whether(self, clause: str) -> bool:
        """以“没”收尾、在问有没有：“卖家答应没”；“啥都没”“一直没”不是。"""
        return len(clause) > len("没") and clause.endswith("没") and not clause[:-1].endswith(self._words.denied_by)

    def _mood(self, core: str, kinds: Collection[_Kind] | None = None) -> Mood:
        """``kinds`` 是里面有哪几种词，找过的给它。"""
        kinds = self._kinds.owners_in(core) if kinds is None else kinds
        if _IF in kinds:
            return Mood.IF
        if self._asks(core, kinds):
            return Mood.QUESTION
        if _NOT_YET in kinds:
            return Mood.NOT_YET
        if _PLAN in kinds and not core.endswith(self._words.plan_done):
            return Mood.PLAN
        return Mood.STATEMENT

    def _asks(self, core: str, kinds: Collection[_Kind] | None = None) -> bool:
        kinds = self._kinds.owners_in(core) if kinds is None else kinds
        if core.endswith(("?", "？")):
            return True
        if _YES_NO_TAIL.search(core) or _A_NOT_A.search(core):
            return not self._not_knowing.search(core)
        ends = self._ends if core.endswith(self._ends) else ()
        ending = next((end for end in ends if core.endswith(end) and len(core) > len(end)), None)
        if ending is not None and ending in ("吗", "么", "嘛", "呢"):
            return not core.endswith(("呢", "嘛")) or _QUESTION in kinds
        if _QUESTION not in kinds:
            return False
        return not (self._indefinite.search(core) or self._not_knowing.search(core))

    def _named(self, core: str, kinds: Collection[_Kind]) -> dict[Actor, re.Match[str]]:
        """提到了谁，各在哪里。"""
        named = (actor for actor in self._actors if actor in kinds)
        return {actor: match for actor in named if (match := self._actors[actor].search(core))}

    def _is_quoted(self, core: str, named: Mapping[Actor, re.Match[str]]) -> bool:
        """“商家说……”：提到了谁，紧跟着是他说的话。"""
        ends = [match.end() for match in named.values()]
        return any(self._saying.search(core, end, end + 4) is not None for end in ends)


def _tells(word: str) -> bool:
    is_telling = _TELLING.search(word) is not None and _INTRODUCING.search(word) is None
    return is_telling and len(word) >= _SHORTEST_TOLD


@cache
def mood_reader() -> MoodReader:
    """照随包词表的那一个。"""
    return MoodReader(load_moods())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_alternatives(words))


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
