"""词表（signals.yaml）写得对不对：和别的文件一样指出文件、行和改法。"""

from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from ..findings import Finding, RulebookError
from ..loader import SIGNALS_FILE, validate
from ..signals import Signals
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


def check_packaged_signals() -> list[Finding]:
    """检查随包的词表。"""
    with as_file(files(__name__.split(".", maxsplit=1)[0]).joinpath("rulebook", "content")) as packaged:
        return check_signals([packaged])
