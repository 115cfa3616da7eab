"""例句变成矩阵：一句话一行，一个特征一列。"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nonebot_plugin_refund.domain.understanding.meaning.features.features import Group, features_of

Floats = NDArray[np.float32]
Reading = Callable[[str], tuple[Group, ...]]
"""一句话的特征怎么算。"""


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
