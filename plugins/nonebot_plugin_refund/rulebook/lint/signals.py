"""词表（signals.yaml）写得对不对：和别的文件一样指出文件、行和改法。"""

from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from ..file_names import SIGNALS_FILE
from ..findings import Finding, RulebookError
from ..signals import Signals
from ..validating import validate
from ..yaml_document import read_yaml


def check_signals(folders: Iterable[Path]) -> list[Finding]:
    """检查这些文件夹里的词表；没有词表的略过。"""
    findings: list[Finding] = []
    for folder in folders:
        path = folder if folder.name == SIGNALS_FILE else folder / SIGNALS_FILE
        if path.is_file():
            try:
                validate(Signals, read_yaml(path))
            except RulebookError as error:
                findings.extend(error.findings)
    return findings


def is_whole_list(path: Path) -> bool:
    """这是不是一整份词表（随包的那种）；操作者只添词的那种不是。读不出来的也不是，留给读的人去报。"""
    try:
        return path.name == SIGNALS_FILE and path.is_file() and "groups" in (read_yaml(path).data or ())
    except (RulebookError, TypeError):
        return False


def check_packaged_signals() -> list[Finding]:
    """检查随包的词表。"""
    with as_file(files(__name__.split(".", maxsplit=1)[0]).joinpath("rulebook", "content")) as packaged:
        return check_signals([packaged])
