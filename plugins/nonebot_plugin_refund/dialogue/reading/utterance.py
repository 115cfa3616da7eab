"""一句话：统一写法一次，语气听一次，后面的每一步都用它。"""

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from ...domain.understanding.moods import Clause, Mood, mood_reader
from ...domain.understanding.sums.moved_sums import came_sum
from ...domain.understanding.sums.numbered import ordinal
from ...domain.understanding.writing.pieces import pieces_of
from ...domain.understanding.writing.text import bare, normalise
from ...rulebook.wording_models.spoken import load_spoken

_SOME_DAYS = re.compile(r"[那这前好头没过近]几(?:天|个工作日|个小时|个月|周|年|次|笔|个|单)")
"""“那几天”“好几次”里的“几”是约数，不在问几天、几次。"""

_MAINLY = "主要是"
_SEVERAL = 2
_ASKED_MIDWAY = re.compile(r"[一-龥]吗(?: |$)|(?:可以|要得|得行|要紧|有用|[要会]扣钱|要钱|收费)不(?: |$)")
"""一截的末尾就是问，后面还接着说：“执行要撤吗 钱都收到了”“退货要扣钱不”。"""

_DOUBTS = re.compile(
    r"(?:不会|会不会|是不是|该不会|怕是|别是)[^,。]{0,5}(?:骗|诈)|(?:骗子|骗人的?|诈骗|骗局|骗我的?)[吧吗么嘛]"
)


_OPINION = re.compile(
    r"(?:你看|你说|这样?|那|我|到底|该){0,2}(?:[中行成要]不[中行成要]|可不可以|可以不|可以[吗么]|[行中成]不|[行中成]吗|好不好|要得不"
    r"|(?:要不要|该不该|能不能|能)(?:答应|接受|同意|收|认|签|要)?|划算[不吗]|合适[不吗]|合理[不吗]|亏不亏|值不值|咋样|怎么样|如何)(?:啊|呀|呢|嘛|吗)?[?？.。]*"
)
"""问的是该不该、行不行的一截。"""
_THEIRS = load_spoken().money.not_by_me
_ASKED_OUTRIGHT = load_spoken().asked_outright
_ASKED_WHAT = load_spoken().not_told.asked_what
_ASKED_WHETHER = load_spoken().not_told.asked_whether
_OF_OTHERS = load_spoken().not_told.of_others
_ABOUT_TO = load_spoken().not_told.about_to
_BEFORE_ASKING, _AFTER_ASKING, _SPEAKER = "那请问就这个 ,", "啊呀呢嘛哦的 ", "我俺咱们就先也 "
_AS_DONE = frozenset("好了过的完")
"""“准备好了”“打算的是”：不是还没做。"""
_ONLY_THEN = re.compile(r"(?:我|先|就|得|要|想){0,2}等(?![了着过到])[^,。了]{1,8}了?[^,。]{0,4}再")
"""“等他同意了我再寄”；“等了三天再问”是已经等了。"""
_TRAILING = 2
_WHERE = "哪"
_ASKED_WHERE = tuple(word for word in _ASKED_OUTRIGHT if _WHERE in word and word.startswith(("我", "上", "去")))
_HAS_OR_NOT = re.compile(r"(?<![没只所都])有(?![的些时人个一])[^没不]{1,8}(?:没有?|没得|莫得|不)$")
"""“有消息没”“还有别的办法没有”：问有没有。"""
_CAME_OR_NOT = re.compile(r"[一-龥](?:到账|进账|入账|[过进下回出]来|[过回上]去)(?:没有?|没得|莫得|不)$")
"""“钱打过来没有”“结果下来没”：问来了没有。"""
_OR_NOT = re.compile(
    r"(?:[还要能会行算得用该是有中好管敢够占合作成]|可以|靠谱)[^不没, ]{1,8}(?<![都也就从绝又偏并说讲回答])不$"
)
"""“要户口本不”“站得住不”“吊牌剪了还能退不”：末了一个“不”，问是不是。"""
_ON_WHAT_GROUND = re.compile(r"[凭按照依据用](?:的是?|着)?哪(?:[条款章门]|部法|家的?规矩)|哪[一]?条(?:法|规)")
"""“凭哪条说不给退”“按的哪条”：问依据。"""
_EITHER_OR = re.compile(r"(?P<doing>[找去要先让给用投告算走退写交])[^, 了过]{1,8}还是(?P=doing)(?!不)")
"""“是找主播要还是找平台要”；“找了客服还是找不到人”不是。"""
_LEAST_BEFORE = 8
_FOR_ANOTHER = re.compile(r"一块[办弄看帮记算]|一起[办弄看帮记算]|另[外立开记]|单独|帮.{0,2}看看?不")
_SPOKEN_UNSURE = ("不清", "不准", "记不", "不知", "不晓", "忘了")
_THEY_SAID = re.compile(r"[说讲判裁回]|答应|同意|愿意|肯|最多|只[退赔给]|[退赔加][到给我]|通知|来电话")
_MY_OWN = re.compile(r"(?:我|俺|咱)们?(?:想|要|能|就|再|先|直接|去|该)")


