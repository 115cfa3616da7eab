"""词表（signals.yaml）写得对不对：和别的文件一样指出文件、行和改法。"""

from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

from ...file_names import SIGNALS_FILE
from ...findings import Finding, Location, RulebookError
from ...wording_models.signals import NONE, Signals
from ...yaml_reading.validating import validate
from ...yaml_reading.yaml_document import YamlDocument, read_yaml


def check_signals(folders: Iterable[Path], scenario_ids: Iterable[str]) -> list[Finding]:
    """检查这些文件夹里的词表；没有词表的略过。``scenario_ids`` 是能给分的场景。"""
    findings: list[Finding] = []
    known = frozenset((*scenario_ids, NONE))
    for folder in folders:
        path = folder if folder.name == SIGNALS_FILE else folder / SIGNALS_FILE
        if path.is_file():
            try:
                document = read_yaml(path)
                findings.extend(_unknown_labels(validate(Signals, document), document, known))
            except RulebookError as error:
                findings.extend(error.findings)
    return findings


def _unknown_labels(signals: Signals, document: YamlDocument, known: frozenset[str]) -> Iterator[Finding]:
    """给没有的场景加分：多半是场景改了名，或写错了。"""
    scored: list[tuple[str, Location, Iterable[str]]] = [("-", ("bias",), signals.bias)]
    scored += [(group.id, ("groups", index, "weights"), group.weights) for index, group in enumerate(signals.groups)]
    scored += [(one.id, ("pairings", index, "weights"), one.weights) for index, one in enumerate(signals.pairings)]
    for index, rule in enumerate(signals.settled):
        scored.append(("-", ("settled", index, "instead_of"), (rule.instead_of,)))
        scored.append(("-", ("settled", index, "scenario"), (rule.scenario,)))
    for item_id, place, labels in scored:
        for label in sorted(set(labels) - known):
            message = f"没有叫“{label}”的场景；有：{'、'.join(sorted(known))}"
            yield Finding(document.file, document.line_of((*place, label)), item_id, "unknown-id", message)


def is_whole_list(path: Path) -> bool:
    """这是不是一整份词表（随包的那种）；操作者只添词的那种不是。读不出来的也不是，留给读的人去报。"""
    try:
        return path.name == SIGNALS_FILE and path.is_file() and "groups" in (read_yaml(path).data or ())
    except (RulebookError, TypeError):
        return False


def check_packaged_signals(scenario_ids: Iterable[str]) -> list[Finding]:
    """检查随包的词表。"""
    with as_file(files(__name__.split(".", maxsplit=1)[0]).joinpath("rulebook", "content")) as packaged:
        return check_signals([packaged], scenario_ids)
