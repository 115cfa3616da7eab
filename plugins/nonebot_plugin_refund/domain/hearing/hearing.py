"""听一句话里的全部答案：正等着的那一题，和顺带说到的别的题。

顺带说到的先存着（:attr:`..interview.dialogue.Dialogue.held`），真要问到它时才用上；问不到的不算数，也不影响结论。
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ...rulebook.derived.deciding import Ask, with_skipped
from ...rulebook.scenario_models.conditions import Truth, truth
from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...rulebook.wording_models.asides import Aside
from ...rulebook.wording_models.spoken import load_spoken
from ..days.calendar import WorkCalendar
from ..days.known_days import answers_by_days
from ..interview.answers import Answer, Answers, facts_from
from ..interview.dialogue import (
    Accepted,
    Dialogue,
    Repeated,
    answered_questions,
    misread_again,
    put_answer,
    spoken_in_full,
)
from ..interview.interview import Misread, MisreadReason, next_step
from ..understanding.asides import HeardAside, find_aside
from ..understanding.meaning import NONE, read_option
from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import bare, normalise
from .beside.heard_elsewhere import RATHER_THAN_UNSURE, SURE, changed_mind, heard_elsewhere, likely_its_own
from .beside.implied_answers import LEAST, LEAST_IN_A_REPLY, implied_option, named_outright
from .beside.mentioned_options import mentioned_answers, mentions_in
from .cues import VALUED, bare_value, cued_answers, has_value, is_of_another, says_a_day, says_only_when
from .only_when import says_little_but_a_day, says_only_when_it_was
from .options.answer_forms import BANDS
from .options.denied_options import without_denied
from .options.feared import without_feared
from .options.learnt_answers import is_literal
from .options.not_unsure import is_not_unsure
from .people.who_spent import told_of_whom
from .picking import is_option_elsewhere, read_among
from .told import A_STORY, NOTHING_TOLD, Story, sole_value, told_in

_ONLY_A_DAY = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}[日号]?")
"""整句就是一个写明了的日子。"""
_HAS_NOT = ("没", "没有", "未", "还没", "不曾")
_TOO_SHORT = 2
"""两个字说不了两件事。"""
_CAME_BACK = load_spoken().came_back


@dataclass(frozen=True, slots=True)
class Noted:
    """顺带记下的一个答案。"""

    question: Question
    answer: Answer
    number: int | None
    """在已答清单里的编号，``修改 2`` 用的就是它；还没用上的没有编号。"""
    is_new: bool
    """是这句话里说的；否则是更早说的，这会儿用上了。"""


@dataclass(frozen=True, slots=True)
class Heard:
    """听完一句话的结果。"""

    result: Accepted | Repeated
    """正等着的那一题读得怎样；``dialogue`` 里已经带上顺带说到的。"""
    also: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    """这句话里顺带答了的别的题。"""
    aside: Aside | None = None
    """话里还打听了什么、寒暄了什么。"""
    changed: tuple[Question, Answer] | None = None
    """没有在答，听着却像答过的一题变了：哪一题、现在怎么说。"""

    @property
    def is_misread(self) -> bool:
        """什么都没听懂，才算一次没读懂。"""
        return isinstance(self.result, Repeated) and not self.also and self.aside is None


_Outlook = tuple[tuple[Question, ...], frozenset[str]]
"""还没答、以后还可能问到的题，和不会再问到的题的 id。"""


@dataclass(frozen=True, slots=True)
class Listener:
    """听一场访谈里的话。

    ``now`` 用来读日期；``as_of`` 是“还在期限里吗”按哪一刻判断，一般就是现在。两个都带时区。
    """

    scenario: Scenario
    calendar: WorkCalendar
    now: datetime
    as_of: datetime
    asides: Sequence[Aside] = ()
    _outlooks: dict[tuple[frozenset[tuple[str, Answer]], str | None], _Outlook] = field(
        default_factory=dict[tuple[frozenset[tuple[str, Answer]], str | None], _Outlook],
        init=False,
        compare=False,
        repr=False,
    )
    """有了哪些答案、正等着哪题，以后问什么：听一句话要看好几遍。"""

    def hear(self, dialogue: Dialogue, question: Question, text: str, *, asks: bool = False) -> Heard:
        """一句话，正等着 ``question`` 的回答。

        ``asks`` 是话里还问了什么：没有在答的，先当作在问，不去猜说的是哪一题。
        """
        said = without_denied(question, spoken_in_full(dialogue, question, without_feared(text)))
        aside = find_aside(said, self.asides, self.scenario.id)
        read = self._read(question, said, aside)
        if aside is not None and isinstance(read, Answer) and not self._answers_without(question, aside):
            aside = None  # 那几个字本身就是回答，不是在打听
        spoken = said if aside is None else aside.rest
        if isinstance(read, Answer) and read.is_unsure and not is_literal(question, spoken):
            # “反正我们大人都不知道”：说的是前面答过的那一题
            says_again = not asks and self._says_again(dialogue, spoken)
            if says_again or is_not_unsure(question, spoken):
                read = Misread(MisreadReason.NOT_UNDERSTOOD)
        if isinstance(read, Answer):
            result: Accepted | Repeated = put_answer(dialogue, question, read)
        else:
            result = misread_again(dialogue, question, read)
        also = self.others(result.dialogue, question, spoken)
        if not asks and (isinstance(read, Misread) or self._might_be_elsewhere(question, read, spoken)):
            least = SURE if isinstance(read, Misread) else RATHER_THAN_UNSURE
            told = self._elsewhere(dialogue, question, spoken, also, least)
            if isinstance(read, Answer) and told:
                result = misread_again(dialogue, question, Misread(MisreadReason.NOT_UNDERSTOOD))
            also = {**also, **told}
        also = {**self._named_by_options(also), **also}
        if isinstance(result, Repeated) and also and not asks:
            result = self._implied(dialogue, question, spoken, also) or result
        also = {key: answer for key, answer in also.items() if key not in result.dialogue.answers}
        heard = Heard(result, also, aside.aside if aside else None)
        if heard.is_misread and not asks:
            heard = replace(heard, changed=changed_mind(self.scenario, dialogue.answers, spoken, self.now))
        if isinstance(result, Accepted):
            return replace(heard, result=replace(result, dialogue=self._settled(result.dialogue, also)))
        if heard.is_misread:
            return heard
        still_open = replace(_holding(result.dialogue, also), misreads=dialogue.misreads)
        return replace(heard, result=replace(result, dialogue=still_open))

    def answers(self, dialogue: Dialogue, question: Question, text: str) -> bool:
        """这句话能不能当作 ``question`` 的回答。"""
        said = spoken_in_full(dialogue, question, without_feared(text))
        return isinstance(self._read(question, said, find_aside(said, self.asides, self.scenario.id)), Answer)

    def begin(self, text: str) -> tuple[Dialogue, dict[str, Answer]]:
        """说起一件事的第一句话：里面已经答了的。"""
        story = told_in(self.scenario, text, self.now)
        also = self._with_implied(self.others(Dialogue(), None, text, story), text, story)
        return self.begun_with(also), also

    def begun_with(self, told: Answers) -> Dialogue:
        """一开始就知道这些答案的访谈。"""
        return self._settled(Dialogue(), told)

    def everything(self, text: str) -> dict[str, Answer]:
        """从头说起的一段话里听到的全部答案，连同这场访谈问不到的。"""
        told = told_in(self.scenario, text, self.now)
        mentioned = mentioned_answers(mentions_in(self.scenario, text), self.scenario.questions, None, text)
        found = {key: answer for key, answer in mentioned.items() if not told.doubts(key, answer)}
        said = _once(cued_answers(self.scenario, text, self.now), told.answers)
        return {**found, **said, **self.begin(text)[1]}

    def others(
        self, dialogue: Dialogue, pending: Question | None, text: str, story: Story = NOTHING_TOLD
    ) -> dict[str, Answer]:
        """一句话还答了哪些没答过、也还会问到的题；拿不准的不算。

        ``story`` 是从头说起的一段话里学来的听法听到的，与字面的说法不一样时听它的。
        """
        if len(text.strip()) <= _TOO_SHORT:
            return {}
        mentions = mentions_in(self.scenario, text)
        cued = cued_answers(self.scenario, text, self.now)
        elsewhere = any(pending is None or item.question != pending.id for item in mentions)
        if not (elsewhere or cued or story.answers or has_value(text)):
            return {}  # 绝大多数回答到此为止，不必去算还会问哪些题
        asking, _ = self._outlook(dialogue.answers, pending)
        mentioned = mentioned_answers(mentions, asking, pending, text)
        # 字面上提到的另有一项：两样都不记，留着问（“发来的是35 太小了”）
        torn = {item.question for item in mentions if story.is_torn(item.question, item.option)}
        childs = told_of_whom(asking, text)
        torn -= childs.keys()
        story = replace(story, answers={key: answer for key, answer in story.answers.items() if key not in torn})
        found = {key: answer for key, answer in mentioned.items() if key not in torn and not story.doubts(key, answer)}
        said = _once(cued, story.answers)
        found |= {question.id: said[question.id] for question in asking if question.id in said}
        found = {**answers_by_days(asking, {**dialogue.answers, **said}), **found, **childs}
        still_asking, never_asked = self._outlook({**dialogue.answers, **found}, pending)
        for question in _only_ones_of_their_kind(still_asking, pending):
            if question.id in found:
                continue
            is_its = pending is None or not is_of_another(question, text)
            value = bare_value(self.scenario, question, text, self.now) if is_its else None
            value = value or sole_value(self.scenario, question, text, self.now)
            if value is not None:
                found[question.id] = value
        return {key: answer for key, answer in found.items() if key not in never_asked}

    def _might_be_elsewhere(self, question: Question, read: Answer, text: str) -> bool:
        """听成了“不清楚”，话却不止一截（“没离 也不想离”），或一字不差是另一题的一项（“完全不知道”）：多半在说别的。"""
        is_open = question.kind in VALUED or (question.kind is QuestionKind.CHOICE and not is_literal(question, text))
        if not is_open or not read.is_unsure:
            return False
        return len(pieces_of(text)) > 1 or is_option_elsewhere(self.scenario, question, text)

    def _says_again(self, dialogue: Dialogue, text: str) -> bool:
        """把答过的一题又说了一遍。"""
        answered = [question for question in self.scenario.questions if question.id in dialogue.answers]
        again = heard_elsewhere(self.scenario, answered, text, least=RATHER_THAN_UNSURE)
        return any(dialogue.answers[key] == answer for key, answer in again.items())

    def _elsewhere(
        self, dialogue: Dialogue, pending: Question, text: str, also: Answers, least: float
    ) -> dict[str, Answer]:
        """没有在答 ``pending``：说的是后面会问到的哪几题。"""
        if says_little_but_a_day(pending, text, self.now) or likely_its_own(self.scenario.id, pending, text):
            return {}
        asking, _ = self._outlook(dialogue.answers, pending)
        open_ones = [question for question in asking if question.id not in also]
        told = heard_elsewhere(self.scenario, open_ones, text, least=least)
        _, never_asked = self._outlook({**dialogue.answers, **also, **told}, pending)
        return {key: answer for key, answer in told.items() if key not in never_asked}

    def noted(self, before: Dialogue, after: Dialogue, heard: Heard | None, also: Answers) -> tuple[Noted, ...]:
        """这一步顺带记下、用上了哪些，按已答清单的编号，还没用上的排在后面。"""
        answered_now = {heard.result.question.id} if heard is not None else set[str]()
        numbers = {
            question.id: number
            for number, question in enumerate(
                answered_questions(self.scenario, after, self.as_of, self.calendar), start=1
            )
        }
        used = [key for key in numbers if key not in answered_now and (key in before.held or key in also)]
        used = [key for key in used if key not in before.answers]
        waiting = [key for key in also if key in after.held and before.held.get(key) != after.held[key]]
        return tuple(
            Noted(
                self.scenario.question(key),
                after.answers[key] if key in numbers else after.held[key],
                numbers.get(key),
                key in also,
            )
            for key in (*used, *waiting)
        )

    def _read(self, question: Question, text: str, aside: HeardAside | None) -> Answer | Misread:
        """打听里的数字（“12315 怎么打”）不是金额：去掉打听的话之后还读得通才算回答；选择题本来就是认原话的。"""
        if question.kind is QuestionKind.MULTI and not is_literal(question, text) and says_only_when(text, self.now):
            return Misread(MisreadReason.NOT_UNDERSTOOD)  # “最早9月20号”说的是日子，不是有哪几样
        choosing = question.kind in (QuestionKind.CHOICE, QuestionKind.MULTI)
        if choosing and question.known_from is None and _ONLY_A_DAY.fullmatch(bare(text)) is not None:
            return Misread(MisreadReason.NOT_UNDERSTOOD)  # “11月15日”说的是日子，不是哪一项
        if says_only_when_it_was(self.scenario, question, text, self.now):
            return Misread(MisreadReason.NOT_UNDERSTOOD)  # “10月26号刷的”没说是谁
        if _tells_what_came_back(question, text) or _says_it_has_not(question, text):
            return Misread(MisreadReason.NOT_UNDERSTOOD)
        read = read_among(self.scenario, question, text, self.now)
        if isinstance(read, Misread) and read.options and self._tells_a_day(question, text):
            return Misread(MisreadReason.NOT_UNDERSTOOD)  # “上周三到的”：说的是日子，不拿最像的一项去问他
        if isinstance(read, Misread) and question.known_from is not None:
            read = answers_by_days((question,), cued_answers(self.scenario, text, self.now)).get(question.id, read)
        if aside is None or choosing or isinstance(read, Misread):
            return read
        return read_among(self.scenario, question, aside.rest, self.now)

    def _tells_a_day(self, question: Question, text: str) -> bool:
        """选择题，说的是哪一天，又不怎么像在选哪一项。"""
        if question.kind is not QuestionKind.CHOICE or not says_a_day(text, self.now):
            return False
        scored = read_option(self.scenario.id, question, text)
        return bool(scored) and all(one.score < BANDS.confirm for one in scored if one.id != NONE)

    def _answers_without(self, question: Question, aside: HeardAside) -> bool:
        return isinstance(read_among(self.scenario, question, aside.rest, self.now), Answer)

    def _outlook(self, answers: Answers, pending: Question | None) -> _Outlook:
        """有了这些答案：还没答、以后还可能问到的题，和不会再问到的题的 id。"""
        key = frozenset(answers.items()), None if pending is None else pending.id
        if key not in self._outlooks:
            self._outlooks[key] = self._looked_ahead(answers, pending)
        return self._outlooks[key]

    def _looked_ahead(self, answers: Answers, pending: Question | None) -> _Outlook:
        facts, applicable = facts_from(self.scenario, answers, self.as_of, self.calendar)
        known = with_skipped(self.scenario, facts, applicable)
        states = [(question, truth(question.ask_when, known)) for question in self.scenario.questions]
        never = {question.id for question, state in states if state is Truth.FALSE}
        skipped = never | applicable | ({pending.id} if pending is not None else set[str]())
        asking = [question for question, _ in states if question.id not in skipped]
        return tuple(asking), frozenset(never)

    def _implied(self, dialogue: Dialogue, question: Question, text: str, also: Answers) -> Accepted | None:
        """没有直接答 ``question``，说的却只有选了其中一项才会问到：“少的就是运费”，就是到了但少了。"""
        if (named := also.get(question.id)) is not None:
            return put_answer(dialogue, question, named)
        if says_only_when_it_was(self.scenario, question, text, self.now):
            return None

        def never_asked(option: str) -> frozenset[str]:
            return self._outlook({**dialogue.answers, question.id: Answer(option)}, None)[1]

        scores = read_option(self.scenario.id, question, text)
        implied = implied_option(question, tuple(also), scores, never_asked, least=LEAST_IN_A_REPLY)
        return None if implied is None else put_answer(dialogue, question, Answer(implied))

    def _with_implied(self, also: dict[str, Answer], text: str, story: Story) -> dict[str, Answer]:
        """连同由它们定下来的答案：选项写明了的，和正要问的那一题；短得不像一段话的，照答那一题来听。"""
        is_short = len(text.strip()) < A_STORY
        also = {**self._named_by_options(also), **also}
        while True:
            dialogue = self.begun_with(also)
            step = next_step(self.scenario, dialogue.answers, self.as_of, self.calendar)
            if not isinstance(step, Ask):
                return also
            question = step.question

            def never_asked(option: str, known: Answers = dialogue.answers, asked: str = question.id) -> frozenset[str]:
                return self._outlook({**known, asked: Answer(option)}, None)[1]

            apart = is_short and bool(dialogue.held) and question.kind is QuestionKind.CHOICE
            scores = read_option(self.scenario.id, question, text) if apart else story.scores.get(question.id, ())
            least = LEAST_IN_A_REPLY if apart else LEAST
            implied = implied_option(question, tuple(dialogue.held), scores, never_asked, least=least)
            if implied is None:
                return also
            also = {**also, question.id: Answer(implied)}

    def _named_by_options(self, also: Answers) -> dict[str, Answer]:
        return named_outright(self.scenario, also)

    def may_ask(self, dialogue: Dialogue, pending: Question) -> tuple[Question, ...]:
        """除了正等着的，还没答、以后还可能问到的题。"""
        known = {**dialogue.answers, **dialogue.held}
        return self._outlook(known, pending)[0]

    def settled(self, dialogue: Dialogue) -> Dialogue:
        """先前记着的，轮到问它的，就用上。"""
        return self._settled(dialogue, {})

    def _settled(self, dialogue: Dialogue, also: Answers) -> Dialogue:
        """存下顺带说到的，再把真会问到的一个个用上。"""
        dialogue = _holding(dialogue, also)
        while dialogue.held:
            step = next_step(self.scenario, dialogue.answers, self.as_of, self.calendar)
            if not isinstance(step, Ask) or step.question.id not in dialogue.held:
                break
            key = step.question.id
            held = {other: answer for other, answer in dialogue.held.items() if other != key}
            dialogue = replace(dialogue, answers={**dialogue.answers, key: dialogue.held[key]}, held=held)
        return dialogue


def _says_it_has_not(question: Question, text: str) -> bool:
    """问的是哪天，说的是还没有：“没签收 物流停在11月8号”里的日子不是签收那天。"""
    if question.kind is not QuestionKind.DATE:
        return False
    said = normalise(text)
    return any(f"{no}{word}" in said for no in _HAS_NOT for word in question.heard_by)


def _tells_what_came_back(question: Question, text: str) -> bool:
    """问的是花了多少，说的是退回来多少：“退了两千四，剩下的退不了”。"""
    if question.kind is not QuestionKind.AMOUNT:
        return False
    said = normalise(text)
    back = [word for word in question.not_heard_with if any(mark in word for mark in _CAME_BACK)]
    return any(word in said for word in back) and not any(word in said for word in question.heard_by)


def _once(cued: Answers, told: Answers) -> dict[str, Answer]:
    """带着提示的字的，和学来的合起来：一个日子只答一题，先给提示的字说的那一题。"""
    days = {answer.value for answer in cued.values() if isinstance(answer.value, date)}
    return {**{key: answer for key, answer in told.items() if answer.value not in days}, **cued}


def _holding(dialogue: Dialogue, also: Answers) -> Dialogue:
    return replace(dialogue, held={**dialogue.held, **also})


def _only_ones_of_their_kind(asking: Sequence[Question], pending: Question | None) -> list[Question]:
    """没有提示的字也分得清的：日期、金额、数字题各只剩一道会问，正等着的也不是这种题。"""
    only: list[Question] = []
    for kind in VALUED:
        same = [question for question in asking if question.kind is kind]
        if len(same) == 1 and (pending is None or pending.kind is not kind):
            only.extend(same)
    return only
