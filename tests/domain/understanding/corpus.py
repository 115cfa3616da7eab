"""标注句子：样本集、训练集、自写集（调参时不看其中三成），和从不看的封存集。

各文件由不同的人各写各的；封存集和自写集的三成合起来，约占全部的三成。
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from nonebot_plugin_refund.rulebook.loader import load_rulebook

DATA = Path(__file__).parents[2] / "data"
SCENARIOS = tuple(scenario.id for scenario in load_rulebook().scenarios)
"""随包的场景，按菜单的先后：权重文件里的标签也照这个次序。"""


@dataclass(frozen=True)
class Utterance:
    """一句话和它的场景；``scenario`` 为 ``None`` 表示都不是。"""

    text: str
    scenario: str | None


def read_utterances(*names: str) -> list[Utterance]:
    """读 ``tests/data`` 里的标注句子；other-refund 和 unrelated 都算“都不是”。"""
    rows = [json.loads(line) for name in names for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return [Utterance(row["text"], row["label"] if row["label"] in SCENARIOS else None) for row in rows]


def training_utterances() -> list[Utterance]:
    """拟合可以用的全部句子。"""
    own = [utterance for utterance in read_utterances("utterances-own.jsonl") if not is_held_out(utterance)]
    return [*own, *read_utterances("utterances-train.jsonl", "utterances-dev.jsonl")]


def sealed_utterances() -> list[Utterance]:
    """从没参加过拟合、也没看过的：只用来验收。"""
    own = [utterance for utterance in read_utterances("utterances-own.jsonl") if is_held_out(utterance)]
    return [*own, *read_utterances("utterances-sealed.jsonl")]


def is_held_out(utterance: Utterance) -> bool:
    """自写集里约三成只用来验收；按句子本身的校验和分，加句子不会打乱已有的分法。"""
    return zlib.crc32(utterance.text.encode()) % 10 < 3
