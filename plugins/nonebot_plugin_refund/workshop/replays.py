"""写好的对话照改前、改后的手册各走一遍，哪一句的回答不一样。"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from ..rulebook.loader import Rulebook

_SAID = ("私聊：", "群里：", "[")


@dataclass(frozen=True)
class Script:
    """一个对话文件。"""

    name: str
    text: str


@dataclass(frozen=True)
class Changed:
    """一句话的回答变了。"""

    conversation: str
    said: str
    """哪句话，或到了哪个时候。"""
    before: str
    after: str


def scripts_in(folder: Path) -> tuple[Script, ...]:
    """文件夹里的对话，按名字；没有文件夹为空，读不了的跳过。"""
    found: list[Script] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            found.append(Script(path.stem, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError):
            continue
    return tuple(found)


async def replays(
    scripts: Sequence[Script], replay: Callable[[str, Rulebook], Awaitable[str]], before: Rulebook, after: Rulebook
) -> AsyncIterator[tuple[str, list[Changed]]]:
    """一段一段地走，走完一段给出它的名字和变了的回答。"""
    for script in scripts:
        old, new = await replay(script.text, before), await replay(script.text, after)
        yield script.name, list(_changed(script.name, old.splitlines(), new.splitlines()))


def _changed(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Changed]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            said = next((line for line in reversed(old[:start]) if line.startswith(_SAID)), "")
            yield Changed(name, said, _joined(old[start:end]), _joined(new[new_start:new_end]))


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(line.strip() for line in lines) or "（没有）"
