"""``signals.yaml`` 的数据模型：哪些词说明一句话在讲哪一种退款，各加多少分。

词由志愿者维护：往某一组的 ``words`` 里加一个词就生效，不必重新训练。
权重由 ``tests/domain/understanding/fit_signals.py`` 用标注句子拟合后写回，手改也行。
``signals-fitted.json`` 是同一次拟合给单字、两字连写和“两组词同时出现”的小权重，补词表没列到的说法，不用手改。
"""

from importlib.resources import files
from pathlib import Path

from pydantic import Field, model_validator

from ..file_names import SIGNALS_FILE
from ..scenario_models.base_models import Id, Strict, Word
from ..yaml_reading.packaged_yaml import packaged_yaml, plain_yaml

FITTED_FILE = "signals-fitted.json"
"""与词表放在同一个文件夹；没有它也能识别，只是准头差一些。"""

NONE = "none"
"""“都不是”。"""
Label = Id
"""场景的 id，或 :data:`NONE`；写了没有的场景由 :mod:`..lint.wording.signals` 查出来。"""


class WordGroup(Strict):
    """意思相近的一组词。一句话里出现其中任何几个，都只加一次分。"""

    id: Id
    words: tuple[Word, ...] = Field(min_length=1)
    opens: bool = False
    """没有任何一个 ``opens`` 组的词的消息不会被当成退款的事，机器人看都不细看。"""
    silences: bool = False
    """出现时，要格外有把握才在群里主动开口（``trigger.minimum_score_when_doubtful``）。"""
    weights: dict[Label, float]
    """给各场景加的分（对数几率）；没写的是 0。"""


class Pairing(Strict):
    """几组词同时出现（并且另几组不出现）时另加的分。"""

    id: Id
    all_of: tuple[Id, ...] = Field(min_length=1)
    none_of: tuple[Id, ...] = ()
    weights: dict[Label, float]


class Settling(Strict):
    """说了这些话，就不是 ``instead_of`` 那种、而是 ``scenario`` 这种：“已经寄回去了”不是仅退款。按小句看。"""

    instead_of: Id
    scenario: Id
    words: tuple[Word, ...] = Field(min_length=1)
    not_with: tuple[Word, ...] = ()
    """同一个小句里有这些字的不算：“不用寄回去了”。"""
    midway: bool = False
    """正问着 ``instead_of`` 那种时说了，也问换不换。"""
    not_midway_with: tuple[Word, ...] = ()
    """正问着时，整句里有这些字的不算。"""
    only_with: tuple[Word, ...] = ()
    """整句里要有其中一个；空的不看。"""
    outright: bool = False
    """正问着时，先于这一题的回答去听。"""


class TriggerRule(Strict):
    """群里没人叫它时，什么情况下开口。与“是哪个场景”分开定：认得出，不等于该插嘴。"""

    minimum_score: float = Field(ge=0, le=1)
    """场景的把握至少要到这么多。"""
    minimum_score_when_doubtful: float = Field(default=1, ge=0, le=1)
    """句子里有 ``silences`` 的词（别的平台、卖家、广告、闲聊……）时，把握至少要到这么多；1 就是不开口。"""


class Fitted(Strict):
    """拟合出来的小权重；每一项按 ``labels`` 的次序写。"""

    labels: tuple[Label, ...] = ()
    grams: dict[str, tuple[float, ...]] = Field(default_factory=dict[str, tuple[float, ...]])
    """单字与两字连写。"""
    pairs: dict[str, tuple[float, ...]] = Field(default_factory=dict[str, tuple[float, ...]])
    """两组词同时出现：``甲+乙``，按 id 的字母次序。"""


class Signals(Strict):
    """识别场景要用的全部词和权重。"""

    version: int = Field(gt=0)
    masks: tuple[Word, ...]
    """含有退款用字、其实是别的意思的词（退潮、打赏心悦目）：盖住里面的字，再看其余。"""
    bias: dict[Label, float]
    groups: tuple[WordGroup, ...]
    pairings: tuple[Pairing, ...] = ()
    settled: tuple[Settling, ...] = ()
    trigger: TriggerRule
    fitted: Fitted = Fitted()
    """由 :func:`load_signals` 从 ``signals-fitted.json`` 填入。"""

    @model_validator(mode="after")
    def _ids_fit(self) -> "Signals":
        ids = [group.id for group in self.groups]
        if len(ids) != len(set(ids)):
            raise ValueError("groups 里有重复的 id")
        for pairing in self.pairings:
            unknown = {*pairing.all_of, *pairing.none_of} - set(ids)
            if unknown:
                raise ValueError(f"搭配“{pairing.id}”提到了不存在的词组：{'、'.join(sorted(unknown))}")
        return self


def packaged_words(*group_ids: str) -> tuple[str, ...]:
    """随包词表里这几组的词；不读拟合的权重。"""
    signals = Signals.model_validate(packaged_yaml(SIGNALS_FILE))
    return tuple(word for group in signals.groups if group.id in group_ids for word in group.words)


def load_signals(path: Path | None = None) -> Signals:
    """读词表，和它旁边的 ``signals-fitted.json``（可以没有）；不给路径时读随包的那一份。

    文件不存在抛 ``FileNotFoundError``，不是合法 YAML 抛 ``yaml.YAMLError``，
    内容不合规定抛 ``pydantic.ValidationError``。
    """
    packaged = files("nonebot_plugin_refund.rulebook").joinpath("content")
    fitted = packaged.joinpath(FITTED_FILE) if path is None else path.with_name(FITTED_FILE)
    content = packaged_yaml(SIGNALS_FILE) if path is None else plain_yaml(path.read_text(encoding="utf-8"))
    signals = Signals.model_validate(content)
    if not fitted.is_file():
        return signals
    weights = Fitted.model_validate_json(fitted.read_text(encoding="utf-8"))
    return signals.model_copy(update={"fitted": weights})
