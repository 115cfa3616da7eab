"""此刻：听一句话之前已经知道的一切。听的时候不查库、不看钟。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from ...domain.case.cases import CasePosition
from ...domain.case.heard.called import NOTHING_CALLED, Called
from ...domain.days.calendar import WorkCalendar
from ...domain.days.timers import TimerPlan
from ...domain.hearing.hearing import Heard
from ...domain.interview.answers import Answers
from ...domain.interview.dialogue import Dialogue
from ...domain.understanding.meaning import read_intent
from ...domain.understanding.meaning.topics import TopicReader
from ...domain.understanding.scenarios import Classifier
from ...rulebook.derived.stage_view import StageView
from ...rulebook.scenario_models.models import Question, Scenario, ScenarioKind
from ...rulebook.wording_models.asides import Aside
from ...rulebook.wording_models.spoken import load_spoken
from .awaits import AfterVerdict, Awaited, SetAside
from .utterance import Utterance


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """访谈正等着的一题。"""

    scenario: Scenario
    dialogue: Dialogue
    question: Question
    as_of: datetime
    """“还在期限里吗”按哪一刻判断，带时区。"""
    is_revision: bool = False
    """在改一件案件的答案。"""
    heard: dict[tuple[datetime, str, bool], Heard] = field(
        default_factory=dict[tuple[datetime, str, bool], Heard], compare=False, repr=False
    )
    """听过的几句各听成什么：没听懂的一句，几种听法都要问。"""


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """一件没结案的案件。"""

    code: str
    scenario: Scenario
    position: CasePosition
    stage: StageView
    answers: Answers
    timers: tuple[TimerPlan, ...] = ()
    """还在走的时限。"""
    walked: tuple[str, ...] = ()
    """报告过的事件 id，由早到晚。"""
    called: Called = NOTHING_CALLED
    """说起它时靠什么叫它。"""
    sums: frozenset[Decimal] = frozenset()
    """说过的钱数：要的、肯给的、到了的、说起时说的。"""
    has_offer: bool = False
    """记着对方出的一个数，本人还没应。"""
    claimed: Decimal | None = None
    """要的一共多少；不知道为空。"""
    came: Decimal = Decimal()
    """到过多少；没到过是零。"""

    @property
    def part_came(self) -> bool:
        """钱到过一部分。"""
        return self.came > 0


@dataclass(frozen=True, slots=True)
class ReadingBook:
    """听话要用的手册。"""

    scenarios: tuple[Scenario, ...]
    classifier: Classifier
    calendar: WorkCalendar
    asides: Sequence[Aside] = ()
    topics: TopicReader = field(default_factory=lambda: TopicReader(()))
    """听打听的。"""
    named: Mapping[str, str] = field(default_factory=dict[str, str])
    """场景的 id、标题、俗称 -> 场景 id。"""
    command_words: Mapping[str, str] = field(default_factory=dict[str, str])
    """场景自己的命令词 -> 场景 id。"""


@dataclass(frozen=True, slots=True)
class Context:
    """听一句话时要看的一切：几点了、哪本手册、刚问了什么、手上有哪些案件。"""

    now: datetime
    """带时区。"""
    book: ReadingBook
    awaits: Awaited | None = None
    set_aside: SetAside | None = None
    """先放在一边的那一问，还认得他回的话。"""
    open_question: OpenQuestion | None = None
    matters: tuple[OpenMatter, ...] = ()
    """没结案的案件，正说着的在最前，其余新的在前。"""
    concluded: tuple[str, ...] = ()
    """给过结论、没有后续步骤（归别处去办、没有指望）也没结掉的几件，各是哪个场景，最近的在前。"""
    concluded_answers: tuple[Scenario, Answers] | None = None
    """其中最近的一件：场景和答过的；没有为空。"""
    has_closed: bool = False
    """名下有结了案的。"""
    closed: tuple[str, ...] = ()
    """手头什么也没有时，结了案的几件各是哪个场景，新的在前。"""
    can_undo: bool = False
    """有可以撤销的改动。"""
    reminder_answerable: bool = False
    """刚发过提醒，“完成”“停止”说的是它。"""
    has_picture: bool = False
    """话里还带了图片。"""
    is_command: bool = False
    """带了命令词。"""

    @property
    def spoken_of(self) -> str | None:
        """手头说着的是哪个场景：正问着的，没有就是案件的，再没有就是给过结论的；都没有为 ``None``。"""
        if self.open_question is not None:
            return self.open_question.scenario.id
        if self.matters:
            return self.matters[0].scenario.id
        return self.concluded[0] if self.concluded else None

    @property
    def matter(self) -> OpenMatter | None:
        """正说着的案件；没有案件为 ``None``。"""
        return self.matters[0] if self.matters else None


def matter_spoken_of(context: Context, utterance: Utterance) -> OpenMatter | None:
    """这句话说的是哪件案件：几件里话里听得出是哪一种的算那件，听不出就是正说着的；没有案件为 ``None``。"""
    if len(context.matters) > 1:
        open_ones = {matter.scenario.id for matter in context.matters}
        heard = context.book.classifier.classify(utterance.raw).leans_to(open_ones)
        named = [matter for matter in context.matters if matter.scenario.id == heard]
        if named:
            return named[0]
    return context.matter


def is_plainly_another(context: Context, utterance: Utterance) -> bool:
    """明明白白说的是另一种事：听得准，又不是手头哪件的场景；找客服、申诉这样的帮助主题不算另一件。"""
    if not begins_another(utterance, POSSIBLY_ANOTHER):  # 先问学来的：多半到此为止，不必去数字眼
        return False
    found = context.book.classifier.classify(utterance.raw)
    known = {*(matter.scenario.id for matter in context.matters), *context.concluded}
    if context.open_question is not None:
        known.add(context.open_question.scenario.id)
    if found.scenario is None or not found.is_sure or found.scenario in known:
        return False
    topics = {scenario.id for scenario in context.book.scenarios if scenario.kind is ScenarioKind.TOPIC}
    return found.scenario not in topics


def goes_on_about(context: Context, utterance: Utterance, scenario_id: str) -> bool:
    """``scenario_id`` 和手头的是一路的（互相转过去办的、找客服、申诉），话里又没说是另外一件：说的还是手头这件。"""
    at_hand = context.spoken_of
    if at_hand is None or any(word in utterance.text for word in _SAYS_ANOTHER):
        return False
    is_being_told = context.open_question is not None or isinstance(context.awaits, AfterVerdict)
    surely = _SAME_ANOTHER if scenario_id == at_hand else _SURELY_ANOTHER
    if not is_being_told and begins_another(utterance, surely):
        return False
    return are_related(context.book, at_hand, scenario_id)


def says_another(utterance: Utterance) -> bool:
    """说了是另外一件。"""
    return any(word in utterance.text for word in _SAYS_ANOTHER)


def are_related(book: ReadingBook, one: str, other: str) -> bool:
    """同一种、互相转过去办的，或有一个是找客服、申诉这样的帮助主题。"""
    known = {scenario.id: scenario for scenario in book.scenarios}
    pair = [known[key] for key in (one, other) if key in known]
    if one == other or any(scenario.kind is ScenarioKind.TOPIC for scenario in pair):
        return True
    return any(
        rule.redirect_to in (one, other) and rule.redirect_to != scenario.id
        for scenario in pair
        for rule in scenario.rules
    )


_SURELY_ANOTHER = 0.65
"""没说“另外”这样的字，学来的这么像在另说一件，也算另一件；正问着、刚给过结论的，补说的情况本来就像从头说起。"""
_SAME_ANOTHER = 0.8
"""和手头的是同一种：没说“另外”，要这么像才算另一件，不然说的就是手头这件。"""
_SAYS_ANOTHER = load_spoken().another
POSSIBLY_ANOTHER = 0.25
"""字眼说的是另一种事，学来的却连这么像在另说一件都没有：“老板又加价了 说退200喊我撤”说的还是手头这件。"""


def begins_another(utterance: Utterance, least: float) -> bool:
    """照学来的听法，有 ``least`` 这么像在另说一件事；没有训练过的只看字眼。"""
    scored = read_intent(utterance.raw)
    return not scored or any(one.id == "new-matter" and one.score >= least for one in scored)
