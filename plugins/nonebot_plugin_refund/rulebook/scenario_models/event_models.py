"""事件目录：案件里会发生的事，每件只写一次；阶段只说“发生了它，走到哪里”。"""

from enum import StrEnum

from pydantic import Field, model_validator

from .base_models import Id, Strict, Text


class Actor(StrEnum):
    """这件事是谁做的。"""

    ME = "me"
    """本人，或替他办的家人。"""
    MERCHANT = "merchant"
    """商家、卖家、机构、主播：收钱的一方。"""
    PLATFORM = "platform"
    """快手和它的客服。"""
    AUTHORITY = "authority"
    """12315、12345、消协、公安。"""
    COURT = "court"
    MONEY = "money"
    """钱、货、快币自己到了或没到，没有谁说了什么。"""


class Need(StrEnum):
    """记这件事还要知道什么。"""

    DATE = "date"
    AMOUNT = "amount"


class WordsTogether(Strict):
    """一个小句里有 ``needs_one_of`` 之一、又有 ``and_one_of`` 之一、没有 ``unless`` 的任何一个，就是在说这件事。

    写了 ``also_one_of`` 的，还要有其中一个。
    """

    needs_one_of: tuple[Text, ...] = Field(min_length=1)
    and_one_of: tuple[Text, ...] = Field(min_length=1)
    also_one_of: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    alone: bool = False
    """此刻就能报告的，光有 ``needs_one_of`` 也列出来请他选。"""


class Event(Strict):
    """一件会发生的事。"""

    id: Id
    label: Text
    """用户看到的字，如“商家拒绝了”；某个阶段要换个说法的，在那个阶段写。"""
    by: Actor
    """谁做的：me 本人、merchant 收钱的一方、platform 快手、authority 行政部门、court 法院、money 钱货自己到没到。"""
    needs: tuple[Need, ...] = ()
    """记它的时候还要知道什么：date 哪天，amount 多少钱。"""
    ends: bool = False
    """说了它，事情多半就结束了：记之前先问一句。"""
    gives_up: bool = False
    """说了它，就是放弃全部或一部分：记之前先问一句。"""
    silence: bool = False
    """说的是还没发生什么：对方没动静、钱没到。等的日子还没过，就不算。"""
    decision: bool = False
    """说的是一个决定：打算、要也算说了。"""
    entailed: bool = False
    """不说也知道的一步：后面的事发生了，它必然在先（被拒之前交过申请）。别的没说过就不替人补记。"""
    anytime: bool = False
    """在平台外面自己做的一步（投诉、起诉）：走到哪一步都可能直接做，说得明白就记，中间的不补。"""
    detour: bool = False
    """岔出去的一步：没说过就不替人补，也不绕过它去找别的事在哪里。"""
    said: tuple[Text, ...] = ()
    """人们口头怎么说；可以用词表里的概念，如 ``<商家>拒绝``。"""
    words_together: tuple[WordsTogether, ...] = ()
    """说法太多的事，照几列词听：对得上其中一组就是它，没有学过的、学过的都先看它。里面也可以用概念。"""
    not_heard_with: tuple[Text, ...] = ()
    """话里有其中一个，说的就不是这件：“派出所立案了”不是起诉。"""
    heard_only_with: tuple[Text, ...] = ()
    """写了的，话里要有其中一个才可能是这件：光说“商家同意了”不是答应换货。"""


class Events(Strict):
    """``events.yaml`` 的形状。"""

    events: tuple[Event, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> "Events":
        ids = [event.id for event in self.events]
        twice = sorted({key for key in ids if ids.count(key) > 1})
        if twice:
            raise ValueError(f"事件“{'、'.join(twice)}”写了两遍，每件事只写一次")
        return self
