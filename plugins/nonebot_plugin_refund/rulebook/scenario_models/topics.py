"""打听的数据模型：人会问什么、怎么回答、依据哪一条。

一个文件写一批，开头的 ``topics_for`` 说给哪几个场景用。问法是例句，听的时候比的是像不像，不必一字不差；
``said`` 里的几个字出现在话里就算，答题的话里顺带问一句也听得出。回答之后原来的问题照旧开着。
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field

from ..wording_models.asides import Aside
from .base_models import Id, Strict, Text

TOPICS_FOR = "topics_for"
"""一个文件开头写着它，里面就是打听。"""
PLACEHOLDERS = frozenset({"code", "stage", "todo", "next_date", "waiting", "verdict", "because"})
"""``with_case``、``in_case`` 里能写的空：案件号、阶段、要做的事、最近的日子、对方该在哪天前答复、结论、结论的缘由。"""
_PLACEHOLDER = re.compile(r"\{([^{}]{0,40})\}")


class Topic(Strict):
    """一种打听。"""

    id: Id
    title: Text
    """听不准时列出来给人选的短名字。"""
    asked: tuple[Text, ...] = ()
    """人会怎么问：长短、说法差得越远越好，8 到 12 句。"""
    said: tuple[Text, ...] = ()
    """话里含有其中任何一个就是它；简体、小写、半角，至少三个字。"""
    answer: Text
    """回答，一两行，最多 110 字。"""
    with_case: str = ""
    """有案件时多说的一行，空只能是 :data:`PLACEHOLDERS` 里的几个；有一个填不上就整行不说。"""
    in_case: str = ""
    """有案件时改说这一句，不说 ``answer``；有一个空填不上还说 ``answer``。"""
    sources: tuple[Id, ...] = ()
    """依据的 id，写在 sources.yaml 里。"""
    first: bool = False
    """人要紧（冒烟、漏电）：话里的进展没听准，先答它；靠 ``said`` 听出来。"""
    about_us: bool = False
    """问的是机器人自己，没有依据可写。"""
    scenarios: tuple[Id, ...] = ()
    """只在这几个场景里这么答；不写照文件开头的 ``topics_for``。"""


class Topics(Strict):
    """写打听的文件的形状。"""

    topics_for: tuple[Id, ...]
    """给哪几个场景用；空着是哪个场景都用。"""
    topics: tuple[Topic, ...] = Field(min_length=1)

    def scoped(self) -> "tuple[ScopedTopic, ...]":
        """每一种连同它用在哪些场景。"""
        return tuple(ScopedTopic(topic, topic.scenarios or self.topics_for) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class ScopedTopic:
    """一种打听和用它的场景。"""

    topic: Topic
    scenarios: tuple[str, ...]
    """空是哪个场景都用。"""

    @property
    def id(self) -> str:
        """这种打听的 id。"""
        return self.topic.id

    def is_for(self, scenario_ids: Iterable[str]) -> bool:
        """说着这几个场景时用不用它。"""
        return not self.scenarios or any(scenario in self.scenarios for scenario in scenario_ids)

    def as_aside(self) -> Aside | None:
        """写了 ``said`` 的，也能从答题的话里听出来。"""
        if not self.topic.said:
            return None
        topic = self.topic
        return Aside(id=self.id, said=topic.said, answer=topic.answer, scenarios=self.scenarios, first=topic.first)


def placeholders_in(text: str) -> tuple[str, ...]:
    """一行话里写了哪些空。"""
    return tuple(_PLACEHOLDER.findall(text))