@dataclass(frozen=True)
class Utterance:
    """一条消息里的话。"""

    raw: str
    """原话，去掉了两头的空白。"""

    @cached_property
    def text(self) -> str:
        """统一写法（繁简、全半角、空白）之后的字。"""
        return normalise(self.raw)

    @cached_property
    def word(self) -> str:
        """去掉两头标点的整句，拿去和整句的词比；问号留着。"""
        return bare(self.raw)

    @cached_property
    def number(self) -> int | None:
        """整句就是一个编号（“2”“第二个”）时是几；不是编号为 ``None``。"""
        return ordinal(self.word)

    @cached_property
    def is_letter(self) -> bool:
        """整句只有一个字母。"""
        return len(self.word) == 1 and self.word.isascii() and self.word.isalpha()

    @cached_property
    def is_bare(self) -> bool:
        """整句只有一个编号、一串数字或一个字母：自己什么也不表示，要看刚问了、列了什么。"""
        return self.is_letter or self.number is not None or (self.word.isascii() and self.word.isdigit())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """断开的小句，各带语气；没有停顿、前一半在说后一半在问的，也断成两句。"""
        return _clauses_of(self.raw)

    @cached_property
    def in_pieces(self) -> tuple[Clause, ...]:
        """标点、空格、“另外”处断开的各截，再断成小句。"""
        return tuple(clause for piece in pieces_of(self.raw) for clause in mood_reader().clauses(piece))

    @cached_property
    def parts(self) -> tuple[Clause, ...]:
        """小句，和 :attr:`in_pieces` 里断得不一样的。"""
        return tuple(dict.fromkeys((*self.clauses, *self.in_pieces)))

    @cached_property
    def runs_on(self) -> bool:
        """说完一件事没有停顿就问起来，或末了问行不行：前一半也可能还是在问、在假设。"""
        if _told_and_asked(self.raw)[1]:
            return True
        told = (one for one, other in pairwise(self.clauses) if f"{one.text}{other.text}" in self.text)
        return any(clause.mood is Mood.STATEMENT for clause in told)

    @cached_property
    def says_some_days(self) -> bool:
        """有“那几天”“好几次”这样的约数：里面的“几”不是在问。"""
        return _SOME_DAYS.search(self.text) is not None

    @cached_property
    def stated(self) -> tuple[Clause, ...]:
        """在说发生了什么的小句。"""
        return tuple(clause for clause in self.clauses if clause.mood is Mood.STATEMENT)

    @cached_property
    def asks(self) -> bool:
        """有没有在问什么。"""
        return _ASKED_MIDWAY.search(self.text) is not None or any(
            clause.mood is Mood.QUESTION for clause in self.clauses
        )

    @cached_property
    def asks_by_pattern(self) -> bool:
        """在问的只是末了带“不”这样、照样式听出来的：“没使完的能退不”，前面说的也可能就是在答题。"""
        asking = [clause.text for clause in self.clauses if clause.mood is Mood.QUESTION]
        supposed = any(clause.mood is Mood.IF for clause in mood_reader().clauses(self.raw))
        return bool(asking) and not supposed and all(_only_in_a_pattern(one) for one in asking)

    @cached_property
    def asks_meaning(self) -> bool:
        """整句只问一个词是什么意思、算不算一样：里面提到的不是在说。"""
        return bool(self.clauses) and all(
            _asks_what(clause.text) or any(word in clause.text for word in _ASKED_WHETHER) for clause in self.clauses
        )

    @cached_property
    def tells_of_others(self) -> bool:
        """整句都是听来的、别人家的：“听说没发货能退”“邻居家的也被拒了”。"""
        return self.moods == frozenset({Mood.HEARSAY}) and self.text.startswith(_OF_OTHERS)

    @cached_property
    def only_means_to(self) -> bool:
        """整句都是还没做的打算：“准备寄回去了”。"""
        return bool(self.clauses) and all(_is_about_to(clause.text) for clause in self.clauses)

    @cached_property
    def came(self) -> str:
        """说已经到了的一个数，怎么写的；没说为空。"""
        return came_sum(self.raw)

    @cached_property
    def doubts(self) -> bool:
        """“说给我退560 会不会是骗子”：在疑心，说的不当成已经有了。"""
        return _DOUBTS.search(self.text) is not None

    @cached_property
    def moods(self) -> frozenset[Mood]:
        """出现过的语气。"""
        return frozenset(clause.mood for clause in self.clauses)


@lru_cache(maxsize=64)
def _clauses_of(said: str) -> tuple[Clause, ...]:
    """:attr:`Utterance.clauses`；同一句、同一截几种听法各要断一遍，记住最近的几句。"""
    reader = mood_reader()
    told, asked = _told_and_asked(said)
    halves = (part for clause in reader.clauses(told) for part in reader.in_two(clause))
    parts = [part for half in halves for part in _told_then_asked(half)]
    last = len(parts) - 1
    found = tuple(
        _not_done_yet(_asked_outright(_not_supposing(_not_asking_how_many(part)), ends=place == last))
        for place, part in enumerate(parts)
    )
    return (*found, *(replace(one, mood=Mood.QUESTION) for one in reader.clauses(asked))) if asked else found


