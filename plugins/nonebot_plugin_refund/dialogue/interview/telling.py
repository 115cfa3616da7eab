"""说起一件事的那句话：里面已经答了的先记下。"""

from datetime import datetime
from typing import Any

from ...domain.answers import answers_to_plain
from ...domain.hearing import Listener
from ...rulebook.edition import Edition
from ..base.turn import Turn


def listener_for(turn: Turn, edition: Edition, as_of: datetime) -> Listener:
    """听这个场景的访谈；``as_of`` 是“还在期限里吗”按哪一刻判断。"""
    return Listener(edition.scenario, turn.services.calendar, turn.said_at, as_of, turn.services.shelf.rulebook.asides)


def told_in(turn: Turn, edition: Edition, said: str) -> dict[str, Any]:
    """一句话里已经答了的答案，存得下的样子；原话不存。"""
    return answers_to_plain(listener_for(turn, edition, turn.now).begin(said)[1])
