"""YAML 写错了：解析库只会用英文说它在哪里读不下去，这里找出真正写错的那一行，用中文说怎么改。

志愿者常犯的几种：Tab、全角的冒号和逗号、冒号后没有空格、引号和括号不成对、缩进对不齐。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_KEY = r"[a-z][a-z_]*"
_WIDE_COLON = re.compile(rf"^\s*(?:- +)*({_KEY})\s*：")
_TIGHT_COLON = re.compile(rf"^\s*(?:- +)*({_KEY}):(?![\s/]|$)")
_NO_COLON = re.compile(r"^\s*(?:- +)*[a-z_]+\s*$")
_WIDE_IN_BRACES = re.compile(r"[，：]\s*+[a-z][a-z_]*+\s*+[:：]|[a-z_]\s*+：")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SECOND_COLON = re.compile(rf"^\s*(?:- +)*{_KEY}: [^\"'\[{{|>#].*: ")

TAB = "缩进用了 Tab；换成空格，一层两个"
_WIDE = "“{key}”后面的冒号是全角的；换成半角的，后面空一格：{key}: 内容"
_TIGHT = "“{key}”的冒号后面少一个空格；写成 {key}: 内容"
_COMMA = "这里的逗号或冒号是全角的；花括号里用半角的写：{id: 甲, label: 乙}"
_QUOTE = "这一行的引号没有成对，少了收尾的引号；补上，或把两头的引号都去掉"
_BRACKET = "这一行的方括号或花括号没有成对，或中间少了逗号；补上收尾的 ] 或 }"
_COLON_INSIDE = "内容里有半角的冒号加空格，被当成了另一个键；给整句加英文双引号，或换成全角的冒号"
_INDENT = "这一行的缩进和上面的对不齐；同一层的键要从同一列开始，属于上一行的往里缩两格"
_NO_KEY = "这一行少了冒号；写成“名字: 内容”，冒号是半角的，后面空一格"
_STRANGE_START = "内容开头的 {mark} 在 YAML 里另有意思；给整句加英文双引号"
_ESCAPE = "英文双引号里的 \\ 另有意思；去掉它，或写成 \\\\"
_SECOND_PAGE = "一个文件里只能有一份内容；去掉单独成行的 --- 或 ..."
_CONTROL = "这里有一个看不见的控制字符；删掉这几个字重新打"
_ALIAS = "开头的 * 和 & 在 YAML 里另有意思；把内容直接写出来，是文字就加英文双引号"
_UNKNOWN = "YAML 读到这里读不下去；看这一行和上一行的缩进、冒号后的空格、引号和括号"


@dataclass(frozen=True, slots=True)
class Mistake:
    """真正写错的那一行（从 0 起），和怎么改。"""

    line: int
    message: str


def mistake_of(text: str, error: Exception) -> Mistake:
    """读不下去的原因；``text`` 是整个文件。"""
    if isinstance(error, yaml.reader.ReaderError):
        found = _CONTROLS.search(text)
        return Mistake(text.count("\n", 0, found.start()) if found else 0, _CONTROL)
    if not isinstance(error, yaml.MarkedYAMLError):
        return Mistake(0, _UNKNOWN)
    lines = text.splitlines()
    stuck = _line_of(error.problem_mark, len(lines))
    opened = _line_of(error.context_mark, len(lines)) if error.context_mark is not None else stuck
    problem = str(error.problem or "")
    return _visible(lines, stuck, opened, problem) or _by_words(lines, stuck, opened, problem, str(error.context or ""))


def mistake_in_plain(lines: list[str], start: int, value: str) -> Mistake | None:
    """没有引号的一段文字，其实是冒号写错的一个键；不是为空。``lines`` 是它占的几行，从第 ``start`` 行起。"""
    if (found := _mistyped_colon(value)) is not None:
        return Mistake(start, found)
    for offset, line in enumerate(lines[1:], 1):
        if (found := _mistyped_colon(line)) is not None:
            return Mistake(start + offset, found)
    return None


def _visible(lines: list[str], stuck: int, opened: int, problem: str) -> Mistake | None:
    """往回找看得出来的毛病：离读不下去的地方最近的先算。"""
    if "\t" in _indent_of(lines[stuck] if stuck < len(lines) else ""):
        return Mistake(stuck, TAB)
    for number in range(min(stuck, len(lines) - 1), min(opened, stuck) - 2, -1):
        if number < 0:
            break
        line = lines[number]
        if "\t" in _indent_of(line):
            return Mistake(number, TAB)
        if (found := _mistyped_colon(line)) is not None:
            return Mistake(number, found)
        if "{" in line and _WIDE_IN_BRACES.search(_unquoted(line)):
            return Mistake(number, _COMMA)
    if "quoted scalar" in problem or "unexpected end of stream" in problem or "found unexpected document" in problem:
        return Mistake(opened, _QUOTE)
    return next(_unpaired_quotes(lines, stuck), None) if "escape" not in problem else None


def _by_words(lines: list[str], stuck: int, opened: int, problem: str, context: str) -> Mistake:
    line = lines[stuck] if stuck < len(lines) else ""
    if "quoted scalar" in context and "escape" not in problem:
        return Mistake(opened, _QUOTE)
    if "expected ',' or" in problem or "flow" in context:
        return Mistake(opened, _BRACKET)
    if "could not find expected ':'" in problem:
        return Mistake(opened, _NO_KEY)
    if "mapping values are not allowed" in problem:
        if line.count("}") != line.count("{"):
            return Mistake(stuck, _BRACKET)
        if stuck > 0 and _NO_COLON.match(lines[stuck - 1]):
            return Mistake(stuck - 1, _NO_KEY)
        return Mistake(stuck, _COLON_INSIDE if _SECOND_COLON.search(line) else _INDENT)
    if "cannot start any token" in problem:
        column = line.lstrip(" -")
        mark = next((one for one in "@`%" if one in column), "@")
        return Mistake(stuck, _STRANGE_START.format(mark=mark))
    if "escape" in problem:
        return Mistake(stuck, _ESCAPE)
    if "alias" in problem or "alias" in context or "anchor" in context:
        return Mistake(stuck, _ALIAS)
    if "document" in problem or "document" in context:
        return Mistake(stuck, _SECOND_PAGE)
    if "expected" in problem:
        return _indentation(lines, stuck)
    return Mistake(stuck, _UNKNOWN)


def _indentation(lines: list[str], stuck: int) -> Mistake:
    """少了冒号的键、对不齐的缩进，都是在这里读不下去。"""
    if stuck < len(lines) and _NO_COLON.match(lines[stuck]):
        return Mistake(stuck, _NO_KEY)
    return Mistake(min(stuck, max(len(lines) - 1, 0)), _INDENT)


def _mistyped_colon(line: str) -> str | None:
    if (wide := _WIDE_COLON.match(line)) is not None:
        return _WIDE.format(key=wide.group(1))
    if (tight := _TIGHT_COLON.match(line)) is not None:
        return _TIGHT.format(key=tight.group(1))
    return None


def _unpaired_quotes(lines: list[str], stuck: int) -> Iterator[Mistake]:
    """读不下去的地方往上，最近的一行开头是引号而没有收尾。"""
    for number in range(min(stuck, len(lines) - 1), -1, -1):
        value = re.sub(rf"^\s*(?:- +)*(?:{_KEY}: +)?", "", lines[number]).strip()
        for mark in ('"', "'"):
            if value.startswith(mark) and value.replace(f"\\{mark}", "").count(mark) % 2:
                yield Mistake(number, _QUOTE)


def _indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _unquoted(line: str) -> str:
    return re.sub(r"\"[^\"]*\"|'[^']*'", "", line)


def _line_of(mark: object, count: int) -> int:
    line = int(getattr(mark, "line", 0))
    return max(0, min(line, count - 1))
