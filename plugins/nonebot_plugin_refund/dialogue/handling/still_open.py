"""一句话办完还要接着说的：访谈里还开着的那一问；和一种打听的回答。"""

from ..case import topics
from ..case.case_state import OpenedCase
from ..interview import under_way
from ..scene import Scene


def topic_answer(scene: Scene, asked: str) -> str:
    """一种打听的回答。"""
    return topics.answer_to(scene.turn, asked, case_asked_about(scene))


def case_asked_about(scene: Scene) -> OpenedCase | None:
    """问的是哪一件案件；正在问答、说的是另一件事的，不拿案件来填。"""
    return scene.cases[0] if scene.cases and scene.interview is None else None


def open_question(scene: Scene, *, in_full: bool = False) -> str:
    """访谈还开着的问题；没有为空。``in_full`` 连选项再列一遍。"""
    if scene.interview is None:
        return ""
    return under_way.open_question_text(scene.turn, scene.interview, in_full=in_full)
