"""把「设置写错了」说成人话：哪个文件、哪一项、写了什么、该怎么改。

只读，不改动磁盘上的任何东西。
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from .env_file import Problem, told
from .rulebook.yaml_reading.shape_messages import explained

_CHINESE = re.compile("[一-鿿]")
_CURES = {
    "int_parsing": "写一个整数，例如 300",
    "float_parsing": "写一个数，例如 1.5",
    "bool_parsing": "写 true 或 false",
    "time_parsing": "写 24 小时制的钟点，例如 22:00",
    "list_type": '写成列表，例如 ["退款"]',
    "set_type": '写成列表，例如 ["10000"]',
    "dict_type": '写成对象，例如 {"10000": "http://127.0.0.1:5700/"}',
    "string_type": "写成文字；若全是数字，请用两层引号：'\"123456\"'",
    "ip_any_address": "写一个 IP 地址，例如 127.0.0.1（不能写主机名）",
    "extra_forbidden": "没有这一项，请删掉",
}
"""pydantic 的错误种类 -> 改法。没有列出的种类用 pydantic 自己的说明。"""


def explain(error: ValidationError, env_files: Sequence[Path], environment: Mapping[str, str]) -> str:
    """逐项说明设置错在哪里、怎么改。参数同 :func:`problems_of`。"""
    return told(problems_of(error, env_files, environment))


def problems_of(error: ValidationError, env_files: Sequence[Path], environment: Mapping[str, str]) -> list[Problem]:
    """校验设置时得到的每一处错误。

    Args:
        error: 校验设置时得到的错误。
        env_files: 依次读取的设置文件，后面的盖过前面的；不存在的会被跳过。
        environment: 进程的环境变量，盖过所有文件。
    """
    found: list[Problem] = []
    for problem in error.errors(include_url=False):
        name = str(problem["loc"][0]) if problem["loc"] else "（整体）"
        place = _place_of(name, env_files, environment)
        detail = problem["msg"].removeprefix("Value error, ")
        cure = _CURES.get(problem["type"]) or (detail if _CHINESE.search(detail) else explained(dict(problem)))
        if problem["type"] == "literal_error":
            cure = f"只能写 {problem.get('ctx', {}).get('expected', '')}".replace(" or ", "、").replace(", ", "、")
        found.append(Problem(f"{name.upper()} 现在是 {_shown(name, problem['input'])}", place, cure))
    return found


def _shown(name: str, value: object) -> str:
    """要印出来的值；口令类的设置不印。"""
    if any(secret in name.lower() for secret in ("token", "secret", "url")):
        return "（不显示）"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _place_of(name: str, env_files: Sequence[Path], environment: Mapping[str, str]) -> str:
    """这一项写在哪里：环境变量，或某个文件的第几行。"""
    if any(key.lower() == name.lower() for key in environment):
        return "环境变量"
    for path in reversed(env_files):
        for number, key in _keys_in(path):
            if key == name.lower():
                return f"{path} 第 {number} 行"
    return "启动参数"


def _keys_in(path: Path) -> Iterator[tuple[int, str]]:
    """逐行列出设置文件里的（行号，小写的设置名）。嵌套写法 `A__B` 只取第一段。"""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        key, equals, _ = line.strip().removeprefix("export ").partition("=")
        if equals and not key.startswith("#"):
            yield number, key.strip().lower().split("__")[0]
