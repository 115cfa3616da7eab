"""结论之后说起的、这条路没问过的一题（“一节没看”）：记着给文书写，结论不变；听不准的不记。"""

from ...domain.case.papers import cited_in
from ...domain.hearing.beside.heard_elsewhere import heard_elsewhere
from ...domain.interview.assessment import answer_in_words
from ..base.turn import Reply, Turn, replies
from . import told_for_papers
from .case_state import OpenedCase

NOTED = "记下：{short} {answer}。结论不变，写材料时带上；不对就再说一遍。"


async def hear(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """说的只是其中一题，就记下说回；只听手册里写明了结论之后也听的几题。"""
    scenario = case.edition.scenario
    wanted = cited_in(scenario, case.record.rule_id) - case.answers.keys()
    open_ones = [one for one in scenario.questions if one.heard_later and one.id in wanted]
    told = heard_elsewhere(scenario, open_ones, said, not_yet=True)
    if len(told) != 1:
        return []
    ((key, answer),) = told.items()
    turn.changed("answer", scenario.question(key).short, case.record.id)
    await told_for_papers.keep(turn, case, {**told_for_papers.told_of(case), key: answer})
    question = scenario.question(key)
    return replies(NOTED.format(short=question.short, answer=answer_in_words(question, answer)))
