"""意思：一句话可能是什么意思，封闭的一组；怎么办见 :mod:`..handling.handlers`。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ...domain.case.told_limit import ToldLimit
from ...domain.hearing.hearing import Heard
from ...domain.interview.answers import Answer
from ...domain.understanding import controls
from ...domain.understanding.private_data.private import PrivateKind
from ...rulebook.scenario_models.models import Question
from . import commands
from .awaits import Awaited
from .meanings.beside_intents import BesideTold
from .meanings.early_intents import EarlyCorrected, EarlyNews, EarlyOffered
from .meanings.other_goods import KeptTold, OtherGoods
from .meanings.sum_intents import NothingCame, Offered, PaymentsListed, SumTold


class DangerKind(StrEnum):
    """哪一种危险。"""

    SELF_HARM = "self-harm"
    VIOLENCE = "violence"
    FRAUD = "fraud"
    ILLNESS = "illness"


class Setting(StrEnum):
    """整句就是一项设置的话。"""

    RESUME_REMINDERS = "resume_reminders"
    MENTION_ON = "mention_on"
    MENTION_OFF = "mention_off"


class TalkKind(StrEnum):
    """寒暄。"""

    THANKS = "thanks"
    ACKNOWLEDGED = "acknowledged"
    SMALL = "small"
    DETAIL = "detail"
    """多说了一点情况：什么也没发生，什么也没问。"""
    EARLY_NEWS = "early-news"
    """访谈还没问完，就说起了进展。"""
    OTHERS = "others"
    """访谈里说的是家里人、朋友自己的那件怎样了。"""
    INSULTED = "insulted"
    """骂机器人、嫌它听不懂。"""
    SPOKE = "spoke"
    """去跟对方说过、催过，还没说对方怎么回；``said`` 是跟谁说的。"""
    LOOK_AT = "look-at"
    """请它看一张图。"""
    CONCLUDED = "concluded"
    """给过结论、没有后续步骤的那件，又说起它。"""
    AFTER_DANGER = "after-danger"
    """危险过去了，还没说是什么事。"""
    WISH = "wish"
    """家里人、别人劝他不追了，他自己没说。"""
    NOMINAL_AGE = "nominal-age"
    """问满几周岁，说的是虚岁、几年级、哪年生的。"""
    ELSEWHERE = "elsewhere"
    """快手以外的一处（苹果、微信）也申请了。"""


@dataclass(frozen=True, slots=True)
class Danger:
    """危险：先接住人，别的都往后放。"""

    kind: DangerKind
    said: str = ""
    """原话：里面说了的事，缓过来接着办。"""


@dataclass(frozen=True, slots=True)
class PrivateNumbers:
    """话里有不该发的号码。"""

    kinds: tuple[PrivateKind, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """一条命令。"""

    command: commands.Command


@dataclass(frozen=True, slots=True)
class NearMiss:
    """像是打错的命令。"""

    near_miss: commands.NearMiss


@dataclass(frozen=True, slots=True)
class Control:
    """访谈里的控制词、菜单、帮助、人工。"""

    control: controls.Control


@dataclass(frozen=True, slots=True)
class ReminderAnswer:
    """回刚发的提醒：完成、推迟、停止。"""

    control: controls.Control


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """恢复提醒、同意群提醒。"""

    setting: Setting


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """规则更新之后说“重看 K7Q2”。"""

    code: str | None


@dataclass(frozen=True, slots=True)
class ResumeInterview:
    """接着说搁下的那场。"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """从刚列出来的里面选了一个。"""

    awaited: Awaited
    value: str
    """选中的那一项的 id、案件号或编号。"""
    said: str
    """原话：后面可以跟日期。"""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """对刚问的“是不是”回了是或否。"""

    awaited: Awaited
    yes: bool
    said: str


@dataclass(frozen=True, slots=True)
class Answered:
    """回答了访谈正等着的那一题，或顺带答了别的题。"""

    question: Question
    heard: Heard
    exact: bool
    """回的是编号或选项原话：不必复述。"""


@dataclass(frozen=True, slots=True)
class Reported:
    """报告了案件里发生的一件事。"""

    case: str
    event: str
    happened_at: datetime | None
    """话里说了哪天；没说为空。"""
    said: str
    sure: bool
    """拿得准：记下并复述；拿不准先问一句。"""
    exact: bool = False
    """回的是编号。"""
    others: tuple[str, ...] = ()
    """也可能是这几件。"""
    cases: tuple[str, ...] = ()
    """几件案件都等着这件事，又没说是哪件：这几件里选。"""
    another: str = ""
    """指名的像是还没记过的另一单：列出来选的里面也有它，这是它的场景；不像为空。"""
    earlier: tuple[tuple[str, datetime | None], ...] = ()
    """同一句里先说的别的进展（“商家把我拒了 我点了介入”），各是哪件、哪天。"""
    then: str = ""
    """同一句里接着又说的了结的一件（“同意退 钱也到账了”）：记下前面的，再问它；没说为空。"""
    told: ToldLimit | None = None
    """早先那句里说好的期限；``said`` 里说的不写在这里。"""
    missed: bool = False
    """对方说的那天过了、没做：``happened_at`` 是说的那天。"""
    proposed: bool = False
    """对方提出来的，本人还没应：说明还没应会怎样，不记。"""


@dataclass(frozen=True, slots=True)
class Asked:
    """打听一件事，如“要多久”“要花钱吗”。"""

    topic: str | None
    """手册里认得的打听；不认得为空。"""
    said: str
    others: tuple[str, ...] = ()
    """听不准时最像的几种。"""
    alike: bool = False
    """最像的两种差不多一样像。"""
    case: str | None = None
    """问的是哪件案件；听不出为空。"""


@dataclass(frozen=True, slots=True)
class Corrected:
    """改一个答案：“我说错了 是 12 岁”。"""

    said: str
    """说对的那部分。"""
    question: str | None = None
    """说了是哪一题；没说为空，由说的内容去对。"""
    number: int | None = None
    """说了是已答清单里的第几题，``said`` 是改成什么。"""
    redates: bool = False
    """改的是记下的一件进展的日子。"""
    event: str = ""
    """改的是哪一件进展的日子；没说是哪件的为空，是刚记下的那件。"""
    unrecorded: bool = False
    """要改日子的那件没有记过。"""
    denies: str = ""
    """否认的是刚记下的哪件进展，它的名称；``said`` 是说清了的另一件，没说清为空。"""


@dataclass(frozen=True, slots=True)
class Undo:
    """撤销上一件，或说到的那件。"""

    named: str = ""
    """指名的内容；为空是上一件。"""
    event: str = ""
    """听出来是哪一件进展；没听出来为空，照 ``named`` 去对。"""
    sure: bool = True
    """没说“撤销”这样的字、只是听着像，先问一句。"""
    reopening: bool = False
    """要撤的是把案件结掉的那一件。"""


@dataclass(frozen=True, slots=True)
class Moved:
    """刚记下、刚问的说的是另一件案件：“我说的是我自己那个 不是弟弟的”。"""

    case: str
    """说的是这一件。"""
    said: str
    plainly: bool = True
    """明说了是这件、不是那件；光提到它的（“弟弟那个呢”）不算。"""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """说起一件新的事。"""

    scenario: str
    said: str
    sure: bool
    later: str | None = None
    """同一句里还说到的另一件事的场景。"""
    others: tuple[OtherGoods, ...] = ()
    """同一句里还说到的另外几样货。"""
    instead: bool = False
    """明说了正问着的那种不是他的事、或要另外记一件：不再问换不换。"""


class ProofFor(StrEnum):
    """凭证要交给谁；平台要的是一件进展。"""

    OFFICIAL = "official"
    """12315、消协、法院这些。"""
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True)
class NothingNew:
    """说还没发生，或只是转述谁怎么说：不记什么。"""

    case: str
    said: str
    quoted: bool = False
    """转述别人怎么说。"""
    put_off: bool = False
    """约好的那天改期了，新的日子还没说。"""
    proof_for: ProofFor | None = None
    """是谁要凭证；没说这个为空。"""


@dataclass(frozen=True, slots=True)
class Talk:
    """寒暄、应声。"""

    kind: TalkKind
    said: str = ""
    """说了什么情况；寒暄不必带。"""
    case: str | None = None
    """说的是哪件案件的情况。"""


@dataclass(frozen=True, slots=True)
class WantsMenu:
    """提到退款，却听不出是哪一种。"""

    another: bool = False
    """手头有案件，另说起一件，听不出是哪一种。"""
    apart: bool = False
    """明说了要另外记一件：接着说的就是那件。"""


@dataclass(frozen=True, slots=True)
class Unclear:
    """没听懂；``candidates`` 是最像的几个。"""

    candidates: tuple[str, ...] = ()
    heard: Heard | None = None
    """访谈里没听懂的，连同哪里没听懂。"""


Intent = (
    Danger
    | PrivateNumbers
    | Command
    | NearMiss
    | Control
    | ReminderAnswer
    | SettingChanged
    | ReviewRules
    | ResumeInterview
    | Chosen
    | Confirmed
    | Answered
    | Reported
    | EarlyNews
    | EarlyOffered
    | EarlyCorrected
    | Asked
    | Corrected
    | Undo
    | Moved
    | Offered
    | NothingCame
    | SumTold
    | PaymentsListed
    | NewMatter
    | KeptTold
    | BesideTold
    | NothingNew
    | Talk
    | WantsMenu
    | Unclear
)
"""一个意思。"""


class Band(StrEnum):
    """拿它怎么办：记下（或回答）、问一句是不是、把问题换个说法再问。"""

    RECORD = "record"
    CONFIRM = "confirm"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Reading:
    """一句话的听法。"""

    intents: tuple[Intent, ...]
    """按先后办；至少一个。"""
    band: Band = Band.RECORD
    score: float = 1.0
    """第一个意思有多大把握，0 到 1。"""
    explain: tuple[str, ...] = ()
    """凭什么这样听。"""
    facts: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    """话里听到的全部答案，按问题 id。"""
    reader: str = ""
    """哪一个听法听出来的。"""
    about: str | None = None
    """话里说出了是哪件案件；没说、听不出为空。"""

    @property
    def first(self) -> Intent:
        """最要紧的意思。"""
        return self.intents[0]
