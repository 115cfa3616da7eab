"""手册数据模型共用的底子：编号、文字、不许多写键的基类。"""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

_ID_PATTERN = "[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
_ID = re.compile(_ID_PATTERN)


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"id “{value}” 只能用小写字母、数字、- 和 _，并以字母开头")
    return value


def _text(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise ValueError("这里的文字不能是空的")
    return stripped


def _as_text(value: object) -> object:
    """YAML 把没加引号的 12315 读成数字；志愿者不必知道这个。"""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


ID_SCHEMA = {"type": "string", "pattern": f"^{_ID_PATTERN}$"}
"""一个 id 的 JSON Schema。"""
# WithJsonSchema 只影响给编辑器用的 JSON Schema：上面那些函数怎么查，它自己看不出来
Id = Annotated[str, AfterValidator(_identifier), WithJsonSchema(ID_SCHEMA)]
Text = Annotated[str, AfterValidator(_text), WithJsonSchema({"type": "string", "pattern": r"\S"})]
Word = Annotated[Text, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "integer"], "pattern": r"\S"})]
"""话里会出现的一个词；没加引号的数字也收。"""


class Strict(BaseModel):
    """不许出现没声明的键；读入后不再改变。"""

    model_config = ConfigDict(extra="forbid", frozen=True)
