"""``spoken.yaml`` 的数据模型：用户整句说的词，各是什么意思。

词照写的次序留着：每条的第一个用来写给人看，去掉客气话时先写的先去。
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import cast

from pydantic import Field

from ..file_names import SPOKEN_FILE
from ..scenario_models.base_models import Strict
from ..yaml_reading.packaged_yaml import packaged_yaml
from .spoken_parts.exchange_words import ExchangeOfferWords
from .spoken_parts.group_words import AdministrationWords, GroupWords, SwitchWords
from .spoken_parts.matter_words import MatterWords
from .spoken_parts.money_words import MoneyWords
from .spoken_parts.moved_day_words import MovedDayWords
from .spoken_parts.not_told_words import NotToldWords
from .spoken_parts.parted_words import PartedWords
from .spoken_parts.proof_asked_words import ProofAskedWords
from .spoken_parts.reader_words import DisownedWords, FiledAnewWords, LookWords, SpokeWords, WentWords, WhetherWords
from .word_lists import Words


class CommandWords(Strict):
    """命令；每条第一个是写给人看的。"""

    menu: Words
    scenarios: Words
    mine: Words
    progress: Words
    update: Words
    evidence: Words
    calendar: Words
    papers: Words
    claim: Words
    ledger: Words
    reminders: Words
    close: Words
    export: Words
    delete: Words
    help: Words
    settings: Words
    administration: Words

    def by_id(self) -> dict[str, tuple[str, ...]]:
        """命令的 id → 它的各种词，按写的先后。"""
        return dict(self)


class ControlWords(Strict):
    """访谈和提醒里的控制词。"""

    back: Words
    change: Words
    why: Words
    unsure: Words
    progress: Words
    quit: Words
    human: Words
    help: Words
    menu: Words
    done: Words
    stop: Words
    snooze: Words

    def by_id(self) -> dict[str, tuple[str, ...]]:
        """控制词的 id → 它的各种词。"""
        return dict(self)


class CourtesyWords(Strict):
    """控制词前后的客气话；先写的先去。"""

    before: Words
    after: Words


class AnswerWords(Strict):
    """整句就是回答。"""

    yes: Words
    no: Words
    unsure: Words


class FaceWords(Strict):
    """QQ 表情发成文字的样子。"""

    yes: Words
    no: Words


class ReminderWords(Strict):
    """对提醒的设置。"""

    resume: Words
    about: Words
    """说的是提醒：和推迟到什么时候一起说。"""
    back_on: Words
    """和“提醒”一起说的：要接着提醒，不是停掉。"""
    mention_on: Words
    """同意在群里点名。"""
    mention_off: Words


class EvidenceWords(Strict):
    """备材料时说的。"""

    look: Words
    """后面跟编号：看那一项怎么备。"""
    have: Words
    skip: Words
    in_hand: Words
    """后面跟着一样凭证：说的是手里有，不是发生了什么。"""
    also_proofs: Words
    """访谈里没在答时说到的，也是凭证。"""
    proofs: Words
    """随口说到的凭证：话里有其中一个，就提醒留着。"""


class DeletionWords(Strict):
    """删除自己的数据之前的确认。"""

    confirm: Words
    keep: Words
    erases: Words
    of_mine: Words
    everything: Words
    stored: Words
    by_others: Words
    """是别人删的、删的不是存在这里的。"""


class OutcomeWords(Strict):
    """案件最后怎样；每条第一个是列出来的名字。"""

    refunded: Words
    partly_refunded: Words
    not_refunded: Words
    withdrawn: Words
    moved_on: Words
    replaced: Words

    def by_id(self) -> dict[str, tuple[str, ...]]:
        """结局的 id → 它的各种词，按列出来的先后。"""
        return dict(self)


class PeopleWords(Strict):
    """说到谁的那件：孩子，家里的大人和同辈，亲戚、朋友、别的人。"""

    children: Words
    family: Words
    acquaintances: Words


class SpokenWords(Strict):
    """用户整句说的全部词。"""

    version: int = Field(gt=0)
    commands: CommandWords
    controls: ControlWords
    courtesy: CourtesyWords
    answers: AnswerWords
    emoji: AnswerWords
    """本身就是回答的表情符号，一项一个字。"""
    faces: FaceWords
    at_once: Words
    """访谈里整句就是回答、不必再猜的。"""
    skipping: Words
    """访谈里整句是跳过这一题：照不清楚往下走。"""
    resume: Words
    """接着说搁下的那场。"""
    list_again: Words
    """把正问着的那一题连选项再看一遍。"""
    switch: Words
    """换到另一件事。"""
    people: PeopleWords
    things: dict[str, Words]
    """场景 id → 只有那种事才会说到的东西：几件案件里，说到它就是那一件。"""
    vague_goods: Words
    """太泛、分不出是哪一单的货。"""
    which_wrong: Words
    """说记到别的案件上去了。"""
    another_one: Words
    """问是手头这件还是另外一件，说的是另外一件。"""
    own_orders: Words
    """“……那单”前面是这些，指的多半就是手头这件。"""
    what_to_do: Words
    """光问怎么办：说现在该做什么就是答。"""
    in_need: Words
    """说的是难处、想要什么：听准了是哪种打听，就答它。"""
    amend: Words
    """问过“要改吗”之后：改。"""
    correcting: Words
    """话里有其中一个，才算明说了在改先前说的。"""
    asked_outright: Words
    """没有疑问词、一听就在问的：“算谁的”“按几岁”。"""
    strangers: Words
    """“不认识那个人”：说的是人，不是不清楚。"""
    not_giving_up: Words
    """话里有其中一个，就不是在放弃：“一万太少了 我不要”。"""
    spent: Words
    """话里有其中一个，说的钱是花出去的。"""
    came_back: Words
    """话里有其中一个，说的钱可能是回来的。"""
    settled: Words
    """问过是不是就此了结，说就这样了。"""
    both: Words
    """说的是几件一起：问完这件接着问另一件。"""
    denying: Words
    """话的开头有其中一个，就不是“是”：“不是都到了 是只有一万八”。"""
    reopen_plainly: Words
    """光说这个就是要把结了的案件打开。"""
    switching: Words
    """问过换不换，话里有其中一个，“是”才是换。"""
    not_switching: Words
    """问换不换，有其中一个是不换。"""
    once_more: Words
    """同一件又发生了一回。"""
    not_this: Words
    """后面跟着正问着的那种事，说的不是它。"""
    calmed: Words
    """刚接住一句危险的话，一截里有其中一个，是没事了、停住了。"""
    coming_in: Words
    """说钱到了总有其中一个。"""
    undo_it: Words
    """问要不要撤，回这些是撤。"""
    disputing: Words
    """问过是不是之后，有其中一个是在反问、否认，不是又说了一遍。"""
    keeping: Words
    """问过“要改吗”之后，开头有其中一个是不改。"""
    around_titles: Words
    """照名字选一份时前后带的字。"""
    writing: Words
    """要写一份文书的话。"""
    pieces_written: Words
    """问怎么写的是这样一份东西（信、申请、状子），不是表上的一格。"""
    how_written: Words
    """问怎么写。"""
    offerers: Words
    """出价的一方。"""
    assenting: Words
    """开头是这些，后面又把事说了一遍：在应前面问过的“是不是”。"""
    reckoning: Words
    """在算该退多少，不是到了多少。"""
    feared: Words
    """以它开头的一截是怕的、想着的、听来的，不是已经有的事。"""
    worrying: Words
    """以它开头的一截是担心、是想着万一。"""
    worried_about: Words
    """担心的是这些，就是担心对方不理、不退、钱要不回来。"""
    feared_goods: Words
    """怕的后面是这些，怕的是东西本身，是想退的原因。"""
    just_applied_for: Words
    """提示的字里有这些的，问的是哪天提交申请。"""
    just_applied: Words
    """问哪天提交申请，“刚”的后面是这些，说的就是提交。"""
    asks_recorded: Words
    """在问记了没有。"""
    ruled: Words
    """平台看完了、有了结果。"""
    dealt: Words
    """对方出了数，本人已经答应、签了字。"""
    undecided: Words
    """紧挨在 ``dealt`` 前面就不算答应了的字。"""
    refiled: Words
    """外面的单子、投诉填错了，重新交了。"""
    another_order: Words
    """说的是另外一单：里面的日子、钱数不是手头这件的。"""
    another: Words
    """说的是另外一件。"""
    the_rest: Words
    """说的还是手头这件里没办完的部分。"""
    sums: Words
    """说的是钱数。"""
    totals: Words
    """说的是一共花了多少。"""
    money_moves: Words
    """说的是钱动了。"""
    not_knowing: Words
    """没有学过的题，听着像这些的是说不清楚。"""
    not_answering: Words
    """没有学过的题，听着像这些的是没有在答。"""
    insults: Words
    """骂机器人、嫌它听不懂。"""
    days: Words
    """改正时，说的是日子。"""
    ages: Words
    """改正时，说的是岁数。"""
    back_to_case: Words
    """问答中、有案件时，短短一句要回去说先前那件：“先说孩子这个”。"""
    leaving: Words
    """问答里说不问这个了。"""
    gives_up: Words
    """明说了不追了。"""
    all_came: Words
    """说的是全到了。"""
    promised: Words
    """说的是对方说好了的：话里的日子是说好的那天。"""
    day_passed: Words
    gone: Words
    """对方拉黑了、找不到人了：不必等到说好的日子。"""
    """说的是日子已经过了。"""
    another_part: Words
    """说的是又到了一笔：和先前到的合起来算。"""
    not_all: Words
    """问过是不是就此了结，说没退全。"""
    complaining: Words
    """嫌它没答上来。"""
    reopen: Words
    """结了的又要接着办。"""
    undo: Words
    """撤销上一件、说记错了。"""
    not_to_record: Words
    """说了记错了，后面光说不要记的。"""
    acknowledge: Words
    """应声。"""
    thanks: Words
    """道谢：以这些开头。"""
    look_closer: dict[int, Words]
    """结论之后细看的编号 → 编号旁边的字。"""
    review: Words
    """照新的规则看，后面可以跟案件号；先写的先认。"""
    reminders: ReminderWords
    evidence: EvidenceWords
    deletion: DeletionWords
    outcomes: OutcomeWords
    switches: SwitchWords
    group: GroupWords
    administration: AdministrationWords
    parted: PartedWords
    moved_days: MovedDayWords
    proof_asked: ProofAskedWords
    filed_anew: FiledAnewWords
    whether_to_give: WhetherWords
    disowned: DisownedWords
    went: WentWords
    exchange_offer: ExchangeOfferWords
    spoke: SpokeWords
    look_at: LookWords
    not_told: NotToldWords
    money: MoneyWords
    """钱：应不应对方出的数，到了多少，剩下的还要不要。"""
    matters: MatterWords
    """说的是哪一件事。"""

    @property
    def look_closer_numbers(self) -> range:
        """结论之后细看的编号：2 是材料，词在命令里。"""
        return range(1, max(self.look_closer) + 1)

    def reserved(self) -> frozenset[str]:
        """场景不能拿来作命令的词：已经是命令、控制词、私聊里整句另有意思的词。"""
        return frozenset(
            chain(
                *self.commands.by_id().values(),
                *self.controls.by_id().values(),
                self.answers.yes,
                self.answers.no,
                self.answers.unsure,
                self.resume,
                self.switch,
                self.amend,
                self.undo,
                self.acknowledge,
                *self.look_closer.values(),
                self.review,
                self.reminders.resume,
                self.reminders.mention_on,
                self.reminders.mention_off,
                self.deletion.confirm,
                (option[0] for option in self.group.options.by_id().values()),
            )
        )


def every_list(words: object, name: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """文件里的每一列词，连同它的位置（如 ``group.levels.off``）。"""
    children: Iterable[tuple[object, object]] = ()
    if isinstance(words, tuple) and words and isinstance(words[0], Strict):
        children = ((str(place), one) for place, one in enumerate(cast("tuple[Strict, ...]", words)))
    elif isinstance(words, tuple):
        yield name, cast("tuple[str, ...]", words)
    elif isinstance(words, Strict):
        children = words
    elif isinstance(words, dict):
        children = cast("dict[object, object]", words).items()
    for key, value in children:
        yield from every_list(value, f"{name}.{key}".removeprefix("."))


@cache
def load_spoken() -> SpokenWords:
    """随包的那一份，只读一次；不合规定抛 ``pydantic.ValidationError``。"""
    return SpokenWords.model_validate(packaged_yaml(SPOKEN_FILE))
