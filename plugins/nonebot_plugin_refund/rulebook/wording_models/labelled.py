"""``labelled.yaml`` 的数据模型：标注过的例句里的一类事，说的是哪几个场景。"""

from functools import cache

from pydantic import Field

from ..file_names import LABELLED_FILE
from ..scenario_models.base_models import Id, Strict
from ..yaml_reading.packaged_yaml import packaged_yaml


class LabelledFamily(Strict):
    """一类事。"""

    id: Id
    scenarios: tuple[Id, ...] = ()
    """它自己的场景，在前的先看。"""
    also: tuple[Id, ...] = ()
    """同一类的进展也会在那里报告的场景：只有评分看。"""


class LabelledFamilies(Strict):
    """``labelled.yaml`` 的形状。"""

    families: tuple[LabelledFamily, ...] = Field(min_length=1)

    def own(self, family: str) -> tuple[str, ...]:
        """这一类自己的场景；没有这一类为空。"""
        return next((one.scenarios for one in self.families if one.id == family), ())

    def every(self, family: str) -> tuple[str, ...]:
        """评分时依次看的场景；没有这一类的，``family`` 就是场景的 id。"""
        return next(((*one.scenarios, *one.also) for one in self.families if one.id == family), (family,))


@cache
def load_labelled() -> LabelledFamilies:
    """随包的那一份，只读一次；不合规定抛 ``pydantic.ValidationError``。"""
    return LabelledFamilies.model_validate(packaged_yaml(LABELLED_FILE))
