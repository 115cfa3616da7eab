"""把 SVG 排成 PNG：用随包的字体，不靠浏览器和系统字体。"""

from ..typesetting import Typesetter

MAP_PPI = 96.0
"""SVG 的一个单位对一个像素（SVG 以 96 个单位为一英寸）：放大看字是清楚的，文件又不大。"""


def png(drawing: str, typesetter: Typesetter) -> bytes:
    """同一张图的 PNG。

    Raises:
        TypesettingError: 排不出来。
    """
    return typesetter.png("map", {"svg": drawing}, ppi=MAP_PPI)
