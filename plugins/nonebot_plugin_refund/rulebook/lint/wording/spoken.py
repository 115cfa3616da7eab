"""整句说的词（spoken.yaml）写得对不对；只有一整本手册里才有它。"""

from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from ...file_names import SPOKEN_FILE
from ...findings import Finding, RulebookError
from ...wording_models.spoken import SpokenWords
from ...yaml_reading.validating import validate
from ...yaml_reading.yaml_document import read_yaml


def check_spoken(folders: Iterable[Path]) -> list[Finding]:
    """检查这些文件夹里的；没有的略过。"""
    findings: list[Finding] = []
    for folder in folders:
        path = folder if folder.name == SPOKEN_FILE else folder / SPOKEN_FILE
        if path.is_file():
            try:
                validate(SpokenWords, read_yaml(path))
            except RulebookError as error:
                findings.extend(error.findings)
    return findings


def check_packaged_spoken() -> list[Finding]:
    """检查随包的那一份。"""
    with as_file(files(__name__.split(".", maxsplit=1)[0]).joinpath("rulebook", "content")) as packaged:
        return check_spoken([packaged])
