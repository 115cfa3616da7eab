"""没问到就知道的：听见的字（heard_by）写在用不上的题上、太短、两道题抢同一个字；由日子数出来的（known_from）、
由选项定下来的（implies）指错了题。"""

from ...scenario_models.models import Question, QuestionKind
from ..report import Report

_SHORTEST = 2
"""一个字到处都有，认不出说的是哪件事。"""
_HEARABLE = {QuestionKind.DATE, QuestionKind.AMOUNT, QuestionKind.NUMBER, QuestionKind.YESNO}
"""选择题靠选项自己的说法听，不另写。"""
_YES_AND_NO = {"yes", "no"}
_COUNTED = {QuestionKind.AMOUNT, QuestionKind.NUMBER}


def check(report: Report) -> None:
    """查一个场景里每道题的 heard_by、not_heard_with 和 not_answered_with。"""
    owners: dict[tuple[QuestionKind, str], str] = {}
    for index, question in enumerate(report.scenario.questions):
        spot = ("questions", index, "heard_by")
        _check_words(report, question, index)
        _check_days(report, question, index)
        _check_implied(report, question, index)
        for word in question.heard_by:
            owner = owners.setdefault((question.kind, word), question.id)
            if owner != question.id:
                report.add("shared-word", question.id, spot, f"“{word}”在“{owner}”里也有，听见了分不清是哪一题")


def _check_days(report: Report, question: Question, index: int) -> None:
    if question.known_from is None:
        return
    spot = ("questions", index, "known_from")
    if question.kind is not QuestionKind.YESNO:
        report.add("wrong-kind", question.id, spot, "只有是非题能由两个日子数出来")
    dated = {other.id for other in report.scenario.questions if other.kind is QuestionKind.DATE}
    for name in (question.known_from.first, question.known_from.then):
        if name not in dated:
            report.add("unknown-id", question.id, spot, f"没有叫“{name}”的日期题")


def _check_implied(report: Report, question: Question, index: int) -> None:
    earlier = report.scenario.questions[:index]
    choices = {
        other.id: _YES_AND_NO if other.kind is QuestionKind.YESNO else {option.id for option in other.options}
        for other in earlier
    }
    for place, option in enumerate(question.options):
        for name, value in option.implies.items():
            spot = ("questions", index, "options", place, "implies")
            if value not in choices.get(name, ()):
                report.add("unknown-id", option.id, spot, f"前面的题“{name}”没有选项“{value}”")


def _check_words(report: Report, question: Question, index: int) -> None:
    spot = ("questions", index, "heard_by")
    if question.heard_by and question.kind not in _HEARABLE:
        report.add("wrong-kind", question.id, spot, "选择题靠选项的说法听，不写 heard_by")
    for word in question.heard_by:
        if len(word) < _SHORTEST:
            report.add("word-too-short", question.id, spot, f"“{word}”只有一个字，认不出说的是哪件事")
    if question.not_heard_with and not question.heard_by:
        place = ("questions", index, "not_heard_with")
        report.add("unused-id", question.id, place, "没有写 heard_by，not_heard_with 用不上")
    if question.not_answered_with and question.kind not in _COUNTED:
        place = ("questions", index, "not_answered_with")
        report.add("wrong-kind", question.id, place, "只有问钱数、问数目的题用得上 not_answered_with")
