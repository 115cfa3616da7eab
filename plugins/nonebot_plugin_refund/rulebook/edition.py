"""版本：一个场景连同它用到的依据，作为一个整体；案件钉住的就是它。"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from .findings import Finding, RulebookError
from .scenario_models.models import Scenario, Source


@dataclass(frozen=True)
class Edition:
    """一个场景的一个版本。"""

    scenario: Scenario
    sources: Mapping[str, Source]

    @cached_property
    def digest(self) -> str:
        """内容的指纹；文字改一个字也会变。"""
        return hashlib.sha256(self.body.encode()).hexdigest()[:16]

    @property
    def body(self) -> str:
        """存进数据库的样子（JSON），可由 :meth:`from_json` 还原。

        几个场景合起来一兆多，一个版本只用一次（留底），所以不留在内存里。
        """
        whole: dict[str, Any] = {
            # 靠哪些词听出来与案件无关：添一个词，不该让办到一半的案件换版本
            "scenario": _plain(self.scenario.model_dump(exclude={"recognised_by", "command"})),
            "sources": [self.sources[key].model_dump(mode="json") for key in sorted(self.sources)],
        }
        return json.dumps(whole, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, body: str) -> "Edition":
        """还原一个存下来的版本。

        Raises:
            RulebookError: 存下来的内容已不符合现在的形状。
        """
        try:
            raw = json.loads(body)
            sources = [Source.model_validate(item) for item in raw["sources"]]
            return cls(Scenario.model_validate(raw["scenario"]), {source.id: source for source in sources})
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            finding = Finding("数据库", 1, "-", "snapshot", f"存下来的规则版本读不出来：{error}")
            raise RulebookError([finding]) from error


def _plain(value: Any) -> Any:
    """能写成 JSON 的样子。集合在不同进程里顺序不同，排好序才能得到同一个指纹，所以不能交给 pydantic 去写。"""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType] -- 任意 JSON
    if isinstance(value, (set, frozenset)):
        return sorted(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] -- 同上，集合里都是文字
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType] -- 同上
    return value
