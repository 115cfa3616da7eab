"""手册里的某一处能写哪些键：从数据模型里看，拼错了好说出最像的是哪个。"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, cast, get_args

from pydantic import BaseModel

from ..findings import Location


def keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """这个位置能写的键；看不出来为空。"""
    here: set[type[BaseModel]] = {model}
    for step in location:
        inner = {found for one in here if (found_in := one.model_fields.get(str(step))) for found in _models(found_in)}
        # 序号、联合类型里那一层名字，不换地方
        here = inner or here
    return sorted({name for one in here for name in one.model_fields})


def nearest(written: str, known: list[str]) -> str | None:
    """最像的一个；都不像为空。"""
    return next(iter(get_close_matches(written, known, n=1, cutoff=0.6)), None)


def _models(field: object) -> Iterator[type[BaseModel]]:
    yield from _inside(cast("Any", field).annotation)


def _inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _inside(inner)
