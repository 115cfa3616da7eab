"""拟合一个头：多类逻辑回归，权重的平方加上惩罚，用 L-BFGS 求。

句子比特征少得多，所以在句子之间的内积上求（结果一样，快得多），求完再换回每个特征的权重。
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from nonebot_plugin_refund.domain.understanding.meaning.features.features import Group, features_of
from nonebot_plugin_refund.domain.understanding.meaning.linear import Head

Floats = NDArray[np.float32]
Reading = Callable[[str], tuple[Group, ...]]
"""一句话的特征怎么算。"""

_RIDGE = 1e-4
"""加在内积对角线上的一点点，使它总能分解。"""
_BYTE = 127
_AT_ONCE = 1000
"""内积一次算这么多行。"""


@dataclass(frozen=True, slots=True)
class Fitted:
    """拟合的结果：特征的散列，每个特征对每个意思的权重，各个意思的底分。"""

    labels: tuple[str, ...]
    hashes: NDArray[np.uint32]
    weights: Floats
    biases: Floats
    reading: Reading = features_of

    def scores(self, texts: Sequence[str]) -> Floats:
        """几句话的分数。"""
        return np.asarray(matrix(texts, self.hashes, self.reading) @ self.weights + self.biases, dtype=np.float32)


class _Features:
    """每句话的特征只算一次：散列和值。"""

    def __init__(self) -> None:
        self._known: dict[tuple[Reading, str], tuple[NDArray[np.uint32], Floats]] = {}

    def __call__(self, text: str, reading: Reading) -> tuple[NDArray[np.uint32], Floats]:
        if (reading, text) not in self._known:
            groups = reading(text)
            hashes = np.array([key for group in groups for key in group.hashes], dtype=np.uint32)
            values = np.array([group.weight for group in groups for _ in group.hashes], dtype=np.float32)
            order = np.argsort(hashes, kind="stable")
            self._known[reading, text] = (hashes[order], values[order])
        return self._known[reading, text]


_features = _Features()


def vocabulary(texts: Sequence[str], reading: Reading = features_of) -> NDArray[np.uint32]:
    """这些话里的全部特征，从小到大。"""
    return np.unique(np.concatenate([_features(text, reading)[0] for text in texts]))


def matrix(texts: Sequence[str], hashes: NDArray[np.uint32], reading: Reading = features_of) -> csr_matrix:
    """一句话一行、一个特征一列；不在 ``hashes`` 里的特征不要。"""
    starts, columns, values = [0], [], []
    for text in texts:
        keys, weights = _features(text, reading)
        places = np.minimum(np.searchsorted(hashes, keys), len(hashes) - 1)
        known = hashes[places] == keys
        columns.append(places[known])
        values.append(weights[known])
        starts.append(starts[-1] + int(known.sum()))
    data = (np.concatenate(values), np.concatenate(columns), np.array(starts))
    return csr_matrix(data, shape=(len(texts), len(hashes)), dtype=np.float32)


def fit(
    texts: Sequence[str],
    targets: Floats,
    labels: Sequence[str],
    *,
    penalty: float,
    weights: Floats,
    independent: bool = False,
    rounds: int = 100,
    reading: Reading = features_of,
) -> Fitted:
    """拟合。

    Args:
        texts: 例句。
        targets: 一句一行、一个意思一列：1 是对的（一行可以有几个）。
        labels: 各列的意思。
        penalty: 惩罚的轻重。
        weights: 每句多要紧。
        independent: 各个意思各自是不是，而不是只有一个对。
        rounds: L-BFGS 最多走多少步。
        reading: 特征怎么算。
    """
    hashes = vocabulary(texts, reading)
    rows = matrix(texts, hashes, reading)
    count, width = targets.shape
    kernel = _inner_products(rows)
    kernel[np.diag_indices(count)] += np.float32(_RIDGE * np.trace(kernel) / count)
    lower = cholesky(kernel, lower=True, overwrite_a=True, check_finite=False)
    share = (weights / weights.sum()).astype(np.float32)[:, None]
    gradient_of = _independent if independent else _exclusive

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        point = flat.astype(np.float32)
        biases, turned = point[:width], point[width:].reshape(count, width)
        loss, slope = gradient_of(lower @ turned + biases, targets, share)
        loss += 0.5 * penalty * float((turned * turned).sum())
        inner = lower.T @ slope + np.float32(penalty) * turned
        return loss, np.concatenate([slope.sum(0), inner.ravel()]).astype(np.float64)

    start = np.zeros(width + count * width)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    solution = found.x.astype(np.float32)
    dual = solve_triangular(lower, solution[width:].reshape(count, width), lower=True, trans=1)
    return Fitted(tuple(labels), hashes, np.asarray(rows.T @ dual, dtype=np.float32), solution[:width], reading)


def _inner_products(rows: csr_matrix) -> Floats:
    """两句两句的内积，只有下三角；一段一段地算，几万句也放得进内存。"""
    count = rows.indptr.size - 1
    found = np.zeros((count, count), dtype=np.float32, order="F")
    for start in range(0, count, _AT_ONCE):
        end = min(start + _AT_ONCE, count)
        found[start:end, :end] = (rows[start:end] @ rows[:end].T).toarray()
    return found


def _exclusive(scores: Floats, targets: Floats, share: Floats) -> tuple[float, Floats]:
    """只有一个对：交叉熵和它的斜率；一行有几个对的，哪个都行。"""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    chances = raised / raised.sum(1, keepdims=True)
    right = (chances * targets).sum(1, keepdims=True) + np.float32(1e-12)
    slope = (chances - chances * targets / right) * share
    return -float((share * np.log(right)).sum()), np.asarray(slope, dtype=np.float32)


def _independent(scores: Floats, targets: Floats, share: Floats) -> tuple[float, Floats]:
    """各自是不是。"""
    chances = 1 / (1 + np.exp(-scores))
    tiny = np.float32(1e-12)
    right = targets * np.log(chances + tiny) + (1 - targets) * np.log(1 - chances + tiny)
    return -float((share * right).sum()), np.asarray((chances - targets) * share, dtype=np.float32)


def head_of(fitted: Fitted, *, keep: int, temperature: float, shifts: dict[str, float] | None = None) -> Head:
    """变成运行时的头：留下最有分量的 ``keep`` 个特征，每个权重一个字节。"""
    strength = np.abs(fitted.weights).max(1)
    kept = np.sort(np.argsort(-strength, kind="stable")[:keep])
    chosen = fitted.weights[kept]
    scales = np.maximum(np.abs(chosen).max(0), np.float32(1e-9)) / _BYTE
    rounded = np.clip(np.rint(chosen / scales), -_BYTE, _BYTE).astype(np.int8)
    told = np.abs(rounded).max(1) > 0
    biases = [
        float(bias) + (shifts or {}).get(label, 0.0) for label, bias in zip(fitted.labels, fitted.biases, strict=True)
    ]
    return Head(
        fitted.labels,
        tuple(round(bias, 6) for bias in biases),
        tuple(float(f"{scale:.6g}") for scale in scales),
        temperature,
        array("I", fitted.hashes[kept][told].tolist()),
        memoryview(rounded[told].tobytes()).cast("b"),
    )
