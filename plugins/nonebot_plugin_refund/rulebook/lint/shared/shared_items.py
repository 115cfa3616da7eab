"""共用的一列东西：id 写重了，或没有场景用到。"""

from collections.abc import Collection, Iterator

from ...assembling.composing import mappings
from ...findings import Finding
from ...yaml_reading.yaml_document import YamlDocument


def faults_of(document: YamlDocument, section: str, used: Collection[str], unused: str) -> Iterator[Finding]:
    """一个文件里的一列：``used`` 是用到了的 id，``unused`` 是没用到时的话。"""
    seen: set[str] = set()
    for index, item in enumerate(mappings(document.data.get(section))):
        item_id, spot = str(item["id"]), (section, index)
        if item_id in seen:
            yield document.finding(spot, item_id, "duplicate-id", f"“{item_id}”前面已经写过了，id 不能重复")
        seen.add(item_id)
        if item_id not in used:
            yield document.finding(spot, item_id, "unused-id", unused)
