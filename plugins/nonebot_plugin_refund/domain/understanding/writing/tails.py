"""去掉末尾连着的若干个语气词、客气话。

从后往前认：从前往后找“一直到末尾都是语气词”的地方，每个字都要试一遍，耗时随长度的平方增长。
"""

import re
from collections.abc import Callable


def without_tail(text: str, backwards: Callable[[str], re.Match[str] | None]) -> str:
    """去掉末尾。

    Args:
        text: 一句话。
        backwards: 一个正则的 ``match``，正则是末尾倒着念的样子（“一下”写成“下一”）。
    """
    tail = backwards(text[::-1])
    return text[: len(text) - tail.end()] if tail else text
