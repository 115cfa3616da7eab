"""``asides.yaml`` 的数据模型：访谈途中的闲话和打听，各用一句话回答。

打招呼、道谢、生气、“你是机器人吗”“运费谁出”……都不是在答题。说法和回答都由志愿者维护，
回答之后原来的问题照旧开着，也不算一次没读懂。
"""

from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from ..file_names import ASIDES_FILE
from ..scenario_models.base_models import Id, Strict, Text
from ..yaml_reading.packaged_yaml import packaged_yaml, plain_yaml


class Aside(Strict):
    """一种闲话。"""

    id: Id
    said: tuple[Text, ...] = ()
    """话里含有其中任何一个就是它；简体、小写、半角，至少三个字。"""
    whole: tuple[Text, ...] = ()
    """整句就是这几个字才算，如“你好”。"""
    answer: Text
    """回答，一句话，最多 60 字。"""
    scenarios: tuple[Id, ...] = ()
    """只在这几个场景里这么答；不写则哪里都行。"""
    first: bool = False
    """人要紧：话里的进展没听准，先答它。"""

    @model_validator(mode="after")
    def _can_be_heard(self) -> "Aside":
        if not self.said and not self.whole:
            raise ValueError(f"“{self.id}”没有写 said 或 whole，永远不会用到")
        return self


class Asides(Strict):
    """``asides.yaml`` 的形状。"""

    version: int = Field(gt=0)
    asides: tuple[Aside, ...]


def load_asides(path: Path | None = None) -> tuple[Aside, ...]:
    """读闲话；不给路径时读随包的那一份（只读一次）。

    文件不存在抛 ``FileNotFoundError``，不是合法 YAML 抛 ``yaml.YAMLError``，
    内容不合规定抛 ``pydantic.ValidationError``。
    """
    return _packaged() if path is None else _valid(plain_yaml(path.read_text(encoding="utf-8")))


@cache
def _packaged() -> tuple[Aside, ...]:
    return _valid(packaged_yaml(ASIDES_FILE))


def _valid(content: object) -> tuple[Aside, ...]:
    return Asides.model_validate(content).asides
