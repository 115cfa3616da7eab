"""同一个文件夹里写重了的：盖过只在文件夹之间，同一个文件夹里两个文件写同一个 id，多半是抄了一份忘了改。"""

from pathlib import Path

from ..findings import RulebookError
from ..yaml_reading.yaml_document import YamlDocument


def are_beside(one: YamlDocument | None, other: YamlDocument) -> bool:
    """在不在同一个文件夹里。"""
    return one is not None and Path(one.file).parent == Path(other.file).parent


def refuse_twin(earlier: YamlDocument | None, scenario_id: str, document: YamlDocument) -> None:
    """同一个场景写了两遍。"""
    if earlier is not None and are_beside(earlier, document):
        message = f"{Path(earlier.file).name} 里已经有叫“{scenario_id}”的场景，id 不能重复"
        raise RulebookError([document.finding(("id",), scenario_id, "duplicate-id", message)])


def refuse_twin_topic(earlier: YamlDocument | None, topic_id: str, document: YamlDocument, index: int) -> None:
    """同一种打听写了两遍。"""
    if earlier is not None and are_beside(earlier, document):
        message = f"{Path(earlier.file).name} 里已经有叫“{topic_id}”的打听，id 不能重复"
        raise RulebookError([document.finding(("topics", index), topic_id, "duplicate-id", message)])


def refuse_twin_papers(earlier: YamlDocument | None, scenario_id: str, document: YamlDocument, key: str) -> None:
    """同一个场景的文书写了两遍。"""
    if earlier is not None and are_beside(earlier, document):
        message = f"{Path(earlier.file).name} 里已经写了“{scenario_id}”的文书，写在一个文件里"
        raise RulebookError([document.finding((key,), scenario_id, "duplicate-id", message)])
