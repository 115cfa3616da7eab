"""可以选几样的题，“都没有”要说了没有才算：“就是我的手机我的号”只说了是谁的，别的有没有还没说。"""

import re

from ....rulebook.scenario_models.models import Question, QuestionKind
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...understanding.options import is_numbered, phrases_of
from ...understanding.writing.text import normalise, trim_punctuation

_NONE = re.compile(r"没|无|冇|莫得|木有|只有|只剩|就剩|就账单|光有|除了|不|删|空|以上都|都是大人")


def none_said(question: Question, text: str, read: Answer | Misread) -> Answer | Misread:
    """听成了“都没有”，话里却没说没有：先问是不是，不当场记。"""
    if question.kind is not QuestionKind.MULTI or isinstance(read, Misread) or not isinstance(read.value, tuple):
        return read
    alone = [option for option in question.options if option.exclusive and option.id in read.value]
    said = trim_punctuation(normalise(text))
    if not alone or said == phrases_of(alone[0])[0] or is_numbered(text, question.options, multi=True):
        return read
    if said.isdigit() or _NONE.search(said) is not None:
        return read
    return Misread(MisreadReason.AMBIGUOUS_OPTION, options=tuple(alone))
