"""管理规则手册：机器人的主人在私聊里看现在用的是哪一版、哪些依据到期该核对了。"""

from datetime import date

from ...domain.calendar import SHANGHAI
from ...rulebook.models import Source
from .editions import EditionShelf
from .turn import Reply, Turn, replies

STATUS_WORD = "手册"
WORDS = (STATUS_WORD,)
"""「管理」后面的这些词归这里办。"""
_TITLES_SHOWN = 3
_DIGEST_SHOWN = 6
"""指纹写前几位就分得清。"""


async def hear(turn: Turn, words: list[str]) -> list[Reply]:
    """``管理 手册``：各场景的版本，和到期没核对的依据。

    Args:
        words: 「管理」后面的全部词，第一个在 :data:`WORDS` 里；发话人已经查过是主人。
    """
    del words
    return replies(_editions(turn.services.shelf), _overdue(turn.services.shelf, turn.now.astimezone(SHANGHAI).date()))


def _editions(shelf: EditionShelf) -> str:
    lines = ["现在用的手册（场景、版本的前几位）："]
    for scenario in shelf.scenarios:
        edition = shelf.current(scenario.id)
        assert edition is not None, "书架自己列出来的场景"
        lines.append(f"{scenario.title} {edition.digest[:_DIGEST_SHOWN]}")
    return "\n".join(lines)


def _overdue(shelf: EditionShelf, today: date) -> str:
    overdue = [source for source in _sources(shelf) if source.is_check_overdue(today)]
    if not overdue:
        return "依据都在核对期内。"
    lines = [f"{len(overdue)} 条依据到期该重新核对了，照样能用，结论里会写明："]
    shown = overdue[:_TITLES_SHOWN]
    lines.extend(f"{source.title}{source.article}（{source.last_checked_on} 核对）" for source in shown)
    if len(overdue) > _TITLES_SHOWN:
        lines.append("其余用 refund lint 看。")
    return "\n".join(lines)


def _sources(shelf: EditionShelf) -> list[Source]:
    """各场景用到的依据，几个场景共用的只算一条；核对得最早的在前。"""
    editions = [shelf.current(scenario.id) for scenario in shelf.scenarios]
    sources = {source: None for edition in editions if edition for source in edition.sources.values()}
    return sorted(sources, key=lambda source: (source.last_checked_on, source.id))
