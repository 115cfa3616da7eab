"""听出来的回答写成什么样：记下的一项、列出来问的几项；选择题、多选题、是非题都用。"""

from ....rulebook.scenario_models.models import Option, Question
from ...interview.interview import NOT_SURE, YES_NO, Misread, MisreadReason
from ...understanding.meaning import NONE, UNSURE, Scored, Thresholds
from ...understanding.options import ruled_out_by

BANDS = Thresholds(record=0.73, confirm=0.28)
"""从多大把握起记下、从多大把握起拿去问；由没见过的人写的回答定的，见 docs/listening.md。"""
NOT_ANSWERING = 0.6
"""学来的有这么大把握说“没在答这个问题”，字面的碰巧对上也不算。"""
_MOST_OFFERED = 3


def options_of(question: Question) -> tuple[Option, ...]:
    """印出来的几项，“不清楚”在最后。"""
    options = question.options or YES_NO[:2]
    return (*options, NOT_SURE) if question.offers_unsure else options


def is_ruled_out(option: Option, said: str) -> bool:
    """有它不认的字（“奶奶的号”），前面又没有说不是。"""
    return any(word in said and f"不是{word}" not in said for word in ruled_out_by(option))


def ids_of(scored: tuple[Scored, ...]) -> tuple[str, ...]:
    """有一点像的几项，像的在前；没有在答的不算。"""
    return tuple(one.id for one in scored if one.id != NONE and one.score >= 0.05)


def between(question: Question, ids: tuple[str, ...]) -> Misread:
    """最像的两三个，列出来选；只剩一个也列，由他说是不是。"""
    wanted = list(dict.fromkeys(key for key in ids if key != NONE))[:_MOST_OFFERED]
    wanted.sort(key=lambda key: key == UNSURE)  # “不清楚”不排在前面
    options = tuple(option for key in wanted for option in options_of(question) if option.id == key)
    if not options:
        return Misread(MisreadReason.NOT_UNDERSTOOD)
    return Misread(MisreadReason.AMBIGUOUS_OPTION, options=options)