def _told_and_asked(said: str) -> tuple[str, str]:
    """“商家说全退但运费不出 行不行”：对方怎么说的，和最后问行不行的一截；不是这样的，后一半为空。"""
    pieces = pieces_of(said)
    if len(pieces) < _SEVERAL or _OPINION.fullmatch(pieces[-1]) is None:
        return said, ""
    told = " ".join(pieces[:-1])
    by_them = any(word in told for word in _THEIRS) and _THEY_SAID.search(told) is not None
    return (told, pieces[-1]) if by_them and _MY_OWN.search(told) is None else (said, "")


def _ends_outright(said: str) -> bool:
    """以直接问的词收尾，后面至多带一两个语气字。"""
    return any(said[: len(said) - after].endswith(_ASKED_OUTRIGHT) for after in range(_TRAILING + 1))


def _asks_where(said: str) -> bool:
    """问上哪儿去的，后面还会接着说，不必收尾。"""
    return _WHERE in said and any(word in said for word in _ASKED_WHERE)


def _in_a_pattern(said: str) -> bool:
    """没有疑问词，照样式听得出在问；“能一块帮看看不”说的是另外一件。"""
    if _FOR_ANOTHER.search(said) is not None and _ON_WHAT_GROUND.search(said) is None:
        return False
    return any(pattern.search(said) for pattern in (_HAS_OR_NOT, _CAME_OR_NOT, _OR_NOT, _ON_WHAT_GROUND, _EITHER_OR))


def _only_in_a_pattern(said: str) -> bool:
    """照样式才听得出在问，没有疑问词。"""
    return _in_a_pattern(said) and not mood_reader().is_question(said)


def _told_then_asked(clause: Clause) -> tuple[Clause, ...]:
    """“刷了四千二 要户口本不”：空格前面在说，最后一截照样式听是在问的，断成两句。"""
    told, _, asked = clause.text.rpartition(" ")
    if clause.mood is not Mood.STATEMENT or not told or not _in_a_pattern(asked) or _in_a_pattern(told):
        return (clause,)
    if _EITHER_OR.search(asked) is not None and len(told) < _LEAST_BEFORE:
        return (clause,)  # “亲情卡付的 退给老爸还是退给我”
    return replace(clause, text=told), replace(clause, text=asked)


def _asks_what(said: str) -> bool:
    """“啥叫驳回”“那什么是公示催告”“驳回啥意思”：问的是什么意思。"""
    begun = said.lstrip(_BEFORE_ASKING)
    return begun.startswith(_ASKED_WHAT) or said.rstrip(_AFTER_ASKING).endswith(_ASKED_WHAT)


def _not_done_yet(clause: Clause) -> Clause:
    """“准备打12315”是打算，“等他同意了我再寄”是假设：听着都像已经做了。"""
    if clause.mood is not Mood.STATEMENT:
        return clause
    if _ONLY_THEN.match(clause.text):
        return replace(clause, mood=Mood.IF)
    return replace(clause, mood=Mood.PLAN) if _is_about_to(clause.text) else clause


def _is_about_to(said: str) -> bool:
    """一开头就说是要做的：“我准备投12315了”；“准备好了”不是。"""
    begun = said.lstrip(_SPEAKER)
    planned = next((word for word in _ABOUT_TO if begun.startswith(word)), None)
    return planned is not None and begun.removeprefix(planned)[:1] not in _AS_DONE


def _asked_outright(clause: Clause, *, ends: bool) -> Clause:
    """“那到底按几岁算”“用奶奶的号刷的 算谁的”“我上哪找他地址去”“还有别的办法没”：没有疑问词，也是在问。"""
    if clause.mood is Mood.QUESTION:
        return clause
    outright = _ends_outright(clause.text) or _asks_where(clause.text) or _asks_what(clause.text)
    if not (outright or _in_a_pattern(clause.text)):
        return clause
    if not ends and _OR_NOT.search(clause.text) is not None:
        return clause  # “能下载不，把我这份弄成能保存的”：后面还说了要什么
    if any(word in clause.text for word in _SPOKEN_UNSURE):
        return clause  # “真说不清算谁的”
    return replace(clause, mood=Mood.QUESTION)


def _not_supposing(clause: Clause) -> Clause:
    """“主要是坏了”里的“要是”不是假设。"""
    if clause.mood is not Mood.IF or _MAINLY not in clause.text:
        return clause
    rest = mood_reader().clauses(clause.text.replace(_MAINLY, "是"))
    return clause if any(one.mood is Mood.IF for one in rest) else replace(clause, mood=Mood.STATEMENT)


def _not_asking_how_many(clause: Clause) -> Clause:
    """只因为有“那几天”这样的字才像在问的小句，是在说。"""
    if clause.mood is not Mood.QUESTION or _SOME_DAYS.search(clause.text) is None:
        return clause
    rest = mood_reader().clauses(_SOME_DAYS.sub("那天", clause.text))
    return clause if any(one.mood is Mood.QUESTION for one in rest) else replace(clause, mood=Mood.STATEMENT)
