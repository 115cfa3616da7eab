"""读手册时用上只写不同之处的文件：场景的合进那个场景，共用零件的补全没写的键。"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import cast

from .. import file_names
from ..assembling.parts import Part, Raw
from ..assembling.source_list import source_parts
from ..findings import Finding, RulebookError
from ..yaml_reading.yaml_document import Place, YamlDocument
from .marks import BASED_ON, REMOVE, SCENARIO
from .merging import Change, Fields, Shared, Written, completed, item_name, merged

TOPIC_SECTION = "topics"
ASIDE_SECTION = "asides"
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    file_names.EVENTS_FILE: ("events",),
    file_names.STAGES_FILE: ("stages", "clocks"),
    file_names.LEXICON_FILE: ("concepts",),
    file_names.EVIDENCE_FILE: ("evidence",),
    file_names.PAPERS_FILE: ("slots", "frames"),
    file_names.SOURCES_FILE: ("sources",),
    file_names.ASIDES_FILE: (ASIDE_SECTION,),
}
_TOPICS_FOR = "topics_for"


@dataclass(frozen=True)
class Overlay:
    """操作者的一个文件，里面有与随包不同的地方。"""

    own: YamlDocument
    """他写的样子。"""
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Applied:
    """合好的一份。"""

    document: YamlDocument
    overlays: tuple[Overlay, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """全部不同之处。"""
        return tuple(change for overlay in self.overlays for change in overlay.changes)


def scenario_of(document: YamlDocument) -> str | None:
    """这个文件改的是哪个场景；不是只写不同之处的为空。"""
    data = cast("object", document.data)
    return str(cast("Raw", data)[SCENARIO]) if isinstance(data, dict) and SCENARIO in data else None


def applied_to_scenario(
    base: YamlDocument, owns: Iterable[YamlDocument], papers: YamlDocument | None, shared: Shared
) -> Applied:
    """把几个文件依次合进一个场景；``papers`` 是单放一个文件的文书。抛出的错误同 :func:`~.merging.merged`。"""
    document, overlays = base, list[Overlay]()
    for own in owns:
        extra: Fields = {}
        if papers is not None and "papers" in own.data and "papers" not in cast("Raw", document.data):
            extra = papers_field(papers)
        result = merged(document, own, shared, extra)
        document = result.document
        overlays.append(Overlay(own, result.changes))
    return Applied(document, tuple(overlays))


def papers_field(papers: YamlDocument) -> Fields:
    """单放一个文件的文书，当作写在场景的 ``papers`` 里。"""
    return {"papers": Written(papers.data, Place(papers, ()))}


def completed_file(document: YamlDocument, earlier: Sequence[YamlDocument], name: str) -> Applied:
    """共用零件的文件（``name`` 是它的文件名，打听的是 ``topics.yaml``）：同 id 的补全没写的键。

    Raises:
        RulebookError: 要去掉的找不到，或这种东西不能去掉。
    """
    data = cast("object", document.data)
    if not isinstance(data, dict):
        return Applied(document, ())
    sections = _SECTIONS.get(name, (TOPIC_SECTION,))
    _refuse_removals(document, sections)
    available = {section: _parts(earlier, section) for section in sections}
    result = completed(document, available)
    overlay = Overlay(document, tuple(change for change in result.changes if _is_difference(change, available)))
    return Applied(result.document, (overlay,))


def removed_names(document: YamlDocument, section: str) -> list[str]:
    """这个文件里写了 ``remove: true`` 的各项的名字。"""
    return [str(item_name(item)) for item in _items(document, section) if item.get(REMOVE) is True]


def without_marks(document: YamlDocument) -> YamlDocument:
    """一份完整的（不是只写不同之处的）场景，去掉记着的随包原文。"""
    data = cast("object", document.data)
    if not isinstance(data, dict) or BASED_ON not in data:
        return document
    return replace(document, data={key: value for key, value in cast("Raw", data).items() if key != BASED_ON})


def unknown_scenario(document: YamlDocument, known: Iterable[str]) -> Finding:
    """要改的场景没有。"""
    wanted = str(scenario_of(document))
    names = sorted(known)
    close = get_close_matches(wanted, names, n=1, cutoff=0.5)
    advice = f"是不是 {close[0]}" if close else f"有：{'、'.join(names)}"
    message = f"没有叫“{wanted}”的场景可以改；{advice}。要新添一个场景，把 scenario 换成 id，并写全"
    return document.finding((SCENARIO,), wanted, "unknown-id", message)


def _is_difference(change: Change, available: Shared) -> bool:
    """改的是随包的一项，而不是新添的。"""
    section, _, rest = change.path.partition(".")
    return rest.partition(".")[0] in available.get(section, {})


def _parts(documents: Iterable[YamlDocument], section: str) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for document in documents:
        if section == "sources":
            found.update(source_parts(document))
            continue
        for index, item in enumerate(_items(document, section)):
            if "id" in item:
                data = _with_scope(item, document) if section == TOPIC_SECTION else item
                found[str(item["id"])] = Part(data, Place(document, (section, index)))
    return found


def _with_scope(topic: Raw, document: YamlDocument) -> Raw:
    """随包的打听给哪几个场景用，写在它那个文件的开头；改它的人不必再写。"""
    scope = cast("Raw", document.data).get(_TOPICS_FOR)
    return topic if "scenarios" in topic or not scope else {**topic, "scenarios": scope}


def _items(document: YamlDocument, section: str) -> list[Raw]:
    data = cast("object", document.data)
    written = cast("Raw", data).get(section) if isinstance(data, dict) else None
    if not isinstance(written, list):
        return []
    return [cast("Raw", item) if isinstance(item, dict) else {} for item in cast("list[object]", written)]


def _refuse_removals(document: YamlDocument, sections: Iterable[str]) -> None:
    findings = [
        document.finding(
            (section, index),
            str(item_name(item)),
            "schema",
            "几个场景共用的不能去掉；不要它的那个场景，在改那个场景的文件里去掉",
        )
        for section in sections
        if section not in {TOPIC_SECTION, ASIDE_SECTION}
        for index, item in enumerate(_items(document, section))
        if item.get(REMOVE) is True
    ]
    if findings:
        raise RulebookError(findings)
