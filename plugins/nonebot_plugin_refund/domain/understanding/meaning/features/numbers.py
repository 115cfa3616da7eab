"""特征各是第几个：几万个特征写成数组不写成字典，只占字典的十分之一。"""

from array import array
from collections.abc import Iterable

_ROOMY = 2
"""格子是特征的这么多倍以上：大多数找不到的，格子是空的，看一眼就知道。"""


class Numbers:
    """从 1 数起；按散列的低位分到各个格子里，几个分到一格的串起来。

    认的是 Python 自己的散列（64 位，每个进程不同）：几万个里有两个一样的，要几十亿个进程才碰上一次；
    只在进程里用，不存盘。

    Args:
        features: 各个特征的散列（:func:`hash`），没有重复的。
    """

    def __init__(self, features: Iterable[int]) -> None:
        self._hashes = array("q", (0, *features))
        self._slots = array("I", bytes(4 * (1 << (_ROOMY * len(self._hashes)).bit_length())))
        self._following = array("I", bytes(4 * len(self._hashes)))
        mask = len(self._slots) - 1
        for number in range(1, len(self._hashes)):
            slot = self._hashes[number] & mask
            self._following[number], self._slots[slot] = self._slots[slot], number

    def of(self, features: Iterable[int]) -> list[int]:
        """这些散列各是第几个，没有的是 0。一句话要找几百次，所以不拆成小函数。"""
        hashes, slots, following = self._hashes, self._slots, self._following
        mask = len(slots) - 1
        found: list[int] = []
        for one in features:
            number = slots[one & mask]
            while number and hashes[number] != one:
                number = following[number]
            found.append(number)
        return found
