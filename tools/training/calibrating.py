"""校准：在没参加训练的写作者上，找出使概率说话算数的温度，和“没有在答”该有多大的先前可能。"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE

from .matrices import Floats

_FILE = Path(__file__).with_name("calibrations.json")
_TEMPERATURES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5)
_SHIFTS = (0.0, -1.0, -2.0, -3.0, -4.0)


@dataclass(frozen=True, slots=True)
class Held:
    """没参加训练的几句话，得了什么分，该是什么。"""

    labels: tuple[str, ...]
    scores: Floats
    right: Floats
    """1 是对的意思。"""


@dataclass(frozen=True, slots=True)
class Calibration:
    """校准的结果。"""

    temperature: float
    none_shift: float
    loss: float
    """没参加训练的话平均的交叉熵。"""
    unsure_shift: float = 0.0
    """“不清楚”的底分加多少；使没见过的人说不清楚时多听见一些，由封存的回答定，不在这里搜。"""


def calibrate(held: Sequence[Held], *, shifts: Sequence[float] = _SHIFTS) -> Calibration:
    """几个头一起校准：同一种题用同一个温度。"""
    tried = [
        Calibration(temperature, shift, _loss(held, temperature, shift))
        for temperature in _TEMPERATURES
        for shift in shifts
    ]
    return min(tried, key=lambda one: one.loss)


def chances(held: Held, temperature: float, shift: float = 0.0) -> Floats:
    """校准之后的概率。"""
    scores = held.scores.copy()
    if NONE in held.labels:
        scores[:, held.labels.index(NONE)] += shift
    raised = np.exp((scores - scores.max(1, keepdims=True)) / temperature)
    return np.asarray(raised / raised.sum(1, keepdims=True), dtype=np.float32)


def _loss(held: Sequence[Held], temperature: float, shift: float) -> float:
    total, count = 0.0, 0
    for one in held:
        right = (chances(one, temperature, shift) * one.right).sum(1)
        total -= float(np.log(right + 1e-6).sum())
        count += len(right)
    return total / max(count, 1)


def read_calibrations() -> dict[str, Calibration]:
    """上次校准的结果。"""
    return {name: Calibration(**found) for name, found in json.loads(_FILE.read_text(encoding="utf-8")).items()}


def write_calibrations(found: Mapping[str, Calibration]) -> None:
    """记下校准的结果。"""
    rounded = {name: asdict(one) | {"loss": round(one.loss, 3)} for name, one in sorted(found.items())}
    _FILE.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
