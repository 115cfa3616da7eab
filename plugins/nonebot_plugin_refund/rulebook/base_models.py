"""手册数据模型共用的底子：编号、文字、不许多写键的基类。"""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"id “{value}” 只能用小写字母、数字、- 和 _，并以字母开头")
    return value


def _text(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise ValueError("这里的文字不能是空的")
    return stripped


Id = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(_text)]


class Strict(BaseModel):
    """不许出现没声明的键；读入后不再改变。"""

    model_config = ConfigDict(extra="forbid", frozen=True)
