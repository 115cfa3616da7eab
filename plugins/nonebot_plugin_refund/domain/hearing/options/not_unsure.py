"""选择题听成了“不清楚”，说的却不是不清楚：“不认识那个人”“大概十来天前收的”“客服说查不到这笔”。"""

import re

from ....rulebook.scenario_models.models import Question, QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from ...understanding.writing.text import normalise
from .learnt_answers import others_not_knowing

_SPOKEN = load_spoken()
_NOT_SURE = tuple(
    word for word in _SPOKEN.answers.unsure if len(word) > 1 and any(mark in word for mark in "不没忘唔晓")
)
_ABOUT_WHAT = re.compile(r"谁|哪|怎么|咋|多少|几|是不是|到底|什么|啥|[我俺]不[知清晓]")
"""“我妈也不知道谁刷的”：真是不清楚。"""
_LONGEST = 16
_DID_IT_THEN = re.compile(
    r"(?:[0-9一二三四五六七八九十几来半两]{1,4}(?:天|周|个月|年)前|昨[天晚]|前天|上周.?|上个?月|[0-9一二三四五六七八九十]{1,3}[号日])"
    r"[^ ,。没不哪咋知晓问]{0,6}[收到买付签寄充刷打交]的"
)
"""“十来天前收的”：说的是哪天做了什么。"""
_DAY_UNSURE = re.compile(
    r"(?:哪[一]?[天日]|几[月号]|日子|日期|什么时候|啥时候?|时间|时候)[^ ,，。]{0,6}?"
    r"(?:记不|忘|不记得|说不|不清|不知|不晓|想不起)[^ ,，。]{0,3}"
)
"""“具体哪天记不清了”。"""
_NOT_OF_DAYS = frozenset({QuestionKind.AMOUNT, QuestionKind.NUMBER, QuestionKind.MULTI})
_CANNOT_DO = re.compile(
    r"(?:[她他妈爸娘爷奶姥公婆]|老人家?|孩子|老[头太]).{0,8}(?:不会|不懂|懂什么|懂啥|会什么|会啥)|"
    r"(?:[她他妈爸娘爷奶]|老人家?)[0-9]{2}"
)
"""“她58了啥也不会”“老人家什么都不懂”：说的是人不会用，不是这一题说不清。"""
_HE_CANNOT_TELL = re.compile(
    r"(?:[他她]本人|[他她]自己|问[他她]|我[爸妈]|老人家?|孩子)[^ ,，。我]{0,4}"
    r"(?:说不|不知|不晓|不记得|不清楚|记不|不承认)"
)
"""问着哪天：“他本人说不清楚 问他他说没刷”说的是他这个人。"""
_OF_A_DAY = re.compile(r"哪[天日月]|几[号月]|日子|日期|时间|时候|具体|我也|我们也")
_DO_NOT_KNOW = re.compile(r"清楚|知道|晓得|记得|明白|确定|说不|想不|看不|搞不|弄不")
_HOPELESS = re.compile(r"(?:是不是|会不会|还|就)[^ ,，。]{0,3}(?:没希望|没戏|没指望|有希望|有戏|退不了|要不回)")
_ALL_UNSURE = re.compile(r"记不|忘|不记得|说不|不清|不知|不晓|想不起|都")
_THEY_SAID = re.compile(r"(?:客服|平台|官方|人工)[^ ,。]{0,3}(?:说|回|讲|答复)")
_UNHEARD = re.compile(r"没听|听不|咋|哪|一会")


def is_not_unsure(question: Question, text: str) -> bool:
    """没有说不清楚的字，说的是一个人、客服怎么说、另一件事的日子。"""
    said = normalise(text)
    if question.kind in _NOT_OF_DAYS and _only_the_day(said):
        return True
    if question.kind is QuestionKind.DATE:
        return _HE_CANNOT_TELL.search(said) is not None and _OF_A_DAY.search(said) is None
    if question.kind is not QuestionKind.CHOICE:
        return False
    if others_not_knowing(said) and _ABOUT_WHAT.search(said) is None:
        return True
    if _CANNOT_DO.search(said) is not None and _DO_NOT_KNOW.search(said) is None:
        return True
    if any(word in said for word in _NOT_SURE):
        return False
    if _HOPELESS.search(said) is not None:
        return True  # “是不是就没希望了”：在问，没说不清楚
    if any(word in said for word in _SPOKEN.strangers):
        return True
    if _THEY_SAID.search(said) is not None and _UNHEARD.search(said) is None:
        return True
    return len(said) <= _LONGEST and _DID_IT_THEN.search(said) is not None


def _only_the_day(said: str) -> bool:
    """“具体哪天记不清了”：问的不是日子，记不清的是日子。"""
    return _DAY_UNSURE.search(said) is not None and _ALL_UNSURE.search(_DAY_UNSURE.sub("", said)) is None
