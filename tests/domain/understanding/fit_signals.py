"""拟合 ``signals.yaml`` 的权重并写回，约一分钟：

``uv run --group training python tests/domain/understanding/fit_signals.py``

多项逻辑回归，从零开始，同样的句子总得到同样的权重。特征是词组、手写的搭配、成对的词组、单字和两字连写是否出现；
惩罚项把权重拉向零，数目多、单个不可靠的拉得更紧。只用样本集、训练集，和自写集里不留作验收的七成；
``utterances-sealed.jsonl`` 从不参加。
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from nonebot_plugin_refund.domain.understanding.scenarios import Classifier, grams_of, pairs_of
from nonebot_plugin_refund.domain.understanding.writing.text import normalise
from nonebot_plugin_refund.rulebook.wording_models import signals as signals_module
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals

sys.path.insert(0, str(Path(__file__).parents[3]))
from tests.domain.understanding.corpus import SCENARIOS, Utterance, training_utterances

LABELS = (*SCENARIOS, "none")
PENALTY = 1.0
"""词组与手写的搭配。"""
PAIR_PENALTY = 3.0
GRAM_PENALTY = 3.0
BIAS_PENALTY = 0.01
MINIMUM_COUNT = 2
"""只在一句里出现过的不学。"""
SMALLEST = 0.05
"""各场景上的分量都比它小的，不写进文件。"""
STEPS = 200
BIAS, GRAM, PAIR = "bias", "gram:", "pair:"
PENALTIES = {BIAS: BIAS_PENALTY, GRAM: GRAM_PENALTY, PAIR: PAIR_PENALTY}


def features_of(classifier: Classifier, text: str) -> list[str]:
    """一句话的全部特征。"""
    groups, pairings = classifier.features(text)
    grams = [GRAM + gram for gram in grams_of(normalise(text))]
    return [BIAS, *groups, *pairings, *(PAIR + pair for pair in pairs_of(groups)), *grams]


def fit(utterances: Sequence[Utterance], classifier: Classifier) -> dict[str, list[float]]:
    """每个特征在各标签上的权重。"""
    rows = [features_of(classifier, utterance.text) for utterance in utterances]
    counts = Counter(name for names in rows for name in names)
    names = sorted(name for name, count in counts.items() if count >= MINIMUM_COUNT)
    number = {name: position for position, name in enumerate(names)}
    places = [(row, number[name]) for row, present in enumerate(rows) for name in present if name in number]
    down, across = np.array(places).T
    matrix = csr_matrix((np.ones(len(places)), (down, across)), shape=(len(rows), len(names)))
    answers = np.array([LABELS.index(utterance.scenario or "none") for utterance in utterances])
    weights = _minimised(matrix, answers, np.array([_penalty(name) for name in names]))
    return {name: [round(float(value), 2) for value in weights[position]] for name, position in number.items()}


def _minimised(matrix: Any, answers: Any, penalties: Any) -> Any:
    shape = (matrix.shape[1], len(LABELS))
    wanted = np.eye(len(LABELS))[answers]
    transposed = matrix.T.tocsr()

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape)
        totals = matrix @ weights
        totals -= totals.max(axis=1, keepdims=True)
        odds = np.exp(totals)
        sums = odds.sum(axis=1, keepdims=True)
        missed = float((np.log(sums[:, 0]) - (totals * wanted).sum(axis=1)).sum())
        pull = penalties[:, None] * weights
        slope = transposed @ (odds / sums - wanted) + pull
        return missed + 0.5 * float((pull * weights).sum()), slope.ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return found.x.reshape(shape)


def _penalty(name: str) -> float:
    return next((value for prefix, value in PENALTIES.items() if name.startswith(prefix)), PENALTY)


def write_back(path: Path, weights: dict[str, list[float]]) -> None:
    """词表里只改 weights 和 bias 这些行，词和注释原样留着；其余写到旁边的文件。"""
    path.write_text(_with_weights(path.read_text(encoding="utf-8"), weights), encoding="utf-8")
    body = ",\n".join(
        f'"{kind}": {{\n{_rows(weights, prefix)}\n}}' for kind, prefix in (("grams", GRAM), ("pairs", PAIR))
    )
    labels = json.dumps(LABELS)
    path.with_name(signals_module.FITTED_FILE).write_text(f'{{"labels": {labels},\n{body}\n}}\n', encoding="utf-8")


def _with_weights(text: str, weights: dict[str, list[float]]) -> str:
    def shown(match: re.Match[str]) -> str:
        values = weights.get(match["id"], [0.0] * len(LABELS))
        return match["head"] + "{" + _mapping(values) + "}"

    text = re.sub(r"(?m)^bias: \{.*\}$", lambda _: f"bias: {{{_mapping(weights[BIAS])}}}", text)
    return re.sub(r"(?s)(?P<head>- (?:\{)?id: (?P<id>[a-z0-9-]+)[\n,].*?weights: )\{[^}]*\}", shown, text)


def _mapping(values: Sequence[float]) -> str:
    return ", ".join(f"{label}: {value:g}" for label, value in zip(LABELS, values, strict=True) if value)


def _rows(weights: dict[str, list[float]], prefix: str) -> str:
    kept = {
        name.removeprefix(prefix): values
        for name, values in sorted(weights.items())
        if name.startswith(prefix) and max(map(abs, values)) >= SMALLEST
    }
    return ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: [{', '.join(f'{value:g}' for value in values)}]"
        for name, values in kept.items()
    )


def main() -> None:
    """拟合并写回随包的词表。"""
    weights = fit(training_utterances(), Classifier(load_signals()))
    write_back(Path(signals_module.__file__).parent.parent / "content" / signals_module.SIGNALS_FILE, weights)


if __name__ == "__main__":
    main()
