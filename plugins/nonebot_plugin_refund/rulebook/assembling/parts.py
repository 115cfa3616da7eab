"""一个零件：写在某个文件里、还没有套进数据模型的一项。"""

from dataclasses import dataclass
from typing import Any

from ..yaml_reading.yaml_document import Place

Raw = dict[str, Any]
"""YAML 里的一项，还没有套进数据模型。"""


@dataclass(frozen=True)
class Part:
    """一个零件，和写着它的地方。"""

    data: Raw
    place: Place
