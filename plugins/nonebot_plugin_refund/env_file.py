"""看 ``.env`` 写得对不对：在 NoneBot 读它之前看，错了用中文说哪个文件、第几行、怎么改。

新手常犯的：记事本存成 ``.env.txt``、存成 GBK 或 UTF-16、中文引号、全角等号、设置名拼错、JSON 写坏。只读，不改。
"""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .config import Config

OURS = "REFUND_"
"""本插件的设置都以它开头。"""
_LAUNCH = ("REFUND_ADAPTER", "REFUND_LOG_FORMAT", "REFUND_LOG_FILE")
KNOWN = (*sorted(name.upper() for name in Config.model_fields), *_LAUNCH)
"""全部以 REFUND_ 开头的设置。"""
_NEIGHBOURS = {"SUPERUSER": "SUPERUSERS", "NICKNAMES": "NICKNAME", "ONEBOT_TOKEN": "ONEBOT_ACCESS_TOKEN"}
_LISTS = {
    "SUPERUSERS": '["10000"]',
    "NICKNAME": '["退款助手"]',
    "COMMAND_START": '["/"]',
    "COMMAND_SEP": '["."]',
    "ONEBOT_WS_URLS": '["ws://127.0.0.1:3001"]',
    "ONEBOT_API_ROOTS": '{"10000": "http://127.0.0.1:5700/"}',
    "REFUND_COMMAND_WORDS": '["退款"]',
}
"""写成 JSON 的设置，和写对了的样子。"""
_SECRET = ("TOKEN", "SECRET", "URL", "ROOTS")
_CHINESE_QUOTES = str.maketrans("“”‘’", "\"\"''")
_ACCOUNT = re.compile(r"\d{5,12}")
_COMMENT = re.compile(r"\s#")
_SHOWN = 60
_SAVE_AS = "用记事本打开它，选“另存为”，编码选 UTF-8（不是“带有 BOM 的”），文件名写成 {name}，保存类型选“所有文件”"


@dataclass(frozen=True, slots=True)
class Problem:
    """一处写错的设置。"""

    what: str
    """哪里不对。"""
    where: str
    """哪个文件、第几行。"""
    cure: str
    """怎么改。"""

    def __str__(self) -> str:
        return f"{self.what}（{self.where}）；改法：{self.cure}"


def told(problems: Sequence[Problem]) -> str:
    """启动不了时印出来的话。"""
    return "\n".join(["设置有误，没有启动，也没有改动任何文件：", *(f"  · {one}" for one in problems)])


def problems_in(file: Path) -> list[Problem]:
    """一个设置文件里的毛病；没有这个文件的没有毛病，除非它被存成了 ``.txt``。"""
    if not file.exists():
        return list(_saved_as_text(file))
    try:
        raw = file.read_bytes()
    except OSError:
        cure = "看它归谁、运行机器人的账户读不读得到"
        return [Problem(f"{file.name} 读不了", str(file), cure)]
    text = _decoded(raw)
    if text is None:
        return [Problem(f"{file.name} 不是 UTF-8 编码，读不出来", str(file), _SAVE_AS.format(name=file.name))]
    return [problem for number, line in _entries(text) for problem in _in_line(line, f"{file} 第 {number} 行")]


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """一项一项，连同它从第几行开始：引号里可以换行。"""
    lines = enumerate(text.splitlines(), 1)
    for number, line in lines:
        value = line.partition("=")[2].strip()
        mark = value[:1]
        is_open = mark in ("'", '"') and value.count(mark) == 1 and not line.lstrip().startswith("#")
        if is_open and mark in "".join(text.splitlines()[number:]):
            for _, more in lines:
                line += f"\n{more}"
                if mark in more:
                    break
        yield number, line


def _saved_as_text(file: Path) -> Iterator[Problem]:
    wrong = file.with_name(f"{file.name}.txt")
    if wrong.exists():
        cure = f"把它改名成 {file.name}；看不到 .txt 就在资源管理器里打开“文件扩展名”"
        yield Problem(f"设置存成了 {wrong.name}，没有读", str(wrong), cure)


def _decoded(raw: bytes) -> str | None:
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _in_line(line: str, where: str) -> Iterator[Problem]:
    written = line.strip().removeprefix("export ").strip()
    if not written or written.startswith("#"):
        return
    name, equals, value = written.partition("=")
    name, value = name.strip(), _without_comment(value.strip())
    if not equals or "＝" in name:
        wide = "等号是全角的" if "＝" in written else "没有等号"
        yield Problem(f"这一行{wide}：{_cut(name)}", where, "写成 名字=值，等号是半角的")
        return
    key = name.upper().split("__")[0]
    yield from _misspelt(key, where)
    if key in _LISTS:
        yield from _bad_json(key, value, where)
    elif value[:1] in "“”‘’" and value:
        yield Problem(
            f"{key} 的引号是中文的", where, f"换成英文引号，或去掉引号：{key}={_shown(key, value.strip('“”‘’'))}"
        )


def _misspelt(key: str, where: str) -> Iterator[Problem]:
    if key.startswith(OURS) and key not in KNOWN:
        close = get_close_matches(key, KNOWN, n=1, cutoff=0.6)
        cure = f"是不是 {close[0]}" if close else "照 .env.example 里的名字写，用不着就删掉这一行"
        yield Problem(f"没有 {key} 这个设置", where, cure)
    elif key in _NEIGHBOURS:
        yield Problem(f"没有 {key} 这个设置", where, f"写成 {_NEIGHBOURS[key]}")


def _bad_json(key: str, value: str, where: str) -> Iterator[Problem]:
    bare = _unquoted(value)
    if any(mark in bare for mark in "“”‘’"):
        right = bare.translate(_CHINESE_QUOTES)
        yield Problem(f"{key} 里的引号是中文的", where, f"换成英文引号：{key}={_shown(key, right)}")
        return
    try:
        read = json.loads(bare) if bare else []
    except ValueError:
        yield Problem(f"{key} 读不懂，现在是 {_shown(key, value)}", where, f"写成 JSON，如 {key}={_example(key, bare)}")
        return
    items = read if isinstance(read, list) else [read]
    if key == "SUPERUSERS" and not all(isinstance(item, str) for item in items):
        yield Problem(f"{key} 里的号码没有加引号", where, f"写成 {key}={_example(key, bare)}")


def _without_comment(value: str) -> str:
    """去掉行尾的注释：最后一个引号之后，空白加井号起的那一段。"""
    closed = max(value.rfind("'"), value.rfind('"')) + 1
    comment = _COMMENT.search(value, closed)
    return value[: comment.start()].rstrip() if comment else value


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" and value[1:2] in "[{"
    return value[1:-1] if is_quoted else value


def _example(key: str, value: str) -> str:
    accounts = _ACCOUNT.findall(value) if key == "SUPERUSERS" else []
    return json.dumps(accounts) if accounts else _LISTS[key]


def _shown(key: str, value: str) -> str:
    return "（不显示）" if any(one in key for one in _SECRET) else _cut(value)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
