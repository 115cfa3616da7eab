"""拟合一个头：多类逻辑回归，权重的平方加上惩罚，用 L-BFGS 求。

句子比特征少得多，所以在句子之间的内积上求（结果一样，快得多），求完再换回每个特征的权重。
内积里可以再加上一项：全部例句里，两句话的字各和哪些意思在一起（:mod:`tools.training.associations`）。
句子上了四万，内积的表就放不进内存，改在特征上求（:func:`fit_on_features`）。
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from nonebot_plugin_refund.domain.understanding.meaning.features.features import features_of
from nonebot_plugin_refund.domain.understanding.meaning.linear import Head

from .associations import Associations
from .matrices import Floats, Reading, matrix, vocabulary

_RIDGE = 1e-4
"""加在内积对角线上的一点点，使它总能分解。"""
_TOLD = 2.0
"""两句话像不像，一起出现的意思比自己的字要紧几倍：留出六个写作者试过 0.5、1、2、4。"""
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
    associations: Associations | None = None,
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
        associations: 全部例句里各个特征和哪些意思在一起；有的话，两句话在这上面也相近才算真的相近。
    """
    hashes = vocabulary(texts, reading)
    rows = matrix(texts, hashes, reading)
    count, width = targets.shape
    kernel = _inner_products(rows)
    own, shared = 1.0, 0.0
    told = associations.of(texts) if associations is not None else None
    if told is not None:
        own, shared = shares(float(np.trace(kernel)), float((told * told).sum()))
        kernel *= np.float32(own)
        alike = told @ told.T
        alike *= np.float32(shared)
        kernel += alike  # 分解只看下三角，上三角是什么都行
        del alike
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
    found_weights = np.asarray(rows.T @ dual, dtype=np.float32) * np.float32(own)
    if associations is not None and told is not None:
        spread = associations.spread(np.asarray(told.T @ dual, dtype=np.float32) * np.float32(shared))
        hashes, found_weights = together(hashes, found_weights, associations.hashes, spread)
    return Fitted(tuple(labels), hashes, found_weights, solution[:width], reading)


def fit_on_features(
    texts: Sequence[str],
    targets: Floats,
    labels: Sequence[str],
    *,
    penalty: float,
    weights: Floats,
    least: int = 2,
    rounds: int = 100,
    reading: Reading = features_of,
) -> Fitted:
    """:func:`fit` 的另一种求法：直接求每个特征的权重，内存只随句数长，几万句也行。

    少于 ``least`` 句用到的特征不要：它们只认得那一句。其余参数同 :func:`fit`。
    """
    hashes = vocabulary(texts, reading)
    rows = matrix(texts, hashes, reading)
    often = np.flatnonzero(np.bincount(rows.indices, minlength=len(hashes)) >= least)
    rows, hashes = rows[:, often].tocsr(), hashes[often]
    columns = rows.T.tocsr()
    width = targets.shape[1]
    share = (weights / weights.sum()).astype(np.float32)[:, None]

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        point = flat.astype(np.float32)
        table = point[width:].reshape(-1, width)
        loss, slope = _exclusive(rows @ table + point[:width], targets, share)
        loss += 0.5 * penalty * float((table * table).sum())
        upwards = columns @ slope + np.float32(penalty) * table
        return loss, np.concatenate([slope.sum(0), upwards.ravel()]).astype(np.float64)

    start = np.zeros(width + len(hashes) * width)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    solution = found.x.astype(np.float32)
    return Fitted(tuple(labels), hashes, solution[width:].reshape(-1, width), solution[:width], reading)


def shares(own: float, told: float) -> tuple[float, float]:
    """自己的字和一起出现的意思各乘多少，使后者的分量是前者的 ``_TOLD`` 倍，合起来还是原来那么大。"""
    return 1 / (1 + _TOLD), _TOLD / (1 + _TOLD) * own / told


def together(
    hashes: NDArray[np.uint32], weights: Floats, others: NDArray[np.uint32], other_weights: Floats
) -> tuple[NDArray[np.uint32], Floats]:
    """两张权重表加在一起。"""
    union = np.union1d(hashes, others)
    total = np.zeros((len(union), weights.shape[1]), dtype=np.float32)
    total[np.searchsorted(union, hashes)] += weights
    total[np.searchsorted(union, others)] += other_weights
    return union, total


def mean(one: Fitted, other: Fitted) -> Fitted:
    """两次拟合的平均：分数各算一半。两次的意思要一样。"""
    hashes, weights = together(one.hashes, one.weights, other.hashes, other.weights)
    half = np.float32(0.5)
    biases = np.asarray((one.biases + other.biases) * half, dtype=np.float32)
    return Fitted(one.labels, hashes, np.asarray(weights * half, dtype=np.float32), biases, one.reading)


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
