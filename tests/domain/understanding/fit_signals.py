"""拟合 ``signals.yaml`` 的权重并写回：``uv run python tests/domain/understanding/fit_signals.py``。

多项逻辑回归：特征是词组、搭配、单字和两字连写是否出现。惩罚项把词组和搭配的权重拉向文件里现有的数（所以手写的
判断仍然算数，数据少的词组不会乱跑），把单字和两字连写的权重拉向零。只用样本集和自写集里不留作验收的七成。
"""

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

from nonebot_plugin_refund.domain.understanding.scenarios import Classifier, grams_of
from nonebot_plugin_refund.domain.understanding.text import normalise
from nonebot_plugin_refund.rulebook import signals as signals_module
from nonebot_plugin_refund.rulebook.signals import Signals, load_signals

sys.path.insert(0, str(Path(__file__).parent))
from corpus import SCENARIOS, Utterance, is_held_out, read_utterances

LABELS = (*SCENARIOS, "none")
EPOCHS = 120
STEP = 0.3
PENALTY = 0.6
"""词组与搭配：越大越忠于现有权重。"""
GRAM_PENALTY = 2.0
GRAM_MINIMUM_COUNT = 2
"""只在一句里出现过的两字连写不学。"""
SMALLEST_GRAM = 0.05
BIAS = "bias"
GRAM = "gram:"


def examples(classifier: Classifier, utterances: list[Utterance]) -> list[tuple[list[str], int]]:
    """每句话的特征与标签编号。"""
    rows: list[tuple[list[str], int]] = []
    for utterance in utterances:
        groups, pairings = classifier.features(utterance.text)
        grams = sorted(GRAM + gram for gram in grams_of(normalise(utterance.text)))
        rows.append(([BIAS, *groups, *pairings, *grams], LABELS.index(utterance.scenario or "none")))
    return rows


def prior_weights(signals: Signals) -> dict[str, list[float]]:
    """文件里现有的权重，按特征、标签排好。"""
    named = {BIAS: signals.bias} | {item.id: item.weights for item in (*signals.groups, *signals.pairings)}
    return {name: [weights.get(label, 0.0) for label in LABELS] for name, weights in named.items()}


def fit(rows: list[tuple[list[str], int]], prior: dict[str, list[float]]) -> dict[str, list[float]]:
    """AdaGrad 全批梯度下降。"""
    counts = Counter(name for names, _ in rows for name in names if name.startswith(GRAM))
    prior = prior | {name: [0.0] * len(LABELS) for name, count in counts.items() if count >= GRAM_MINIMUM_COUNT}
    rows = [([name for name in names if name in prior], answer) for names, answer in rows]
    weights = {name: list(values) for name, values in prior.items()}
    squares = {name: [1e-8] * len(LABELS) for name in prior}
    size = range(len(LABELS))
    for _ in range(EPOCHS):
        gradient = {name: [penalty_of(name) * (weights[name][k] - prior[name][k]) for k in size] for name in weights}
        for names, answer in rows:
            totals = [sum(weights[name][k] for name in names) for k in size]
            top = max(totals)
            odds = [math.exp(total - top) for total in totals]
            scale = sum(odds)
            errors = [odds[k] / scale - (k == answer) for k in size]
            for name in names:
                row = gradient[name]
                for k in size:
                    row[k] += errors[k]
        for name, row in gradient.items():
            for k in size:
                squares[name][k] += row[k] ** 2
                weights[name][k] -= STEP * row[k] / math.sqrt(squares[name][k])
    return weights


def penalty_of(name: str) -> float:
    """单字和两字连写拉得更紧：它们数目多，容易记住个别句子。"""
    return GRAM_PENALTY if name.startswith(GRAM) else PENALTY


def write_back(path: Path, weights: dict[str, list[float]]) -> None:
    """只改 weights 和 bias 这些行，词和注释原样留着；单字和两字连写的权重写到旁边的文件。"""
    text = path.read_text(encoding="utf-8")
    grams: dict[str, dict[str, float]] = {}
    for name, values in sorted(weights.items()):
        if name.startswith(GRAM):
            kept = {
                label: round(value, 2)
                for label, value in zip(LABELS, values, strict=True)
                if abs(value) >= SMALLEST_GRAM
            }
            if kept:
                grams[name.removeprefix(GRAM)] = kept
            continue
        shown = ", ".join(
            f"{label}: {round(value, 1):g}" for label, value in zip(LABELS, values, strict=True) if abs(value) >= 0.05
        )
        if name == BIAS:
            text = re.sub(r"(?m)^bias: \{.*\}$", f"bias: {{{shown}}}", text)
        else:
            block = re.compile(rf"(- (?:\{{)?id: {re.escape(name)}[\n,].*?weights: )\{{[^}}]*\}}", re.DOTALL)
            text = block.sub(lambda match, shown=shown: f"{match.group(1)}{{{shown}}}", text, count=1)
    path.write_text(text, encoding="utf-8")
    rows = ",\n".join(f"{json.dumps(gram, ensure_ascii=False)}: {json.dumps(kept)}" for gram, kept in grams.items())
    path.with_name(signals_module.GRAMS_FILE).write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")


def main() -> None:
    """拟合并写回随包的词表。"""
    signals = load_signals()
    own = [utterance for utterance in read_utterances("utterances-own.jsonl") if not is_held_out(utterance)]
    rows = examples(Classifier(signals), [*own, *read_utterances("utterances-dev.jsonl")])
    weights = fit(rows, prior_weights(signals))
    write_back(Path(signals_module.__file__).parent / "content" / signals_module.SIGNALS_FILE, weights)


if __name__ == "__main__":
    main()
