"""打听的回答：手册里的一两行，案件知道的一行，依据一行。"""

from collections.abc import Mapping, Sequence

from ...rulebook.scenario_models.source_models import Confidence, Source, SourceKind
from ...rulebook.scenario_models.topics import Topic, placeholders_in

OFFER_HEAD = "你问的是哪一个？回编号就行，都不是就换个说法再问。"
_BASIS = "（依据：{named}）"
_LONG_NAME = "中华人民共和国"
_UNSURE = {Confidence.MEDIUM: "，见于公开报道和资料", Confidence.LOW: "，各处说法不一，以页面为准"}


def topic_message(topic: Topic, sources: Sequence[Source], known: Mapping[str, str]) -> str:
    """一种打听的回答。

    Args:
        topic: 问的是它。
        sources: 它的依据，只写最前面的一条。
        known: 案件知道的，按空的名字；有一个空填不上，说案件的那一行就不说。
    """
    lines = [_filled(topic.in_case, known) or topic.answer]
    if beside := _filled(topic.with_case, known):
        lines.append(beside)
    if sources:
        lines.append(_BASIS.format(named=_named(sources[0])))
    return "\n".join(lines)


def _filled(line: str, known: Mapping[str, str]) -> str:
    """填好的一行；没写、没有案件、有一个空填不上为空。"""
    is_known = bool(known) and all(known.get(name) for name in placeholders_in(line))
    return line.format_map(known) if line and is_known else ""


def topic_offer(titles: Sequence[str]) -> str:
    """听不准时，列出最像的几种。"""
    return "\n".join([OFFER_HEAD, *(f"{number}. {title}" for number, title in enumerate(titles, start=1))])


def _named(source: Source) -> str:
    """一条依据的短名字：法律是名称和条号，别的连同有多大把握。"""
    if source.kind is SourceKind.LAW:
        return f"{source.title.replace(_LONG_NAME, '')}{source.article}"
    return f"{source.title}{source.article}{_UNSURE.get(source.confidence, '')}"
