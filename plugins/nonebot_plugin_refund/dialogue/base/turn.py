"""一轮对话用到的东西：谁、什么时候、在哪个事务里、有哪些部件。"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ...clock import Clock
from ...domain.days.calendar import WorkCalendar
from ...domain.days.reminders import QuietHours
from ...domain.understanding.scenarios import Classifier
from ...render.cards import Card
from ...storage.case.case_codes import Draw
from ...storage.connection.database import Database
from ...storage.person.people import Settings
from ...storage.records import InterviewRecord, Person
from ..group.memory import GroupMemory
from ..limits.flood import Limits
from ..rulebooks.editions import Editions
from ..rulebooks.in_force import RulebookInForce
from .incoming import Incoming
from .told_so_far import ToldSoFar


@dataclass(frozen=True, slots=True)
class Picture:
    """一条话的图：内容与这条话的文字相同，已经全是话。提交之后才画；画不成、不收、关了图片就发文字。"""

    card: Card


@dataclass(frozen=True, slots=True)
class Attachment:
    """随消息发的一个文件。"""

    name: str
    """文件名，带扩展名；不带路径。"""
    content: bytes | str | Callable[[], bytes]
    """文件的内容；做起来慢的写成函数，提交之后在线程里才做。"""
    text: str
    """发不了文件的地方改发的文字，同样的内容。"""

    def made(self) -> bytes:
        """文件的字节；写成函数的在这里做，可能要一会儿。"""
        if isinstance(self.content, str):
            return self.content.encode()
        return self.content if isinstance(self.content, bytes) else self.content()


@dataclass(frozen=True, slots=True)
class Reply:
    """要说的一条话：有图又发得出去就只发图，否则发文字；文件跟在后面。"""

    text: str
    picture: Picture | None = None
    attachment: Attachment | None = None
    is_owed: bool = False
    """办了的事的回答：没说到就欠着，下次补上。"""
    is_late: bool = False
    """补说的：先前没说到，这是第二回。"""
    is_alone: bool = False
    """不附欠着的提醒：库正用不了。"""


@dataclass(frozen=True)
class Services:
    """对话用到的部件，启动时由 ``dialogue/assembly.py`` 装好，之后不变。"""

    database: Database
    editions: Editions
    calendar: WorkCalendar
    classifier: Classifier
    clock: Clock
    quiet: QuietHours
    groups: GroupMemory
    is_group_admin: Callable[[Incoming], Awaitable[bool]]
    """平台没说发话人是不是管理员时去查；查不到当作不是。要等网络，所以不能在事务里查。"""
    wake_delivery: Callable[[], None]
    """叫醒送提醒的循环；由 :meth:`Turn.wake_delivery` 在提交之后调用。"""
    command: str
    """在话里怎么称呼我们的命令，随 ``COMMAND_START`` 变。"""
    draw_code: Draw | None
    """抽案件号的办法；随机抽的为空。"""
    in_force: RulebookInForce | None
    """用来换手册；工具和没有数据文件夹的地方没有。"""
    limits: Limits
    """一个人、一个群说得多快算太快。"""
    data_folder: Path | None
    """插件的数据文件夹，删除的记号放在里面；工具里没有备份可言，为空。"""
    told_so_far: ToldSoFar = field(default_factory=ToldSoFar)
    """各人刚说过、还没听出是什么事的几条。"""


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """这一轮改了什么，撤销时用得着。"""

    kind: str
    """answer 答案、report 进展、close 结案、snooze 推迟、stop 停提醒、tick 材料、switch 换一件事。"""
    label: str
    """说给本人听的名字。"""
    case_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(slots=True)
class Known:
    """一轮里从数据库看到、或自己刚写下的事。同一个人的话一句一句办，写事务也一个一个来，所以这一轮里不会变。"""

    nothing_awaited: bool = False
    """没有在等他接的话。"""
    asked: bool = False
    """这一轮刚问了什么：先前等着的已经盖掉。"""
    set_aside: Mapping[str, Any] | None = None
    """说了别的、先放在一边的那一问，存下来的样子；没有为空。"""
    opened: int | None = None
    """这一轮立的案件的行号。"""
    change: ChangeNote | None = None
    """这一轮改了什么；没改为空。"""
    spoken_of: dict[int, str] = field(default_factory=dict[int, str])
    """这一轮说到的案件：行号和案件号。"""
    undone: bool = False
    """这一轮撤销了什么。"""
    settings: Settings | None = None
    """这一轮开始时他定下的几样。"""
    ongoing: Sequence[InterviewRecord] | None = None
    """听这句话之前看到的没问完的访谈；看过之后又动了的为空。"""


@dataclass(frozen=True, slots=True)
class Turn:
    """正在处理的一条消息。"""

    services: Services
    incoming: Incoming
    session: AsyncSession
    now: datetime
    case_codes: list[str] = field(default_factory=list[str])
    """这一轮动过的案件号：出错时只记它，不记用户的话。"""
    after_commit: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    """提交成功之后才做的事：改内存里的开关、叫醒送提醒的循环；没提交成就不做。"""
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list[Callable[[], Awaitable[None]]])
    """提交成功之后、说话之前，数据库外面还要做的；各自不抛错。"""
    known: Known = field(default_factory=Known)
    """这一轮里已经看过、不必再问数据库的。"""
    owed: tuple[str, ...] = ()
    """先前没说到、随这句的回答补上的话。"""
    is_unseen: bool = False
    """他说这句话的时候，我们最近的一句还没有发到：答的不是那一句。"""
    is_repeat: bool = False
    """而且与上一句一模一样：多半是连点了几下，或没等到回音又说了一遍。"""

    @property
    def person(self) -> Person:
        """说话的人。"""
        return Person(self.incoming.platform, self.incoming.user_id)

    @property
    def said_at(self) -> datetime:
        """这句话是什么时候说的：话里的“今天”“刚刚”从这一刻数起；“现在过没过期”仍看 ``now``。"""
        return self.incoming.said_at(self.now)

    def changed(self, kind: str, label: str, case_id: int | None = None, **detail: Any) -> None:
        """记下这一轮改了什么；一轮里先说的那件算数。"""
        if self.known.change is None:
            self.known.change = ChangeNote(kind, label, case_id, detail)

    def spoke_of(self, case_id: int, code: str) -> None:
        """记下这一轮说到了这件案件。"""
        self.known.spoken_of[case_id] = code

    @property
    def is_answer_owed(self) -> bool:
        """这一轮改了什么、问了什么：它的回答非说到不可。"""
        return self.known.change is not None or self.known.asked or self.known.undone

    def wake_delivery(self) -> None:
        """排好了新的提醒：提交之后叫醒送提醒的循环，早了它还看不见。"""
        self.after_commit.append(self.services.wake_delivery)


def replies(*texts: str) -> list[Reply]:
    """几段文字各成一条；空的略去。"""
    return [Reply(text) for text in texts if text]
